import type { ChainRemark } from '../../changes/chain-remarks';
import { placeOf } from '../../changes/conversation-lanes';
import type { Summary } from '../../deliveries/api';

/** What stands in a row: a delivery by its place, or a remark before one. */
export type ConversationRow = { kind: 'delivery'; place: number } | { kind: 'gap'; gap: ChainRemark };

/** The deliveries of a conversation, and before each that does not fit the remark that one is missing. */
export class ConversationRows {
	readonly #entries: readonly Summary[];
	/** Ascending by row. */
	readonly #gaps: { row: number; gap: ChainRemark }[];

	constructor(entries: readonly Summary[], gaps: readonly ChainRemark[]) {
		this.#entries = entries;
		this.#gaps = gaps
			.filter(({ at }) => entries[placeOf(entries, at)]?.id === at)
			.map((gap, before) => ({ row: placeOf(entries, gap.at) + before, gap }));
	}

	get count(): number {
		return this.#entries.length + this.#gaps.length;
	}

	at(row: number): ConversationRow {
		const before = this.#gapsBefore(row);
		const own = this.#gaps[before];
		return own?.row === row ? { kind: 'gap', gap: own.gap } : { kind: 'delivery', place: row - before };
	}

	/** The row of the delivery at a place. */
	rowOf(place: number): number {
		let from = 0;
		let to = this.#gaps.length;
		while (from < to) {
			const middle = (from + to) >>> 1;
			if (this.#gaps[middle]!.row - middle <= place) from = middle + 1;
			else to = middle;
		}
		return place + from;
	}

	keyAt(row: number): number | string {
		const found = this.at(row);
		return found.kind === 'gap' ? `gap ${found.gap.at}` : (this.#entries[found.place]?.id ?? -1);
	}

	/** Where the row with this key is now; -1 when it is gone. */
	rowOfKey(key: number | string): number {
		const id = typeof key === 'number' ? key : Number(key.slice(4));
		const place = placeOf(this.#entries, id);
		if (this.#entries[place]?.id !== id) return -1;
		const row = this.rowOf(place);
		if (typeof key === 'number') return row;
		return row > 0 && this.at(row - 1).kind === 'gap' ? row - 1 : -1;
	}

	/** Gaps above a row. */
	#gapsBefore(row: number): number {
		let from = 0;
		let to = this.#gaps.length;
		while (from < to) {
			const middle = (from + to) >>> 1;
			if (this.#gaps[middle]!.row < row) from = middle + 1;
			else to = middle;
		}
		return from;
	}
}
