import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, samples } from '../../../test/deliveries';
import { compareReleases } from '../../../test/facts';
import { pointerTo } from '../../../test/mutations';
import { resolvePointer } from '../../json/pointer';
import { JsonKind, scanJson, type JsonDocument } from '../../json/scan';
import type { JsonValue } from '../../json/value';
import { check, checkInPieces, countFindings, type CheckOptions } from './check';
import type { Finding, FindingCode, Report, Severity } from './report';

const message = new TextDecoder().decode(
	samples().find(({ name }) => name === 'message_created--webwidget-incoming')!.body,
);

const codes = new Set<FindingCode>([
	'type',
	'enum',
	'format',
	'missing',
	'only-in-guide',
	'differs-from-guide',
	'undocumented',
	'unknown-member',
	'invariant',
	'not-json',
	'not-utf8',
	'empty',
	'truncated',
	'too-deep',
	'duplicate-key',
	'not-an-object',
	'unknown-event',
	'guide-sample',
]);

/** Code and severity of what needs attention, and where. */
function alarms({ findings }: Report): string[] {
	return findings
		.filter(({ severity }) => severity !== 'info')
		.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);
}

function withMember(name: string, value: string): string {
	return `${message.slice(0, -1)},${JSON.stringify(name)}:${value}}`;
}

/** What has to hold of every report, whatever the bytes were. */
function expectConsistent(report: Report, body: Uint8Array): void {
	const severities: Severity[] = ['error', 'warning', 'info'];
	const counts = Object.fromEntries(
		severities.map((severity) => [severity, report.findings.filter((finding) => finding.severity === severity).length]),
	);
	expect(report.counts).toEqual(counts);
	expect(report.verdict).toBe(severities.find((severity) => counts[severity]! > 0) ?? 'ok');
	const { from, to } = report.releases;
	if (from !== null && to !== null) expect(compareReleases(from, to), `${from} to ${to}`).toBeLessThanOrEqual(0);
	const scan = scanJson(body);
	const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body).split(/\r\n|\n|\r/);
	const odd = report.findings.filter(
		(finding) =>
			!codes.has(finding.code) ||
			finding.message === '' ||
			finding.message.length > 2000 ||
			finding.found.length > 500 ||
			!isInText(finding, lines) ||
			(scan.ok && !isResolvable(finding, scan.document)),
	);
	// One assertion for all of them: a report may have thousands.
	expect(odd).toEqual([]);
}

/** It stands there, or could: in an object that is there. */
function isResolvable({ pointer }: Finding, document: JsonDocument): boolean {
	if (resolvePointer(document, pointer) !== -1) return true;
	const holder = resolvePointer(document, pointer.slice(0, pointer.lastIndexOf('/')));
	return holder !== -1 && document.kind[holder] === JsonKind.object;
}

/** From 1; the end of a line, and of the text, is a place too. */
function isInText({ line, column }: Finding, lines: string[]): boolean {
	if (line === null || column === null) return line === column;
	return line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1]!.length + 1;
}

