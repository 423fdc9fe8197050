import { expect, test } from 'vitest';
import { samples } from '../../../test/deliveries';
import { eventOf, placesOf, rootTable, type Place } from '../../../test/facts';
import { guideJudgeOf, judgeOf, mutations, pointerTo, valueAt, withValue } from '../../../test/mutations';
import type { Body, Judgement, Mutation } from '../../../test/mutations';
import type { JsonValue } from '../../json/value';
import { check, type CheckOptions } from './check';
import type { Finding, FindingCode } from './report';

interface Given {
	name: string;
	/** Whether releases before 4.8.0 alone send this shape. */
	isOlder: boolean;
	body: Body;
	options: CheckOptions;
}

const given: Given[] = samples().map(({ name, body, headers, chatwoot }) => {
	const timestamp = headers['x-chatwoot-timestamp'];
	return {
		name,
		isOlder: chatwoot.endsWith('to 4.7.0'),
		body: JSON.parse(new TextDecoder().decode(body)) as Body,
		options: {
			headers: Object.entries(headers),
			...(timestamp === undefined ? {} : { receivedAt: Number(timestamp) * 1000 }),
		},
	};
});

function sample(name: string): Given {
	const found = given.find((candidate) => candidate.name === name);
	if (!found) throw new Error(`No sample is called ${name}`);
	return found;
}

function bodyOf(name: string): Body {
	return sample(name).body;
}

/** What needs attention. */
function alarms(body: JsonValue, options: CheckOptions): Finding[] {
	return check(JSON.stringify(body), options).findings.filter(({ severity }) => severity !== 'info');
}

/** The alarms that a body has and another has not. */
function newAlarms(before: Finding[], after: Finding[]): Finding[] {
	const known = new Map<string, number>();
	const key = ({ pointer, code, severity }: Finding) => `${severity} ${code} ${pointer}`;
	for (const finding of before) known.set(key(finding), (known.get(key(finding)) ?? 0) + 1);
	return after.filter((finding) => {
		const left = known.get(key(finding)) ?? 0;
		known.set(key(finding), left - 1);
		return left <= 0;
	});
}

function brief({ severity, code, pointer, message }: Finding): string {
	return `${severity} ${code} at ${pointer}: ${message}`;
}

interface Tally {
	tried: number;
	skipped: Map<string, number>;
	missed: string[];
	/** Found, and something else too. */
	noisy: string[];
}

/**
 * Breaks each sample in every way, one thing at a time. The samples repeat each other, so of the same break in the same
 * member of the same table only the first is tried, and the likeliest breaks once at each place where a table stands.
 */
function breakEverything(
	chosen: Given[],
	judgeOfBody: (body: Body) => (mutation: Mutation) => Judgement,
	contract: 'both' | 'guide',
): Tally {
	const tally: Tally = { tried: 0, skipped: new Map(), missed: [], noisy: [] };
	const seen = new Set<string>();
	for (const { name, isOlder, body, options } of chosen) {
		const judge = judgeOfBody(body);
		const places = new Map(placesOf(body).map((place) => [pointerTo(place.path), place]));
		const before = alarms(body, { ...options, contract });
		for (const mutation of mutations(body)) {
			const key = `${isOlder} ${signature(body, mutation, places.get(pointerTo(mutation.path)))}`;
			if (seen.has(key)) continue;
			seen.add(key);
			const judgement = judge(mutation);
			if ('skip' in judgement) {
				tally.skipped.set(judgement.skip, (tally.skipped.get(judgement.skip) ?? 0) + 1);
				continue;
			}
			tally.tried++;
			const found = newAlarms(before, alarms(mutation.apply(), { ...options, contract }));
			const label = `${name}: ${mutation.kind} at ${pointerTo(mutation.path)}`;
			const isRight = ({ pointer }: Finding) => pointer === judgement.required || judgement.isAllowed(pointer);
			if (!found.some((finding) => isHit(finding, judgement)))
				tally.missed.push(`${label} → ${found.map(brief).join('; ') || 'nothing'}`);
			else if (!found.every(isRight))
				tally.noisy.push(
					`${label} → ${found
						.filter((finding) => !isRight(finding))
						.map(brief)
						.join('; ')}`,
				);
		}
	}
	return tally;
}

/** At the very place; of an emptied object, what it lacks will do. */
function isHit({ pointer }: Finding, judgement: Exclude<Judgement, { skip: string }>): boolean {
	return (
		pointer === judgement.required || (judgement.isAllowed(pointer) && pointer.startsWith(`${judgement.required}/`))
	);
}

function signature(body: Body, { path, kind }: Mutation, place: Place | undefined): string {
	const value = valueAt(body, path);
	const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
	// Where a table stands may be what is overlooked, so what is likeliest is tried at each place of it.
	const event = eventOf(body);
	const root = path[0] === 'event' || path[0] === 'changed_attributes' ? event : rootTable(event);
	const trail = path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');
	const isEverywhere = ['remove', 'null'].includes(kind) && place?.fact?.kind !== 'free';
	return [isEverywhere ? `${root} ${trail}` : '', place?.name, kind, type].join(' ');
}

function describe({ tried, skipped, missed, noisy }: Tally): string {
	const share = ((100 * (tried - missed.length - noisy.length)) / tried).toFixed(2);
	const rows = [...skipped].sort((left, right) => right[1] - left[1]).map(([reason, count]) => `${count} ${reason}`);
	const holes = [...missed, ...noisy].map((hole) => `not so: ${hole}`);
	return [`${tried} tried, ${share} % found at their place and nothing else`, ...holes, 'not tried:', ...rows].join(
		'\n\t',
	);
}

