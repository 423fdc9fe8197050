import type { DeliveryPage, Summary } from '../deliveries/api';
import type { DeliveryId } from '../deliveries/delivery';
import { ApiProblem, type ApiClient, type StreamMessage } from './api-client';
import type { StreamSlots } from './stream-slots';

/** How the page is connected; always what is true right now. */
export type Link =
	| { kind: 'connecting' }
	| { kind: 'live' }
	/** Asking the list on a timer: the stream is held back on the way, or other tabs have used up the connections. */
	| { kind: 'asking'; why: 'held-back' | 'many-tabs' }
	/** The tab is hidden and has let go of its connection. */
	| { kind: 'resting' }
	| { kind: 'down'; since: number; message: string }
	/** No use trying again: there is no receiver here, or it does not let this page in. */
	| { kind: 'shut'; code: string; message: string };

/** An interruption that is over: what was filled in stands after `afterId`. */
export interface Interruption {
	afterId: DeliveryId;
	/** Unix milliseconds. */
	from: number;
	to: number;
	filledIn: number;
}

/** Who takes what the feed brings. */
export interface FeedListener {
	/** Forget everything: what follows is the list anew. */
	reset(): void;
	/** Newer deliveries and changed states, in the order in which they happened. */
	receive(messages: readonly StreamMessage[]): void;
	/** The page before the oldest known. */
	receiveOlder(summaries: readonly Summary[], isComplete: boolean): void;
	/** The page before the oldest known can't be read from the store; it is asked for again and again. */
	olderFailed(message: string): void;
	setLink(link: Link): void;
	interrupted(interruption: Interruption): void;
	/** The ids on screen, whose states are asked for again after an interruption. */
	shown(): { after: DeliveryId; limit: number } | null;
}

/** What the feed needs to know of the tab around it. */
export interface Surroundings {
	isHidden(): boolean;
	/** Calls back when the tab is hidden or shown, or the network comes back. Returns the way to stop. */
	onChange(callback: () => void): () => void;
	slots: StreamSlots;
	/** Resolves at the beginning of the next frame; where none is drawn, after a moment. */
	frame(): Promise<void>;
	now(): number;
}

const firstPage = 500;
/** A page of this size nearly fills a chunk of the log, so that no row is moved when the next one comes before it. */
const page = 1000;
const askMilliseconds = 2_000;
/** The receiver speaks at once when a stream opens, and at least every 15 seconds. */
const openMilliseconds = 4_000;
const silenceMilliseconds = 40_000;
const retryMilliseconds = [200, 500, 1_000, 2_000, 4_000, 5_000];
const tryStreamAgainMilliseconds = 30_000;

/**
 * Keeps the page's list true: the newest page, then everything older in the background, and what
 * arrives live. One cursor serves all: whatever interrupts the stream, the next question is for what
 * comes after the last delivery that was seen.
 */
export class Feed {
	readonly #api: ApiClient;
	readonly #listener: FeedListener;
	readonly #around: Surroundings;
	#cursor: DeliveryId = 0;
	#running: AbortController | null = null;
	/** Set while the link is down: where it was lost. */
	#lost: { afterId: DeliveryId; at: number } | null = null;
	#filledIn = 0;
	/** Whether states may have changed unheard. */
	#hasMissedStates = false;
	/** Ends the wait that is under way. */
	#wake: (() => void) | null = null;
	/** Closes the stream that is open, without stopping. */
	#letGo: (() => void) | null = null;

	constructor(api: ApiClient, listener: FeedListener, around: Surroundings) {
		this.#api = api;
		this.#listener = listener;
		this.#around = around;
	}

