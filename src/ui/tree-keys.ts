import { rowAfterKey, type RowsOnScreen } from './row-keys';
import type { TreeSource } from './tree-source';

/**
 * Does what a key does in a tree, after the pattern of the ARIA guide: → opens, then goes to the first child;
 * ← closes, then goes to the parent; Enter and the space bar turn; `*` opens all rows beside this one.
 * Answers the row to move to (the same one where a row only opened), or null for a key that a tree has no use for.
 */
export function pressTreeKey(key: string, source: TreeSource, screen: RowsOnScreen): number | null {
	const index = screen.active;
	if (index === null) return rowAfterKey(key === 'ArrowRight' || key === 'ArrowUp' ? 'ArrowDown' : key, screen);
	if (key === 'ArrowRight') return open(source, index);
	if (key === 'ArrowLeft') return close(source, index);
	if (key === 'Enter' || key === ' ') return turn(source, index);
	if (key === '*') return openSiblings(source, index);
	return rowAfterKey(key, screen);
}

function open(source: TreeSource, index: number): number {
	if (!source.isExpandable(index)) return index;
	if (source.isExpanded(index)) return Math.min(index + 1, source.count - 1);
	source.toggle(index, true);
	return index;
}

function close(source: TreeSource, index: number): number {
	if (!source.isExpandable(index) || !source.isExpanded(index)) return Math.max(source.parentIndex(index), 0);
	source.toggle(index, false);
	return index;
}

function turn(source: TreeSource, index: number): number | null {
	if (!source.isExpandable(index)) return null;
	source.toggle(index, !source.isExpanded(index));
	return index;
}

/** By key, because a source may answer for its new state at once, and every row that opens moves those below. */
function openSiblings(source: TreeSource, index: number): number {
	const level = source.level(index);
	const activeKey = source.keyAt(index);
	const keys: number[] = [];
	for (let at = source.parentIndex(index) + 1; at < source.count && source.level(at) >= level; at += 1) {
		if (source.level(at) === level && source.isExpandable(at) && !source.isExpanded(at)) keys.push(source.keyAt(at));
	}
	for (const key of keys) {
		const at = source.indexOfKey(key);
		if (at !== -1) source.toggle(at, true);
	}
	return Math.max(0, source.indexOfKey(activeKey));
}
