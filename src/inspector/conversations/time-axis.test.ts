import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisMarks, panned, wholeRange, withMoment, zoomed } from './time-axis';

const life = fc.record({ first: fc.integer({ min: 1e12, max: 2e12 }), length: fc.integer({ min: 0, max: 1e10 }) });

test('however it is zoomed and moved, what is in view is a part of the whole life', () => {
	fc.assert(
		fc.property(
			life,
			fc.array(fc.record({ factor: fc.double({ min: 0.1, max: 8, noNaN: true }), share: fc.nat(100) }), {
				maxLength: 12,
			}),
			({ first, length }, steps) => {
				const whole = wholeRange(first, first + length);
				let view = whole;
				for (const { factor, share } of steps) {
					view = zoomed(view, whole, factor, view.from + ((view.to - view.from) * share) / 100);
					view = panned(view, whole, (share - 50) * 1000);
					expect(view.to).toBeGreaterThan(view.from);
					expect(view.from).toBeGreaterThanOrEqual(whole.from - 1e-3);
					expect(view.to).toBeLessThanOrEqual(whole.to + 1e-3);
				}
				const shown = withMoment(view, whole, first);
				expect(shown.from).toBeLessThanOrEqual(first);
				expect(shown.to).toBeGreaterThanOrEqual(first);
			},
		),
	);
});

test('the moment under the pointer stays where it is', () => {
	const whole = { from: 0, to: 100_000 };
	expect(zoomed(whole, whole, 0.5, 50_000)).toEqual({ from: 25_000, to: 75_000 });
	expect(zoomed(whole, whole, 0.5, 10_000)).toEqual({ from: 5_000, to: 55_000 });
});

test('marks are round, ascending, and as many as there is room for', () => {
	fc.assert(
		fc.property(life, fc.integer({ min: 100, max: 2000 }), ({ first, length }, pixels) => {
			const range = wholeRange(first, first + length);
			const marks = axisMarks(range, pixels);
			expect(marks.length).toBeLessThanOrEqual(pixels / 60 + 1);
			for (const [index, { time, label }] of marks.entries()) {
				expect(label).not.toBe('');
				expect(time).toBeGreaterThanOrEqual(range.from);
				expect(time).toBeLessThanOrEqual(range.to);
				if (index > 0) expect(time).toBeGreaterThan(marks[index - 1]!.time);
			}
		}),
	);
	const noon = new Date(2026, 5, 9, 12).getTime();
	expect(axisMarks({ from: noon - 1000, to: noon + 9 * 60_000 }, 700).map(({ label }) => label)).toEqual([
		'12:00',
		'12:01',
		'12:02',
		'12:03',
		'12:04',
		'12:05',
		'12:06',
		'12:07',
		'12:08',
		'12:09',
	]);
});
