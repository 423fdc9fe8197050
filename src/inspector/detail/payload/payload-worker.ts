import type { CheckOptions } from '../../../chatwoot/check/check';
import type { PayloadAnswer, PayloadEnd, PayloadFindings, PayloadPiece, PayloadRequest } from './payload-messages';
import type { PayloadReading } from './payload-reading';
import { PayloadWork } from './payload-work';

/** The worker of one large body after another. */
let body = new Uint8Array(0);
let work = new PayloadWork(body);

/** Only the newest of each task is worth doing: the page has forgotten the others. */
const waiting = new Map<PayloadRequest['task'], PayloadRequest>();
/** Which report is worth going on with. */
let reportId = 0;

/** After so many milliseconds of a report others get their turn: a search, or the page, which wants to be rid of it all. */
const sliceMilliseconds = 20;

addEventListener('message', ({ data }: MessageEvent<PayloadRequest | PayloadPiece | PayloadEnd>) => {
	if (data.task === 'piece') return takePiece(data);
	if (data.task === 'forget') return begin(0);
	// Requests that are already here come first, so that they can replace each other.
	if (waiting.size === 0) setTimeout(() => void answerWaiting());
	waiting.set(data.task, data);
});

function takePiece({ bodySize, offset, bytes }: PayloadPiece): void {
	if (offset === 0) begin(bodySize);
	body.set(bytes, offset);
}

function begin(bodySize: number): void {
	body = new Uint8Array(bodySize);
	work = new PayloadWork(body);
	// Whatever was asked was about the body before.
	waiting.clear();
	reportId = 0;
}

async function answerWaiting(): Promise<void> {
	const requests = [...waiting.values()];
	waiting.clear();
	for (const request of requests) {
		try {
			await answer(request);
		} catch (error) {
			// Memory may not suffice for the tables of a large body: the page can still show its bytes.
			const failure = error instanceof Error ? error.message : String(error);
			post({ id: request.id, task: 'failure', failure }, []);
		}
	}
}

async function answer(request: PayloadRequest): Promise<void> {
	if (request.task === 'read') {
		const reading = withoutBytes(work.read(true));
		post({ id: request.id, task: 'read', reading }, reading.document ? [reading.document.kind.buffer] : []);
	} else if (request.task === 'search') {
		const found = work.search(request.place, request.query);
		post({ id: request.id, task: 'search', found }, [found.buffer]);
	} else if (request.task === 'report') {
		await answerReport(request.id, request.options);
	} else if (request.task === 'string') {
		const bytes = work.stringBytes(request.start, request.end);
		post({ id: request.id, task: 'string', bytes }, [bytes.buffer]);
	} else {
		const lines = work.lines(request.columns);
		post({ id: request.id, task: 'lines', lines }, [lines.start.buffer, lines.line.buffer]);
	}
}

async function answerReport(id: number, options: CheckOptions): Promise<void> {
	reportId = id;
	const pieces = work.report(options);
	let since = performance.now();
	for (;;) {
		const { done, value } = await pieces.next();
		if (reportId !== id) return;
		if (done) return post({ id, task: 'report', report: value }, []);
		post({ id, task: 'findings', ...value }, [value.places.buffer]);
		if (performance.now() - since < sliceMilliseconds) continue;
		await new Promise((resolve) => setTimeout(resolve));
		if (reportId !== id) return;
		since = performance.now();
	}
}

function withoutBytes(reading: PayloadReading): PayloadReading {
	if (!reading.document) return reading;
	return { ...reading, document: { ...reading.document, bytes: new Uint8Array(0) } };
}

function post(message: PayloadAnswer | PayloadFindings, transfer: Transferable[]): void {
	postMessage(message, { transfer });
}
