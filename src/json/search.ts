import { JsonKind, type JsonDocument } from './scan';
import { decodeString } from './string-text';
import { decodeUtf8 } from './utf8';

/**
 * The nodes whose member name or own scalar value contains the query, in document order. Case is ignored: for an ASCII
 * query in ASCII, else as JavaScript's lower case. Strings and names are searched as decoded, without their quotes;
 * numbers, true, false and null as written. An empty query finds nothing.
 */
export function searchDocument(document: JsonDocument, query: string): Uint32Array<ArrayBuffer> {
	if (query === '') return new Uint32Array(0);
	const matches = isAscii(query) ? asciiMatcher(document.bytes, query) : textMatcher(document.bytes, query);
	const { kind, start, end, keyStart, keyEnd, nodeCount } = document;
	const found = new GrowingNodes();
	for (let node = 0; node < nodeCount; node++) {
		const keyTo = keyEnd[node]!;
		if (keyTo !== 0 && matches(keyStart[node]! + 1, keyTo - 1)) {
			found.push(node);
			continue;
		}
		const nodeKind = kind[node]!;
		if (nodeKind <= JsonKind.array) continue;
		const quote = nodeKind === JsonKind.string ? 1 : 0;
		if (matches(start[node]! + quote, end[node]! - quote)) found.push(node);
	}
	return found.trimmed();
}

/** Whether the text from..to, in bytes and without quotes, contains the query. */
type Matcher = (from: number, to: number) => boolean;

function isAscii(text: string): boolean {
	for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
	return true;
}

const backslash = 0x5c;

/** Each byte in lower case. The backslash is none of them: from there on a string has to be decoded. */
const folded = Uint8Array.from({ length: 256 }, (_, byte) =>
	byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte === backslash ? 0xff : byte,
);

function asciiMatcher(bytes: Uint8Array, query: string): Matcher {
	const wanted = Uint8Array.from(query.toLowerCase(), (letter) => letter.charCodeAt(0));
	const size = wanted.length;
	const first = wanted[0]!;
	const lowerQuery = query.toLowerCase();
	return (from, to) => {
		for (let at = from; at < to; at++) {
			const byte = folded[bytes[at]!]!;
			if (byte === 0xff && bytes[at] === backslash) {
				return lowerAscii(decodeString(bytes, from, to)).includes(lowerQuery);
			}
			if (byte !== first || at + size > to) continue;
			let length = 1;
			while (length < size && folded[bytes[at + length]!] === wanted[length]) length++;
			if (length === size) return true;
		}
		return false;
	};
}

/** As the bytes are folded, so that a text with an escape finds no more and no less than one without. */
function lowerAscii(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function textMatcher(bytes: Uint8Array, query: string): Matcher {
	const wanted = query.toLowerCase();
	return (from, to) => {
		let at = from;
		while (at < to && bytes[at]! <= 0x7f && bytes[at] !== backslash) at++;
		// Plain ASCII can't contain a query that is not.
		if (at === to) return false;
		const hasEscape = bytes.subarray(at, to).includes(backslash);
		const text = hasEscape ? decodeString(bytes, from, to) : decodeUtf8(bytes, from, to);
		return text.toLowerCase().includes(wanted);
	};
}

class GrowingNodes {
	private nodes = new Uint32Array(1024);
	private count = 0;

	push(node: number): void {
		if (this.count === this.nodes.length) {
			const larger = new Uint32Array(this.count * 2);
			larger.set(this.nodes);
			this.nodes = larger;
		}
		this.nodes[this.count++] = node;
	}

	trimmed(): Uint32Array<ArrayBuffer> {
		return this.nodes.slice(0, this.count);
	}
}
