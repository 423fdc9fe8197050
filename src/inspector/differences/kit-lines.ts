import Differ from 'json-diff-kit/differ';
import type { Comparison } from '../../changes/comparison';
import { RowKind, type DifferenceLines } from '../../changes/difference-lines';
import { PairKind, type Alignment } from '../../json/alignment';
import { JsonKind, type JsonDocument } from '../../json/scan';
import { prettyLines, type PrettyLines } from '../../json/pretty-lines';

/** Beyond these json-diff-kit takes too long: its time grows with the square (5,000 lines: half a second). */
const mostLines = 2000;
const mostItems = 1000;
const mostLevels = 100;

/** An object of objects and texts, as json-diff-kit gets it. */
interface Plain {
	[key: string]: string | Plain;
}

/** Why json-diff-kit is not asked, as a sentence; null when it is. */
export function whyNotByLines(left: JsonDocument, right: JsonDocument): string | null {
	const tooLong = [left, right].some((document) => lineCount(document) > mostLines);
	if (tooLong) return 'Compared value by value, not line by line: there are more than 2,000 lines.';
	const tooWide = [left, right].some((document) =>
		document.kind.some((kind, node) => kind === JsonKind.array && document.childCount[node]! > mostItems),
	);
	if (tooWide) return 'Compared value by value, not line by line: an array has more than 1,000 items.';
	const tooDeep = Math.max(left.maxDepth, right.maxDepth) > mostLevels;
	return tooDeep ? 'Compared value by value, not line by line: there are more than 100 levels.' : null;
}

function lineCount({ nodeCount, next }: JsonDocument): number {
	let count = nodeCount;
	for (let node = 0; node < nodeCount; node++) if (next[node]! > node + 1) count++;
	return count;
}

/**
 * The rows of a comparison as json-diff-kit lays them out. It takes plain values, knows array items by their index
 * alone and garbles names that hold quotes, so it gets the alignment instead: every value under a key that says which
 * one it is and where it comes, with texts that say which are equal. Null when what it answers leaves out a line of a
 * document: then our own lines are to be shown.
 */
export function kitLines(comparison: Comparison): DifferenceLines | null {
	const { alignment } = comparison;
	const { left, right } = plainSides(alignment);
	const [leftResult, rightResult] = new Differ({ detectCircular: false }).diff(left, right);
	const leftLines = prettyLines(alignment.left);
	const rightLines = prettyLines(alignment.right);
	const leftSide = new SideReader(leftLines, alignment.leftNode);
	const rightSide = new SideReader(rightLines, alignment.rightNode);
	const capacity = leftLines.count + rightLines.count;
	const lines: DifferenceLines = {
		count: 0,
		kind: new Uint8Array(capacity),
		left: new Int32Array(capacity),
		right: new Int32Array(capacity),
		change: new Int32Array(capacity),
		leftLines,
		rightLines,
	};
	// The first and the last line belong to the object around both roots.
	for (let row = 1; row < leftResult.length - 1; row++) {
		const leftLine = leftSide.read(leftResult[row]!.text);
		const rightLine = rightSide.read(rightResult[row]!.text);
		const side = leftLine === -1 ? rightSide : leftSide;
		addRow(lines, comparison, leftLine, rightLine, side, leftResult[row]!.type === 'modify');
	}
	return leftSide.isWhole && rightSide.isWhole ? lines : null;
}

function addRow(
	lines: DifferenceLines,
	{ alignment, change, isIgnored }: Comparison,
	leftLine: number,
	rightLine: number,
	{ pair, isFirst }: SideReader,
	isModified: boolean,
): void {
	const row = lines.count++;
	lines.left[row] = leftLine;
	lines.right[row] = rightLine;
	// Of what is alike on both sides the first line alone says that it moved.
	const isRest = !isFirst && alignment.kind[pair]! <= PairKind.container;
	lines.change[row] = isRest ? -1 : change[pair]!;
	if (isRest) lines.kind[row] = RowKind.equal;
	else if (isIgnored[pair] === 1) lines.kind[row] = RowKind.ignored;
	else if (leftLine === -1) lines.kind[row] = RowKind.added;
	else if (rightLine === -1) lines.kind[row] = RowKind.removed;
	else if (isModified) lines.kind[row] = RowKind.changed;
	else lines.kind[row] = alignment.isMoved[pair] === 1 ? RowKind.moved : RowKind.equal;
}

