import type { StoreEvent, DeliveryStore } from './store';
import type { DeliveryId } from '../deliveries/delivery';

/** One event as it goes out; written once, however many pages listen, and not at all when none does. */
export class FeedMessage {
	readonly #event: StoreEvent;
	#text: string | undefined;

	constructor(event: StoreEvent) {
		this.#event = event;
	}

	/** Set for `delivery` events: their place in the list. */
	get id(): DeliveryId | null {
		return this.#event.type === 'delivery' ? this.#event.summary.id : null;
	}

	get text(): string {
		return (this.#text ??= write(this.#event));
	}
}

/**
 * The latest events of the store, for every open stream to read at its own pace.
 * A stream holds a position in it and nothing else, so a page that reads slowly costs no memory.
 */
export class LiveFeed {
	readonly #size: number;
	readonly #ring: FeedMessage[] = [];
	/** The position after the newest message; positions count from 0 and only grow. */
	#end = 0;
	#waiting = new Set<() => void>();
	readonly #unsubscribe: () => void;
	#isClosed = false;

	constructor(store: DeliveryStore, size = 4096) {
		this.#size = size;
		this.#unsubscribe = store.subscribe((event) => this.#push(event));
	}

	get end(): number {
		return this.#end;
	}

	get isClosed(): boolean {
		return this.#isClosed;
	}

	/** How many readers have read everything and wait for more. */
	get waiting(): number {
		return this.#waiting.size;
	}

	/** The messages from a position on, at most `limit`; null when the oldest of them are no longer held. */
	read(position: number, limit: number): FeedMessage[] | null {
		if (position < this.#end - this.#ring.length) return null;
		const messages: FeedMessage[] = [];
		const until = Math.min(this.#end, position + limit);
		for (let at = position; at < until; at++) messages.push(this.#ring[at % this.#size]!);
		return messages;
	}

	/** Calls back once, at the next message or when the feed is closed. Returns the way to stop waiting. */
	wait(wake: () => void): () => void {
		this.#waiting.add(wake);
		return () => this.#waiting.delete(wake);
	}

	/** Ends every stream. */
	close(): void {
		this.#isClosed = true;
		this.#unsubscribe();
		this.#wake();
	}

	#push(event: StoreEvent): void {
		const message = new FeedMessage(event);
		if (this.#ring.length < this.#size) this.#ring.push(message);
		else this.#ring[this.#end % this.#size] = message;
		this.#end++;
		this.#wake();
	}

	#wake(): void {
		if (this.#waiting.size === 0) return;
		const waiting = this.#waiting;
		this.#waiting = new Set();
		for (const wake of waiting) wake();
	}
}

function write(event: StoreEvent): string {
	if (event.type === 'store') return storeMessage(event.status);
	if (event.type === 'update') return `event: update\ndata: ${JSON.stringify(event.summary)}\n\n`;
	return deliveryMessage(event.summary);
}

/** `event: delivery` of the stream. */
export function deliveryMessage(summary: { id: DeliveryId }): string {
	return `event: delivery\nid: ${summary.id}\ndata: ${JSON.stringify(summary)}\n\n`;
}

/** `event: store` of the stream. */
export function storeMessage(status: object): string {
	return `event: store\ndata: ${JSON.stringify(status)}\n\n`;
}