const whole: [title: string, body: string | Uint8Array, code: FindingCode, severity: Severity][] = [
	['an empty body', '', 'empty', 'error'],
	['blanks alone', ' \n\t', 'not-json', 'error'],
	['an array', '[{"event":"message_created"}]', 'not-an-object', 'error'],
	['a text', '"message_created"', 'not-an-object', 'error'],
	['a number', '42', 'not-an-object', 'error'],
	['null', 'null', 'not-an-object', 'error'],
	['true', 'true', 'not-an-object', 'error'],
	['a form', 'event=message_created&id=1', 'not-json', 'error'],
	['HTML', '<!doctype html><title>502</title>', 'not-json', 'error'],
	['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 'not-utf8', 'error'],
	['UTF-16', new Uint8Array(Buffer.from('{"event":"message_created","id":1}', 'utf16le')), 'not-utf8', 'error'],
	['half a character', new Uint8Array([...bytes('{"event":"'), 0xf0, 0x9f, 0x98]), 'not-utf8', 'error'],
	['an overlong character', new Uint8Array([...bytes('{"event":"'), 0xc0, 0xaf, ...bytes('"}')]), 'not-utf8', 'error'],
];

test.each(whole)('%s is reported as one thing that is wrong with the whole body', (_title, body, code, severity) => {
	const report = check(body);
	expect(report.findings).toMatchObject([{ pointer: '', code, severity }]);
	expect(report).toMatchObject({ event: null, form: 'unknown', verdict: severity });
	expect(report.releases).toMatchObject({ from: null, to: null });
	expectConsistent(report, typeof body === 'string' ? bytes(body) : body);
});

test('a body that was cut off is a warning when the receiver cut it', () => {
	const cut = message.slice(0, 700);
	expect(alarms(check(cut, { isTruncated: true }))).toEqual(['warning truncated ']);
	const report = check(cut);
	expect(report.verdict).toBe('error');
	expect(report.findings.some(({ code }) => code === 'not-json')).toBe(true);
});

test('a byte order mark before good JSON changes no finding but its place', () => {
	const plain = check(message);
	const marked = check(`\ufeff${message}`);
	expect(marked.findings.map(({ code, pointer }) => [code, pointer])).toEqual(
		plain.findings.map(({ code, pointer }) => [code, pointer]),
	);
});

test('a body without an event lacks it, and nothing is guessed to be wrong beside it', () => {
	const report = check(message.replace(',"event":"message_created"', ''));
	expect(report.event).toBe(null);
	expect(alarms(report)).toEqual(['error missing /event']);
	expect(alarms(check('{}'))).toEqual(['error missing /event']);
});

test('what a body is taken for decides how it is judged, and that its event is missing stays said', () => {
	const report = check('{"id":"x"}', { event: 'contact_created' });
	expect(report.findings.some(({ pointer, code }) => pointer === '/id' && code === 'type')).toBe(true);
	expect(report.findings.some(({ pointer, code }) => pointer === '/event' && code === 'missing')).toBe(true);
});

test('a body without a usable event says what its other members are checked as, by the guide alone too', () => {
	for (const contract of ['both', 'guide'] as const) {
		const said = (body: string, event?: string) =>
			check(body, { contract, ...(event === undefined ? {} : { event }) }).findings.find(
				({ pointer }) => pointer === '/event',
			)?.message;
		const without = message.replace(',"event":"message_created"', '');
		expect(said(without)).toBe('event is missing; the rest is checked as message_created.');
		expect(said(without, 'message_updated')).toBe('event is missing; the rest is checked as message_updated.');
		expect(said(message.replace('"event":"message_created"', '"event":7'))).toBe(
			'event should be the name of an event, but is 7; the rest is checked as message_created.',
		);
		expect(said('{"event":7}')).toBe(
			'event should be the name of an event, but is 7, and nothing else tells what this is.',
		);
	}
});

const wrongEvents: [value: string, code: FindingCode[]][] = [
	['7', ['type', 'unknown-event']],
	['null', ['type', 'unknown-event']],
	['["message_created"]', ['type', 'unknown-event']],
	['{"name":"message_created"}', ['type', 'unknown-event']],
	['""', ['unknown-event']],
	['"message_deleted"', ['unknown-event']],
	['"conversation_read"', ['unknown-event']],
	['"contact_merged"', ['unknown-event']],
	['" message_created"', ['unknown-event']],
	['"automation_event"', ['unknown-event']],
	['"__proto__"', ['unknown-event']],
	['"constructor"', ['unknown-event']],
];

test.each(wrongEvents)('an event of %s is reported at the event, and nothing else is', (value, code) => {
	const report = check(message.replace('"event":"message_created"', `"event":${value}`));
	const attention = report.findings.filter(({ severity }) => severity !== 'info');
	expect(attention).toMatchObject([{ pointer: '/event', severity: 'error' }]);
	expect(code).toContain(attention[0]!.code);
});

test.each([
	['message_create', 'message_created'],
	['conversation_update', 'conversation_updated'],
	['MESSAGE_CREATED', 'message_created'],
	['webwidget.triggered', 'webwidget_triggered'],
])('of the unknown event %s it is asked whether %s was meant', (event, meant) => {
	const report = check(message.replace('"event":"message_created"', `"event":"${event}"`));
	const found = report.findings.find(({ code }) => code === 'unknown-event');
	expect(found?.message).toMatch(new RegExp(`did you mean .*${meant}`, 'i'));
});

test('an unknown event that resembles none gets no guess', () => {
	const report = check('{"event":"zzzzzz"}');
	expect(report.findings.find(({ code }) => code === 'unknown-event')?.message).not.toMatch(/did you mean/i);
});

test('a member that stands twice is one warning that names both places', () => {
	const report = check(`{\n\t"id": 1,${message.slice(1)}`);
	const twice = report.findings.filter(({ code }) => code === 'duplicate-key');
	expect(twice).toMatchObject([{ severity: 'warning', pointer: '/id' }]);
	// The second stands on the line of the rest, the first on its own.
	expect(twice[0]!.message).toMatch(/line 2\b|2:\d/);
	expect(alarms(report)).toEqual(['warning duplicate-key /id']);
});

test('members that stand twice are found at any depth, and in open objects too', () => {
	const nested = message.replace('"custom_attributes":{}', '"custom_attributes":{"plan":1,"plan":2}');
	expect(alarms(check(nested)).filter((line) => line.includes('duplicate-key'))).toHaveLength(1);
	const escaped = withMember('content_attributes', '{"a":1,"\\u0061":2}').replace(
		'"content_attributes":{"in_reply_to":null},"content_type"',
		'"content_type"',
	);
	expect(alarms(check(escaped)).filter((line) => line.includes('duplicate-key /content_attributes/a'))).toHaveLength(1);
});

test.each([1_001, 10_000, 100_000])('%i levels of arrays are too deep, and nothing overflows', (depth) => {
	const body = withMember('custom', `${'['.repeat(depth)}${']'.repeat(depth)}`);
	const report = check(body);
	expect(report.findings.some(({ code, severity }) => code === 'too-deep' && severity === 'error')).toBe(true);
	expectConsistent(report, bytes(body));
	expect(countFindings(documentOf(body), {}).verdict).toBe(report.verdict);
});

function documentOf(body: string): JsonDocument {
	const scan = scanJson(bytes(body));
	if (!scan.ok) throw new Error(scan.error.message);
	return scan.document;
}

test('objects are too deep as arrays are, also when the body ends in the middle', () => {
	const objects = '{"a":'.repeat(50_000);
	expect(check(`${objects}1${'}'.repeat(50_000)}`).findings.some(({ code }) => code === 'too-deep')).toBe(true);
	const report = check(objects);
	expect(report.verdict).toBe('error');
	expect(check('['.repeat(100_000)).verdict).toBe('error');
});

test('nearly a thousand levels inside an open object are judged like any others', () => {
	const depth = 990;
	const body = message.replace(
		'"content_attributes":{"in_reply_to":null}',
		`"content_attributes":{"in_reply_to":${'['.repeat(depth)}${']'.repeat(depth)}}`,
	);
	expect(body).not.toBe(message);
	expect(check(body).findings.some(({ code }) => code === 'too-deep')).toBe(false);
});

test('a text of 1 MB is judged by its type, and shown cut', () => {
	const long = 'x'.repeat(1_000_000);
	expect(
		alarms(check(message.replace('"Hi, where is my parcel?"', JSON.stringify(long)))).filter((line) =>
			line.startsWith('error'),
		),
	).toEqual([]);
	const report = check(message.replace('"message_type":"incoming"', `"message_type":${JSON.stringify(long)}`));
	expect(alarms(report)).toEqual(['error enum /message_type']);
	expectConsistent(
		report,
		bytes(message.replace('"message_type":"incoming"', `"message_type":${JSON.stringify(long)}`)),
	);
});

test('whoever wrote a value that is not of a long list reads the whole list', () => {
	const found = check(message.replaceAll('"content_type":"text"', '"content_type":"buttons"')).findings.find(
		({ pointer }) => pointer === '/content_type',
	);
	for (const words of [found?.message, found?.expected, found?.wire])
		expect(words).toMatch(/input_select, .*voice_call/);
	expect(found?.message).not.toContain('others');
});

test('nothing in a list, and nothing in an object, are called empty', () => {
	const said = (value: string) =>
		check(message.replace('"private":false', `"private":${value}`)).findings.find(({ code }) => code === 'type')?.found;
	expect(said('[]')).toBe('an empty array');
	expect(said('{}')).toBe('an empty object');
});

test('10,000 unknown members are one finding that says how many', () => {
	const extra = Array.from({ length: 10_000 }, (_, index) => `"extra_${index}":${index}`).join(',');
	const body = `${message.slice(0, -1)},${extra}}`;
	const report = check(body);
	const unknown = report.findings.filter(({ code }) => code === 'unknown-member');
	expect(unknown).toMatchObject([{ pointer: '', count: 10_000, severity: 'warning' }]);
	expectConsistent(report, bytes(body));
});

test('10,000 wrong items of a list are all counted', () => {
	const body = message.replace('"labels":[]', `"labels":[${'7,'.repeat(9_999)}7]`);
	const report = check(body);
	const wrong = report.findings.filter(
		({ code, pointer }) => code === 'type' && pointer.startsWith('/conversation/labels'),
	);
	expect(wrong.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(10_000);
	expect(report.verdict).toBe('error');
	expectConsistent(report, bytes(body));
});

test('names that mean something to JavaScript are names like any others', () => {
	for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '~/', 'a b']) {
		const report = check(withMember(name, '{"id":1}'));
		expect(alarms(report), name).toEqual(['warning unknown-member ']);
		expect(report.findings.find(({ code }) => code === 'unknown-member')!.message).toContain(name);
	}
	expect(Object.prototype).not.toHaveProperty('id');
});

