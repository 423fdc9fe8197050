import type { Truncation } from '../deliveries/delivery';

/**
 * Where a body comes from. A push interface, because that is what both a Node socket and a
 * web stream can do without a copy, and because it is called for each delivery.
 */
export interface BodySource {
	/** Calls the sink until the end. Returns the way to stop listening; nothing is called after that. */
	start(sink: BodySink): () => void;
}

export interface BodySink {
	chunk(bytes: Uint8Array): void;
	/** The body is whole. */
	end(): void;
	/** The sender went away before the end. */
	stopped(): void;
}

/** Bounds the memory of all bodies that are on their way. */
export class BodyBudget {
	#free: number;

	constructor(bytes: number) {
		this.#free = bytes;
	}

	take(bytes: number): boolean {
		if (bytes > this.#free) return false;
		this.#free -= bytes;
		return true;
	}

	give(bytes: number): void {
		this.#free += bytes;
	}
}

export interface BodyLimits {
	/** Bytes kept of one body. */
	limitBytes: number;
	/** How long a sender may take for one body. */
	timeMilliseconds: number;
	budget: BodyBudget;
}

export type BodyOutcome =
	/** `bytes` stay charged to the budget until the caller gives them back. */
	| { kept: true; bytes: Uint8Array<ArrayBuffer>; truncation: Truncation['reason'] | null }
	/** The budget is used up: nothing was kept and nothing is charged. */
	| { kept: false };

/** Pieces of a body that are joined when there are so many: an object for each of a million bytes would outweigh them a hundredfold. */
const piecesAtOnce = 256;

/**
 * Reads one body, counting while it streams: what is over the limit is not kept and not waited for.
 * Always settles, at the latest when the time is over.
 */
export function readBody(source: BodySource, limits: BodyLimits): Promise<BodyOutcome> {
	return new Promise((resolve) => {
		const blocks: Uint8Array[] = [];
		let pieces: Uint8Array[] = [];
		let size = 0;
		let isDone = false;
		let stop = (): void => undefined;

		const finish = (outcome: BodyOutcome) => {
			if (isDone) return;
			isDone = true;
			clearTimeout(timer);
			stop();
			resolve(outcome);
		};
		const keep = (truncation: Truncation['reason'] | null) =>
			finish({ kept: true, bytes: concatenate([...blocks, ...pieces]), truncation });

		const timer = setTimeout(() => keep('slow'), limits.timeMilliseconds);
		stop = source.start({
			chunk(bytes) {
				if (isDone) return;
				const room = limits.limitBytes - size;
				const kept = bytes.length <= room ? bytes : bytes.subarray(0, room);
				if (!limits.budget.take(kept.length)) {
					limits.budget.give(size);
					return finish({ kept: false });
				}
				if (kept.length > 0 && pieces.push(kept) === piecesAtOnce) {
					blocks.push(concatenate(pieces));
					pieces = [];
				}
				size += kept.length;
				if (kept.length < bytes.length) keep('limit');
			},
			end: () => keep(null),
			stopped: () => keep('stopped'),
		});
		// A source that ended before it returned could not be stopped yet.
		if (isDone) stop();
	});
}

/** The body of a web Request as a source; a Request without a body ends at once. */
export function webBody(request: Request): BodySource {
	return {
		start(sink) {
			const reader = request.body?.getReader();
			if (!reader) {
				sink.end();
				return () => undefined;
			}
			const pump = async () => {
				for (;;) {
					const { done, value } = await reader.read();
					if (done) return sink.end();
					sink.chunk(value);
				}
			};
			pump().catch(() => sink.stopped());
			return () => void reader.cancel().catch(() => undefined);
		},
	};
}

/** Always a copy with a buffer of its own: Node's small chunks share a pool, which could not move to another thread. */
function concatenate(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
	let offset = 0;
	for (const chunk of chunks) {
		whole.set(chunk, offset);
		offset += chunk.length;
	}
	return whole;
}
