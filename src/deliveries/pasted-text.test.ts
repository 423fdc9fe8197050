import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourceOffset } from './mapped-text';
import { mostParts, readPastedText, type PastedPart } from './pasted-text';

const payloads = new URL('../../test/payloads/', import.meta.url);

function only(text: string): PastedPart {
	const { parts, isCut } = readPastedText(text);
	expect(isCut).toBe(false);
	expect(parts).toHaveLength(1);
	return parts[0]!;
}

/** Every letter of the body that stands in the source as it is, is found there. */
function expectPlaces(source: string, { body, from, to }: PastedPart): void {
	let covered = 0;
	for (const { at, from: place, length } of body.pieces) {
		expect(at).toBe(covered);
		covered += length;
		expect(place).toBeGreaterThanOrEqual(from);
		expect(place + length).toBeLessThanOrEqual(Math.max(to, source.length));
	}
	for (let at = 0; at < body.text.length; at++) {
		const place = sourceOffset(body, at);
		const letter = body.text[at]!;
		if (source[place] !== letter) expect(source[place]).toMatch(/[\\nrtbfux]/);
	}
}

test('one payload is one part, with what stands around it', () => {
	const text = '\n  {"event":"message_created"}\n';
	const part = only(text);
	expect(part).toMatchObject({ kind: 'payload', headers: [], from: 3, to: 30 });
	expect(part.body.text).toBe('{"event":"message_created"}');
	expectPlaces(text, part);
});

test('no text has no part; any other text has one, whatever it is', () => {
	expect(readPastedText(' \n\t').parts).toEqual([]);
	expect(only('hello').body.text).toBe('hello');
	expect(only('{"a": 1, // note\n}').body.text).toBe('{"a": 1, // note\n}');
	expect(only('[1, 2]').body.text).toBe('[1, 2]');
	expect(only('[]').body.text).toBe('[]');
});

test('an array of payloads, a payload a line and payloads one after another are several parts', () => {
	for (const text of [
		'[{"é":"😀"}, {"b":2}]',
		'{"é":"😀"}\n\n {"b":2} \n',
		'{"é":"😀"}{\n"b":2}',
		'{"é":"😀"},\n{"b":2},',
	]) {
		const { parts } = readPastedText(text);
		expect(parts.map(({ body }) => JSON.parse(body.text) as unknown)).toEqual([{ é: '😀' }, { b: 2 }]);
		for (const part of parts) {
			expectPlaces(text, part);
			expect(text.slice(part.from, part.to)).toBe(part.body.text);
		}
	}
});

test('a faulty line among others is a part of its own', () => {
	const { parts } = readPastedText('{"a":1}\n{"a":1,}\n{"a":3}');
	expect(parts.map(({ body }) => body.text)).toEqual(['{"a":1}', '{"a":1,}', '{"a":3}']);
});

test('a line that is no object, or the last one that was cut off, does not hide the others', () => {
	const bodies = (text: string) => readPastedText(text).parts.map(({ body }) => body.text);
	expect(bodies('{"a":1}\n{"a":2}\nnot json\n{"a":3}')).toEqual(['{"a":1}', '{"a":2}', 'not json', '{"a":3}']);
	expect(bodies('{"a":1}\nnot json\n{"a":2}\n{"a":')).toEqual(['{"a":1}', 'not json', '{"a":2}', '{"a":']);
	expect(bodies('{"a":1}\n{"a":')).toEqual(['{"a":1}', '{"a":']);
	// One payload that is spread over lines stays one, whatever is wrong with it, and so do several.
	for (const text of ['{"a": {}\n,"b": }', '{"a":1}\n}', '{"a":1}\nnot json', '{"a":{}}\n"b"\n:{}\n}']) {
		expect(bodies(text)).toEqual([text]);
	}
	const spread = '{"a":1}\n{"a":2}\n{"a":3}\n{\n"a":4}';
	expect(bodies(spread).map((body) => JSON.parse(body) as unknown)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }]);
});

