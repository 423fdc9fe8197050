/** What a cell shows: a figure is set right, a text left, and what was not measured is a dash. */
export type Cell = string | number | null;

/**
 * A table as Markdown that is also aligned for the eye: it is read in a terminal and copied into the README.
 * Numbers get thousands separators, and the decimals that they are given with.
 *
 * @param rows as many cells each as there are columns
 */
export function formatTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
	const texts = rows.map((row) => columns.map((_, index) => cellText(row[index] ?? null)));
	const widths = columns.map((name, index) => Math.max(3, name.length, ...texts.map((row) => row[index]!.length)));
	const isFigure = columns.map((_, index) => rows.some((row) => typeof row[index] === 'number'));
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell, index) => (isFigure[index] ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!))).join(' | ')} |`;
	const rule = widths.map((width, index) => (isFigure[index] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
	return [line(columns), line(rule), ...texts.map(line)].join('\n');
}

/** Prints a title and a table on standard output. */
export function printTable(title: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): void {
	console.log(`\n${title}\n\n${formatTable(columns, rows)}`);
}

/** The middle of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** The value below which a share (0 to 1) of some numbers lies, between neighbours in proportion; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const place = (sorted.length - 1) * share;
	const below = sorted[Math.floor(place)] ?? NaN;
	const above = sorted[Math.ceil(place)] ?? NaN;
	return below + (above - below) * (place - Math.floor(place));
}

/** Rounds to a number of decimals, for a cell. */
export function rounded(value: number, decimals: number): number {
	return Number(value.toFixed(decimals));
}

function cellText(cell: Cell): string {
	if (cell === null || Number.isNaN(cell)) return '–';
	return typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 3 }) : cell;
}
