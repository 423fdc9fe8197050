import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, samples } from '../../test/deliveries';
import { signedSample } from '../../test/signed-samples';
import { find, valueText } from '../json/document';
import { resolvePointer } from '../json/pointer';
import { scanJson, type JsonDocument } from '../json/scan';
import { readChangedAttributes } from '../chatwoot/changed-attributes';
import { bodyWith, conversationBefore } from './conversation-before';

interface Body {
	[member: string]: unknown;
	event: string;
	changed_attributes: unknown;
}

function scan(text: string | Uint8Array): JsonDocument {
	const result = scanJson(typeof text === 'string' ? bytes(text) : text);
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

function sample(name: string): Body {
	const { body } = samples().find((candidate) => candidate.name === name)!;
	return JSON.parse(new TextDecoder().decode(body)) as Body;
}

const entry = (attribute: string, previous: unknown, current: unknown) => ({
	[attribute]: { previous_value: previous, current_value: current },
});

/** A genuine conversation with other changes. */
function updated(changes: object[], members: object = {}): string {
	const body = sample('conversation_updated--team-with-auto-assignee');
	return JSON.stringify({ ...body, ...members, changed_attributes: changes });
}

/** What stands at places of the body before, as text. */
function before(body: string, ...pointers: string[]) {
	const { bytes: text, putBack, notShown } = conversationBefore(scan(body), (JSON.parse(body) as Body).event);
	const document = scan(text);
	return {
		texts: pointers.map((pointer) => valueText(document, resolvePointer(document, pointer))),
		putBack,
		notShown,
	};
}

test('all but what was put back stays as it was sent, to the byte', () => {
	const { body } = signedSample('conversation_updated--status-resolved');
	const text = new TextDecoder().decode(body);
	const { bytes: result } = conversationBefore(scan(body), 'conversation_updated');
	const status = text.replace('"status":"resolved","custom', '"status":"open","custom');
	expect(new TextDecoder().decode(result)).toBe(status.replace('1781001545.912334', '1781001500.11'));
});

test('a time goes back in the form of the body: Unix seconds, 0 for none, decimals where it has them', () => {
	const body = updated([
		entry('waiting_since', null, '2026-06-09T10:00:00.155Z'),
		entry('agent_last_seen_at', '2026-06-09T10:00:59.999Z', null),
		entry('updated_at', '2026-06-09T10:38:20.000Z', '2026-06-09T10:39:05.912Z'),
		entry('snoozed_until', '2026-06-10T10:00:00.000Z', null),
	]);
	expect(before(body, '/waiting_since', '/agent_last_seen_at', '/updated_at', '/snoozed_until').texts).toEqual([
		'0',
		'1780999259',
		'1781001500.0',
		'"2026-06-10T10:00:00.000Z"',
	]);
});

test('the time of the last activity goes wherever the body repeats it', () => {
	const body = updated([entry('last_activity_at', '2026-06-09T09:59:00.000Z', '2026-06-09T10:00:00.155Z')]);
	const { texts, putBack } = before(
		body,
		'/last_activity_at',
		'/timestamp',
		'/messages/0/conversation/last_activity_at',
	);
	expect(texts).toEqual(['1780999140', '1780999140', '1780999140']);
	expect(putBack[0]!.places).toEqual(['/last_activity_at', '/timestamp', '/messages/0/conversation/last_activity_at']);
	const other = before(
		updated([entry('last_activity_at', null, null)], { timestamp: 5 }),
		'/last_activity_at',
		'/timestamp',
	);
	expect(other.texts).toEqual(['0', '5']);
});

test('of an agent or a team before only the id is known, and the name where the body tells it', () => {
	const body = updated([entry('assignee_id', 31, 32), entry('team_id', null, 4)]);
	const { texts, putBack } = before(body, '/meta/assignee', '/meta/assignee_type', '/meta/team');
	expect(texts).toEqual(['{"id":31,"type":"user"}', '"User"', 'null']);
	expect(putBack.map(({ attribute, note }) => [attribute, note])).toEqual([
		['assignee_id', 'only its id is known'],
		['team_id', null],
	]);
	const named = sample('conversation_updated--team-with-auto-assignee');
	const [message] = named.messages as Record<string, unknown>[];
	message!.sender = { id: 31, name: 'Ana Petrov', type: 'user' };
	named.changed_attributes = [entry('assignee_id', 31, 32)];
	const known = before(JSON.stringify(named), '/meta/assignee');
	expect(known.texts).toEqual(['{"id":31,"name":"Ana Petrov","type":"user"}']);
	expect(known.putBack[0]!.note).toBe('only its id and name are known');
});

test('agent and agent bot share one place', () => {
	const handedOver = updated([entry('assignee_id', null, 32), entry('assignee_agent_bot_id', 5, null)]);
	const { texts, putBack, notShown } = before(handedOver, '/meta/assignee', '/meta/assignee_type');
	expect(texts).toEqual(['{"id":5,"type":"agent_bot"}', '"AgentBot"']);
	expect(putBack.map(({ attribute }) => attribute)).toEqual(['assignee_id', 'assignee_agent_bot_id']);
	expect(notShown).toEqual([]);
	const unseen = before(updated([entry('assignee_agent_bot_id', 5, null)]), '/meta/assignee/id');
	expect(unseen.texts).toEqual(['32']);
	expect(unseen.notShown).toEqual([
		{ attribute: 'assignee_agent_bot_id', reason: 'the body shows the agent as assignee' },
	]);
	const both = before(
		updated([entry('assignee_agent_bot_id', 5, null), entry('assignee_id', 31, 32)]),
		'/meta/assignee/id',
	);
	expect(both.texts).toEqual(['31']);
	expect(both.notShown).toEqual([
		{ attribute: 'assignee_agent_bot_id', reason: 'the body shows one assignee, and that was the agent' },
	]);
});

test('an agent that the body shows already stays whole', () => {
	const { texts, putBack } = before(updated([entry('assignee_id', 32, 33)]), '/meta/assignee/name');
	expect(texts).toEqual(['"Joel Okafor"']);
	expect(putBack).toEqual([{ attribute: 'assignee_id', places: [], note: null }]);
});

test('what cannot be put back is named with its reason', () => {
	const body = updated(
		[
			entry('uuid', null, 'x'),
			entry('colour', 'red', 'blue'),
			entry('priority', null, 'urgent'),
			entry('waiting_since', 'soon', null),
			{ status: { current_value: 'open' } },
			entry('labels', [], []),
			entry('snoozed_until', null, null),
			entry('snoozed_until', '2026-06-10T10:00:00.000Z', null),
		],
		{ priority: undefined },
	);
	expect(before(body).notShown).toEqual([
		{ attribute: 'uuid', reason: 'the body has no such member' },
		{ attribute: 'colour', reason: 'no release is known to show it in the body' },
		{ attribute: 'priority', reason: 'this body has no `priority`' },
		{ attribute: 'waiting_since', reason: 'its previous value is not one that the body could show' },
		{ attribute: 'status', reason: 'its previous value is missing' },
		{ attribute: 'labels', reason: 'no release is known to show it in the body' },
		{ attribute: 'snoozed_until', reason: 'it is listed twice; the first entry was put back' },
	]);
});

test('a column of an inbox goes where the body has it, and never onto the event’s own members', () => {
	const body = {
		...sample('inbox_updated--whatsapp-settings'),
		changed_attributes: [
			entry('greeting_message', null, 'Hi'),
			entry('event', 'a', 'b'),
			entry('changed_attributes', [], []),
			entry('account', 1, 2),
			entry('account_id', 3, 7),
		],
	};
	const { texts, notShown } = before(JSON.stringify(body), '/greeting_message', '/event', '/account');
	expect(texts).toEqual(['null', '"inbox_updated"', '1']);
	expect(notShown.map(({ attribute }) => attribute)).toEqual(['event', 'changed_attributes', 'account_id']);
});

test('a body that lists nothing is the body before, and so is one that is no object', () => {
	for (const text of ['[1, 2]', '7', '{"event":"conversation_updated","changed_attributes":null}']) {
		expect(conversationBefore(scan(text), null)).toEqual({ bytes: bytes(text), putBack: [], notShown: [] });
	}
});

const withChanges = samples().filter(({ body }) => readChangedAttributes(scan(body)).changes.length > 0);

test('in every sample each listed attribute is put back or named, and current values give the body again', () => {
	for (const { name, body } of withChanges) {
		const document = scan(body);
		const event = (JSON.parse(new TextDecoder().decode(body)) as Body).event;
		const { bytes: text, putBack, notShown } = conversationBefore(document, event);
		const told = [...putBack, ...notShown].map(({ attribute }) => attribute).sort();
		expect(told, name).toEqual(
			readChangedAttributes(document)
				.changes.map(({ attribute }) => attribute)
				.sort(),
		);
		const isPutBack = putBack.some(({ places }) => places.length > 0);
		expect(new TextDecoder().decode(text) !== new TextDecoder().decode(body), name).toBe(isPutBack);
		// A body is read after the save, so that its `updated_at` may be some milliseconds younger.
		const again = bodyWith(scan(text), event, 'current').bytes;
		expect(shownParts(again, 1), name).toEqual(shownParts(body, 1));
	}
});

/**
 * A body without what the list of changes cannot say: of people, teams and accounts it has the id alone, of
 * `updated_at` the milliseconds, or the seconds.
 */
function shownParts(body: Uint8Array, parts = 1000): unknown {
	const value = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
	const meta = value.meta as Record<string, unknown> | undefined;
	const idOf = (record: unknown) => (record as { id: unknown } | null)?.id ?? null;
	if (meta) for (const name of ['assignee', 'team', 'sender']) meta[name] = idOf(meta[name]);
	value.account = idOf(value.account);
	value.contact_inbox = idOf(value.contact_inbox);
	if (typeof value.updated_at === 'number') value.updated_at = Math.floor(value.updated_at * parts + 0.001);
	return value;
}

const iso = (seconds: number) => new Date(Math.round(seconds * 1000)).toISOString();
const time = fc.option(
	fc
		.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
		.map((date) => date.toISOString()),
);
const unixSeconds = (value: unknown) => (value === 0 ? null : iso(value as number));
const id = fc.option(fc.integer({ min: 1, max: 1_000_000 }));
const texts = fc.array(fc.string(), { maxLength: 4 });
const idOf = (record: unknown) => (record as { id: number } | null)?.id ?? null;
const metaOf = (body: Body) => body.meta as Record<string, unknown>;
const assigneeOf = (body: Body, type: string) =>
	metaOf(body).assignee_type === type ? idOf(metaOf(body).assignee) : null;

/** Per attribute: what may have stood there before, and what the body says now. */
const attributes: [string, fc.Arbitrary<unknown>, (body: Body) => unknown][] = [
	['status', fc.constantFrom('open', 'pending', 'snoozed', 'resolved'), (body) => body.status],
	['priority', fc.constantFrom(null, 'low', 'urgent'), (body) => body.priority],
	['label_list', texts, (body) => body.labels],
	['custom_attributes', fc.dictionary(fc.string(), fc.jsonValue()), (body) => body.custom_attributes],
	['additional_attributes', fc.dictionary(fc.string(), fc.jsonValue()), (body) => body.additional_attributes],
	['snoozed_until', time, (body) => body.snoozed_until],
	['first_reply_created_at', time, (body) => body.first_reply_created_at],
	['waiting_since', time, (body) => unixSeconds(body.waiting_since)],
	['agent_last_seen_at', time, (body) => unixSeconds(body.agent_last_seen_at)],
	['last_activity_at', time, (body) => unixSeconds(body.last_activity_at)],
	['updated_at', time, (body) => new Date(Math.floor((body.updated_at as number) * 1000 + 0.001)).toISOString()],
	['team_id', id, (body) => idOf(metaOf(body).team)],
	['contact_id', id, (body) => idOf(metaOf(body).sender)],
	['uuid', fc.string(), () => 'x'],
];

const conversations = withChanges
	.filter(({ name }) => name.startsWith('conversation_updated') && !name.includes('documented'))
	.map(({ name }) => name);

test('putting previous values back and applying the changes gives the body again', () => {
	const generated = fc
		.record({
			name: fc.constantFrom(...conversations),
			picked: fc.shuffledSubarray(attributes),
			assignee: fc.option(fc.tuple(id, id)),
		})
		.chain(({ name, picked, assignee }) => {
			const body = sample(name);
			const entries = picked.map(([attribute, previous, current]) =>
				previous.map((value) => entry(attribute, value, current(body))),
			);
			return fc.tuple(...entries).map((changes) => {
				if (assignee) {
					changes.push(entry('assignee_id', assignee[0], assigneeOf(body, 'User')));
					changes.push(
						entry('assignee_agent_bot_id', assignee[0] === null ? assignee[1] : null, assigneeOf(body, 'AgentBot')),
					);
				}
				return JSON.stringify({ ...body, changed_attributes: changes });
			});
		});
	fc.assert(
		fc.property(generated, (text) => {
			const body = bytes(text);
			const document = scan(body);
			const earlier = conversationBefore(document, 'conversation_updated');
			expect(shownParts(bodyWith(scan(earlier.bytes), 'conversation_updated', 'current').bytes)).toEqual(
				shownParts(body),
			);
			for (const { attribute, places } of earlier.putBack) {
				if (attribute !== 'status') continue;
				const previous = readChangedAttributes(document).changes.find(
					(change) => change.attribute === 'status',
				)!.previous;
				const shown = scan(earlier.bytes);
				expect(valueText(shown, find(shown, 'status'))).toBe(valueText(document, previous));
				expect(places.length).toBeLessThanOrEqual(1);
			}
		}),
	);
});

test('whatever a body lists, what comes out is JSON, and every change is told once', () => {
	const name = fc.oneof(
		fc.string(),
		fc.constantFrom(...attributes.map(([attribute]) => attribute), 'assignee_id', 'account_id'),
	);
	const change = fc
		.tuple(name, fc.jsonValue(), fc.jsonValue())
		.map(([attribute, one, other]) => entry(attribute, one, other));
	const event = fc.constantFrom('conversation_updated', 'contact_updated', 'inbox_updated', 'x');
	fc.assert(
		fc.property(fc.constantFrom(...withChanges), event, fc.array(change), ({ body }, named, changes) => {
			const value = JSON.parse(new TextDecoder().decode(body)) as Body;
			const document = scan(JSON.stringify({ ...value, event: named, changed_attributes: changes }));
			const { bytes: text, putBack, notShown } = conversationBefore(document, named);
			expect(scanJson(text).ok).toBe(true);
			expect(putBack.length + notShown.length).toBe(changes.length);
		}),
	);
});
