/**
 * Byte offsets where the query stands in the bytes, ascending and not overlapping. Case is ignored for ASCII letters.
 * Text is searched as it stands: an escape in JSON is not resolved. An empty query finds nothing.
 */
export function searchText(bytes: Uint8Array, query: string): Uint32Array<ArrayBuffer> {
	const wanted = new TextEncoder().encode(query).map(lower);
	const size = wanted.length;
	const found: number[] = [];
	if (size === 0) return new Uint32Array(0);
	const first = wanted[0]!;
	const last = bytes.length - size;
	for (let at = 0; at <= last; at++) {
		if (lower(bytes[at]!) !== first) continue;
		let length = 1;
		while (length < size && lower(bytes[at + length]!) === wanted[length]) length++;
		if (length < size) continue;
		found.push(at);
		at += size - 1;
	}
	return Uint32Array.from(found);
}

/** How many bytes each match of the query takes. */
export function matchLength(query: string): number {
	return new TextEncoder().encode(query).length;
}

function lower(byte: number): number {
	return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
