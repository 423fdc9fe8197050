import { hasName, keyText } from './document';
import type { JsonDocument } from './scan';

const bucketCount = 64;
const backslash = 0x5c;

/**
 * Names that are known ahead, by which members are told without decoding their own: to decode a name costs more than
 * most of what is asked of its value. The names are plain ASCII without control characters, quotes and backslashes,
 * at most 127, and each once; the constructor throws for others.
 */
export class NameTable {
	readonly #names: readonly string[];
	/** Per bucket the place of the first name in the list, and per name that of the next one; -1 for none. */
	readonly #first = new Int8Array(bucketCount).fill(-1);
	readonly #next: Int8Array;

	constructor(names: readonly string[]) {
		if (names.length > 127 || new Set(names).size < names.length || !names.every(isPlain)) {
			throw new Error(`These names make no table: ${names.join(', ')}`);
		}
		this.#names = names;
		this.#next = new Int8Array(names.length);
		for (let at = names.length - 1; at >= 0; at--) {
			const name = names[at]!;
			const bucket = bucketOf(name.length, name.charCodeAt(0), name.charCodeAt(name.length - 1));
			this.#next[at] = this.#first[bucket]!;
			this.#first[bucket] = at;
		}
	}

	/** Where a member's name stands in the list, from 0; -1 when it does not. `node` is a member of an object. */
	indexOf(document: JsonDocument, node: number): number {
		const { bytes } = document;
		const from = document.keyStart[node]! + 1;
		const to = document.keyEnd[node]! - 1;
		if (to === from) return -1;
		let at = this.#first[bucketOf(to - from, bytes[from]!, bytes[to - 1]!)]!;
		while (at !== -1) {
			if (hasName(document, node, this.#names[at]!)) return at;
			at = this.#next[at]!;
		}
		for (let index = from; index < to; index++) {
			if (bytes[index] === backslash) return this.#names.indexOf(keyText(document, node)!);
		}
		return -1;
	}
}

function bucketOf(length: number, first: number, last: number): number {
	return (length * 5 + first + last * 3) & (bucketCount - 1);
}

function isPlain(name: string): boolean {
	return /^[ !#-[\]-~]+$/.test(name);
}