	/** Starts, and goes on until the returned function is called. */
	start(): () => void {
		const stopListening = this.#around.onChange(() => {
			this.#wake?.();
			if (this.#around.isHidden()) this.#letGo?.();
		});
		this.reload();
		return () => {
			stopListening();
			this.#running?.abort();
		};
	}

	/** Reads the whole list anew: after a clear, an undo, or when the list turns out to differ from the store. */
	reload(): void {
		this.#running?.abort();
		const running = new AbortController();
		this.#running = running;
		void this.#run(running.signal);
	}

	async #run(signal: AbortSignal): Promise<void> {
		this.#listener.setLink({ kind: 'connecting' });
		let isLoaded = false;
		for (let failures = 0; !signal.aborted;) {
			if (this.#around.isHidden()) {
				this.#listener.setLink({ kind: 'resting' });
				await this.#pause(Infinity, signal);
				continue;
			}
			try {
				if (!isLoaded) {
					await this.#loadNewest(signal);
					isLoaded = true;
				}
				await this.#follow(signal);
				failures = 0;
			} catch (error) {
				if (signal.aborted) return;
				if (!(error instanceof ApiProblem)) throw error;
				if (error.code === 'refused' || error.code === 'no-receiver') {
					this.#listener.setLink({ kind: 'shut', code: error.code, message: error.message });
					if (!isLoaded) return;
				} else {
					this.#lost ??= { afterId: this.#cursor, at: this.#around.now() };
					this.#listener.setLink({ kind: 'down', since: this.#lost.at, message: error.message });
				}
				await this.#pause(retryMilliseconds[Math.min(failures++, retryMilliseconds.length - 1)]!, signal);
			}
		}
	}

	async #loadNewest(signal: AbortSignal): Promise<void> {
		const { deliveries, oldest } = await this.#api.list({ limit: firstPage });
		if (signal.aborted) return;
		this.#listener.reset();
		this.#cursor = Math.max(this.#cursor, deliveries.at(-1)?.id ?? 0);
		this.#listener.receive(deliveries.map((summary) => ({ type: 'delivery', summary })));
		const first = deliveries[0]?.id;
		if (first === undefined || first === oldest) this.#listener.receiveOlder([], true);
		else void this.#loadOlder(first, signal);
	}

	async #loadOlder(before: DeliveryId, signal: AbortSignal): Promise<void> {
		let cursor = before;
		let asked = this.#askOlder(cursor);
		while (!signal.aborted) {
			try {
				const { deliveries } = await asked;
				if (signal.aborted) return;
				const isComplete = deliveries.length < page;
				if (!isComplete) {
					cursor = deliveries[0]!.id;
					// The receiver reads the next page while this one is taken in.
					asked = this.#askOlder(cursor);
				}
				// Reading the answer and taking it in would be one task, longer than a frame.
				await new Promise((resolve) => setTimeout(resolve));
				if (signal.aborted) return;
				this.#listener.receiveOlder(deliveries, isComplete);
				if (isComplete) return;
			} catch (error) {
				if (!(error instanceof ApiProblem)) throw error;
				// That nobody answers is told by the stream's own loop, which a store with a damaged part leaves in peace.
				if (error.code === 'store-failed' && !signal.aborted) this.#listener.olderFailed(error.message);
				await this.#pause(askMilliseconds, signal);
				asked = this.#askOlder(cursor);
			}
		}
	}

	/** The page before an id. When it fails nobody may wait for it yet, or any more. */
	#askOlder(before: DeliveryId): Promise<DeliveryPage> {
		const asked = this.#api.list({ before, limit: page });
		asked.catch(() => undefined);
		return asked;
	}

	/** Returns when the stream has ended in good order: the tab was hidden, or the receiver wants us to come back. */
	async #follow(signal: AbortSignal): Promise<void> {
		const release = await this.#around.slots.take();
		if (!release) return this.#askFor(askMilliseconds, 'many-tabs', signal);
		try {
			const outcome = await this.#stream(signal);
			if (outcome === 'held-back') await this.#askFor(tryStreamAgainMilliseconds, 'held-back', signal);
		} finally {
			release();
		}
	}

	async #stream(signal: AbortSignal): Promise<'ended' | 'held-back'> {
		const own = new AbortController();
		const abort = () => own.abort();
		signal.addEventListener('abort', abort);
		this.#letGo = abort;
		let isOpen = false;
		let isSilent = false;
		/** What has come since the frame before. */
		let arrived: StreamMessage[] = [];
		const takeArrived = () => {
			const messages = arrived;
			arrived = [];
			if (!signal.aborted) this.#take(messages);
		};
		let timer: ReturnType<typeof setTimeout> | undefined;
		const expectWithin = (milliseconds: number) => {
			clearTimeout(timer);
			timer = setTimeout(() => {
				isSilent = true;
				own.abort();
			}, milliseconds);
		};
		try {
			expectWithin(openMilliseconds);
			for await (const messages of this.#api.stream(this.#cursor, own.signal)) {
				expectWithin(silenceMilliseconds);
				if (own.signal.aborted) break;
				if (!isOpen) {
					isOpen = true;
					await this.#askAgainForShown();
					this.#listener.setLink({ kind: 'live' });
				}
				// However it comes in pieces, it is drawn once in a frame, and taken in by the task that draws it.
				if (arrived.length === 0 && messages.length > 0) void this.#around.frame().then(takeArrived);
				arrived.push(...messages);
			}
			if (!isOpen && !own.signal.aborted) throw new ApiProblem('unreachable', 'The receiver has ended the stream.');
			return 'ended';
		} catch (error) {
			if (signal.aborted) return 'ended';
			if (isSilent) {
				if (!isOpen) return 'held-back';
				throw new ApiProblem('unreachable', 'The receiver has fallen silent.');
			}
			if (own.signal.aborted) return 'ended';
			throw error;
		} finally {
			clearTimeout(timer);
			signal.removeEventListener('abort', abort);
			this.#letGo = null;
			takeArrived();
			this.#hasMissedStates = true;
		}
	}

	/** Asks the list on a timer, for a while: the same cursor, another way. */
	async #askFor(milliseconds: number, why: 'held-back' | 'many-tabs', signal: AbortSignal): Promise<void> {
		for (const until = this.#around.now() + milliseconds; ;) {
			const { deliveries } = await this.#api.list({ after: this.#cursor, limit: page });
			if (signal.aborted) return;
			this.#listener.setLink({ kind: 'asking', why });
			this.#take(deliveries.map((summary) => ({ type: 'delivery', summary })));
			this.#recovered();
			if (deliveries.length === page) continue;
			await this.#pause(askMilliseconds, signal);
			if (signal.aborted || this.#around.isHidden() || this.#around.now() >= until) return;
		}
	}

	#take(messages: readonly StreamMessage[]): void {
		if (messages.length === 0) return;
		let isCaughtUp = false;
		for (const message of messages) {
			if (message.type === 'delivery') {
				this.#cursor = Math.max(this.#cursor, message.summary.id);
				if (this.#lost) this.#filledIn++;
			} else if (message.type === 'store') isCaughtUp = true;
		}
		this.#listener.receive(messages);
		// The store's event ends what the stream had to catch up with.
		if (isCaughtUp) this.#recovered();
	}

	/** States that changed while nobody listened are not sent again, so those on screen are asked for. */
	async #askAgainForShown(): Promise<void> {
		const shown = this.#hasMissedStates ? this.#listener.shown() : null;
		this.#hasMissedStates = false;
		if (!shown) return;
		const { deliveries } = await this.#api.list(shown);
		this.#listener.receive(deliveries.map((summary) => ({ type: 'update', summary })));
	}

	#recovered(): void {
		if (!this.#lost) return;
		const { afterId, at } = this.#lost;
		this.#listener.interrupted({ afterId, from: at, to: this.#around.now(), filledIn: this.#filledIn });
		this.#lost = null;
		this.#filledIn = 0;
	}

	/** Waits, but not beyond the end, and not when the tab is shown or the network comes back. */
	#pause(milliseconds: number, signal: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const timer = Number.isFinite(milliseconds) ? setTimeout(done, milliseconds) : undefined;
			this.#wake = done;
			signal.addEventListener('abort', done);
			function done(): void {
				clearTimeout(timer);
				signal.removeEventListener('abort', done);
				resolve();
			}
		});
	}
}
