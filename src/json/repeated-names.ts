import { decodeString } from './string-text';

/** The columns of a scan that say where names and siblings are. */
interface Names {
	keyStart: Uint32Array;
	keyEnd: Uint32Array;
	next: Uint32Array;
	childCount: Uint32Array;
}

/** Up to here every name is compared with every other: for the objects that Chatwoot sends that beats any table. */
const fewMembers = 24;
/** A longer walk through the table means names that were made to collide. */
const longestProbe = 64;

const signatures = new Int32Array(fewMembers);
const nodes = new Uint32Array(fewMembers);

/**
 * Adds to `found` each member of an object whose name already stood in it. Names are compared by their bytes, or
 * decoded when one of them `hasEscape`. Linear in the size of the object, whatever the names are.
 */
export function namesTwice(bytes: Uint8Array, names: Names, object: number, hasEscape: boolean, found: number[]): void {
	const count = names.childCount[object]!;
	if (hasEscape) compareDecoded(bytes, names, object, found);
	else if (count <= fewMembers) comparePairs(bytes, names, object, count, found);
	else if (!compareHashes(bytes, names, object, count, found)) compareDecoded(bytes, names, object, found);
}

function comparePairs(bytes: Uint8Array, names: Names, object: number, count: number, found: number[]): void {
	let node = object + 1;
	for (let index = 0; index < count; index++) {
		const from = names.keyStart[node]!;
		const to = names.keyEnd[node]!;
		// Length, last and middle letter tell nearly all names apart.
		const signature = ((to - from) << 16) | (bytes[to - 2]! << 8) | bytes[(from + to) >> 1]!;
		for (let earlier = 0; earlier < index; earlier++) {
			if (signatures[earlier] === signature && haveSameBytes(bytes, names, nodes[earlier]!, node)) {
				found.push(node);
				break;
			}
		}
		signatures[index] = signature;
		nodes[index] = node;
		node = names.next[node]!;
	}
}

function haveSameBytes(bytes: Uint8Array, names: Names, one: number, other: number): boolean {
	const from = names.keyStart[one]!;
	const length = names.keyEnd[one]! - from;
	const otherFrom = names.keyStart[other]!;
	if (names.keyEnd[other]! - otherFrom !== length) return false;
	for (let at = 0; at < length; at++) if (bytes[from + at] !== bytes[otherFrom + at]) return false;
	return true;
}

/** False, with nothing added, when the names collide too often to go on. */
function compareHashes(bytes: Uint8Array, names: Names, object: number, count: number, found: number[]): boolean {
	const size = 2 ** Math.ceil(Math.log2(count * 2));
	const slots = new Uint32Array(size);
	const before = found.length;
	let node = object + 1;
	for (let index = 0; index < count; index++) {
		let slot = hashOf(bytes, names.keyStart[node]! + 1, names.keyEnd[node]! - 1) & (size - 1);
		let probes = 0;
		let isNew = true;
		while (slots[slot] !== 0) {
			if (haveSameBytes(bytes, names, slots[slot]!, node)) {
				isNew = false;
				break;
			}
			if (++probes > longestProbe) {
				found.length = before;
				return false;
			}
			slot = (slot + 1) & (size - 1);
		}
		// The object itself comes before its members, so no member is node 0: 0 means free.
		if (isNew) slots[slot] = node;
		else found.push(node);
		node = names.next[node]!;
	}
	return true;
}

/** FNV-1a with a last mixing step, because the table uses the low bits. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
	let hash = 0x811c9dc5;
	for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
	return hash ^ (hash >>> 15);
}

function compareDecoded(bytes: Uint8Array, names: Names, object: number, found: number[]): void {
	const count = names.childCount[object]!;
	const seen = new Set<string>();
	let node = object + 1;
	for (let index = 0; index < count; index++) {
		const name = decodeString(bytes, names.keyStart[node]! + 1, names.keyEnd[node]! - 1);
		if (seen.has(name)) found.push(node);
		else seen.add(name);
		node = names.next[node]!;
	}
}
