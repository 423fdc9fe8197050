/*
 * The arithmetic of a list of rows of one height that is longer than a browser can scroll.
 *
 * Two positions are told apart. The logical top is what counts: pixels from the first row to the upper edge
 * of the viewport, a fraction allowed, up to 110 million. The physical top is the scroller's `scrollTop` in
 * a spacer of at most 8 million pixels (browsers stop between 17 and 33 million, and positions above 2^23
 * lose the exact pixel). Short lists have both equal. In a long list the first and the last stretch of the
 * spacer are equal to the list's ends, so that the ends are reached exactly; in between a ratio maps them.
 */

/** The tallest spacer, in pixels. */
export const spacerLimit = 8_000_000;

/** How far from either end of a long list one pixel of the bar is one pixel of the list. */
const exactEnds = 32_768;

/** A list as it is now: how many rows of how many pixels, and the pixels of the viewport that rows can use. */
export interface Extent {
	count: number;
	rowHeight: number;
	viewport: number;
}

/** Where a row is to be after scrolling to it: anywhere in view with the least movement, first, or last. */
export type RowPlace = 'nearest' | 'start' | 'end';

/** What a list of virtual rows does when it is told to; a grid and a tree hold on to it. */
export interface RowsHandle {
	/** Scrolls so that a row is on screen, with the least movement unless told. */
	scrollToRow: (index: number, place?: RowPlace) => void;
	/** Scrolls to the end, and follows it where following is offered. */
	scrollToEnd: () => void;
	/** Whether the last row is on screen, or no more than 5 or so many pixels away. */
	isAtEnd: (tolerancePx?: number) => boolean;
	/** The rows that are whole on screen: first, and one past the last. */
	viewport: () => { first: number; end: number };
	/** Scrolls sideways so that what begins so many pixels from the start of a row can be read. */
	scrollToStart: (inlineStart: number) => void;
	/** Gives the focus to the scroller, which is the element with the role. */
	focus: () => void;
}

/** A row on screen. */
export interface DrawnRow<Item> {
	index: number;
	/** What names it while the list changes around it. */
	key: number | string | undefined;
	/** What it shows. */
	item: Item;
}

/** Rows that are drawn, first and one past the last; row `n` has element `(n + turn) % pool`. */
export interface DrawnRange {
	first: number;
	end: number;
	turn: number;
}

/**
 * Which elements the rows drawn next take over from those drawn before. A row that stays keeps its element, and one that
 * leaves hands it to one that comes: the element moves in the document. Where none stays, none moves either, since all
 * get other contents anyway: moving them made the browser lay out twice as much.
 */
export function takeElements(before: DrawnRange, first: number, end: number, pool: number): DrawnRange {
	const isAnyKept = first < before.end && end > before.first;
	if (isAnyKept) return { first, end, turn: before.turn };
	return { first, end, turn: (((before.first + before.turn - first) % pool) + pool) % pool };
}

/**
 * The rows from `first` to before `end`, as `rowAt` describes them. One that is what it was before is the same object,
 * so that whoever draws it is not asked again: an arrival is one row's work, not a screen's.
 */
export function drawRows<Item>(
	before: readonly DrawnRow<Item>[],
	first: number,
	end: number,
	rowAt: (index: number) => DrawnRow<Item>,
): DrawnRow<Item>[] {
	const shift = first - (before[0]?.index ?? first);
	return Array.from({ length: end - first }, (_, place) => {
		const row = rowAt(first + place);
		const kept = before[place + shift];
		return kept !== undefined && kept.key === row.key && kept.item === row.item ? kept : row;
	});
}

/** Height in pixels of the element that makes the scroll bar. */
export function spacerHeight({ count, rowHeight }: Extent): number {
	return Math.min(count * rowHeight, spacerLimit);
}

/** The logical top at which the last row ends at the viewport's lower edge; 0 when everything fits. */
export function lastTop({ count, rowHeight, viewport }: Extent): number {
	return Math.max(0, count * rowHeight - viewport);
}

/** The nearest logical top that exists. What is no number counts as 0. */
export function clampTop(top: number, extent: Extent): number {
	return top > 0 ? Math.min(top, lastTop(extent)) : 0;
}

