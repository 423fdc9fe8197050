import { presentMembers } from '../chatwoot/check/coverage';
import type {
	Answer,
	ClearResult,
	CountedMembers,
	DeliveryDetail,
	DeliveryPage,
	StoreStatus,
	Summary,
	SummaryFacts,
} from '../deliveries/api';
import { readBody } from '../deliveries/body-reading';
import type { Delivery, DeliveryId } from '../deliveries/delivery';
import { MemberCounter } from '../deliveries/member-counter';
import { summarize } from '../deliveries/summary';
import {
	undoMilliseconds,
	weigh,
	wholePageBytes,
	type ConversationChoice,
	type DeliveryStore,
	type ListRange,
	type SignatureState,
	type StoredDelivery,
	type StoreEvent,
	type StoreOptions,
	type WholeRange,
} from './store';

interface Entry {
	id: DeliveryId;
	delivery: Delivery;
	facts: SummaryFacts;
	signature: SignatureState;
	answer: Answer | null;
	isPinned: boolean;
	weight: number;
}

/** Keeps deliveries in memory: for the demo, where the page is its own receiver, and for tests. */
export class MemoryStore implements DeliveryStore {
	readonly #options: StoreOptions;
	readonly #now: () => number;
	readonly #listeners = new Set<(event: StoreEvent) => void>();
	readonly #counter = new MemberCounter();
	/** Ascending by id. */
	#entries: Entry[] = [];
	#cleared: { entries: Entry[]; until: number } = { entries: [], until: 0 };
	#lastId = 0;
	#bytes = 0;
	#dropped = 0;

	constructor(options: StoreOptions) {
		this.#options = options;
		this.#now = options.now ?? Date.now;
	}