/** Finds the lines of one document in json-diff-kit's lines, in which a key says which value it is. */
class SideReader {
	/** The pair that the last line belongs to, or is inside of. */
	pair = -1;
	/** Whether the last line was the first of that pair. */
	isFirst = false;
	readonly #lines: PrettyLines;
	readonly #nodes: Int32Array;
	readonly #seen: Uint8Array;
	#seenCount = 0;
	/** What is open, outermost first: node and pair by turns. */
	readonly #open: number[] = [];

	constructor(lines: PrettyLines, nodes: Int32Array) {
		this.#lines = lines;
		this.#nodes = nodes;
		this.#seen = new Uint8Array(lines.count);
	}

	/** Whether every line of the document has been there, once. */
	get isWhole(): boolean {
		return this.#seenCount === this.#lines.count;
	}

	/** The line of the document that a text stands for; -1 for none. */
	read(text: string): number {
		if (text === '') return -1;
		const opening = /^"([pn])(\d+)[lr]?": (.*)$/.exec(text);
		if (!opening) return this.#close();
		const [, what, number, rest] = opening;
		this.isFirst = what === 'p';
		if (what === 'p') this.pair = Number(number);
		else this.pair = this.#open.at(-1) ?? -1;
		const node = this.#nodes[this.pair]! + (what === 'p' ? 0 : Number(number));
		if (rest === '{') this.#open.push(node, this.pair);
		return this.#see(this.#lines.first[node]!);
	}

	#close(): number {
		this.pair = this.#open.pop() ?? -1;
		this.isFirst = false;
		return this.#see(this.#lines.last[this.#open.pop() ?? 0]!);
	}

	#see(line: number): number {
		if (this.#seen[line] === 0) this.#seenCount++;
		else this.#seenCount = NaN;
		this.#seen[line] = 1;
		return line;
	}
}

/** Both documents with a key per pair, and per value inside what only one of them has. Keys sort in their order. */
function plainSides(alignment: Alignment): { left: Plain; right: Plain } {
	const { left, right, leftNode, rightNode, kind, next, pairCount } = alignment;
	const roots = { left: {} as Plain, right: {} as Plain };
	const open: { pair: number; left: Plain; right: Plain }[] = [];
	for (let pair = 0; pair < pairCount; pair++) {
		while (open.length > 0 && next[open.at(-1)!.pair]! <= pair) open.pop();
		const around = open.at(-1) ?? roots;
		const key = keyOf('p', pair);
		const one = leftNode[pair]!;
		const other = rightNode[pair]!;
		if (kind[pair] === PairKind.container) {
			const both = { pair, left: {}, right: {} };
			around.left[key] = both.left;
			around.right[key] = both.right;
			open.push(both);
		} else if (kind[pair] === PairKind.equal) {
			around.left[key] = plainValue(left, one, 'equal');
			around.right[key] = plainValue(right, other, 'equal');
		} else {
			// Side by side only when one of them is a single line: two containers have no lines in common.
			const areApart = one !== -1 && other !== -1 && isLong(left, one) && isLong(right, other);
			if (one !== -1) around.left[areApart ? `${key}l` : key] = plainValue(left, one, 'left');
			if (other !== -1) around.right[areApart ? `${key}r` : key] = plainValue(right, other, 'right');
		}
	}
	return roots;
}

function isLong(document: JsonDocument, node: number): boolean {
	return document.next[node]! > node + 1;
}

/** A value with a key per node: its distance from the value’s own. */
function plainValue(document: JsonDocument, root: number, text: string): string | Plain {
	if (!isLong(document, root)) return text;
	const plain: Plain = {};
	const open: { node: number; plain: Plain }[] = [{ node: root, plain }];
	for (let node = root + 1; node < document.next[root]!; node++) {
		while (document.next[open.at(-1)!.node]! <= node) open.pop();
		const around = open.at(-1)!.plain;
		const key = keyOf('n', node - root);
		if (isLong(document, node)) open.push({ node, plain: (around[key] = {}) });
		else around[key] = text;
	}
	return plain;
}

function keyOf(letter: 'p' | 'n', number: number): string {
	return letter + String(number).padStart(7, '0');
}
