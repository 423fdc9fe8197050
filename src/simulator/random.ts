/**
 * Chance that can be repeated: the same seed gives the same numbers on every machine (the generator is sfc32, 32-bit
 * integers only). Any number is a seed; fractions count too.
 */
export class Random {
	#a: number;
	#b: number;
	#c: number;
	#counter = 1;

	constructor(seed: number) {
		const words = new Uint32Array(new Float64Array([seed]).buffer);
		this.#a = words[0]! ^ 0x9e3779b9;
		this.#b = words[1]! ^ 0x243f6a88;
		this.#c = 0xb7e15162;
		// Neighbouring seeds differ in a few bits only; that is gone after some rounds.
		for (let round = 0; round < 16; round++) this.bits();
	}

	/** 32 random bits, as an integer from 0. */
	bits(): number {
		const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
		this.#counter = (this.#counter + 1) | 0;
		this.#a = this.#b ^ (this.#b >>> 9);
		this.#b = (this.#c + (this.#c << 3)) | 0;
		this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
		return sum >>> 0;
	}

	/** From 0, below 1. */
	fraction(): number {
		return this.bits() / 2 ** 32;
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.fraction() * (most - least + 1));
	}

	/** True in so many of 1. */
	chance(share: number): boolean {
		return this.fraction() < share;
	}

	/** Throws when there is nothing to choose from. */
	pick<Item>(items: readonly Item[]): Item {
		if (items.length === 0) throw new Error('There is nothing to pick from.');
		return items[Math.floor(this.fraction() * items.length)]!;
	}

	/** The same items in another order. */
	shuffled<Item>(items: readonly Item[]): Item[] {
		const order = [...items];
		for (let last = order.length - 1; last > 0; last--) {
			const other = this.between(0, last);
			[order[last], order[other]] = [order[other]!, order[last]!];
		}
		return order;
	}

	/** So many characters of an alphabet. */
	text(length: number, alphabet: string): string {
		let text = '';
		for (let index = 0; index < length; index++) text += alphabet[Math.floor(this.fraction() * alphabet.length)];
		return text;
	}

	/** 24 letters and digits, as Rails makes secure tokens. */
	token(): string {
		return this.text(24, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');
	}

	/** A UUID of version 4. */
	uuid(): string {
		const words = [this.bits(), this.bits(), this.bits(), this.bits()];
		const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
		const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3];
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
	}
}

/** Deals every item once, in a random order, before any comes again: so that rare things do come. */
export class Deck<Item> {
	readonly #random: Random;
	readonly #items: readonly Item[];
	#rest: Item[] = [];

	constructor(random: Random, items: readonly Item[]) {
		this.#random = random;
		this.#items = items;
	}

	deal(): Item {
		if (this.#rest.length === 0) this.#rest = this.#random.shuffled(this.#items);
		return this.#rest.pop()!;
	}
}
