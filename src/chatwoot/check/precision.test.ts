import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samples, type Sample } from '../../../test/deliveries';
import { compareReleases, eventOf, isObject, placesOf, type Place } from '../../../test/facts';
import { asSentBy, pointerTo, valueAt, withValue, type Body } from '../../../test/mutations';
import type { JsonValue } from '../../json/value';
import { check, type CheckOptions } from './check';
import type { Finding, Report } from './report';

const all = samples();
const isGuideForm = ({ name }: Sample) => name.includes('--documented-');
const guideObjects = all.filter(({ name }) => name.endsWith('--documented-object'));
const notGenuine = ['message_created--activity-relayed', 'conversation_typing_on--captain-assistant'];
const genuine = all.filter((sample) => !isGuideForm(sample) && !notGenuine.includes(sample.name));
/** Whose shape is that of the newest release, so that older ones can be made from it. */
const newest = genuine.filter(({ chatwoot }) => !/\d to \d/.test(chatwoot));

/** The oldest and the newest, and what is sent just before and just after each change on the wire (section 9). */
const releases = (
	'1.8.0 1.11.1 1.12.1 1.13.0 1.16.0 1.16.1 1.17.2 1.18.0 1.18.1 1.18.2 1.20.1 1.21.0 1.21.1 1.22.0 1.22.1 2.1.1 2.2.0 ' +
	'2.3.2 2.4.0 2.5.0 2.6.0 2.7.0 2.8.0 2.9.1 2.10.0 2.11.0 2.12.0 2.12.1 2.13.1 2.14.0 2.16.1 2.17.0 2.17.1 2.18.0 ' +
	'3.0.0 3.3.0 3.4.0 3.6.0 3.7.0 3.8.0 3.11.0 3.11.1 4.0.1 4.0.2 4.1.0 4.2.0 4.3.0 4.7.0 4.8.0 4.9.0 4.11.1 4.12.0 ' +
	'4.12.1 4.13.0 4.14.0 4.14.1 4.14.2'
).split(' ');

function bodyOf(name: string): Body {
	return JSON.parse(new TextDecoder().decode(sample(name).body)) as Body;
}

function sample(name: string): Sample {
	return all.find((candidate) => candidate.name === name)!;
}

function options(headers: Record<string, string>): CheckOptions {
	const timestamp = headers['x-chatwoot-timestamp'];
	return {
		headers: Object.entries(headers),
		...(timestamp === undefined ? {} : { receivedAt: Number(timestamp) * 1000 }),
	};
}

function checkSample({ body, headers }: Sample): Report {
	return check(body, options(headers));
}

function checkBody(body: JsonValue, choice: CheckOptions = {}): Report {
	return check(JSON.stringify(body), choice);
}

/** What needs attention, in a line each. */
function alarms({ findings }: Report): string[] {
	return findings.filter(({ severity }) => severity !== 'info').map(brief);
}

function errors({ findings }: Report): string[] {
	return findings.filter(({ severity }) => severity === 'error').map(brief);
}

function brief({ severity, code, pointer, message }: Finding): string {
	return `${severity} ${code} at ${pointer}: ${message}`;
}

/** A range says too much when it leaves this release out. */
function contains({ releases: { from, to } }: Report, release: string): boolean {
	return (from === null || compareReleases(from, release) <= 0) && (to === null || compareReleases(release, to) <= 0);
}

test.each(genuine)('$name, which a release sends, gives no alarm', (genuineSample) => {
	const report = checkSample(genuineSample);
	expect(alarms(report)).toEqual([]);
	expect(report.form).toBe('wire');
	expect(report.event).toBe(genuineSample.name.split('--')[0]);
	expect(['ok', 'info']).toContain(report.verdict);
});

test.each(genuine)('$name gives no alarm without its headers either', ({ body }) => {
	expect(alarms(check(body))).toEqual([]);
});

test('an activity message from a relay gives one warning, at its message type', () => {
	const report = checkSample(sample('message_created--activity-relayed'));
	expect(report.findings.filter(({ severity }) => severity !== 'info')).toMatchObject([
		{ pointer: '/message_type', code: 'enum', severity: 'warning' },
	]);
	expect(report.form).toBe('wire');
});

test('a typing Captain, which only the guide knows, is worth a remark and no alarm', () => {
	const report = checkSample(sample('conversation_typing_on--captain-assistant'));
	expect(alarms(report)).toEqual([]);
	expect(report.findings.filter(({ pointer }) => pointer === '/user')).toMatchObject([{ severity: 'info' }]);
});

test.each(guideObjects)('$name conforms to the guide, and is recognised as its form', ({ body, headers }) => {
	const report = check(body, options(headers));
	expect(alarms(report)).toEqual([]);
	expect(report.form).toBe('guide');
	const guideOnly = check(body, { contract: 'guide' });
	expect(guideOnly.findings.map(brief)).toEqual([]);
	expect(guideOnly.verdict).toBe('ok');
	expect(guideOnly.form).toBe('guide');
});

