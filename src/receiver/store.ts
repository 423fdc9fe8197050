import type {
	Answer,
	ClearResult,
	CountedMembers,
	DeliveryDetail,
	DeliveryPage,
	KeepLimits,
	StoreStatus,
	Summary,
	SummaryState,
} from '../deliveries/api';
import type { Delivery, DeliveryId } from '../deliveries/delivery';

/** Which part of the list is asked for; neither bound means the newest. */
export interface ListRange {
	/** The next ones after this id. */
	after?: DeliveryId;
	/** The ones right before this id. */
	before?: DeliveryId;
	/** At most this many. */
	limit: number;
	/** Only those of one conversation. */
	conversation?: ConversationChoice;
}

/**
 * One conversation. Its number repeats across accounts and endpoints; null takes any of them. A delivery that names no
 * account may be of every account (ground truth 4.3), and so is always among them.
 */
export interface ConversationChoice {
	/** Chatwoot's display id. */
	conversationId: number;
	accountId: number | null;
	endpoint: string | null;
}

/** A delivery with all that is known of it. */
export interface StoredDelivery {
	summary: Summary;
	delivery: Delivery;
}

/** Bodies that `listWhole` gives at once, in bytes: it ends with the delivery that goes beyond. */
export const wholePageBytes = 1024 * 1024;

/** Which deliveries are asked for with their bodies. */
export type WholeRange = Omit<ListRange, 'before'> & { after: DeliveryId };

/** What a store tells its listeners, in the order in which it happened. */
export type StoreEvent =
	| { type: 'delivery'; summary: Summary }
	| { type: 'update'; summary: Summary }
	| { type: 'store'; status: StoreStatus };

/**
 * Keeps deliveries. The receiver and everything above it know only this port;
 * `test/store-contract.ts` is what every implementation must hold.
 *
 * A method rejects with a `StoreError` when the store itself fails (disk full, file damaged).
 * What is asked for and not there is null or an empty list, never an error.
 */
export interface DeliveryStore {
	/**
	 * Resolves when the delivery would survive whatever the store promises to survive, with its number.
	 * Deliveries get ascending ids in the order of the calls.
	 * `signature` is what was found of the sender's signature, kept as it is; null when nothing could be found.
	 */
	append(delivery: Delivery, signature?: SignatureState): Promise<DeliveryId>;
	/** Records what the sender got. May be written later than the promise of `append` demands. */
	recordAnswer(id: DeliveryId, answer: Answer): void;
	list(range: ListRange): Promise<DeliveryPage>;
	/** The same as JSON in UTF-8: a store that keeps text need not read it. */
	listText(range: ListRange): Promise<Uint8Array<ArrayBuffer>>;
	/**
	 * The next ones after an id, with their bodies: up to `limit`, fewer where the bodies are large, and none only when
	 * there are none. Who goes on after the last one has them all.
	 */
	listWhole(range: WholeRange): Promise<StoredDelivery[]>;
	get(id: DeliveryId): Promise<DeliveryDetail | null>;
	body(id: DeliveryId): Promise<Uint8Array | null>;
	/** Takes the unpinned deliveries up to and including `through` away; they can be restored for a while. */
	clear(through: DeliveryId): Promise<ClearResult>;
	/** Brings back what the last clear took, if its time is not over. Resolves to how many came back. */
	restore(): Promise<number>;
	/** A pinned delivery outlives clearing and the limits. Null when there is none with this id. */
	setPinned(id: DeliveryId, isPinned: boolean): Promise<Summary | null>;
	/**
	 * What was counted of members since the store was made: as safe as the deliveries, each counted once, with its
	 * append. Clearing and the limits take nothing back.
	 */
	countedMembers(): Promise<CountedMembers>;
	status(): StoreStatus;
	/** Calls the listener for everything that happens from now on. Returns the way to stop. */
	subscribe(listener: (event: StoreEvent) => void): () => void;
	/** Resolves when everything accepted is safe and the store's resources are free. */
	close(): Promise<void>;
}

/** Found when a delivery arrives, and never again: the secret may be another one later. */
export type SignatureState = SummaryState['signature'];

export interface StoreOptions {
	keep: KeepLimits;
	/** Unix milliseconds. */
	now?: () => number;
}

/** How long a clear can be undone. */
export const undoMilliseconds = 10_000;

/** The store cannot do its work; the message tells a person why and what to do. */
export class StoreError extends Error {
	override name = 'StoreError';
}

/** What a delivery counts for in `StoreStatus.bytes` and `KeepLimits.bytes`. */
export function weigh(delivery: Delivery, summaryText: string): number {
	const headers = delivery.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
	return delivery.body.length + delivery.target.length + headers + summaryText.length;
}
