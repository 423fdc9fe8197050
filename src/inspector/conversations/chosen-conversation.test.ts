import { expect, test } from 'vitest';
import { fullLife } from '../../../test/conversation-life';
import { bytes, delivery } from '../../../test/deliveries';
import type { Summary } from '../../deliveries/api';
import { DeliveryLog } from '../../deliveries/log';
import { summarize } from '../../deliveries/summary';
import { ChosenConversation } from './chosen-conversation.svelte';

const state = { answer: null, isPinned: false, note: null, signature: null };

function logOf(count: number): DeliveryLog {
	const { deliveries } = fullLife();
	const facts = deliveries.map(({ at, body }) =>
		summarize(delivery({ receivedAt: at, body: bytes(JSON.stringify(body)) })),
	);
	const log = new DeliveryLog();
	log.append(
		Array.from({ length: count }, (_, index): Summary => ({ ...facts[index % facts.length]!, id: index + 1, state })),
	);
	return log;
}

const idsTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('a conversation that gets longer while it is taken is taken to its end', async () => {
	const log = logOf(1200);
	const chosen = new ChosenConversation();
	const first = chosen.take(idsTo(1000), log);
	for (let last = 1001; last <= 1200; last++) void chosen.take(idsTo(last), log);
	await first;
	expect(chosen.entries.map(({ id }) => id)).toEqual(idsTo(1200));
	expect(chosen.lanes.times).toHaveLength(1200);
	await chosen.take(idsTo(1200, 3), log);
	expect(chosen.entries.map(({ id }) => id)).toEqual(idsTo(1200, 3));
});

test('another one takes its place at once, and nothing of the first comes later', async () => {
	const log = logOf(1200);
	const chosen = new ChosenConversation();
	const first = chosen.take(idsTo(1000), log);
	const second = chosen.take(idsTo(1200, 1190), log);
	await Promise.all([first, second]);
	expect(chosen.entries.map(({ id }) => id)).toEqual(idsTo(1200, 1190));
	const third = chosen.take(idsTo(1000), log);
	chosen.forget();
	await third;
	expect(chosen.entries).toEqual([]);
});