/** Where the guide's printed sample departs from the guide's own object tables (webhook-docs.md). */
const departures = [
	'/id',
	'/created_at',
	'/message_type',
	'/sender/id',
	'/sender/type',
	'/private',
	'/inbox',
	'/account/id',
	'/conversation/id',
	'/conversation/can_reply',
	'/conversation/meta',
	'/conversation/additional_attributes/initiated_at',
];
const additions = ['/contact', '/conversation/display_id'];

test('the printed sample is recognised, without an alarm, and its departures are named', () => {
	const report = checkSample(sample('message_created--documented-sample'));
	expect(report.form).toBe('guide-sample');
	expect(alarms(report)).toEqual([]);
	expect(report.findings.filter(({ code }) => code === 'guide-sample')).toHaveLength(1);
	expect([...departures, ...additions].filter((pointer) => !isNamed(report, pointer))).toEqual([]);
});

test('an event that the guide does not list is not called one that is never sent', () => {
	for (const name of ['conversation_opened--agent-bot', 'contact_created--email', 'macro.executed--webwidget']) {
		const event = checkSample(sample(name)).findings.find(({ pointer }) => pointer === '/event');
		expect(event).toMatchObject({ code: 'undocumented', guide: null, wire: name.split('--')[0] });
	}
});

test('of what the printed sample leaves out or adds it is said what releases send', () => {
	const { findings } = checkSample(sample('message_created--documented-sample'));
	const sentAt = (pointer: string) => findings.find((finding) => finding.pointer === pointer)?.wire;
	expect(sentAt('/private')).toBe('boolean');
	expect(sentAt('/inbox')).toBe('inbox object');
	expect(sentAt('/sender/type')).toBe('user');
	expect(sentAt('/conversation/can_reply')).toBe('boolean');
	for (const pointer of ['/contact', '/conversation/account_id', '/conversation/display_id']) {
		expect(sentAt(pointer), pointer).toBe(null);
	}
});

test('the guide alone calls each departure of its sample an error, and what it does not list a remark', () => {
	const report = check(sample('message_created--documented-sample').body, { contract: 'guide' });
	const isError = (pointer: string) =>
		report.findings.some((finding) => finding.pointer === pointer && finding.severity === 'error');
	expect(departures.filter((pointer) => !isError(pointer))).toEqual([]);
	expect(additions.filter(isError)).toEqual([]);
	expect(additions.filter((pointer) => !isNamed(report, pointer))).toEqual([]);
});

/** At its place, or by name in a finding about an object that holds it. */
function isNamed({ findings }: Report, pointer: string): boolean {
	const name = pointer.split('/').at(-1)!;
	return findings.some(
		(finding) =>
			finding.pointer === pointer ||
			(pointer.startsWith(`${finding.pointer}/`) && new RegExp(`\\b${name}\\b`).test(finding.message)),
	);
}

/** `4.0.2 to 4.7.0`, `4.14.2 and later` in the words of a sample; no older than what its members prove. */
function rangeInWords({ chatwoot, name }: Sample): { from: string; to: string } | null {
	const closed = /(\d+\.\d+\.\d+) to (\d+\.\d+\.\d+)/.exec(chatwoot);
	if (closed) return { from: closed[1]!, to: closed[2]! };
	const open = /(\d+\.\d+\.\d+) and later/.exec(chatwoot);
	if (!open) return null;
	const known = placesOf(bodyOf(name)).map(({ fact }) => fact?.since ?? '1.8.0');
	return { from: [open[1]!, ...known].sort(compareReleases).at(-1)!, to: '4.14.2' };
}

test.each(genuine)('the releases said to send $name can have sent it', ({ body, ...facts }) => {
	const words = rangeInWords({ body, ...facts });
	const withoutHeaders = check(body);
	if (words === null) expect(contains(withoutHeaders, '4.14.2')).toBe(true);
	else expect(Object.values(words).filter((release) => !contains(withoutHeaders, release))).toEqual([]);
	// What carries the headers of a release is of that release or a later one.
	const withHeaders = check(body, options(facts.headers));
	expect(contains(withHeaders, words?.to ?? '4.14.2')).toBe(true);
});

test('the range is as narrow as the members prove', () => {
	const range = (name: string) => {
		const { from, to } = check(sample(name).body).releases;
		return { from, to };
	};
	expect(range('message_created--webwidget-incoming')).toEqual({ from: '4.14.2', to: null });
	expect(range('conversation_updated--labels-added')).toEqual({ from: '4.14.2', to: null });
	for (const name of ['message_created--webwidget-incoming-4-6', 'conversation_status_changed--pending-api-4-6']) {
		expect(range(name).from).toBe('4.0.2');
		expect(range(name).to).toMatch(/^4\.7\./);
	}
	expect(range('conversation_typing_off--contact-api-4-6').from).toBe('4.2.0');
	expect(range('contact_updated--blocked')).toEqual({ from: '4.0.2', to: null });
});