test.each(readdirSync(payloads))('the payload file %s gives its headers and body', (name) => {
	const text = readFileSync(new URL(name, payloads), 'utf8');
	const file = JSON.parse(text) as { headers: Record<string, string>; body: unknown };
	const part = only(text);
	expect(part.kind).toBe('file');
	expect(JSON.parse(part.body.text)).toEqual(file.body);
	expect(Object.fromEntries(part.headers)).toEqual(file.headers);
	expect(text.slice(sourceOffset(part.body, 0)).startsWith(part.body.text)).toBe(true);
});

test('a body that was kept as text is read with its places', () => {
	const text = '[{"headers":[["A","b"]],"body":"{\\n\\"event\\":\\"\\u00e9\\"}"}]';
	const part = only(text);
	expect(part.headers).toEqual([['A', 'b']]);
	expect(part.body.text).toBe('{\n"event":"é"}');
	expect(text.slice(sourceOffset(part.body, 3))).toMatch(/^event/);
	expectPlaces(text, part);
});

test('a payload that has headers and body members of its own is a payload', () => {
	expect(only('{"event":"x","headers":{},"body":{}}').kind).toBe('payload');
	expect(only('{"headers":5,"body":{}}').kind).toBe('payload');
	expect(only('{"body":{}}').kind).toBe('payload');
});

test('a recording gives each delivery with its time', () => {
	const line = (body: string) =>
		JSON.stringify({ receivedAt: 1_700_000_000_000, headers: [['A', 'b']], bodyBase64: btoa(body) });
	const text = `${line('{"a":1}')}\n${line('x')}`;
	const { parts } = readPastedText(text);
	expect(parts).toMatchObject([
		{ kind: 'recording', receivedAt: 1_700_000_000_000, headers: [['A', 'b']], body: { text: '{"a":1}' } },
		{ kind: 'recording', body: { text: 'x' } },
	]);
	expect(text.slice(sourceOffset(parts[0]!.body, 5))).toMatch(/^[A-Za-z0-9+/=]+"/);
	expect(only(JSON.stringify({ headers: {}, bodyBase64: '%' })).kind).toBe('payload');
});

test.each(['\r\n', '\n', '\r'])('a raw request gives headers and body, lines ending with %j', (end) => {
	const head = ['POST /hooks/main HTTP/1.1', 'Host: a.example', 'X-Chatwoot-Delivery:  1', 'Empty:', '', ''].join(end);
	const text = `${head}{${end}  "a": 1${end}}${end}`;
	const part = only(text);
	expect(part.kind).toBe('request');
	expect(part.headers).toEqual([
		['Host', 'a.example'],
		['X-Chatwoot-Delivery', '1'],
		['Empty', ''],
	]);
	expect(JSON.parse(part.body.text)).toEqual({ a: 1 });
	expectPlaces(text, part);
});

test('several requests, and headers without a request line', () => {
	const { parts } = readPastedText('POST /a HTTP/1.1\nA: 1\n\n{"a":1}\n\nPOST /b HTTP/1.1\n\n{"b":2}');
	expect(parts.map(({ body }) => body.text)).toEqual(['{"a":1}', '{"b":2}']);
	expect(only('Content-Type: application/json\nX: y\n\n{"a":1}')).toMatchObject({
		kind: 'request',
		headers: [
			['Content-Type', 'application/json'],
			['X', 'y'],
		],
	});
});

const json = '{"content":"it\'s \\"so\\" $x `y`"}';

test.each<[style: string, command: string]>([
	['single quotes', `curl -X POST http://a.example -H 'A: b' -d '${json.replaceAll("'", "'\\''")}'`],
	['double quotes', `curl --data-raw "${json.replace(/["\\$`]/g, '\\$&')}" --header "A: b" http://a.example`],
	[
		'ANSI quotes',
		`$ curl 'http://a.example' \\\n  -H 'A: b' \\\n  --data-binary $'${json.replace(/[\\']/g, '\\$&')}' --compressed`,
	],
	[
		'joined',
		`curl -sXPOST -H'A: b' --json='${json.replaceAll("'", "'\\u0027'")}'`.replace(
			"'\\u0027'",
			`"'"`.replace(/^/, "'").replace(/$/, "'"),
		),
	],
	['Windows', `curl "http://a.example" ^\r\n  -H "A: b" ^\r\n  -d "${json.replace(/["\\]/g, '\\$&')}"`],
	[
		'a browser on Windows',
		`curl ^"http://a.example^" ^\r\n  -H ^"A: b^" ^\r\n  --data-raw ^"${json
			.replace(/\\/g, '\\\\')
			.replace(/"/g, '\\"')
			.replace(/[{}"$`]/g, '^$&')}^"`,
	],
])('a curl command with %s gives headers and data', (_style, command) => {
	const part = only(command);
	expect(part.kind).toBe('curl');
	expect(part.headers).toEqual([['A', 'b']]);
	expect(JSON.parse(part.body.text)).toEqual(JSON.parse(json));
	expect(command.slice(sourceOffset(part.body, part.body.text.indexOf('content')))).toMatch(/^content/);
});

