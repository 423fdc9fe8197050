import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
	Answer,
	ClearResult,
	CountedMembers,
	DeliveryDetail,
	DeliveryPage,
	StoreStatus,
	Summary,
} from '../deliveries/api';
import type { Delivery, DeliveryId } from '../deliveries/delivery';
import {
	StoreError,
	type DeliveryStore,
	type ListRange,
	type SignatureState,
	type StoredDelivery,
	type StoreEvent,
	type StoreOptions,
	type WholeRange,
} from '../receiver/store';
import type { Operation, Report, Request, ThreadOptions } from './disk-store-messages';

export interface DiskStoreOptions extends StoreOptions {
	/** The folder; made when it is not there. */
	directory: string;
	/** The built `disk-store-thread.js`. */
	threadFile: URL;
	/** Pages that the file may have, a way for tests to fill the disk; 0 sets no limit. */
	maximumPages?: number;
}

interface Call {
	resolve(value: unknown): void;
	reject(error: StoreError): void;
}

/** How many deliveries may be without an answer before the oldest are taken for hung up. */
const mostUnanswered = 4096;

/**
 * Keeps deliveries in one SQLite file in a folder, which is locked for this process.
 *
 * A delivery is *safe* when its transaction has been flushed to the disk (`fsync`): it survives the
 * process being killed and the power failing. Answers and pins follow within a tenth of a second.
 */
export class DiskStore implements DeliveryStore {
	readonly #thread: Worker;
	readonly #now: () => number;
	readonly #listeners = new Set<(event: StoreEvent) => void>();
	readonly #calls = new Map<number, Call>();
	/** Summaries whose answer is not known yet, so that the answer's event needs no look into the file. */
	readonly #unanswered = new Map<DeliveryId, Summary>();
	/** What goes to the thread at the end of this turn of the event loop, all at once: messages cost more than what is in them, and what arrives together shares a commit. */
	#outbox: Request[] = [];
	#lastCall = 0;
	#status: StoreStatus;
	#isClosing = false;

