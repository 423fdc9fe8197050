import { PairKind, type Alignment } from './alignment';
import { escapedToken, pointerOf } from './pointer';
import { prettyText } from './pretty-text';
import { keyText, valueText } from './document';
import { JsonKind, scanJson, type JsonDocument } from './scan';

/** One operation of a JSON Patch (RFC 6902). `value` is JSON text, exactly as the right document has it. */
export type PatchOperation =
	| { op: 'add' | 'replace'; path: string; value: string }
	| { op: 'remove'; path: string }
	| { op: 'move'; from: string; path: string };

/** Whether a difference of a pair is to be left as the left document has it. */
type Leaves = (pair: number) => boolean;

/**
 * The operations that make the left document of an alignment the right one, but for member order and for values whose
 * name stands again in the same object. Inner values come first, under the paths of the left document; then what
 * is removed, moved and added in the container around them.
 *
 * @param leaves which pairs stay as they are on the left
 */
export function patchOperations(alignment: Alignment, leaves: Leaves = () => false): PatchOperation[] {
	const operations: PatchOperation[] = [];
	const shadowed = { left: shadowedNodes(alignment.left), right: shadowedNodes(alignment.right) };
	/** Containers whose own operations are still to come. */
	const open: number[] = [];
	const closeUpTo = (pair: number) => {
		while (open.length > 0 && alignment.next[open.at(-1)!]! <= pair) {
			pushContainer(alignment, open.pop()!, leaves, shadowed, operations);
		}
	};
	for (let pair = 0; pair < alignment.pairCount; pair++) {
		closeUpTo(pair);
		const leftNode = alignment.leftNode[pair]!;
		const rightNode = alignment.rightNode[pair]!;
		if (shadowed.left.has(leftNode) || shadowed.right.has(rightNode)) {
			pair = alignment.next[pair]! - 1;
		} else if (alignment.kind[pair] === PairKind.container) {
			open.push(pair);
		} else if (alignment.kind[pair] === PairKind.changed && !leaves(pair)) {
			const value = valueText(alignment.right, rightNode);
			operations.push({ op: 'replace', path: pointerOf(alignment.left, leftNode), value });
		}
	}
	closeUpTo(alignment.pairCount);
	return operations;
}

/** A JSON Patch as text with a member a line; values keep their exact text. */
export function patchText(operations: readonly PatchOperation[]): string {
	const texts = operations.map((operation) => {
		const path = `"path":${JSON.stringify(operation.path)}`;
		if (operation.op === 'move') return `{"op":"move","from":${JSON.stringify(operation.from)},${path}}`;
		if (operation.op === 'remove') return `{"op":"remove",${path}}`;
		return `{"op":"${operation.op}",${path},"value":${operation.value}}`;
	});
	const result = scanJson(new TextEncoder().encode(`[${texts.join(',')}]`));
	if (!result.ok) throw new Error(`A JSON Patch is no JSON: ${result.error.message}`);
	return prettyText(result.document);
}

/** Members that don't count, because their name stands again in the same object. */
function shadowedNodes(document: JsonDocument): ReadonlySet<number> {
	const shadowed = new Set<number>();
	for (const object of new Set(Array.from(document.duplicates, (node) => document.parent[node]!))) {
		const last = new Map<string, number>();
		for (let child = object + 1; child < document.next[object]!; child = document.next[child]!) {
			const name = keyText(document, child)!;
			const earlier = last.get(name);
			if (earlier !== undefined) shadowed.add(earlier);
			last.set(name, child);
		}
	}
	return shadowed;
}

interface Shadowed {
	left: ReadonlySet<number>;
	right: ReadonlySet<number>;
}

function pushContainer(
	alignment: Alignment,
	pair: number,
	leaves: Leaves,
	shadowed: Shadowed,
	operations: PatchOperation[],
): void {
	const { kind, next, leftNode, rightNode, isMoved } = alignment;
	const differing: number[] = [];
	for (let child = pair + 1; child < next[pair]!; child = next[child]!) {
		if (kind[child]! >= PairKind.added || isMoved[child] === 1) differing.push(child);
	}
	if (differing.length === 0) return;
	if (alignment.left.kind[leftNode[pair]!] === JsonKind.array) {
		pushItems(alignment, pair, leaves, operations);
		return;
	}
	const path = pointerOf(alignment.left, leftNode[pair]!);
	for (const child of differing) {
		if (leaves(child) || shadowed.left.has(leftNode[child]!) || shadowed.right.has(rightNode[child]!)) continue;
		const isAdded = kind[child] === PairKind.added;
		const name = isAdded ? keyText(alignment.right, rightNode[child]!)! : keyText(alignment.left, leftNode[child]!)!;
		const own = `${path}/${escapedToken(name)}`;
		if (isAdded) operations.push({ op: 'add', path: own, value: valueText(alignment.right, rightNode[child]!) });
		else operations.push({ op: 'remove', path: own });
	}
}

