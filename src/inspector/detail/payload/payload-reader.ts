import type { CheckOptions } from '../../../chatwoot/check/check';
import type { Finding, Report } from '../../../chatwoot/check/report';
import { mostNodes } from '../../../json/scan';
import type { KeptWorkers } from '../../kept-workers';
import type { FindingPiece } from './finding-marks';
import type { PayloadAnswer, PayloadEnd, PayloadFindings, PayloadPiece, PayloadRequest } from './payload-messages';
import type { PayloadReading } from './payload-reading';
import { PayloadWork, type SearchPlace } from './payload-work';
import { startPayloadWorker } from './start-payload-worker';
import type { TextLines } from './text-lines';

/**
 * Up to so many bytes and values a body is read sooner than by a worker, whose code runs slowly at first, and well within
 * a frame or two.
 */
const smallBody = 1_500_000;
const fewNodes = 100_000;
/** Up to so many bytes a body is read in the same task as its tree is made. */
const tinyBody = 200_000;
/** A piece of this size is copied in a few milliseconds, fresh memory included. */
const pieceSize = 1024 * 1024;
/** Of all readers: a kept worker's late answer is no answer to the next one's question. */
let lastId = 0;

type Answer<Task> = Extract<PayloadAnswer, { task: Task }>;
type RequestWithoutId = PayloadRequest extends infer One
	? One extends { id: number }
		? Omit<One, 'id'>
		: never
	: never;

/** What the worker was asked and has not answered. */
interface Question {
	task: PayloadRequest['task'];
	/** Takes a piece of the answer before the rest. */
	take: (piece: FindingPiece) => void;
	settle: (answer: PayloadAnswer | null) => void;
}

/**
 * Reads and searches one body: a small one at once, a large one in a worker, so that the page never waits. Whoever
 * makes it closes it.
 */
export class PayloadReader {
	readonly #bytes: Uint8Array;
	readonly #work: PayloadWork | null;
	readonly #workers: KeptWorkers | null;
	#worker: Worker | null = null;
	/** Aborted when the worker is let go. */
	#listening = new AbortController();
	#isClosed = false;
	/** Set by the first question, and true when the worker has the whole body. */
	#sent: Promise<boolean> | null = null;
	#reading: Promise<PayloadReading | null> | null = null;
	#readingNow: PayloadReading | null = null;
	readonly #open = new Map<number, Question>();

	/** @param workers where its worker comes from and goes back to; without them it gets one that ends with it */
	constructor(bytes: Uint8Array, workers: KeptWorkers | null = null) {
		this.#bytes = bytes;
		this.#workers = workers;
		this.#work = bytes.length <= smallBody && mostNodes(bytes) <= fewNodes ? new PayloadWork(bytes) : null;
	}

	/**
	 * Makes a reader that has read its body already when that is small, or done within so many milliseconds: nothing is
	 * drawn then that says so for a frame and makes way for the tree.
	 */
	static async open(bytes: Uint8Array, workers: KeptWorkers, patienceMilliseconds: number): Promise<PayloadReader> {
		const reader = new PayloadReader(bytes, workers);
		// Who shows it asks again, and is told what failed.
		const read = reader.read().catch(() => null);
		if (reader.isSmall) await read;
		else if (patienceMilliseconds > 0) await Promise.race([read, sleep(patienceMilliseconds)]);
		return reader;
	}

	/** Has a worker started by the time that a body of so many bytes arrives, if it needs one. */
	static prepare(size: number, workers: KeptWorkers): void {
		if (size > smallBody) workers.prepare();
	}

	/** What was read; null before: ask `read`. */
	get readingNow(): PayloadReading | null {
		return this.#readingNow;
	}

