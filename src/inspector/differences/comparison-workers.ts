import { startWorker } from '../start-worker';
import workerAddress from './comparison-worker?worker&url';

/** Starts the worker of one comparison after another. */
export function startComparisonWorker(): Worker {
	return startWorker(workerAddress);
}

/**
 * The workers of one view. One that has compared is kept for the next pair: to start another, and to run its code for
 * the first time, takes longer than to compare. Whoever makes it closes it.
 */
export class ComparisonWorkers {
	readonly #start: () => Worker;
	#idle: Worker | null = null;
	#isClosed = false;

	constructor(start = startComparisonWorker) {
		this.#start = start;
	}

	take(): Worker {
		const worker = this.#idle ?? this.#start();
		this.#idle = null;
		return worker;
	}

	/** Takes back a worker that has answered everything. */
	giveBack(worker: Worker): void {
		if (this.#isClosed || this.#idle) worker.terminate();
		else this.#idle = worker;
	}

	close(): void {
		this.#isClosed = true;
		this.#idle?.terminate();
		this.#idle = null;
	}
}
