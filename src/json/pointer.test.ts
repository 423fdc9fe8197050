import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueText } from './document';
import { jsonPathOf, pointerOf, resolvePointer } from './pointer';
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

test('every node of any value is found by its pointer', () => {
	fc.assert(
		fc.property(fc.jsonValue({ stringUnit: anyLetter }), (value) => {
			const document = scan(JSON.stringify(value));
			for (let node = 0; node < document.nodeCount; node++) {
				expect(resolvePointer(document, pointerOf(document, node))).toBe(node);
			}
		}),
	);
});

test('pointers escape slash and tilde', () => {
	const document = scan('{"a/b":{"m~n":[0,{"":1}]}}');
	expect(Array.from({ length: 6 }, (_, node) => pointerOf(document, node))).toEqual([
		'',
		'/a~1b',
		'/a~1b/m~0n',
		'/a~1b/m~0n/0',
		'/a~1b/m~0n/1',
		'/a~1b/m~0n/1/',
	]);
});

test('a pointer that names nothing, or is malformed, is -1', () => {
	const document = scan('{"a":[1,2],"01":{}}');
	for (const pointer of ['a', '/b', '/a/2', '/a/01', '/a/-', '/a/0/x', '/~2', '/a/1e0', '/a/', '/__proto__']) {
		expect(resolvePointer(document, pointer), pointer).toBe(-1);
	}
	expect(valueText(document, resolvePointer(document, '/01'))).toBe('{}');
});

test('paths are dotted where the name allows it', () => {
	const document = scan(`{"conversation":{"meta":{"a b":[true]},"it's":1,"\\u0007\\\\\\n":2,"9":3}}`);
	expect(jsonPathOf(document, 0)).toBe('$');
	expect(jsonPathOf(document, 4)).toBe("$.conversation.meta['a b'][0]");
	expect(jsonPathOf(document, 5)).toBe("$.conversation['it\\'s']");
	expect(jsonPathOf(document, 6)).toBe("$.conversation['\\u0007\\\\\\n']");
	expect(jsonPathOf(document, 7)).toBe("$.conversation['9']");
});
