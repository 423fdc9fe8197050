import { PairKind } from '../json/alignment';
import { prettyLines, type PrettyLines } from '../json/pretty-lines';
import type { Comparison } from './comparison';

/** What a row of two lines says. */
export const RowKind = { equal: 0, changed: 1, added: 2, removed: 3, moved: 4, ignored: 5 } as const;

/**
 * Two documents as rows of lines that stand beside each other. The right lines are those of the right document, from
 * the first to the last; the left ones follow them.
 */
export interface DifferenceLines {
	count: number;
	/** One of `RowKind`. */
	kind: Uint8Array;
	/** Line of the left document, from 0; -1 when nothing stands there. */
	left: Int32Array;
	/** Line of the right document, from 0; -1 when nothing stands there. */
	right: Int32Array;
	/** Number of the difference that the row belongs to; -1 when it belongs to none that counts. */
	change: Int32Array;
	leftLines: PrettyLines;
	rightLines: PrettyLines;
}

/** Lays a comparison out as rows, in time that grows with the documents. */
export function differenceLines(comparison: Comparison): DifferenceLines {
	const { alignment } = comparison;
	const { kind, leftNode, rightNode, next, pairCount } = alignment;
	const rows = new RowWriter(prettyLines(alignment.left), prettyLines(alignment.right));
	const { leftLines, rightLines } = rows;
	/** Containers whose closing brackets are still to come. */
	const open: number[] = [];
	const closeUpTo = (pair: number) => {
		while (open.length > 0 && next[open.at(-1)!]! <= pair) {
			const container = open.pop()!;
			rows.add(RowKind.equal, leftLines.last[leftNode[container]!]!, rightLines.last[rightNode[container]!]!, -1);
		}
	};
	for (let pair = 0; pair < pairCount; pair++) {
		closeUpTo(pair);
		const left = leftNode[pair]!;
		const right = rightNode[pair]!;
		const change = comparison.change[pair]!;
		const isIgnored = comparison.isIgnored[pair] === 1;
		if (kind[pair]! <= PairKind.container) {
			const isMoved = alignment.isMoved[pair] === 1;
			const rowKind = isIgnored ? RowKind.ignored : isMoved ? RowKind.moved : RowKind.equal;
			rows.add(rowKind, leftLines.first[left]!, rightLines.first[right]!, change);
			if (kind[pair] === PairKind.container) open.push(pair);
			else rows.addRest(left, right);
		} else {
			rows.addDifferent(left, right, isIgnored, change);
		}
	}
	closeUpTo(pairCount);
	return rows.finish();
}

class RowWriter {
	readonly leftLines: PrettyLines;
	readonly rightLines: PrettyLines;
	readonly kind: Uint8Array;
	readonly left: Int32Array;
	readonly right: Int32Array;
	readonly change: Int32Array;
	count = 0;

	constructor(leftLines: PrettyLines, rightLines: PrettyLines) {
		this.leftLines = leftLines;
		this.rightLines = rightLines;
		const capacity = leftLines.count + rightLines.count;
		this.kind = new Uint8Array(capacity);
		this.left = new Int32Array(capacity);
		this.right = new Int32Array(capacity);
		this.change = new Int32Array(capacity);
	}

	add(kind: number, left: number, right: number, change: number): void {
		const row = this.count++;
		this.kind[row] = kind;
		this.left[row] = left;
		this.right[row] = right;
		this.change[row] = change;
	}

	/** The lines after the first of two values that are written the same. */
	addRest(left: number, right: number): void {
		const end = this.leftLines.last[left]!;
		let rightLine = this.rightLines.first[right]! + 1;
		for (let line = this.leftLines.first[left]! + 1; line <= end; line++) {
			this.add(RowKind.equal, line, rightLine++, -1);
		}
	}

	/** Two values that have nothing in common, of which one may be missing: node -1. */
	addDifferent(left: number, right: number, isIgnored: boolean, change: number): void {
		const { leftLines, rightLines } = this;
		let leftLine = left === -1 ? 0 : leftLines.first[left]!;
		const leftEnd = left === -1 ? 0 : leftLines.last[left]! + 1;
		let rightLine = right === -1 ? 0 : rightLines.first[right]!;
		const rightEnd = right === -1 ? 0 : rightLines.last[right]! + 1;
		// A value of one line stands beside the first line of what it became, or came from.
		if (left !== -1 && right !== -1 && (leftEnd === leftLine + 1 || rightEnd === rightLine + 1)) {
			this.add(isIgnored ? RowKind.ignored : RowKind.changed, leftLine++, rightLine++, change);
		}
		while (leftLine < leftEnd) this.add(isIgnored ? RowKind.ignored : RowKind.removed, leftLine++, -1, change);
		while (rightLine < rightEnd) this.add(isIgnored ? RowKind.ignored : RowKind.added, -1, rightLine++, change);
	}

	finish(): DifferenceLines {
		const { kind, left, right, change, count, leftLines, rightLines } = this;
		return {
			count,
			kind: kind.subarray(0, count),
			left: left.subarray(0, count),
			right: right.subarray(0, count),
			change: change.subarray(0, count),
			leftLines,
			rightLines,
		};
	}
}
