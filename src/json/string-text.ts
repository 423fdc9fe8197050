import { decodeUtf8 } from './utf8';

const backslash = 0x5c;

/**
 * The text of a scanned string between its quotes, from..to in bytes, with escapes resolved. Lone surrogates stay, as
 * in JavaScript; malformed UTF-8 becomes U+FFFD. With a `limit`, decoding stops after about that many UTF-16 units:
 * the text may then be cut there, and is then at least that long.
 */
export function decodeString(bytes: Uint8Array, from: number, to: number, limit = Infinity): string {
	let text = '';
	let at = from;
	while (at < to && text.length < limit) {
		if (bytes[at] === backslash) {
			text += unescape(bytes, at);
			at += bytes[at + 1] === 0x75 ? 6 : 2;
		} else {
			const end = plainEnd(bytes, at, to, limit - text.length);
			text += decodeUtf8(bytes, at, end);
			at = end;
		}
	}
	return text;
}

/** Where the run without escapes ends that begins at `from`: at a whole character when it is cut at the limit. */
function plainEnd(bytes: Uint8Array, from: number, to: number, limit: number): number {
	// One unit of UTF-16 takes at most three bytes.
	const furthest = Math.min(to, from + limit * 3);
	let at = from;
	while (at < furthest && bytes[at] !== backslash) at++;
	while (at < to && (bytes[at]! & 0xc0) === 0x80) at++;
	return at;
}

function unescape(bytes: Uint8Array, at: number): string {
	switch (bytes[at + 1]) {
		case 0x62:
			return '\b';
		case 0x66:
			return '\f';
		case 0x6e:
			return '\n';
		case 0x72:
			return '\r';
		case 0x74:
			return '\t';
		case 0x75:
			return String.fromCharCode(parseInt(decodeUtf8(bytes, at + 2, at + 6), 16));
		default:
			return String.fromCharCode(bytes[at + 1]!);
	}
}
