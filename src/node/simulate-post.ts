import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedRequest } from '../simulator/signed-request';
import type { PostingTally } from './simulate-tally';

/** Nobody listens at the address; the message says so, and what to do. */
export class UnreachableError extends Error {
	override name = 'UnreachableError';
}

/** Chatwoot's own patience. */
const answerTimeout = 5000;

/** Posts requests to one address over connections that are kept open, as many at once as are allowed. */
export class Poster {
	readonly #to: URL;
	readonly #concurrency: number;
	readonly #tally: PostingTally;
	readonly #agent: HttpAgent | HttpsAgent;
	readonly #underWay = new Set<Promise<void>>();
	#unreachable: UnreachableError | null = null;

	constructor(to: URL, concurrency: number, tally: PostingTally) {
		this.#to = to;
		this.#concurrency = concurrency;
		this.#tally = tally;
		const facts = { keepAlive: true, maxSockets: concurrency };
		this.#agent = to.protocol === 'https:' ? new HttpsAgent(facts) : new HttpAgent(facts);
	}

	/**
	 * Starts each request when the simulated clock has come to it, in order, until there is none left or the signal says
	 * to end; then waits for the answers. Throws an UnreachableError.
	 */
	async run(requests: AsyncIterable<SimulatedRequest>, ending: AbortSignal): Promise<void> {
		const begun = performance.now();
		let firstSentAt: number | null = null;
		for await (const request of requests) {
			firstSentAt ??= request.sentAt;
			const early = request.sentAt - firstSentAt - (performance.now() - begun);
			if (early > 0) await pause(early, undefined, { signal: ending }).catch(() => undefined);
			while (this.#underWay.size >= this.#concurrency) await Promise.race(this.#underWay);
			if (ending.aborted || this.#unreachable) break;
			const posting = this.#post(request).finally(() => this.#underWay.delete(posting));
			this.#underWay.add(posting);
		}
		await Promise.all(this.#underWay);
		if (this.#unreachable) throw this.#unreachable;
	}

	close(): void {
		this.#agent.destroy();
	}

	async #post(request: SimulatedRequest): Promise<void> {
		try {
			this.#tally.add(request, await this.#answer(request, true));
		} catch (error) {
			const { code, message } = error as NodeJS.ErrnoException;
			this.#unreachable ??= unreachable(this.#to, code);
			if (!this.#unreachable) this.#tally.add(request, failures[code ?? ''] ?? `failed (${message})`);
		}
	}

	/** The status, or what was done instead of waiting for one. */
	async #answer(request: SimulatedRequest, mayRetry: boolean): Promise<number | string> {
		const { method, headers, body, fault } = request;
		const isCut = fault?.kind === 'truncated';
		const send = this.#to.protocol === 'https:' ? httpsRequest : httpRequest;
		const outgoing = send(this.#to, {
			method,
			headers: this.#headersOf(headers).flat(),
			// A connection that breaks off in the middle is no good to the next request.
			agent: isCut ? false : this.#agent,
			signal: AbortSignal.timeout(answerTimeout),
		});
		// One that comes after the answer, or after the first, is nothing to tell of.
		outgoing.on('error', () => undefined);
		if (isCut) return await cutOff(outgoing, body);
		outgoing.end(body);
		try {
			const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
			incoming.resume();
			await once(incoming, 'end');
			return incoming.statusCode!;
		} catch (error) {
			// The receiver closed an idle connection at the moment at which it was used again: nothing has arrived.
			const isStale = outgoing.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
			if (!isStale || !mayRetry) throw error;
			return await this.#answer(request, false);
		}
	}

	/** A user and a password in the address become a header, as in Chatwoot (ground truth 1.1). */
	#headersOf(headers: SimulatedRequest['headers']): [string, string][] {
		const { username, password } = this.#to;
		if (username === '' && password === '') return headers;
		const user = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
		return [...headers, ['Authorization', `Basic ${user}`]];
	}
}

/** Sends what there is of a body, and goes away while the receiver waits for the rest. */
async function cutOff(outgoing: ClientRequest, body: Uint8Array): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		outgoing.once('error', reject);
		outgoing.write(body, () => resolve());
	});
	outgoing.destroy();
	return 'cut off on purpose';
}

const failures: Record<string, string> = {
	ABORT_ERR: 'without an answer within 5 s',
	ECONNRESET: 'broken off by the receiver',
	EPIPE: 'broken off by the receiver',
};

const causes: Record<string, string> = {
	ECONNREFUSED: 'refuses connections. Is the receiver running? npm start prints its capture address',
	ENOTFOUND: 'has a name that is not known. Check the address',
	EAI_AGAIN: 'has a name that can’t be looked up now. Check the address',
	EHOSTUNREACH: 'can’t be reached from here. Check the address',
	ENETUNREACH: 'can’t be reached from here. Check the address',
};

function unreachable(to: URL, code: string | undefined): UnreachableError | null {
	const cause = causes[code ?? ''];
	return cause === undefined ? null : new UnreachableError(`${to.host} ${cause}.`);
}
