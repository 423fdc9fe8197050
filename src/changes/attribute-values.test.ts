import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bytes, samples } from '../../test/deliveries';
import { scanJson } from '../json/scan';
import { ChangeList } from './change-list';
import { changeWords } from './change-words';
import { distanceText } from './time-words';

// Local times below are those of this zone.
beforeAll(() => vi.stubEnv('TZ', 'Europe/Amsterdam'));
afterAll(() => vi.unstubAllEnvs());

const conversation = JSON.parse(
	new TextDecoder().decode(
		samples().find(({ name }) => name === 'conversation_updated--team-with-auto-assignee')!.body,
	),
) as Record<string, unknown>;

/** The changes of a body, the list written as it is to be sent. */
function list(changes: string, body: object = conversation, event = 'conversation_updated'): ChangeList {
	const text = JSON.stringify({ ...body, event, changed_attributes: 'here' }).replace('"here"', () => changes);
	const result = scanJson(bytes(text));
	if (!result.ok) throw new Error(result.error.message);
	return new ChangeList(result.document, event);
}

function words(changes: string, body?: object, event?: string): string[] {
	const shown = list(changes, body, event);
	return shown.changes.map((change) => changeWords(change.attribute, shown.contentOf(change)));
}

const entry = (attribute: string, previous: string, current: string) =>
	`[{"${attribute}":{"previous_value":${previous},"current_value":${current}}}]`;

test('people, teams, inboxes and accounts have names where the body knows them, and their ids everywhere', () => {
	const body = {
		...conversation,
		inbox: { id: 11, name: 'Shop widget' },
		messages: [{ sender: { id: 31, name: 'Ana Petrov', type: 'user' } }],
	};
	expect(words(entry('assignee_id', '31', '32'), body)).toEqual(['assignee_id: Ana Petrov #31 → Joel Okafor #32']);
	expect(words(entry('team_id', '9', '4'))).toEqual(['team_id: #9 → returns #4']);
	expect(words(entry('inbox_id', '12', '11'), body)).toEqual(['inbox_id: #12 → Shop widget #11']);
	expect(words(entry('contact_id', 'null', '518'))).toEqual(['contact_id: none → quiet-meadow-871 #518']);
});

test('an agent bot is not taken for the agent with the same number', () => {
	expect(words(entry('assignee_agent_bot_id', 'null', '32'))).toEqual(['assignee_agent_bot_id: none → #32']);
});

test('an id keeps every digit', () => {
	expect(words(entry('team_id', 'null', '12345678901234567890123'))).toEqual([
		'team_id: none → #12345678901234567890123',
	]);
});

test('times are read in both forms, and 0 is no time', () => {
	expect(words(entry('waiting_since', '1780999200', '0'))).toEqual([
		'waiting_since: 9 June 2026, 12:00:00 (1780999200) → none (0, 1780999200 in the body)',
	]);
	expect(words(entry('snoozed_until', '"2026-06-09T10:00:00.000Z"', '"2026-06-09T14:00:00.000Z"'))).toEqual([
		'snoozed_until: 9 June 2026, 12:00:00 ("2026-06-09T10:00:00.000Z") → ' +
			'9 June 2026, 16:00:00 ("2026-06-09T14:00:00.000Z", null in the body), 4 h later',
	]);
	expect(words(entry('snoozed_until', '"tomorrow"', '"2026-02-31T99:00:00.000Z"'))).toEqual([
		'snoozed_until: "tomorrow" → "2026-02-31T99:00:00.000Z"',
	]);
	expect(words(entry('reopened_at', 'null', '"2026-06-09T14:00:00.000Z"'))).toEqual([
		'reopened_at: none → 9 June 2026, 16:00:00 ("2026-06-09T14:00:00.000Z")',
	]);
});

test('the distance of two times is said in at most two units', () => {
	const said = [0, 7, 45_802, 74_000, 4 * 3_600_000, 90_000_000, -74_000].map((span) => distanceText(0, span));
	expect(said).toEqual([
		'the same moment',
		'7 ms later',
		'45.8 s later',
		'1 min 14 s later',
		'4 h later',
		'1 d 1 h later',
		'1 min 14 s earlier',
	]);
	expect(distanceText(0, 59_999)).toBe('1 min later');
});

test('labels are a set: kept, added, removed; their order is no change', () => {
	expect(words(entry('label_list', '["delivery","waiting"]', '["vip","delivery"]'))).toEqual([
		'label_list: delivery, + vip, − waiting',
	]);
	expect(words(entry('label_list', '["a","b"]', '["b","a"]'))).toEqual(['label_list: b, a, the same labels']);
	expect(words(entry('label_list', 'null', '[]'))).toEqual(['label_list: no labels on either side']);
	expect(words(entry('label_list', '"a"', '["a"]'))).toEqual(['label_list: a text before, an array now']);
	const many = list(entry('label_list', '[]', JSON.stringify(Array.from({ length: 5000 }, (_, index) => `l${index}`))));
	expect(many.contentOf(many.changes[0]!)).toMatchObject({ form: 'labels', more: 4800 });
});

