import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { originalOffset, repairJson, type DepartureKind, type JsonDeparture } from './repair';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const exactDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

function repair(text: string): { value: unknown; departures: JsonDeparture[] } {
	const result = repairJson(encoder.encode(text));
	if (result === null) throw new Error(`not mended: ${text}`);
	return { value: JSON.parse(decoder.decode(result.bytes)), departures: result.departures };
}

test("the guide's printed sample departs from JSON in four places, each named where it stands", () => {
	const { value, departures } = repair(readFileSync(new URL('../../test/guide-sample.txt', import.meta.url), 'utf8'));
	expect(departures.map(({ kind, line, column, message }) => ({ kind, line, column, message }))).toEqual([
		{
			kind: 'comment',
			line: 2,
			column: 31,
			message: 'JSON has no comments. Remove `// The name of the event`.',
		},
		{
			kind: 'missing-comma',
			line: 8,
			column: 27,
			message: 'A comma is missing after this member. `content_attributes` is followed by `source_id` without a comma.',
		},
		{
			kind: 'comment',
			line: 8,
			column: 28,
			message: 'JSON has no comments. Remove `// Depends on the content type`.',
		},
		{
			kind: 'extra-comma',
			line: 35,
			column: 23,
			message: 'A comma before the closing brace. The last member of `account` ends with a comma.',
		},
	]);
	expect(value).toMatchObject({ event: 'message_created', content_attributes: {}, account: { name: 'Chatwoot' } });
});

test.each<[text: string, value: unknown, kinds: DepartureKind[]]>([
	['{"a":1,}', { a: 1 }, ['extra-comma']],
	['[1,,2]', [1, 2], ['extra-comma']],
	['[1 2]', [1, 2], ['missing-comma']],
	['{"a":1\n"b":2}', { a: 1, b: 2 }, ['missing-comma']],
	['{"a":1; "b":2}', { a: 1, b: 2 }, ['missing-comma']],
	['{"a" 1}', { a: 1 }, ['missing-colon']],
	['{"a"=>nil, "b"=>true}', { a: null, b: true }, ['missing-colon', 'word', 'missing-colon']],
	['{:a=>1}', { a: 1 }, ['unquoted-name', 'unquoted-name', 'missing-colon']],
	['{"a":}', { a: null }, ['missing-value']],
	['{a:1, $b-c:2}', { a: 1, '$b-c': 2 }, ['unquoted-name', 'unquoted-name']],
	["{'a':'it\\'s \"so\"'}", { a: 'it\'s "so"' }, ['quotes', 'quotes']],
	["{'a':'it's so'}", { a: "it's so" }, ['quotes', 'quotes']],
	['{“a”: ‘b’}', { a: 'b' }, ['quotes', 'quotes']],
	['{`a`: `b\nc`}', { a: 'b\nc' }, ['quotes', 'quotes']],
	['{"a":"say "hi" to me"}', { a: 'say "hi" to me' }, ['quotes', 'quotes']],
	['[True, False, None, undefined, NaN]', [true, false, null, null, null], ['word', 'word', 'word', 'word', 'word']],
	['[+1, .5, 1., 007, 0x1F, 1_000, -.5]', [1, 0.5, 1, 7, 31, 1000, -0.5], Array<DepartureKind>(7).fill('number')],
	['{"status": open}', { status: 'open' }, ['unquoted-text']],
	['{"a":"x\ty"}', { a: 'x\ty' }, ['control-character']],
	['{"a":"x\r\ny",\n"b":2}', { a: 'x\r\ny', b: 2 }, ['control-character']],
	['{"a":"x,\n"b":2}', { a: 'x', b: 2 }, ['missing-quote']],
	['{"a":"C:\\dir","b":"\\x41\\\'"}', { a: 'C:\\dir', b: "A'" }, ['escape', 'escape', 'escape']],
	['{"a":[1,{"b":"c', { a: [1, { b: 'c' }] }, ['missing-quote', 'missing-bracket']],
	['{"a":1,"b":[2,', { a: 1, b: [2] }, ['extra-comma', 'missing-bracket']],
	['{"a":1,"b', { a: 1, b: null }, ['missing-quote', 'missing-bracket']],
	['{"a":[1}', { a: [1] }, ['missing-bracket']],
	['{"a":1]}', { a: 1 }, ['extra-bracket']],
	['```json\n{"a":1}\n```', { a: 1 }, ['surrounding-text', 'surrounding-text']],
	['const body = {"a":1};', { a: 1 }, ['surrounding-text', 'surrounding-text']],
	['[INFO] body: {"a":1}', { a: 1 }, ['surrounding-text']],
	['"a": 1, "b": {"c": 2}', { a: 1, b: { c: 2 } }, ['missing-bracket', 'missing-bracket']],
	['{"a":1, ...}', { a: 1 }, ['extra-comma', 'ellipsis']],
	['{\u00a0"a":\u20281}', { a: 1 }, ['blank', 'blank']],
	['\ufeff# a\n{/* b */"a":1}//c', { a: 1 }, ['comment', 'comment', 'comment']],
])('%j is mended', (text, value, kinds) => {
	const result = repair(text);
	expect(result.value).toEqual(value);
	expect(result.departures.map(({ kind }) => kind)).toEqual(kinds);
});

