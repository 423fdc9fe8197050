import type { PlantedFault } from './fault';
import type { Random } from './random';
import type { WireObject } from './rails-json';
import type { VirtualClock } from './virtual-clock';
import { millisecond, type Moment } from './virtual-time';

/** A delivery before it is written and signed. */
export interface Letter {
	event: string;
	body: WireObject;
	/** Null for the senders that neither number nor sign: automation rules and macros. */
	deliveryId: string | null;
	/** When the request goes out, in Unix milliseconds of the virtual clock. */
	sentAt: number;
	/** The conversation that it is about; null for contacts and first visits. */
	conversation: number | null;
	fault: PlantedFault | null;
}

interface Waiting {
	event: string;
	write: (now: Moment) => WireObject;
	isNumbered: boolean;
	conversation: number | null;
	fault: PlantedFault | null;
}

/**
 * The events that wait for their jobs. Bodies are made when the outbox is emptied, from the state of that moment, as
 * Chatwoot's job queue does it: so several deliveries of one step may carry the same, later, state.
 *
 * Source: ground truth 1.7.
 */
export class Outbox {
	readonly #clock: VirtualClock;
	readonly #random: Random;
	#waiting: Waiting[] = [];

	constructor(clock: VirtualClock, random: Random) {
		this.#clock = clock;
		this.#random = random;
	}

	/** What the account's webhook is told. */
	dispatch(event: string, conversation: number | null, write: (now: Moment) => WireObject): void {
		this.#waiting.push({ event, write, isNumbered: true, conversation, fault: null });
	}

	/** What an automation rule or a macro sends. */
	dispatchUnsigned(event: string, conversation: number, write: (now: Moment) => WireObject): void {
		this.#waiting.push({ event, write, isNumbered: false, conversation, fault: null });
	}

	/** Loses the newest one: it never goes out. */
	lose(): void {
		this.#waiting.pop();
	}

	/** Plants a fault in the newest one; a body may be given that shows it. */
	plant(fault: PlantedFault, spoil: (body: WireObject) => WireObject = (body) => body): void {
		const newest = this.#waiting.at(-1)!;
		const { write } = newest;
		newest.fault = fault;
		newest.write = (now) => spoil(write(now));
	}

	/** Sends the newest two in the wrong order. Both are of one conversation. */
	swap(): void {
		const later = this.#waiting.pop()!;
		const earlier = this.#waiting.pop()!;
		this.#waiting.push(later, { ...earlier, fault: { kind: 'reordered', conversation: earlier.conversation! } });
	}

	/** Writes all that waits, in the order of the events, a little later each. */
	take(): Letter[] {
		const letters = this.#waiting.map(({ event, write, isNumbered, conversation, fault }): Letter => {
			const body = write(this.#clock.now);
			const deliveryId = isNumbered ? this.#random.uuid() : null;
			const sentAt = Math.floor(this.#clock.tick() / millisecond);
			return { event, body, deliveryId, sentAt, conversation, fault };
		});
		this.#waiting = [];
		return letters;
	}
}