test('evidence names members that are there, or that could be', () => {
	const { releases: range } = check(sample('message_created--webwidget-incoming-4-6').body);
	expect(range.evidence.length).toBeGreaterThan(0);
	expect(range.evidence.some(({ pointer }) => pointer === '/conversation/meta/assignee_type')).toBe(true);
	expect(range.evidence.every(({ pointer }) => pointer.startsWith('/'))).toBe(true);
});

test.each(releases)('what %s sends gives no alarm, and the range contains that release', (release) => {
	const failures: string[] = [];
	let tried = 0;
	for (const { name, body, headers } of newest) {
		const older = asSentBy(release, JSON.parse(new TextDecoder().decode(body)) as Body, headers);
		if (older === null) continue;
		tried++;
		for (const report of [checkBody(older.body, options(older.headers)), checkBody(older.body)]) {
			const { from, to } = report.releases;
			failures.push(...alarms(report).map((alarm) => `${name}: ${alarm}`));
			if (!contains(report, release)) failures.push(`${name}: ${from ?? 'any'} to ${to ?? 'any'}`);
			if (report.form !== 'wire') failures.push(`${name}: has the form ${report.form}`);
		}
	}
	expect([...new Set(failures)]).toEqual([]);
	expect(tried).toBeGreaterThan(15);
});

test('nulls of 1.x, and more unread messages than 10 before 3.0.0, give no alarm', () => {
	const old = asSentBy('1.8.0', bodyOf('message_created--webwidget-incoming'))!.body;
	(old.conversation as Body).additional_attributes = null;
	old.content_type = null;
	(valueAt(old, ['conversation', 'messages', 0]) as Body).content_type = null;
	expect(alarms(checkBody(old))).toEqual([]);
	const many = asSentBy('2.18.0', bodyOf('conversation_created--webwidget'))!.body;
	many.unread_count = 23;
	((many.messages as Body[])[0]!.conversation as Body).unread_count = 23;
	expect(alarms(checkBody(many))).toEqual([]);
});

test('a contact’s company, which only some accounts have, gives no alarm, and shows 4.15.0 or later', () => {
	const body = bodyOf('message_created--webwidget-incoming');
	for (const company of [31, null]) {
		const sent = [['meta', 'sender'] as const, ['messages', 0, 'sender'] as const].reduce(
			(copy, path) => withValue(copy, ['conversation', ...path, 'company_id'], company),
			body,
		);
		const report = checkBody(sent);
		expect(alarms(report)).toEqual([]);
		expect(report.releases).toMatchObject({ from: '4.15.0', to: null });
	}
	const wrong = withValue(body, ['conversation', 'meta', 'sender', 'company_id'], 'Northwind');
	expect(errors(checkBody(wrong)).map((line) => line.split(':')[0])).toEqual([
		'error type at /conversation/meta/sender/company_id',
	]);
});

test('what account_destroyed of 1.8.0 says gives no alarm', () => {
	const report = checkBody({ id: 8, name: 'Second Account', event: 'account_destroyed' });
	expect(alarms(report)).toEqual([]);
	expect(contains(report, '1.8.0') && contains(report, '1.11.1')).toBe(true);
	expect(contains(report, '1.12.0')).toBe(false);
});

/** A copy in which every value that is chosen by its place is another. */
function withEach(body: Body, choose: (place: Place) => JsonValue | undefined): Body {
	let copy = body;
	for (const place of placesOf(body).reverse()) {
		const value = choose(place);
		if (value !== undefined) copy = withValue(copy, place.path, value);
	}
	return copy;
}

function eachGenuine(change: (body: Body) => Body, judge: (report: Report) => string[]): string[] {
	return genuine.flatMap(({ name }) => judge(checkBody(change(bodyOf(name)))).map((line) => `${name}: ${line}`));
}

test('empty open objects that a relay turned into [] give no alarm', () => {
	const empty = (body: Body) =>
		withEach(body, ({ fact, value }) =>
			fact?.kind === 'open' && isObject(value) && Object.keys(value).length === 0 ? [] : undefined,
		);
	expect(eachGenuine(empty, alarms)).toEqual([]);
});

test('members in any order give the same findings', () => {
	const reversed = (value: JsonValue): JsonValue =>
		Array.isArray(value)
			? value.map(reversed)
			: isObject(value)
				? Object.fromEntries(
						Object.entries(value)
							.reverse()
							.map(([name, child]) => [name, reversed(child)]),
					)
				: value;
	for (const { name } of all) {
		const sorted = (report: Report) => report.findings.map(({ code, pointer }) => `${pointer} ${code}`).sort();
		expect(sorted(checkBody(reversed(bodyOf(name)))), name).toEqual(sorted(checkBody(bodyOf(name))));
	}
});