test('numbers beyond what JavaScript holds are judged by what they say', () => {
	const huge = '90311903119031190311903';
	const largeId = check(message.replaceAll('"id":90311,', `"id":${huge},`));
	expect(largeId.findings.filter(({ severity, pointer }) => severity === 'error' && pointer.endsWith('/id'))).toEqual(
		[],
	);
	for (const number of ['1e400', '-1e400', '1.5e3', '90311.0']) {
		const report = check(message.replace(/"id":90311,"inbox"/, `"id":${number},"inbox"`));
		expect(
			report.findings.some(({ pointer, severity }) => pointer === '/id' && severity === 'error'),
			number,
		).toBe(true);
	}
});

test('a lone half of a character in names and values is no trouble', () => {
	const body = withMember('\ud800', '"\\udc00"').replace('\ud800', '\\ud800');
	const report = check(body);
	expect(alarms(report)).toEqual(['warning unknown-member ']);
	expect(
		alarms(
			check(message.replace('"Hi, where', '"\\ud83d Hi, where').replace('"Hi, where', '"\\ud83d Hi, where')),
		).filter((line) => line.startsWith('error')),
	).toEqual([]);
});

test('script in names and values stays text', () => {
	const report = check(withMember('<img src=x onerror=alert(1)>', '"<script>alert(1)</script>"'));
	expect(alarms(report)).toEqual(['warning unknown-member ']);
});

