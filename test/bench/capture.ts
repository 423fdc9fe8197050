import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { samples } from '../deliveries';
import { newDataFolder, startInspector } from '../running-inspector';
import { median, printTable, rounded, type Cell } from './table';

/** A server that takes deliveries, in a process of its own. */
export interface Subject {
	name: string;
	port: number;
	path: string;
	stop: () => Promise<void>;
}

/** What the load generator saw. */
export interface Seen {
	requestsPerSecond: number;
	/** Milliseconds. */
	p50: number;
	p99: number;
	failed: number;
}

const concurrencies = [1, 10, 50];
const rounds = 7;
const roundMilliseconds = 1000;
const bodyBytes = 5000;

/**
 * One Chatwoot body of about 5 KB at several concurrencies, against bare `node:http` over the same store (the
 * limit). The rounds are interleaved, so that whatever else the machine does hits both alike; ratios are taken
 * within a round.
 */
export async function benchmarkCapture(): Promise<void> {
	const { name, body } = sampleOfAbout(bodyBytes);
	const text = new TextDecoder().decode(body);
	const load = fork(fileURLToPath(new URL('load-generator.mjs', import.meta.url)));
	const subjects = [await startOurs(), await startBare()];
	const rows: Cell[][] = [];
	try {
		for (const concurrency of concurrencies) {
			const seen = new Map<Subject, Seen[]>(subjects.map((subject) => [subject, []]));
			for (let round = 0; round <= rounds; round++) {
				process.stderr.write(`capture: concurrency ${concurrency}, round ${round} of ${rounds}\n`);
				for (const subject of subjects) {
					const { port, path } = subject;
					const result = await measure(load, { port, path, body: text, concurrency, milliseconds: roundMilliseconds });
					// The first round warms up.
					if (round > 0) seen.get(subject)!.push(result);
				}
			}
			const limit = seen.get(subjects[1]!)!;
			for (const subject of subjects) rows.push(row(concurrency, subject, seen.get(subject)!, limit));
		}
	} finally {
		load.kill();
		await Promise.all(subjects.map((subject) => subject.stop()));
	}
	printTable(
		`Capture: ${name} (${body.length} bytes), medians of ${rounds} rounds of ${roundMilliseconds / 1000} s, interleaved`,
		['at once', 'server', 'requests/s', 'of bare', 'p50 ms', 'p99 ms', 'failed'],
		rows,
	);
}

function row(concurrency: number, { name }: Subject, seen: readonly Seen[], limit: readonly Seen[]): Cell[] {
	const middle = (read: (one: Seen) => number) => median(seen.map(read));
	const ratio = median(seen.map((one, round) => one.requestsPerSecond / limit[round]!.requestsPerSecond));
	return [
		concurrency,
		name,
		rounded(
			middle((one) => one.requestsPerSecond),
			0,
		),
		`${rounded(ratio * 100, 0)} %`,
		rounded(
			middle((one) => one.p50),
			2,
		),
		rounded(
			middle((one) => one.p99),
			2,
		),
		seen.reduce((sum, one) => sum + one.failed, 0),
	];
}

/** The sample whose body is nearest to so many bytes. */
export function sampleOfAbout(size: number): { name: string; body: Uint8Array } {
	const distance = ({ body }: { body: Uint8Array }) => Math.abs(body.length - size);
	return samples().reduce((best, sample) => (distance(sample) < distance(best) ? sample : best));
}

async function startOurs(): Promise<Subject> {
	const inspector = await startInspector();
	return {
		name: 'inspector (disk)',
		port: inspector.port,
		path: new URL(inspector.capture).pathname,
		stop: async () => void (await inspector.stop()),
	};
}

/** Bare `node:http` over a store of its own. */
export async function startBare(): Promise<Subject> {
	const data = newDataFolder();
	const child = fork(fileURLToPath(new URL('bare-server.mjs', import.meta.url)), [data]);
	const [{ port }] = (await once(child, 'message')) as [{ port: number }];
	const ended = once(child, 'close');
	const stop = async () => {
		child.kill('SIGKILL');
		await ended;
		rmSync(data, { recursive: true, force: true });
	};
	return { name: 'bare node:http (same store)', port, path: '/hooks/bare', stop };
}

/** Has the load generator do a task; rejects when it could not. */
export async function measure(load: ChildProcess, task: object): Promise<Seen> {
	load.send(task);
	const [answer] = (await once(load, 'message')) as [{ seen: Seen } | { error: string }];
	if ('error' in answer) throw new Error(`The load generator failed: ${answer.error}`);
	return answer.seen;
}