test('a pretty-printed body gives the same findings at other lines', () => {
	for (const { name, body } of all) {
		const pretty = check(JSON.stringify(bodyOf(name), null, '\t'));
		const withoutPlace = (findings: Finding[]) => findings.map((finding) => ({ ...finding, line: 0, column: 0 }));
		expect(withoutPlace(pretty.findings), name).toEqual(withoutPlace(check(body).findings));
	}
});

/** 7.3. */
const minimum: [event: RegExp, members: string[]][] = [
	[/^message_/, ['event', 'id', 'message_type', 'conversation']],
	[/^conversation_typing_/, ['event', 'conversation', 'user', 'is_private']],
	[/^webwidget_triggered/, ['event', 'contact', 'source_id', 'current_conversation']],
	[/^contact_/, ['event', 'id']],
	[/^inbox_/, ['event']],
	[/^(conversation_|automation_event|macro)/, ['event', 'id', 'status']],
	[/^account_/, ['event', 'id', 'name']],
];

function minimumOf(body: Body): string[] {
	return minimum.find(([event]) => event.test(eventOf(body)))![1];
}

/** Keeps what the minimum wants and, of everything else at every level, what `keep` says. Open objects stay whole. */
function trimmed(body: Body, keep: (place: Place) => boolean): Body {
	const needed = new Set(minimumOf(body).map((name) => `/${name}`));
	if (eventOf(body).startsWith('message_')) needed.add('/conversation/id');
	let copy = body;
	for (const place of placesOf(body).reverse()) {
		const { path, fact } = place;
		const isMember = typeof path.at(-1) === 'string' && fact?.kind !== 'free';
		const isInChange = path[0] === 'changed_attributes' && path.length > 1;
		if (isMember && !isInChange && !needed.has(pointerTo(path)) && !keep(place))
			copy = withValue(copy, path, undefined);
	}
	return copy;
}

test('a body trimmed to the minimum gives no error, and warnings only for what is missing', () => {
	const judge = (report: Report) => [
		...errors(report),
		...alarms(report).filter((alarm) => !alarm.startsWith('warning missing')),
	];
	expect(eachGenuine((body) => trimmed(body, () => false), judge)).toEqual([]);
	const isTop = ({ path }: Place) => path.length > 1;
	expect(eachGenuine((body) => trimmed(body, isTop), judge)).toEqual([]);
});

test('a body that keeps the minimum and any sub-set of the rest gives no error', () => {
	const chosen = newest.filter((_, index) => index % 3 === 0).map(({ name }) => bodyOf(name));
	fc.assert(
		fc.property(
			fc.constantFrom(...chosen),
			fc.array(fc.boolean(), { minLength: 150, maxLength: 150 }),
			fc.boolean(),
			(body, choices, isTopOnly) => {
				let index = 0;
				const report = checkBody(
					trimmed(body, ({ path }) => (isTopOnly && path.length > 1) || choices[index++ % choices.length]!),
				);
				expect(alarms(report).filter((alarm) => !alarm.startsWith('warning missing'))).toEqual([]);
				// What a relay took away must not make the body look older than it is.
				if (report.counts.warning > 0) expect(contains(report, '4.14.2')).toBe(true);
			},
		),
		{ numRuns: 150, seed: 20260609 },
	);
});

test('a contact of whom a relay left only what an agent has too gives no error', () => {
	const left: JsonValue[] = [{ id: 518, name: 'Ana', email: null }, { id: 518, name: null }, { id: 518 }];
	for (const sender of left) {
		const body = withValue(bodyOf('message_created--webwidget-incoming'), ['sender'], sender);
		expect(errors(checkBody(body)), JSON.stringify(sender)).toEqual([]);
	}
});

test('a masked token, foreign ids, and addresses of a wrong host give no alarm', () => {
	const masked = (body: Body) =>
		withEach(body, ({ path, value }) => {
			if (path.at(-1) === 'pubsub_token') return '[FILTERED]';
			if (path.at(-1) === 'thumbnail' || path.at(-1) === 'avatar_url') return '/rails/active_storage/a b.png';
			if (path.at(-1) === 'data_url' && typeof value === 'string') return 'http://localhost:3000/x y.png';
			if (path.at(-1) === 'avatar') return '/rails/active_storage/a b.png';
			if (path.at(-1) === 'source_id' && typeof value === 'string') return '4915550100@s.whatsapp.net';
			if (path.at(-1) === 'identifier') return '4915550100@g.us';
			return undefined;
		});
	expect(eachGenuine(masked, alarms)).toEqual([]);
});

test('what receivers and forks add gives no error, and a copy of the body is not judged again', () => {
	const added = (body: Body) => ({
		...body,
		controller: 'hooks',
		action: 'create',
		webhook: { ...body, id: 'broken' },
	});
	expect(eachGenuine(added, errors)).toEqual([]);
	const { findings } = checkBody(added(bodyOf('message_created--webwidget-incoming')));
	const attention = findings.filter(({ severity }) => severity !== 'info');
	expect(attention.every(({ code, pointer }) => code === 'unknown-member' && pointer === '')).toBe(true);
	expect(attention.length).toBeLessThanOrEqual(1);
});