/** The logical top that a position of the scroll bar stands for. */
export function logicalTop(physical: number, extent: Extent): number {
	const { ends, physicalLast, logicalLast } = mapping(extent);
	if (physical <= ends) return clampTop(physical, extent);
	if (physical >= physicalLast - ends) return clampTop(logicalLast - (physicalLast - physical), extent);
	return ends + ((physical - ends) * (logicalLast - 2 * ends)) / (physicalLast - 2 * ends);
}

/** Where the scroll bar stands for a logical top. */
export function physicalTop(top: number, extent: Extent): number {
	const { ends, physicalLast, logicalLast } = mapping(extent);
	if (top <= ends) return Math.max(0, top);
	if (top >= logicalLast - ends) return physicalLast - Math.max(0, logicalLast - top);
	return ends + ((top - ends) * (physicalLast - 2 * ends)) / (logicalLast - 2 * ends);
}

/**
 * The logical top after the scroller moved from one physical position to another. A small move (a wheel, a
 * finger, a key) moves rows by just as many pixels, whatever the ratio; a jump (the bar was dragged) goes
 * where the bar stands.
 */
export function scrolledTop(top: number, from: number, to: number, extent: Extent): number {
	const moved = to - from;
	const exact = logicalTop(to, extent);
	// Whole pixels: text between two pixels is blurred.
	if (Math.abs(moved) > smallMove(extent)) return Math.min(Math.round(exact), lastTop(extent));
	const next = clampTop(top + moved, extent);
	// The bar has whole pixels too. What that adds up to is taken back at the ends, where the first and last row are.
	return isExact(to, extent) && Math.abs(next - exact) < 1 ? exact : next;
}

/** The rows on screen, first and one past the last, and how far (0 or less, px) the first begins above the viewport. */
export function visibleRows(top: number, extent: Extent, overscan = 0): { first: number; end: number; shift: number } {
	const { count, rowHeight, viewport } = extent;
	if (viewport <= 0 || count <= 0) return { first: 0, end: 0, shift: 0 };
	const first = Math.min(Math.max(0, Math.floor(top / rowHeight) - overscan), count - 1);
	const end = Math.min(count, Math.ceil((top + viewport) / rowHeight) + overscan);
	return { first, end, shift: first * rowHeight - top };
}

/** The logical top after scrolling to a row. A row beyond the list counts as the nearest one. */
export function topThatShows(index: number, place: RowPlace, top: number, extent: Extent): number {
	const { count, rowHeight, viewport } = extent;
	const start = Math.min(Math.max(0, index), Math.max(0, count - 1)) * rowHeight;
	const end = start + rowHeight - viewport;
	if (place === 'start') return clampTop(start, extent);
	if (place === 'end') return clampTop(end, extent);
	return clampTop(start < top || rowHeight > viewport ? Math.min(start, top) : Math.max(end, top), extent);
}

/**
 * The row that stands nearest to a key that has gone: keys that ascend are searched, so that dropping rows
 * from the front leads to the first row and a filter to the next row that is left. Other keys keep the index.
 */
export function nearestIndex(
	key: number | string,
	index: number,
	count: number,
	keyAt: (index: number) => number | string,
): number {
	const kept = Math.min(Math.max(0, index), Math.max(0, count - 1));
	if (typeof key !== 'number' || count === 0 || !ascends(count, keyAt)) return kept;
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (Number(keyAt(middle)) < key) low = middle + 1;
		else high = middle;
	}
	return Math.min(low, count - 1);
}

function ascends(count: number, keyAt: (index: number) => number | string): boolean {
	const first = keyAt(0);
	const last = keyAt(count - 1);
	return typeof first === 'number' && typeof last === 'number' && first <= last;
}

function mapping(extent: Extent): { ends: number; physicalLast: number; logicalLast: number } {
	const logicalLast = lastTop(extent);
	const physicalLast = Math.max(0, spacerHeight(extent) - extent.viewport);
	return { logicalLast, physicalLast, ends: logicalLast === physicalLast ? logicalLast : exactEnds };
}

function isExact(physical: number, extent: Extent): boolean {
	const { ends, physicalLast } = mapping(extent);
	return physical <= ends || physical >= physicalLast - ends;
}

/** One step of a bar under the pointer is at least `spacerLimit / viewport`, or half of it on a dense screen. */
function smallMove({ viewport }: Extent): number {
	return Math.min(viewport, spacerLimit / viewport / 4);
}