/** Names every hole, not only their number. */
function expectNearlyAll({ tried, missed, noisy }: Tally): void {
	const holes = [...missed, ...noisy];
	expect(holes.length, holes.join('\n')).toBeLessThanOrEqual(tried / 100);
}

test('whatever one thing is broken in a delivery, it is reported at its place and nothing else is', () => {
	const tally = breakEverything(
		given.filter(({ name }) => !name.includes('--documented-')),
		judgeOf,
		'both',
	);
	console.info(describe(tally));
	expect(tally.tried).toBeGreaterThan(3500);
	expectNearlyAll(tally);
});

test('whatever one thing is broken in a body of the guide, the guide alone reports it at its place', () => {
	const tally = breakEverything(
		given.filter(({ name }) => name.endsWith('--documented-object')),
		guideJudgeOf,
		'guide',
	);
	console.info(describe(tally));
	expect(tally.tried).toBeGreaterThan(1000);
	expectNearlyAll(tally);
});

test('the facts know every member of every sample of the wire', () => {
	const unknown = given
		.filter(({ name }) => !name.includes('--documented-'))
		.flatMap(({ name, body }) =>
			placesOf(body)
				.filter(({ fact }) => fact === null)
				.map(({ path }) => `${name} ${pointerTo(path)}`),
		);
	expect(unknown).toEqual([]);
});

/** One row of ground truth 7.2: what is put where, and what must be said. */
interface Mistake {
	title: string;
	sample: string;
	path: (string | number)[];
	value: JsonValue | undefined;
	code: FindingCode | FindingCode[];
	/** Where it is reported, when not at the path. */
	at?: string;
	severity?: 'warning';
}

const message = 'message_created--webwidget-incoming';
const outgoing = 'message_created--agent-outgoing';
const updated = 'conversation_updated--labels-added';
const created = 'conversation_created--webwidget';
const widget = 'webwidget_triggered--existing-conversation';
const typing = 'conversation_typing_on--agent';
const image = 'message_created--whatsapp-image-null-content';
const sla = 'conversation_created--sla-enterprise';
const contact = 'contact_updated--profile-edited';

const mistakes: Mistake[] = [
	{ title: 'no event', sample: message, path: ['event'], value: undefined, code: ['missing', 'unknown-event'] },
	{ title: 'an event that is no text', sample: message, path: ['event'], value: 7, code: ['type', 'unknown-event'] },
	{ title: 'an unknown event', sample: message, path: ['event'], value: 'message_deleted', code: 'unknown-event' },
	{ title: 'a missing id', sample: message, path: ['id'], value: undefined, code: 'missing' },
	{ title: 'a fraction as id', sample: message, path: ['id'], value: 90311.5, code: ['type', 'format'] },
	{ title: 'a negative id', sample: message, path: ['id'], value: -90311, code: ['format', 'type'] },
	{ title: 'one id as text', sample: message, path: ['id'], value: '90311', code: 'type' },
	{ title: 'inbox.id as text', sample: message, path: ['inbox', 'id'], value: '11', code: 'type' },
	{ title: 'a wrong message_type', sample: message, path: ['message_type'], value: 'inbound', code: 'enum' },
	{ title: 'a wrong content_type', sample: message, path: ['content_type'], value: 'html', code: 'enum' },
	{ title: 'a wrong status', sample: message, path: ['conversation', 'status'], value: 'closed', code: 'enum' },
	{
		title: 'the old status bot beside newer members',
		sample: message,
		path: ['conversation', 'status'],
		value: 'bot',
		code: 'enum',
	},
	{ title: 'a wrong priority', sample: message, path: ['conversation', 'priority'], value: 'critical', code: 'enum' },
	{
		title: 'a wrong nested status',
		sample: message,
		path: ['conversation', 'messages', 0, 'status'],
		value: 'seen',
		code: 'enum',
	},
	{ title: 'a number as message_type', sample: message, path: ['message_type'], value: 0, code: 'type' },
	{
		title: 'text as nested message_type',
		sample: message,
		path: ['conversation', 'messages', 0, 'message_type'],
		value: 'incoming',
		code: 'type',
	},
	{ title: 'private as text', sample: message, path: ['private'], value: 'false', code: 'type' },
	{ title: 'can_reply as 1', sample: message, path: ['conversation', 'can_reply'], value: 1, code: 'type' },
	{ title: 'is_private as text', sample: typing, path: ['is_private'], value: 'true', code: 'type' },
	{
		title: 'hmac_verified as text',
		sample: message,
		path: ['conversation', 'contact_inbox', 'hmac_verified'],
		value: 'false',
		code: 'type',
	},
	{
		title: 'hmac_verified of meta as 0',
		sample: message,
		path: ['conversation', 'meta', 'hmac_verified'],
		value: 0,
		code: 'type',
	},
	{ title: 'blocked as 0', sample: contact, path: ['blocked'], value: 0, code: 'type' },
	{ title: 'messages as an object', sample: created, path: ['messages'], value: { '0': {} }, code: 'type' },
	{ title: 'labels as an object', sample: created, path: ['labels'], value: { '0': 'vip' }, code: 'type' },
	{ title: 'attachments as an object', sample: image, path: ['attachments'], value: { '0': {} }, code: 'type' },
	{
		title: 'changed_attributes as a map',
		sample: updated,
		path: ['changed_attributes'],
		value: { status: { previous_value: 'open', current_value: 'resolved' } },
		code: 'type',
	},
	{ title: 'sla_events as an object', sample: sla, path: ['sla_events'], value: {}, code: 'type' },
	{ title: 'meta as an array', sample: created, path: ['meta'], value: [], code: 'type' },
	{
		title: 'assignee as an array',
		sample: outgoing,
		path: ['conversation', 'meta', 'assignee'],
		value: [],
		code: 'type',
	},
	{ title: 'account as a number', sample: message, path: ['account'], value: 7, code: 'type' },
	{ title: 'sender as text', sample: message, path: ['sender'], value: 'quiet-meadow-871', code: 'type' },
	{
		title: 'meta.sender as a number',
		sample: message,
		path: ['conversation', 'meta', 'sender'],
		value: 518,
		code: 'type',
	},
	{
		title: 'current_conversation as a number',
		sample: widget,
		path: ['current_conversation'],
		value: 1401,
		code: 'type',
	},
	{
		title: 'event_info.browser as text',
		sample: widget,
		path: ['event_info', 'browser'],
		value: 'Firefox',
		code: 'type',
	},
	{
		title: 'event_info.initiated_at as text',
		sample: widget,
		path: ['event_info', 'initiated_at'],
		value: 'Tue Jun 09 2026',
		code: 'type',
	},
	{ title: 'labels as comma text', sample: created, path: ['labels'], value: 'delivery, vip', code: 'type' },
	{ title: 'labels of numbers', sample: created, path: ['labels'], value: ['vip', 7], code: 'type', at: '/labels/1' },
	{
		title: 'labels of objects',
		sample: created,
		path: ['labels'],
		value: [{ title: 'vip' }],
		code: 'type',
		at: '/labels/0',
	},
	{ title: 'an unknown sender type', sample: outgoing, path: ['sender', 'type'], value: 'agent', code: 'enum' },
	{
		title: 'a user with the members of a contact',
		sample: message,
		path: ['sender', 'type'],
		value: 'user',
		code: ['enum', 'type', 'invariant', 'unknown-member'],
	},
	{
		title: 'a change that is no object',
		sample: updated,
		path: ['changed_attributes', 0],
		value: 'status',
		code: 'type',
	},
	{
		title: 'a change without an attribute',
		sample: updated,
		path: ['changed_attributes', 0],
		value: {},
		code: ['type', 'format', 'missing'],
	},
	{
		title: 'a change with two attributes',
		sample: updated,
		path: ['changed_attributes', 0],
		value: {
			updated_at: { previous_value: '2026-06-09T10:38:20.110Z', current_value: '2026-06-09T10:39:05.912Z' },
			team_id: { previous_value: null, current_value: null },
		},
		code: ['type', 'format', 'unknown-member'],
	},
	{
		title: 'a changed value that is no object',
		sample: 'conversation_updated--priority-urgent',
		path: ['changed_attributes', 1, 'priority'],
		value: 'urgent',
		code: 'type',
	},
	{
		title: 'no previous_value',
		sample: updated,
		path: ['changed_attributes', 0, 'updated_at', 'previous_value'],
		value: undefined,
		code: 'missing',
	},
	{
		title: 'no current_value',
		sample: updated,
		path: ['changed_attributes', 0, 'updated_at', 'current_value'],
		value: undefined,
		code: 'missing',
	},
	{ title: 'typing without a conversation', sample: typing, path: ['conversation'], value: undefined, code: 'missing' },
	{ title: 'typing without a user', sample: typing, path: ['user'], value: undefined, code: 'missing' },
	{ title: 'a widget event without contact', sample: widget, path: ['contact'], value: undefined, code: 'missing' },
];

