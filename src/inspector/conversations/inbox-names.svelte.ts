import type { DeliveryId } from '../../deliveries/delivery';
import { member, stringValue } from '../../json/document';
import { scanJson } from '../../json/scan';
import type { ApiClient } from '../api-client';
import { inboxKey, type KnownConversation } from './conversation-index';

const longestName = 80;
/** An account has a handful; what claims to have thousands is not worth as many questions. */
const mostInboxes = 200;

/**
 * What inboxes are called. Summaries know only their number; the body of a message knows the name, so that one body of
 * each inbox is read.
 */
export class InboxNames {
	readonly #api: ApiClient;
	#names = $state.raw<ReadonlyMap<string, string>>(new Map());
	readonly #asked = new Set<string>();
	#isAsking = false;

	constructor(api: ApiClient) {
		this.#api = api;
	}

	/** Its name, or its number as long as no body has told; empty when there is no inbox. */
	nameOf({ endpoint, inboxId }: KnownConversation): string {
		if (inboxId === null) return '';
		return this.#names.get(inboxKey(endpoint, inboxId)) ?? `inbox ${inboxId}`;
	}

	/**
	 * Reads the names that are not known yet, one after the other.
	 * @param messages by inbox a delivery whose body names it
	 */
	async learn(messages: ReadonlyMap<string, DeliveryId>): Promise<void> {
		if (this.#isAsking) return;
		this.#isAsking = true;
		for (const [key, id] of messages) {
			if (this.#asked.has(key) || this.#asked.size >= mostInboxes) continue;
			this.#asked.add(key);
			// A name that is missing is no fault: the number stays.
			const name = await this.#read(id).catch(() => null);
			if (name) this.#names = new Map(this.#names).set(key, name.slice(0, longestName));
		}
		this.#isAsking = false;
	}

	async #read(id: DeliveryId): Promise<string | null> {
		const body = await this.#api.body(id);
		const scan = body && scanJson(body);
		if (!scan?.ok) return null;
		return stringValue(scan.document, member(scan.document, member(scan.document, 0, 'inbox'), 'name'));
	}
}
