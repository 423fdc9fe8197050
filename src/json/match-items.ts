import { children, keyText, member, stringValue, valueText } from './document';
import { JsonKind, type JsonDocument } from './scan';

/** Which item of one array is which of another. */
export interface MatchedItems {
	/** Per item of the right array the index of its left one; -1 when it is new. */
	partner: Int32Array;
	/** Per item of the right array: 1 when it stands in another order than the items that kept theirs. */
	isMoved: Uint8Array;
}

/** One side of an array while its items are matched. */
interface Side {
	document: JsonDocument;
	/** Nodes. */
	items: Uint32Array;
	/** Of what the array holds, by node; asked for only when it is needed. */
	hashes: () => Uint32Array;
}

/** Objects with more names than this are judged by their first ones. */
const mostNames = 16;

/**
 * Finds the items that two arrays share: objects by their `id` (text or number, unique in both arrays), the rest by
 * equal content, and what is left between two shared items in order, when both look like the same thing. Linear but
 * for one sort of what moved; nothing is lost: an item that has no partner was added or removed.
 */
export function matchItems(left: Side, right: Side): MatchedItems {
	const partner = new Int32Array(right.items.length).fill(-1);
	const isTaken = new Uint8Array(left.items.length);
	const middle = matchEnds(left, right, partner, isTaken);
	const leftIds = uniqueIds(left, middle.first, middle.leftEnd);
	const rightIds = uniqueIds(right, middle.first, middle.rightEnd);
	for (const [id, index] of rightIds.indexes) {
		const other = leftIds.indexes.get(id);
		if (other !== undefined) take(partner, isTaken, other, index);
	}
	const mayMove = new Uint8Array(right.items.length).fill(1);
	// One item and one other: whether they are equal is found out soon enough.
	if (left.items.length > 1 || right.items.length > 1) {
		matchContent(left, right, middle, partner, isTaken, mayMove, leftIds.hasId, rightIds.hasId);
	}
	const isMoved = outOfOrder(partner);
	for (let index = 0; index < partner.length; index++) {
		if (isMoved[index] === 0 || mayMove[index] === 1) continue;
		// One of several equal values: that it is this one which moved is a guess.
		isTaken[partner[index]!] = 0;
		partner[index] = -1;
		isMoved[index] = 0;
	}
	matchBetween(left, right, partner, isTaken, isMoved, leftIds.hasId, rightIds.hasId);
	return { partner, isMoved };
}

function take(partner: Int32Array, isTaken: Uint8Array, left: number, right: number): void {
	partner[right] = left;
	isTaken[left] = 1;
}

/** What is left of two arrays without the items at both ends that are the same: indexes first..end. */
interface Middle {
	first: number;
	leftEnd: number;
	rightEnd: number;
}

/** Pairs the items at both ends: nearly always nothing was moved, and then no table is needed. */
function matchEnds(left: Side, right: Side, partner: Int32Array, isTaken: Uint8Array): Middle {
	let first = 0;
	let leftEnd = left.items.length;
	let rightEnd = right.items.length;
	const areSingle = leftEnd === 1 && rightEnd === 1;
	const isSame = (one: number, other: number): boolean => {
		const id = idNode(left.document, one);
		const otherId = idNode(right.document, other);
		if (id !== -1 && otherId !== -1) return hasSameText(left.document, id, right.document, otherId);
		return id === otherId && !areSingle && left.hashes()[one] === right.hashes()[other];
	};
	while (first < leftEnd && first < rightEnd && isSame(left.items[first]!, right.items[first]!)) {
		take(partner, isTaken, first, first);
		first++;
	}
	while (leftEnd > first && rightEnd > first && isSame(left.items[leftEnd - 1]!, right.items[rightEnd - 1]!)) {
		take(partner, isTaken, --leftEnd, --rightEnd);
	}
	return { first, leftEnd, rightEnd };
}

/** Where each id stands; an id that stands twice tells no item apart, and is none. */
function uniqueIds(
	{ document, items }: Side,
	first: number,
	end: number,
): { indexes: Map<string, number>; hasId: Uint8Array } {
	const indexes = new Map<string, number>();
	const hasId = new Uint8Array(items.length);
	const repeated = new Set<string>();
	for (let index = first; index < end; index++) {
		const node = idNode(document, items[index]!);
		if (node === -1) continue;
		const id = document.kind[node] === JsonKind.number ? valueText(document, node) : `"${stringValue(document, node)}`;
		if (repeated.has(id)) continue;
		const earlier = indexes.get(id);
		if (earlier === undefined) {
			indexes.set(id, index);
			hasId[index] = 1;
		} else {
			indexes.delete(id);
			hasId[earlier] = 0;
			repeated.add(id);
		}
	}
	return { indexes, hasId };
}

/** The member by which an object tells what it is, when that is a text or a number; -1 for any other value. */
function idNode(document: JsonDocument, node: number): number {
	const id = member(document, node, 'id');
	return document.kind[id] === JsonKind.number || document.kind[id] === JsonKind.string ? id : -1;
}

function hasSameText(left: JsonDocument, one: number, right: JsonDocument, other: number): boolean {
	const from = left.start[one]!;
	const otherFrom = right.start[other]!;
	const length = left.end[one]! - from;
	if (right.end[other]! - otherFrom !== length) return false;
	for (let at = 0; at < length; at++) if (left.bytes[from + at] !== right.bytes[otherFrom + at]) return false;
	return true;
}