/** 7.2: all time members. */
const times: [name: string, sample: string, path: (string | number)[], isText: boolean][] = [
	['created_at', message, ['created_at'], true],
	['snoozed_until', 'conversation_status_changed--snoozed', ['snoozed_until'], true],
	['first_reply_created_at', 'conversation_updated--first-reply-and-waiting', ['first_reply_created_at'], true],
	['contact_inbox.created_at', message, ['conversation', 'contact_inbox', 'created_at'], true],
	['contact_inbox.updated_at', message, ['conversation', 'contact_inbox', 'updated_at'], true],
	['messages[].updated_at', message, ['conversation', 'messages', 0, 'updated_at'], true],
	['a changed updated_at', updated, ['changed_attributes', 0, 'updated_at', 'current_value'], true],
	['messages[].created_at', message, ['conversation', 'messages', 0, 'created_at'], false],
	[
		'last_activity_at of messages[].conversation',
		message,
		['conversation', 'messages', 0, 'conversation', 'last_activity_at'],
		false,
	],
	['timestamp', created, ['timestamp'], false],
	['last_activity_at', created, ['last_activity_at'], false],
	['created_at of a conversation', created, ['created_at'], false],
	['waiting_since', created, ['waiting_since'], false],
	['agent_last_seen_at', created, ['agent_last_seen_at'], false],
	['contact_last_seen_at', created, ['contact_last_seen_at'], false],
	['updated_at of a conversation', created, ['updated_at'], false],
	['applied_sla.created_at', sla, ['applied_sla', 'created_at'], false],
];

for (const [name, sampleName, path, isText] of times) {
	const wrong: [string, JsonValue][] = isText
		? [
				['month 13', '2026-13-09T10:00:00.204Z'],
				['day 32', '2026-06-32T10:00:00.204Z'],
				['hour 25', '2026-06-09T25:00:00.204Z'],
				['slashes', '01/07/2026'],
				['words', 'yesterday'],
				['empty text', ''],
				['milliseconds', 1_781_000_000_204],
			]
		: [
				['a date as text', '2026-06-09T10:00:00.204Z'],
				['slashes', '01/07/2026'],
				['a negative number', -1_781_000_000],
				['milliseconds', 1_781_000_000_204],
				['digits as text', '1781000000'],
			];
	if (!isText && name !== 'updated_at of a conversation') wrong.push(['a fraction', 1_781_000_000.5]);
	for (const [title, value] of wrong) {
		mistakes.push({ title: `${title} as ${name}`, sample: sampleName, path, value, code: ['format', 'type'] });
	}
}

