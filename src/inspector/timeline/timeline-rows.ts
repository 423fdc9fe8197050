import type { DeliveryId } from '../../deliveries/delivery';
import type { DeliveryLog } from '../../deliveries/log';
import type { Interruption } from '../feed';

/** A row that is no delivery, but belongs to a place between two of them. */
export type RemarkRow =
	| { kind: 'interruption'; interruption: Interruption }
	/** A delivery is missing somewhere before this one. */
	| { kind: 'gap'; at: DeliveryId };

/** What stands in a row of the timeline. */
export type TimelineRow = { kind: 'delivery'; logIndex: number } | RemarkRow;

/** A remark, and the id after which it stands, whether that is in the log or not. */
export interface PlacedRemark {
	afterId: DeliveryId;
	row: RemarkRow;
}

/** Remarks in the order of their places. */
export function placeRemarks(interruptions: readonly Interruption[], gaps: readonly DeliveryId[]): PlacedRemark[] {
	const remarks: PlacedRemark[] = [
		...interruptions.map((interruption): PlacedRemark => ({
			afterId: interruption.afterId,
			row: { kind: 'interruption', interruption },
		})),
		...gaps.map((at): PlacedRemark => ({ afterId: at - 1, row: { kind: 'gap', at } })),
	];
	return remarks.sort((left, right) => left.afterId - right.afterId);
}

/**
 * The rows of the timeline: the deliveries of the log, and between them the remarks that belong to a place in it. There
 * may be thousands of remarks, so each question searches for their places and nothing is laid out beforehand.
 */
export class TimelineRows {
	readonly #log: DeliveryLog;
	readonly #deliveries: number;
	readonly #remarks: readonly PlacedRemark[];
	/** Remarks that are shown: from the first one that has a delivery before it to the last that has one after it. */
	readonly #first: number;
	readonly #end: number;

	/**
	 * @param deliveries how many of the log's deliveries are shown, from the oldest on
	 * @param remarks as `placeRemarks` gives them
	 */
	constructor(log: DeliveryLog, deliveries: number, remarks: readonly PlacedRemark[]) {
		this.#log = log;
		this.#deliveries = deliveries;
		this.#remarks = remarks;
		this.#first = firstIndex(0, remarks.length, (index) => this.#placeOf(index) > 0);
		this.#end = firstIndex(this.#first, remarks.length, (index) => this.#placeOf(index) >= deliveries);
	}

	get count(): number {
		return this.#deliveries + this.#end - this.#first;
	}

	at(index: number): TimelineRow {
		const remark = firstIndex(this.#first, this.#end, (candidate) => this.#rowOf(candidate) >= index);
		if (remark < this.#end && this.#rowOf(remark) === index) return this.#remarks[remark]!.row;
		return { kind: 'delivery', logIndex: index - (remark - this.#first) };
	}

	/** A delivery's id; for a remark a text of its own. */
	keyAt(index: number): number | string {
		const row = this.at(index);
		return row.kind === 'delivery' ? this.#log.idAt(row.logIndex) : remarkKey(row);
	}

	/** Where a row stands now; -1 when it is not shown. */
	indexOfKey(key: number | string): number {
		if (typeof key === 'string') return this.#indexOfRemark(key);
		const logIndex = this.#log.indexOf(key);
		if (logIndex === -1 || logIndex >= this.#deliveries) return -1;
		const after = firstIndex(this.#first, this.#end, (remark) => this.#placeOf(remark) > logIndex);
		return logIndex + after - this.#first;
	}

	#indexOfRemark(key: string): number {
		const afterId = Number(key.split('-')[1]);
		const from = firstIndex(this.#first, this.#end, (remark) => this.#remarks[remark]!.afterId >= afterId);
		for (let remark = from; remark < this.#end && this.#remarks[remark]!.afterId === afterId; remark++) {
			if (remarkKey(this.#remarks[remark]!.row) === key) return this.#rowOf(remark);
		}
		return -1;
	}

	/** The delivery, as an index of the log, before which a remark stands. */
	#placeOf(remark: number): number {
		return this.#log.indexAfter(this.#remarks[remark]!.afterId);
	}

	#rowOf(remark: number): number {
		return this.#placeOf(remark) + remark - this.#first;
	}
}

function remarkKey(row: RemarkRow): string {
	if (row.kind === 'gap') return `gap-${row.at - 1}`;
	return `interruption-${row.interruption.afterId}-${row.interruption.from}`;
}

/** The first index at which a predicate holds that holds from there on; `end` where it never does. */
function firstIndex(start: number, end: number, holds: (index: number) => boolean): number {
	let from = start;
	let to = end;
	while (from < to) {
		const middle = (from + to) >>> 1;
		if (holds(middle)) to = middle;
		else from = middle + 1;
	}
	return from;
}
