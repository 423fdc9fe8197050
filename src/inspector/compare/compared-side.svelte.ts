import type { DeliveryDetail } from '../../deliveries/api';
import type { DeliveryId, Header } from '../../deliveries/delivery';
import { readPastedText, type PastedKind } from '../../deliveries/pasted-text';
import { formatClock } from '../../ui/format';
import type { ApiClient } from '../api-client';
import { OpenDelivery } from '../open-delivery.svelte';
import type { Choice } from './compare-query';

/** What one side of a comparison holds. */
export interface SideContent {
	/** Heads its column. */
	label: string;
	bytes: Uint8Array;
	headers: readonly Header[];
	/** Null of a pasted text. */
	detail: DeliveryDetail | null;
}

/** A text that a person has pasted. It stays in the page. */
export interface PastedSide {
	text: string;
	kind: PastedKind;
	/** How many payloads the text holds; the first is the one that is compared. */
	partCount: number;
	bytes: Uint8Array;
	headers: readonly Header[];
}

/** One side of a comparison: a delivery that is read from the receiver, or a pasted text. */
export class ComparedSide {
	readonly #opened: OpenDelivery<null>;
	#isPasted = $state(false);
	#pasted = $state.raw<PastedSide | null>(null);

	/** Null while nothing is chosen, and until it has been read. Another delivery's content stays until the next is there. */
	readonly content = $derived.by((): SideContent | null => {
		if (this.#isPasted) return this.#pasted && { label: 'Pasted', ...this.#pasted, detail: null };
		const loaded = this.#opened.loaded;
		if (!loaded) return null;
		const { detail, body } = loaded;
		const label = `#${detail.id} ${formatClock(detail.receivedAt)}`;
		return { label, bytes: body, headers: detail.headers, detail };
	});

	/** Whether what was chosen is still on its way. */
	get isReading(): boolean {
		const { id, loaded, problem } = this.#opened;
		return !this.#isPasted && id !== null && problem === null && loaded?.detail.id !== id;
	}

	constructor(api: ApiClient) {
		// The comparison's worker reads the bytes of both sides.
		this.#opened = new OpenDelivery(api, () => Promise.resolve(null));
	}

	get choice(): Choice {
		return this.#isPasted ? 'pasted' : this.#opened.id;
	}

	/** The number of the delivery; null of a pasted text, and while nothing is chosen. */
	get id(): DeliveryId | null {
		return this.#isPasted ? null : this.#opened.id;
	}

	/** What was pasted last, also while a delivery stands here. */
	get pasted(): PastedSide | null {
		return this.#pasted;
	}

	/** Why it can't be shown, in a sentence. */
	get problem(): string | null {
		if (!this.#isPasted) return this.#opened.problem;
		return this.#pasted ? null : 'The pasted text was not kept: it never leaves the page. Paste it again.';
	}

	choose(choice: Choice): void {
		this.#isPasted = choice === 'pasted';
		this.#opened.open(choice === 'pasted' ? null : choice);
	}

	/** Puts a text here: a payload, or one with its headers, a request, a curl command. An empty text is compared as it is. */
	paste(text: string): void {
		const { parts } = readPastedText(text);
		const [first] = parts;
		this.#pasted = {
			text,
			kind: first?.kind ?? 'payload',
			partCount: parts.length,
			bytes: new TextEncoder().encode(first?.body.text ?? text),
			headers: first?.headers ?? [],
		};
		this.choose('pasted');
	}

	/** Tries again after a problem. */
	retry(): void {
		this.#opened.retry();
	}
}
