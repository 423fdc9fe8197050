import type { CountedMembers } from '../../deliveries/api';
import { ApiProblem, type ApiClient } from '../api-client';

/** However many deliveries arrive, the counts are read no more often than this. */
const atMostEveryMilliseconds = 1000;

/** What the store has counted, kept up to date while somebody looks at it. */
export class CoverageReader {
	readonly #api: ApiClient;
	#counted = $state.raw<CountedMembers | null>(null);
	#problem = $state<string | null>(null);
	#readAt = -Infinity;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(api: ApiClient) {
		this.#api = api;
	}

	/** As it was read last; null before. */
	get counted(): CountedMembers | null {
		return this.#counted;
	}

	/** Why it could not be read the last time; a sentence. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Reads the counts anew, now or as soon as it is time again. */
	refresh(): void {
		if (this.#timer !== undefined) return;
		const wait = Math.max(0, this.#readAt + atMostEveryMilliseconds - performance.now());
		this.#timer = setTimeout(() => void this.#read(), wait);
	}

	/** Reads no more, unless it is asked again. */
	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	async #read(): Promise<void> {
		this.#timer = undefined;
		this.#readAt = performance.now();
		try {
			this.#counted = await this.#api.countedMembers();
			this.#problem = null;
		} catch (error) {
			if (!(error instanceof ApiProblem)) throw error;
			this.#problem = error.message;
		}
	}
}
