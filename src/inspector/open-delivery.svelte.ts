import type { DeliveryDetail } from '../deliveries/api';
import type { DeliveryId } from '../deliveries/delivery';
import { ApiProblem, type ApiClient } from './api-client';

/** A delivery with everything that its detail shows. */
export interface LoadedDelivery<Reader> {
	detail: DeliveryDetail;
	body: Uint8Array<ArrayBuffer>;
	/** Reads the body. */
	reader: Reader;
}

/** After so many milliseconds of reading what was shown before makes way. */
const patience = 100;

/** What reads one body, and lets go of it when another delivery is shown. */
interface Closable {
	close(): void;
}

/**
 * The delivery whose detail is open. While the next one is read the one before stays, so that walking
 * down the list does not flicker.
 */
export class OpenDelivery<Reader extends Closable | null> {
	readonly #api: ApiClient;
	readonly #openReader: (body: Uint8Array, patienceMilliseconds: number) => Promise<Reader>;
	readonly #expect: (id: DeliveryId) => void;
	#id = $state<DeliveryId | null>(null);
	#loaded = $state.raw<LoadedDelivery<Reader> | null>(null);
	#problem = $state<string | null>(null);
	#reading: AbortController | null = null;

	/**
	 * @param openReader makes what reads a body, and may take its time to read it; the delivery is shown when that is done
	 * @param expect told which delivery's body is going to be opened
	 */
	constructor(
		api: ApiClient,
		openReader: (body: Uint8Array, patienceMilliseconds: number) => Promise<Reader>,
		expect: (id: DeliveryId) => void = () => undefined,
	) {
		this.#api = api;
		this.#openReader = openReader;
		this.#expect = expect;
	}

	get id(): DeliveryId | null {
		return this.#id;
	}

	/** What is there to show; may still be the one before. */
	get loaded(): LoadedDelivery<Reader> | null {
		return this.#loaded;
	}

	/** Why the delivery cannot be shown, in a sentence. */
	get problem(): string | null {
		return this.#problem;
	}

	open(id: DeliveryId | null): void {
		if (id === this.#id) return;
		this.#id = id;
		this.#reading?.abort();
		this.#problem = null;
		if (id === null) this.#show(null);
		else void this.#read(id);
	}

	/** Tries again after a problem. */
	retry(): void {
		const id = this.#id;
		this.#id = null;
		this.open(id);
	}

	/** Its state has changed: the facts are read again, the bytes never change. */
	async refresh(): Promise<void> {
		const loaded = this.#loaded;
		if (!loaded || loaded.detail.id !== this.#id) return;
		const detail = await this.#api.detail(loaded.detail.id).catch(() => null);
		if (detail && this.#loaded === loaded) this.#loaded = { ...loaded, detail };
	}

	async #read(id: DeliveryId): Promise<void> {
		const reading = new AbortController();
		this.#reading = reading;
		try {
			this.#expect(id);
			const [detail, body] = await Promise.all([this.#api.detail(id), this.#api.body(id, reading.signal)]);
			if (reading.signal.aborted) return;
			if (!detail || !body) {
				return this.#fail(`Delivery ${id} is not here any more: it was cleared, or dropped by the limits.`);
			}
			// Nothing that is shown is kept by waiting when nothing is.
			const reader = await this.#openReader(body, this.#loaded ? patience : 0);
			if (reading.signal.aborted) reader?.close();
			else this.#show({ detail, body, reader });
		} catch (error) {
			if (reading.signal.aborted) return;
			if (!(error instanceof ApiProblem)) throw error;
			this.#fail(error.message);
		}
	}

	#fail(problem: string): void {
		this.#show(null);
		this.#problem = problem;
	}

	#show(loaded: LoadedDelivery<Reader> | null): void {
		this.#loaded?.reader?.close();
		this.#loaded = loaded;
	}
}
