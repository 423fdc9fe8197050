import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canonicalText, children, integerValue, keyText, stringValue, toValue, valueText } from './document';
import { JsonKind, scanJson, type JsonDocument, type JsonSyntaxError } from './scan';
import { isUtf8 } from './utf8';

const encoder = new TextEncoder();

function scan(text: string): JsonDocument {
	const result = scanJson(encoder.encode(text));
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

function faultOf(text: string): JsonSyntaxError {
	const result = scanJson(encoder.encode(text));
	if (result.ok) throw new Error('accepted');
	return result.error;
}

/** Any code point, lone surrogates too, with letters and what JSON escapes often among them. */
const anyLetter = fc.oneof(
	fc.constantFrom('a', 'b', 'é', '😀', '"', '\\', '/', '\n', '\0', '\u007f'),
	fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

const blanks = fc.array(fc.constantFrom(' ', '\n', '\r', '\t'), { maxLength: 2 }).map((all) => all.join(''));

/** JSON text of a value with blanks wherever JSON allows them. */
function spaced(value: unknown, blank: () => string): string {
	if (Array.isArray(value)) return `${blank()}[${value.map((entry) => spaced(entry, blank)).join(',')}]${blank()}`;
	if (typeof value === 'object' && value !== null) {
		const members = Object.entries(value).map(
			([name, entry]) => `${blank()}${JSON.stringify(name)}${blank()}:${spaced(entry, blank)}`,
		);
		return `${blank()}{${members.join(',')}${blank()}}${blank()}`;
	}
	return `${blank()}${JSON.stringify(value)}${blank()}`;
}

test('any JSON value, with blanks anywhere, reads as JSON.parse reads it', () => {
	fc.assert(
		fc.property(
			fc.jsonValue({ stringUnit: anyLetter }),
			fc.array(blanks, { minLength: 1, maxLength: 20 }),
			(value, some) => {
				let turn = 0;
				const text = spaced(value, () => some[turn++ % some.length]!);
				expect(toValue(scan(text), 0)).toEqual(JSON.parse(text));
			},
		),
	);
});

test('the tables of any JSON value agree with each other', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const document = scan(JSON.stringify(value));
			for (let node = 0; node < document.nodeCount; node++) {
				const found = [...children(document, node)];
				expect(found).toHaveLength(document.childCount[node]!);
				expect(found.map((child) => document.position[child])).toEqual(found.map((_, index) => index));
				for (const child of found) {
					expect(document.parent[child]).toBe(node);
					expect(document.depth[child]).toBe(document.depth[node]! + 1);
					expect(keyText(document, child) === null).toBe(document.kind[node] === JsonKind.array);
				}
			}
			expect(document.next[0]).toBe(document.nodeCount);
			expect(document.maxDepth).toBe(Math.max(...document.depth));
		}),
	);
});

function parses(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

const jsonBytes = [...'{}[]",:\\/ubfnrt0123456789.eE+-truefalsn \n\u0001\u007f\u00e9'].map((letter) =>
	letter.charCodeAt(0),
);

test('a damaged text is accepted exactly when JSON.parse accepts it', () => {
	const change = fc.record({
		at: fc.nat(),
		remove: fc.nat({ max: 2 }),
		insert: fc.array(fc.constantFrom(...jsonBytes), { maxLength: 2 }),
	});
	fc.assert(
		fc.property(
			fc.json({ stringUnit: anyLetter }),
			fc.array(change, { minLength: 1, maxLength: 3 }),
			(text, changes) => {
				const bytes = [...encoder.encode(text)];
				for (const { at, remove, insert } of changes) bytes.splice(at % (bytes.length + 1), remove, ...insert);
				const damaged = Uint8Array.from(bytes);
				fc.pre(isUtf8(damaged));
				const result = scanJson(damaged);
				expect(result.ok).toBe(parses(new TextDecoder('utf-8', { ignoreBOM: true }).decode(damaged)));
				if (result.ok) return;
				expect(result.error.offset).toBeLessThanOrEqual(damaged.length);
				expect(result.error.message).toMatch(/^[A-Z].*\.$/s);
			},
		),
		{ numRuns: 1000 },
	);
});

test('random letters of JSON are accepted exactly when JSON.parse accepts them', () => {
	const letters = fc.constantFrom(
		'{',
		'}',
		'[',
		']',
		',',
		':',
		'"',
		'"a"',
		'1',
		'-',
		'0',
		'.5',
		'e',
		'null',
		'true',
		' ',
		'\\',
	);
	fc.assert(
		fc.property(fc.array(letters, { maxLength: 8 }), (parts) => {
			const text = parts.join('');
			expect(scanJson(encoder.encode(text)).ok).toBe(parses(text));
		}),
		{ numRuns: 2000 },
	);
});

test('bytes of any kind never throw', () => {
	fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void scanJson(bytes)));
});

test('100,000 nested arrays are read', () => {
	const document = scan('['.repeat(100_000) + ']'.repeat(100_000));
	expect(document.nodeCount).toBe(100_000);
	expect(document.maxDepth).toBe(99_999);
	expect(canonicalText(document, 0)).toHaveLength(200_000);
	expect(Array.isArray(toValue(document, 0))).toBe(true);
});

