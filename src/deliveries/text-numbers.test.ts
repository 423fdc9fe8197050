import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextNumbers } from './text-numbers';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '0', 'a', 'b', '__proto__', 'constructor'));

test('each text keeps the number that it got when it came first, and one that never came has none', () => {
	fc.assert(
		fc.property(fc.array(anyText, { maxLength: 200 }), fc.array(anyText), (texts, others) => {
			const distinct = [...new Set(texts)];
			const numbers = new TextNumbers();
			expect(texts.map((text) => numbers.add(text))).toEqual(texts.map((text) => distinct.indexOf(text)));
			const asked = [...texts, ...others];
			expect(asked.map((text) => numbers.numberOf(text))).toEqual(asked.map((text) => distinct.indexOf(text)));
		}),
	);
});

test('there may be a hundred thousand of them, alike or not', () => {
	const numbers = new TextNumbers();
	const nth = (index: number) => (index % 2 === 0 ? `#${index}` : `${'x'.repeat(100)}${index}`);
	const indexes = Array.from({ length: 100_000 }, (_, index) => index);
	expect(indexes.filter((index) => numbers.add(nth(index)) !== index)).toEqual([]);
	expect(indexes.filter((index) => numbers.numberOf(nth(index)) !== index)).toEqual([]);
	expect(numbers.numberOf(nth(100_000))).toBe(-1);
});