test('columns of forks in the nested message, and members that are proposed, give no error', () => {
	const body = bodyOf('message_created--webwidget-incoming');
	const nested = valueAt(body, ['conversation', 'messages', 0]) as Body;
	Object.assign(nested, {
		edited_at: null,
		is_forwarded: false,
		group_id: 7,
		scheduled_for: '2026-06-09T10:00:00.000Z',
	});
	expect(errors(checkBody(body))).toEqual([]);
	const proposed = { ...bodyOf('message_updated--read-receipt'), status: 'read', changed_attributes: null };
	expect(errors(checkBody(proposed))).toEqual([]);
	const withChanges = [{ status: { previous_value: 'sent', current_value: 'read' } }];
	expect(errors(checkBody({ ...proposed, changed_attributes: withChanges }))).toEqual([]);
});

test('a double whose ids are all text is taken for the form of the sample, once, and gives no alarm', () => {
	const report = checkBody({
		event: 'message_created',
		id: '90311',
		content: 'Hi',
		message_type: 'incoming',
		sender: { id: '518', name: 'quiet-meadow-871' },
		conversation: { id: '1401', status: 'open' },
		account: { id: '7', name: 'Northwind Outfitters' },
	});
	expect(errors(report)).toEqual([]);
	expect(report.findings.filter(({ code }) => code === 'guide-sample')).toHaveLength(1);
	expect(
		report.findings
			.filter(({ code }) => code === 'type' || code === 'format')
			.map(brief)
			.filter((line) => !line.startsWith('info')),
	).toEqual([]);
});

test('a double whose ids are all text is taken for that in every event, and one id as text among numbers in none', () => {
	const isId = ({ path, fact }: Place) => fact?.kind === 'id' && path[0] !== 'changed_attributes';
	for (const { name } of genuine) {
		const doubled = withEach(bodyOf(name), (place) =>
			isId(place) && typeof place.value === 'number' ? String(place.value) : undefined,
		);
		const report = checkBody(doubled);
		expect(errors(report), name).toEqual([]);
		expect(
			report.findings.filter(({ code }) => code === 'guide-sample'),
			name,
		).toHaveLength(1);
	}
	const one = checkBody({ ...bodyOf('contact_created--email'), id: '518' });
	expect(errors(one).map((line) => line.split(':')[0])).toEqual(['error type at /id']);
});

test('unix seconds in the times of changed attributes, and no list where null is right, give no error', () => {
	const isTime = ({ path, fact, value }: Place) =>
		path[0] === 'changed_attributes' && fact?.kind === 'iso' && typeof value === 'string';
	const seconds = (body: Body) =>
		withEach(body, (place) => (isTime(place) ? Math.floor(Date.parse(place.value as string) / 1000) : undefined));
	expect(eachGenuine(seconds, alarms)).toEqual([]);
	const resolved = bodyOf('conversation_status_changed--resolved-null-changes');
	expect(errors(checkBody({ ...resolved, changed_attributes: [] }))).toEqual([]);
	delete resolved.changed_attributes;
	expect(errors(checkBody(resolved))).toEqual([]);
});

test('meta that is null in a nested conversation is a warning, there alone', () => {
	const body = bodyOf('message_created--webwidget-incoming');
	(body.conversation as Body).meta = null;
	const report = checkBody(body);
	expect(errors(report)).toEqual([]);
	expect(report.findings.filter(({ severity }) => severity === 'warning').map(({ pointer }) => pointer)).toEqual([
		'/conversation/meta',
	]);
});

test('a channel of a fork gives no error, and a content attribute of a caller no alarm', () => {
	const body = bodyOf('message_created--api-inbox-outgoing');
	(body.conversation as Body).channel = 'Channel::Zalo';
	expect(errors(checkBody(body))).toEqual([]);
	(body.conversation as Body).channel = 'Channel::Api';
	const attributes = { custom: [1, { deep: null }], in_reply_to: 4 };
	body.content_attributes = attributes;
	const [nested] = (body.conversation as Body).messages as Body[];
	if (nested?.id === body.id) nested!.content_attributes = attributes;
	expect(alarms(checkBody(body))).toEqual([]);
});

test('a sender of none is right for outgoing, incoming and template messages', () => {
	for (const name of ['message_created--agent-outgoing', 'message_created--webwidget-incoming']) {
		const body = bodyOf(name);
		body.sender = null;
		expect(alarms(checkBody(body)), name).toEqual([]);
	}
});

