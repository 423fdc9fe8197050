import type { ComparedRow } from './open-comparison';

/** Which side's text a line of the inline view shows. */
export type LineSide = 'both' | 'left' | 'right';

const sides: readonly LineSide[] = ['both', 'left', 'right'];

/**
 * The lines of the inline view: a row with two texts is two lines, and of rows that belong together all removed lines
 * stand above all added ones. Rows are told in order, as they become known; lines are there as soon as it is sure where
 * they stand.
 */
export class InlineLayout {
	/** Row times 3, plus the side. */
	readonly #lines: number[] = [];
	/** The first line of each row that has one. */
	readonly #lineOfRow: number[] = [];
	#run: ComparedRow[] = [];

	/** Lines whose place is known. */
	get count(): number {
		return this.#lines.length;
	}

	/** Rows that have been told, those included whose lines have no place yet. */
	get rowCount(): number {
		return this.#lineOfRow.length + this.#run.length;
	}

	/** The next rows; with the last ones every line has its place. */
	add(rows: readonly ComparedRow[], isLast: boolean): void {
		for (const row of rows) {
			const [first] = this.#run;
			if (first && !belongTogether(first, row)) this.#endRun();
			if (isPaired(row)) this.#run.push(row);
			else {
				this.#lineOfRow.push(this.#lines.length);
				this.#push(this.#lineOfRow.length - 1, sideOf(row));
			}
		}
		if (isLast) this.#endRun();
	}

	/** What a line shows: a row, and its side. */
	lineAt(line: number): { row: number; side: LineSide } {
		const code = this.#lines[line]!;
		return { row: Math.floor(code / 3), side: sides[code % 3]! };
	}

	/** The first line of a row; null while it has no place. */
	lineOf(row: number): number | null {
		return this.#lineOfRow[row] ?? null;
	}

	#endRun(): void {
		const first = this.#lineOfRow.length;
		const run = this.#run;
		this.#run = [];
		const removed = run.flatMap((row, index) => (isText(row, 'left') ? [index] : []));
		const added = run.flatMap((row, index) => (isText(row, 'right') ? [index] : []));
		const start = this.#lines.length;
		for (const index of removed) this.#push(first + index, 'left');
		for (const index of added) this.#push(first + index, 'right');
		const lines = new Map<number, number>();
		for (const [place, index] of [...removed, ...added].entries()) {
			if (!lines.has(index)) lines.set(index, start + place);
		}
		for (let index = 0; index < run.length; index++) this.#lineOfRow.push(lines.get(index) ?? start);
	}

	#push(row: number, side: LineSide): void {
		this.#lines.push(row * 3 + sides.indexOf(side));
	}
}

/** Whether a row's two sides are two lines. */
function isPaired({ kind }: ComparedRow): boolean {
	return kind === 'changed' || kind === 'added' || kind === 'removed' || kind === 'ignored';
}

/** Rows of one change; each of those that are ignored is a change of its own. */
function belongTogether(one: ComparedRow, other: ComparedRow): boolean {
	if (one.kind === 'fold' || other.kind === 'fold' || !isPaired(other)) return false;
	return one.change !== null && one.change === other.change;
}

function isText(row: ComparedRow, side: 'left' | 'right'): boolean {
	return row.kind !== 'fold' && row[side] !== null;
}

function sideOf(row: ComparedRow): LineSide {
	if (row.kind === 'fold') return 'both';
	if (row.right === null) return 'left';
	return row.left === null ? 'right' : 'both';
}
