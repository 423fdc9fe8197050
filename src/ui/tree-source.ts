/**
 * What a tree shows, as the flat list of its visible rows. Indexes run from 0 to count - 1 in the order
 * shown; a closed parent's children have no index. Methods are asked for rows on screen only, so that a
 * tree of millions of rows costs what a screen of them costs.
 */
export interface TreeSource {
	readonly count: number;
	/** A number that stays with a row while rows open and close around it. */
	keyAt(index: number): number;
	/** The row that carries a key now, or -1 when it is not visible. */
	indexOfKey(key: number): number;
	/** 1-based depth. */
	level(index: number): number;
	isExpandable(index: number): boolean;
	isExpanded(index: number): boolean;
	/** How many rows share this row's parent, it included. */
	setSize(index: number): number;
	/** 1-based place among them. */
	positionInSet(index: number): number;
	/** Opens or closes a row. The tree is drawn again when the source or what it reads changes. */
	toggle(index: number, expanded: boolean): void;
	/** The row of the parent, or -1 at the top. */
	parentIndex(index: number): number;
	/** The accessible name of the row, which has to contain the text that it shows; empty, that text is the name. */
	name(index: number): string;
}