test.each(mistakes)('$title is reported where it stands', ({ sample: name, path, value, code, at, severity }) => {
	const { body, options } = sample(name);
	expect(alarms(body, options)).toEqual([]);
	const found = alarms(withValue(body, path, value), options);
	expect(found.map(({ pointer }) => pointer)).toEqual([at ?? pointerTo(path)]);
	expect([code].flat()).toContain(found[0]!.code);
	// 7.2 lists what a validator has to catch, and only what lacks beyond 7.3 is a warning.
	if (found[0]!.code !== 'missing') expect(found[0]!.severity).toBe(severity ?? 'error');
});

const minimumMembers: [sample: string, path: (string | number)[]][] = [
	...['event', 'id', 'message_type', 'conversation'].map((name) => [message, [name]] as [string, string[]]),
	[message, ['conversation', 'id']],
	...['event', 'id', 'status'].map((name) => [created, [name]] as [string, string[]]),
	...['event', 'conversation', 'user', 'is_private'].map((name) => [typing, [name]] as [string, string[]]),
	...['event', 'contact', 'source_id', 'current_conversation'].map((name) => [widget, [name]] as [string, string[]]),
	...['event', 'id'].map((name) => [contact, [name]] as [string, string[]]),
];

test.each(minimumMembers)('in %s a missing %j is an error', (name, path) => {
	const { body, options } = sample(name);
	expect(alarms(withValue(body, path, undefined), options)).toMatchObject([
		{ pointer: pointerTo(path), severity: 'error' },
	]);
});

test('a missing member beyond the minimum is a warning', () => {
	for (const path of [
		['private'],
		['conversation', 'meta', 'sender'],
		['conversation', 'labels'],
		['sender', 'name'],
	]) {
		const { body, options } = sample(message);
		expect(alarms(withValue(body, path, undefined), options)).toMatchObject([
			{ pointer: pointerTo(path), severity: 'warning', code: 'missing' },
		]);
	}
});

test('the message type says which form was confused with which', () => {
	const found = [
		...alarms(withValue(bodyOf(message), ['message_type'], 0), sample(message).options),
		...alarms(
			withValue(bodyOf(message), ['conversation', 'messages', 0, 'message_type'], 'incoming'),
			sample(message).options,
		),
	];
	expect(found).toHaveLength(2);
	// The guide's object table says integer, so at the top the finding has to name its word too.
	expect(found[0]!.guide).toMatch(/integer/);
	expect(found[0]!.wire).toMatch(/incoming/);
	expect(found[1]!.wire).toMatch(/integer|number|0/);
});

/** One rule of ground truth 8, broken by values that are right on their own. */
interface BrokenRule {
	rule: number;
	title: string;
	sample: string;
	changes: [path: (string | number)[], value: JsonValue | undefined][];
	/** Where it may be reported: at a place that the rule compares. */
	at: string[];
	severity: 'error' | 'warning';
}

const nested = ['conversation', 'messages', 0];
const inNested = '/conversation/messages/0';
const stale = 'message_created--burst-stale-nested-message';

