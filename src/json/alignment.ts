import { ContentHashes } from './content-hash';
import { keyText, stringValue } from './document';
import { matchItems } from './match-items';
import { JsonKind, type JsonDocument } from './scan';

/** How the two values of a pair relate. */
export const PairKind = {
	/** Equal scalars or empty containers, or containers that are written the same, with all that they hold. */
	equal: 0,
	/** Two other objects, or two other arrays, with something in both; the pairs of what they hold follow. */
	container: 1,
	/** Values of which at most one can be looked into, or of two kinds. */
	changed: 2,
	/** The right value alone, with all that it holds. */
	added: 3,
	/** The left value alone, with all that it holds. */
	removed: 4,
} as const;

/**
 * Two documents as one tree of pairs, one entry a pair, in the order of the right document; what only the left one has
 * comes after what it followed there. Every value of both documents is in exactly one pair, or inside of one that says
 * all about it.
 */
export interface Alignment {
	left: JsonDocument;
	right: JsonDocument;
	pairCount: number;
	/** One of `PairKind`. */
	kind: Uint8Array;
	/** Node of the left document; -1 when the right value was added. */
	leftNode: Int32Array;
	/** Node of the right document; -1 when the left value was removed. */
	rightNode: Int32Array;
	/** The first pair after this one and all that it holds. */
	next: Uint32Array;
	/** 1 for an item that changed its place among those that stayed. */
	isMoved: Uint8Array;
}

/** The children of two containers as pairs: left and right node by turns. */
interface ChildPairs {
	nodes: number[];
	/** Per pair; null when none can have moved. */
	isMoved: Uint8Array | null;
}

interface OpenPair extends ChildPairs {
	pair: number;
	at: number;
}

/**
 * Lays two documents side by side. Members belong together by name (where a name stands twice, the last with the last,
 * which is the one that counts), items as `matchItems` says, numbers are equal when their text is, strings when their
 * decoded text is. Works at any depth, in time and memory that grow with the documents.
 */
export function alignDocuments(left: JsonDocument, right: JsonDocument): Alignment {
	const capacity = left.nodeCount + right.nodeCount;
	const alignment: Alignment = {
		left,
		right,
		pairCount: 0,
		kind: new Uint8Array(capacity),
		leftNode: new Int32Array(capacity),
		rightNode: new Int32Array(capacity),
		next: new Uint32Array(capacity),
		isMoved: new Uint8Array(capacity),
	};
	const matcher = new ChildMatcher(left, right);
	const written = new SameText(left, right);
	const open: OpenPair[] = [];
	const add = (leftNode: number, rightNode: number, isMoved: number) => {
		const pair = alignment.pairCount++;
		const kind = kindOf(left, leftNode, right, rightNode, written);
		alignment.kind[pair] = kind;
		alignment.leftNode[pair] = leftNode;
		alignment.rightNode[pair] = rightNode;
		alignment.isMoved[pair] = isMoved;
		alignment.next[pair] = pair + 1;
		if (kind === PairKind.container) open.push({ pair, at: 0, ...matcher.match(leftNode, rightNode) });
	};

	add(0, 0, 0);
	while (open.length > 0) {
		const top = open.at(-1)!;
		if (top.at === top.nodes.length) {
			alignment.next[top.pair] = alignment.pairCount;
			open.pop();
		} else {
			const at = top.at;
			top.at += 2;
			add(top.nodes[at]!, top.nodes[at + 1]!, top.isMoved?.[at >> 1] ?? 0);
		}
	}
	return alignment;
}

function kindOf(
	left: JsonDocument,
	leftNode: number,
	right: JsonDocument,
	rightNode: number,
	written: SameText,
): number {
	if (leftNode === -1) return PairKind.added;
	if (rightNode === -1) return PairKind.removed;
	const kind = left.kind[leftNode]!;
	if (kind !== right.kind[rightNode]) return PairKind.changed;
	if (kind > JsonKind.array) return isSameScalar(left, leftNode, right, rightNode) ? PairKind.equal : PairKind.changed;
	const leftCount = left.childCount[leftNode]!;
	const rightCount = right.childCount[rightNode]!;
	if (leftCount === 0 || rightCount === 0) return leftCount === rightCount ? PairKind.equal : PairKind.changed;
	return written.isSame(leftNode, rightNode) ? PairKind.equal : PairKind.container;
}

