import { alignDocuments, PairKind, type Alignment } from './alignment';
import { PointerCache } from './pointer-cache';
import type { JsonDocument } from './scan';

/** A value, where it stands in its own document. */
export interface PlacedValue {
	/** RFC 6901. */
	pointer: string;
	node: number;
}

/**
 * One difference between two documents. `added` and `removed` are whole values with all that they hold; `changed` are
 * scalars, empty containers and values of another kind; `moved` are items at another place of the same array, whose
 * inner differences are told by themselves.
 */
export type Difference =
	| { kind: 'added'; left: null; right: PlacedValue }
	| { kind: 'removed'; left: PlacedValue; right: null }
	| { kind: 'changed' | 'moved'; left: PlacedValue; right: PlacedValue };

/**
 * What differs between two documents, in the order of the right one. Member order and the way a string is escaped make
 * no difference; numbers differ when their text does (`1.0` is not `1`). Of a name that stands twice in an object the
 * last value is compared with the last; the ones before it are told with the same pointer.
 */
export function findDifferences(left: JsonDocument, right: JsonDocument): Difference[] {
	return [...differencesOf(alignDocuments(left, right))].map(({ difference }) => difference);
}

/** The differences that an alignment holds, and the pair of each; a pair that moved comes before what it holds. */
export function* differencesOf(alignment: Alignment): Generator<{ pair: number; difference: Difference }> {
	const { kind, isMoved, leftNode, rightNode, pairCount } = alignment;
	const leftPointers = new PointerCache(alignment.left);
	const rightPointers = new PointerCache(alignment.right);
	const leftOf = (pair: number) => placed(leftPointers, leftNode[pair]!);
	const rightOf = (pair: number) => placed(rightPointers, rightNode[pair]!);
	for (let pair = 0; pair < pairCount; pair++) {
		if (isMoved[pair] === 1) {
			yield { pair, difference: { kind: 'moved', left: leftOf(pair), right: rightOf(pair) } };
		}
		if (kind[pair] === PairKind.changed) {
			yield { pair, difference: { kind: 'changed', left: leftOf(pair), right: rightOf(pair) } };
		} else if (kind[pair] === PairKind.added) {
			yield { pair, difference: { kind: 'added', left: null, right: rightOf(pair) } };
		} else if (kind[pair] === PairKind.removed) {
			yield { pair, difference: { kind: 'removed', left: leftOf(pair), right: null } };
		}
	}
}

function placed(pointers: PointerCache, node: number): PlacedValue {
	return { pointer: pointers.pointerOf(node), node };
}