test('releases 2.3.2 to 2.4.x spell the event of an automation with a colon', () => {
	const older = asSentBy('2.4.0', bodyOf('automation_event.message_created--webwidget'))!.body;
	expect(older.event).toBe('automation_event: message_created');
	const report = checkBody(older);
	expect(alarms(report)).toEqual([]);
	expect(contains(report, '2.4.0')).toBe(true);
	expect(contains(report, '2.6.0')).toBe(false);
});

const message = 'message_created--webwidget-incoming';
const outgoing = 'message_created--agent-outgoing';
const image = 'message_created--whatsapp-image-null-content';
const created = 'conversation_created--webwidget';
const nested = ['conversation', 'messages', 0];

type Change = [path: (string | number)[], value: JsonValue | undefined];

function both(...changes: Change[]): Change[] {
	return changes.flatMap(([path, value]): Change[] => [
		[path, value],
		[[...nested, ...path], value],
	]);
}

const attachment = { id: 9, message_id: 90340, account_id: 7 };

function attachments(...items: JsonValue[]): Change[] {
	return both([['attachments'], items.map((item) => (item === null ? null : { ...attachment, ...(item as Body) }))]);
}

/** What no sample shows, and ground truth says that releases send. */
const rare: [title: string, sample: string, changes: Change[]][] = [
	[
		'an assignee who was deleted (rule 27)',
		outgoing,
		[
			[['conversation', 'meta', 'assignee'], null],
			[[...nested, 'conversation', 'assignee_id'], null],
		],
	],
	['an assignee who was deleted, still in the row (rule 27)', outgoing, [[['conversation', 'meta', 'assignee'], null]]],
	['an attachment that is null (4.1)', image, attachments(null)],
	[
		'an image without a stored file (4.14)',
		image,
		attachments({ file_type: 'image', data_url: 'https://cdn.example.com/1.png', thumb_url: '' }),
	],
	[
		'an image without a stored file or an address (4.14)',
		image,
		attachments({ file_type: 'image', data_url: null, thumb_url: '' }),
	],
	['a fallback attachment (4.14)', image, attachments({ file_type: 'fallback', fallback_title: null, data_url: null })],
	['an embedded post (4.14)', image, attachments({ file_type: 'embed', data_url: null })],
	[
		'a place at 0, 0 (4.14)',
		image,
		attachments({
			file_type: 'location',
			coordinates_lat: 0,
			coordinates_long: 1e-5,
			fallback_title: null,
			data_url: null,
		}),
	],
	[
		'15 attachments (4.1)',
		image,
		attachments(...Array.from({ length: 15 }, (_, index) => ({ id: index + 1, file_type: 'embed', data_url: null }))),
	],
	[
		'an analysed image (4.14)',
		image,
		[
			[['attachments', 0, 'width'], 800],
			[['attachments', 0, 'height'], 600],
			[['attachments', 0, 'extension'], null],
		],
	],
	[
		'no availability of an assignee (4.9)',
		outgoing,
		[[['conversation', 'meta', 'assignee', 'availability_status'], null]],
	],
	['a busy assignee (4.9)', outgoing, [[['conversation', 'meta', 'assignee', 'availability_status'], 'busy']]],
	['an empty text (4.1.1)', message, both([['content'], ''])],
	['a long text (4.1.1)', message, both([['content'], 'x'.repeat(150_000)])],
	['no text (4.1)', message, both([['content'], null])],
	['no nested message (4.2)', message, [[['conversation', 'messages'], []]]],
	[
		'a contact without a name (4.8)',
		message,
		[
			[['sender', 'name'], null],
			[['conversation', 'meta', 'sender', 'name'], ''],
		],
	],
	[
		'labels in another order than they were set in (5.2)',
		'conversation_updated--labels-added',
		[[['labels'], (bodyOf('conversation_updated--labels-added').labels as string[]).toReversed()]],
	],
	['no additional attributes in the row of an old conversation (4.3)', created, [[['additional_attributes'], null]]],
	[
		'no additional attributes in the row of an old contact (4.8)',
		message,
		[
			[['sender', 'additional_attributes'], null],
			[['conversation', 'meta', 'sender', 'additional_attributes'], null],
		],
	],
	[
		'a nested message with an older id that was dated later (rule 12)',
		message,
		[
			[[...nested, 'id'], 90_001],
			[[...nested, 'created_at'], 1_780_999_260],
		],
	],
	['no channel (4.3)', created, [[['channel'], null]]],
	['no contact inbox (4.3)', created, [[['contact_inbox'], null]]],
	['an old contact inbox without a token (4.6)', created, [[['contact_inbox', 'pubsub_token'], null]]],
	['a token that is masked (7.1)', created, [[['contact_inbox', 'pubsub_token'], '***']]],
	['no word on verification (4.5)', created, [[['meta', 'hmac_verified'], null]]],
	[
		'10 unread messages (rule 26)',
		created,
		[
			[['unread_count'], 10],
			[['messages', 0, 'conversation', 'unread_count'], 10],
		],
	],
	['labels of any script (4.3)', created, [[['labels'], ['приёмка', '配送', 'a b', 'x_y-1']]]],
	['any custom attributes (4.3)', created, [[['custom_attributes'], { a: [null, { '': [] }], type: 7, id: 'x' }]]],
	[
		'additional attributes of an API caller (4.15)',
		'conversation_status_changed--pending-api-4-6',
		[[['additional_attributes'], { browser: 'none', referer: 7, initiated_at: null }]],
	],
	[
		'no referer and no clock (4.15)',
		created,
		[
			[['additional_attributes', 'referer'], null],
			[['additional_attributes', 'initiated_at', 'timestamp'], null],
		],
	],
	[
		'the clock of Internet Explorer (4.15)',
		created,
		[
			[
				['additional_attributes', 'initiated_at', 'timestamp'],
				'Tue Jun 9 2026 12:00:00 GMT+0200 (Romance Daylight Time)',
			],
		],
	],
	['an updated_at in whole seconds (4.3)', created, [[['updated_at'], 1780999200]]],
	[
		'a nested message without a sender (4.2)',
		created,
		[
			[['messages', 0, 'sender'], undefined],
			[['messages', 0, 'sender_type'], null],
			[['messages', 0, 'sender_id'], null],
		],
	],
	['a nested message without a status (4.2)', created, [[['messages', 0, 'status'], null]]],
	['ids of Slack (4.2)', created, [[['messages', 0, 'external_source_ids'], { slack: '1780999200.1' }]]],
	['a sentiment (4.2)', created, [[['messages', 0, 'sentiment'], { label: 'positive', score: 0.9 }]]],
	['a nested message that failed (4.2)', created, [[['messages', 0, 'status'], 'failed']]],
	['no small conversation (4.2)', created, [[['messages', 0, 'conversation'], null]]],
	[
		'a conversation that was resolved at once (1.7)',
		created,
		[
			[['status'], 'resolved'],
			[['waiting_since'], 0],
		],
	],
	['snoozed until the next reply (4.3)', created, [[['status'], 'snoozed']]],
	[
		'an SLA that applies to none (4.17)',
		'conversation_created--sla-enterprise',
		[
			[['applied_sla'], null],
			[['sla_policy_id'], null],
		],
	],
	[
		'an SLA without thresholds, missed (4.17)',
		'conversation_created--sla-enterprise',
		[
			[['applied_sla', 'sla_first_response_time_threshold'], null],
			[['applied_sla', 'sla_description'], null],
			[['applied_sla', 'sla_status'], 'active_with_misses'],
			[['sla_events'], [{ id: 1, event_type: 'frt', meta: {}, created_at: 1780999200, updated_at: 1780999200 }]],
		],
	],
	[
		'a bot without a name or a picture (4.9)',
		'message_created--agent-bot-article',
		[
			[['sender', 'name'], null],
			[[...nested, 'sender', 'name'], null],
			[[...nested, 'sender', 'avatar_url'], null],
		],
	],
	[
		'a status that drifted between two reads (1.7)',
		'message_created--burst-stale-nested-message',
		[[['conversation', 'status'], 'pending']],
	],
	['a widget without a contact (4.7)', 'webwidget_triggered--first-open', [[['contact'], null]]],
	[
		'a widget of 1.7 to 1.16.0 (4.18)',
		'webwidget_triggered--first-open',
		[
			[['event_info', 'initiated_at'], undefined],
			[['event_info', 'referer'], undefined],
		],
	],
	[
		'a widget that was opened from nowhere (4.18)',
		'webwidget_triggered--first-open',
		[
			[['event_info', 'referer'], ''],
			[['event_info', 'widget_language'], null],
		],
	],
	[
		'a contact that never had a picture (4.8)',
		'contact_created--email',
		[
			[['avatar'], ''],
			[['thumbnail'], ''],
		],
	],
	[
		'a contact type that changed (5.2)',
		'contact_updated--blocked',
		[[['changed_attributes', 0], { contact_type: { previous_value: 'visitor', current_value: 'lead' } }]],
	],
	[
		'changes in the order of the guide (5.1)',
		'conversation_updated--priority-urgent',
		[[['changed_attributes', 1], { priority: { current_value: 'urgent', previous_value: null } }]],
	],
	['a message through the API without a user (4.1.2)', 'message_created--api-inbox-outgoing', [[['sender'], null]]],
	['a large id (4.1)', message, both([['id'], 9_007_199_254_740_991])],
	[
		'a trigger that a rule has since 4.5.0 (2)',
		'automation_event.message_created--webwidget',
		[
			[['event'], 'automation_event.conversation_resolved'],
			[['status'], 'resolved'],
			[['waiting_since'], 0],
		],
	],
	[
		'a trigger that a rule has since 2.14.0 (2)',
		'automation_event.message_created--webwidget',
		[[['event'], 'automation_event.conversation_opened']],
	],
	['a fork’s channel row (4.11.3)', 'inbox_updated--whatsapp-settings', [[['channel'], { id: 'x', anything: [1] }]]],
	[
		'a Captain whose picture is a path (4.10)',
		'message_created--captain-assistant',
		[[['sender', 'avatar_url'], '/assets/logo.svg']],
	],
];

