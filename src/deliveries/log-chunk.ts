import type { Summary } from './api';
import { columnNames, makeColumns, rowOf, summaryAt, type ColumnName, type Columns, type LogRow } from './log-columns';

/** Rows a chunk holds at most; must stay below the 65,536 codes of a column. */
export const chunkCapacity = 1024;

/** Up to 1,024 consecutive rows of the log, in columns. Rows leave at the front by moving it. */
export class LogChunk {
	readonly #columns: Columns = makeColumns();
	#capacity = 0;
	/** Rows before this one are gone. */
	#front = 0;
	#end = 0;

	get count(): number {
		return this.#end - this.#front;
	}

	/** Whether nothing more can be appended. */
	get isFull(): boolean {
		return this.#end === chunkCapacity;
	}

	/** The value of one column in a row, counted from the chunk's first. */
	value<Name extends ColumnName>(row: number, name: Name): LogRow[Name] {
		return this.#columns[name].get(this.#front + row);
	}

	read(row: number): Summary {
		return summaryAt(this.#columns, this.#front + row);
	}

	append(summary: Summary): void {
		if (this.#end === this.#capacity) this.#grow();
		this.#write(this.#end, summary);
		this.#end++;
		if (this.isFull) this.seal();
	}

	replace(row: number, summary: Summary): void {
		this.#write(this.#front + row, summary);
	}

	dropFront(rows: number): void {
		this.#front += rows;
	}

	/** Gives back what only writing needs. */
	seal(): void {
		for (const name of columnNames) this.#columns[name].seal();
	}

	#write(row: number, summary: Summary): void {
		const values = rowOf(summary);
		for (const name of columnNames) setCell(this.#columns, row, name, values);
	}

	#grow(): void {
		this.#capacity = this.#capacity === 0 ? 64 : Math.min(this.#capacity * 2, chunkCapacity);
		for (const name of columnNames) this.#columns[name].reserve(this.#capacity);
	}
}

function setCell<Name extends ColumnName>(columns: Columns, row: number, name: Name, values: LogRow): void {
	columns[name].set(row, values[name]);
}

/** Chunks of these summaries, each but the last one full. */
export function chunksOf(summaries: readonly Summary[]): LogChunk[] {
	const chunks: LogChunk[] = [];
	let chunk: LogChunk | undefined;
	for (const summary of summaries) {
		if (chunk === undefined || chunk.isFull) chunks.push((chunk = new LogChunk()));
		chunk.append(summary);
	}
	chunk?.seal();
	return chunks;
}
