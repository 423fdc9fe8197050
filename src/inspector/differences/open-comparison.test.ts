import { expect, test } from 'vitest';
import { bytes } from '../../../test/deliveries';
import { KeptWorkers } from '../kept-workers';
import type { ComparisonAnswer, ComparisonPiece, ComparisonRequest, ComparisonSummary } from './comparison-messages';
import { OpenComparison } from './open-comparison';

const summary = { method: 'lines', rows: 3, changes: 1 } as ComparisonSummary;

/** A worker that answers what a test says, when it says so. */
class FakeWorker extends EventTarget {
	readonly pieces: ComparisonPiece[] = [];
	readonly requests: ComparisonRequest[] = [];
	isTerminated = false;

	postMessage(data: ComparisonPiece | ComparisonRequest): void {
		if (data.task === 'piece') this.pieces.push(data);
		else this.requests.push(data);
	}

	answer(data: ComparisonAnswer): void {
		this.dispatchEvent(new MessageEvent('message', { data }));
	}

	terminate(): void {
		this.isTerminated = true;
	}
}

function open(left = bytes('[1]'), right = bytes('[2]')): { worker: FakeWorker; comparison: OpenComparison } {
	const worker = new FakeWorker();
	return { worker, comparison: new OpenComparison(left, right, ['a'], worker as unknown as Worker) };
}

async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await new Promise((resolve) => setTimeout(resolve));
}

test('both bodies arrive whole, a large one in pieces, before anything is asked', async () => {
	const left = new Uint8Array(2_500_000).map((_, index) => index % 251);
	const { worker, comparison } = open(left);
	const rows = comparison.rows(0, 5);
	await until(() => worker.requests.length > 0);
	expect(worker.requests).toEqual([{ id: 1, task: 'open', ignored: ['a'] }]);
	const received = new Uint8Array(left.length);
	for (const { side, offset, bytes, size } of worker.pieces) {
		if (side !== 'left') continue;
		expect(size).toBe(left.length);
		received.set(bytes, offset);
	}
	// Compared byte for byte by a matcher two megabytes take many seconds.
	expect(received.every((byte, index) => byte === left[index])).toBe(true);
	expect(worker.pieces.filter(({ side }) => side === 'left')).toHaveLength(3);

	worker.answer({ id: 1, result: summary });
	await until(() => worker.requests.length > 1);
	expect(worker.requests[1]).toEqual({ id: 2, task: 'rows', first: 0, end: 5 });
	worker.answer({ id: 2, result: [] });
	expect(await rows).toEqual([]);
});

test('each question gets its own answer', async () => {
	const { worker, comparison } = open();
	await until(() => worker.requests.length > 0);
	worker.answer({ id: 1, result: summary });
	expect(await comparison.ready).toBe(summary);
	const questions = [comparison.patch(), comparison.changeNear(3, -1), comparison.words()] as const;
	await until(() => worker.requests.length === 4);
	worker.answer({ id: 4, result: 'words' });
	worker.answer({ id: 3, result: null });
	worker.answer({ id: 2, result: '[]' });
	expect(await Promise.all(questions)).toEqual(['[]', null, 'words']);
});

test('a worker that fails, or never starts, is said in a sentence', async () => {
	const failing = open();
	await until(() => failing.worker.requests.length > 0);
	failing.worker.answer({ id: 1, failure: 'Array buffer allocation failed' });
	await expect(failing.comparison.ready).rejects.toThrow('Array buffer allocation failed');
	await expect(failing.comparison.rows(0, 1)).rejects.toThrow('Array buffer allocation failed');

	const missing = open();
	await until(() => missing.worker.requests.length > 0);
	missing.worker.dispatchEvent(new Event('error'));
	await expect(missing.comparison.ready).rejects.toThrow('could not be started');
});

test('closing stops the worker, and nothing more is sent to it', async () => {
	const { worker, comparison } = open(new Uint8Array(5_000_000));
	comparison.close();
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(worker.isTerminated).toBe(true);
	expect(worker.requests).toEqual([]);
});

test('a worker that has answered everything compares the next pair too, and ends with the view', async () => {
	const started: FakeWorker[] = [];
	const workers = new KeptWorkers(() => {
		started.push(new FakeWorker());
		return started.at(-1) as unknown as Worker;
	});
	const first = OpenComparison.open(bytes('[1]'), bytes('[2]'), { ignored: [] }, workers);
	await until(() => started[0]!.requests.length > 0);
	started[0]!.answer({ id: 1, result: summary });
	await first.ready;
	first.close();

	const second = OpenComparison.open(bytes(''), bytes('[3]'), { ignored: [] }, workers);
	await until(() => started[0]!.requests.length > 1);
	expect(started).toHaveLength(1);
	// The empty side is told too, or the one of the first pair would stand for it.
	expect(started[0]!.pieces.slice(2).map(({ side, size }) => [side, size])).toEqual([
		['left', 0],
		['right', 3],
	]);

	// This one has a question open: nobody waits for it.
	second.close();
	expect(started[0]!.isTerminated).toBe(true);
	workers.take();
	expect(started).toHaveLength(2);
	workers.giveBack(started[1] as unknown as Worker);
	workers.close();
	expect(started[1]!.isTerminated).toBe(true);
});
