import type { ChainEntry } from '../changes/chain-entry';
import type { ChainRemark } from '../changes/chain-remarks';
import { LiveChain } from '../changes/live-chain';
import type { DeliveryId } from '../deliveries/delivery';
import type { DeliveryLog } from '../deliveries/log';

/** So many at once are followed before they are shown, so that a remark comes with its row. */
const atOnce = 200;
/** Between two looks at the clock. */
const step = 32;
const sliceMilliseconds = 4;
const restMilliseconds = 1000;

/** The world outside: a clock, and somebody to call later. */
export interface ChainTimer {
	now: () => number;
	/** Returns the way to call it off. */
	later: (run: () => void, milliseconds: number) => () => void;
}

const pageTimer: ChainTimer = {
	now: () => performance.now(),
	later: (run, milliseconds) => {
		const timer = setTimeout(run, milliseconds);
		return () => clearTimeout(timer);
	},
};

/**
 * Follows the chain over a log: whatever it holds in slices that leave the page free, what arrives at once. What was
 * said stays until the log has been gone through anew, so that nothing flickers.
 */
export class ChainFollower {
	readonly #log: DeliveryLog;
	readonly #onchange: () => void;
	readonly #timer: ChainTimer;
	#shown = new LiveChain();
	/** Takes the place of `shown` when it has reached the end. */
	#next: LiveChain | null = null;
	/** The last delivery that was followed. */
	#cursor: DeliveryId = 0;
	/** Older deliveries are on their way: the chain begins with the oldest. */
	#isWaiting = true;
	#callOff: (() => void) | null = null;
	#told = 0;

	/** @param onchange called when a remark has come or gone */
	constructor(log: DeliveryLog, onchange: () => void, timer: ChainTimer = pageTimer) {
		this.#log = log;
		this.#onchange = onchange;
		this.#timer = timer;
	}

	/** Deliveries before which one is missing, ascending. */
	get gaps(): readonly DeliveryId[] {
		return this.#shown.gaps;
	}

	remarksOf(id: DeliveryId): readonly ChainRemark[] {
		return this.#shown.remarksOf(id);
	}

	/** The log is read anew: nothing more is followed until it is complete. */
	wait(): void {
		this.#stop();
		this.#isWaiting = true;
	}

	/** The log is complete, or something in it has changed: goes through all of it. */
	restart(): void {
		this.#stop();
		this.#isWaiting = false;
		this.#next = new LiveChain();
		this.#cursor = 0;
		this.follow();
	}

	/** `restart`, once nothing has changed for a while. */
	restartSoon(): void {
		if (this.#isWaiting) return;
		this.#stop();
		this.#callOff = this.#timer.later(() => this.restart(), restMilliseconds);
	}

	/** The log was emptied: nothing is known any more. */
	forgetAll(): void {
		this.#shown = new LiveChain();
		if (!this.#isWaiting) this.restart();
		this.#tell();
	}

	/** Deliveries have left the log; what they taught stays known. */
	forgetGone(): void {
		this.#shown.keepOnly((id) => this.#log.indexOf(id) !== -1);
		this.#tell();
	}

	/** Follows what has been added at the end of the log. */
	follow(): void {
		// A slice, or a restart, that is still to come brings it.
		if (this.#isWaiting || this.#callOff !== null) return;
		if (this.#log.size - this.#log.indexAfter(this.#cursor) <= atOnce) this.#followSlice(Infinity);
		else this.#goOn();
	}

	#goOn(): void {
		this.#callOff = this.#timer.later(() => {
			this.#callOff = null;
			this.#followSlice(this.#timer.now() + sliceMilliseconds);
		}, 0);
	}

	#followSlice(until: number): void {
		const chain = this.#next ?? this.#shown;
		let index = this.#log.indexAfter(this.#cursor);
		while (index < this.#log.size) {
			const end = Math.min(index + step, this.#log.size);
			chain.add(entriesOf(this.#log, index, end));
			index = end;
			this.#cursor = this.#log.idAt(end - 1);
			if (index < this.#log.size && this.#timer.now() >= until) return this.#goOn();
		}
		if (this.#next !== null) {
			const hadNoRemarks = this.#shown.version === 0 && this.#next.version === 0;
			this.#shown = this.#next;
			this.#next = null;
			// Versions of two chains are not to be compared.
			if (!hadNoRemarks) this.#told = -1;
		}
		this.#tell();
	}

	#stop(): void {
		this.#callOff?.();
		this.#callOff = null;
	}

	#tell(): void {
		if (this.#shown.version === this.#told) return;
		this.#told = this.#shown.version;
		this.#onchange();
	}
}

function* entriesOf(log: DeliveryLog, first: number, end: number): Generator<ChainEntry> {
	for (let index = first; index < end; index++) {
		const event = log.event(index);
		yield {
			id: log.idAt(index),
			endpoint: log.value(index, 'endpoint'),
			event,
			accountId: log.value(index, 'accountId'),
			conversationId: log.value(index, 'conversationId'),
			changed: event === 'conversation_updated' ? log.changed(index) : [],
			deliveryHeaderId: log.value(index, 'deliveryHeaderId'),
			bodyHash: log.value(index, 'bodyHash'),
		};
	}
}
