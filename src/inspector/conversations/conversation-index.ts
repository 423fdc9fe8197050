import { eventFamily } from '../../chatwoot/events';
import type { DeliveryId } from '../../deliveries/delivery';
import type { DeliveryLog } from '../../deliveries/log';

/** A conversation that the log has deliveries of. */
export interface KnownConversation {
	/** Stays the same as long as the conversation is known. */
	key: string;
	endpoint: string;
	conversationId: number;
	/** Null where no delivery names one. */
	accountId: number | null;
	/**
	 * Whether all deliveries of this number and endpoint are of it. Else the same number exists in several accounts, and
	 * a delivery that names none cannot be told to belong to one of them.
	 */
	isAlone: boolean;
	/** Of its contact; null where no delivery names it. */
	name: string | null;
	contactId: number | null;
	status: string | null;
	inboxId: number | null;
	count: number;
	/** Deliveries whose verdict is an error. */
	errors: number;
	newestId: DeliveryId;
	/** Unix milliseconds. */
	newestAt: number;
}

/** Deliveries of one number, endpoint and account. */
interface Part {
	/** Descending: those that were found while going back. */
	older: DeliveryId[];
	/** Ascending: those that came since. */
	newer: DeliveryId[];
	errorIds: DeliveryId[];
	name: string | null;
	/** Typing names whoever types: any other delivery knows better. */
	isNameCertain: boolean;
	contactId: number | null;
	status: string | null;
	inboxId: number | null;
	newestAt: number;
}

interface Bucket {
	endpoint: string;
	conversationId: number;
	parts: Map<number | null, Part>;
}

/** Rows that are read between two looks at the clock. */
const rowsAtOnce = 200;

/**
 * Which conversations a log holds: built bit by bit from its newest delivery back, so that the newest conversations are
 * there at once, whatever the log's size. Follows what is added at both ends and dropped at the front; after any other
 * change it starts anew.
 */
export class ConversationIndex {
	readonly #log: DeliveryLog;
	#buckets = new Map<string, Bucket>();
	/** All ids that were read, of conversations or not: descending, and ascending. */
	#older: DeliveryId[] = [];
	#newer: DeliveryId[] = [];
	/** By inbox a message of it. */
	#inboxMessages = new Map<string, DeliveryId>();
	#version = 0;
	/** Of the log, when reading it began. */
	#generation: number;

	constructor(log: DeliveryLog) {
		this.#log = log;
		this.#generation = log.generation;
	}

	/** Grows with each change of what is known. */
	get version(): number {
		return this.#version;
	}

	/** By `inboxKey` a delivery whose body says what the inbox is called. */
	get inboxMessages(): ReadonlyMap<string, DeliveryId> {
		return this.#inboxMessages;
	}