test('a masked secret is described and never shown', () => {
	const secret = 'sampleToken000000001401';
	expect(message).toContain(secret);
	const wrong = message.replace(`"pubsub_token":"${secret}"`, `"pubsub_token":["${secret}"]`);
	const report = check(wrong);
	expect(
		report.findings.some(({ pointer, severity }) => pointer.endsWith('/pubsub_token') && severity === 'error'),
	).toBe(true);
	expect(JSON.stringify(report)).not.toContain(secret);
});

/** The guide's sample as it is printed: webhook-docs.md. */
const printed = `{
  "event": "message_created", // The name of the event
  "id": "1", // Message id
  "content": "Hi", // Content of the message
  "created_at": "2020-03-03 13:05:57 UTC", // Time at which the message was sent
  "message_type": "incoming", // incoming, outgoing or template
  "content_type": "enum", // input_select, cards, form or text
  "content_attributes": {} // Depends on the content type
  "source_id": "", // External id
  "sender": { // The agent
    "id": "1",
    "name": "Agent",
    "email": "agent@example.com"
  },
  "contact": { // The user
    "id": "1",
    "name": "contact-name"
  },
  "conversation": { // Details of the conversation
    "display_id": "1", // Number in the dashboard
    "additional_attributes": {
      "browser": {
        "device_name": "Macbook",
        "browser_name": "Chrome",
        "platform_name": "Macintosh",
        "browser_version": "80.0.3987.122",
        "platform_version": "10.15.2"
      },
      "referer": "<http://www.chatwoot.com>",
      "initiated_at": "Tue Mar 03 2020 18:37:38 GMT-0700 (Mountain Standard Time)"
    }
  },
  "account": {
    "id": "1",
    "name": "Chatwoot",
  }
}`;

