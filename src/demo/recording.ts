import { readRecording } from '../deliveries/recording';
import { MemoryStore } from '../receiver/memory-store';
import { createReceiver, type Receiver } from '../receiver/receiver';
import { mostRecordedBytes } from './recording-limit';

/** How far the reading of a recording is. */
export interface RecordingState {
	/** Bytes of the file that have been read. */
	read: number;
	/** Bytes of the whole file. */
	size: number;
	/** Deliveries that were read. */
	count: number;
	/** Lines that are no deliveries: how many, and the sentences of the first ones. */
	damaged: number;
	problems: readonly string[];
	/** Why it has ended; null while it goes on. */
	ending: 'complete' | 'stopped' | 'full' | 'failed' | null;
}

const mostProblems = 20;
/** Lines are read for so long in one task; whoever asks the receiver is answered in between. In milliseconds. */
const taskMilliseconds = 12;

/** Nothing is ever dropped: the reading stops before. */
const keep = { count: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER, ageMilliseconds: null };
/** What the page says that is kept. */
const shownKeep = { ...keep, count: 1_000_000, bytes: mostRecordedBytes };

/** The real receiver over the deliveries of a recording, which are read into its store one by one. */
export class OpenedRecording {
	readonly receiver: Receiver;
	readonly #file: Blob;
	readonly #store = new MemoryStore({ keep });
	readonly #mostBytes: number;
	#state: RecordingState;
	#isStopped = false;

	constructor(file: Blob, most = mostRecordedBytes) {
		this.#file = file;
		this.#mostBytes = most;
		this.#state = { read: 0, size: file.size, count: 0, damaged: 0, problems: [], ending: null };
		// Nothing is captured here: there is no capture address.
		this.receiver = createReceiver({ store: this.#store, endpoints: [], keep: shownKeep, bodyLimitBytes: 0 });
	}

	get state(): RecordingState {
		return this.#state;
	}

	/** Reads the file to its end, as far as it fits. Never rejects: what went wrong is in the state. */
	async read(): Promise<void> {
		try {
			this.#set({ ending: await this.#readLines() });
		} catch {
			this.#set({ ending: 'failed' });
		}
	}

	/** Ends the reading; what has been read stays. */
	stop(): void {
		this.#isStopped = true;
	}

	close(): void {
		this.stop();
		this.receiver.close();
		void this.#store.close();
	}

	async #readLines(): Promise<'complete' | 'stopped' | 'full'> {
		let taskBegan = performance.now();
		for await (const line of readRecording(this.#chunks())) {
			if ('delivery' in line) {
				await this.#store.append(line.delivery);
				this.#set({ count: this.#state.count + 1 });
			} else this.#damaged(line.problem);
			if (this.#isStopped) return 'stopped';
			if (this.#store.status().bytes >= this.#mostBytes) return 'full';
			if (performance.now() - taskBegan < taskMilliseconds) continue;
			await new Promise((resolve) => setTimeout(resolve));
			taskBegan = performance.now();
		}
		return 'complete';
	}

	async *#chunks(): AsyncGenerator<Uint8Array, void, undefined> {
		const reader = this.#file.stream().getReader();
		try {
			for (;;) {
				const { done, value } = await reader.read();
				if (done) return;
				yield value;
				this.#set({ read: this.#state.read + value.length });
			}
		} finally {
			void reader.cancel().catch(() => undefined);
		}
	}

	#damaged(problem: string): void {
		const { damaged, problems } = this.#state;
		const named = problems.length < mostProblems ? [...problems, problem] : problems;
		this.#set({ damaged: damaged + 1, problems: named });
	}

	#set(change: Partial<RecordingState>): void {
		this.#state = { ...this.#state, ...change };
	}
}
