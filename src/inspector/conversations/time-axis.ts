import { dayText } from '../../deliveries/change-text';

/** A part of a conversation's life that is in view, in Unix milliseconds. */
export interface TimeRange {
	from: number;
	to: number;
}

/** A labelled moment of the axis. */
export interface AxisMark {
	time: number;
	label: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
	...[50, 100, 200, 500],
	...[1, 2, 5, 10, 15, 30].map((count) => count * second),
	...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
	...[1, 2, 3, 6, 12].map((count) => count * hour),
	...[1, 2, 7, 14, 30, 90, 365].map((count) => count * day),
];

/** The least that can be in view, in milliseconds: deliveries are told apart by milliseconds. */
const shortestView = 200;
/** How far a conversation of one moment reaches to both sides. */
const loneMoment = 30 * second;

/** The whole life with a little room at both ends. */
export function wholeRange(first: number, last: number): TimeRange {
	if (last - first < shortestView / 2) return { from: first - loneMoment, to: last + loneMoment };
	const room = (last - first) * 0.02;
	return { from: first - room, to: last + room };
}

/** Nearer (below 1) or farther (above 1); the moment `around` keeps its place as far as the whole allows. */
export function zoomed(view: TimeRange, whole: TimeRange, factor: number, around: number): TimeRange {
	const span = Math.min(Math.max((view.to - view.from) * factor, shortestView), whole.to - whole.from);
	const share = (around - view.from) / (view.to - view.from);
	return kept({ from: around - span * share, to: around + span * (1 - share) }, whole);
}

/** The same span elsewhere, by milliseconds; never beyond the whole. */
export function panned(view: TimeRange, whole: TimeRange, by: number): TimeRange {
	return kept({ from: view.from + by, to: view.to + by }, whole);
}

/** The view, moved as far as it takes to have a moment in it. */
export function withMoment(view: TimeRange, whole: TimeRange, time: number): TimeRange {
	const room = (view.to - view.from) * 0.04;
	if (time < view.from + room) return panned(view, whole, time - view.from - room);
	if (time > view.to - room) return panned(view, whole, time - view.to + room);
	return view;
}

function kept({ from, to }: TimeRange, whole: TimeRange): TimeRange {
	const span = Math.min(to - from, whole.to - whole.from);
	const start = Math.min(Math.max(from, whole.from), whole.to - span);
	return { from: start, to: start + span };
}

/**
 * Round moments of this machine's zone, as many as their labels leave room for.
 * @param pixels that the range is wide
 */
export function axisMarks({ from, to }: TimeRange, pixels: number): AxisMark[] {
	const least = ((to - from) / Math.max(1, pixels)) * 76;
	const step = steps.find((one) => one >= least) ?? steps.at(-1)!;
	const marks: AxisMark[] = [];
	// A day is not always 24 hours long where clocks are changed, so that each mark is set right for itself.
	for (let time = roundDown(from, step); time <= to; time = roundDown(time + step * 1.5, step)) {
		if (time >= from) marks.push({ time, label: labelOf(time, step) });
		if (marks.length > pixels) break;
	}
	return marks;
}

function roundDown(time: number, step: number): number {
	const offset = new Date(time).getTimezoneOffset() * minute;
	return Math.floor((time - offset) / step) * step + offset;
}

function labelOf(time: number, step: number): string {
	const at = new Date(time);
	const text = (value: number) => String(value).padStart(2, '0');
	if (step >= day) return dayText(at);
	const clock = `${text(at.getHours())}:${text(at.getMinutes())}`;
	if (clock === '00:00' && step >= minute) return dayText(at).slice(5);
	if (step >= minute) return clock;
	const seconds = `${clock}:${text(at.getSeconds())}`;
	return step >= second ? seconds : `${seconds}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