test('100,000 nested objects that never end are a fault at the end', () => {
	const text = '{"a":'.repeat(100_000);
	expect(faultOf(text)).toMatchObject({
		offset: text.length,
		message: 'A value is expected after the colon, but the text ends here.',
	});
});

test('numbers keep their source text', () => {
	const numbers = ['12345678901234567890123', '1.0', '-0', '1e400', '1E+2', '0.10'];
	const document = scan(`[${numbers.join(' , ')}]`);
	expect([...children(document, 0)].map((node) => valueText(document, node))).toEqual(numbers);
	expect([...children(document, 0)].map((node) => integerValue(document, node))).toEqual([
		null,
		null,
		0,
		null,
		null,
		null,
	]);
});

test.each(['01', '-', '1.', '.5', '1e', '1e+', '+1', '-a', '0x1', 'NaN', 'Infinity', '1_000'])(
	'%s is no number',
	(text) => {
		expect(scanJson(encoder.encode(text)).ok).toBe(false);
	},
);

test('of a repeated name each repetition is marked, however it is written', () => {
	const document = scan('{"a":1,"\\u0061":2,"b":{"a":3},"a":4,"b":5}');
	expect([...document.duplicates].map((node) => valueText(document, node))).toEqual(['2', '4', '5']);
});

test('the same name in different objects is no repetition', () => {
	expect(scan('[{"a":1},{"a":{"a":2}}]').duplicates).toHaveLength(0);
});

test('repeated names are found in objects of any size, as a set of names finds them', () => {
	const name = fc.oneof(
		fc.nat({ max: 60 }).map((number) => `name_${number}`),
		fc.string({ maxLength: 3 }),
	);
	fc.assert(
		fc.property(fc.array(name, { maxLength: 90 }), (names) => {
			const document = scan(`{${names.map((text) => `${JSON.stringify(text)}:0`).join(',')}}`);
			const repeated = names.flatMap((text, index) => (names.indexOf(text) < index ? [index + 1] : []));
			expect([...document.duplicates]).toEqual(repeated);
		}),
	);
});

test('repeated names inside a repeated member come in document order', () => {
	const document = scan('{"a":0,"a":{"x":1,"x":2}}');
	expect([...document.duplicates]).toEqual([2, 4]);
});

test('a byte order mark is skipped, and counted by the offsets', () => {
	const document = scan('\ufeff{"a":1}');
	expect([document.start[0], document.keyStart[1], document.start[1]]).toEqual([3, 4, 8]);
	expect(toValue(document, 0)).toEqual({ a: 1 });
});

test('lone surrogates and characters beyond the basic plane are kept', () => {
	const document = scan('["\\ud83d", "\\ud83d\\ude00", "😀", "\\u0000"]');
	expect(toValue(document, 0)).toEqual(['\ud83d', '😀', '😀', '\0']);
	expect(stringValue(document, 3)).toBe('😀');
});

test.each([
	['', 1, 1, 'A value is expected, but the text is empty.'],
	['{"a":1,}', 1, 8, 'A member name in double quotes is expected after the comma, found `}`.'],
	['[1,]', 1, 4, 'A value is expected after the comma, found `]`.'],
	['{"a":1\n"b":2}', 2, 1, 'A comma or `}` is expected after this member, found `"`.'],
	['[1 2]', 1, 4, 'A comma or `]` is expected after this item, found `2`.'],
	['{a:1}', 1, 2, 'A member name in double quotes is expected, found `a`.'],
	['{"a" 1}', 1, 6, 'A colon is expected after the member name, found `1`.'],
	['{"a":undefined}', 1, 6, 'A value is expected after the colon, found `undefined`.'],
	['["😀", é]', 1, 8, 'A value is expected after the comma, found `é`.'],
	['{} x', 1, 4, 'Nothing may follow the value, found `x`.'],
	['{"a":"b', 1, 8, 'The text ends inside a string.'],
	['"a\nb"', 1, 3, 'A line ends inside a string. A line break has to be written as `\\n`.'],
	['"a\tb"', 1, 3, 'A string holds the control character U+0009, which has to be escaped.'],
	['"\\x"', 1, 3, 'One of `" \\ / b f n r t u` is expected after a backslash in a string, found `x`.'],
	['"\\u12g4"', 1, 2, 'Four hexadecimal digits are expected after `\\u` in a string.'],
	['[1.]', 1, 4, 'A digit is expected after the decimal point, found `]`.'],
	['[01]', 1, 2, 'A number begins with a zero that another digit follows; JSON allows no leading zero.'],
	['[1e]', 1, 4, 'A digit is expected in the exponent, found `]`.'],
])('%j says where and why it is no JSON', (text, line, column, message) => {
	expect(faultOf(text)).toMatchObject({ line, column, message });
});

const payloads = new URL('../../test/payloads/', import.meta.url);

test.each(readdirSync(payloads))('%s reads as JSON.parse reads it', (name) => {
	const bytes = readFileSync(new URL(name, payloads));
	const result = scanJson(bytes);
	expect(result).toMatchObject({ ok: true });
	if (!result.ok) return;
	const value: unknown = JSON.parse(bytes.toString());
	expect(toValue(result.document, 0)).toEqual(value);
	expect(JSON.parse(canonicalText(result.document, 0))).toEqual(value);
});
