import type { DeliveryLog } from '../../deliveries/log';
import type { Interruption } from '../feed';

/** What stands in a row of the timeline. */
export type TimelineRow = { kind: 'delivery'; logIndex: number } | { kind: 'interruption'; interruption: Interruption };

/**
 * The rows of the timeline: the deliveries of the log, and between them the remarks that belong to a
 * place in it. Remarks are few, so each question walks over them.
 */
export class TimelineRows {
	readonly #log: DeliveryLog;
	readonly #deliveries: number;
	readonly #remarks: { at: number; interruption: Interruption }[];

	/** @param deliveries how many of the log's deliveries are shown, from the oldest on */
	constructor(log: DeliveryLog, deliveries: number, interruptions: readonly Interruption[]) {
		this.#log = log;
		this.#deliveries = deliveries;
		this.#remarks = interruptions
			.map((interruption) => ({ at: log.indexAfter(interruption.afterId), interruption }))
			.filter(({ at }) => at > 0 && at < deliveries)
			.sort((left, right) => left.at - right.at)
			.map(({ at, interruption }, before) => ({ at: at + before, interruption }));
	}

	get count(): number {
		return this.#deliveries + this.#remarks.length;
	}

	at(index: number): TimelineRow {
		let before = 0;
		for (const { at, interruption } of this.#remarks) {
			if (at === index) return { kind: 'interruption', interruption };
			if (at > index) break;
			before++;
		}
		return { kind: 'delivery', logIndex: index - before };
	}

	/** A delivery's id; for a remark a text of its own. */
	keyAt(index: number): number | string {
		const row = this.at(index);
		return row.kind === 'delivery' ? this.#log.idAt(row.logIndex) : remarkKey(row.interruption);
	}

	/** Where a row stands now; -1 when it is not shown. */
	indexOfKey(key: number | string): number {
		if (typeof key === 'string') {
			return this.#remarks.find(({ interruption }) => remarkKey(interruption) === key)?.at ?? -1;
		}
		const logIndex = this.#log.indexOf(key);
		if (logIndex === -1 || logIndex >= this.#deliveries) return -1;
		return this.#indexOfLog(logIndex);
	}

	#indexOfLog(logIndex: number): number {
		let index = logIndex;
		for (const { at } of this.#remarks) if (at <= index) index++;
		return index;
	}
}

function remarkKey({ afterId, from }: Interruption): string {
	return `interruption-${afterId}-${from}`;
}
