import { decodeUtf8 } from '../../../json/utf8';

/** A text as rows for a list: its lines, long ones wrapped. */
export interface TextLines {
	/** Byte offset where each row begins, and after the last one the end of the text. */
	start: Uint32Array<ArrayBuffer>;
	/** The line that a row belongs to, from 1. Rows of one wrapped line have the same number. */
	line: Uint32Array<ArrayBuffer>;
	rowCount: number;
	lineCount: number;
}

const tabColumns = 4;

/**
 * Splits text into rows of at most `columns` columns. LF, CR LF and a lone CR end a line; a text that ends with one has
 * an empty last line. Characters of more than two bytes count as two columns where they may be wide. No character is
 * torn; bytes that are no UTF-8 are wrapped too.
 */
export function splitLines(bytes: Uint8Array, columns: number): TextLines {
	const start = new GrowingIntegers();
	const line = new GrowingIntegers();
	let lineNumber = 1;
	let column = 0;
	let rowStart = 0;
	const beginRow = (at: number): void => {
		start.push(at);
		line.push(lineNumber);
		rowStart = at;
		column = 0;
	};
	beginRow(0);
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at]!;
		if (byte === 0x0a || (byte === 0x0d && bytes[at + 1] !== 0x0a)) {
			lineNumber++;
			beginRow(at + 1);
			continue;
		}
		if (byte === 0x0d) continue;
		const width = columnsOf(byte);
		const isLead = (byte & 0xc0) !== 0x80;
		// Continuation bytes take no column: malformed text of nothing else would be one endless row.
		if ((isLead && column > 0 && column + width > columns) || at - rowStart >= columns * 8) beginRow(at);
		column += width;
	}
	const rowCount = start.count;
	start.push(bytes.length);
	return { start: start.trimmed(), line: line.trimmed(), rowCount, lineCount: lineNumber };
}

function columnsOf(lead: number): number {
	if (lead === 0x09) return tabColumns;
	if (lead < 0x80) return 1;
	if (lead < 0xc0) return 0;
	return lead < 0xe1 ? 1 : 2;
}

/** The row that shows a byte: the last one that begins at or before it. */
export function rowAt(lines: TextLines, offset: number): number {
	let low = 0;
	let high = lines.rowCount - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (lines.start[middle]! <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Bytes that are drawn in another way. */
export interface ByteRange {
	from: number;
	/** Exclusive. */
	to: number;
	kind: 'masked' | 'match' | 'current';
}

/** A part of a row that is drawn in one way. */
export interface LinePiece {
	text: string;
	kind: 'plain' | 'control' | ByteRange['kind'];
}

/**
 * The text of one row in pieces: control characters and characters that change the direction of text made visible,
 * masked bytes as dots, found text apart. Ranges are ascending and do not overlap.
 */
export function linePieces(
	lines: TextLines,
	row: number,
	bytes: Uint8Array,
	ranges: readonly ByteRange[],
): LinePiece[] {
	const from = lines.start[row]!;
	const to = withoutLineEnd(bytes, from, lines.start[row + 1]!);
	const pieces: LinePiece[] = [];
	let at = from;
	for (const range of ranges) {
		if (range.to <= at || range.from >= to) continue;
		if (range.from > at) pushPlain(pieces, decodeUtf8(bytes, at, range.from));
		let end = Math.min(range.to, to);
		// A range that ends inside a character takes all of it.
		while (end < to && (bytes[end]! & 0xc0) === 0x80) end++;
		const text = decodeUtf8(bytes, Math.max(range.from, at), end);
		pieces.push({ text: range.kind === 'masked' ? '•'.repeat(text.length) : text, kind: range.kind });
		at = end;
	}
	if (at < to) pushPlain(pieces, decodeUtf8(bytes, at, to));
	return pieces;
}

function withoutLineEnd(bytes: Uint8Array, from: number, to: number): number {
	let end = to;
	if (end > from && bytes[end - 1] === 0x0a) end--;
	if (end > from && bytes[end - 1] === 0x0d) end--;
	return end;
}

/** Everything that would be invisible, or would reorder what is around it. The tab shows itself. */
const invisible =
	// eslint-disable-next-line no-control-regex -- they are what is looked for
	/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;

function pushPlain(pieces: LinePiece[], text: string): void {
	if (!invisible.test(text)) {
		pieces.push({ text, kind: 'plain' });
		return;
	}
	for (const part of text.split(new RegExp(`(${invisible.source})`))) {
		if (part === '') continue;
		if (invisible.test(part)) pieces.push({ text: visibleName(part.charCodeAt(0)), kind: 'control' });
		else pieces.push({ text: part, kind: 'plain' });
	}
}

function visibleName(code: number): string {
	return code === 0xfeff ? 'BOM' : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

class GrowingIntegers {
	private values = new Uint32Array(256);
	count = 0;

	push(value: number): void {
		if (this.count === this.values.length) {
			const larger = new Uint32Array(this.count * 2);
			larger.set(this.values);
			this.values = larger;
		}
		this.values[this.count++] = value;
	}

	trimmed(): Uint32Array<ArrayBuffer> {
		return this.values.slice(0, this.count);
	}
}
