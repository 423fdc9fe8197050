/** A part of some bytes that another text takes the place of. */
export interface TextEdit {
	/** Byte offsets. */
	start: number;
	end: number;
	text: string;
}

/** The bytes with parts replaced. Edits in any order; they must not overlap. All other bytes stay as they are. */
export function spliceText(bytes: Uint8Array, edits: readonly TextEdit[]): Uint8Array<ArrayBuffer> {
	const encoder = new TextEncoder();
	const pieces: Uint8Array[] = [];
	let at = 0;
	for (const { start, end, text } of edits.toSorted((left, right) => left.start - right.start)) {
		pieces.push(bytes.subarray(at, start), encoder.encode(text));
		at = end;
	}
	pieces.push(bytes.subarray(at));
	const result = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let offset = 0;
	for (const piece of pieces) {
		result.set(piece, offset);
		offset += piece.length;
	}
	return result;
}