/**
 * The operations on one array. Items that keep their place part it into gaps, numbered from 0 (before the first of
 * them). A gap holds first what has come to its new place, in the order of the right array, then what still waits to be
 * moved, in the order of the left one.
 */
function pushItems(alignment: Alignment, pair: number, leaves: Leaves, operations: PatchOperation[]): void {
	const path = pointerOf(alignment.left, alignment.leftNode[pair]!);
	const { removed, fixedCount, moved, added } = planOf(alignment, pair, leaves);
	for (const index of removed) operations.push({ op: 'remove', path: `${path}/${index}` });

	/** Per gap how many have come; per moved item, in the order of the left array, whether it still waits. */
	const settled = new PrefixSums(fixedCount + 1);
	const waiting = new PrefixSums(moved.length);
	for (let rank = 0; rank < moved.length; rank++) waiting.add(rank, 1);
	for (const item of moved) {
		const from = item.gap + settled.before(item.gap + 1) + waiting.before(item.rank);
		waiting.add(item.rank, -1);
		const to = item.target + settled.before(item.target + 1) + waiting.before(item.ranksBefore);
		settled.add(item.target, 1);
		if (from !== to) operations.push({ op: 'move', from: `${path}/${from}`, path: `${path}/${to}` });
	}
	for (const { index, node } of added) {
		operations.push({ op: 'add', path: `${path}/${index}`, value: valueText(alignment.right, node) });
	}
}

/** An item on its way. */
interface MovedItem {
	/** Its place among the moved ones in the left array, from 0. */
	rank: number;
	/** The gap in which it waits. */
	gap: number;
	/** The gap to which it goes. */
	target: number;
	/** How many moved items wait in the gaps before the one to which it goes. */
	ranksBefore: number;
}

interface ArrayPlan {
	/** Left indexes, descending. */
	removed: number[];
	/** How many items of the left array stay where they are. */
	fixedCount: number;
	/** In the order of the right array. */
	moved: MovedItem[];
	/** In the order of the right array; the index is that of the array as it is by then. */
	added: { index: number; node: number }[];
}

function planOf(alignment: Alignment, array: number, leaves: Leaves): ArrayPlan {
	const { kind, next, leftNode, rightNode, isMoved } = alignment;
	const pairs: number[] = [];
	for (let pair = array + 1; pair < next[array]!; pair = next[pair]!) pairs.push(pair);
	const moves = (pair: number) => isMoved[pair] === 1 && !leaves(pair);

	const leftPairs = pairs.filter((pair) => leftNode[pair] !== -1).sort((one, two) => leftNode[one]! - leftNode[two]!);
	const removed: number[] = [];
	/** Per fixed pair how many fixed ones there are up to it; per moved pair what it is. */
	const ordinals = new Map<number, number>();
	const waiting = new Map<number, MovedItem>();
	/** Per gap how many moved items wait in the gaps before it. */
	const ranksBefore = [0];
	for (const [index, pair] of leftPairs.entries()) {
		if (kind[pair] === PairKind.removed && !leaves(pair)) {
			removed.push(index);
		} else if (moves(pair)) {
			waiting.set(pair, { rank: waiting.size, gap: ordinals.size, target: 0, ranksBefore: 0 });
		} else {
			ordinals.set(pair, ordinals.size + 1);
			ranksBefore.push(waiting.size);
		}
	}

	const moved: MovedItem[] = [];
	const added: ArrayPlan['added'] = [];
	let target = 0;
	for (const pair of pairs) {
		const item = waiting.get(pair);
		if (item) {
			moved.push({ ...item, target, ranksBefore: ranksBefore[target]! });
		} else if (kind[pair] === PairKind.added) {
			if (!leaves(pair)) added.push({ index: target + moved.length + added.length, node: rightNode[pair]! });
		} else if (kind[pair] !== PairKind.removed && isMoved[pair] === 0) {
			target = ordinals.get(pair)!;
		}
	}
	return { removed: removed.reverse(), fixedCount: ordinals.size, moved, added };
}

/** Sums of the first entries of a list of figures that change: a Fenwick tree, so that each step costs a logarithm. */
class PrefixSums {
	readonly #sums: Int32Array;

	constructor(count: number) {
		this.#sums = new Int32Array(count + 1);
	}

	add(index: number, amount: number): void {
		for (let at = index + 1; at < this.#sums.length; at += at & -at) this.#sums[at]! += amount;
	}

	/** The sum of so many entries from the beginning. */
	before(count: number): number {
		let sum = 0;
		for (let at = count; at > 0; at -= at & -at) sum += this.#sums[at]!;
		return sum;
	}
}
