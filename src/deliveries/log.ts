import type { ContractChoice } from '../chatwoot/check/report';
import type { Summary, SummaryChange } from './api';
import type { DeliveryId } from './delivery';
import { chunkCapacity, chunksOf, LogChunk, rowsOf, type VerdictCounts } from './log-chunk';
import { readChanged, type ColumnName, type LogRow } from './log-columns';

/** Summaries that are kept after they were read: a few screens of them. */
const keptReadings = 256;

/**
 * All summaries that a page knows, ascending by id, oldest at index 0. Made for a million of them: the values lie in
 * compact columns, in chunks, so that adding at either end copies nothing that is there.
 *
 * Not reactive: `version` grows with each change. An index is valid until then, an id for good.
 */
export class DeliveryLog {
	#chunks: LogChunk[] = [];
	/** Index of each chunk's first row. */
	#starts: number[] = [];
	#size = 0;
	#version = 0;
	#generation = 0;
	/** Whether something has left at the front since the generation began. */
	#hasDropped = false;
	/** Where the last row was found: most readers go through the rows in order. */
	#lastChunk = 0;
	/** What was read last. */
	readonly #readings = new Map<DeliveryId, Summary>();

	get size(): number {
		return this.#size;
	}

	get version(): number {
		return this.#version;
	}

	/**
	 * Grows when rows have come or gone elsewhere than at the ends, or where others were dropped: whoever has read the rows
	 * reads them anew. What is appended, prepended or dropped at the front leaves it as it is.
	 */
	get generation(): number {
		return this.#generation;
	}

	/** The id at an index from 0; throws a RangeError beyond the size, as all readers by index do. */
	idAt(index: number): DeliveryId {
		return this.value(index, 'id');
	}

	/** Null when the log is empty. */
	get oldestId(): DeliveryId | null {
		return this.#size === 0 ? null : this.idAt(0);
	}

	/** Null when the log is empty. */
	get newestId(): DeliveryId | null {
		return this.#size === 0 ? null : this.idAt(this.#size - 1);
	}

	/** Where a delivery stands; -1 when it is not here. */
	indexOf(id: DeliveryId): number {
		const index = this.indexAfter(id) - 1;
		return index >= 0 && this.idAt(index) === id ? index : -1;
	}

	/** Index of the first delivery after this id, whether the id itself is here or not; the size when there is none. */
	indexAfter(id: DeliveryId): number {
		let from = 0;
		let to = this.#size;
		while (from < to) {
			const middle = (from + to) >>> 1;
			if (this.idAt(middle) <= id) from = middle + 1;
			else to = middle;
		}
		return from;
	}

