import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signedSamples } from '../../test/signed-samples';
import { children, keyText, stringValue, valueText } from '../json/document';
import { JsonKind, scanJson, type JsonDocument } from '../json/scan';
import { RailsFloat, railsJson, storedJson, type WireValue } from './rails-json';

/** What a body was made of: a number with a decimal point was a float. */
function wireValue(document: JsonDocument, node: number): WireValue {
	const kind = document.kind[node]!;
	const inside = [...children(document, node)];
	if (kind === JsonKind.array) return inside.map((child) => wireValue(document, child));
	if (kind === JsonKind.object) {
		return Object.fromEntries(inside.map((child) => [keyText(document, child)!, wireValue(document, child)]));
	}
	const text = valueText(document, node);
	if (kind === JsonKind.string) return stringValue(document, node);
	if (kind === JsonKind.number && /[.e]/.test(text)) return new RailsFloat(Number(text));
	return JSON.parse(text) as WireValue;
}

test('every signed sample is written again byte for byte', () => {
	const different = signedSamples().filter(({ body }) => {
		const scan = scanJson(body);
		return !scan.ok || railsJson(wireValue(scan.document, 0)) !== new TextDecoder().decode(body);
	});
	expect(different.map(({ name }) => name)).toEqual([]);
});

test('five characters are escaped in texts and names, and everything else beyond ASCII stays', () => {
	const body = { 'a<b>&': '\u2028\u2029 "x" \\ / 👋 漢 \u0001\t' };
	expect(railsJson(body)).toBe('{"a\\u003cb\\u003e\\u0026":"\\u2028\\u2029 \\"x\\" \\\\ / 👋 漢 \\u0001\\t"}');
});

test('floats are written as Ruby does: with a point, very small and very large ones with an exponent', () => {
	const written = (value: number) => railsJson(new RailsFloat(value));
	expect([1_773_280_637, 0, -2, 0.1, 129.5].map(written)).toEqual(['1773280637.0', '0.0', '-2.0', '0.1', '129.5']);
	expect([0.0001, 0.00001, 1.5e-7, 1e15, 1e16, -1.25e20].map(written)).toEqual([
		'0.0001',
		'1.0e-05',
		'1.5e-07',
		'1000000000000000.0',
		'1.0e+16',
		'-1.25e+20',
	]);
	expect(written(NaN)).toBe('null');
});

test('whatever is written is JSON that says the same', () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), (value) => {
			expect(JSON.parse(railsJson(value as WireValue))).toEqual(JSON.parse(JSON.stringify(value)));
		}),
	);
});

test('a stored object has its names by length, then by bytes, at every level; lists keep their order', () => {
	const stored = storedJson({ title: 1, zz: 2, id: { bb: 1, a: 2 }, é: 3, list: [{ two: 2, b: 1 }] });
	expect(railsJson(stored)).toBe('{"id":{"a":2,"bb":1},"zz":2,"é":3,"list":[{"b":1,"two":2}],"title":1}');
});
