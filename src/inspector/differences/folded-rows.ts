import { RowKind } from '../../changes/difference-lines';
import type { ComparedRow, RowSource } from './compared-rows';

/** So many unchanged lines stay around a change. */
const contextLines = 3;
/** Fewer lines than this are not worth a fold. */
const fewestFolded = 2;

/** Which rows of a comparison are shown: all that differ, and of the others those near them or asked for. */
export class FoldedRows {
	readonly #source: RowSource;
	/** First rows of the changes, ascending. */
	readonly #changeRows: number[];
	/** Parts in order: from..to in rows of the source, as one row when folded. */
	#parts: { from: number; to: number; isFolded: boolean }[] = [];
	/** Per part its first row as shown, and behind them all how many there are. */
	#offsets: number[] = [0];

	constructor(source: RowSource) {
		this.#source = source;
		this.#changeRows = changeRows(source);
		this.foldAll();
	}

	/** How many rows there are as it is folded now. */
	get count(): number {
		return this.#offsets.at(-1)!;
	}

	foldAll(): void {
		this.#set(foldedParts(this.#source));
	}

	unfoldAll(): void {
		this.#set(this.#source.count === 0 ? [] : [{ from: 0, to: this.#source.count, isFolded: false }]);
	}

	/** Shows what a fold hides; any other row changes nothing. */
	unfold(row: number): void {
		const index = this.#partAt(row);
		if (!this.#parts[index]?.isFolded) return;
		this.#set(this.#parts.map((part, at) => (at === index ? { ...part, isFolded: false } : part)));
	}

	/** Rows as they are folded now; a window beyond the end is cut. */
	rows(first: number, end: number): ComparedRow[] {
		const rows: ComparedRow[] = [];
		const last = Math.min(end, this.count);
		for (let row = Math.max(0, first), index = this.#partAt(row); row < last; index++) {
			const part = this.#parts[index]!;
			const offset = this.#offsets[index]!;
			if (part.isFolded) {
				rows.push(this.#fold(part));
				row++;
			} else {
				const to = Math.min(last, this.#offsets[index + 1]!);
				for (; row < to; row++) rows.push(this.#source.row(part.from + row - offset));
			}
		}
		return rows;
	}

	/** The row at which the next (1) or previous (-1) change begins; null when there is none. A row may be off the ends. */
	changeNear(row: number, step: 1 | -1): number | null {
		const at = this.#sourceRow(row);
		let low = 0;
		let high = this.#changeRows.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (step === 1 ? this.#changeRows[middle]! <= at : this.#changeRows[middle]! < at) low = middle + 1;
			else high = middle;
		}
		const found = this.#changeRows[step === 1 ? low : low - 1];
		return found === undefined ? null : this.#shownRow(found);
	}

	#fold({ from, to }: { from: number; to: number }): ComparedRow {
		let ignored = 0;
		for (let row = from; row < to; row++) if (this.#source.kind[row] === RowKind.ignored) ignored++;
		const following = to < this.#source.count ? this.#source.row(to) : null;
		const pointer = (following?.right ?? following?.left)?.pointer ?? '';
		return {
			kind: 'fold',
			lines: to - from,
			ignored,
			pointer: pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))),
		};
	}

	#set(parts: { from: number; to: number; isFolded: boolean }[]): void {
		this.#parts = parts;
		this.#offsets = [0];
		for (const { from, to, isFolded } of parts) this.#offsets.push(this.count + (isFolded ? 1 : to - from));
	}

	/** The part that a shown row belongs to: the last one that does not begin after it. */
	#partAt(row: number): number {
		let low = 0;
		let high = this.#parts.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#offsets[middle + 1]! <= row) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	#sourceRow(row: number): number {
		if (row < 0) return -1;
		if (row >= this.count) return this.#source.count;
		const index = this.#partAt(row);
		const { from, isFolded } = this.#parts[index]!;
		return isFolded ? from : from + row - this.#offsets[index]!;
	}

	#shownRow(sourceRow: number): number {
		let low = 0;
		let high = this.#parts.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#parts[middle]!.to <= sourceRow) low = middle + 1;
			else high = middle;
		}
		const { from, isFolded } = this.#parts[low]!;
		return this.#offsets[low]! + (isFolded ? 0 : sourceRow - from);
	}
}

function changeRows({ count, change }: RowSource): number[] {
	const rows: number[] = [];
	const seen = new Uint8Array(count);
	for (let row = 0; row < count; row++) {
		const number = change[row]!;
		if (number === -1 || seen[number] === 1) continue;
		seen[number] = 1;
		rows.push(row);
	}
	return rows;
}

/** Runs without a change are folded, but for their lines next to one. */
function foldedParts({ count, kind }: RowSource): { from: number; to: number; isFolded: boolean }[] {
	const parts: { from: number; to: number; isFolded: boolean }[] = [];
	let shownFrom = 0;
	let row = 0;
	while (row < count) {
		if (isChange(kind[row]!)) {
			row++;
			continue;
		}
		let end = row;
		while (end < count && !isChange(kind[end]!)) end++;
		const from = row === 0 ? row : row + contextLines;
		const to = end === count ? end : end - contextLines;
		if (to - from >= fewestFolded) {
			if (from > shownFrom) parts.push({ from: shownFrom, to: from, isFolded: false });
			parts.push({ from, to, isFolded: true });
			shownFrom = to;
		}
		row = end;
	}
	if (count > shownFrom) parts.push({ from: shownFrom, to: count, isFolded: false });
	return parts;
}

function isChange(kind: number): boolean {
	return kind !== RowKind.equal && kind !== RowKind.ignored;
}