test.each([
	'',
	' ',
	'hello',
	'hello {name}, how are you',
	'{"a":1} {"b":2}',
	'{"a"}',
	'}',
	'{"a":"b" c d}',
	'POST /hooks/main HTTP/1.1',
	'{"a": ObjectId("1")}',
])('%j is left alone: guessing would invent data', (text) => {
	expect(repairJson(encoder.encode(text))).toBeNull();
});

test('a text that is no UTF-8, or longer than 4 MiB, is not mended', () => {
	expect(repairJson(Uint8Array.of(0x5b, 0xff, 0x2c, 0x5d))).toBeNull();
	expect(repairJson(encoder.encode(`[${' '.repeat(4 * 1024 * 1024)},]`))).toBeNull();
});

test('JSON is never changed', () => {
	fc.assert(
		fc.property(fc.json({ stringUnit: 'binary' }), fc.nat({ max: 4 }), (text, indent) => {
			const bytes = encoder.encode(JSON.stringify(JSON.parse(text), null, indent));
			const result = repairJson(bytes);
			expect(result?.bytes).toBe(bytes);
			expect(result?.departures).toEqual([]);
		}),
	);
});

/** An object or array as a person writes it: one member or item a line. */
const writtenJson = fc
	.oneof(
		fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }),
		fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1 }),
	)
	.map((value) => JSON.stringify(value, null, 2));

/** Where structure stands, outside of strings: each letter with its index. */
function structure(text: string): { at: number; letter: string }[] {
	const found: { at: number; letter: string }[] = [];
	let isInString = false;
	for (let at = 0; at < text.length; at++) {
		const letter = text[at]!;
		if (isInString && letter === '\\') at++;
		else if (letter === '"') isInString = !isInString;
		else if (!isInString && ',:{}[]'.includes(letter)) found.push({ at, letter });
	}
	return found;
}

function lineAndColumn(text: string, at: number): { line: number; column: number } {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: before.at(-1)!.length + 1 };
}

type Fault = (text: string, at: number, letter: string) => { broken: string; at: number; kind: DepartureKind } | null;

const faults: Fault[] = [
	(text, at, letter) =>
		letter === ',' ? { broken: text.slice(0, at) + text.slice(at + 1), at, kind: 'missing-comma' } : null,
	(text, at, letter) =>
		letter === ',' ? { broken: `${text.slice(0, at)},${text.slice(at)}`, at: at + 1, kind: 'extra-comma' } : null,
	(text, at) => ({ broken: `${text.slice(0, at)}/* “é” */${text.slice(at)}`, at, kind: 'comment' }),
	(text, at) => ({ broken: `${text.slice(0, at + 1)}# note\n${text.slice(at + 1)}`, at: at + 1, kind: 'comment' }),
	(text, at, letter) =>
		(letter === '}' || letter === ']') && (text[at - 1] === ' ') === false && !'{['.includes(text[at - 1] ?? '{')
			? { broken: `${text.slice(0, at)},${text.slice(at)}`, at, kind: 'extra-comma' }
			: null,
	(text, at, letter) =>
		letter === ':' ? { broken: `${text.slice(0, at)}=>${text.slice(at + 1)}`, at, kind: 'missing-colon' } : null,
];