const brokenRules: BrokenRule[] = [
	{
		rule: 1,
		title: 'the account of the conversation',
		sample: message,
		changes: [[['conversation', 'account', 'id'], 99]],
		at: ['/conversation/account/id', '/account/id'],
		severity: 'error',
	},
	{
		rule: 2,
		title: 'the account of the nested message',
		sample: message,
		changes: [[[...nested, 'account_id'], 99]],
		at: [`${inNested}/account_id`, '/account/id'],
		severity: 'error',
	},
	{
		rule: 3,
		title: 'the inbox',
		sample: message,
		changes: [[['inbox', 'id'], 99]],
		at: ['/inbox/id', '/conversation/inbox_id'],
		severity: 'error',
	},
	{
		rule: 4,
		title: 'the inbox of the contact inbox',
		sample: message,
		changes: [[['conversation', 'contact_inbox', 'inbox_id'], 99]],
		at: ['/conversation/contact_inbox/inbox_id', '/conversation/inbox_id'],
		severity: 'warning',
	},
	{
		rule: 5,
		title: 'the contact of the contact inbox',
		sample: message,
		changes: [[['conversation', 'contact_inbox', 'contact_id'], 99]],
		at: ['/conversation/contact_inbox/contact_id', '/conversation/meta/sender/id'],
		severity: 'warning',
	},
	{
		rule: 6,
		title: 'the conversation of the nested message',
		sample: message,
		changes: [[[...nested, 'conversation_id'], 99]],
		at: [`${inNested}/conversation_id`, '/conversation/id'],
		severity: 'error',
	},
	{
		rule: 7,
		title: 'the inbox of the nested message',
		sample: message,
		changes: [[[...nested, 'inbox_id'], 99]],
		at: [`${inNested}/inbox_id`, '/conversation/inbox_id'],
		severity: 'error',
	},
	{
		rule: 8,
		title: 'the source id of the nested message',
		sample: message,
		changes: [[[...nested, 'conversation', 'contact_inbox', 'source_id'], 'other']],
		at: [`${inNested}/conversation/contact_inbox/source_id`, '/conversation/contact_inbox/source_id'],
		severity: 'warning',
	},
	{
		rule: 9,
		title: 'an assignee of the nested message alone',
		sample: message,
		changes: [[[...nested, 'conversation', 'assignee_id'], 31]],
		at: [`${inNested}/conversation/assignee_id`, '/conversation/meta/assignee', '/conversation/meta/assignee/id'],
		severity: 'warning',
	},
	{
		rule: 9,
		title: 'another assignee of the nested message',
		sample: outgoing,
		changes: [[[...nested, 'conversation', 'assignee_id'], 31]],
		at: [`${inNested}/conversation/assignee_id`, '/conversation/meta/assignee/id'],
		severity: 'warning',
	},
	{
		rule: 10,
		title: 'the unread count of the nested message',
		sample: message,
		changes: [[[...nested, 'conversation', 'unread_count'], 4]],
		at: [`${inNested}/conversation/unread_count`, '/conversation/unread_count'],
		severity: 'warning',
	},
	{
		rule: 11,
		title: 'a private nested message',
		sample: created,
		changes: [[['messages', 0, 'private'], true]],
		at: ['/messages/0/private'],
		severity: 'error',
	},
	{
		rule: 11,
		title: 'a nested activity',
		sample: created,
		changes: [[['messages', 0, 'message_type'], 2]],
		at: ['/messages/0/message_type'],
		severity: 'error',
	},
	{
		rule: 12,
		title: 'a nested message that is older',
		sample: message,
		changes: [[[...nested, 'id'], 90001]],
		at: [`${inNested}/id`, '/id'],
		severity: 'warning',
	},
	{
		rule: 14,
		title: 'the content type of the same message',
		sample: message,
		changes: [[[...nested, 'content_type'], 'input_email']],
		at: [`${inNested}/content_type`, '/content_type'],
		severity: 'warning',
	},
	{
		rule: 14,
		title: 'the content attributes of the same message',
		sample: message,
		changes: [[[...nested, 'content_attributes'], { in_reply_to: 7 }]],
		at: [`${inNested}/content_attributes`, '/content_attributes'],
		severity: 'warning',
	},
	{
		rule: 14,
		title: 'the source id of the same message',
		sample: message,
		changes: [[[...nested, 'source_id'], 'wamid.1']],
		at: [`${inNested}/source_id`, '/source_id'],
		severity: 'warning',
	},
	{
		rule: 14,
		title: 'the additional attributes of the same message',
		sample: message,
		changes: [[[...nested, 'additional_attributes'], { campaign_id: 3 }]],
		at: [`${inNested}/additional_attributes`, '/additional_attributes'],
		severity: 'warning',
	},
	{
		rule: 14,
		title: 'the type of the same message',
		sample: message,
		changes: [[[...nested, 'message_type'], 1]],
		at: [`${inNested}/message_type`, '/message_type'],
		severity: 'warning',
	},
	{
		rule: 14,
		title: 'the time of the same message',
		sample: message,
		changes: [[[...nested, 'created_at'], 1780999207]],
		at: [`${inNested}/created_at`, '/created_at'],
		severity: 'warning',
	},
	{
		rule: 15,
		title: 'the content of the same message',
		sample: message,
		changes: [[[...nested, 'content'], 'Something else']],
		at: [`${inNested}/content`, '/content'],
		severity: 'warning',
	},
	{
		rule: 16,
		title: 'the message of an attachment',
		sample: image,
		changes: [[['attachments', 0, 'message_id'], 99]],
		at: ['/attachments/0/message_id'],
		severity: 'error',
	},
	{
		rule: 16,
		title: 'the account of an attachment',
		sample: image,
		changes: [[['attachments', 0, 'account_id'], 99]],
		at: ['/attachments/0/account_id'],
		severity: 'error',
	},
	{
		rule: 17,
		title: 'an agent as sender of an incoming message',
		sample: message,
		changes: [[['sender'], valueAt(bodyOf(outgoing), ['sender'])]],
		at: ['/sender', '/sender/type', '/message_type'],
		severity: 'warning',
	},
	{
		rule: 18,
		title: 'a contact as sender of an outgoing message',
		sample: outgoing,
		changes: [[['sender'], valueAt(bodyOf(message), ['sender'])]],
		at: ['/sender', '/sender/type', '/message_type'],
		severity: 'warning',
	},
	{
		rule: 19,
		title: 'a sender of a template message',
		sample: 'message_created--template-greeting-null-sender',
		changes: [[['sender'], valueAt(bodyOf(outgoing), ['sender'])]],
		at: ['/sender', '/sender/type', '/message_type'],
		severity: 'warning',
	},
	{
		rule: 20,
		title: 'the contact that sends',
		sample: message,
		changes: [[['sender', 'id'], 999]],
		at: ['/sender/id', '/conversation/meta/sender/id'],
		severity: 'warning',
	},
	{
		rule: 21,
		title: 'the account of the sender',
		sample: message,
		changes: [[['sender', 'account', 'id'], 99]],
		at: ['/sender/account/id', '/account/id'],
		severity: 'error',
	},
	{
		rule: 22,
		title: 'the timestamp',
		sample: created,
		changes: [[['timestamp'], 1780999201]],
		at: ['/timestamp', '/last_activity_at'],
		severity: 'error',
	},
	{
		rule: 23,
		title: 'a conversation that is newer than its last activity',
		sample: created,
		changes: [[['created_at'], 1780999900]],
		at: ['/created_at', '/timestamp', '/updated_at'],
		severity: 'warning',
	},
	{
		rule: 24,
		title: 'an open conversation that is snoozed',
		sample: created,
		changes: [[['snoozed_until'], '2026-06-10T10:00:00.000Z']],
		at: ['/snoozed_until', '/status'],
		severity: 'error',
	},
	{
		rule: 25,
		title: 'a resolved conversation that waits',
		sample: 'conversation_status_changed--resolved-null-changes',
		changes: [[['waiting_since'], 1780999200]],
		at: ['/waiting_since', '/status'],
		severity: 'warning',
	},
	{
		rule: 26,
		title: 'an unread count over 10',
		sample: created,
		changes: [
			[['unread_count'], 11],
			[['messages', 0, 'conversation', 'unread_count'], 11],
		],
		at: ['/unread_count'],
		severity: 'error',
	},
	{
		rule: 27,
		title: 'an assignee without a type',
		sample: outgoing,
		changes: [[['conversation', 'meta', 'assignee_type'], null]],
		at: ['/conversation/meta/assignee_type', '/conversation/meta/assignee', '/conversation/meta/assignee/type'],
		severity: 'warning',
	},
	{
		rule: 27,
		title: 'a user who is called a bot',
		sample: outgoing,
		changes: [[['conversation', 'meta', 'assignee_type'], 'AgentBot']],
		at: ['/conversation/meta/assignee_type', '/conversation/meta/assignee', '/conversation/meta/assignee/type'],
		severity: 'warning',
	},
	{
		rule: 28,
		title: 'the verification of the contact',
		sample: message,
		changes: [[['conversation', 'meta', 'hmac_verified'], true]],
		at: ['/conversation/meta/hmac_verified', '/conversation/contact_inbox/hmac_verified'],
		severity: 'warning',
	},
	{
		rule: 30,
		title: 'the channel of a conversation that a web widget began',
		sample: message,
		changes: [[['conversation', 'channel'], 'Channel::Whatsapp']],
		at: ['/conversation/channel', '/conversation/additional_attributes'],
		severity: 'warning',
	},
	{
		rule: 30,
		title: 'the channel of a conversation that an e-mail began',
		sample: 'conversation_created--email',
		changes: [[['channel'], 'Channel::WebWidget']],
		at: ['/channel', '/additional_attributes'],
		severity: 'warning',
	},
	{
		rule: 30,
		title: 'the channel of a conversation that began in Telegram',
		sample: 'message_created--telegram-incoming',
		changes: [[['conversation', 'channel'], 'Channel::FacebookPage']],
		at: ['/conversation/channel', '/conversation/additional_attributes'],
		severity: 'warning',
	},
	{
		rule: 31,
		title: 'the avatar of a contact',
		sample: 'contact_created--email',
		changes: [[['thumbnail'], 'https://cdn.example.com/a.png']],
		at: ['/thumbnail', '/avatar'],
		severity: 'error',
	},
	{
		rule: 32,
		title: 'a contact who types a private note',
		sample: 'conversation_typing_on--contact-widget',
		changes: [[['is_private'], true]],
		at: ['/is_private', '/user'],
		severity: 'warning',
	},
	{
		rule: 33,
		title: 'the contact who types',
		sample: 'conversation_typing_on--contact-widget',
		changes: [[['user', 'id'], 999]],
		at: ['/user/id', '/conversation/meta/sender/id'],
		severity: 'warning',
	},
	{
		rule: 34,
		title: 'the source id of the widget',
		sample: widget,
		changes: [[['source_id'], 'other']],
		at: ['/source_id', '/current_conversation/contact_inbox/source_id'],
		severity: 'error',
	},
	{
		rule: 34,
		title: 'the contact of the widget',
		sample: widget,
		changes: [[['contact', 'id'], 999]],
		at: ['/contact/id', '/current_conversation/contact_inbox/contact_id'],
		severity: 'error',
	},
	{
		rule: 35,
		title: 'the channel of the widget',
		sample: widget,
		changes: [[['current_conversation', 'channel'], 'Channel::Email']],
		at: ['/current_conversation/channel'],
		severity: 'warning',
	},
	{
		rule: 36,
		title: 'the changed status',
		sample: 'conversation_updated--status-resolved',
		changes: [[changed('conversation_updated--status-resolved', 'status'), 'open']],
		at: [pointerTo(changed('conversation_updated--status-resolved', 'status')), '/status'],
		severity: 'warning',
	},
	{
		rule: 36,
		title: 'the changed priority',
		sample: 'conversation_updated--priority-urgent',
		changes: [[changed('conversation_updated--priority-urgent', 'priority'), 'low']],
		at: [pointerTo(changed('conversation_updated--priority-urgent', 'priority')), '/priority'],
		severity: 'warning',
	},
	{
		rule: 36,
		title: 'the changed labels',
		sample: updated,
		changes: [[['labels'], ['other']]],
		at: [pointerTo(changed(updated, 'label_list')), '/labels'],
		severity: 'warning',
	},
	{
		rule: 37,
		title: 'a change that moved no updated_at',
		sample: updated,
		changes: [[changed(updated, 'updated_at').slice(0, 2), undefined]],
		at: ['/changed_attributes'],
		severity: 'warning',
	},
	{
		rule: 38,
		title: 'a list of changes for a status',
		sample: 'conversation_status_changed--resolved-null-changes',
		changes: [[['changed_attributes'], [{ status: { previous_value: 'open', current_value: 'resolved' } }]]],
		at: ['/changed_attributes'],
		severity: 'warning',
	},
	{
		rule: 39,
		title: 'an opened conversation that is pending',
		sample: 'conversation_opened--agent-bot',
		changes: [[['status'], 'pending']],
		at: ['/status'],
		severity: 'warning',
	},
	{
		rule: 39,
		title: 'a resolved conversation that is open',
		sample: 'conversation_resolved--agent-bot',
		changes: [[['status'], 'open']],
		at: ['/status'],
		severity: 'warning',
	},
	{
		rule: 40,
		title: 'the cached labels',
		sample: updated,
		changes: [[changed(updated, 'cached_label_list'), 'delivery, other']],
		at: [pointerTo(changed(updated, 'cached_label_list')), pointerTo(changed(updated, 'label_list'))],
		severity: 'warning',
	},
];

