import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	booleanValue,
	canonicalText,
	find,
	integerValue,
	item,
	keyText,
	member,
	stringPreview,
	stringValue,
	toValue,
	valueText,
} from './document';
import { scanJson, type JsonDocument } from './scan';

function scan(text: string): JsonDocument {
	const result = scanJson(new TextEncoder().encode(text));
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

/** Any code point, lone surrogates too, with letters and what JSON escapes often among them. */
const anyLetter = fc.oneof(
	fc.constantFrom('a', 'b', 'é', '😀', '"', '\\', '/', '\n', '\0', '\u007f'),
	fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

test('a path of names and indexes leads to a value', () => {
	const document = scan('{"conversation":{"meta":{"a b":[{"x":1},true]}}}');
	expect(valueText(document, find(document, 'conversation', 'meta', 'a b', 0, 'x'))).toBe('1');
	expect(booleanValue(document, find(document, 'conversation', 'meta', 'a b', 1))).toBe(true);
	expect(find(document, 'conversation', 'labels', 'x')).toBe(-1);
	expect(find(document, 'conversation', 0)).toBe(-1);
	expect(find(document)).toBe(0);
});

test('readers of node -1 say null', () => {
	const document = scan('{}');
	expect([stringValue(document, -1), integerValue(document, -1), booleanValue(document, -1)]).toEqual([
		null,
		null,
		null,
	]);
	expect([member(document, -1, 'a'), item(document, -1, 0)]).toEqual([-1, -1]);
});

test('of repeated names the last one counts', () => {
	const document = scan('{"a":1,"\\u0061":2}');
	expect(valueText(document, member(document, 0, 'a'))).toBe('2');
	expect(toValue(document, 0)).toEqual({ a: 2 });
	expect(canonicalText(document, 0)).toBe('{"a":2}');
});

test('__proto__ is an ordinary member', () => {
	const document = scan('{"__proto__":{"admin":true},"constructor":1}');
	const value = toValue(document, 0) as object;
	expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
	expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
	expect(find(document, '__proto__', 'admin')).toBe(2);
	expect(member(scan('{}'), 0, '__proto__')).toBe(-1);
	expect(member(scan('{}'), 0, 'toString')).toBe(-1);
});

test('any member is found by its name, also one that begins like another', () => {
	const name = fc.oneof(
		fc.string({ unit: anyLetter, maxLength: 4 }),
		fc.constantFrom('', 'a', 'ab', '\\', '"', 'é', '\n', '\ud800'),
	);
	fc.assert(
		fc.property(fc.dictionary(name, fc.nat()), name, (value, other) => {
			const document = scan(JSON.stringify(value));
			for (const [wanted, number] of Object.entries(value)) {
				expect(integerValue(document, member(document, 0, wanted))).toBe(number);
			}
			expect(member(document, 0, other) !== -1).toBe(Object.hasOwn(value, other));
		}),
	);
});

test('integers are safe integers written without fraction and exponent', () => {
	const texts = ['0', '-0', '-12', '9007199254740991', '9007199254740992', '-9007199254740991', '1.0', '1e2', '"1"'];
	const document = scan(`[${texts.join(',')}]`);
	expect(texts.map((_, index) => integerValue(document, index + 1))).toEqual([
		0,
		0,
		-12,
		9007199254740991,
		null,
		-9007199254740991,
		null,
		null,
		null,
	]);
});

test('canonical text sorts members, keeps numbers, and writes strings in one way', () => {
	const document = scan('{ "b": [1.0, {"d":null,"c":"\\u0041\\/"}], "a": {}, "é": [] }');
	expect(canonicalText(document, 0)).toBe('{"a":{},"b":[1.0,{"c":"A/","d":null}],"é":[]}');
});

test('canonical text is the same whatever the order of members', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
			const reversed = Object.fromEntries(Object.entries(value).reverse());
			const one = scan(JSON.stringify(value));
			const other = scan(JSON.stringify(reversed, null, 2));
			expect(canonicalText(one, 0)).toBe(canonicalText(other, 0));
		}),
	);
});

test('a preview is the beginning of the text and never half a pair', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: anyLetter, maxLength: 60 }),
			fc.nat({ max: 40 }),
			fc.boolean(),
			(value, most, escaped) => {
				const source = escaped ? asciiJson(value) : JSON.stringify(value);
				const { text, isCut } = stringPreview(scan(source), 0, most);
				expect(isCut).toBe(value.length > most);
				expect(value.startsWith(text)).toBe(true);
				expect(text.length).toBeLessThanOrEqual(most);
				if (isCut) expect(text.length).toBeGreaterThanOrEqual(most - 1);
				expect(loneSurrogate.test(text) && !loneSurrogate.test(value)).toBe(false);
			},
		),
	);
});

const loneSurrogate = /\p{Surrogate}/u;

/** Each UTF-16 unit as an escape. */
function asciiJson(value: string): string {
	const escapes = Array.from({ length: value.length }, (_, index) =>
		value.charCodeAt(index).toString(16).padStart(4, '0'),
	);
	return `"${escapes.map((digits) => `\\u${digits}`).join('')}"`;
}

test('the names of items and of the root are null', () => {
	const document = scan('[1,{"":2}]');
	expect([0, 1, 2, 3].map((node) => keyText(document, node))).toEqual([null, null, null, '']);
});

test('an item is found among scalars and among containers', () => {
	const document = scan('[[1,2],[3],[[4]],{}]');
	expect([0, 1, 2, 3].map((index) => valueText(document, item(document, 0, index)))).toEqual([
		'[1,2]',
		'[3]',
		'[[4]]',
		'{}',
	]);
	expect([item(document, 0, 4), item(document, 0, -1), item(document, 0, 0.5)]).toEqual([-1, -1, -1]);
	expect(valueText(document, item(document, 1, 1))).toBe('2');
});
