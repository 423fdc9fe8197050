import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delivery } from '../../test/deliveries';
import type { Summary } from '../deliveries/api';
import { DeliveryLog } from '../deliveries/log';
import { summarize } from '../deliveries/summary';
import { findPrevious, previousOf, type PreviousBy } from './previous-delivery';

type Facts = Pick<
	Summary,
	'endpoint' | 'accountId' | 'conversationId' | 'contactId' | 'messageId' | 'deliveryHeaderId' | 'event'
>;

const base = summarize(delivery());

const anything: Facts = {
	endpoint: 'main',
	accountId: 7,
	conversationId: 1401,
	contactId: 518,
	messageId: 90311,
	deliveryHeaderId: '0bde4b46-58e4-4d2f-8f5c-0f1b1a8b9c11',
	event: 'message_created',
};

function summary(id: number, facts: Partial<Facts> = {}): Summary {
	const state = { answer: null, isPinned: false, note: null, signature: null };
	return { ...base, ...anything, ...facts, id, state };
}

function inspectorWith(...summaries: Summary[]): { log: DeliveryLog } {
	const log = new DeliveryLog();
	log.append(summaries);
	return { log };
}

const ids = { conversation: 'conversationId', message: 'messageId', contact: 'contactId' } as const;
const kinds: PreviousBy[] = ['conversation', 'message', 'contact', 'delivery-header'];

/** As a person would look for it: every row in full, from the newest to the oldest. */
function naive(summaries: readonly Summary[], index: number, by: PreviousBy): number | null {
	const own = summaries[index]!;
	const name = by === 'delivery-header' ? 'deliveryHeaderId' : ids[by];
	if (own[name] === null) return null;
	for (let at = index - 1; at >= 0; at--) {
		const other = summaries[at]!;
		if (other[name] !== own[name] || other.endpoint !== own.endpoint) continue;
		if (by === 'delivery-header') return other.id;
		if (own.accountId === null || other.accountId === null || own.accountId === other.accountId) return other.id;
	}
	return null;
}

test.each(kinds)('of the same %s: the nearest one before, not itself and none after', (by) => {
	const inspector = inspectorWith(summary(3), summary(5), summary(8), summary(9));
	expect(previousOf(inspector, 8, by)).toBe(5);
	expect(previousOf(inspector, 3, by)).toBeNull();
});

test.each(kinds)('of the same %s: another endpoint has other records of the same number', (by) => {
	expect(previousOf(inspectorWith(summary(1, { endpoint: 'staging' }), summary(2)), 2, by)).toBeNull();
});

test('another account has other records; a body that names no account may be of the same one', () => {
	const inspector = inspectorWith(summary(1, { accountId: null }), summary(2, { accountId: 8 }), summary(3));
	expect(previousOf(inspector, 3, 'conversation')).toBe(1);
});

test('what a delivery does not name it has in common with none, and a delivery that is gone has no previous one', () => {
	const nothing = { conversationId: null, contactId: null, messageId: null, deliveryHeaderId: null };
	const inspector = inspectorWith(summary(1, nothing), summary(2, nothing));
	for (const by of kinds) {
		expect(previousOf(inspector, 2, by)).toBeNull();
		expect(previousOf(inspector, 7, by)).toBeNull();
	}
});

test('a try before that was cut off is found by its delivery id', () => {
	const cutOff = { event: null, messageId: null, conversationId: null };
	expect(previousOf(inspectorWith(summary(1, cutOff), summary(2)), 2, 'delivery-header')).toBe(1);
	expect(previousOf(inspectorWith(summary(1), summary(2, cutOff)), 2, 'delivery-header')).toBe(1);
});

const never = new AbortController().signal;

test('a search in short tasks goes on where it was, whatever came or went in between, unless it is stopped', async () => {
	const log = new DeliveryLog();
	const row = (id: number, conversationId = 1): Summary => summary(id, { conversationId });
	log.append([row(1), ...Array.from({ length: 110_000 }, (_, index) => row(index + 2, 2)), row(110_002)]);
	const found = findPrevious(log, row(110_002), 'conversation', never);
	const stopped = new AbortController();
	const stoppedSearch = findPrevious(log, row(110_002), 'conversation', stopped.signal);
	stopped.abort();
	log.append([row(110_003)]);
	log.keepOnly((index) => index % 3 !== 1);
	expect(await found).toBe(1);
	expect(await stoppedSearch).toBeNull();
});

test('on 100,000 rows the answers are those of a search through all of them, also in short tasks', async () => {
	const few = (most: number) => fc.option(fc.nat(most), { nil: null });
	const rows: Summary[] = fc
		.sample(
			fc.record({
				endpoint: fc.constantFrom('main', 'staging'),
				accountId: few(2),
				conversationId: few(400),
				contactId: few(300),
				messageId: few(30_000),
			}),
			{ seed: 5, numRuns: 100_000 },
		)
		.map((facts, index) => summary(index * 2 + 1, { ...facts, deliveryHeaderId: null }));
	// Every tenth is repeated some rows later, with its delivery id.
	rows.forEach((row, index) => {
		if (index % 10 !== 0) return;
		row.deliveryHeaderId = `0bde4b46-58e4-4d2f-8f5c-${String(index).padStart(12, '0')}`;
		const repeat = index + 7 + (index % 400);
		if (repeat < rows.length) rows[repeat] = { ...row, id: rows[repeat]!.id };
	});
	const inspector = inspectorWith(...rows);
	let found = 0;
	for (let index = 99_999; index >= 0; index -= 2477) {
		for (const by of kinds) {
			const expected = naive(rows, index, by);
			expect(previousOf(inspector, rows[index]!.id, by)).toBe(expected);
			expect(await findPrevious(inspector.log, rows[index]!, by, never)).toBe(expected);
			if (expected !== null) found++;
		}
	}
	expect(found).toBeGreaterThan(60);
});
