import type { JsonDocument } from '../../../json/scan';
import type { ByteRange } from './text-lines';

/**
 * Which bytes of a body are drawn in another way: values that are masked, and what a search has found. Millions of
 * matches cost nothing until a row asks for its own.
 */
export class ByteMarks {
	readonly #masked: readonly ByteRange[];
	readonly #matches: Uint32Array;
	readonly #matchLength: number;
	readonly #current: number;

	/** `matches` are ascending byte offsets, `current` the one of them that is looked at, or -1. */
	constructor(masked: readonly ByteRange[], matches: Uint32Array, matchLength: number, current: number) {
		this.#masked = masked;
		this.#matches = matches;
		this.#matchLength = matchLength;
		this.#current = current;
	}

	/** The ranges that touch the bytes from..to, ascending, none over another: masked bytes are masked for a match too. */
	within(from: number, to: number): ByteRange[] {
		const masked = this.#maskedWithin(from, to);
		const ranges = [...masked];
		const { length } = this.#matches;
		const first = firstIndex(length, (index) => this.#matches[index]! + this.#matchLength > from);
		for (let index = first; index < length && this.#matches[index]! < to; index++) {
			const start = this.#matches[index]!;
			const end = start + this.#matchLength;
			if (masked.some((range) => range.from < end && range.to > start)) continue;
			ranges.push({ from: start, to: end, kind: start === this.#current ? 'current' : 'match' });
		}
		return ranges.sort((one, other) => one.from - other.from);
	}

	#maskedWithin(from: number, to: number): ByteRange[] {
		const first = firstIndex(this.#masked.length, (index) => this.#masked[index]!.to > from);
		const within: ByteRange[] = [];
		for (let index = first; index < this.#masked.length && this.#masked[index]!.from < to; index++) {
			within.push(this.#masked[index]!);
		}
		return within;
	}
}

/** The first index for which a test holds that holds for all after it; `length` when there is none. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** The bytes of masked values, without their quotes. `nodes` are ascending. */
export function maskedRanges(document: JsonDocument, nodes: Iterable<number>): ByteRange[] {
	return Array.from(nodes, (node) => ({
		from: document.start[node]! + 1,
		to: document.end[node]! - 1,
		kind: 'masked' as const,
	}));
}