	append(delivery: Delivery, signature: SignatureState = null): Promise<DeliveryId> {
		const reading = readBody(delivery.body);
		const facts = summarize(delivery, reading);
		const weight = weigh(delivery, JSON.stringify(facts));
		const entry: Entry = { id: ++this.#lastId, delivery, facts, signature, answer: null, isPinned: false, weight };
		this.#entries.push(entry);
		this.#bytes += weight;
		this.#counter.add(reading.document && presentMembers(reading.document), entry.id);
		this.#counter.settle();
		this.#tell({ type: 'delivery', summary: summaryOf(entry) });
		this.#dropOverLimit();
		this.#tell({ type: 'store', status: this.status() });
		return Promise.resolve(entry.id);
	}

	recordAnswer(id: DeliveryId, answer: Answer): void {
		const entry = this.#find(id);
		if (!entry) return;
		entry.answer = answer;
		this.#tell({ type: 'update', summary: summaryOf(entry) });
	}

	list(range: ListRange): Promise<DeliveryPage> {
		const { oldest, newest } = this.status();
		return Promise.resolve({ deliveries: this.#entriesIn(range).map(summaryOf), oldest, newest });
	}

	async listText(range: ListRange): Promise<Uint8Array<ArrayBuffer>> {
		return new TextEncoder().encode(JSON.stringify(await this.list(range)));
	}

	listWhole(range: WholeRange): Promise<StoredDelivery[]> {
		const page: StoredDelivery[] = [];
		let bytes = 0;
		for (const entry of this.#entriesIn(range)) {
			if (bytes > wholePageBytes) break;
			bytes += entry.delivery.body.length;
			page.push({ summary: summaryOf(entry), delivery: entry.delivery });
		}
		return Promise.resolve(page);
	}

	get(id: DeliveryId): Promise<DeliveryDetail | null> {
		const entry = this.#find(id);
		if (!entry) return Promise.resolve(null);
		const { target, headers, body, truncation } = entry.delivery;
		return Promise.resolve({
			...summaryOf(entry),
			target,
			headers,
			bodySize: body.length,
			truncation,
			answer: entry.answer,
		});
	}

	body(id: DeliveryId): Promise<Uint8Array | null> {
		return Promise.resolve(this.#find(id)?.delivery.body ?? null);
	}

	clear(through: DeliveryId): Promise<ClearResult> {
		const cleared = this.#entries.filter((entry) => entry.id <= through && !entry.isPinned);
		this.#entries = this.#entries.filter((entry) => entry.id > through || entry.isPinned);
		this.#bytes -= totalWeight(cleared);
		this.#cleared = { entries: cleared, until: this.#now() + undoMilliseconds };
		this.#tell({ type: 'store', status: this.status() });
		return Promise.resolve({ cleared: cleared.length, undoUntil: this.#cleared.until });
	}

	restore(): Promise<number> {
		const { entries, until } = this.#cleared;
		this.#cleared = { entries: [], until: 0 };
		if (this.#now() > until) return Promise.resolve(0);
		this.#entries = [...entries, ...this.#entries].sort((a, b) => a.id - b.id);
		this.#bytes += totalWeight(entries);
		this.#dropOverLimit();
		this.#tell({ type: 'store', status: this.status() });
		return Promise.resolve(entries.length);
	}

	setPinned(id: DeliveryId, isPinned: boolean): Promise<Summary | null> {
		const entry = this.#find(id);
		if (!entry) return Promise.resolve(null);
		entry.isPinned = isPinned;
		const summary = summaryOf(entry);
		this.#tell({ type: 'update', summary });
		return Promise.resolve(summary);
	}

	countedMembers(): Promise<CountedMembers> {
		return Promise.resolve(this.#counter.counted());
	}

	status(): StoreStatus {
		return {
			oldest: this.#entries[0]?.id ?? null,
			newest: this.#entries.at(-1)?.id ?? null,
			count: this.#entries.length,
			bytes: this.#bytes,
			dropped: this.#dropped,
		};
	}

	subscribe(listener: (event: StoreEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	close(): Promise<void> {
		this.#listeners.clear();
		return Promise.resolve();
	}

	#tell(event: StoreEvent): void {
		for (const listener of this.#listeners) listener(event);
	}

	#dropOverLimit(): void {
		const { count, bytes, ageMilliseconds } = this.#options.keep;
		const oldestAllowed = ageMilliseconds === null ? -Infinity : this.#now() - ageMilliseconds;
		let excess = this.#entries.length - count;
		const isOver = (entry: Entry) => excess > 0 || this.#bytes > bytes || entry.delivery.receivedAt < oldestAllowed;
		const pinned: Entry[] = [];
		let passed = 0;
		for (const entry of this.#entries) {
			if (!isOver(entry)) break;
			passed++;
			if (entry.isPinned) pinned.push(entry);
			else {
				excess--;
				this.#bytes -= entry.weight;
			}
		}
		// Once it is full this happens at every arrival: what stays is not copied.
		this.#entries.splice(0, passed, ...pinned);
		this.#dropped += passed - pinned.length;
	}

	#entriesIn({ after, before, limit, conversation }: ListRange): Entry[] {
		const entries = conversation ? this.#entries.filter(({ facts }) => isOf(facts, conversation)) : this.#entries;
		const end = before === undefined ? entries.length : indexFrom(entries, before);
		const start = after === undefined ? Math.max(0, end - limit) : indexFrom(entries, after + 1);
		return entries.slice(start, Math.min(end, start + limit));
	}

	#find(id: DeliveryId): Entry | undefined {
		const entry = this.#entries[indexFrom(this.#entries, id)];
		return entry?.id === id ? entry : undefined;
	}
}

/** Where the first entry with this id or a later one is. */
function indexFrom(entries: readonly Entry[], id: DeliveryId): number {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (entries[middle]!.id < id) low = middle + 1;
		else high = middle;
	}
	return low;
}

function isOf(facts: SummaryFacts, { conversationId, accountId, endpoint }: ConversationChoice): boolean {
	if (facts.conversationId !== conversationId) return false;
	const isSameAccount = accountId === null || facts.accountId === null || facts.accountId === accountId;
	return isSameAccount && (endpoint === null || facts.endpoint === endpoint);
}

function summaryOf({ id, facts, signature, answer, isPinned }: Entry): Summary {
	return {
		...facts,
		id,
		state: {
			answer: answer && { status: answer.status, milliseconds: answer.milliseconds },
			isPinned,
			note: null,
			signature,
		},
	};
}

function totalWeight(entries: readonly Entry[]): number {
	return entries.reduce((sum, entry) => sum + entry.weight, 0);
}