/** The path of the current value of an attribute in a sample's changes. */
function changed(name: string, attribute: string): (string | number)[] {
	const list = bodyOf(name).changed_attributes as Body[];
	return ['changed_attributes', list.findIndex((item) => attribute in item), attribute, 'current_value'];
}

test.each(brokenRules)('rule $rule: $title has to agree', ({ sample: name, changes, at, severity }) => {
	const { body, options } = sample(name);
	expect(alarms(body, options)).toEqual([]);
	const broken = changes.reduce((copy, [path, value]) => withValue(copy, path, value), body);
	const found = alarms(broken, options);
	expect(found.map(brief)).not.toEqual([]);
	expect(found.filter(({ pointer }) => !at.includes(pointer)).map(brief)).toEqual([]);
	expect(found.filter((finding) => !namesAll(finding)).map(brief)).toEqual([]);
	expect([...new Set(found.map((finding) => finding.severity))]).toEqual([severity]);
});

/** Whether the sentence alone says where, what was expected and what was found: it is all that a command line prints. */
function namesAll({ message, expected, found, pointer }: Finding): boolean {
	const name = pointer.split('/').findLast((step) => !/^\d+$/.test(step))!;
	return [name, expected, found].every((words) => message.includes(words));
}

test('rule 13: a private message is never the nested one', () => {
	const { body, options } = sample('message_created--private-note');
	const found = alarms(withValue(body, [...nested, 'id'], body.id), options);
	expect(found.some(({ pointer, severity }) => pointer === `${inNested}/id` && severity === 'error')).toBe(true);
	expect(found.every(({ code }) => code === 'invariant')).toBe(true);
});