test('the label cache is quiet where it repeats the labels, and speaks where it does not', () => {
	const labels = '{"label_list":{"previous_value":["a"],"current_value":["a","b"]}}';
	const cache = (text: string) => `{"cached_label_list":{"previous_value":"a","current_value":${text}}}`;
	expect(words(`[${cache('"b, a"')},${labels}]`)).toContain('cached_label_list: says the same as label_list');
	expect(words(`[${cache('"a"')},${labels}]`)).toContain('cached_label_list: "a" → "a"');
	expect(words(`[${cache('"a, b"')}]`)).toEqual(['cached_label_list: "a" → "a, b"']);
});

test('objects are summed up by their members, at any depth', () => {
	expect(
		words(entry('custom_attributes', '{"a":{"b":1,"c":[1]},"d":1}', '{"a":{"b":1.0,"c":[1,2]},"e":null}')),
	).toEqual(['custom_attributes: 1 member added, 1 removed, 2 changed']);
	expect(words(entry('custom_attributes', '{"a":1,"b":2}', '{"b":2,"a":1}'))).toEqual([
		'custom_attributes: the same on both sides',
	]);
	expect(words(entry('custom_attributes', 'null', '{"a":1}'))).toEqual([
		'custom_attributes: nothing before, an object now',
	]);
	const deep = (inside: string) => `${'{"a":'.repeat(10_000)}${inside}${'}'.repeat(10_000)}`;
	const large = (first: number) => `{"list":[${first}${',0'.repeat(30_000)}]}`;
	expect(words(entry('custom_attributes', large(1), large(2)))).toEqual([
		'custom_attributes: large objects, their members not counted',
	]);
	expect(words(entry('custom_attributes', deep('1'), deep('2')))).toEqual(['custom_attributes: 1 member changed']);
});

test('long texts are compared by words, longer ones in a view of their own, and a text that was empty is read whole', () => {
	const long = 'We answer within one working day, and on Saturdays until noon.';
	const texts = (previous: string, current: string) => {
		const shown = list(
			entry('greeting_message', JSON.stringify(previous), JSON.stringify(current)),
			{},
			'inbox_updated',
		);
		return shown.contentOf(shown.changes[0]!);
	};
	expect(texts(long, 'Hi')).toEqual({ form: 'texts', previous: long, current: 'Hi' });
	expect(texts('a\nb', 'a')).toMatchObject({ form: 'texts' });
	expect(texts('Hi', 'Hello')).toMatchObject({ form: 'pair' });
	expect(texts('', long)).toMatchObject({ form: 'pair' });
	const longer = texts('Hi', long.repeat(20));
	expect(longer).toMatchObject({ form: 'object', words: `a text of 2 characters before, ${long.length * 20} now` });
	expect(longer.form === 'object' && new TextDecoder().decode(longer.current)).toBe(long.repeat(20));
});

test('a value that its attribute never has is shown as it is', () => {
	expect(words(entry('status', '7', '{"a":1}'))).toEqual(['status: a number before, an object now']);
	expect(words(entry('status', '""', 'true'))).toEqual(['status: "" → true']);
	expect(words(entry('assignee_id', 'true', '"31"'))).toEqual(['assignee_id: true → #31']);
	expect(words('[{"status":{"current_value":"open"}}]')).toEqual(['status: not sent → open']);
});

test('what rides along comes last and is counted by itself', () => {
	const shown = list('[{"updated_at":{}},{"status":{}},{"cached_label_list":{}},{"team_id":{}}]');
	expect(shown.changes.map(({ attribute }) => attribute)).toEqual([
		'status',
		'team_id',
		'updated_at',
		'cached_label_list',
	]);
	expect(shown.countWords).toBe('2 changes, 2 ride along');
	expect(list('[{"updated_at":{}}]').countWords).toBe('0 changes, 1 rides along');
	expect(list('null').countWords).toBe('');
});

test('only times that messages move are noise, and a reply of an agent is none', () => {
	const times = (...names: string[]) => list(`[${names.map((name) => `{"${name}":{}}`).join(',')}]`).words;
	expect(times('updated_at', 'agent_last_seen_at')).toBe('Only times changed: nothing that people did.');
	expect(times('waiting_since', 'updated_at')).toMatch(/The waiting clock starts and stops with messages\.$/);
	expect(times('first_reply_created_at', 'updated_at')).toBeNull();
	expect(times('additional_attributes', 'updated_at')).toMatch(/^Nothing that people did: Chatwoot noticed/);
});

test('whatever a body lists, every change has words, and nothing is thrown', () => {
	const names = [
		'status',
		'assignee_id',
		'label_list',
		'cached_label_list',
		'custom_attributes',
		'updated_at',
		'__proto__',
		'x_at',
	];
	const attribute = fc.oneof(fc.constantFrom(...names), fc.string());
	const pair = fc.record({ previous_value: fc.jsonValue(), current_value: fc.jsonValue() }, { requiredKeys: [] });
	const item = fc
		.tuple(attribute, fc.oneof(pair, fc.jsonValue()))
		.map(([name, value]) => `{${JSON.stringify(name)}:${JSON.stringify(value)}}`);
	const event = fc.constantFrom('conversation_updated', 'contact_updated', 'inbox_updated', 'message_created');
	fc.assert(
		fc.property(fc.array(item), event, (items, named) => {
			expect(words(`[${items.join(',')}]`, conversation, named)).toHaveLength(items.length);
		}),
	);
});
