import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneLine } from './one-line';

test('line ends, control characters and direction overrides become blanks', () => {
	expect(oneLine('  Courier\r\nsays\t\u0000\u202e no\u2028', 80)).toBe('Courier says no');
});

test('joined emoji and other scripts stay', () => {
	expect(oneLine('مرحبا 👩‍👩‍👧‍👦', 80)).toBe('مرحبا 👩‍👩‍👧‍👦');
});

test('a long text ends with an ellipsis, and never within a character', () => {
	expect(oneLine('12345678', 8)).toBe('12345678');
	expect(oneLine('123456789', 8)).toBe('1234567…');
	expect(oneLine('𝄞𝄞𝄞𝄞𝄞', 4)).toBe('𝄞…');
});

test('whatever the text, it is one line that fits and has no half character of ours', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 30 }), (text, limit) => {
			const line = oneLine(text, limit);
			expect(line.length).toBeLessThanOrEqual(limit);
			expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
			expect(line).not.toMatch(/\p{Cs}/u);
		}),
	);
});
