import type { ContractChoice } from '../chatwoot/check/report';
import type { Summary } from './api';
import {
	columnNames,
	copyRow,
	makeColumns,
	summaryAt,
	writeSummary,
	type ColumnName,
	type LogRow,
} from './log-columns';

/** Rows a chunk holds at most; must stay below the 65,536 codes of a column. */
export const chunkCapacity = 1024;

/** How many deliveries are so bad at worst. */
export interface VerdictCounts {
	error: number;
	warning: number;
}

/** Up to 1,024 consecutive rows of the log, in columns. Rows leave at the front by moving it. */
export class LogChunk {
	readonly #columns = makeColumns();
	#capacity = 0;
	/** Rows before this one are gone. */
	#front = 0;
	#end = 0;
	/** Of the rows that are here now; empty after a change. */
	readonly #verdicts = new Map<ContractChoice, VerdictCounts>();

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

	/** Verdicts of the chunk's first so many rows; all of them are counted once and remembered. */
	countVerdicts(contract: ContractChoice, rows: number): VerdictCounts {
		if (rows < this.count) return this.#count(contract, rows);
		const known = this.#verdicts.get(contract) ?? this.#count(contract, this.count);
		this.#verdicts.set(contract, known);
		return known;
	}

	append(summary: Summary): void {
		writeSummary(this.#columns, this.#nextRow(), summary);
		this.#added();
	}

	/** Appends a row of another chunk. */
	appendFrom(chunk: LogChunk, row: number): void {
		copyRow(this.#columns, this.#nextRow(), chunk.#columns, chunk.#front + row);
		this.#added();
	}

	replace(row: number, summary: Summary): void {
		this.#verdicts.clear();
		writeSummary(this.#columns, this.#front + row, summary);
	}

	dropFront(rows: number): void {
		this.#verdicts.clear();
		this.#front += rows;
	}

	/** Gives back what only writing needs. */
	seal(): void {
		for (const name of columnNames) this.#columns[name].seal();
	}

	#count(contract: ContractChoice, rows: number): VerdictCounts {
		const counts = { error: 0, warning: 0 };
		for (let row = 0; row < rows; row++) {
			const verdict = contract === 'both' ? this.value(row, 'verdict') : worstOf(this.value(row, 'guideCounts'));
			if (verdict === 'error' || verdict === 'warning') counts[verdict]++;
		}
		return counts;
	}

	#nextRow(): number {
		if (this.#end === this.#capacity) {
			this.#capacity = this.#capacity === 0 ? 64 : Math.min(this.#capacity * 2, chunkCapacity);
			for (const name of columnNames) this.#columns[name].reserve(this.#capacity);
		}
		return this.#end;
	}

	#added(): void {
		this.#verdicts.clear();
		this.#end++;
		if (this.isFull) this.seal();
	}
}

/** A row to be: a summary that is new, or a row of a chunk. */
export type ChunkRow = Summary | { chunk: LogChunk; row: number; id: number };

/** Chunks of these rows, each but the last one full. */
export function chunksOf(rows: readonly ChunkRow[]): LogChunk[] {
	const chunks: LogChunk[] = [];
	let chunk: LogChunk | undefined;
	for (const row of rows) {
		if (chunk === undefined || chunk.isFull) chunks.push((chunk = new LogChunk()));
		if ('chunk' in row) chunk.appendFrom(row.chunk, row.row);
		else chunk.append(row);
	}
	chunk?.seal();
	return chunks;
}

/** All rows of a chunk, to be copied. */
export function rowsOf(chunk: LogChunk): { chunk: LogChunk; row: number; id: number }[] {
	return Array.from({ length: chunk.count }, (_, row) => ({ chunk, row, id: chunk.value(row, 'id') }));
}

/** The worst of counts as the column keeps them; null for what needs no attention. */
function worstOf(counts: string | null): 'error' | 'warning' | null {
	if (counts === null || counts.startsWith('0 0 ')) return null;
	return counts.startsWith('0 ') ? 'warning' : 'error';
}
