import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delivery } from '../../../test/deliveries';
import type { Summary } from '../../deliveries/api';
import { DeliveryLog } from '../../deliveries/log';
import { summarize } from '../../deliveries/summary';
import { ConversationIndex } from './conversation-index';

const facts = summarize(delivery());
const state = { answer: null, isPinned: false, note: null, signature: null };
const never = () => false;

function row(id: number, known: Partial<Summary>): Summary {
	return { ...facts, verdict: 'ok', receivedAt: id * 10, ...known, id, state };
}

function indexOf(...rows: Partial<Summary>[]): { log: DeliveryLog; index: ConversationIndex } {
	const log = new DeliveryLog();
	log.append(rows.map((known, place) => row(place + 1, known)));
	const index = new ConversationIndex(log);
	index.work(log.size, never);
	return { log, index };
}

test('the newest delivery says what a conversation is, but whoever types does not name it', () => {
	const { index } = indexOf(
		{ conversationId: 1, subject: '#1 Maria', status: 'open', inboxId: 11, verdict: 'error' },
		{ conversationId: 2, subject: '#2', status: null },
		{ conversationId: 1, subject: '#1 Maria Lopez', status: 'resolved', event: 'conversation_updated' },
		{ conversationId: 1, subject: '#1 Ana', status: null, event: 'conversation_typing_on' },
	);
	expect(index.list()).toMatchObject([
		{ conversationId: 1, name: 'Maria Lopez', status: 'resolved', inboxId: 11, count: 3, errors: 1, newestAt: 40 },
		{ conversationId: 2, name: null, status: null, count: 1, errors: 0 },
	]);
});

test('a delivery that names no account is of the only one, and of none when there are several', () => {
	const { log, index } = indexOf({ conversationId: 1, accountId: 7 }, { conversationId: 1, accountId: null });
	expect(index.list()).toMatchObject([{ accountId: 7, isAlone: true, count: 2 }]);
	expect(index.idsOf(index.list()[0]!)).toEqual([1, 2]);
	log.append([row(3, { conversationId: 1, accountId: 8 })]);
	index.work(log.size, never);
	const several = index.list();
	expect(several).toMatchObject([
		{ accountId: 8, isAlone: false },
		{ accountId: null, isAlone: false },
		{ accountId: 7, isAlone: false },
	]);
	expect(several.map((one) => index.idsOf(one))).toEqual([[3], [2], [1]]);
});

test('it works in slices, newest first', () => {
	const { log } = indexOf(...Array.from({ length: 1000 }, (_, place) => ({ conversationId: place })));
	const index = new ConversationIndex(log);
	expect(index.work(log.size, () => true)).toBe(false);
	expect(index.list()[0]?.conversationId).toBe(999);
	expect(index.list()).toHaveLength(200);
	while (!index.work(log.size, () => true));
	expect(index.list()).toHaveLength(1000);
});

const change = fc.oneof(
	fc.record({ kind: fc.constant('append' as const), conversation: fc.nat(3), account: fc.nat(2) }),
	fc.record({ kind: fc.constant('prepend' as const), conversation: fc.nat(3), account: fc.nat(2) }),
	fc.record({ kind: fc.constantFrom('drop' as const, 'clear' as const, 'insert' as const, 'remove' as const) }),
	fc.record({ kind: fc.constant('work' as const), rows: fc.nat(3) }),
);

test('whatever happens to the log, in the end the index is as if it were made anew', () => {
	fc.assert(
		fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
			const log = new DeliveryLog();
			const index = new ConversationIndex(log);
			let newest = 10_000;
			let oldest = 10_000;
			for (const step of changes) {
				if (step.kind === 'append' || step.kind === 'prepend') {
					const { conversation, account } = step;
					const known = { conversationId: conversation || null, accountId: account || null };
					if (step.kind === 'append') log.append([row((newest += 2), known)]);
					else log.prepend([row((oldest -= 2), known)]);
				} else if (step.kind === 'drop') log.dropBefore((log.oldestId ?? 0) + 3);
				else if (step.kind === 'clear') log.clear();
				else if (step.kind === 'insert') log.insertMissing([row((log.oldestId ?? 1) + 1, { conversationId: 2 })]);
				else if (step.kind === 'remove') log.keepOnly((at) => at % 3 !== 1);
				else index.work(log.size, never);
			}
			while (!index.work(log.size, never));
			const anew = new ConversationIndex(log);
			anew.work(log.size, never);
			const described = (one: ConversationIndex) =>
				one.list().map((known) => ({ count: known.count, key: known.key, ids: one.idsOf(known) }));
			expect(described(index)).toEqual(described(anew));
		}),
		{ numRuns: 300 },
	);
});
