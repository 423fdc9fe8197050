import type { DeliveryId } from '../deliveries/delivery';
import { TextNumbers } from '../deliveries/text-numbers';
import { conversationKey, readUpdate, repeatKey, type ChainEntry, type ChainUpdate } from './chain-entry';
import { duplicateRemark, type ChainRemark } from './chain-remarks';
import type { NameOf } from './chain-words';
import { ConversationChain, type ChainSurroundings } from './conversation-chain';
import { RemarkBook } from './remark-book';

/** How much a chain remembers. */
export interface ChainMemory {
	/** Updates of one conversation, so that one that comes late finds its place among them. */
	updates: number;
	/** Delivery ids and bodies, so that a repeat is known: this many at least, twice as many at most. */
	repeats: number;
}

/** For a page that is open for weeks: a retry comes within seconds, and queues are not minutes apart. */
const pageMemory: ChainMemory = { updates: 64, repeats: 100_000 };

/**
 * The chain of every conversation, followed as deliveries arrive: was one missed, sent twice, or overtaken? It says
 * what `followChain` says of all that was added so far, as long as nothing comes later than it remembers. The memory
 * it takes grows with the number of conversations, not with that of deliveries.
 */
export class LiveChain {
	readonly #around: ChainSurroundings;
	readonly #book = new RemarkBook();
	readonly #conversations = new TextNumbers();
	/** By the conversation's number. */
	readonly #chains: AccountChains[] = [];
	readonly #repeats: Repeats;
	#arrived = 0;

	/** @param nameOf how messages call a delivery */
	constructor(nameOf: NameOf = String, memory: ChainMemory = pageMemory) {
		this.#around = { book: this.#book, nameOf, keptUpdates: memory.updates };
		this.#repeats = new Repeats(memory.repeats);
	}

	/** Grows with each remark that comes or goes. */
	get version(): number {
		return this.#book.version;
	}

	/** Deliveries before which one is missing, ascending. The same array until one comes or goes. */
	get gaps(): readonly DeliveryId[] {
		return this.#book.gaps;
	}

	remarksOf(id: DeliveryId): readonly ChainRemark[] {
		return this.#book.of(id);
	}

	/** By delivery, then by kind. */
	remarks(): ChainRemark[] {
		return this.#book.all();
	}

	/** Takes the next deliveries, in order of arrival. */
	add(entries: Iterable<ChainEntry>): void {
		for (const entry of entries) this.#add(entry);
	}

	/** Forgets what was said of deliveries that are gone; what they taught stays known. */
	keepOnly(isKept: (id: DeliveryId) => boolean): void {
		this.#book.keepOnly(isKept);
	}

	#add(entry: ChainEntry): void {
		const repeat = repeatKey(entry);
		const first = repeat === null ? null : this.#repeats.firstOf(repeat, entry.id);
		if (first !== null) {
			const isSameId = entry.deliveryHeaderId !== null;
			this.#book.put(duplicateRemark(entry.id, first, isSameId, this.#around.nameOf));
			if (isSameId) return;
		}
		const update = readUpdate(entry);
		if (update === null) return;
		const conversation = this.#conversations.add(conversationKey(entry.endpoint, update.conversationId));
		const chains = (this.#chains[conversation] ??= new AccountChains(this.#around));
		chains.add(update, this.#arrived++);
	}
}

/**
 * The chains of one display id. A body may name no account before 4.14.2: while no more than one is known all updates
 * belong together; with several, those without are a chain of their own.
 */
class AccountChains {
	readonly #around: ChainSurroundings;
	#account: number | null = null;
	#together: ConversationChain | null;
	#apart: Map<number | null, ConversationChain> | null = null;

	constructor(around: ChainSurroundings) {
		this.#around = around;
		this.#together = new ConversationChain(around);
	}

	add(update: ChainUpdate, arrival: number): void {
		if (this.#together !== null && update.account !== null) {
			this.#account ??= update.account;
			if (this.#account !== update.account) this.#part(this.#together);
		}
		const chain = this.#together ?? this.#chainOf(update.account);
		chain.add(update, arrival);
	}

	#part(together: ConversationChain): void {
		this.#together = null;
		together.retract();
		this.#apart = new Map();
		for (const account of [null, this.#account]) {
			this.#apart.set(account, new ConversationChain(this.#around, together.forgotten(account)));
		}
		for (const update of together.arrived) this.#chainOf(update.account).add(update, update.arrival);
	}

	#chainOf(account: number | null): ConversationChain {
		const apart = (this.#apart ??= new Map<number | null, ConversationChain>());
		let chain = apart.get(account);
		if (chain === undefined) apart.set(account, (chain = new ConversationChain(this.#around)));
		return chain;
	}
}

/** The first delivery with each key, in two generations: the older one goes when the newer is full. */
class Repeats {
	readonly #limit: number;
	#newer = new FirstOfEach();
	#older = new FirstOfEach();

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** The delivery that had the key first; null when it is this one. */
	firstOf(key: string, id: DeliveryId): DeliveryId | null {
		const first = this.#newer.get(key) ?? this.#older.get(key);
		if (first !== undefined) return first;
		if (this.#newer.size >= this.#limit) {
			this.#older = this.#newer;
			this.#newer = new FirstOfEach();
		}
		this.#newer.add(key, id);
		return null;
	}
}

/** A delivery for each key. */
class FirstOfEach {
	readonly #keys = new TextNumbers();
	/** By the key's number. */
	readonly #ids: DeliveryId[] = [];

	get size(): number {
		return this.#ids.length;
	}

	get(key: string): DeliveryId | undefined {
		return this.#ids[this.#keys.numberOf(key)];
	}

	add(key: string, id: DeliveryId): void {
		this.#ids[this.#keys.add(key)] = id;
	}
}