	/**
	 * The whole summary. Of the latest few hundred that were read it is the same object until it is updated, so that
	 * rows on screen stay as they are when others arrive.
	 */
	read(index: number): Summary {
		const id = this.idAt(index);
		const kept = this.#readings.get(id);
		if (kept) return kept;
		const summary = this.#chunkOf(index).read(index - this.#starts[this.#lastChunk]!);
		if (this.#readings.size === keptReadings) this.#readings.clear();
		this.#readings.set(id, summary);
		return summary;
	}

	/** The summary with this id; undefined when it is not here. */
	get(id: DeliveryId): Summary | undefined {
		const index = this.indexOf(id);
		return index === -1 ? undefined : this.read(index);
	}

	/** One value of a row, without making the rest. */
	value<Name extends ColumnName>(index: number, name: Name): LogRow[Name] {
		const chunk = this.#chunkOf(index);
		return chunk.value(index - this.#starts[this.#lastChunk]!, name);
	}

	/** Unix milliseconds. */
	receivedAt(index: number): number {
		return this.value(index, 'receivedAt');
	}

	event(index: number): string | null {
		return this.value(index, 'event');
	}

	changed(index: number): SummaryChange[] {
		return readChanged(this.value(index, 'changed'));
	}

	/**
	 * How many of the first so many deliveries have an error, and how many a warning but no error; `contract` says who
	 * judges. Chunks remember theirs, so that a million rows cost a thousand additions.
	 */
	countVerdicts(contract: ContractChoice, count = this.#size): VerdictCounts {
		const sum = { error: 0, warning: 0 };
		let left = count;
		for (const chunk of this.#chunks) {
			if (left <= 0) break;
			const { error, warning } = chunk.countVerdicts(contract, left);
			sum.error += error;
			sum.warning += warning;
			left -= chunk.count;
		}
		return sum;
	}

	/**
	 * Adds newer deliveries. Ids ascend; one that is not above the newest here is ignored, so that a repeat adds nothing.
	 * Returns how many were added.
	 */
	append(summaries: readonly Summary[]): number {
		const sizeBefore = this.#size;
		let newest = this.newestId ?? -Infinity;
		for (const summary of summaries) {
			if (!(summary.id > newest)) continue;
			newest = summary.id;
			this.#lastOpenChunk().append(summary);
			this.#size++;
		}
		return this.#changedBy(this.#size - sizeBefore);
	}

	/**
	 * Puts older deliveries before the oldest. Ids ascend; one that is not below the oldest here is ignored, and one that
	 * does not ascend too. Returns how many were added.
	 */
	prepend(summaries: readonly Summary[]): number {
		const oldest = this.oldestId ?? Infinity;
		let last = -Infinity;
		const older = summaries.filter(({ id }) => {
			const isOlder = id < oldest && id > last;
			if (isOlder) last = id;
			return isOlder;
		});
		if (older.length === 0) return 0;
		if (this.#hasDropped) this.#renew();
		const first = this.#chunks[0];
		// Many small pages must not leave many small chunks.
		const joins = first !== undefined && first.count + older.length <= chunkCapacity;
		const added = joins ? [...older, ...rowsOf(first)] : older;
		this.#chunks.splice(0, joins ? 1 : 0, ...chunksOf(added));
		this.#index();
		return this.#changedBy(older.length);
	}

	/**
	 * Adds whatever of these is not here yet, wherever it belongs: what a gap held, what an undone clear brings back.
	 * Any order. Returns how many were added.
	 */
	insertMissing(summaries: readonly Summary[]): number {
		const missing = summaries
			.filter(({ id }) => this.indexOf(id) === -1)
			.sort((left, right) => left.id - right.id)
			.filter(({ id }, index, sorted) => id !== sorted[index - 1]?.id);
		const newest = this.newestId ?? -Infinity;
		const between = missing.filter(({ id }) => id < newest);
		if (between.length > 0) {
			this.#insertBetween(between);
			this.#renew();
		}
		const appended = this.append(missing.slice(between.length));
		return appended === 0 ? this.#changedBy(between.length) : appended + between.length;
	}

	/** Takes a newer version of a summary that is here; false when it is not. */
	update(summary: Summary): boolean {
		const index = this.indexOf(summary.id);
		if (index === -1) return false;
		this.#chunkOf(index).replace(index - this.#starts[this.#lastChunk]!, summary);
		this.#readings.delete(summary.id);
		this.#version++;
		return true;
	}

	/** Forgets everything older than this id, which need not be here itself. Returns how many went. */
	dropBefore(id: DeliveryId): number {
		// One below: ids are integers.
		const dropped = this.indexAfter(id - 1);
		let left = dropped;
		let whole = 0;
		while (left > 0 && this.#chunks[whole]!.count <= left) left -= this.#chunks[whole++]!.count;
		this.#chunks.splice(0, whole);
		if (left > 0) this.#chunks[0]!.dropFront(left);
		if (dropped > 0) {
			this.#forget();
			this.#hasDropped = true;
		}
		return this.#changedBy(dropped);
	}

	/** Forgets every row that the predicate, given its index, does not keep. Returns how many went. */
	keepOnly(predicate: (index: number) => boolean): number {
		const kept: LogChunk[] = [];
		const sizeBefore = this.#size;
		for (let chunk = 0; chunk < this.#chunks.length; chunk++) {
			const rows = this.#chunks[chunk]!;
			const start = this.#starts[chunk]!;
			const stays = Array.from({ length: rows.count }, (_, row) => predicate(start + row));
			if (stays.every(Boolean)) kept.push(rows);
			else kept.push(...chunksOf(rowsOf(rows).filter((_, row) => stays[row])));
		}
		this.#chunks = kept;
		this.#forget();
		if (this.#size < sizeBefore) this.#renew();
		return this.#changedBy(sizeBefore - this.#size);
	}

	/** Forgets everything. */
	clear(): void {
		const cleared = this.#size;
		this.#chunks = [];
		this.#forget();
		this.#renew();
		this.#changedBy(cleared);
	}

	#renew(): void {
		this.#generation++;
		this.#hasDropped = false;
	}

	#insertBetween(sorted: readonly Summary[]): void {
		const chunks: LogChunk[] = [];
		let next = 0;
		for (const chunk of this.#chunks) {
			const last = chunk.value(chunk.count - 1, 'id');
			const from = next;
			while (next < sorted.length && sorted[next]!.id < last) next++;
			if (next === from) chunks.push(chunk);
			else {
				const merged = [...rowsOf(chunk), ...sorted.slice(from, next)].sort((left, right) => left.id - right.id);
				chunks.push(...chunksOf(merged));
			}
		}
		this.#chunks = chunks;
		this.#index();
	}

	#chunkOf(index: number): LogChunk {
		if (!(index >= 0 && index < this.#size)) throw new RangeError(`There is no row ${index} of ${this.#size}.`);
		const start = this.#starts[this.#lastChunk];
		const chunk = this.#chunks[this.#lastChunk];
		if (start !== undefined && chunk !== undefined && index >= start && index < start + chunk.count) return chunk;
		let from = 0;
		let to = this.#starts.length - 1;
		while (from < to) {
			const middle = (from + to + 1) >>> 1;
			if (this.#starts[middle]! <= index) from = middle;
			else to = middle - 1;
		}
		this.#lastChunk = from;
		return this.#chunks[from]!;
	}

	#lastOpenChunk(): LogChunk {
		const last = this.#chunks.at(-1);
		if (last !== undefined && !last.isFull) return last;
		const chunk = new LogChunk();
		this.#chunks.push(chunk);
		this.#starts.push(this.#size);
		return chunk;
	}

	/** Rows have gone: an id that comes back may come with another summary. */
	#forget(): void {
		this.#readings.clear();
		this.#index();
	}

	/** Counts anew after chunks have come or gone. */
	#index(): void {
		let start = 0;
		this.#starts = this.#chunks.map((chunk) => {
			const own = start;
			start += chunk.count;
			return own;
		});
		this.#size = start;
		this.#lastChunk = 0;
	}

	#changedBy(rows: number): number {
		if (rows > 0) this.#version++;
		return rows;
	}
}
