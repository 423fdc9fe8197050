import { expect, test } from 'vitest';
import { ConversationLife, fullLife, joel } from '../../test/conversation-life';
import { bytes, samples } from '../../test/deliveries';
import { check } from '../chatwoot/check/check';
import { scanJson, type JsonDocument } from '../json/scan';
import { ConversationHistory } from './conversation-history';
import { ConversationReader, newestMessage, type NewestMessage } from './conversation-state';

function scanned(body: unknown): JsonDocument {
	const scan = scanJson(typeof body === 'string' ? bytes(body) : bytes(JSON.stringify(body)));
	if (!scan.ok) throw new Error(scan.error.message);
	return scan.document;
}

/** What is known after these deliveries, numbered from 1. */
function historyOf(bodies: readonly { event: string; body: unknown }[]): ConversationHistory {
	const reader = new ConversationReader();
	const history = new ConversationHistory();
	for (const [index, { event, body }] of bodies.entries()) history.add(reader.read(index + 1, event, scanned(body)));
	return history;
}

/** Value, delivery and how, at the last delivery or another one. */
function known(history: ConversationHistory, member: string, at = Infinity): unknown {
	const change = history.valueAt(member, at);
	return change && [change.value, change.at, change.how];
}

test('the life that tests use is one that releases send', () => {
	for (const { event, body } of fullLife().deliveries) {
		const { findings } = check(bytes(JSON.stringify(body)), { contract: 'both' });
		expect(
			findings.filter(({ severity }) => severity === 'error'),
			event,
		).toEqual([]);
	}
});

test('a value is set by the delivery that says so, and seen in the first body that shows it', () => {
	const { deliveries } = fullLife();
	const history = historyOf(deliveries);
	const numberOf = (event: string, attribute?: string) =>
		deliveries.findIndex(
			(one) => one.event === event && (!attribute || JSON.stringify(one.body.changed_attributes).includes(attribute)),
		) + 1;
	// The widget's event comes first: it shows values that no delivery has set.
	expect(known(history, 'status', 1)).toEqual(['"open"', 1, 'seen']);
	expect(known(history, 'can_reply')).toEqual(['true', 2, 'set']);
	const assigned = numberOf('conversation_updated', 'assignee_id');
	expect(known(history, 'meta.team')).toEqual(['{"id":4,"name":"returns","type":null}', assigned, 'set']);
	expect(known(history, 'meta.assignee', assigned)).toEqual([
		'{"id":31,"name":"Ana Petrov","type":"user"}',
		assigned,
		'set',
	]);
	expect(known(history, 'meta.assignee', assigned - 1)).toEqual(['null', 2, 'set']);
	expect(known(history, 'meta.assignee')).toEqual([
		`{"id":${joel.id},"name":"${joel.name}","type":"user"}`,
		deliveries.findLastIndex(({ body }) => JSON.stringify(body.changed_attributes ?? '').includes('assignee_id')) + 1,
		'set',
	]);
	expect(known(history, 'labels')).toEqual(['["delivery","vip"]', expect.any(Number), 'set']);
	expect(known(history, 'custom_attributes.order.number')).toEqual([
		'881',
		numberOf('conversation_updated', 'custom_attributes'),
		'set',
	]);
	expect(known(history, 'custom_attributes.plan', 5)).toBeNull();
});

test('of a status change the first of its two deliveries sets the value, whichever that is', () => {
	const life = new ConversationLife().begin('Hi').wait(1000).become('resolved');
	const [created, message, updated, changed] = life.deliveries;
	expect(known(historyOf([created!, message!, updated!, changed!]), 'status')).toEqual(['"resolved"', 3, 'set']);
	expect(known(historyOf([created!, message!, changed!, updated!]), 'status')).toEqual(['"resolved"', 3, 'set']);
});

test('what a body has shown before its own update came is set by that update', () => {
	const life = new ConversationLife().begin('Hi').wait(1000).prioritize('high').wait(1000).message('Hello?');
	const [created, first, updated, second] = life.deliveries;
	const late = { ...updated!.body, updated_at: second!.body.conversation && undefined };
	const history = historyOf([created!, first!, second!, { event: 'conversation_updated', body: late }]);
	expect(known(history, 'priority', 3)).toEqual(['"high"', 3, 'seen']);
	expect(known(history, 'priority', 4)).toEqual(['"high"', 4, 'set']);
});

