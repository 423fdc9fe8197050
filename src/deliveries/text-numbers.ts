/** Another one in each page, so that nobody can make up texts that all lead to the same place. */
const seed = Math.floor(Math.random() * 2 ** 32);

/**
 * Distinct texts, numbered from 0 in the order in which they came.
 *
 * Not a `Map`: Chromium keeps every text that is a key of one in a table of all names, and goes through the whole table
 * whenever it collects garbage. At 100,000 deliveries that was 20 ms of a pause of 40.
 */
export class TextNumbers {
	readonly #texts: string[] = [];
	/** Number + 1 of the text whose hash leads here, or to a place shortly before; 0 where there is none. */
	#places = new Uint32Array(16);

	/** -1 when the text is not here. */
	numberOf(text: string): number {
		return this.#places[this.#placeOf(text)]! - 1;
	}

	/** The number of a text, which is here afterwards. */
	add(text: string): number {
		const place = this.#placeOf(text);
		const known = this.#places[place]! - 1;
		if (known !== -1) return known;
		const count = this.#texts.push(text);
		this.#places[place] = count;
		// At most half of the places are taken, so that the next free one is near.
		if (count * 2 > this.#places.length) this.#grow();
		return count - 1;
	}

	/** Where the text stands, or where it would. */
	#placeOf(text: string): number {
		const last = this.#places.length - 1;
		for (let place = hashOf(text) & last; ; place = (place + 1) & last) {
			const number = this.#places[place]! - 1;
			if (number === -1 || this.#texts[number] === text) return place;
		}
	}

	#grow(): void {
		this.#places = new Uint32Array(this.#places.length * 2);
		for (const [number, text] of this.#texts.entries()) this.#places[this.#placeOf(text)] = number + 1;
	}
}

/** FNV-1a over UTF-16 units, with its upper bits mixed into the lower ones, which choose the place. */
function hashOf(text: string): number {
	let hash = seed;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
	return hash ^ (hash >>> 15);
}
