import type { DeliveryId } from '../deliveries/delivery';
import { isBroken } from './attribute-trust';
import { isCopyOf, type ChainUpdate, type TrustedChange } from './chain-entry';
import { contradictionRemark, gapRemark, reorderedRemark } from './chain-remarks';
import {
	copyOf,
	inOrderOfSaving,
	nothingKnown,
	placed,
	takeUpdate,
	type Knowledge,
	type PlacedUpdate,
} from './chain-walk';
import type { Break, NameOf } from './chain-words';
import type { RemarkBook } from './remark-book';

/** What all chains share. */
export interface ChainSurroundings {
	book: RemarkBook;
	nameOf: NameOf;
	/** How many updates of a conversation are kept, so that one that comes late finds its place among them. */
	keptUpdates: number;
}

/** More would be a body that contradicts itself in everything; the oldest remarks then stay as they are. */
const mostContradictions = 64;
/** So few updates are gone through again as fast as the result could be looked up, and take less memory. */
const fewUpdates = 8;

/** One conversation, update by update as they arrive. Its remarks go into the book, and may be taken back. */
export class ConversationChain {
	readonly #around: ChainSurroundings;
	/** Before the first update that is kept; null while all are. */
	#before: Knowledge | null = null;
	/** After the last one; null where it is not kept. */
	#now: Knowledge | null = null;
	/** In order of saving. */
	readonly #kept: PlacedUpdate[] = [];
	/** In order of saving, whether it is kept or not. */
	#newest: { id: DeliveryId; time: number } | null = null;
	#lastArrived: PlacedUpdate | null = null;
	/** What a later update may still explain. */
	#contradictions: { by: PlacedUpdate; change: TrustedChange }[] | null = null;

	constructor(around: ChainSurroundings, before: Knowledge | null = null) {
		this.#around = around;
		this.#before = before;
	}

	/** The updates that are kept, as they arrived. */
	get arrived(): PlacedUpdate[] {
		return this.#kept.toSorted((left, right) => left.arrival - right.arrival);
	}

	/** What is known from updates that are no longer kept, of one account or of none; null when nothing is. */
	forgotten(account: number | null): Knowledge | null {
		if (this.#before === null) return null;
		const { attributes, life } = this.#before;
		return { attributes: new Map([...attributes].filter(([, known]) => known.account === account)), life };
	}

	/** @param arrival grows from update to update */
	add(update: ChainUpdate, arrival: number): void {
		if (this.#isCopy(update)) return;
		const newest = this.#newest;
		const own = placed(update, arrival, newest);
		const isLate = newest !== null && own.time < newest.time;
		this.#lastArrived = own;
		if (isLate) this.#around.book.put(reorderedRemark(own.id, newest.id, this.#around.nameOf));
		else this.#newest = own;
		this.#explainBy(own);
		if (!isLate) this.#append(own);
		else if (!this.#insert(own)) return;
		this.#lookForContradictions(own);
		this.#forgetOldest();
	}

	/** Takes back what was said of the updates that are kept. */
	retract(): void {
		const { book } = this.#around;
		for (const { id } of this.#kept) {
			book.take(id, 'gap');
			book.take(id, 'reordered');
			book.take(id, 'contradiction');
		}
	}

	/** Copies are normal: to webhook, API inbox and bot, and labels are sent twice (ground truth 1.7). */
	#isCopy(update: ChainUpdate): boolean {
		const { savedAt } = update;
		// Without a time only the very next one can be told from the same change made again.
		if (savedAt === null) {
			const last = this.#lastArrived;
			return last !== null && last.savedAt === null && isCopyOf(update, last);
		}
		for (let index = this.#kept.length - 1; index >= 0; index--) {
			const other = this.#kept[index]!;
			if (other.time < savedAt) return false;
			if (other.savedAt === savedAt && isCopyOf(update, other)) return true;
		}
		return false;
	}

	#append(update: PlacedUpdate): void {
		const knowledge = this.#knowledge();
		this.#kept.push(update);
		this.#setGap(update, takeUpdate(knowledge, update));
		this.#now = this.#kept.length > fewUpdates ? knowledge : null;
	}

	/** Puts a late one where it belongs; false when all around its place is forgotten. */
	#insert(update: PlacedUpdate): boolean {
		const after = this.#kept.findIndex((other) => inOrderOfSaving(update, other) < 0);
		if (after <= 0 && this.#before !== null) return false;
		this.#kept.splice(after === -1 ? this.#kept.length : after, 0, update);
		const knowledge = this.#start();
		for (const kept of this.#kept) this.#setGap(kept, takeUpdate(knowledge, kept));
		this.#now = knowledge;
		return true;
	}

	#start(): Knowledge {
		return this.#before === null ? nothingKnown() : copyOf(this.#before);
	}

	#knowledge(): Knowledge {
		if (this.#now !== null) return this.#now;
		const knowledge = this.#start();
		for (const kept of this.#kept) takeUpdate(knowledge, kept);
		return knowledge;
	}

	#setGap(update: PlacedUpdate, broken: readonly Break[]): void {
		const { book, nameOf } = this.#around;
		book.take(update.id, 'gap');
		if (broken.length > 0) book.put(gapRemark(update, broken, nameOf));
	}

	#explainBy(update: PlacedUpdate): void {
		if (this.#contradictions === null) return;
		const left = this.#contradictions.filter(({ by, change }) => {
			const isExplained = inOrderOfSaving(by, update) < 0 && doesExplain(update, change);
			if (isExplained) this.#around.book.take(by.id, 'contradiction', change.attribute);
			return !isExplained;
		});
		this.#contradictions = left.length === 0 ? null : left;
	}

	#lookForContradictions(update: PlacedUpdate): void {
		for (const change of contradictionsOf(update)) {
			const later = this.#kept.filter((other) => inOrderOfSaving(update, other) < 0);
			if (later.some((other) => doesExplain(other, change))) continue;
			this.#around.book.put(contradictionRemark(update.id, change));
			this.#contradictions = [...(this.#contradictions ?? []), { by: update, change }].slice(-mostContradictions);
		}
	}

	#forgetOldest(): void {
		while (this.#kept.length > this.#around.keptUpdates) {
			this.#before ??= nothingKnown();
			takeUpdate(this.#before, this.#kept.shift()!);
		}
	}
}

/** Changes whose new value the update's own body does not show. */
export function contradictionsOf(update: ChainUpdate): TrustedChange[] {
	return update.changes.filter(
		({ attribute, current, shown }) => current !== null && shown !== null && isBroken(attribute, current, shown),
	);
}

/** Whether an update that was saved later made the value that an earlier body already shows. */
export function doesExplain(update: ChainUpdate, { attribute, shown }: TrustedChange): boolean {
	return update.changes.some(
		(change) =>
			change.attribute === attribute && change.current !== null && !isBroken(attribute, change.current, shown!),
	);
}
