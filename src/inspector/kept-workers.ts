/**
 * Workers for one task after another. One that has done its task is kept for the next: to start another, and to run its
 * code for the first time, takes longer than most tasks. Whoever makes it closes it.
 */
export class KeptWorkers {
	readonly #start: () => Worker;
	#idle: Worker | null = null;
	#isClosed = false;

	constructor(start: () => Worker) {
		this.#start = start;
	}

	/** Starts a worker for a task that is to come, unless one waits already. */
	prepare(): void {
		if (!this.#isClosed && !this.#idle) this.#keep(this.#start());
	}

	take(): Worker {
		const worker = this.#idle ?? this.#start();
		this.#idle = null;
		return worker;
	}

	/** Takes back a worker that has answered everything. */
	giveBack(worker: Worker): void {
		if (this.#isClosed || this.#idle) worker.terminate();
		else this.#keep(worker);
	}

	/** Ends a worker that is still at work, or broken, and starts one in its place. */
	replace(worker: Worker): void {
		worker.terminate();
		this.prepare();
	}

	close(): void {
		this.#isClosed = true;
		this.#idle?.terminate();
		this.#idle = null;
	}

	#keep(worker: Worker): void {
		this.#idle = worker;
		// One that could not be started never answers; the next may have more luck.
		worker.addEventListener('error', () => this.#idle === worker && (this.#idle = null), { once: true });
	}
}
