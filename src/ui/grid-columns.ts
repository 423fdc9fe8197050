/** One column of a grid. */
export interface GridColumn {
	id: string;
	/** What the header shows; may be empty where an icon stands for it. */
	label: string;
	/** The header's accessible name where the label is short or missing. */
	accessibleLabel?: string;
	/** Pixels, or what the others leave. At most one column takes the rest. */
	width: number | 'rest';
	/** Pixels down to which it gives way in a narrow grid. A fixed column gives way only where this is set. */
	minWidth?: number;
	align?: 'start' | 'end' | 'center';
	resizable?: boolean;
	sortable?: boolean;
}

/** How a grid is sorted. */
export interface GridSort {
	column: string;
	direction: 'ascending' | 'descending';
}

/** The narrowest that a person can make a column, in pixels. */
const narrowest = 32;

/** What the rest column keeps where it says nothing, in pixels. */
const leastRest = 120;

/** The value of `grid-template-columns`. Fixed columns give way to their minimum before anything scrolls. */
export function gridTemplate(columns: readonly GridColumn[]): string {
	return columns
		.map((column) => {
			const least = leastWidth(column);
			return column.width === 'rest' ? `minmax(${least}px, 1fr)` : `minmax(${least}px, ${column.width}px)`;
		})
		.join(' ');
}

/** The pixels that the columns need at least; a narrower grid scrolls sideways. */
export function leastGridWidth(columns: readonly GridColumn[]): number {
	return columns.reduce((sum, column) => sum + leastWidth(column), 0);
}

/**
 * On which edge a column is taken hold of. A column behind the rest column ends where it always did when
 * it is made wider, so its handle is at its start; every boundary has one handle that way. The rest column
 * itself has none.
 */
export function handleEdge(columns: readonly GridColumn[], index: number): 'start' | 'end' | null {
	const column = columns[index];
	if (!column?.resizable || column.width === 'rest') return null;
	const rest = columns.findIndex(({ width }) => width === 'rest');
	return rest !== -1 && index > rest ? 'start' : 'end';
}

/** A width in pixels that a person asked for, rounded and kept within what can be read. */
export function allowedWidth(column: GridColumn, width: number): number {
	return Math.round(Math.min(Math.max(width, column.minWidth ?? narrowest), 2000));
}

function leastWidth(column: GridColumn): number {
	if (column.width === 'rest') return column.minWidth ?? leastRest;
	return Math.min(column.minWidth ?? column.width, column.width);
}
