import type { Header } from '../../deliveries/delivery';

/** A header of either side. The one of a name that stands first on the left is compared with the first on the right, and so on. */
export interface ComparedHeader {
	kind: 'equal' | 'changed' | 'added' | 'removed';
	/** As the left side spells it, or the only side that has it. */
	name: string;
	/** As the right side spells it, when that is another way. */
	otherName: string | null;
	/** Null where a side does not have it. */
	left: string | null;
	right: string | null;
	/** Place among all headers of the side, from 1. */
	leftPlace: number | null;
	rightPlace: number | null;
	/** Whether it stands before or after other headers than on the left. */
	isMoved: boolean;
}

/**
 * Compares headers by name, whatever its case; repeats are kept apart. In the order of the left side, with what only the
 * right side has behind what it follows there. Of headers in another order as few as possible count as moved.
 */
export function compareHeaders(left: readonly Header[], right: readonly Header[]): ComparedHeader[] {
	const waiting = placesByName(right);
	const rows = left.map(([name, value], index): ComparedHeader => {
		const place = waiting.get(name.toLowerCase())?.shift();
		if (place === undefined) return row({ kind: 'removed', name, left: value, leftPlace: index + 1 });
		const [otherName, otherValue] = right[place]!;
		return row({
			kind: value === otherValue ? 'equal' : 'changed',
			name,
			otherName: otherName === name ? null : otherName,
			left: value,
			right: otherValue,
			leftPlace: index + 1,
			rightPlace: place + 1,
		});
	});
	markMoved(rows);
	const added = [...waiting.values()].flat().sort((one, other) => one - other);
	for (const index of added) {
		const [name, value] = right[index]!;
		const before = rows.findLastIndex(({ rightPlace }) => rightPlace === index);
		rows.splice(before + 1, 0, row({ kind: 'added', name, right: value, rightPlace: index + 1 }));
	}
	return rows;
}

/** Where each name stands, from 0, ascending. */
function placesByName(headers: readonly Header[]): Map<string, number[]> {
	const places = new Map<string, number[]>();
	for (const [index, [name]] of headers.entries()) {
		const key = name.toLowerCase();
		const known = places.get(key);
		if (known) known.push(index);
		else places.set(key, [index]);
	}
	return places;
}

function row(facts: Pick<ComparedHeader, 'kind' | 'name'> & Partial<ComparedHeader>): ComparedHeader {
	return { otherName: null, left: null, right: null, leftPlace: null, rightPlace: null, isMoved: false, ...facts };
}

/** Everything is moved that is not in the longest run of headers whose places ascend on both sides. */
function markMoved(rows: readonly ComparedHeader[]): void {
	const common = rows.filter(({ rightPlace }) => rightPlace !== null);
	/** For each length of a run the header that ends it on the lowest place. */
	const ends: number[] = [];
	const previous: number[] = [];
	for (const [index, { rightPlace }] of common.entries()) {
		let length = ends.findIndex((end) => common[end]!.rightPlace! >= rightPlace!);
		if (length === -1) length = ends.length;
		previous[index] = ends[length - 1] ?? -1;
		ends[length] = index;
	}
	const kept = new Set<number>();
	for (let index = ends.at(-1) ?? -1; index !== -1; index = previous[index]!) kept.add(index);
	for (const [index, header] of common.entries()) header.isMoved = !kept.has(index);
}
