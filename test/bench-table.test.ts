import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTable, median, quantile } from './bench/table';

test('figures stand to the right, texts to the left, and what was not measured is a dash', () => {
	expect(
		formatTable(
			['server', 'p50 ms'],
			[
				['ours', 1.25],
				['a longer name', 12345],
				['none', null],
				['odd', NaN],
			],
		),
	).toBe(
		[
			'| server        | p50 ms |',
			'| ------------- | -----: |',
			'| ours          |   1.25 |',
			'| a longer name | 12,345 |',
			'| none          |      – |',
			'| odd           |      – |',
		].join('\n'),
	);
});

test('a quantile lies between its neighbours, and the order of the values does not matter', () => {
	expect(median([3, 1, 2])).toBe(2);
	expect(median([4, 1, 2, 3])).toBe(2.5);
	expect(quantile([10, 20], 0.99)).toBeCloseTo(19.9);
	expect(median([])).toBeNaN();
	fc.assert(
		fc.property(
			fc.array(fc.integer(), { minLength: 1 }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(values, share) => {
				const value = quantile(values, share);
				expect(value).toBeGreaterThanOrEqual(Math.min(...values));
				expect(value).toBeLessThanOrEqual(Math.max(...values));
				expect(quantile([...values].reverse(), share)).toBe(value);
			},
		),
	);
});
