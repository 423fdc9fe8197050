import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	clampTop,
	drawRows,
	lastTop,
	logicalTop,
	nearestIndex,
	physicalTop,
	scrolledTop,
	spacerHeight,
	spacerLimit,
	takeElements,
	topThatShows,
	visibleRows,
	type DrawnRange,
	type DrawnRow,
	type Extent,
} from './virtual-window';

const extents: fc.Arbitrary<Extent> = fc.record({
	count: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 5_000_000 })),
	rowHeight: fc.constantFrom(20, 22, 44),
	viewport: fc.integer({ min: 100, max: 2200 }),
});

const short: Extent = { count: 1000, rowHeight: 22, viewport: 660 };
const long: Extent = { count: 5_000_000, rowHeight: 22, viewport: 660 };

function physicalLast(extent: Extent): number {
	return Math.max(0, spacerHeight(extent) - extent.viewport);
}

test('a short list scrolls like any other', () => {
	expect(spacerHeight(short)).toBe(22_000);
	expect(logicalTop(1234.5, short)).toBe(1234.5);
	expect(physicalTop(1234.5, short)).toBe(1234.5);
});

test('a long list never makes a taller spacer than a browser can scroll', () => {
	fc.assert(fc.property(extents, (extent) => spacerHeight(extent) <= spacerLimit));
});

test('the ends of the bar are the ends of the list', () => {
	fc.assert(
		fc.property(extents, (extent) => {
			expect(logicalTop(0, extent)).toBe(0);
			expect(logicalTop(physicalLast(extent), extent)).toBeCloseTo(lastTop(extent), 3);
			expect(physicalTop(lastTop(extent), extent)).toBeCloseTo(physicalLast(extent), 3);
		}),
	);
});

test('a position of the list maps to the bar and back', () => {
	fc.assert(
		fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
			const top = part * lastTop(extent);
			expect(logicalTop(physicalTop(top, extent), extent)).toBeCloseTo(top, 3);
		}),
	);
});

test('further down the bar is never further up the list', () => {
	fc.assert(
		fc.property(
			extents,
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(extent, one, other) => {
				const [up, down] = [Math.min(one, other), Math.max(one, other)].map((part) => part * physicalLast(extent));
				return logicalTop(up ?? 0, extent) <= logicalTop(down ?? 0, extent) + 1e-6;
			},
		),
	);
});

test('a small move moves the rows by as many pixels', () => {
	expect(scrolledTop(50_000_000, 3_000_000, 3_000_100, long)).toBe(50_000_100);
	expect(scrolledTop(50_000_000, 3_000_000, 2_999_900, long)).toBe(49_999_900);
});

test('a jump goes where the bar stands', () => {
	const middle = physicalLast(long) / 2;
	expect(scrolledTop(0, 0, middle, long)).toBeCloseTo(lastTop(long) / 2, -1);
	expect(scrolledTop(5_000, 5_000, physicalLast(long), long)).toBe(lastTop(long));
});

test('a fraction of a pixel does not keep the first row from its edge', () => {
	expect(scrolledTop(40.3, 40, 0, long)).toBe(0);
	expect(scrolledTop(lastTop(long) - 40.3, physicalLast(long) - 40, physicalLast(long), long)).toBe(lastTop(long));
});

test('no sequence of scrolling leaves the list', () => {
	const moves = fc.array(
		fc.oneof(fc.integer({ min: -700, max: 700 }), fc.integer({ min: -spacerLimit, max: spacerLimit })),
	);
	fc.assert(
		fc.property(extents, moves, (extent, sequence) => {
			let top = 0;
			let physical = 0;
			for (const move of sequence) {
				const to = Math.min(Math.max(0, physical + move), physicalLast(extent));
				top = scrolledTop(top, physical, to, extent);
				physical = Math.round(physicalTop(top, extent));
				expect(top).toBeGreaterThanOrEqual(0);
				expect(top).toBeLessThanOrEqual(lastTop(extent));
			}
		}),
	);
});

test('small moves alone reach the first and the last row of a list of any length', () => {
	for (const [from, step] of [
		[100_000, -120],
		[lastTop(long) - 100_000, 120],
	] as const) {
		let top = from;
		let physical = Math.round(physicalTop(top, long));
		for (let moves = 0; moves < 1000; moves += 1) {
			const to = Math.min(Math.max(0, physical + step), physicalLast(long));
			top = scrolledTop(top, physical, to, long);
			physical = Math.round(physicalTop(top, long));
		}
		expect(top).toBe(step < 0 ? 0 : lastTop(long));
	}
});

test('the visible rows cover the viewport and no more than that', () => {
	fc.assert(
		fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
			const top = part * lastTop(extent);
			const { first, end, shift } = visibleRows(top, extent);
			if (extent.count === 0) return end === 0;
			expect(shift).toBeLessThanOrEqual(0);
			expect(shift).toBeGreaterThan(-extent.rowHeight - 1e-6);
			const covered = shift + (end - first) * extent.rowHeight;
			expect(covered).toBeGreaterThanOrEqual(Math.min(extent.viewport, extent.count * extent.rowHeight) - 1e-6);
			return end - first <= Math.ceil(extent.viewport / extent.rowHeight) + 1;
		}),
	);
});

test('nothing is visible in a viewport without height or a list without rows', () => {
	expect(visibleRows(0, { ...short, viewport: 0 })).toEqual({ first: 0, end: 0, shift: 0 });
	expect(visibleRows(0, { ...short, count: 0 })).toEqual({ first: 0, end: 0, shift: 0 });
});