test('the guide’s printed sample is recognised, and each departure from JSON is named at its line', () => {
	const report = check(printed);
	expect(report).toMatchObject({ event: 'message_created', form: 'guide-sample' });
	expect(report.findings.filter(({ code }) => code === 'guide-sample')).toHaveLength(1);
	const departures = report.findings.filter(({ code }) => code === 'not-json');
	expect(report.findings.filter(({ severity, code }) => severity !== 'info' && code !== 'not-json')).toEqual([]);
	// 12 comments, a comma missing after `content_attributes`, one too many inside `account`.
	expect(departures).toHaveLength(14);
	expect(departures.map(({ message: text }) => text).filter((text) => /comment/i.test(text))).toHaveLength(12);
	expect(departures.filter(({ line }) => line === 8 || line === 9).length).toBeGreaterThanOrEqual(2);
	expect(departures.some(({ line, message: text }) => (line === 35 || line === 36) && /comma/i.test(text))).toBe(true);
	expectConsistent(report, bytes(printed));
});

test('text that is nearly JSON is judged as it would be mended', () => {
	const almost = message.replace('"message_type":"incoming"', '"message_type":"inbound"').replace(/\}$/, ',}');
	const report = check(almost);
	expect(alarms(report).sort()).toEqual(['error enum /message_type', 'error not-json ']);
});

test('every sample, cut off anywhere, gives a report', () => {
	for (const { body } of samples()) {
		for (const share of [0.1, 0.37, 0.72, 0.99]) {
			const cut = body.slice(0, Math.floor(body.length * share));
			for (const isTruncated of [false, true]) expectConsistent(check(cut, { isTruncated }), cut);
		}
	}
});

test('every sample’s report agrees with itself and with its counts', () => {
	for (const { name, body, headers } of samples()) {
		for (const contract of ['both', 'guide'] as const) {
			const options: CheckOptions = { contract, headers: Object.entries(headers) };
			const report = check(body, options);
			expectConsistent(report, body);
			if (contract === 'guide') continue;
			const counted = countFindings(documentOf(new TextDecoder().decode(body)), options);
			expect(counted, name).toEqual({
				verdict: report.verdict,
				counts: report.counts,
				guideCounts: check(body, { ...options, contract: 'guide' }).counts,
			});
		}
	}
});

const names = [
	'event',
	'id',
	'conversation',
	'messages',
	'meta',
	'sender',
	'account',
	'status',
	'user',
	'changed_attributes',
	'contact',
	'type',
];
const words = [
	'message_created',
	'conversation_updated',
	'webwidget_triggered',
	'contact_updated',
	'inbox_created',
	'automation_event.message_created',
	'open',
	'user',
	'contact',
];

/** JSON whose names and words are often those of Chatwoot, so that it gets past the first question. */
const likely = fc.letrec<{ value: JsonValue }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 5, depthSize: 'small' },
		fc.constantFrom<JsonValue>(null, true, false, 0, -1, 1.5, 1e21, ''),
		fc.constantFrom(...words),
		fc.string(),
		fc.integer(),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('value'), { maxKeys: 8 }),
	),
})).value;