/**
 * Tells containers that are written with the same bytes. Where two differ it keeps in mind up to where they are the
 * same: asked from the outside to the inside it looks at no byte twice.
 */
class SameText {
	readonly #left: JsonDocument;
	readonly #right: JsonDocument;
	/** From here to the first byte that differs the left bytes are those of the right at so many bytes further on. */
	#from = 0;
	#differsAt = -1;
	#shift = 0;

	constructor(left: JsonDocument, right: JsonDocument) {
		this.#left = left;
		this.#right = right;
	}

	isSame(leftNode: number, rightNode: number): boolean {
		const from = this.#left.start[leftNode]!;
		const to = this.#left.end[leftNode]!;
		const shift = this.#right.start[rightNode]! - from;
		if (this.#right.end[rightNode]! - to !== shift) return false;
		if (shift === this.#shift && from >= this.#from && from <= this.#differsAt) return to <= this.#differsAt;
		const left = this.#left.bytes;
		const right = this.#right.bytes;
		let at = from;
		while (at < to && left[at] === right[at + shift]) at++;
		if (at === to) return true;
		this.#from = from;
		this.#differsAt = at;
		this.#shift = shift;
		return false;
	}
}

/** Both are of one kind. */
function isSameScalar(left: JsonDocument, leftNode: number, right: JsonDocument, rightNode: number): boolean {
	const kind = left.kind[leftNode]!;
	if (kind > JsonKind.number) return true;
	const from = left.start[leftNode]!;
	const to = left.end[leftNode]!;
	const otherFrom = right.start[rightNode]!;
	const otherTo = right.end[rightNode]!;
	if (hasSameBytes(left.bytes, from, to, right.bytes, otherFrom, otherTo)) return true;
	if (kind === JsonKind.number) return false;
	// Without escapes other bytes are another text.
	if (!hasEscape(left.bytes, from, to) && !hasEscape(right.bytes, otherFrom, otherTo)) return false;
	return stringValue(left, leftNode) === stringValue(right, rightNode);
}

function hasSameBytes(
	left: Uint8Array,
	from: number,
	to: number,
	right: Uint8Array,
	otherFrom: number,
	otherTo: number,
): boolean {
	const length = to - from;
	if (otherTo - otherFrom !== length) return false;
	for (let at = 0; at < length; at++) if (left[from + at] !== right[otherFrom + at]) return false;
	return true;
}

function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
	for (let at = from; at < to; at++) if (bytes[at] === 0x5c) return true;
	return false;
}

/** Finds which children of two containers belong together. */
class ChildMatcher {
	readonly #left: JsonDocument;
	readonly #right: JsonDocument;
	/** Objects in which a name stands twice. */
	readonly #leftRepeats: ReadonlySet<number>;
	readonly #rightRepeats: ReadonlySet<number>;
	readonly #leftHashes: ContentHashes;
	readonly #rightHashes: ContentHashes;

	constructor(left: JsonDocument, right: JsonDocument) {
		this.#left = left;
		this.#right = right;
		this.#leftRepeats = repeatingObjects(left);
		this.#rightRepeats = repeatingObjects(right);
		this.#leftHashes = new ContentHashes(left);
		this.#rightHashes = new ContentHashes(right);
	}

	/** Both are objects or both arrays. */
	match(leftNode: number, rightNode: number): ChildPairs {
		return this.#left.kind[leftNode] === JsonKind.object
			? this.#matchMembers(leftNode, rightNode)
			: this.#matchArrays(leftNode, rightNode);
	}