/** Pairs equal values without an id anywhere in the middle, in the order in which they stand. */
function matchContent(
	left: Side,
	right: Side,
	{ first, leftEnd, rightEnd }: Middle,
	partner: Int32Array,
	isTaken: Uint8Array,
	mayMove: Uint8Array,
	hasLeftId: Uint8Array,
	hasRightId: Uint8Array,
): void {
	let leftHashes: Uint32Array | null = null;
	let rightHashes: Uint32Array | null = null;
	/** Per hash the first left item that is still free, and behind each item the next with its hash. */
	const heads = new Map<number, number>();
	const followers = new Int32Array(leftEnd).fill(-1);
	for (let index = leftEnd - 1; index >= first; index--) {
		if (hasLeftId[index] === 1) continue;
		leftHashes ??= left.hashes();
		const hash = leftHashes[left.items[index]!]!;
		followers[index] = heads.get(hash) ?? -1;
		heads.set(hash, index);
	}
	if (heads.size === 0) return;
	const lastWithHash = new Map<number, number>();
	for (let index = first; index < rightEnd; index++) {
		if (hasRightId[index] === 1) continue;
		rightHashes ??= right.hashes();
		const hash = rightHashes[right.items[index]!]!;
		const other = heads.get(hash) ?? -1;
		const twin = lastWithHash.get(hash);
		lastWithHash.set(hash, index);
		if (twin !== undefined) mayMove[twin] = mayMove[index] = 0;
		if (other === -1) continue;
		if (followers[other] !== -1) mayMove[index] = 0;
		take(partner, isTaken, other, index);
		heads.set(hash, followers[other]!);
	}
}

/**
 * Marks what moved: all but one longest run of right items whose left ones stand in the same order (patience sorting).
 */
function outOfOrder(partner: Int32Array): Uint8Array {
	const isMoved = new Uint8Array(partner.length);
	/** Per length of a run the right index at which the run ends that has the smallest left index. */
	const ends: number[] = [];
	const before = new Int32Array(partner.length).fill(-1);
	for (let index = 0; index < partner.length; index++) {
		const own = partner[index]!;
		if (own === -1) continue;
		isMoved[index] = 1;
		let low = 0;
		let high = ends.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (partner[ends[middle]!]! < own) low = middle + 1;
			else high = middle;
		}
		if (low > 0) before[index] = ends[low - 1]!;
		ends[low] = index;
	}
	for (let index = ends.at(-1) ?? -1; index !== -1; index = before[index]!) isMoved[index] = 0;
	return isMoved;
}

/** Pairs what is left over between two items that kept their order: a changed item stands where it stood. */
function matchBetween(
	left: Side,
	right: Side,
	partner: Int32Array,
	isTaken: Uint8Array,
	isMoved: Uint8Array,
	hasLeftId: Uint8Array,
	hasRightId: Uint8Array,
): void {
	const isAlike = (leftIndex: number, rightIndex: number) =>
		!(hasLeftId[leftIndex] === 1 && hasRightId[rightIndex] === 1) &&
		lookAlike(left.document, left.items[leftIndex]!, right.document, right.items[rightIndex]!);
	let leftFrom = 0;
	let rightFrom = 0;
	for (let index = 0; index <= partner.length; index++) {
		const isEnd = index === partner.length;
		if (!isEnd && (partner[index] === -1 || isMoved[index] === 1)) continue;
		const leftTo = isEnd ? isTaken.length : partner[index]!;
		const hasBoth = leftTo > leftFrom && index > rightFrom;
		const freeLeft = hasBoth ? indexesBetween(leftFrom, leftTo, (at) => isTaken[at] === 0) : [];
		const freeRight = hasBoth ? indexesBetween(rightFrom, index, (at) => partner[at] === -1) : [];
		let one = 0;
		let other = 0;
		while (one < freeLeft.length && other < freeRight.length) {
			const ahead = freeLeft.length - one - (freeRight.length - other);
			if (isAlike(freeLeft[one]!, freeRight[other]!)) take(partner, isTaken, freeLeft[one++]!, freeRight[other++]!);
			else if (ahead > 0) one++;
			else if (ahead < 0) other++;
			else {
				one++;
				other++;
			}
		}
		leftFrom = leftTo + 1;
		rightFrom = index + 1;
	}
}

function indexesBetween(from: number, to: number, isWanted: (index: number) => boolean): number[] {
	const found: number[] = [];
	for (let index = from; index < to; index++) if (isWanted(index)) found.push(index);
	return found;
}

/** Whether one value may have become the other: scalars, arrays, or objects that share half of their names. */
function lookAlike(left: JsonDocument, one: number, right: JsonDocument, other: number): boolean {
	const kind = left.kind[one]!;
	const otherKind = right.kind[other]!;
	if (kind > JsonKind.array || otherKind > JsonKind.array) return kind > JsonKind.array && otherKind > JsonKind.array;
	if (kind !== otherKind) return false;
	if (kind === JsonKind.array) return true;
	const names = firstNames(left, one);
	const otherNames = firstNames(right, other);
	const shared = [...names].filter((name) => otherNames.has(name)).length;
	return shared * 2 >= Math.min(names.size, otherNames.size);
}

function firstNames(document: JsonDocument, node: number): Set<string> {
	const names = new Set<string>();
	for (const child of children(document, node)) {
		names.add(keyText(document, child)!);
		if (names.size === mostNames) break;
	}
	return names;
}
