/** What is asked of a receiver at the other end of a message port. */
export type PortRequest =
	| {
			task: 'fetch';
			id: number;
			method: string;
			url: string;
			headers: [name: string, value: string][];
			body: ArrayBuffer | null;
	  }
	/** The next piece of an answer's body. */
	| { task: 'pull'; id: number }
	/** Nobody waits for the answer, or for the rest of it, any more. */
	| { task: 'cancel'; id: number };

/** What it answers, to the request of the same id. */
export type PortAnswer =
	| { task: 'answer'; id: number; status: number; headers: [name: string, value: string][]; hasBody: boolean }
	| { task: 'piece'; id: number; bytes: Uint8Array<ArrayBuffer> }
	| { task: 'end'; id: number }
	| { task: 'failure'; id: number };

type Taken = (answer: PortAnswer) => void;

/** Statuses whose answers have no body, which `Response` insists on. */
const withoutBody = new Set([204, 205, 304]);

/**
 * `fetch` over a message port: for a receiver that runs in a worker of this page. A body comes a piece at a time and
 * only as fast as it is read, by plain messages, because not every browser can hand a stream over.
 */
export class PortFetch {
	readonly #port: MessagePort;
	readonly #waiting = new Map<number, Taken>();
	#lastId = 0;

	constructor(port: MessagePort) {
		this.#port = port;
		port.onmessage = ({ data }: MessageEvent<PortAnswer>) => this.#waiting.get(data.id)?.(data);
	}

	/** Rejects as `fetch` does: with the signal's reason, or with a TypeError when the receiver fails. */
	async fetch(input: URL | Request, init?: RequestInit): Promise<Response> {
		const request = new Request(input, init);
		request.signal.throwIfAborted();
		const id = ++this.#lastId;
		// Without one it is on its way at once, before the page draws what waits for the answer.
		const content = request.body === null ? null : await request.arrayBuffer();
		const body = content?.byteLength ? content : null;
		const answered = this.#answer(id, request.signal);
		const { method, url, headers } = request;
		this.#post({ task: 'fetch', id, method, url, headers: [...headers], body }, body === null ? [] : [body]);
		return answered;
	}

	close(): void {
		this.#port.close();
	}

	#answer(id: number, signal: AbortSignal): Promise<Response> {
		return new Promise((resolve, reject) => {
			const stop = () => {
				this.#cancel(id);
				reject(signal.reason as Error);
			};
			signal.addEventListener('abort', stop);
			this.#waiting.set(id, (answer) => {
				signal.removeEventListener('abort', stop);
				if (answer.task !== 'answer') {
					this.#waiting.delete(id);
					return reject(new TypeError('The receiver in this page has failed.'));
				}
				const { status, headers, hasBody } = answer;
				const body = hasBody && !withoutBody.has(status) ? this.#body(id, signal) : null;
				if (body === null) this.#waiting.delete(id);
				resolve(new Response(body, { status, headers }));
			});
		});
	}

	#body(id: number, signal: AbortSignal): ReadableStream<Uint8Array> {
		return new ReadableStream<Uint8Array>(
			{
				start: (controller) => {
					signal.addEventListener('abort', () => {
						if (!this.#waiting.has(id)) return;
						this.#cancel(id);
						controller.error(signal.reason);
					});
				},
				pull: (controller) =>
					new Promise<void>((resolve) => {
						this.#waiting.set(id, (answer) => {
							if (answer.task === 'piece') controller.enqueue(answer.bytes);
							else this.#waiting.delete(id);
							if (answer.task === 'end') controller.close();
							if (answer.task === 'failure') controller.error(new TypeError('The receiver in this page has failed.'));
							resolve();
						});
						this.#post({ task: 'pull', id });
					}),
				cancel: () => this.#cancel(id),
			},
			{ highWaterMark: 0 },
		);
	}

	#cancel(id: number): void {
		this.#waiting.delete(id);
		this.#post({ task: 'cancel', id });
	}

	#post(request: PortRequest, transfer: Transferable[] = []): void {
		this.#port.postMessage(request, transfer);
	}
}