	/**
	 * Works until everything is known or the time is over; false when there is more to do.
	 * @param shown how many of the log's deliveries count, from the oldest on
	 * @param isOver asked from time to time
	 */
	work(shown: number, isOver: () => boolean): boolean {
		const log = this.#log;
		if (!this.#fits(shown)) this.#startAnew();
		if (this.#older.length + this.#newer.length === 0) this.#generation = log.generation;
		const newest = this.#newer.at(-1) ?? this.#older[0];
		let next = newest === undefined ? shown : log.indexAfter(newest);
		const isFirst = newest === undefined;
		while (!isFirst && next < shown) {
			for (let row = 0; row < rowsAtOnce && next < shown; row++) this.#read(next++, true);
			if (isOver()) return false;
		}
		const oldest = this.#older.at(-1) ?? this.#newer[0];
		let before = oldest === undefined ? shown : log.indexAfter(oldest - 1);
		while (before > 0) {
			for (let row = 0; row < rowsAtOnce && before > 0; row++) this.#read(--before, false);
			if (isOver()) return before === 0;
		}
		return true;
	}

	/** All that are known so far, the one with the newest delivery first. */
	list(): KnownConversation[] {
		const oldest = this.#log.oldestId ?? Infinity;
		const known: KnownConversation[] = [];
		for (const bucket of this.#buckets.values()) known.push(...conversationsOf(bucket, oldest));
		return known.sort((one, other) => other.newestId - one.newestId);
	}

	/** The ids of a conversation's deliveries, ascending. */
	idsOf({ endpoint, conversationId, accountId, isAlone }: KnownConversation): DeliveryId[] {
		const bucket = this.#buckets.get(bucketKey(endpoint, conversationId));
		if (!bucket) return [];
		const parts = isAlone ? [...bucket.parts.values()] : [bucket.parts.get(accountId)].filter((part) => !!part);
		const ids = parts.flatMap(({ older, newer }) => [...older.toReversed(), ...newer]);
		const oldest = this.#log.oldestId ?? Infinity;
		const here = ids.filter((id) => id >= oldest);
		return parts.length > 1 ? here.sort((one, other) => one - other) : here;
	}

	/** Whether what was read is still what the log has, apart from what it has dropped at the front. */
	#fits(shown: number): boolean {
		const log = this.#log;
		const newest = this.#newer.at(-1) ?? this.#older[0];
		if (newest === undefined) return true;
		if (this.#generation !== log.generation || log.indexOf(newest) === -1) return false;
		return log.indexAfter(newest) <= shown;
	}

	#startAnew(): void {
		this.#generation = this.#log.generation;
		this.#buckets = new Map();
		this.#older = [];
		this.#newer = [];
		this.#inboxMessages = new Map();
		this.#version++;
	}

	#read(index: number, isNewer: boolean): void {
		const log = this.#log;
		const id = log.idAt(index);
		(isNewer ? this.#newer : this.#older).push(id);
		const conversationId = log.value(index, 'conversationId');
		if (conversationId === null) return;
		const endpoint = log.value(index, 'endpoint');
		const key = bucketKey(endpoint, conversationId);
		let bucket = this.#buckets.get(key);
		if (!bucket) this.#buckets.set(key, (bucket = { endpoint, conversationId, parts: new Map() }));
		const accountId = log.value(index, 'accountId');
		let part = bucket.parts.get(accountId);
		if (!part) bucket.parts.set(accountId, (part = emptyPart()));
		(isNewer ? part.newer : part.older).push(id);
		if (log.value(index, 'verdict') === 'error') part.errorIds.push(id);
		this.#describe(part, index, isNewer);
		this.#version++;
	}

	/** The newest delivery that says something has the say. */
	#describe(part: Part, index: number, isNewer: boolean): void {
		const log = this.#log;
		const isTyping = eventFamily(log.value(index, 'event')) === 'typing';
		const name = nameOf(log.value(index, 'subject'));
		if (name !== null && (isTyping ? part.name === null : isNewer || !part.isNameCertain)) {
			part.name = name;
			part.isNameCertain = !isTyping;
		}
		part.contactId = newerOf(part.contactId, log.value(index, 'contactId'), isNewer);
		part.status = newerOf(part.status, log.value(index, 'status'), isNewer);
		const inboxId = log.value(index, 'inboxId');
		part.inboxId = newerOf(part.inboxId, inboxId, isNewer);
		if (inboxId !== null && log.value(index, 'messageId') !== null) {
			const key = inboxKey(log.value(index, 'endpoint'), inboxId);
			if (!this.#inboxMessages.has(key)) this.#inboxMessages.set(key, log.idAt(index));
		}
		part.newestAt = Math.max(part.newestAt, log.receivedAt(index));
	}
}

function newerOf<Value>(known: Value | null, found: Value | null, isNewer: boolean): Value | null {
	return isNewer ? (found ?? known) : (known ?? found);
}

function emptyPart(): Part {
	return {
		older: [],
		newer: [],
		errorIds: [],
		name: null,
		isNameCertain: false,
		contactId: null,
		status: null,
		inboxId: null,
		newestAt: -Infinity,
	};
}

/** Inboxes have a number in their installation; endpoints are worlds of their own. */
export function inboxKey(endpoint: string, inboxId: number): string {
	return `${inboxId} ${endpoint}`;
}

function bucketKey(endpoint: string, conversationId: number): string {
	return `${conversationId} ${endpoint}`;
}

/** `Maria Lopez` of the subject `#1401 Maria Lopez`. */
function nameOf(subject: string): string | null {
	return subject.replace(/^#\d+ ?/, '') || null;
}

function conversationsOf(bucket: Bucket, oldest: DeliveryId): KnownConversation[] {
	const { endpoint, conversationId } = bucket;
	const parts = new Map([...bucket.parts].filter(([, { older, newer }]) => countFrom(older, newer, oldest) > 0));
	const named = [...parts.keys()].filter((accountId) => accountId !== null);
	const isAlone = named.length <= 1;
	const groups = isAlone ? [[...parts.values()]] : [...parts.values()].map((part) => [part]);
	const accounts = isAlone ? [named[0] ?? null] : [...parts.keys()];
	return groups.flatMap((group, place): KnownConversation[] => {
		// The parts with the newer deliveries come first, and say what the others do not know better.
		const sorted = group.toSorted((one, other) => newestOf(other) - newestOf(one));
		const count = sorted.reduce((sum, { older, newer }) => sum + countFrom(older, newer, oldest), 0);
		const first = sorted[0];
		if (!first) return [];
		const accountId = accounts[place] ?? null;
		return [
			{
				key: `${bucketKey(endpoint, conversationId)} ${isAlone ? '' : accountId}`,
				endpoint,
				conversationId,
				accountId,
				isAlone,
				name: (sorted.find(({ isNameCertain }) => isNameCertain) ?? first).name,
				contactId: sorted.find(({ contactId }) => contactId !== null)?.contactId ?? null,
				status: sorted.find(({ status }) => status !== null)?.status ?? null,
				inboxId: sorted.find(({ inboxId }) => inboxId !== null)?.inboxId ?? null,
				count,
				errors: sorted.reduce((sum, { errorIds }) => sum + errorIds.filter((id) => id >= oldest).length, 0),
				newestId: newestOf(first),
				newestAt: first.newestAt,
			},
		];
	});
}

function newestOf({ older, newer }: Part): DeliveryId {
	return newer.at(-1) ?? older[0] ?? 0;
}

/** How many ids are not below one. */
function countFrom(older: readonly DeliveryId[], newer: readonly DeliveryId[], first: DeliveryId): number {
	return (
		places(older.length, (at) => older[at]! >= first) + newer.length - places(newer.length, (at) => newer[at]! < first)
	);
}

/** How many places at the beginning hold, where none after the first that does not hold does. */
function places(count: number, holds: (place: number) => boolean): number {
	let from = 0;
	let to = count;
	while (from < to) {
		const middle = (from + to) >>> 1;
		if (holds(middle)) from = middle + 1;
		else to = middle;
	}
	return from;
}
