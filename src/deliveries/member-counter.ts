import type { PresentMembers } from '../chatwoot/check/coverage';
import type { CountedEvent, CountedMembers } from './api';
import { listedMembers } from './coverage';
import type { DeliveryId } from './delivery';

/** One event's counts, in the order in which its members first came. */
export interface EventTally {
	deliveries: number;
	/** See `CountedEvent`. */
	others: number;
	/** Only ever grows at its end. */
	pointers: string[];
	/** Beside `pointers`: how many deliveries had the member. */
	counts: number[];
	/** Beside `pointers`: the newest delivery that had it. */
	examples: DeliveryId[];
}

/** What has changed since the last `settle`. */
export interface TallyChange {
	event: string;
	tally: EventTally;
	/** How many of `tally.pointers` were there before. */
	knownPointers: number;
}

interface Entry {
	tally: EventTally;
	places: Map<string, number>;
	/** Those that the contracts list. */
	listed: ReadonlySet<string>;
	/** How many of `tally.pointers` are not among them. */
	unlisted: number;
	/** As it was at the last `settle`; null while nothing has changed since. */
	before: { deliveries: number; others: number; counts: number[]; examples: DeliveryId[] } | null;
}

/** How many members that no contract lists are kept by name for an event: strangers choose them. */
export const mostUnlisted = 1000;

/**
 * Counts in how many deliveries of each event a member was there. Bounded whatever arrives: events are those that
 * releases send, members those that the contracts list and 1,000 more for each event.
 *
 * Changes are held apart until they are settled, so that a transaction that fails can take them back, and one that
 * succeeds writes no more than what has changed.
 */
export class MemberCounter {
	readonly #entries = new Map<string, Entry>();
	#otherDeliveries = 0;
	#otherBefore: number | null = null;

	/** @param present null for a body that names no event that releases send */
	add(present: PresentMembers | null, id: DeliveryId): void {
		if (!present) {
			this.#otherBefore ??= this.#otherDeliveries;
			this.#otherDeliveries++;
			return;
		}
		const entry = this.#entry(present.event);
		const { tally, places } = entry;
		entry.before ??= {
			deliveries: tally.deliveries,
			others: tally.others,
			counts: tally.counts.slice(),
			examples: tally.examples.slice(),
		};
		tally.deliveries++;
		for (const pointer of present.pointers) {
			const place = places.get(pointer) ?? this.#newPlace(entry, pointer);
			if (place === -1) tally.others++;
			else {
				tally.counts[place]!++;
				tally.examples[place] = id;
			}
		}
	}

	/** What was counted since the last `settle`: by event, and the deliveries without one when they have changed. */
	changes(): { events: TallyChange[]; otherDeliveries: number | null } {
		const events: TallyChange[] = [];
		for (const [event, { tally, before }] of this.#entries) {
			if (before) events.push({ event, tally, knownPointers: before.counts.length });
		}
		return { events, otherDeliveries: this.#otherBefore === null ? null : this.#otherDeliveries };
	}

	/** Keeps what was counted since the last `settle`. */
	settle(): void {
		for (const entry of this.#entries.values()) entry.before = null;
		this.#otherBefore = null;
	}

	/** Takes back what was counted since the last `settle`. */
	revert(): void {
		this.#otherDeliveries = this.#otherBefore ?? this.#otherDeliveries;
		for (const [event, { tally, before }] of [...this.#entries]) {
			if (!before) continue;
			this.#entries.delete(event);
			if (before.deliveries > 0) {
				this.load(event, { ...before, pointers: tally.pointers.slice(0, before.counts.length) });
			}
		}
		this.settle();
	}

	/** Goes on from what was counted elsewhere; an event's former counts are forgotten. */
	load(event: string, tally: EventTally): void {
		const listed = new Set(listedMembers(event).map(({ pointer }) => pointer));
		this.#entries.set(event, {
			tally,
			places: new Map(tally.pointers.map((pointer, place) => [pointer, place])),
			listed,
			unlisted: tally.pointers.filter((pointer) => !listed.has(pointer)).length,
			before: null,
		});
	}

	/** The same for the deliveries that name no event that releases send. */
	loadOtherDeliveries(count: number): void {
		this.#otherDeliveries = count;
	}

	counted(): CountedMembers {
		const events = [...this.#entries].map(([event, { tally }]): CountedEvent => {
			const { deliveries, others, pointers, counts, examples } = tally;
			const members = pointers.map((pointer, place) => ({
				pointer,
				count: counts[place]!,
				example: examples[place]!,
			}));
			return { event, deliveries, members, others };
		});
		return { events, otherDeliveries: this.#otherDeliveries };
	}

	#entry(event: string): Entry {
		let entry = this.#entries.get(event);
		if (!entry) {
			this.load(event, { deliveries: 0, others: 0, pointers: [], counts: [], examples: [] });
			entry = this.#entries.get(event)!;
		}
		return entry;
	}

	/** Where a pointer that is new will be counted; -1 when no more names are kept. */
	#newPlace(entry: Entry, pointer: string): number {
		if (!entry.listed.has(pointer)) {
			if (entry.unlisted >= mostUnlisted) return -1;
			entry.unlisted++;
		}
		const place = entry.tally.pointers.push(pointer) - 1;
		entry.tally.counts.push(0);
		entry.tally.examples.push(0);
		entry.places.set(pointer, place);
		return place;
	}
}
