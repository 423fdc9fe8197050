import { expect, test } from 'vitest';
import { bodyOf, headerOf, simulatedRequests } from '../../test/simulated-requests';
import { eventOf, isObject } from '../../test/facts';
import type { JsonValue } from '../json/value';

type Body = { [name: string]: JsonValue };

/** Attributes whose previous value always is the last one that was told (ground truth 5.5). */
const trusted = [
	'status',
	'priority',
	'snoozed_until',
	'first_reply_created_at',
	'custom_attributes',
	'team_id',
	'assignee_id',
	'assignee_agent_bot_id',
	'label_list',
];
const trustedOfContacts = ['name', 'email', 'phone_number', 'identifier', 'blocked', 'custom_attributes'];

async function longRun(scenario: 'calm' | 'rush-hour', seed: number): Promise<Body[]> {
	return (await simulatedRequests(4000, { scenario, seed })).map(bodyOf);
}

/** The conversation that a body has at the top or inside. */
function conversationOf(body: Body): Body | null {
	const event = eventOf(body);
	if (event === 'webwidget_triggered') return body.current_conversation as Body | null;
	if (event.startsWith('contact_')) return null;
	return isObject(body.conversation) ? body.conversation : body;
}

function changesOf(body: Body): [attribute: string, values: { previous_value: JsonValue; current_value: JsonValue }][] {
	const list = (body.changed_attributes ?? []) as { [attribute: string]: never }[];
	return list.flatMap((entry) => Object.entries(entry));
}

test.for([
	['calm', 21],
	['rush-hour', 22],
] as const)('%s, seed %i: every previous value is the last one that was told', async ([scenario, seed]) => {
	const told = new Map<string, JsonValue>();
	let compared = 0;
	for (const body of await longRun(scenario, seed)) {
		const isContact = body.event === 'contact_updated';
		if (!isContact && body.event !== 'conversation_updated') continue;
		for (const [attribute, { previous_value, current_value }] of changesOf(body)) {
			if (!(isContact ? trustedOfContacts : trusted).includes(attribute)) continue;
			const key = `${isContact ? 'contact' : 'conversation'} ${JSON.stringify(body.id)} ${attribute}`;
			const last = told.get(key);
			// The double dispatch of labels says the same again.
			const isCopy = JSON.stringify(last) === JSON.stringify(current_value);
			if (last !== undefined && !isCopy) {
				expect(previous_value, key).toEqual(last);
				compared++;
			}
			told.set(key, current_value);
		}
	}
	expect(compared).toBeGreaterThan(50);
});

test.for([
	['calm', 23],
	['rush-hour', 24],
] as const)('%s, seed %i: ids ascend, stay with their records, and never come twice', async ([scenario, seed]) => {
	const bodies = await longRun(scenario, seed);
	const created = (event: string) => bodies.filter((body) => body.event === event).map(({ id }) => id as number);
	const displayIds = created('conversation_created');
	expect(displayIds).toEqual(displayIds.map((_, index) => displayIds[0]! + index));
	for (const ids of [created('message_created'), created('contact_created')]) {
		expect(ids).toEqual([...new Set(ids)].sort((left, right) => left - right));
	}
	const known = new Set(created('message_created'));
	for (const body of bodies) if (body.event === 'message_updated') expect(known.has(body.id as number)).toBe(true);

	const fixed = new Map<string, string>();
	for (const body of bodies) {
		const conversation = conversationOf(body);
		if (conversation === null) continue;
		const inbox = conversation.contact_inbox as Body;
		const facts = [inbox.id, inbox.contact_id, inbox.source_id, inbox.pubsub_token, conversation.inbox_id];
		const key = JSON.stringify(conversation.id);
		const text = JSON.stringify([...facts, conversation.created_at, conversation.channel]);
		expect(fixed.get(key) ?? text).toBe(text);
		fixed.set(key, text);
	}
});

test('a conversation never goes back in time, and is what the deliveries before made of it', async () => {
	const requests = await simulatedRequests(4000, { seed: 25 });
	const last = new Map<string, Body>();
	for (const request of requests) {
		const body = bodyOf(request);
		const conversation = conversationOf(body);
		if (conversation === null) continue;
		const key = JSON.stringify(conversation.id);
		const before = last.get(key);
		for (const name of ['updated_at', 'last_activity_at', 'agent_last_seen_at', 'contact_last_seen_at']) {
			const time = conversation[name] as number;
			if (before) expect(time, name).toBeGreaterThanOrEqual(before[name] as number);
			expect(time).toBeLessThanOrEqual(request.sentAt / 1000);
		}
		const timestamp = headerOf(request, 'X-Chatwoot-Timestamp');
		if (timestamp !== null) {
			expect(Number(timestamp)).toBeGreaterThanOrEqual(Math.floor(conversation.updated_at as number));
		}
		for (const [attribute, { current_value }] of changesOf(body)) {
			if (attribute === 'status' || attribute === 'priority' || attribute === 'custom_attributes') {
				expect(conversation[attribute]).toEqual(current_value);
			}
			if (attribute === 'updated_at') {
				const seconds = Date.parse(current_value as string) / 1000;
				expect(seconds).toBeLessThanOrEqual(conversation.updated_at as number);
			}
		}
		last.set(key, conversation);
	}
	expect(last.size).toBeGreaterThan(50);
});

test('every change of the status is named first, and the update that says what it was comes next', async () => {
	const waiting = new Map<string, JsonValue>();
	let count = 0;
	for (const body of await longRun('rush-hour', 26)) {
		const key = JSON.stringify(body.id);
		if (body.event === 'conversation_status_changed') {
			expect(waiting.has(key)).toBe(false);
			waiting.set(key, body.status!);
		}
		if (body.event !== 'conversation_updated') continue;
		const change = changesOf(body).find(([attribute]) => attribute === 'status')?.[1];
		const isCreation = changesOf(body).some(([attribute]) => attribute === 'id');
		if (!change || isCreation) continue;
		expect(change.current_value).toEqual(waiting.get(key));
		waiting.delete(key);
		count++;
	}
	expect(count).toBeGreaterThan(50);
});

test('the unread count ends at 10, however many messages come', async () => {
	const counts = (await longRun('calm', 27)).map((body) => conversationOf(body)?.unread_count ?? 0);
	expect(Math.max(...(counts as number[]))).toBe(10);
});
