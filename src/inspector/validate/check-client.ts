import type { CheckedText, TextChange, WorkerAnswer, WorkerRequest } from './check-messages';

type Request<Task> = Extract<WorkerRequest, { task: Task }>;

/** What the worker's answers go to. */
export interface CheckListener {
	checked: (checked: CheckedText) => void;
	formatted: (changes: TextChange[]) => void;
	failed: (failure: string) => void;
}

/**
 * Has texts judged by a worker, one at a time. Of the texts that come meanwhile only the newest is judged. Whoever makes
 * it closes it.
 */
export class CheckClient {
	readonly #listener: CheckListener;
	readonly #start: () => Worker;
	#worker: Worker | null = null;
	#isBusy = false;
	/** Made when its turn comes: reading out a large text costs something. */
	#nextCheck: (() => Request<'check'>) | null = null;
	#nextFormat: Request<'format'> | null = null;

	constructor(start: () => Worker, listener: CheckListener) {
		this.#start = start;
		this.#listener = listener;
	}

	/** Judges a text as soon as the worker is free, unless a newer one has come until then. */
	check(request: () => Request<'check'>): void {
		this.#nextCheck = request;
		this.#sendNext();
	}

	format(request: Request<'format'>): void {
		this.#nextFormat = request;
		this.#sendNext();
	}

	close(): void {
		this.#worker?.terminate();
		this.#worker = null;
		this.#nextCheck = null;
		this.#nextFormat = null;
	}

	#sendNext(): void {
		if (this.#isBusy) return;
		const request = this.#nextFormat ?? this.#nextCheck?.();
		if (!request) return;
		if (request.task === 'format') this.#nextFormat = null;
		else this.#nextCheck = null;
		this.#isBusy = true;
		this.#worker ??= this.#started();
		this.#worker.postMessage(request);
	}

	#started(): Worker {
		const worker = this.#start();
		worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
			this.#isBusy = false;
			if (data.task === 'checked') this.#listener.checked(data.checked);
			else if (data.task === 'formatted') this.#listener.formatted(data.changes);
			else this.#listener.failed(data.failure);
			this.#sendNext();
		});
		worker.addEventListener('error', (event) => {
			// The next text gets a new one.
			worker.terminate();
			this.#worker = null;
			this.#isBusy = false;
			this.#listener.failed(event.message || 'The page’s worker could not be started.');
		});
		return worker;
	}
}
