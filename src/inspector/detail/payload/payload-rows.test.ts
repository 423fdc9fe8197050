import fc from 'fast-check';
import { expect, test } from 'vitest';
import { children } from '../../../json/document';
import { scanJson, type JsonDocument } from '../../../json/scan';
import { PayloadRows } from './payload-rows';

function scan(text: string): JsonDocument {
	const result = scanJson(new TextEncoder().encode(text));
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

/** The rows as a plain recursion over the open containers finds them. */
function naiveRows(document: JsonDocument, open: ReadonlySet<number>, node = 0): number[] {
	if (!open.has(node)) return [node];
	return [node, ...[...children(document, node)].flatMap((child) => naiveRows(document, open, child))];
}

function shownNodes(rows: PayloadRows): number[] {
	return Array.from({ length: rows.count }, (_, row) => rows.nodeAt(row));
}

/** All nodes of a subtree that can be open. */
function within(document: JsonDocument, node: number): number[] {
	const nodes = Array.from({ length: document.next[node]! - node }, (_, index) => node + index);
	return nodes.filter((inside) => document.childCount[inside]! > 0);
}

const step = fc.record({
	act: fc.constantFrom('open', 'close', 'level', 'openAll', 'closeAll', 'reveal'),
	at: fc.nat(),
});

test('after any steps the rows are those of a recursion over open containers', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.array(step, { maxLength: 12 }), (value, steps) => {
			const document = scan(JSON.stringify(value));
			const rows = new PayloadRows(document);
			rows.expandToLevel(0);
			const open = new Set<number>();
			for (const { act, at } of steps) {
				const node = at % document.nodeCount;
				if (act === 'level') {
					rows.expandToLevel(at % 4);
					open.clear();
					for (const inside of within(document, 0)) if (document.depth[inside]! < at % 4) open.add(inside);
				} else if (act === 'openAll' || act === 'closeAll') {
					rows.setAllExpanded(node, act === 'openAll');
					for (const inside of within(document, node)) {
						if (act === 'openAll') open.add(inside);
						else open.delete(inside);
					}
				} else if (act === 'reveal') {
					rows.reveal(node);
					for (let holder = document.parent[node]!; holder !== -1; holder = document.parent[holder]!) open.add(holder);
					expect(rows.rowOf(node)).not.toBe(-1);
				} else if (rows.isExpandable(node)) {
					rows.setExpanded(node, act === 'open');
					if (act === 'open') open.add(node);
					else open.delete(node);
				}
				expect(shownNodes(rows)).toEqual(naiveRows(document, open));
			}
		}),
	);
});

test('a row is found by its node, and a hidden node has none', () => {
	const rows = new PayloadRows(scan('{"a":{"b":[1,2]},"c":3}'));
	rows.expandToLevel(1);
	expect(shownNodes(rows)).toEqual([0, 1, 5]);
	expect([0, 1, 2, 5, 6, -1].map((node) => rows.rowOf(node))).toEqual([0, 1, -1, 2, -1, -1]);
	expect([rows.nodeAt(-1), rows.nodeAt(3)]).toEqual([-1, -1]);
});

test('a small payload shows two levels at first, a large one shows one', () => {
	expect(new PayloadRows(scan('{"a":{"b":{"c":1}}}')).count).toBe(3);
	expect(new PayloadRows(scan(`[${'{"a":1},'.repeat(150)}[]]`)).count).toBe(152);
});

test('a scalar is one row, and has nothing to open', () => {
	const rows = new PayloadRows(scan('null'));
	expect([rows.count, rows.isExpandable(0), rows.rowOf(0)]).toEqual([1, false, 0]);
});

test('a hundred thousand levels open at once', () => {
	const rows = new PayloadRows(scan('['.repeat(100_000) + ']'.repeat(100_000)));
	rows.expandToLevel(Infinity);
	expect(rows.count).toBe(100_000);
});
