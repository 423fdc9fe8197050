import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyText } from './pretty-text';
import { scanJson } from './scan';

function pretty(text: string): string {
	const scanned = scanJson(new TextEncoder().encode(text));
	if (!scanned.ok) throw new Error(scanned.error.message);
	return prettyText(scanned.document);
}

test('any value is laid out as JSON.stringify lays it out', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.nat({ max: 3 }), (value, indent) => {
			// Integers as names are moved to the front by JavaScript, on both sides.
			const text = JSON.stringify(value, null, indent);
			expect(pretty(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
		}),
	);
});

test('numbers, escapes and repeated names stay as they are written', () => {
	expect(pretty('{"a":1.0,"a":12345678901234567890,"\\u0062":"\\/"}')).toBe(
		'{\n  "a": 1.0,\n  "a": 12345678901234567890,\n  "\\u0062": "\\/"\n}',
	);
});

test('nesting of any depth is laid out, without ever longer lines', () => {
	const text = pretty('['.repeat(20_000) + ']'.repeat(20_000));
	expect(text.length).toBeLessThan(20_000 * 2 * 210);
	expect(JSON.stringify(scanJson(new TextEncoder().encode(text)).ok)).toBe('true');
});
