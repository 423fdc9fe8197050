import { createParser } from 'eventsource-parser';
import type {
	ApiError,
	ClearResult,
	CountedMembers,
	DeliveryDetail,
	DeliveryPage,
	ReceiverSettings,
	RestoreResult,
	StoreStatus,
	Summary,
} from '../deliveries/api';
import type { DeliveryId } from '../deliveries/delivery';

/** One event of the live stream. */
export type StreamMessage =
	| { type: 'delivery'; summary: Summary }
	| { type: 'update'; summary: Summary }
	| { type: 'store'; status: StoreStatus };

/** Why the receiver could not be asked; the message is a sentence for the person. */
export class ApiProblem extends Error {
	override name = 'ApiProblem';
	/**
	 * `unreachable`: nothing answers. `no-receiver`: something answers, but it is no receiver.
	 * `refused`: the token or the host is not accepted. Others are the receiver's own codes.
	 */
	readonly code: string;

	constructor(code: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
	}
}

type Fetch = (url: URL, init?: RequestInit) => Promise<Response>;

/**
 * The page's side of the API. Every method rejects with an `ApiProblem`.
 *
 * Every answer of a receiver carries a marker. One without it comes from somewhere else: a static host,
 * or a mock that the browser has put to sleep.
 */
export class ApiClient {
	readonly #base: string;
	readonly #fetch: Fetch;
	/**
	 * How a worker of the page reaches a receiver that its own `fetch` does not reach, through a port that speaks as
	 * `PortFetch` does; null where its own does.
	 */
	readonly connect: (() => MessagePort) | null;

	/** @param base the page's address: the API lives below it */
	constructor(
		base: string,
		fetch: Fetch = (url, init) => globalThis.fetch(url, init),
		connect: (() => MessagePort) | null = null,
	) {
		this.#base = base;
		this.#fetch = fetch;
		this.connect = connect;
	}

	list(range: { after?: DeliveryId; before?: DeliveryId; limit: number }): Promise<DeliveryPage> {
		const query = Object.entries(range).map(([name, value]) => `${name}=${value}`);
		return this.#json(`api/deliveries?${query.join('&')}`);
	}

	/** Null when there is no such delivery (any more). */
	async detail(id: DeliveryId): Promise<DeliveryDetail | null> {
		return unlessGone(this.#json<DeliveryDetail>(`api/deliveries/${id}`));
	}

	/** The very bytes; null when there is no such delivery (any more). */
	async body(id: DeliveryId, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
		const response = await unlessGone(this.#ask(`api/deliveries/${id}/body`, { signal: signal ?? null }));
		return response && readBytes(response);
	}

	clear(through: DeliveryId): Promise<ClearResult> {
		return this.#json(`api/deliveries?through=${through}`, { method: 'DELETE' });
	}

	/** Undoes the last clear. Resolves to how many came back. */
	async restore(): Promise<number> {
		const { restored } = await this.#json<RestoreResult>('api/deliveries/restore', { method: 'POST' });
		return restored;
	}

	setPinned(id: DeliveryId, isPinned: boolean): Promise<Summary> {
		return this.#json(`api/deliveries/${id}`, { method: 'PATCH', body: JSON.stringify({ isPinned }) });
	}

	/** What the store has counted since it was made. */
	countedMembers(): Promise<CountedMembers> {
		return this.#json('api/coverage?members=counted');
	}

	settings(): Promise<ReceiverSettings> {
		return this.#json('api/settings');
	}

	/** The capture URL of an endpoint. */
	captureUrl(endpoint: string): string {
		return new URL(`hooks/${endpoint}`, this.#base).href;
	}

	/**
	 * What arrives after a delivery, as it arrives: one array for each piece that came over the network,
	 * also an empty one for a mere sign of life. Ends when the receiver ends it or the signal says so.
	 */
	async *stream(after: DeliveryId, signal: AbortSignal): AsyncGenerator<StreamMessage[]> {
		// The cursor is in the address, because a header does not pass a mocking service worker.
		const response = await this.#ask(`api/stream?after=${after}`, { signal });
		const reader = response.body!.getReader();
		const close = () => void reader.cancel().catch(() => undefined);
		// The signal ends the request; a mock may have answered it already.
		signal.addEventListener('abort', close);
		const decoder = new TextDecoder();
		let messages: StreamMessage[] = [];
		const parser = createParser({
			onEvent({ event, data }) {
				const value: unknown = JSON.parse(data);
				if (event === 'delivery' || event === 'update') messages.push({ type: event, summary: value as Summary });
				else if (event === 'store') messages.push({ type: event, status: value as StoreStatus });
			},
		});
		try {
			for (;;) {
				const { done, value } = await reader.read();
				if (done) return;
				parser.feed(decoder.decode(value, { stream: true }));
				yield messages;
				messages = [];
			}
		} catch (cause) {
			throw unreachable(cause);
		} finally {
			signal.removeEventListener('abort', close);
			close();
		}
	}

	async #json<Value>(path: string, init?: RequestInit): Promise<Value> {
		const response = await this.#ask(path, init);
		return (await response.json()) as Value;
	}

	async #ask(path: string, init?: RequestInit): Promise<Response> {
		let response: Response;
		try {
			response = await this.#fetch(new URL(path, this.#base), { credentials: 'same-origin', ...init });
		} catch (cause) {
			throw unreachable(cause);
		}
		if (response.headers.get('x-inspector') === null) {
			response.body?.cancel().catch(() => undefined);
			throw new ApiProblem('no-receiver', 'There is no receiver behind this page.');
		}
		if (!response.ok) throw await problemOf(response);
		return response;
	}
}

/** A task of this length leaves the browser time to draw every frame. */
const taskMilliseconds = 10;

/** Copies what has come while the rest is on its way: ten megabytes at once would hold the page up for a tenth of a second. */
async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
	let bytes = new Uint8Array(Number(response.headers.get('content-length') ?? 0));
	let size = 0;
	const reader = response.body?.getReader();
	try {
		for (let since = performance.now(), piece = await reader?.read(); piece && !piece.done;) {
			// A compressed answer announces less than what comes out of it.
			if (size + piece.value.length > bytes.length) bytes = resized(bytes, (size + piece.value.length) * 2);
			bytes.set(piece.value, size);
			size += piece.value.length;
			// Pieces that are here already would all be taken in the same task.
			if (performance.now() - since > taskMilliseconds) {
				await new Promise((resolve) => setTimeout(resolve));
				since = performance.now();
			}
			piece = await reader?.read();
		}
	} catch (cause) {
		throw unreachable(cause);
	}
	return size === bytes.length ? bytes : resized(bytes.subarray(0, size), size);
}

function resized(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
	const copy = new Uint8Array(size);
	copy.set(bytes);
	return copy;
}

function unreachable(cause: unknown): ApiProblem {
	return new ApiProblem('unreachable', 'The receiver does not answer.', { cause });
}

async function problemOf(response: Response): Promise<ApiProblem> {
	const { error } = (await response.json().catch(() => ({}))) as Partial<ApiError>;
	const message = error?.message ?? `The receiver answered with ${response.status}.`;
	const isRefused = response.status === 401 || response.status === 403;
	return new ApiProblem(isRefused ? 'refused' : (error?.code ?? 'unknown'), message);
}

/** A delivery may have gone between the look at the list and the question for more. */
async function unlessGone<Value>(answer: Promise<Value>): Promise<Value | null> {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof ApiProblem && error.code === 'unknown-delivery') return null;
		throw error;
	}
}
