import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyText, stringValue, valueText } from './document';
import { JsonKind, scanJson, type JsonDocument } from './scan';
import { searchDocument } from './search';

function scan(text: string): JsonDocument {
	const result = scanJson(new TextEncoder().encode(text));
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

/** The texts of a node that a search may match. */
function textsOf(document: JsonDocument, node: number): string[] {
	const own =
		document.kind[node]! <= JsonKind.array ? null : (stringValue(document, node) ?? valueText(document, node));
	return [keyText(document, node), own].filter((text) => text !== null);
}

function naive(document: JsonDocument, query: string): number[] {
	const isAscii = [...query].every((letter) => letter < '\u0080');
	const fold = (text: string) =>
		isAscii ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text.toLowerCase();
	const found: number[] = [];
	for (let node = 0; node < document.nodeCount; node++) {
		if (textsOf(document, node).some((text) => fold(text).includes(fold(query)))) found.push(node);
	}
	return found;
}

const letters = fc.string({
	unit: fc.constantFrom('a', 'A', 'b', 'É', 'é', '"', '\\', '\n', 'n', '😀', '1'),
	maxLength: 5,
});

test('a search finds what a naive search over decoded texts finds', () => {
	const entry = fc.oneof(letters, fc.integer(), fc.constantFrom(true, null));
	const value = fc.array(fc.oneof(entry, fc.dictionary(letters, entry)));
	fc.assert(
		fc.property(
			value,
			letters.filter((query) => query !== ''),
			fc.boolean(),
			(some, query, isEscaped) => {
				let text = JSON.stringify(some);
				if (isEscaped) text = text.replaceAll('a', '\\u0061').replaceAll('é', '\\u00e9');
				const document = scan(text);
				expect([...searchDocument(document, query)]).toEqual(naive(document, query));
			},
		),
		{ numRuns: 500 },
	);
});

test('names, strings, numbers and words are found once each, in document order', () => {
	const document = scan('{"status":"STATUS","n":[1403,true,null],"x":"no"}');
	expect([...searchDocument(document, 'Status')]).toEqual([1]);
	expect([...searchDocument(document, '40')]).toEqual([3]);
	expect([...searchDocument(document, 'TRUE')]).toEqual([4]);
	expect([...searchDocument(document, 'n')]).toEqual([2, 5, 6]);
	expect(searchDocument(document, '')).toHaveLength(0);
});

test('more matches than fit at first are all kept', () => {
	const document = scan(`[${Array.from({ length: 5000 }, () => '"x"').join(',')}]`);
	expect(searchDocument(document, 'X')).toHaveLength(5000);
});
