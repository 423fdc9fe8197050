import { expect, test } from 'vitest';
import { CheckClient } from './check-client';
import type { CheckedText, CheckRequest, TextChange, WorkerAnswer, WorkerRequest } from './check-messages';

/** A worker that answers when it is told to. */
class FakeWorker extends EventTarget {
	readonly asked: WorkerRequest[] = [];
	isTerminated = false;

	postMessage(request: WorkerRequest): void {
		this.asked.push(request);
	}

	answer(data: WorkerAnswer): void {
		this.dispatchEvent(Object.assign(new Event('message'), { data }));
	}

	terminate(): void {
		this.isTerminated = true;
	}
}

function setUp() {
	const workers: FakeWorker[] = [];
	const checked: number[] = [];
	const formatted: TextChange[][] = [];
	const failures: string[] = [];
	const client = new CheckClient(
		() => {
			const worker = new FakeWorker();
			workers.push(worker);
			return worker as unknown as Worker;
		},
		{
			checked: ({ version }) => checked.push(version),
			formatted: (changes) => formatted.push(changes),
			failed: (failure) => failures.push(failure),
		},
	);
	const check = (version: number) =>
		client.check((): CheckRequest => ({
			task: 'check',
			version,
			text: `text ${version}`,
			contract: 'both',
			event: null,
			part: 0,
		}));
	return { client, workers, checked, formatted, failures, check };
}

const answerTo = (version: number): WorkerAnswer => ({ task: 'checked', checked: { version } as CheckedText });

test('while one text is judged only the newest of the others waits', () => {
	const { workers, checked, check } = setUp();
	for (const version of [1, 2, 3, 4]) check(version);
	const worker = workers[0]!;
	expect(worker.asked).toMatchObject([{ version: 1 }]);
	worker.answer(answerTo(1));
	expect(worker.asked).toMatchObject([{ version: 1 }, { version: 4 }]);
	worker.answer(answerTo(4));
	expect(worker.asked).toHaveLength(2);
	expect(checked).toEqual([1, 4]);
});

test('laying out goes before judging, and both are answered', () => {
	const { client, workers, checked, formatted, check } = setUp();
	check(1);
	check(2);
	client.format({ task: 'format', text: '{}' });
	const worker = workers[0]!;
	worker.answer(answerTo(1));
	expect(worker.asked.at(-1)).toMatchObject({ task: 'format' });
	worker.answer({ task: 'formatted', changes: [] });
	worker.answer(answerTo(2));
	expect(checked).toEqual([1, 2]);
	expect(formatted).toEqual([[]]);
});

test('a worker that fails is said so, and the next text gets a new one', () => {
	const { workers, checked, failures, check } = setUp();
	check(1);
	workers[0]!.dispatchEvent(Object.assign(new Event('error'), { message: 'Out of memory' }));
	check(2);
	workers[1]!.answer(answerTo(2));
	workers[1]!.answer({ task: 'failure', failure: 'Too large' });
	expect(workers[0]!.isTerminated).toBe(true);
	expect(failures).toEqual(['Out of memory', 'Too large']);
	expect(checked).toEqual([2]);
});

test('closing stops the worker', () => {
	const { client, workers, check } = setUp();
	check(1);
	client.close();
	expect(workers[0]!.isTerminated).toBe(true);
});
