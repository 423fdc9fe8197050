import type { Letter } from './outbox';
import type { Story } from './story';
import { second } from './virtual-time';
import type { Workplace } from './workplace';

export interface Pace {
	/** Deliveries a second, on the virtual clock and in the long run: one step sends its own within some milliseconds. */
	rate: number;
	/** How many stories go on at once, once all have begun. */
	together: number;
}

/** Lets stories go on in turns, at a pace. Holds as many as go on at once, and nothing of those that are over. */
export class Life {
	readonly #place: Workplace;
	readonly #begin: () => Story | null;
	readonly #pace: Pace;
	#stories: Story[] = [];
	/** When the next step is due; it may lag behind the clock after a long step. */
	#due: number;

	constructor(place: Workplace, pace: Pace, begin: () => Story | null) {
		this.#place = place;
		this.#pace = pace;
		this.#begin = begin;
		this.#due = place.clock.now;
	}

	/** How many stories go on. */
	get size(): number {
		return this.#stories.length;
	}

	/** What the next step sends, one delivery at least; null when all is told and nothing begins any more. */
	step(): Letter[] | null {
		const { random, clock, outbox } = this.#place;
		for (;;) {
			clock.waitUntil(this.#due);
			if (this.#stories.length < this.#pace.together && (this.#stories.length === 0 || random.chance(0.3))) {
				const story = this.#begin();
				if (story !== null) this.#stories.push(story);
			}
			if (this.#stories.length === 0) return null;
			const index = random.between(0, this.#stories.length - 1);
			if (this.#stories[index]!.next().done) this.#stories.splice(index, 1);
			const letters = outbox.take();
			if (letters.length === 0) continue;
			this.#due += (letters.length * second * random.between(50, 150)) / 100 / this.#pace.rate;
			return letters;
		}
	}
}