test('rule 29: a second message in the list is an error', () => {
	const { body, options } = sample(created);
	const [first] = body.messages as JsonValue[];
	const found = alarms(withValue(body, ['messages'], [first!, first!]), options);
	expect(found.map(({ pointer }) => pointer.replace('/1', ''))).toEqual(['/messages']);
	expect(found[0]!.severity).toBe('error');
});

test('a rule with a faulty operand is not judged', () => {
	const { body, options } = sample(message);
	for (const value of ['7', null, -7, 7.5, {}]) {
		expect(alarms(withValue(body, ['account', 'id'], value), options).map(({ pointer }) => pointer)).toEqual([
			'/account/id',
		]);
	}
});

test('rules that have come later are not held against older releases', () => {
	const { body, options } = sample('message_created--webwidget-incoming-4-6');
	expect(alarms(body, options)).toEqual([]);
	const stillGood = withValue(
		withValue(body, ['conversation', 'meta', 'assignee'], null),
		['conversation', 'waiting_since'],
		0,
	);
	expect(alarms(stillGood, options)).toEqual([]);
});

test('a nested message that is newer is as it should be', () => {
	const { body, options } = sample(stale);
	expect(alarms(body, options)).toEqual([]);
});

function withHeaders(
	name: string,
	change: (headers: Record<string, string>) => Record<string, string | undefined>,
): Finding[] {
	const { body, options } = sample(name);
	const headers = Object.fromEntries(options.headers!);
	const changedHeaders = Object.entries(change(headers)).filter(
		(entry): entry is [string, string] => entry[1] !== undefined,
	);
	return alarms(body, { ...options, headers: changedHeaders });
}

test('rule 42: a timestamp that lies after the arrival is a warning, and an old one no error', () => {
	const moved = (seconds: number) =>
		withHeaders(created, (headers) => ({
			...headers,
			'x-chatwoot-timestamp': String(Number(headers['x-chatwoot-timestamp']) + seconds),
		}));
	expect(moved(7200)).toMatchObject([{ code: 'invariant', severity: 'warning' }]);
	expect(moved(-7200)).toEqual([]);
});

test('rule 42: a timestamp from more than a day before the body is a warning, and one of a body long past is none', () => {
	const moved = (seconds: number) =>
		withHeaders(created, (headers) => ({
			...headers,
			'x-chatwoot-timestamp': String(Number(headers['x-chatwoot-timestamp']) + seconds),
		}));
	const day = 86_400;
	const found = moved(-2 * day);
	expect(found).toMatchObject([{ code: 'invariant', severity: 'warning', pointer: '' }]);
	expect(found[0]!.message).toMatch(/X-Chatwoot-Timestamp.*updated_at/);
	expect(found[0]!.found).toMatch(/^2026-06-0\dT[\d:]+Z$/);
	const { body, options } = sample(created);
	const sentLate = Math.floor(body.updated_at as number) + 40 * day;
	const headers = options.headers!.map(
		([name, value]) => [name, name === 'x-chatwoot-timestamp' ? String(sentLate) : value] as const,
	);
	expect(alarms(body, { headers, receivedAt: sentLate * 1000 })).toEqual([]);
});

test('rule 43: a signature without a timestamp, or without a delivery id, is an error', () => {
	for (const gone of ['x-chatwoot-timestamp', 'x-chatwoot-delivery', 'x-chatwoot-signature']) {
		if (gone === 'x-chatwoot-signature') {
			expect(
				withHeaders(created, (headers) => ({ ...headers, [gone]: undefined })),
				gone,
			).toMatchObject([{ code: 'invariant', severity: 'error' }]);
		} else {
			const found = withHeaders(created, (headers) => ({ ...headers, [gone]: undefined }));
			expect(found, gone).toMatchObject([{ code: 'invariant', severity: 'error' }]);
		}
	}
});

