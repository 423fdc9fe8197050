/** Shown where there is no figure. */
const nothing = '–';

const months = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

/** A whole number in groups of three: `1,204`. Fractions are rounded; what is not finite is a dash. */
export function formatCount(count: number): string {
	if (!Number.isFinite(count)) return nothing;
	const digits = String(Math.abs(Math.round(count)));
	const grouped = digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
	return count < 0 && digits !== '0' ? `−${grouped}` : grouped;
}

/**
 * A span of milliseconds in the unit that fits: `7 ms`, `2.6 s`, `73.3 s`, `2 min 8 s`, `3 h 4 min`, `2 d 5 h`.
 * A negative span (a clock that was set back) has a minus; what is not finite is a dash.
 */
export function formatDuration(milliseconds: number): string {
	if (!Number.isFinite(milliseconds)) return nothing;
	if (milliseconds < 0) return formatDuration(-milliseconds).replace(/^(?!0 )/, '−');
	const whole = Math.round(milliseconds);
	if (whole < 1000) return `${whole} ms`;
	if (whole < 99_950) return `${shorten(whole / 1000)} s`;
	const seconds = Math.round(whole / 1000);
	if (seconds < 3600) return pair(seconds, 60, 'min', 's');
	const minutes = Math.round(seconds / 60);
	if (minutes < 24 * 60) return pair(minutes, 60, 'h', 'min');
	return pair(Math.round(minutes / 60), 24, 'd', 'h');
}

/** A moment (Unix ms) on the local clock: `12:00:03.118`. What is no time is a dash. */
export function formatClock(time: number): string {
	const date = new Date(time);
	if (Number.isNaN(date.getTime())) return nothing;
	return `${clock(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** A moment (Unix ms) with its local day: `9 June 2026, 12:07:02`. What is no time is a dash. */
export function formatDateTime(time: number): string {
	const date = new Date(time);
	if (Number.isNaN(date.getTime())) return nothing;
	return `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}, ${clock(date)}`;
}

/** One decimal below 100, none above; a decimal of zero goes. */
function shorten(value: number): string {
	return value < 99.95 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

function pair(value: number, base: number, large: string, small: string): string {
	const rest = value % base;
	const whole = `${formatCount((value - rest) / base)} ${large}`;
	return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}

function clock(date: Date): string {
	return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
