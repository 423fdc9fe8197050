import { bandNames, tickNames, type Band, type TypingSpan } from '../../changes/conversation-lanes';
import type { TimeRange } from './time-axis';

/** Heights of the axis and of one lane of each kind, in pixels: the axis is above, then come the bands, then the ticks. */
export const axisHeight = 26;
export const bandHeight = 24;
export const tickHeight = 20;
const space = 8;
const tickTop = axisHeight + bandNames.length * bandHeight + space;
/** The line between bands and ticks. Pixels from the top, as the next three. */
export const ruleTop = tickTop - space / 2;
export const lanesHeight = tickTop + tickNames.length * tickHeight + space;

/** Ticks nearer than this would touch: they become one that is higher. Pixels. */
const binWidth = 5;
/** A band narrower than this shows nothing that could be told from its neighbours. Pixels. */
const narrowest = 4;

/** Moments of a lane that share a place. */
export interface TickBin {
	/** Pixels from the start of the plot: the middle. */
	x: number;
	count: number;
}

/** A band on screen, in pixels. */
export interface DrawnBand {
	x: number;
	width: number;
	/** The band, or null where so many are too narrow that only their number can be told. */
	band: Band | null;
	/** Bands that are drawn as this one. */
	count: number;
}

/** Where a moment is, in pixels from the start of the plot. */
export function xOf(time: number, view: TimeRange, width: number): number {
	return ((time - view.from) / (view.to - view.from)) * width;
}

/** The moment at a place. */
export function timeAtX(x: number, view: TimeRange, width: number): number {
	return view.from + (x / Math.max(1, width)) * (view.to - view.from);
}

/** The moments in view, ascending, those of one place together. */
export function tickBins(places: readonly number[], times: Float64Array, view: TimeRange, width: number): TickBin[] {
	const bins: TickBin[] = [];
	let current = -1;
	for (const place of places) {
		const x = xOf(times[place]!, view, width);
		if (x < -binWidth || x > width + binWidth) continue;
		const bin = Math.floor(x / binWidth);
		if (bin === current) bins.at(-1)!.count++;
		else bins.push({ x, count: 1 });
		current = bin;
	}
	return bins;
}

/** One path for all ticks of a lane around the line `y`: those of many deliveries are higher, and wider. */
export function tickPath(bins: readonly TickBin[], y: number): string {
	return bins
		.map(({ x, count }) => {
			const width = count > 1 ? 4 : 3;
			const height = 12 + Math.min(6, Math.ceil(Math.log2(count)));
			return rectangle(x - width / 2, y - height / 2, width, height);
		})
		.join('');
}

/** Diamonds, which stand for problems as in the rest of the page. */
export function diamondPath(bins: readonly TickBin[], y: number): string {
	return bins.map(({ x }) => `M${round(x)} ${y - 5}l5 5l-5 5l-5 -5z`).join('');
}

/** One path for all spans around the line `y`; what is shorter than a mark is drawn as one. */
export function spanPath(spans: readonly TypingSpan[], view: TimeRange, width: number, y: number): string {
	const drawn: { from: number; to: number }[] = [];
	for (const { start, end } of spans) {
		const from = Math.max(-4, xOf(start, view, width));
		const to = Math.min(width + 4, Math.max(from + 4, xOf(end, view, width)));
		if (to < 0 || from > width) continue;
		const last = drawn.at(-1);
		if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
		else drawn.push({ from, to });
	}
	return drawn.map(({ from, to }) => rectangle(from, y - 4, to - from, 8)).join('');
}

/** The upper edge of a band's lane, counted from 0. */
export function bandTop(row: number): number {
	return axisHeight + row * bandHeight;
}

/** The line on which the ticks of a lane are, counted from 0. */
export function tickMiddle(row: number): number {
	return tickTop + row * tickHeight + tickHeight / 2;
}

/** The bands in view. Neighbours that are too narrow to be told apart become one that says how many. */
export function drawnBands(bands: readonly Band[], view: TimeRange, width: number): DrawnBand[] {
	const drawn: DrawnBand[] = [];
	for (const band of bands) {
		const from = Math.max(0, xOf(band.start, view, width));
		const to = Math.min(width, xOf(band.end, view, width));
		if (to < 0 || from > width || to < from || (band.end === band.start && bands.at(-1) !== band)) continue;
		const own = to - from;
		const last = drawn.at(-1);
		if (own < narrowest && last && (last.band === null || last.width < narrowest) && from - last.x - last.width < 1) {
			last.width = to - last.x;
			last.band = null;
			last.count++;
		} else drawn.push({ x: from, width: Math.max(own, 2), band, count: 1 });
	}
	return drawn;
}

/** The place whose moment is nearest; `times` never falls. */
export function nearestPlace(times: Float64Array, time: number): number {
	let from = 0;
	let to = times.length;
	while (from < to) {
		const middle = (from + to) >>> 1;
		if (times[middle]! < time) from = middle + 1;
		else to = middle;
	}
	if (from === 0) return 0;
	if (from === times.length) return times.length - 1;
	return time - times[from - 1]! < times[from]! - time ? from - 1 : from;
}

function rectangle(x: number, y: number, width: number, height: number): string {
	return `M${round(x)} ${y}h${round(width)}v${height}h${-round(width)}z`;
}

function round(pixels: number): number {
	return Math.round(pixels * 10) / 10;
}
