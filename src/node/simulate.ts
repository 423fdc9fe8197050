import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Delivery } from '../deliveries/delivery';
import { writeRecordingLine } from '../deliveries/recording';
import { SimulatedAccount } from '../simulator/simulated-account';
import type { SimulatedRequest } from '../simulator/signed-request';
import { UsageError } from './options';
import { readSimulateOptions, simulateHelp, simulateUsage, type SimulateOptions } from './simulate-options';
import { Poster, UnreachableError } from './simulate-post';
import { PostingTally } from './simulate-tally';

/** The file can't be written; the message says why. */
class UnwritableError extends Error {
	override name = 'UnwritableError';
}

/**
 * The command `simulate`. Resolves to the exit code: 0 when all was sent or written, or a person ended it; 1 when the
 * address can't be reached; 2 when an option is wrong or the file can't be written.
 */
export async function simulate(args: readonly string[]): Promise<number> {
	if (args.includes('--help') || args.includes('-h')) {
		console.log(simulateHelp());
		return 0;
	}
	try {
		const options = readSimulateOptions(args, Date.now());
		return options.to === null ? await record(options, options.out!) : await post(options, options.to);
	} catch (error) {
		if (error instanceof UnwritableError) console.error(error.message);
		else if (error instanceof UsageError) console.error(`${error.message}\n${simulateUsage}`);
		else throw error;
		return 2;
	}
}

/** The requests of a run, up to the count. */
async function* requestsOf(options: SimulateOptions, host?: string): AsyncGenerator<SimulatedRequest, void, void> {
	const account = new SimulatedAccount({ ...options, ...(host === undefined ? {} : { host }) });
	for (let sent = 0; options.count === null || sent < options.count; sent++) {
		const request = await account.next();
		if (request === null) return;
		yield request;
	}
}

/** Posts in real time: each request when the account's clock says, and after the one before has its answer. */
async function post(options: SimulateOptions, to: URL): Promise<number> {
	const { scenario, seed, rate, start } = options;
	console.error(
		`Sending ${scenario}, about ${rate} a second, to ${to.origin}${to.pathname}. Ctrl+C ends it.\n` +
			`For the same again add --seed ${seed} --start ${new Date(start).toISOString()}`,
	);
	const ending = new AbortController();
	const end = () => ending.abort();
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
	const tally = new PostingTally();
	const poster = new Poster(to, options.concurrency, tally);
	try {
		await poster.run(requestsOf(options, to.host), ending.signal);
		return 0;
	} catch (error) {
		if (!(error instanceof UnreachableError)) throw error;
		console.error(error.message);
		return 1;
	} finally {
		poster.close();
		process.off('SIGINT', end);
		process.off('SIGTERM', end);
		console.error(tally.summary());
	}
}

/** Writes a recording: each delivery received at the moment at which it was sent. */
async function record(options: SimulateOptions, out: string): Promise<number> {
	const output = new RecordingOutput(out);
	let written = 0;
	for await (const request of requestsOf(options)) {
		if (!(await output.write(writeRecordingLine(received(request))))) return 0;
		written++;
	}
	await output.end();
	const deliveries = written === 1 ? '1 delivery' : `${written.toLocaleString('en')} deliveries`;
	if (out !== '-') console.error(`Wrote ${deliveries} of ${options.scenario}, seed ${options.seed}, to ${out}.`);
	return 0;
}

/** What a receiver with one endpoint would have kept of a request. */
function received({ sentAt, method, headers, body, fault }: SimulatedRequest): Delivery {
	const isCut = fault?.kind === 'truncated';
	return {
		endpoint: 'main',
		receivedAt: sentAt,
		method,
		target: '/hooks/main',
		headers,
		body,
		truncation: isCut ? { reason: 'stopped', announced: body.length + fault.missingBytes } : null,
	};
}

/** A file, or standard output; whoever reads that may stop at any time. */
class RecordingOutput {
	readonly #name: string;
	readonly #stream: Writable;
	#error: NodeJS.ErrnoException | null = null;

	constructor(name: string) {
		this.#name = name;
		this.#stream = name === '-' ? process.stdout : createWriteStream(name);
		this.#stream.on('error', (error: NodeJS.ErrnoException) => (this.#error = error));
	}

	/** False when nobody reads any more. Waits while the reader is slow. Throws when the file can't be written. */
	async write(line: string): Promise<boolean> {
		if (!this.#error && !this.#stream.write(line)) {
			await Promise.race([once(this.#stream, 'drain'), once(this.#stream, 'close')]).catch(() => undefined);
		}
		if (this.#error?.code === 'EPIPE') return false;
		if (this.#error) throw this.#unwritable(this.#error);
		return true;
	}

	async end(): Promise<void> {
		if (this.#stream === process.stdout) return;
		this.#stream.end();
		if (!this.#error) await once(this.#stream, 'close').catch(() => undefined);
		if (this.#error) throw this.#unwritable(this.#error);
	}

	#unwritable(error: NodeJS.ErrnoException): UnwritableError {
		const reasons: Record<string, string> = {
			ENOENT: 'there is no such folder',
			EISDIR: 'it is a folder',
			EACCES: 'it may not be written',
			ENOSPC: 'the disk is full',
		};
		const reason = reasons[error.code ?? ''] ?? error.message;
		return new UnwritableError(`${this.#name} can't be written: ${reason}.`, { cause: error });
	}
}
