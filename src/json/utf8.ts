const highBits = 0x80808080;

/** The offset of the first byte after a leading UTF-8 byte order mark: 3 or 0. */
export function byteOrderMarkLength(bytes: Uint8Array): number {
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/**
 * Whether the bytes are well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF,
 * nothing cut off at the end. No bytes are well-formed, and so is a byte order mark.
 */
export function isUtf8(bytes: Uint8Array): boolean {
	return invalidUtf8At(bytes) === -1;
}

/** The offset of the first byte that is not part of a well-formed character; -1 when there is none. */
export function invalidUtf8At(bytes: Uint8Array): number {
	let at = 0;
	while (at < bytes.length) {
		at = skipAscii(bytes, at);
		if (at === bytes.length) return -1;
		const length = sequenceLength(bytes, at);
		if (length === 0) return at;
		at += length;
	}
	return -1;
}

/**
 * The byte order of a JSON text in UTF-16, null for any other bytes: told by a byte order mark, or else by the zeros
 * beside the first two characters, which are ASCII in any JSON text (RFC 4627, section 3).
 */
export function utf16Order(bytes: Uint8Array): 'le' | 'be' | null {
	const [first, second, third, fourth] = bytes;
	if (first === 0xff && second === 0xfe) return 'le';
	if (first === 0xfe && second === 0xff) return 'be';
	if (first && second === 0 && third && fourth === 0) return 'le';
	if (first === 0 && second && third === 0 && fourth) return 'be';
	return null;
}

/** Four bytes at a time where they lie on a word: bodies are mostly ASCII, and this is read for every delivery. */
function skipAscii(bytes: Uint8Array, from: number): number {
	let at = from;
	const { length, byteOffset } = bytes;
	while (at < length && ((byteOffset + at) & 3) !== 0) {
		if (bytes[at]! > 0x7f) return at;
		at++;
	}
	const wordCount = (length - at) >> 2;
	if (wordCount > 4) {
		const words = new Uint32Array(bytes.buffer, byteOffset + at, wordCount);
		let word = 0;
		while (word < wordCount && (words[word]! & highBits) === 0) word++;
		at += word * 4;
	}
	while (at < length && bytes[at]! <= 0x7f) at++;
	return at;
}

/** How many bytes the code point takes that begins here, from 1 to 4; 0 when it is malformed. */
function sequenceLength(bytes: Uint8Array, at: number): number {
	const lead = bytes[at]!;
	const second = bytes[at + 1] ?? 0;
	if (lead < 0x80) return 1;
	if (lead < 0xc2 || lead > 0xf4) return 0;
	if (lead < 0xe0) return isContinuation(second) ? 2 : 0;
	if (lead < 0xf0) {
		const lowest = lead === 0xe0 ? 0xa0 : 0x80;
		const highest = lead === 0xed ? 0x9f : 0xbf;
		return second >= lowest && second <= highest && isContinuation(bytes[at + 2]) ? 3 : 0;
	}
	const lowest = lead === 0xf0 ? 0x90 : 0x80;
	const highest = lead === 0xf4 ? 0x8f : 0xbf;
	const isWhole = isContinuation(bytes[at + 2]) && isContinuation(bytes[at + 3]);
	return second >= lowest && second <= highest && isWhole ? 4 : 0;
}

function isContinuation(byte: number | undefined): boolean {
	return byte !== undefined && (byte & 0xc0) === 0x80;
}

/**
 * Where a byte stands for a person: line and column, both from 1, the column in UTF-16 units. LF, CR LF and a lone
 * CR end a line; a byte order mark takes no column. An offset past the end counts as the end; a stray continuation
 * byte belongs to the character before it.
 */
export function positionOf(bytes: Uint8Array, offset: number): TextPosition {
	return positionsOf(bytes, [offset])[0]!;
}

/** Where a byte stands for a person; both from 1. */
export interface TextPosition {
	line: number;
	/** In UTF-16 units. */
	column: number;
}

/** The same for many offsets in ascending order, in one pass over the bytes. */
export function positionsOf(bytes: Uint8Array, offsets: readonly number[]): TextPosition[] {
	const positions: TextPosition[] = [];
	const start = byteOrderMarkLength(bytes);
	const nextUncommon = uncommonBytes(bytes);
	let line = 1;
	/** Where column 1 of the line would lie if every unit of UTF-16 were one byte. */
	let lineStart = start;
	let uncommon = nextUncommon(start);
	for (const offset of offsets) {
		const end = Math.max(start, Math.min(offset, bytes.length));
		while (uncommon < end) {
			const byte = bytes[uncommon]!;
			if (byte === 0x0a || (byte === 0x0d && bytes[uncommon + 1] !== 0x0a)) {
				line++;
				lineStart = uncommon + 1;
			} else if (byte >= 0xf0) {
				lineStart--;
			} else if ((byte & 0xc0) === 0x80) {
				lineStart++;
			}
			uncommon = nextUncommon(uncommon + 1);
		}
		positions.push({ line, column: end - lineStart + 1 });
	}
	return positions;
}

/**
 * Finds the bytes that may end a line or are no character of their own: from an offset on the first one, the length
 * where there is none. Four bytes at a time, since nearly all of a body are neither.
 */
function uncommonBytes(bytes: Uint8Array): (from: number) => number {
	const { length, buffer, byteOffset } = bytes;
	const shift = -byteOffset & 3;
	const wordCount = (length - shift) >> 2;
	const words = wordCount > 0 ? new Int32Array(buffer, byteOffset + shift, wordCount) : noWords;
	return (from) => {
		for (let at = from; at < length; at++) {
			if (((at - shift) & 3) === 0) {
				let word = (at - shift) >> 2;
				while (word < words.length && !hasUncommon(words[word]!)) word++;
				at = shift + word * 4;
			}
			const byte = bytes[at];
			if (byte === undefined || byte < 0x0e || byte > 0x7f) return at;
		}
		return length;
	};
}

const noWords = new Int32Array(0);

/** Whether one of four bytes is below 0x0e or above 0x7f. */
function hasUncommon(word: number): boolean {
	return ((word | ((word - 0x0e0e0e0e) & ~word)) & highBits) !== 0;
}

/** Long runs only: a leading U+FEFF inside a text is a character, so it stays. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const worthDecoder = 32;

/** The text of bytes from..to. Malformed UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, from: number, to: number): string {
	if (to - from > worthDecoder) return decoder.decode(bytes.subarray(from, to));
	// A TextDecoder's call costs more than a dozen characters; names and most values are short ASCII.
	let text = '';
	for (let at = from; at < to; at++) {
		const byte = bytes[at]!;
		if (byte > 0x7f) return decoder.decode(bytes.subarray(from, to));
		text += String.fromCharCode(byte);
	}
	return text;
}