test.each(rare)('%s gives no alarm', (_title, name, changes) => {
	const body = changes.reduce((copy, [path, value]) => withValue(copy, path, value), bodyOf(name));
	expect(alarms(checkBody(body))).toEqual([]);
});

test('floats as Ruby writes them give no alarm', () => {
	const text = JSON.stringify(bodyOf('message_created--whatsapp-location'));
	const ruby = text
		.replaceAll(/"coordinates_lat":[\d.]+/g, '"coordinates_lat":52.0')
		.replaceAll(/"coordinates_long":[\d.]+/g, '"coordinates_long":1.0e-05')
		.replaceAll(/"updated_at":(\d+)\.\d+/g, '"updated_at":$1.0');
	expect(ruby).not.toBe(text);
	expect(alarms(check(ruby))).toEqual([]);
});

test('an analysed video has a width and a height with decimals, and gives no alarm', () => {
	const video = { file_type: 'video', width: 'W', height: 'H' };
	const asVideo = (item: JsonValue) => ({ ...(item as Body), ...video });
	const body = both([['attachments'], ((bodyOf(image).attachments as JsonValue[]) ?? []).map(asVideo)]).reduce(
		(copy, [path, value]) => withValue(copy, path, value),
		bodyOf(image),
	);
	const ruby = JSON.stringify(body).replaceAll('"W"', '640.0').replaceAll('"H"', '358.5');
	expect(alarms(check(ruby))).toEqual([]);
});

