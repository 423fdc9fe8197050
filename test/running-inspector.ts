import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface InspectorConditions {
	/** Options of `start` besides `--port 0` and `--data`. */
	args?: readonly string[];
	/** The environment besides `PATH`: nothing that whoever runs the tests has set gets in. */
	env?: Readonly<Record<string, string>>;
	/** The data folder; without one a new folder, which goes when the inspector stops. */
	data?: string;
}

/** The built program, running, as a person would start it. */
export interface RunningInspector {
	/** `http://127.0.0.1:PORT` */
	origin: string;
	port: number;
	token: string;
	/** The address that it printed for the page, with the token. */
	page: string;
	/** The capture URL that it printed. */
	capture: string;
	data: string;
	processId: number;
	/** All that it has printed so far, errors included. */
	readonly output: string;
	/** Asks the API, with the token. */
	api: (path: string, init?: RequestInit) => Promise<Response>;
	/** Sends a signal (`SIGTERM` unless another is named) and resolves to the exit code; null when the signal killed it. Can be called twice. */
	stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** How a program ended. */
export interface Ending {
	/** Null when a signal killed it. */
	code: number | null;
	stdout: string;
	stderr: string;
}

const program = fileURLToPath(new URL('../dist-node/chatwoot-webhook.js', import.meta.url));
const startLimitMilliseconds = 20_000;

type Program = ChildProcessByStdio<null, Readable, Readable>;

/** A folder of its own for one test. */
export function newDataFolder(): string {
	return mkdtempSync(join(tmpdir(), 'inspector-'));
}

/**
 * Starts the built inspector on a free port. Rejects with all that it printed when it ends before it
 * listens, or takes longer than 20 seconds. It never outlives the process that started it.
 */
export async function startInspector(conditions: InspectorConditions = {}): Promise<RunningInspector> {
	const data = conditions.data ?? newDataFolder();
	const child = launch(['start', '--port', '0', '--data', data, ...(conditions.args ?? [])], conditions.env);
	let output = '';
	const ended = once(child, 'close') as Promise<[number | null]>;
	const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
		child.kill(signal);
		const [code] = await ended;
		if (conditions.data === undefined) rmSync(data, { recursive: true, force: true });
		return code;
	};
	const printed = await new Promise<{ page: string; capture: string }>((resolve, reject) => {
		const fail = (reason: string) => reject(new Error(`The inspector ${reason}. It printed:\n${output}`));
		const timer = setTimeout(
			() => void stop('SIGKILL').then(() => fail('did not listen in time')),
			startLimitMilliseconds,
		);
		const read = (chunk: string) => {
			output += chunk;
			const page = /^Inspector +(\S+)\n/m.exec(output)?.[1];
			const capture = /^Capture +(\S+)\n/m.exec(output)?.[1];
			if (page === undefined || capture === undefined) return;
			clearTimeout(timer);
			resolve({ page, capture });
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		void ended.then(([code]) => {
			clearTimeout(timer);
			fail(`ended with ${code}`);
		});
	});
	const url = new URL(printed.page);
	const token = url.searchParams.get('token') ?? '';
	return {
		...printed,
		origin: url.origin,
		port: Number(url.port),
		token,
		data,
		processId: child.pid!,
		get output() {
			return output;
		},
		api(path, init = {}) {
			const headers = new Headers(init.headers);
			headers.set('Authorization', `Bearer ${token}`);
			return fetch(new URL(path, url.origin), { ...init, headers });
		},
		stop,
	};
}

/** Runs the built command line until it ends by itself, at most 20 seconds. */
export async function runToEnd(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ending> {
	const child = launch(args, env);
	let stdout = '';
	let stderr = '';
	child.stdout.on('data', (chunk: string) => (stdout += chunk));
	child.stderr.on('data', (chunk: string) => (stderr += chunk));
	const timer = setTimeout(() => child.kill('SIGKILL'), startLimitMilliseconds);
	const [code] = (await once(child, 'close')) as [number | null];
	clearTimeout(timer);
	return { code, stdout, stderr };
}

function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
	const child = spawn(process.execPath, [program, ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { PATH: process.env.PATH, ...env },
	});
	child.stdout.setEncoding('utf8');
	child.stderr.setEncoding('utf8');
	const kill = () => child.kill('SIGKILL');
	process.once('exit', kill);
	child.once('close', () => process.off('exit', kill));
	return child;
}