	private constructor(thread: Worker, status: StoreStatus, now: () => number) {
		this.#thread = thread;
		this.#status = status;
		this.#now = now;
		thread.on('message', (message: Report) => this.#receive(message));
		thread.on('error', (error) => this.#giveUp(error.message));
		thread.on('exit', () => this.#giveUp('its thread has ended'));
	}

	/** Opens or makes the store. Rejects with a StoreError that says what is wrong and what to do. */
	static async open({
		directory,
		threadFile,
		keep,
		maximumPages = 0,
		now = Date.now,
	}: DiskStoreOptions): Promise<DiskStore> {
		try {
			mkdirSync(directory, { recursive: true, mode: 0o700 });
		} catch (cause) {
			const { code, message } = cause as NodeJS.ErrnoException;
			const problem =
				code === 'EEXIST'
					? `${directory} is a file, and the deliveries need a folder.`
					: `The folder ${directory} cannot be made (${message}).`;
			throw new StoreError(`${problem} Choose another with --data.`, { cause });
		}
		const workerData: ThreadOptions = { file: join(directory, 'deliveries.sqlite'), keep, maximumPages };
		const thread = new Worker(threadFile, { workerData });
		const opened = await new Promise<Report>((resolve, reject) => {
			thread.once('message', resolve);
			thread.once('error', reject);
		});
		if (opened.kind === 'unusable') {
			await thread.terminate();
			throw new StoreError(opened.message);
		}
		if (opened.kind !== 'opened') throw new Error(`The store's thread began with ${opened.kind}`);
		return new DiskStore(thread, opened.status, now);
	}

	/** Takes the body away: its buffer moves to the thread, and is empty for the caller from then on. */
	append(delivery: Delivery, signature: SignatureState = null): Promise<DeliveryId> {
		const call = ++this.#lastCall;
		return this.#ask({ kind: 'append', call, now: this.#now(), delivery, signature }) as Promise<DeliveryId>;
	}

	recordAnswer(id: DeliveryId, answer: Answer): void {
		const summary = this.#unanswered.get(id);
		this.#unanswered.delete(id);
		if (this.#isClosing) return;
		this.#post({ kind: 'answer', now: this.#now(), id, answer });
		if (!summary) return;
		const { status, milliseconds } = answer;
		this.#tell({
			type: 'update',
			summary: { ...summary, state: { ...summary.state, answer: { status, milliseconds } } },
		});
	}

	list(range: ListRange): Promise<DeliveryPage> {
		return this.#operate({ name: 'list', argument: range }) as Promise<DeliveryPage>;
	}

	listText(range: ListRange): Promise<Uint8Array<ArrayBuffer>> {
		return this.#operate({ name: 'listText', argument: range }) as Promise<Uint8Array<ArrayBuffer>>;
	}

	listWhole(range: WholeRange): Promise<StoredDelivery[]> {
		return this.#operate({ name: 'listWhole', argument: range }) as Promise<StoredDelivery[]>;
	}

	get(id: DeliveryId): Promise<DeliveryDetail | null> {
		return this.#operate({ name: 'get', argument: id }) as Promise<DeliveryDetail | null>;
	}

	body(id: DeliveryId): Promise<Uint8Array | null> {
		return this.#operate({ name: 'body', argument: id }) as Promise<Uint8Array | null>;
	}

	clear(through: DeliveryId): Promise<ClearResult> {
		return this.#operate({ name: 'clear', argument: through }) as Promise<ClearResult>;
	}

	restore(): Promise<number> {
		return this.#operate({ name: 'restore', argument: null }) as Promise<number>;
	}

	setPinned(id: DeliveryId, isPinned: boolean): Promise<Summary | null> {
		return this.#operate({ name: 'setPinned', argument: { id, isPinned } }) as Promise<Summary | null>;
	}

	countedMembers(): Promise<CountedMembers> {
		return this.#operate({ name: 'countedMembers', argument: null }) as Promise<CountedMembers>;
	}

	status(): StoreStatus {
		return this.#status;
	}

	subscribe(listener: (event: StoreEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async close(): Promise<void> {
		if (this.#isClosing) return;
		const closed = this.#operate({ name: 'close', argument: null });
		const ended = new Promise((resolve) => this.#thread.once('exit', resolve));
		this.#isClosing = true;
		await closed;
		await ended;
		this.#listeners.clear();
	}

	#operate(operation: Operation): Promise<unknown> {
		return this.#ask({ kind: 'operation', call: ++this.#lastCall, now: this.#now(), operation });
	}

	#ask(request: Exclude<Request, { kind: 'answer' }>): Promise<unknown> {
		if (this.#isClosing) return Promise.reject(new StoreError('The store is closed.'));
		return new Promise((resolve, reject) => {
			this.#calls.set(request.call, { resolve, reject });
			this.#post(request);
		});
	}

	#post(request: Request): void {
		if (this.#outbox.push(request) === 1) setImmediate(() => this.#flush());
	}

	#flush(): void {
		const requests = this.#outbox;
		this.#outbox = [];
		// A set, because two bodies may be parts of one buffer, which can move only once.
		const buffers = new Set<ArrayBuffer>();
		for (const request of requests) {
			if (request.kind === 'append') buffers.add(request.delivery.body.buffer as ArrayBuffer);
		}
		this.#thread.postMessage(requests, [...buffers]);
	}

	#receive(message: Report): void {
		switch (message.kind) {
			case 'appended':
				this.#status = message.status;
				for (const [index, summary] of message.summaries.entries()) {
					this.#awaitAnswer(summary);
					this.#tell({ type: 'delivery', summary });
					this.#take(message.calls[index]!)?.resolve(summary.id);
				}
				return this.#tell({ type: 'store', status: message.status });
			case 'done':
				if (message.status) {
					this.#status = message.status;
					this.#tell({ type: 'store', status: message.status });
				}
				return this.#take(message.call)?.resolve(message.value);
			case 'failed':
				for (const call of message.calls) this.#take(call)?.reject(new StoreError(message.message));
				return;
			case 'updated':
				for (const summary of message.summaries) this.#tell({ type: 'update', summary });
				return;
			case 'status':
				this.#status = message.status;
				return this.#tell({ type: 'store', status: message.status });
		}
	}

	#awaitAnswer(summary: Summary): void {
		this.#unanswered.set(summary.id, summary);
		if (this.#unanswered.size <= mostUnanswered) return;
		const [oldest] = this.#unanswered.keys();
		this.#unanswered.delete(oldest!);
	}

	#take(call: number): Call | undefined {
		const taken = this.#calls.get(call);
		this.#calls.delete(call);
		return taken;
	}

	#tell(event: StoreEvent): void {
		for (const listener of this.#listeners) listener(event);
	}

	/** The thread is gone: whoever waits is told, and so is the page. */
	#giveUp(reason: string): void {
		const problem = `The store has stopped (${reason}). Restart the receiver; what was stored is safe.`;
		for (const call of this.#calls.values()) call.reject(new StoreError(problem));
		this.#calls.clear();
		if (this.#isClosing) return;
		this.#isClosing = true;
		this.#status = { ...this.#status, problem };
		this.#tell({ type: 'store', status: this.#status });
	}
}
