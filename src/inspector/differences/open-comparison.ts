import type { KeptWorkers } from '../kept-workers';
import type { ComparedRow } from './compared-rows';
import type {
	ComparisonAnswer,
	ComparisonPiece,
	ComparisonQuestion,
	ComparisonResults,
	ComparisonSummary,
} from './comparison-messages';
import { startComparisonWorker } from './start-comparison-worker';

export type { ComparedRow, ComparedSide } from './compared-rows';
export type { ComparisonSummary } from './comparison-messages';

/** A piece of this size is copied in a few milliseconds, fresh memory included. */
const pieceSize = 1024 * 1024;

/**
 * Two bodies that are compared in a worker of their own, and whose rows are asked for as they come into view. Whoever
 * opens it closes it; what was asked for until then is never answered.
 */
export class OpenComparison {
	/** What was found; rejects with a sentence for a person when the two can't be compared. */
	readonly ready: Promise<ComparisonSummary>;
	readonly #worker: Worker;
	readonly #workers: KeptWorkers | null;
	readonly #listening = new AbortController();
	#isClosed = false;
	#hasFailed = false;
	#lastId = 0;
	readonly #open = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();

	/**
	 * Compares any bytes. Differences of members that `ignored` names are shown, but don't count.
	 *
	 * @param ignored patterns of `compileIgnoreList`
	 * @param workers where its worker comes from and goes back to; without them it gets one that ends with it
	 */
	static open(
		left: Uint8Array,
		right: Uint8Array,
		{ ignored }: { ignored: readonly string[] },
		workers: KeptWorkers | null = null,
	): OpenComparison {
		return new OpenComparison(left, right, ignored, workers?.take() ?? startComparisonWorker(), workers);
	}

	constructor(
		left: Uint8Array,
		right: Uint8Array,
		ignored: readonly string[],
		worker: Worker,
		workers: KeptWorkers | null = null,
	) {
		this.#worker = worker;
		this.#workers = workers;
		const { signal } = this.#listening;
		worker.addEventListener('message', ({ data }: MessageEvent<ComparisonAnswer>) => this.#settle(data), { signal });
		worker.addEventListener('error', (event) => this.#fail(event.message), { signal });
		this.ready = this.#start(left, right, [...ignored]);
		// Whoever closes it at once does not wait for it.
		this.ready.catch(() => {});
	}

	/** Rows first..end of the view as it is folded now. */
	rows(first: number, end: number): Promise<ComparedRow[]> {
		return this.#ask({ task: 'rows', first, end });
	}

	/** Shows what a fold hides; the summary has the new number of rows. */
	unfold(row: number): Promise<ComparisonSummary> {
		return this.#ask({ task: 'unfold', row });
	}

	unfoldAll(): Promise<ComparisonSummary> {
		return this.#ask({ task: 'unfoldAll' });
	}

	foldAll(): Promise<ComparisonSummary> {
		return this.#ask({ task: 'foldAll' });
	}

	/** The row at which the next (1) or previous (-1) change begins; null when there is none. */
	changeNear(row: number, step: 1 | -1): Promise<number | null> {
		return this.#ask({ task: 'changeNear', row, step });
	}

	/** JSON Patch (RFC 6902), left → right, without what is ignored. Rejects with a sentence when a side is no JSON. */
	patch(): Promise<string> {
		return this.#ask({ task: 'patch' });
	}

	/** The differences in plain words, as Markdown for an issue report. */
	words(): Promise<string> {
		return this.#ask({ task: 'words' });
	}

	close(): void {
		this.#isClosed = true;
		this.#listening.abort();
		// One that is still at work would answer the next pair's questions later.
		if (this.#workers && this.#open.size === 0 && !this.#hasFailed) this.#workers.giveBack(this.#worker);
		else this.#worker.terminate();
		this.#open.clear();
	}

	#fail(message: string): void {
		this.#hasFailed = true;
		const failure = message || 'The page’s worker could not be started.';
		for (const id of [...this.#open.keys()]) this.#settle({ id, failure });
	}

	async #start(left: Uint8Array, right: Uint8Array, ignored: readonly string[]): Promise<ComparisonSummary> {
		await this.#send('left', left);
		await this.#send('right', right);
		return this.#post({ task: 'open', ignored });
	}

	/** Copies a body to the worker, with the page free between the pieces: the page needs its own. */
	async #send(side: 'left' | 'right', body: Uint8Array): Promise<void> {
		// An empty body is a piece too: the worker may still have that of another pair.
		for (let offset = 0; offset === 0 || offset < body.length; offset += pieceSize) {
			if (offset > 0) await new Promise((resolve) => setTimeout(resolve));
			if (this.#isClosed) return;
			const bytes = body.slice(offset, offset + pieceSize);
			const piece: ComparisonPiece = { task: 'piece', side, size: body.length, offset, bytes };
			this.#worker.postMessage(piece, [bytes.buffer]);
		}
	}

	/** Asks when both bodies are there, so that no question overtakes them. */
	async #ask<Question extends ComparisonQuestion>(question: Question): Promise<ComparisonResults[Question['task']]> {
		await this.ready;
		return this.#post(question);
	}

	#post<Question extends ComparisonQuestion>(question: Question): Promise<ComparisonResults[Question['task']]> {
		const id = ++this.#lastId;
		return new Promise((resolve, reject) => {
			if (this.#isClosed) return;
			this.#open.set(id, { resolve, reject });
			this.#worker.postMessage({ ...question, id });
		});
	}

	#settle(answer: ComparisonAnswer): void {
		const open = this.#open.get(answer.id);
		this.#open.delete(answer.id);
		if ('failure' in answer) open?.reject(new Error(answer.failure));
		else open?.resolve(answer.result as never);
	}
}