test('any JSON gets a report that agrees with itself', () => {
	fc.assert(
		fc.property(likely, fc.constantFrom(...words.slice(0, 6)), fc.boolean(), (value, event, isGuide) => {
			const body = bytes(
				JSON.stringify(typeof value === 'object' && !Array.isArray(value) ? { event, ...value } : value),
			);
			expectConsistent(check(body, { contract: isGuide ? 'guide' : 'both', event }), body);
		}),
		{ numRuns: 250, seed: 4 },
	);
});

test('any value put anywhere in a sample gets a report that agrees with itself', () => {
	const bodies = samples().map(({ body }) => JSON.parse(new TextDecoder().decode(body)) as JsonValue);
	fc.assert(
		fc.property(
			fc.constantFrom(...bodies),
			fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
			likely,
			(start, steps, value) => {
				const copy = structuredClone(start);
				let holder = copy as Record<string, JsonValue>;
				const path: string[] = [];
				for (const step of steps) {
					const keys = Object.keys(holder);
					if (keys.length === 0) break;
					path.push(keys[step % keys.length]!);
					const child = holder[path.at(-1)!]!;
					if (typeof child !== 'object' || child === null || path.length === steps.length) {
						holder[path.at(-1)!] = value;
						break;
					}
					holder = child as Record<string, JsonValue>;
				}
				const body = bytes(JSON.stringify(copy));
				expect(() => expectConsistent(check(body), body), pointerTo(path)).not.toThrow();
			},
		),
		{ numRuns: 200, seed: 5 },
	);
});

test('any bytes get a report that agrees with itself', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (body, isTruncated) => {
			expectConsistent(check(body, { isTruncated }), body);
		}),
		{ numRuns: 500, seed: 6 },
	);
});

test('any text, and any sample with a few bytes changed, gets a report that agrees with itself', () => {
	const bodies = samples().map(({ body }) => body);
	fc.assert(
		fc.property(
			fc.constantFrom(...bodies),
			fc.array(fc.tuple(fc.nat(), fc.constantFrom(...bytes('{}[],:"\\0/*\n e-.')))),
			(start, edits) => {
				const body = start.slice();
				for (const [at, byte] of edits) body[at % body.length] = byte;
				expectConsistent(check(body), body);
			},
		),
		{ numRuns: 300, seed: 7 },
	);
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
			expectConsistent(check(text), bytes(text));
		}),
		{ numRuns: 300, seed: 8 },
	);
});

test('odd headers are no trouble', () => {
	for (const value of ['', 'x', '-1', '1e9', '99999999999999999999', 'NaN', ' 1781000000 ']) {
		const headers = [
			['X-Chatwoot-Timestamp', value],
			['x-chatwoot-signature', value],
			['X-Chatwoot-Delivery', value],
			['x-chatwoot-delivery', 'twice'],
		] as const;
		expectConsistent(check(message, { headers, receivedAt: 1_781_000_000_000 }), bytes(message));
	}
});

test('of very many findings only the worst are put into words; the counts are of all', () => {
	const messages = Array.from({ length: 500 }, () => ({ message_type: 'x', odd_member: 1 }));
	const body = JSON.stringify({ event: 'conversation_created', id: 1, messages });
	const all = check(body);
	const some = check(body, { mostFindings: 20 });
	expect(some).toMatchObject({ counts: all.counts, verdict: all.verdict });
	expect(all.findings.length).toBeGreaterThan(500);
	expect(some.findings).toEqual(all.findings.filter(({ severity }) => severity === 'error').slice(0, 20));
});

test('in pieces a check says the same, however many findings there are', () => {
	const messages = Array.from({ length: 1500 }, () => ({ message_type: 'x', odd_member: 1 }));
	for (const body of [message, JSON.stringify({ event: 'conversation_created', id: 1, messages }), '[]']) {
		const scanned = scanJson(bytes(body));
		if (!scanned.ok) throw new Error(scanned.error.message);
		const pieces = checkInPieces(scanned.document);
		const findings: Finding[] = [];
		let next = pieces.next();
		for (; !next.done; next = pieces.next()) {
			expect(next.value.length).toBeLessThanOrEqual(500);
			findings.push(...next.value);
		}
		expect({ ...next.value, findings }).toEqual(check(body));
	}
});
