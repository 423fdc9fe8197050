import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delivery } from '../../../test/deliveries';
import type { Summary } from '../../deliveries/api';
import { DeliveryLog } from '../../deliveries/log';
import { summarize } from '../../deliveries/summary';
import { placeRemarks, TimelineRows } from './timeline-rows';

const facts = summarize(delivery());
const state = { answer: null, isPinned: false, note: null, signature: null };

function logOf(...ids: number[]): DeliveryLog {
	const log = new DeliveryLog();
	log.append(ids.map((id): Summary => ({ ...facts, id, state })));
	return log;
}

const interruption = (afterId: number) => ({ afterId, from: 1000, to: 2000, filledIn: 1 });

function rowsOf(log: DeliveryLog, deliveries: number, interruptions: number[], gaps: number[] = []): TimelineRows {
	return new TimelineRows(log, deliveries, placeRemarks(interruptions.map(interruption), gaps));
}

const keysOf = (rows: TimelineRows) => Array.from({ length: rows.count }, (_, index) => rows.keyAt(index));

test('a remark stands after the delivery that it belongs to, and every row keeps its key', () => {
	const rows = rowsOf(logOf(3, 5, 8, 9), 4, [8, 5]);
	expect(rows.count).toBe(6);
	const keys = keysOf(rows);
	expect(keys).toEqual([3, 5, 'interruption-5-1000', 8, 'interruption-8-1000', 9]);
	expect(keys.map((key) => rows.indexOfKey(key))).toEqual([0, 1, 2, 3, 4, 5]);
	expect(rows.at(5)).toEqual({ kind: 'delivery', logIndex: 3 });
});

test('a gap stands right before the delivery that does not fit', () => {
	const rows = rowsOf(logOf(3, 5, 8, 9), 4, [5], [9, 8]);
	expect(keysOf(rows)).toEqual([3, 5, 'interruption-5-1000', 'gap-7', 8, 'gap-8', 9]);
	expect(rows.at(5)).toEqual({ kind: 'gap', at: 9 });
});

test('a remark whose place is gone from the list, or is not shown yet, is left out', () => {
	expect(rowsOf(logOf(3, 5), 2, [1, 5], [3]).count).toBe(2);
	expect(rowsOf(logOf(3, 5), 1, [3], [5]).count).toBe(1);
});

test('what is not shown has no row', () => {
	const rows = rowsOf(logOf(3, 5), 1, []);
	expect(rows.indexOfKey(5)).toBe(-1);
	expect(rows.indexOfKey(4)).toBe(-1);
	expect(rows.indexOfKey('interruption-3-1000')).toBe(-1);
	expect(rows.indexOfKey('gap-4')).toBe(-1);
});

test('however many remarks there are, rows are in order, each is found by its key, and nothing is shown twice', () => {
	const ids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 });
	fc.assert(
		fc.property(ids, ids, ids, fc.nat(60), (given, interrupted, gaps, shown) => {
			const sorted = given.toSorted((left, right) => left - right);
			const deliveries = Math.min(shown, sorted.length);
			const rows = rowsOf(logOf(...sorted), deliveries, interrupted, gaps);
			const keys = keysOf(rows);
			expect(keys.map((key) => rows.indexOfKey(key))).toEqual(keys.map((_, index) => index));
			expect(keys.filter((key) => typeof key === 'number')).toEqual(sorted.slice(0, deliveries));
			const isBetween = (place: number) => place > 0 && place < deliveries;
			const places = [...interrupted, ...gaps.map((at) => at - 1)].map(
				(id) => sorted.filter((own) => own <= id).length,
			);
			expect(keys.filter((key) => typeof key === 'string')).toHaveLength(places.filter(isBetween).length);
		}),
	);
});
