import { alignDocuments, PairKind, type Alignment } from '../json/alignment';
import type { JsonDocument } from '../json/scan';
import { ignoredNodes } from './ignore-list';

/** How many differences there are of each kind. */
export interface DifferenceCounts {
	added: number;
	removed: number;
	changed: number;
	/** Items at another place of their array; what changed inside them is counted by itself. */
	moved: number;
	/** Differences that are ignored, and in no other figure. */
	ignored: number;
}

/** Two documents side by side, and which of their differences count. */
export interface Comparison {
	alignment: Alignment;
	/** Per pair: the number of its difference, from 0 in the order of the pairs; -1 without one that counts. */
	change: Int32Array;
	/** Per pair: 1 when it differs and is ignored. */
	isIgnored: Uint8Array;
	/** How many differences count. */
	changeCount: number;
	counts: DifferenceCounts;
}

/** Compares two documents. The `ignored` patterns are those of `compileIgnoreList`; either side's pointer may fit. */
export function compareDocuments(left: JsonDocument, right: JsonDocument, ignored: readonly string[]): Comparison {
	const alignment = alignDocuments(left, right);
	const { pairCount, kind, isMoved } = alignment;
	const comparison: Comparison = {
		alignment,
		change: new Int32Array(pairCount).fill(-1),
		isIgnored: new Uint8Array(pairCount),
		changeCount: 0,
		counts: { added: 0, removed: 0, changed: 0, moved: 0, ignored: 0 },
	};
	const { leftNode, rightNode } = alignment;
	const isLeftIgnored = ignoredNodes(left, ignored);
	const isRightIgnored = ignoredNodes(right, ignored);
	for (let pair = 0; pair < pairCount; pair++) {
		const word = isMoved[pair] === 1 && kind[pair]! <= PairKind.container ? 'moved' : words[kind[pair]!];
		if (word === undefined) continue;
		if (isLeftIgnored[leftNode[pair]!] === 1 || isRightIgnored[rightNode[pair]!] === 1) {
			comparison.isIgnored[pair] = 1;
			comparison.counts.ignored++;
		} else {
			comparison.change[pair] = comparison.changeCount++;
			comparison.counts[word]++;
		}
	}
	return comparison;
}

const words: Partial<Record<number, 'changed' | 'added' | 'removed'>> = {
	[PairKind.changed]: 'changed',
	[PairKind.added]: 'added',
	[PairKind.removed]: 'removed',
};