test('one fault put into a text is named at its place, and the value is the one from before', () => {
	fc.assert(
		fc.property(writtenJson, fc.nat(), fc.nat(), (text, place, which) => {
			const places = structure(text);
			const { at, letter } = places[place % places.length]!;
			const fault = faults[which % faults.length]!(text, at, letter);
			fc.pre(fault !== null);
			const { value, departures } = repair(fault.broken);
			expect(value).toEqual(JSON.parse(text));
			expect(departures).toHaveLength(1);
			expect(departures[0]).toMatchObject({ kind: fault.kind, ...lineAndColumn(fault.broken, fault.at) });
			const bytes = encoder.encode(fault.broken);
			expect(decoder.decode(bytes.subarray(0, departures[0]!.offset))).toBe(fault.broken.slice(0, fault.at));
		}),
		{ numRuns: 500 },
	);
});

test('a text written in the way of Python keeps its value', () => {
	const python = (value: unknown): string => {
		if (value === null) return 'None';
		if (typeof value === 'boolean') return value ? 'True' : 'False';
		if (typeof value === 'string')
			return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
		if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
		if (typeof value !== 'object') return JSON.stringify(value);
		return `{${Object.entries(value)
			.map(([name, entry]) => `${python(name)}: ${python(entry)}`)
			.join(', ')}}`;
	};
	fc.assert(
		fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (value) => {
			expect(repair(python(value)).value).toEqual(JSON.parse(JSON.stringify(value)));
		}),
	);
});

test('a text that was cut off anywhere after its beginning can be read up to there', () => {
	fc.assert(
		fc.property(writtenJson, fc.nat(), (text, place) => {
			const cut = text.slice(0, 1 + (place % text.length));
			fc.pre(!/[\ud800-\udbff]$/.test(cut));
			const result = repairJson(encoder.encode(cut));
			if (result !== null) JSON.parse(decoder.decode(result.bytes));
			else expect(cut).toMatch(/[-+.\w]$/);
		}),
	);
});

test('arbitrary text and bytes never throw, and what comes back as mended is JSON', () => {
	const letters = fc.array(
		fc.constantFrom(...'{}[]",:\'“”`\\/*#\n\r\t 01.-+eaTNu…;=>', '"a"', 'null', '\u00a0', '😀', '\ufeff', '\\u'),
		{ maxLength: 30 },
	);
	fc.assert(
		fc.property(
			fc.oneof(
				letters.map((all) => encoder.encode(all.join(''))),
				fc.uint8Array({ maxLength: 60 }),
			),
			(bytes) => {
				const result = repairJson(bytes);
				if (result === null) return;
				JSON.parse(decoder.decode(result.bytes));
				let rebuilt = '';
				let from = 0;
				for (const { offset, length, inserted, insertedLength } of result.departures) {
					expect(offset).toBeGreaterThanOrEqual(from);
					rebuilt += `${exactDecoder.decode(bytes.subarray(from, offset))}${inserted}`;
					expect(insertedLength).toBe(encoder.encode(inserted).length);
					from = offset + length;
				}
				if (result.departures.length > 0) {
					rebuilt += exactDecoder.decode(bytes.subarray(from));
					expect(rebuilt).toBe(exactDecoder.decode(result.bytes));
				}
			},
		),
		{ numRuns: 3000 },
	);
});

test('every byte that was kept is found again in the original', () => {
	fc.assert(
		fc.property(writtenJson, fc.array(fc.nat(), { maxLength: 5 }), (text, places) => {
			let broken = text;
			for (const place of places) {
				const all = structure(broken);
				const { at } = all[place % all.length]!;
				broken = `${broken.slice(0, at)}/*é*/${broken.slice(at)}`;
			}
			const original = encoder.encode(`${broken.slice(0, -1)},${broken.slice(-1)}`);
			const { bytes, departures } = repairJson(original)!;
			for (let at = 0; at < bytes.length; at++) expect(original[originalOffset(departures, at)]).toBe(bytes[at]);
			expect(originalOffset(departures, bytes.length)).toBe(original.length);
		}),
	);
});

test('a megabyte full of faults is read to its end', () => {
	for (const piece of ['"\n', "'", '{', '[', '/*', '"a', '\\', ',', '“', '#\n', '["a\n']) {
		repairJson(encoder.encode(`{"a":${piece.repeat(1_000_000 / piece.length)}`));
		repairJson(encoder.encode(`{"a":"${piece.repeat(1_000_000 / piece.length)}`));
	}
});
