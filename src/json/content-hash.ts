import { stringValue } from './document';
import { JsonKind, type JsonDocument } from './scan';
import { decodeString } from './string-text';

const backslash = 0x5c;
const encoder = new TextEncoder();

/**
 * Hashes of values by what they mean: members in any order, strings as decoded, numbers by their text (`1.0` is not
 * `1`). Values that are equal have equal hashes; equal hashes only make it likely. Only what is asked for is hashed,
 * and no value twice as long as containers are asked for before what they hold.
 */
export class ContentHashes {
	readonly #document: JsonDocument;
	#hashes: Uint32Array | null = null;
	/** What was hashed last, in nodes. */
	#from = 0;
	#to = 0;

	constructor(document: JsonDocument) {
		this.#document = document;
	}

	/** The hashes of all that a container holds, by node. */
	inside(container: number): Uint32Array {
		const hashes = (this.#hashes ??= new Uint32Array(this.#document.nodeCount));
		const end = this.#document.next[container]!;
		if (container < this.#from || end > this.#to) {
			hashInside(this.#document, container, hashes);
			this.#from = container;
			this.#to = end;
		}
		return hashes;
	}
}

function hashInside(document: JsonDocument, root: number, hashes: Uint32Array): void {
	const { bytes, kind, start, end, keyStart, keyEnd, parent, position, next } = document;
	// Backwards, so that a container has met all that it holds when its own turn comes.
	for (let node = next[root]! - 1; node > root; node--) {
		const kindHere = kind[node]!;
		let hash = kindHere + 1;
		if (kindHere <= JsonKind.array) hash = mixed(hashes[node]!, hash);
		else if (kindHere === JsonKind.string) hash = stringHash(document, node);
		else if (kindHere === JsonKind.number) hash = hashOf(bytes, start[node]!, end[node]!, hash);
		hashes[node] = hash;
		const place = keyEnd[node] === 0 ? position[node]! + 1 : nameHash(bytes, keyStart[node]! + 1, keyEnd[node]! - 1);
		const container = parent[node]!;
		hashes[container] = hashes[container]! + mixed(hash, place);
	}
}

function stringHash(document: JsonDocument, node: number): number {
	const { bytes } = document;
	const from = document.start[node]! + 1;
	const to = document.end[node]! - 1;
	if (!hasEscape(bytes, from, to)) return hashOf(bytes, from, to, JsonKind.string);
	const text = encoder.encode(stringValue(document, node)!);
	return hashOf(text, 0, text.length, JsonKind.string);
}

function nameHash(bytes: Uint8Array, from: number, to: number): number {
	if (!hasEscape(bytes, from, to)) return hashOf(bytes, from, to, 0);
	const text = encoder.encode(decodeString(bytes, from, to));
	return hashOf(text, 0, text.length, 0);
}

function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
	for (let at = from; at < to; at++) if (bytes[at] === backslash) return true;
	return false;
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
	let hash = 0x811c9dc5 ^ seed;
	for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
	return mixed(hash, seed);
}

/** Two numbers as one, in which every bit of both counts. */
function mixed(one: number, other: number): number {
	let hash = Math.imul(one ^ Math.imul(other, 0x9e3779b1), 0x85ebca6b);
	hash ^= hash >>> 13;
	hash = Math.imul(hash, 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
