import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Deck, Random } from './random';

function numbers(seed: number): number[] {
	const random = new Random(seed);
	return Array.from({ length: 20 }, () => random.bits());
}

test('the same seed gives the same numbers, and another one others', () => {
	fc.assert(
		fc.property(fc.double({ noNaN: true }), fc.integer(), (one, other) => {
			expect(numbers(one)).toEqual(numbers(one));
			if (!Object.is(one, other)) expect(numbers(one)).not.toEqual(numbers(other));
		}),
	);
});

test('a number between two others reaches both and leaves them never', () => {
	const random = new Random(1);
	const seen = new Set(Array.from({ length: 500 }, () => random.between(3, 7)));
	expect([...seen].sort()).toEqual([3, 4, 5, 6, 7]);
});

test('a UUID is of version 4, and a token has 24 letters and digits', () => {
	fc.assert(
		fc.property(fc.integer(), (seed) => {
			const random = new Random(seed);
			expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
			expect(random.token()).toMatch(/^[0-9A-Za-z]{24}$/);
		}),
	);
});

test('a deck deals every card once before any comes again', () => {
	fc.assert(
		fc.property(fc.integer(), fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 12 }), (seed, cards) => {
			const deck = new Deck(new Random(seed), cards);
			for (let round = 0; round < 3; round++) {
				const dealt = cards.map(() => deck.deal());
				expect([...dealt].sort()).toEqual([...cards].sort());
			}
		}),
	);
});
