import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delivery } from '../../../test/deliveries';
import type { ChainRemark } from '../../changes/chain-remarks';
import { summarize } from '../../deliveries/summary';
import { ConversationRows } from './conversation-rows';

const facts = summarize(delivery());
const state = { answer: null, isPinned: false, note: null, signature: null };
const gapAt = (at: number): ChainRemark => ({
	kind: 'gap',
	at,
	since: null,
	attributes: [],
	message: '',
	broken: [],
});

test('each gap stands before its delivery, and every row is found by its key', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.nat(60)), fc.uniqueArray(fc.nat(60)), (some, others) => {
			const ids = some.toSorted((one, other) => one - other);
			const gaps = others.toSorted((one, other) => one - other);
			const rows = new ConversationRows(
				ids.map((id) => ({ ...facts, id, state })),
				gaps.map(gapAt),
			);
			const expected = ids.flatMap((id) => (gaps.includes(id) ? [`gap ${id}`, id] : [id]));
			const keys = Array.from({ length: rows.count }, (_, row) => rows.keyAt(row));
			expect(keys).toEqual(expected);
			expect(keys.map((key) => rows.rowOfKey(key))).toEqual(keys.map((_, row) => row));
			expect(ids.map((_, place) => rows.keyAt(rows.rowOf(place)))).toEqual(ids);
			for (const at of gaps) if (!ids.includes(at)) expect(rows.rowOfKey(`gap ${at}`)).toBe(-1);
		}),
	);
});