	#matchArrays(leftNode: number, rightNode: number): ChildPairs {
		const leftItems = childNodes(this.#left, leftNode);
		const rightItems = childNodes(this.#right, rightNode);
		const { partner, isMoved } = matchItems(
			{
				document: this.#left,
				items: leftItems,
				hashes: () => this.#leftHashes.inside(leftNode),
			},
			{
				document: this.#right,
				items: rightItems,
				hashes: () => this.#rightHashes.inside(rightNode),
			},
		);
		return inOrder(leftItems, rightItems, 0, partner, isMoved);
	}

	#matchMembers(leftNode: number, rightNode: number): ChildPairs {
		const left = this.#left;
		const right = this.#right;
		const leftMembers = childNodes(left, leftNode);
		const rightMembers = childNodes(right, rightNode);
		const repeats = this.#leftRepeats.has(leftNode) || this.#rightRepeats.has(rightNode);
		// Two deliveries have nearly always the same names in the same order.
		const first = repeats ? 0 : sameNamesFirst(left, leftMembers, right, rightMembers);
		const partner = new Int32Array(rightMembers.length).fill(-1);
		for (let index = 0; index < first; index++) partner[index] = index;
		if (first < leftMembers.length && first < rightMembers.length) {
			const names = new Map<string, number>();
			const leftNames = memberNames(left, leftMembers, first, repeats);
			const rightNames = memberNames(right, rightMembers, first, repeats);
			for (const [index, name] of leftNames.entries()) names.set(name, first + index);
			for (const [index, name] of rightNames.entries()) partner[first + index] = names.get(name) ?? -1;
		}
		return inOrder(leftMembers, rightMembers, first, partner, null);
	}
}

const noObjects: ReadonlySet<number> = new Set();

function repeatingObjects(document: JsonDocument): ReadonlySet<number> {
	if (document.duplicates.length === 0) return noObjects;
	return new Set(Array.from(document.duplicates, (node) => document.parent[node]!));
}

function childNodes(document: JsonDocument, node: number): Uint32Array {
	const nodes = new Uint32Array(document.childCount[node]!);
	let index = 0;
	for (let child = node + 1; index < nodes.length; child = document.next[child]!) nodes[index++] = child;
	return nodes;
}

/** How many members at the beginning have the same names in the same order. */
function sameNamesFirst(left: JsonDocument, one: Uint32Array, right: JsonDocument, other: Uint32Array): number {
	const most = Math.min(one.length, other.length);
	for (let index = 0; index < most; index++) {
		const node = one[index]!;
		const otherNode = other[index]!;
		const isSame = hasSameBytes(
			left.bytes,
			left.keyStart[node]!,
			left.keyEnd[node]!,
			right.bytes,
			right.keyStart[otherNode]!,
			right.keyEnd[otherNode]!,
		);
		if (!isSame) return index;
	}
	return most;
}

/** The names from `first` on. Where names stand twice each says how many of its name still follow, so that all differ. */
function memberNames(document: JsonDocument, members: Uint32Array, first: number, repeats: boolean): string[] {
	const names = Array.from(members.subarray(first), (node) => keyText(document, node)!);
	if (!repeats) return names;
	const counts = new Map<string, number>();
	for (let index = names.length - 1; index >= 0; index--) {
		const name = names[index]!;
		const following = counts.get(name) ?? 0;
		counts.set(name, following + 1);
		names[index] = `${following} ${name}`;
	}
	return names;
}

/**
 * All children in the order of the right ones. What only the left has follows what it followed there, and comes before
 * what was added at the same place.
 *
 * @param first so many at the beginning are pairs in order
 */
function inOrder(
	leftNodes: Uint32Array,
	rightNodes: Uint32Array,
	first: number,
	partner: Int32Array,
	isRightMoved: Uint8Array | null,
): ChildPairs {
	const nodes: number[] = [];
	for (let index = 0; index < first; index++) nodes.push(leftNodes[index]!, rightNodes[index]!);
	if (first === leftNodes.length && first === rightNodes.length) return { nodes, isMoved: null };
	const isTaken = new Uint8Array(leftNodes.length);
	for (let index = 0; index < partner.length; index++) if (partner[index] !== -1) isTaken[partner[index]!] = 1;
	const moved: number[] = isRightMoved ? Array<number>(first).fill(0) : [];
	const addRemoved = (from: number) => {
		for (let index = from; index < leftNodes.length && isTaken[index] === 0; index++) {
			nodes.push(leftNodes[index]!, -1);
			if (isRightMoved) moved.push(0);
		}
	};
	addRemoved(first);
	for (let index = first; index < rightNodes.length; index++) {
		const own = partner[index]!;
		nodes.push(own === -1 ? -1 : leftNodes[own]!, rightNodes[index]!);
		if (isRightMoved) moved.push(isRightMoved[index]!);
		if (own !== -1) addRemoved(own + 1);
	}
	return { nodes, isMoved: isRightMoved ? Uint8Array.from(moved) : null };
}