test('a delivery that was overtaken changes nothing', () => {
	const life = new ConversationLife().begin('Hi').wait(1000).prioritize('low').wait(1000).prioritize('urgent');
	const [created, message, low, urgent] = life.deliveries;
	const history = historyOf([created!, message!, urgent!, low!]);
	expect(known(history, 'priority')).toEqual(['"urgent"', 3, 'set']);
});

test('a value that came back from one that was missed is set again', () => {
	const life = new ConversationLife().begin('Hi').wait(9).become('snoozed').wait(9).become('open');
	const history = historyOf(life.deliveries.filter((_, index) => index !== 2 && index !== 3));
	expect(known(history, 'status', 2)).toEqual(['"open"', 1, 'set']);
	expect(known(history, 'status')).toEqual(['"open"', 3, 'set']);
});

test('the newest message is the one with the highest id, private notes too, and never an older one', () => {
	const life = new ConversationLife().begin('Hi').wait(9).note('between us').wait(9).message('Hello?');
	const read = (history: ConversationHistory, at: number) =>
		JSON.parse(history.valueAt(newestMessage, at)!.value!) as NewestMessage;
	const history = historyOf(life.deliveries);
	expect(read(history, 2)).toMatchObject({ text: 'Hi', messageType: 'incoming', isPrivate: false });
	expect(read(history, 3)).toMatchObject({ text: 'between us', sender: 'Ana Petrov', isPrivate: true });
	expect(read(history, 4)).toMatchObject({ text: 'Hello?' });
	const [created, first, note, second] = life.deliveries;
	expect(read(historyOf([created!, second!, note!, first!]), 4)).toMatchObject({ text: 'Hello?' });
});

test('custom attributes are followed one by one, to the last digit, and are gone when they are gone', () => {
	const event = 'conversation_updated';
	const body = (custom: string) => `{"event":"${event}","id":1,"meta":{},"messages":[],"custom_attributes":${custom}}`;
	const history = historyOf([
		{ event, body: body('{"a":{"b":12345678901234567890123,"c":1.0},"d":[1,{"e":2}],"f":{}}') },
		{ event, body: body('{"a":{"c":1.0}}') },
	]);
	expect(known(history, 'custom_attributes.a.b', 1)).toEqual(['12345678901234567890123', 1, 'seen']);
	expect(known(history, 'custom_attributes.a.b', 2)).toEqual([null, 2, 'seen']);
	expect(known(history, 'custom_attributes.a.c', 2)).toEqual(['1.0', 1, 'seen']);
	expect(known(history, 'custom_attributes.d', 1)).toEqual(['[1,{"e":2}]', 1, 'seen']);
	expect(known(history, 'custom_attributes.f', 1)).toEqual(['{}', 1, 'seen']);
});

test('what opens something stays behind, but a change of it is told', () => {
	const event = 'conversation_updated';
	const body = (token: string) => ({
		event,
		body: { event, id: 1, meta: {}, messages: [], custom_attributes: { crm: { access_token: token } } },
	});
	const history = historyOf([body('verySecret1'), body('verySecret2')]);
	expect(history.valuesOf('custom_attributes.crm.access_token').map(({ at }) => at)).toEqual([1, 2]);
	expect(JSON.stringify(history.valuesOf('custom_attributes.crm.access_token'))).not.toContain('verySecret');
});

test('a body of any shape is read as far as it goes', () => {
	const reader = new ConversationReader();
	expect(reader.read(1, null, scanned('[]'))).toEqual([]);
	expect(
		reader.read(2, 'conversation_updated', scanned('{"meta":7,"labels":{},"status":[],"messages":7}')),
	).toMatchObject([
		{ member: 'status', value: '[]' },
		{ member: 'labels', value: '{}' },
	]);
	const deep = `{"custom_attributes":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`;
	expect(reader.read(3, 'conversation_updated', scanned(deep))).toHaveLength(1);
	for (const { name, body } of samples()) {
		const scan = scanJson(body);
		if (scan.ok) expect(() => new ConversationReader().read(1, null, scan.document), name).not.toThrow();
	}
});