	/** The reading of a body of any size, the same one each time. Null when the reader was closed; a failing worker throws. */
	read(): Promise<PayloadReading | null> {
		return (this.#reading ??= this.#read().catch((error: unknown) => {
			// The next one who asks may have more luck.
			this.#reading = null;
			throw error;
		}));
	}

	/**
	 * What the contracts say of the body; `take` is given the findings and where they are, a few milliseconds' worth at a
	 * time. Null when a newer report was asked for, or the reader was closed.
	 */
	async report(options: CheckOptions, take: (piece: FindingPiece) => void): Promise<Report | null> {
		const findings: Finding[] = [];
		const collect = (piece: FindingPiece) => {
			findings.push(...piece.findings);
			take(piece);
		};
		if (this.#work && this.#bytes.length <= tinyBody) {
			const pieces = this.#work.report(options);
			for (;;) {
				const { done, value } = await pieces.next();
				if (this.#isClosed) return null;
				if (done) return { ...value, findings };
				collect(value);
			}
		}
		// Who asks has just read the body. What it looks like is painted before the worker takes its share of the machine.
		await nextFrame();
		if (this.#isClosed) return null;
		const answer = await this.#ask<Answer<'report'>>({ task: 'report', options }, collect);
		return answer && { ...answer.report, findings };
	}

	/** Nodes or byte offsets, ascending. Null when a newer search was asked for, or the reader was closed. */
	async search(place: SearchPlace, query: string): Promise<Uint32Array<ArrayBuffer> | null> {
		if (this.#work) return this.#work.search(place, query);
		return (await this.#ask<Answer<'search'>>({ task: 'search', place, query }))?.found ?? null;
	}

	/** The text of a JSON string, whose source is at the bytes start..end, as UTF-8. Null when the reader was closed. */
	async stringBytes(start: number, end: number): Promise<Uint8Array<ArrayBuffer> | null> {
		if (this.#work) return this.#work.stringBytes(start, end);
		return (await this.#ask<Answer<'string'>>({ task: 'string', start, end }))?.bytes ?? null;
	}

	/** Whether `linesNow` answers. */
	get isSmall(): boolean {
		return this.#work !== null;
	}

	/** The rows of a small body's text, at once; null for a large one. */
	linesNow(columns: number): TextLines | null {
		return this.#work?.lines(columns) ?? null;
	}

	/** The body as rows of text. Null when another width was asked for, or the reader was closed. */
	async lines(columns: number): Promise<TextLines | null> {
		if (this.#work) return this.#work.lines(columns);
		return (await this.#ask<Answer<'lines'>>({ task: 'lines', columns }))?.lines ?? null;
	}

	/** Lets go of the worker; what was asked for is answered with null. */
	close(): void {
		this.#isClosed = true;
		this.#letGo(this.#isUsable);
		for (const { settle } of this.#open.values()) settle(null);
		this.#open.clear();
	}

	/**
	 * Copies the body to the worker, because the page needs its own for drawing rows. In pieces, with the page free in
	 * between. Answers whether it got to the end: the reader may have been closed.
	 */
	async #sendBody(): Promise<boolean> {
		if (this.#isClosed) return false;
		const worker = (this.#worker ??= this.#start());
		const bodySize = this.#bytes.length;
		for (let offset = 0; offset < bodySize; offset += pieceSize) {
			if (offset > 0) await sleep(0);
			if (this.#isClosed) return false;
			const bytes = this.#bytes.slice(offset, offset + pieceSize);
			const piece: PayloadPiece = { task: 'piece', bodySize, offset, bytes };
			worker.postMessage(piece, [bytes.buffer]);
		}
		return true;
	}

	async #read(): Promise<PayloadReading | null> {
		this.#readingNow = this.#work ? this.#work.read(false) : await this.#readInWorker();
		// The tree that follows would make the task too long.
		if (this.#work && this.#bytes.length > tinyBody) await sleep(0);
		return this.#isClosed ? null : this.#readingNow;
	}

	async #readInWorker(): Promise<PayloadReading | null> {
		const answer = await this.#ask<Answer<'read'>>({ task: 'read' });
		if (!answer) return null;
		if (answer.reading.document) answer.reading.document.bytes = this.#bytes;
		return answer.reading;
	}

	async #ask<Wanted extends PayloadAnswer>(
		request: RequestWithoutId,
		take: Question['take'] = () => undefined,
	): Promise<Wanted | null> {
		for (const [id, { task, settle }] of this.#open) {
			if (task !== request.task) continue;
			this.#open.delete(id);
			settle(null);
		}
		const id = ++lastId;
		const { task } = request;
		const answered = new Promise<PayloadAnswer | null>((settle) => this.#open.set(id, { task, take, settle }));
		this.#sent ??= this.#sendBody();
		if ((await this.#sent) && this.#worker) this.#worker.postMessage({ ...request, id });
		else this.#open.get(id)?.settle(null);
		const answer = await answered;
		if (answer?.task === 'failure') throw new Error(answer.failure);
		return answer as Wanted | null;
	}

	#start(): Worker {
		const worker = this.#workers?.take() ?? startPayloadWorker();
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const answered = ({ data }: MessageEvent<PayloadAnswer | PayloadFindings>) => {
			if (data.task === 'findings') this.#open.get(data.id)?.take(data);
			else this.#settle(data.id, data);
		};
		const broken = (event: ErrorEvent) => {
			// The next question is another worker's.
			this.#letGo(false);
			const failure = event.message || 'The page’s worker could not be started.';
			for (const id of [...this.#open.keys()]) this.#settle(id, { id, task: 'failure', failure });
		};
		worker.addEventListener('message', answered, { signal });
		worker.addEventListener('error', broken, { signal });
		return worker;
	}

	/**
	 * Whether the worker can turn to another body at once: else it would answer the next one's questions late. A tree's
	 * report it gives up within a few milliseconds; any other comes in one piece.
	 */
	get #isUsable(): boolean {
		const reading = this.#readingNow;
		const isTree = reading !== null && reading.document !== null && !reading.isTooDeep;
		return [...this.#open.values()].every(({ task }) => task === 'report' && isTree);
	}

	/**
	 * @param isUsable whether it may be kept: to end it and start another is no small thing for the machine, least of all
	 * when it has much in memory
	 */
	#letGo(isUsable: boolean): void {
		const worker = this.#worker;
		this.#worker = null;
		this.#sent = null;
		this.#listening.abort();
		if (!worker) return;
		if (!this.#workers) return worker.terminate();
		if (!isUsable) return this.#workers.replace(worker);
		const end: PayloadEnd = { task: 'forget' };
		worker.postMessage(end);
		this.#workers.giveBack(worker);
	}

	#settle(id: number, answer: PayloadAnswer): void {
		this.#open.get(id)?.settle(answer);
		this.#open.delete(id);
	}
}

/** Resolves in a task after the next frame; in a page that is not shown, when it is. */
function nextFrame(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function sleep(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
