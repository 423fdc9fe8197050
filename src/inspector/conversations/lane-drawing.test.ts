import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Band } from '../../changes/conversation-lanes';
import { drawnBands, nearestPlace, tickBins, timeAtX, xOf } from './lane-drawing';

const view = { from: 0, to: 1000 };
const band = (start: number, end: number, value = '"open"'): Band => ({ start, end, value, by: 1 });

test('ticks of one place become one that counts them, so that no tick hides another', () => {
	const moments = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 300 });
	fc.assert(
		fc.property(moments, (some) => {
			const times = Float64Array.from(some).sort();
			const bins = tickBins(
				some.map((_, place) => place),
				times,
				view,
				500,
			);
			expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(some.length);
			expect(bins.length).toBeLessThanOrEqual(101);
		}),
	);
	expect(tickBins([0], Float64Array.of(5000), view, 500)).toEqual([]);
});

test('bands too narrow to be told apart become one that says how many', () => {
	const many = Array.from({ length: 100 }, (_, index) => band(index, index + 1));
	const drawn = drawnBands([...many, band(100, 1000, '"resolved"')], view, 500);
	expect(drawn).toMatchObject([
		{ x: 0, width: 50, band: null, count: 100 },
		{ x: 50, width: 450, band: { value: '"resolved"' }, count: 1 },
	]);
});

test('only what is in view is drawn, cut at its edges', () => {
	const part = { from: 100, to: 200 };
	expect(drawnBands([band(0, 50), band(50, 150), band(150, 900), band(900, 1000)], part, 100)).toMatchObject([
		{ x: 0, width: 50 },
		{ x: 50, width: 50 },
	]);
});

test('a place on screen leads to the nearest delivery', () => {
	const times = Float64Array.of(0, 100, 100, 900);
	expect([0, 40, 60, 480, 520, 5000].map((time) => nearestPlace(times, time))).toEqual([0, 0, 1, 2, 3, 3]);
	expect(timeAtX(xOf(321, view, 700), view, 700)).toBeCloseTo(321);
});
