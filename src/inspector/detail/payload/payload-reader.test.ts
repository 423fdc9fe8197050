import { afterEach, expect, test, vi } from 'vitest';
import { bytes } from '../../../../test/deliveries';
import { check } from '../../../chatwoot/check/check';
import { KeptWorkers } from '../../kept-workers';
import type { PayloadAnswer, PayloadEnd, PayloadFindings, PayloadPiece, PayloadRequest } from './payload-messages';
import { PayloadReader } from './payload-reader';
import { readPayload } from './payload-reading';

type Sent = PayloadPiece | PayloadRequest | PayloadEnd;
type AnswerWithoutId = WithoutId<PayloadAnswer | PayloadFindings>;
type WithoutId<Message> = Message extends { id: number } ? Omit<Message, 'id'> : never;

/** A worker that answers what a test says, when it says so. */
class FakeWorker extends EventTarget {
	readonly sent: Sent[] = [];
	isTerminated = false;

	postMessage(message: Sent): void {
		this.sent.push(message);
	}

	terminate(): void {
		this.isTerminated = true;
	}

	get tasks(): string[] {
		return this.sent.map(({ task }) => task);
	}

	/** Answers the newest question about its task, unless an id says which one. */
	answer(answer: AnswerWithoutId, id = this.lastId(answer.task)): void {
		this.dispatchEvent(new MessageEvent('message', { data: { ...answer, id } }));
	}

	/** Of the newest question about a task; findings belong to a report. */
	lastId(task: AnswerWithoutId['task']): number {
		const asked = task === 'findings' ? 'report' : task;
		const question = this.sent.findLast((message) => message.task === asked);
		return question && 'id' in question ? question.id : 0;
	}
}

const text = JSON.stringify({ event: 'message_created', content: 'x'.repeat(1_500_000) });
const body = bytes(text);
const reading = readPayload(body);
const { findings, ...report } = check(body);

afterEach(() => {
	vi.unstubAllGlobals();
});

function keep(): { workers: KeptWorkers; started: FakeWorker[] } {
	const started: FakeWorker[] = [];
	const workers = new KeptWorkers(() => {
		started.push(new FakeWorker());
		return started.at(-1) as unknown as Worker;
	});
	return { workers, started };
}

/** A reader of a large body that its worker has read. */
async function readIt(workers: KeptWorkers, started: readonly FakeWorker[]): Promise<PayloadReader> {
	const reader = new PayloadReader(body, workers);
	const read = reader.read();
	await expect.poll(() => started.at(-1)?.tasks.at(-1)).toBe('read');
	started.at(-1)!.answer({ task: 'read', reading });
	expect((await read)?.document?.bytes).toBe(body);
	return reader;
}

test('a small body has been read when its reader is there, and needs no worker', async () => {
	const { workers, started } = keep();
	PayloadReader.prepare(20, workers);
	const reader = await PayloadReader.open(bytes('{"event":"x"}'), workers, 0);
	expect(reader.readingNow?.kind).toBe('json');
	expect(started).toEqual([]);
});

test('a large body is waited for as long as asked', async () => {
	const { workers, started } = keep();
	PayloadReader.prepare(body.length, workers);
	const opening = PayloadReader.open(body, workers, 100_000);
	await expect.poll(() => started[0]?.tasks).toEqual(['piece', 'piece', 'read']);
	started[0]!.answer({ task: 'read', reading });
	expect((await opening).readingNow?.kind).toBe('json');
	expect((await PayloadReader.open(body, workers, 0)).readingNow).toBeNull();
});

test('a worker that has answered everything forgets the body and reads the next', async () => {
	const { workers, started } = keep();
	const reader = await readIt(workers, started);
	reader.close();
	reader.close();
	expect(started[0]!.tasks).toEqual(['piece', 'piece', 'read', 'forget']);
	expect(await reader.lines(80)).toBeNull();
	await readIt(workers, started);
	expect(started).toHaveLength(1);
});

test('a worker that is at work when nobody wants it any more ends, and another one waits', async () => {
	const { workers, started } = keep();
	const reader = await readIt(workers, started);
	const found = reader.search('tree', 'x');
	await expect.poll(() => started[0]!.tasks.at(-1)).toBe('search');
	reader.close();
	expect(await found).toBeNull();
	expect(started.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
});

test('a worker whose report nobody wants any more reads the next body, and what it still says of the one before is not heard', async () => {
	vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
	const { workers, started } = keep();
	const before = await readIt(workers, started);
	const unwanted = before.report({}, () => expect.unreachable('a closed reader takes nothing'));
	await expect.poll(() => started[0]!.tasks.at(-1)).toBe('report');
	const late = started[0]!.lastId('report');
	before.close();
	expect(await unwanted).toBeNull();

	const after = await readIt(workers, started);
	const wanted = after.report({}, () => undefined);
	await expect.poll(() => started[0]!.tasks.at(-1)).toBe('report');
	const places = new Uint32Array(findings.length);
	started[0]!.answer({ task: 'findings', findings: findings.slice(1), places }, late);
	started[0]!.answer({ task: 'report', report }, late);
	started[0]!.answer({ task: 'findings', findings, places });
	started[0]!.answer({ task: 'report', report });
	expect(await wanted).toEqual({ ...report, findings });
	expect(started).toHaveLength(1);
});

test('after a broken worker the next question is another one’s', async () => {
	const { workers, started } = keep();
	const reader = new PayloadReader(body, workers);
	const read = reader.read();
	await expect.poll(() => started[0]?.tasks).toEqual(['piece', 'piece', 'read']);
	started[0]!.dispatchEvent(new Event('error'));
	await expect(read).rejects.toThrow('could not be started');

	const again = reader.read();
	await expect.poll(() => started[1]?.tasks).toEqual(['piece', 'piece', 'read']);
	started[1]!.answer({ task: 'read', reading });
	expect((await again)?.kind).toBe('json');
});
