/**
 * The thread that owns the database, so that a slow disk or a long list never holds up a capture's
 * HTTP or the stream. What piled up while it was writing goes into one transaction.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { summarize, summaryVersion } from '../deliveries/summary';
import { StoreError, type StoredDelivery } from '../receiver/store';
import { DeliveryDatabase } from './delivery-database';
import type { Operation, Report, Request, ThreadOptions } from './disk-store-messages';

type Append = Extract<Request, { kind: 'append' }>;
type AnswerRecord = Extract<Request, { kind: 'answer' }>;

const mostInOneTransaction = 512;
const answerDelayMilliseconds = 100;
const tidyEveryMilliseconds = 2_000;

const port = parentPort!;
let now = Date.now();
/** Answers wait for the next transaction: they are worth no disk flush of their own. */
let answers: AnswerRecord[] = [];
let answerTimer: NodeJS.Timeout | undefined;
let problem: string | undefined;

function report(message: Report, transfer: ArrayBuffer[] = []): void {
	port.postMessage(message, transfer);
}

function open(): DeliveryDatabase | null {
	const { file, keep, maximumPages } = workerData as ThreadOptions;
	try {
		const summarizer = { version: summaryVersion, summarize };
		return new DeliveryDatabase({ file, keep, maximumPages, summarizer, now: () => now });
	} catch (error) {
		report({ kind: 'unusable', message: messageOf(error) });
		return null;
	}
}

function serve(database: DeliveryDatabase): void {
	const status = () => ({ ...database.status(), ...(problem !== undefined && { problem }) });
	const reportStatus = () => report({ kind: 'status', status: status() });

	function write(appends: Append[]): void {
		const taken = answers;
		answers = [];
		clearTimeout(answerTimer);
		answerTimer = undefined;
		if (appends.length === 0 && taken.length === 0) return;
		try {
			const summaries = database.write(appends, taken);
			problem = undefined;
			const calls = appends.map(({ call }) => call);
			if (calls.length > 0) report({ kind: 'appended', calls, summaries, status: status() });
		} catch (error) {
			// One delivery that can't be written must not take its neighbours along.
			if (appends.length > 1) {
				answers = taken;
				for (const append of appends) write([append]);
				return;
			}
			problem = messageOf(error);
			report({ kind: 'failed', calls: appends.map(({ call }) => call), message: problem });
			reportStatus();
		}
	}

	function operate(call: number, operation: Operation): void {
		try {
			write([]);
			const value = run(database, operation);
			const changes = operation.name === 'clear' || operation.name === 'restore';
			report({ kind: 'done', call, value, ...(changes && { status: status() }) }, bodiesOf(operation, value));
			if (operation.name === 'setPinned' && value !== null) report({ kind: 'updated', summaries: [value as never] });
		} catch (error) {
			report({ kind: 'failed', calls: [call], message: messageOf(error) });
		}
		if (operation.name === 'close') port.close();
	}

	function handle(requests: Request[]): void {
		const appends: Append[] = [];
		const operations: Extract<Request, { kind: 'operation' }>[] = [];
		for (const request of requests) {
			now = request.now;
			if (request.kind === 'append') appends.push(request);
			else if (request.kind === 'answer') answers.push(request);
			else operations.push(request);
		}
		if (appends.length > 0) write(appends);
		for (const { call, operation } of operations) operate(call, operation);
		if (answers.length > 0) answerTimer ??= setTimeout(() => write([]), answerDelayMilliseconds);
	}

	port.on('message', (first: Request[]) => {
		const requests = first;
		while (requests.length < mostInOneTransaction) {
			const next = receiveMessageOnPort(port);
			if (!next) break;
			requests.push(...(next.message as Request[]));
		}
		handle(requests);
	});

	/** What nobody has asked for: when it fails, the page is told, and captures go on as well as they can. */
	function tryInBackground(work: () => void): void {
		try {
			work();
		} catch (error) {
			problem = messageOf(error);
			reportStatus();
		}
	}

	/** A little at a time, so that captures get in between. */
	function purge(): void {
		if (database.purgeSome()) purgeTimer = setTimeout(() => tryInBackground(purge), 5);
	}

	function refresh(after: number): void {
		const { updated, next } = database.refreshSome(after);
		if (updated.length > 0) report({ kind: 'updated', summaries: updated });
		if (next !== null) refreshTimer = setTimeout(() => tryInBackground(() => refresh(next)), 1);
	}

	let purgeTimer: NodeJS.Timeout | undefined;
	let refreshTimer: NodeJS.Timeout | undefined = setTimeout(() => tryInBackground(() => refresh(0)), 1);
	const tidy = setInterval(() => {
		now = Date.now();
		tryInBackground(() => {
			if (database.dropTooOld()) reportStatus();
			clearTimeout(purgeTimer);
			purge();
		});
	}, tidyEveryMilliseconds);

	port.on('close', () => {
		clearInterval(tidy);
		clearTimeout(purgeTimer);
		clearTimeout(refreshTimer);
		clearTimeout(answerTimer);
	});
}

function run(database: DeliveryDatabase, { name, argument }: Operation): unknown {
	switch (name) {
		case 'list':
			return database.list(argument);
		case 'listText':
			return database.listText(argument);
		case 'listWhole':
			return database.listWhole(argument);
		case 'get':
			return database.get(argument);
		case 'body':
			return database.body(argument);
		case 'clear':
			return database.clear(argument);
		case 'restore':
			return database.restore();
		case 'setPinned':
			return database.setPinned(argument.id, argument.isPinned);
		case 'countedMembers':
			return database.countedMembers();
		case 'close':
			return database.close();
	}
}

/** What moves to the other thread instead of being copied. */
function bodiesOf({ name }: Operation, value: unknown): ArrayBuffer[] {
	if (value instanceof Uint8Array) return [value.buffer as ArrayBuffer];
	if (name !== 'listWhole') return [];
	return (value as StoredDelivery[]).map(({ delivery }) => delivery.body.buffer as ArrayBuffer);
}

function messageOf(error: unknown): string {
	if (error instanceof StoreError) return error.message;
	return `The store failed: ${error instanceof Error ? error.message : String(error)}`;
}

const database = open();
if (database) {
	report({ kind: 'opened', status: database.status() });
	serve(database);
}