test('curl joins several data options, and leaves out what is in files', () => {
	expect(only('curl -d a=1 --data b=2 -d @file http://a.example').body.text).toBe('a=1&b=2');
	expect(only("curl -H 'A: b' -d @body.json http://a.example").body.text).toBe('');
	expect(only("curl --data-raw '@me' http://a.example").body.text).toBe('@me');
});

test('several curl commands are several parts', () => {
	const { parts } = readPastedText("curl a -d '{\"a\":1}'\ncurl b -d '{\"b\":2}' && curl c -d '{}'");
	expect(parts.map(({ body }) => body.text)).toEqual(['{"a":1}', '{"b":2}', '{}']);
});

test("any value in a shell's quotes comes back, with its places", () => {
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom(...'ab"\'\\$`{}:, \n\t^é😀@&-') }),
			fc.constantFrom(0, 1, 2),
			(text, style) => {
				const value = JSON.stringify({ a: text });
				const quoted = [
					`'${value.replaceAll("'", "'\\''")}'`,
					`"${value.replace(/["\\$`]/g, '\\$&')}"`,
					`$'${value.replace(/[\\']/g, '\\$&')}'`,
				][style]!;
				// A caret before a quote is how a command of Windows is told.
				fc.pre(!quoted.includes('^"'));
				const command = `curl http://a.example -d ${quoted}`;
				const part = only(command);
				expect(part.body.text).toBe(value);
				for (let at = 0; at < value.length; at++) expect(command[sourceOffset(part.body, at)]).toBe(value[at]);
			},
		),
	);
});

test('more than a thousand payloads are cut', () => {
	for (const text of [
		`[${'{},'.repeat(mostParts)}{}]`,
		'{}\n'.repeat(mostParts + 1),
		'curl -d {}\n'.repeat(mostParts + 1),
	]) {
		const { parts, isCut } = readPastedText(text);
		expect(parts).toHaveLength(mostParts);
		expect(isCut).toBe(true);
	}
});

test('arbitrary text never throws, and every part lies inside of it', () => {
	const piece = fc.constantFrom(
		...[
			'curl ',
			'-d',
			"'",
			'"',
			"$'",
			'\\',
			'\n',
			'\r\n',
			'^',
			'{',
			'}',
			'[',
			']',
			',',
			':',
			'"headers"',
			'"body"',
			'{}',
		],
		...['POST / HTTP/1.1', 'A: b', '"bodyBase64"', '"eyJ9"', '@', '--data=', '-H', ' ', '😀', '\\u', '\ufeff', '&'],
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.array(piece, { maxLength: 25 }).map((all) => all.join('')),
				fc.string({ unit: 'binary' }),
			),
			(text) => {
				for (const part of readPastedText(text).parts) {
					expect(part.from).toBeGreaterThanOrEqual(0);
					expect(part.to).toBeLessThanOrEqual(text.length);
					expect(part.from).toBeLessThanOrEqual(part.to);
					for (let at = 0; at <= part.body.text.length; at++) {
						const place = sourceOffset(part.body, at);
						expect(place).toBeGreaterThanOrEqual(part.from);
						expect(place).toBeLessThanOrEqual(part.to);
					}
				}
			},
		),
		{ numRuns: 2000 },
	);
});