test('rule 44: an automation, a macro and the installation never carry headers of Chatwoot', () => {
	for (const name of [
		'automation_event.message_created--webwidget',
		'macro.executed--webwidget',
		'account_created--installation',
	]) {
		const found = withHeaders(name, (headers) => ({
			...headers,
			'X-Chatwoot-Delivery': '031cca1e-62a6-4ebc-8a8b-322cf4011e52',
		}));
		expect(found, name).toMatchObject([{ code: 'invariant', severity: 'error' }]);
	}
});

/** An object where another belongs: reported once, at it or at what it says it is. */
const swaps: [title: string, sample: string, path: (string | number)[], value: JsonValue][] = [
	[
		'a user as the conversation’s contact',
		message,
		['conversation', 'meta', 'sender'],
		{ ...(valueAt(bodyOf(outgoing), ['conversation', 'meta', 'assignee']) as Body), id: 518 },
	],
	[
		'a contact as assignee',
		outgoing,
		['conversation', 'meta', 'assignee'],
		{ ...(valueAt(bodyOf(outgoing), ['conversation', 'meta', 'sender']) as Body), id: 32 },
	],
	[
		'a contact that says it is a user',
		message,
		['sender'],
		{ ...(valueAt(bodyOf(message), ['sender']) as Body), type: 'user' },
	],
	[
		'a user as the widget’s contact',
		widget,
		['contact'],
		{ id: 518, name: 'Ana', email: 'ana@example.com', type: 'user' },
	],
	['an inbox as contact inbox', message, ['conversation', 'contact_inbox'], { id: 11, name: 'Shop widget' }],
	['an account as sender', message, ['sender'], { id: 518, name: 'Northwind Outfitters' }],
	['a contact as account', message, ['account'], { ...(valueAt(bodyOf(message), ['sender']) as Body), id: 7 }],
	['a conversation as inbox', message, ['inbox'], { ...(valueAt(bodyOf(message), ['conversation']) as Body), id: 11 }],
];

test.each(swaps)('%s is reported there and nowhere else', (_title, name, path, value) => {
	const { body, options } = sample(name);
	const found = alarms(withValue(body, path, value), options);
	const pointer = pointerTo(path);
	expect(found.map(brief)).not.toEqual([]);
	expect(
		found.filter((finding) => finding.pointer !== pointer && !finding.pointer.startsWith(`${pointer}/`)).map(brief),
	).toEqual([]);
});

test('a contact that says it is a user is reported once, in words', () => {
	const { body, options } = sample(message);
	const found = alarms(withValue(body, ['sender', 'type'], 'user'), options);
	expect(found).toHaveLength(1);
	expect(found[0]!.message).toMatch(/user/);
	expect(found[0]!.message).toMatch(/contact/);
});

test('an account in place of the inbox is told by its id', () => {
	const { body, options } = sample(message);
	const found = alarms(withValue(body, ['inbox'], body.account), options);
	expect(found.map(({ pointer }) => pointer)).toEqual(['/inbox/id']);
});

const sentences: [title: string, sample: string, path: (string | number)[], value: JsonValue, says: string][] = [
	['a number', message, ['id'], '90311', 'id should be a positive integer, but is "90311".'],
	['an object', message, ['account'], 7, 'account should be an account object, but is 7.'],
	[
		'a time',
		message,
		['created_at'],
		'now',
		'created_at should be an ISO 8601 time in UTC with 3 decimals, but is "now".',
	],
	['a text', message, ['content'], 7, 'content should be text or null, but is 7.'],
	[
		'one of some words',
		created,
		['status'],
		'Open',
		'status should be open, resolved, pending or snoozed, but is "Open".',
	],
	[
		'people',
		message,
		['sender'],
		true,
		'sender should be a contact, user, agent bot, Captain assistant or null, but is true.',
	],
	['a list', image, ['attachments'], 'a.png', 'attachments should be an array of attachment objects, but is "a.png".'],
];

test.each(sentences)('where %s is expected the sentence is one of plain English', (_title, name, path, value, says) => {
	const { body, options } = sample(name);
	expect(alarms(withValue(body, path, value), options)[0]!.message).toContain(says);
});

test('that the guide is to blame is said only of a type that it has and releases have not', () => {
	const { body, options } = sample(message);
	const said = (path: (string | number)[], value: JsonValue) =>
		alarms(withValue(body, path, value), options)[0]!.message;
	expect(said(['message_type'], 0)).toMatch(/The guide says integer, which no release sends here/);
	expect(said(['conversation', 'status'], 'closed')).not.toMatch(/guide/);
	expect(said(['conversation', 'unread_count'], -1)).not.toMatch(/guide/);
});

test('a misspelled member is named with the one that was meant', () => {
	const { body, options } = sample(message);
	const misspelled = mutations(body);
	for (const mutation of misspelled) {
		if (mutation.kind !== 'rename' || pointerTo(mutation.path) !== '/content_type') continue;
		const unknown = alarms(mutation.apply(), options).filter(({ code }) => code === 'unknown-member');
		expect(unknown).toHaveLength(1);
		expect(unknown[0]).toMatchObject({ pointer: '', severity: 'warning' });
		expect(unknown[0]!.message).toMatch(/content_typ\b/);
		expect(unknown[0]!.message).toMatch(/did you mean.*content_type\b/i);
	}
});
