import { expect, test } from 'vitest';
import { pressTreeKey } from './tree-keys';
import type { TreeSource } from './tree-source';

/** Paths of a small tree: a slash more is a level deeper. */
const paths = ['/a', '/a/b', '/a/b/c', '/a/d', '/e', '/e/f', '/g'];

function treeOf(...opened: string[]): TreeSource & { shown: () => string[] } {
	const expanded = new Set(opened);
	const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
	const isShown = (path: string): boolean => {
		const parent = parentOf(path);
		return parent === '' || (expanded.has(parent) && isShown(parent));
	};
	const shown = (): string[] => paths.filter(isShown);
	const at = (index: number): string => shown()[index] ?? '';
	const siblings = (index: number): string[] => paths.filter((path) => parentOf(path) === parentOf(at(index)));
	return {
		shown,
		get count() {
			return shown().length;
		},
		keyAt: (index) => paths.indexOf(at(index)),
		indexOfKey: (key) => shown().indexOf(paths[key] ?? ''),
		level: (index) => at(index).split('/').length - 1,
		isExpandable: (index) => paths.some((path) => parentOf(path) === at(index)),
		isExpanded: (index) => expanded.has(at(index)),
		setSize: (index) => siblings(index).length,
		positionInSet: (index) => siblings(index).indexOf(at(index)) + 1,
		toggle: (index, open) => (open ? expanded.add(at(index)) : expanded.delete(at(index))),
		parentIndex: (index) => shown().indexOf(parentOf(at(index))),
		name: at,
	};
}

function press(key: string, source: TreeSource, active: number | null): number | null {
	return pressTreeKey(key, source, { active, count: source.count, first: 0, end: source.count });
}

test('→ opens a closed row, goes into an open one, and stays on a leaf', () => {
	const tree = treeOf();
	expect(press('ArrowRight', tree, 0)).toBe(0);
	expect(tree.shown()).toEqual(['/a', '/a/b', '/a/d', '/e', '/g']);
	expect(press('ArrowRight', tree, 0)).toBe(1);
	expect(press('ArrowRight', tree, 4)).toBe(4);
});

test('← closes an open row, goes to the parent of another, and stays at the top', () => {
	const tree = treeOf('/a');
	expect(press('ArrowLeft', tree, 2)).toBe(0);
	expect(press('ArrowLeft', tree, 0)).toBe(0);
	expect(tree.shown()).toEqual(['/a', '/e', '/g']);
});

test('Enter turns what can be opened and leaves a leaf to others', () => {
	const tree = treeOf();
	expect(press('Enter', tree, 1)).toBe(1);
	expect(tree.shown()).toContain('/e/f');
	expect(press(' ', tree, 1)).toBe(1);
	expect(tree.shown()).not.toContain('/e/f');
	expect(press('Enter', tree, 2)).toBeNull();
});

test('* opens every row beside the active one, which stays active', () => {
	const tree = treeOf();
	expect(press('*', tree, 1)).toBe(3);
	expect(tree.shown()).toEqual(['/a', '/a/b', '/a/d', '/e', '/e/f', '/g']);
});

test('the first key only chooses a row', () => {
	const tree = treeOf();
	expect(['ArrowDown', 'ArrowRight', 'ArrowUp'].map((key) => press(key, tree, null))).toEqual([0, 0, 0]);
	expect(press('Enter', tree, null)).toBeNull();
	expect(tree.shown()).toEqual(['/a', '/e', '/g']);
});
