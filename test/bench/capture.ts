import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
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
/** Installed in a folder of its own when it is measured: nothing of it is in our lock file. */
const peer = 'mockttp@4.6.5';

/**
 * One Chatwoot body of about 5 KB at several concurrencies, against bare `node:http` over the same store (the
 * limit) and against a well-known server that keeps what it captures in memory. The rounds are interleaved, so that
 * whatever else the machine does hits all alike; ratios are taken within a round.
 */
export async function benchmarkCapture(): Promise<void> {
	const { name, body } = sampleOfAbout(bodyBytes);
	const text = new TextDecoder().decode(body);
	const load = fork(fileURLToPath(new URL('load-generator.mjs', import.meta.url)));
	const subjects = [await startOurs(), await startBare()];
	const rows: Cell[][] = [];
	try {
		const inMemory = await startPeer();
		if (inMemory) subjects.push(inMemory);
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
	return startIn(newDataFolder(), 'bare-server.mjs', { name: 'bare node:http (same store)', path: '/hooks/bare' });
}

/** Null, with a word on why, where the npm registry can't be reached. */
async function startPeer(): Promise<Subject | null> {
	const folder = newDataFolder();
	process.stderr.write(`capture: installing ${peer} in a folder of its own\n`);
	try {
		const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
		await promisify(execFile)('npm', ['install', '--prefix', folder, ...options, peer], { timeout: 120_000 });
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		process.stderr.write(`capture: left out, since it could not be installed: ${(error as Error).message}\n`);
		return null;
	}
	return startIn(folder, 'mockttp-server.mjs', { name: `${peer} (memory only)`, path: '/hooks/peer' });
}

/** Starts a server of this folder over a folder of its own, which goes with it. */
async function startIn(folder: string, file: string, named: Pick<Subject, 'name' | 'path'>): Promise<Subject> {
	const child = fork(fileURLToPath(new URL(file, import.meta.url)), [folder]);
	const [{ port }] = (await once(child, 'message')) as [{ port: number }];
	const ended = once(child, 'close');
	const stop = async () => {
		child.kill('SIGKILL');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	return { ...named, port, stop };
}

/** Has the load generator do a task; rejects when it could not. */
export async function measure(load: ChildProcess, task: object): Promise<Seen> {
	load.send(task);
	const [answer] = (await once(load, 'message')) as [{ seen: Seen } | { error: string }];
	if ('error' in answer) throw new Error(`The load generator failed: ${answer.error}`);
	return answer.seen;
}
