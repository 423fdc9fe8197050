import { expect, test } from 'vitest';
import { KeptWorkers } from './kept-workers';

class FakeWorker extends EventTarget {
	isTerminated = false;

	terminate(): void {
		this.isTerminated = true;
	}
}

function keep(): { workers: KeptWorkers; started: (FakeWorker & Worker)[] } {
	const started: (FakeWorker & Worker)[] = [];
	const workers = new KeptWorkers(() => {
		started.push(new FakeWorker() as FakeWorker & Worker);
		return started.at(-1)!;
	});
	return { workers, started };
}

test('a worker that was prepared does the next task, and the one after it', () => {
	const { workers, started } = keep();
	workers.prepare();
	workers.prepare();
	expect(started).toHaveLength(1);
	expect(workers.take()).toBe(started[0]);
	workers.giveBack(started[0]!);
	expect(workers.take()).toBe(started[0]);
	expect(started).toHaveLength(1);
});

test('only one waits: of two that come back the second ends', () => {
	const { workers, started } = keep();
	const [one, other] = [workers.take(), workers.take()];
	workers.giveBack(one);
	workers.giveBack(other);
	expect(started.map(({ isTerminated }) => isTerminated)).toEqual([false, true]);
});

test('in place of one that is still at work another is started at once', () => {
	const { workers, started } = keep();
	workers.replace(workers.take());
	expect(started.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
	expect(workers.take()).toBe(started[1]);
});

test('one that could not be started is not given to anybody', () => {
	const { workers, started } = keep();
	workers.prepare();
	started[0]!.dispatchEvent(new Event('error'));
	expect(workers.take()).not.toBe(started[0]);
});

test('after closing none waits any more', () => {
	const { workers, started } = keep();
	const taken = workers.take();
	workers.prepare();
	workers.close();
	workers.giveBack(taken);
	workers.prepare();
	expect(started.map(({ isTerminated }) => isTerminated)).toEqual([true, true]);
});