test('a body without an event is not dated by the event that it is taken for', () => {
	const older = asSentBy('1.13.0', bodyOf('conversation_opened--agent-bot'))!.body;
	delete older.event;
	for (const taken of [{}, { event: 'conversation_updated' }]) {
		const report = checkBody(older, taken);
		expect(contains(report, '1.13.0')).toBe(true);
		expect(report.releases.evidence.map(({ pointer }) => pointer)).not.toContain('/event');
	}
	expect(alarms(checkBody(older))).toHaveLength(1);
});

test('an account’s copy of conversation_opened of 2.4.x has changed_attributes, and gives no alarm', () => {
	const older = asSentBy('2.4.0', bodyOf('conversation_opened--agent-bot'))!.body;
	expect(alarms(checkBody(older))).toEqual([]);
	older.changed_attributes = null;
	expect(alarms(checkBody(older))).toEqual([]);
});

test('an account’s copy of before 2.5.0, made by a job, may show the status of another moment', () => {
	for (const [event, status] of [
		['conversation_opened', 'pending'],
		['conversation_resolved', 'open'],
	] as const) {
		for (const release of ['1.18.2', '1.22.0', '2.4.0']) {
			const older = asSentBy(release, bodyOf(`${event}--agent-bot`))!.body;
			expect(alarms(checkBody({ ...older, status })), `${event} of ${release}`).toEqual([]);
		}
	}
});

test('a survey link, and HTML of 4.9.0 to 4.12.0, may differ from the nested text', () => {
	const survey = bodyOf('message_created--template-csat-survey-link');
	expect(survey.content).not.toEqual(valueAt(survey, [...nested, 'content']));
	expect(alarms(checkBody(survey))).toEqual([]);
	const html = bodyOf('message_created--html-rendered-content-4-10');
	expect(html.content).not.toEqual(valueAt(html, [...nested, 'content']));
	expect(alarms(checkBody(html))).toEqual([]);
});

test('a column of a fork among the changes gives no error', () => {
	const tier = { loyalty_tier: { previous_value: null, current_value: { any: [] } } };
	const body = withValue(bodyOf('contact_updated--blocked'), ['changed_attributes', 1], tier);
	expect(errors(checkBody(body))).toEqual([]);
});

test('what a caller of the REST API writes beside the channel’s own attributes gives no alarm', () => {
	const written: JsonValue[] = [{ source: 'email' }, { chat_id: 7 }, { referer: 'x' }, { conversation_id: 'A-7' }];
	for (const attributes of written) {
		const body = withValue(bodyOf(image), ['conversation', 'additional_attributes'], attributes);
		expect(alarms(checkBody(body)), JSON.stringify(attributes)).toEqual([]);
	}
});

test('additional attributes of a caller of the REST API give no error in any inbox', () => {
	const attributes = { browser: 'none', referer: 7, initiated_at: null, mail_subject: [], chat_id: 'x' };
	const additional = (body: Body) =>
		withEach(body, ({ name }) => (name === 'Conversation.additional_attributes' ? attributes : undefined));
	expect(eachGenuine(additional, errors)).toEqual([]);
});
