import { byteOrderMarkLength } from '../../../json/utf8';

/**
 * The byte that stands at a line and a column, as `positionsOf` counts them: both from 1, the column in UTF-16 units. A
 * column beyond its line gives the line's end; a line beyond the text the text's end.
 */
export function offsetOfPlace(bytes: Uint8Array, line: number, column: number): number {
	let at = byteOrderMarkLength(bytes);
	for (let current = 1; at < bytes.length && current < line; at++) if (endsLine(bytes, at)) current++;
	for (let current = 1; at < bytes.length; at++) {
		const byte = bytes[at]!;
		const isLead = (byte & 0xc0) !== 0x80;
		if ((isLead && current >= column) || endsLine(bytes, at)) break;
		if (isLead) current += byte >= 0xf0 ? 2 : 1;
	}
	return at;
}

function endsLine(bytes: Uint8Array, at: number): boolean {
	return bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a);
}
