import { expect, test } from 'vitest';
import { delivery } from '../../../test/deliveries';
import type { Summary } from '../../deliveries/api';
import { DeliveryLog } from '../../deliveries/log';
import { summarize } from '../../deliveries/summary';
import { TimelineRows } from './timeline-rows';

const facts = summarize(delivery());
const state = { answer: null, isPinned: false, note: null, signature: null };

function logOf(...ids: number[]): DeliveryLog {
	const log = new DeliveryLog();
	log.append(ids.map((id): Summary => ({ ...facts, id, state })));
	return log;
}

const interruption = (afterId: number) => ({ afterId, from: 1000, to: 2000, filledIn: 1 });

test('a remark stands after the delivery that it belongs to, and every row keeps its key', () => {
	const rows = new TimelineRows(logOf(3, 5, 8, 9), 4, [interruption(8), interruption(5)]);
	expect(rows.count).toBe(6);
	const keys = Array.from({ length: rows.count }, (_, index) => rows.keyAt(index));
	expect(keys).toEqual([3, 5, 'interruption-5-1000', 8, 'interruption-8-1000', 9]);
	expect(keys.map((key) => rows.indexOfKey(key))).toEqual([0, 1, 2, 3, 4, 5]);
	expect(rows.at(5)).toEqual({ kind: 'delivery', logIndex: 3 });
});

test('a remark whose place is gone from the list, or is not shown yet, is left out', () => {
	expect(new TimelineRows(logOf(3, 5), 2, [interruption(1), interruption(5)]).count).toBe(2);
	expect(new TimelineRows(logOf(3, 5), 1, [interruption(3)]).count).toBe(1);
});

test('what is not shown has no row', () => {
	const rows = new TimelineRows(logOf(3, 5), 1, []);
	expect(rows.indexOfKey(5)).toBe(-1);
	expect(rows.indexOfKey(4)).toBe(-1);
	expect(rows.indexOfKey('interruption-3-1000')).toBe(-1);
});
