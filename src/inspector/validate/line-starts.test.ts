import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionOf } from '../../json/utf8';
import { LineStarts } from './line-starts';
import { tokenEnd } from './token-end';

test('lines and columns are the same as those of bytes, and lead back to their place', () => {
	const letters = fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n'), { maxLength: 20 });
	fc.assert(
		fc.property(letters, fc.nat(), (parts, place) => {
			const text = parts.join('');
			const units = [...text];
			const before = units.slice(0, place % (units.length + 1)).join('');
			const lines = new LineStarts(text);
			const position = lines.positionOf(before.length);
			expect(position).toEqual(positionOf(new TextEncoder().encode(text), new TextEncoder().encode(before).length));
			expect(lines.offsetOf(position.line, position.column)).toBe(before.length);
		}),
	);
});

test('a place that is not there counts as the nearest', () => {
	const lines = new LineStarts('ab\nc');
	expect(lines.offsetOf(9, 9)).toBe(4);
	expect(lines.offsetOf(0, 0)).toBe(0);
	expect(lines.positionOf(99)).toEqual({ line: 2, column: 2 });
	expect(new LineStarts('\ufeff{').positionOf(1)).toEqual({ line: 1, column: 1 });
});

test.each([
	['"a\\"b", 1', 0, '"a\\"b"'],
	['"open\nnext', 0, '"open'],
	['-1.5e3,', 0, '-1.5e3'],
	['null}', 0, 'null'],
	['{"a":1}', 0, '{'],
	['{', 1, ''],
	['\n', 0, ''],
])('the token in %j at %i is %j', (text, at, token) => {
	expect(text.slice(at, tokenEnd(text, at))).toBe(token);
});

test('a token of any length is cut', () => {
	expect(tokenEnd(`"${'x'.repeat(1_000_000)}"`, 0)).toBeLessThan(3000);
});
