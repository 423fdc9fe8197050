import { stringPreview, valueText } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';

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

/**
 * The moment that a value stands for, in Unix milliseconds: ISO 8601 text or Unix seconds, with or without decimals,
 * since Chatwoot mixes both (ground truth 5.2). Null for anything else, and for a day that does not exist.
 */
export function timeAt(document: JsonDocument, node: number): number | null {
	if (document.kind[node] === JsonKind.number) {
		const text = document.end[node]! - document.start[node]! > 24 ? '' : valueText(document, node);
		// Beyond ten digits it is no time in seconds.
		return /^\d{1,10}(\.\d+)?$/.test(text) ? Number(text) * 1000 : null;
	}
	if (document.kind[node] !== JsonKind.string) return null;
	const { text } = stringPreview(document, node, 40);
	if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return null;
	const time = Date.parse(text.replace(/ UTC$/, 'Z'));
	return Number.isNaN(time) ? null : time;
}

/** A moment (Unix ms) in this machine's zone: `9 June 2026, 12:05:30`. */
export function momentText(time: number): string {
	const at = new Date(time);
	const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0'));
	return `${at.getDate()} ${months[at.getMonth()]} ${at.getFullYear()}, ${clock.join(':')}`;
}

/** How far the second of two moments is from the first (ms): `4 h later`, `1 min 14 s earlier`, `the same moment`. */
export function distanceText(from: number, to: number): string {
	const span = Math.round(Math.abs(to - from));
	if (span === 0) return 'the same moment';
	return `${spanText(span)} ${to > from ? 'later' : 'earlier'}`;
}

/** At most two units, the smaller one left out when it is zero. */
function spanText(milliseconds: number): string {
	if (milliseconds < 1000) return `${milliseconds} ms`;
	if (milliseconds < 59_950) return `${Math.round(milliseconds / 100) / 10} s`;
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 3600) return twoUnits(seconds, 60, 'min', 's');
	const minutes = Math.round(seconds / 60);
	return minutes < 24 * 60 ? twoUnits(minutes, 60, 'h', 'min') : twoUnits(Math.round(minutes / 60), 24, 'd', 'h');
}

function twoUnits(value: number, base: number, large: string, small: string): string {
	const rest = value % base;
	const whole = `${(value - rest) / base} ${large}`;
	return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}
