import type { Random } from './random';
import { second, type Moment } from './virtual-time';

/** The time of the simulated world. It moves by what happens in it, never by the machine's own clock. */
export class VirtualClock {
	readonly #random: Random;
	readonly #longestTick: number;
	#now: Moment;

	/** @param rate deliveries a second: at a high rate the machines of the world are as much faster. */
	constructor(start: Moment, rate: number, random: Random) {
		this.#now = start;
		this.#random = random;
		this.#longestTick = Math.max(2, Math.min(45_000, Math.floor((0.3 * second) / rate)));
	}

	get now(): Moment {
		return this.#now;
	}

	/** Lets the time pass that a save or a job takes: some milliseconds. */
	tick(): Moment {
		this.#now += this.#random.between(Math.ceil(this.#longestTick / 6), this.#longestTick);
		return this.#now;
	}

	/** Waits until then; never goes back. */
	waitUntil(moment: Moment): void {
		this.#now = Math.max(this.#now, Math.round(moment));
	}
}
