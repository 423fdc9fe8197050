import type { ByteRange } from './text-lines';

/** Bytes on one row. */
export const bytesPerRow = 16;

/** Bytes of a row that are drawn in one way. */
export interface HexPiece {
	/** Two digits a byte, each byte followed by a blank; one more after the eighth. */
	hex: string;
	/** Printable ASCII as it is, everything else as a dot. */
	text: string;
	kind: 'plain' | ByteRange['kind'];
}

/** How many rows the bytes fill. */
export function hexRowCount(byteLength: number): number {
	return Math.ceil(byteLength / bytesPerRow);
}

/** The offset that begins a row, eight hexadecimal digits. */
export function hexOffset(row: number): string {
	return (row * bytesPerRow).toString(16).padStart(8, '0');
}

/** One row in pieces; ranges are ascending and do not overlap. A masked byte shows neither digits nor letter. */
export function hexPieces(bytes: Uint8Array, row: number, ranges: readonly ByteRange[]): HexPiece[] {
	const from = row * bytesPerRow;
	const to = Math.min(bytes.length, from + bytesPerRow);
	const pieces: HexPiece[] = [];
	for (let at = from; at < to; at++) {
		const kind = ranges.find((range) => range.from <= at && at < range.to)?.kind ?? 'plain';
		let piece = pieces.at(-1);
		if (piece?.kind !== kind) {
			piece = { hex: '', text: '', kind };
			pieces.push(piece);
		}
		const byte = bytes[at]!;
		const gap = at - from === bytesPerRow / 2 - 1 ? '  ' : ' ';
		piece.hex += (kind === 'masked' ? '••' : byte.toString(16).padStart(2, '0')) + gap;
		piece.text += kind === 'masked' ? '•' : byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.';
	}
	return pieces;
}