test('overscan adds rows on both sides, within the list', () => {
	expect(visibleRows(2200, short, 5)).toEqual({ first: 95, end: 135, shift: -110 });
	expect(visibleRows(0, short, 5)).toMatchObject({ first: 0, end: 35 });
});

test('scrolling to a row moves as little as needed', () => {
	expect(topThatShows(100, 'nearest', 2200, short)).toBe(2200);
	expect(topThatShows(99, 'nearest', 2200, short)).toBe(2178);
	expect(topThatShows(129, 'nearest', 2200, short)).toBe(2200);
	expect(topThatShows(130, 'nearest', 2200, short)).toBe(2222);
	expect(topThatShows(100, 'start', 0, short)).toBe(2200);
	expect(topThatShows(100, 'end', 0, short)).toBe(1562);
	expect(topThatShows(5000, 'start', 0, short)).toBe(lastTop(short));
});

test('every row of a list can be scrolled to and is then whole on screen', () => {
	fc.assert(
		fc.property(
			extents.filter(({ count }) => count > 0),
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.constantFrom('nearest' as const, 'start' as const, 'end' as const),
			(extent, from, to, place) => {
				const index = Math.min(extent.count - 1, Math.floor(to * extent.count));
				const top = topThatShows(index, place, from * lastTop(extent), extent);
				const start = index * extent.rowHeight;
				return start >= top - 1e-6 && start + extent.rowHeight <= top + extent.viewport + 1e-6;
			},
		),
	);
});

test('a top that is no number counts as the first', () => {
	expect(clampTop(NaN, short)).toBe(0);
	expect(clampTop(-3, short)).toBe(0);
	expect(clampTop(1e9, short)).toBe(lastTop(short));
});

test('a row that was dropped from the front leads to the first row', () => {
	expect(nearestIndex(17, 16, 100, (index) => index + 50)).toBe(0);
});

test('a row that a filter took away leads to the next one that is left', () => {
	const left = [3, 9, 20, 21];
	expect(nearestIndex(10, 9, left.length, (index) => left[index] ?? 0)).toBe(2);
	expect(nearestIndex(99, 98, left.length, (index) => left[index] ?? 0)).toBe(3);
});

test('keys without an order keep their place in the list', () => {
	expect(nearestIndex('b', 2, 10, (index) => `row ${index}`)).toBe(2);
	expect(nearestIndex(5, 12, 3, (index) => 9 - index)).toBe(2);
	expect(nearestIndex(5, 12, 0, () => 0)).toBe(0);
});

/** The element of each drawn row, from the first on. */
function elements({ first, end, turn }: DrawnRange, pool: number): number[] {
	return Array.from({ length: end - first }, (_, place) => (first + place + turn) % pool);
}

test('a row that stays on screen keeps its element', () => {
	const before = takeElements({ first: 0, end: 0, turn: 0 }, 100, 110, 10);
	const after = takeElements(before, 104, 114, 10);
	expect(elements(after, 10).slice(0, 6)).toEqual(elements(before, 10).slice(4));
});

test('where no row stays on screen no element moves, however far the list has gone', () => {
	const jumps = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { maxLength: 20 });
	fc.assert(
		fc.property(jumps, fc.integer({ min: 1, max: 60 }), (firsts, pool) => {
			let before = takeElements({ first: 0, end: 0, turn: 0 }, 7, 7 + pool, pool);
			for (const first of firsts) {
				const after = takeElements(before, first, first + pool, pool);
				const doesAnyStay = first < before.end && first + pool > before.first;
				if (!doesAnyStay) expect(elements(after, pool)).toEqual(elements(before, pool));
				expect(new Set(elements(after, pool)).size).toBe(pool);
				before = after;
			}
		}),
	);
});

/** Draws rows of a list of texts, each named by its first letter. */
function draw(before: readonly DrawnRow<string>[], list: readonly string[], first: number, end: number) {
	return drawRows(before, first, end, (index) => ({ index, key: list[index]![0], item: list[index]! }));
}

test('a row that is what it was is the same object, wherever the screen has moved', () => {
	const list = ['ant', 'bee', 'cat', 'dog', 'elk'];
	const before = draw([], list, 0, 3);
	const after = draw(before, list, 1, 5);
	expect(after.map(({ index, item }) => `${index} ${item}`)).toEqual(['1 bee', '2 cat', '3 dog', '4 elk']);
	expect(after[0]).toBe(before[1]);
	expect(after[1]).toBe(before[2]);
	expect(draw(after, list, 0, 3)[1]).toBe(before[1]);
});

test('a row is another one when it shows something else, bears another name or has another number', () => {
	const before = draw([], ['ant', 'bee', 'cat'], 0, 3);
	const changed = draw(before, ['ant', 'boa', 'cow'], 0, 3);
	expect(changed[0]).toBe(before[0]);
	expect(changed[1]).toEqual({ index: 1, key: 'b', item: 'boa' });
	expect(drawRows(before, 0, 1, (index) => ({ index, key: 'other', item: 'ant' }))[0]).not.toBe(before[0]);
	expect(draw(before, ['new', 'ant', 'bee', 'cat'], 1, 4)).toEqual([
		{ index: 1, key: 'a', item: 'ant' },
		{ index: 2, key: 'b', item: 'bee' },
		{ index: 3, key: 'c', item: 'cat' },
	]);
});

test('rows that have nothing but their number are drawn too', () => {
	const row = (index: number) => ({ index, key: undefined, item: undefined });
	const before = drawRows([], 0, 2, row);
	expect(before).toEqual([row(0), row(1)]);
	expect(drawRows(before, 1, 3, row)).toEqual([row(1), row(2)]);
});
