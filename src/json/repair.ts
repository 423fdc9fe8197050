import { looseEdits, likelyStarts, type JsonEdit, type DepartureKind } from './repair-pass';
import { scanJson } from './scan';
import { decodeUtf8, isUtf8 } from './utf8';

export type { DepartureKind } from './repair-pass';

/** One place where a text is not quite JSON, and the small edit that mends it. */
export interface JsonDeparture {
	/** In bytes, in the original. */
	offset: number;
	/** How many bytes of the original go. */
	length: number;
	/** What stands there instead; empty when something is only removed. */
	inserted: string;
	/** The same in bytes of UTF-8. */
	insertedLength: number;
	kind: DepartureKind;
	/** Two sentences: what is wrong (fit to be a title), and the detail or the remedy. */
	message: string;
	/** From 1, in the original. */
	line: number;
	/** From 1, in UTF-16 units, in the original. */
	column: number;
}

/** A longer text is not mended: a person pastes a payload, not an archive. */
const mostBytes = 4 * 1024 * 1024;

const encoder = new TextEncoder();

/**
 * Makes JSON of a text that is not quite JSON, by small local edits, each of them named: comments, missing and extra
 * commas, other quotes, names without quotes, words of Python, Ruby and JavaScript, line breaks in strings, brackets
 * missing at the end, text around the value. JSON comes back as it is, without departures.
 *
 * Null when it can't be mended: no object and no array in it, several values, more than 4 MiB, not UTF-8, or more than
 * 2,000 edits. Never throws; takes time in proportion to the text.
 */
export function repairJson(bytes: Uint8Array): { bytes: Uint8Array; departures: JsonDeparture[] } | null {
	if (scanJson(bytes).ok) return { bytes, departures: [] };
	if (bytes.length > mostBytes || !isUtf8(bytes)) return null;
	const text = decodeUtf8(bytes, 0, bytes.length);
	for (const start of likelyStarts(text)) {
		const edits = looseEdits(text, start);
		if (edits === null) continue;
		const mended = encoder.encode(applyEdits(text, edits));
		if (scanJson(mended).ok) return { bytes: mended, departures: placed(text, edits) };
	}
	return null;
}

/**
 * Where a byte of the mended text stood in the original, in bytes. A byte that was inserted counts as the place of its
 * departure.
 */
export function originalOffset(departures: readonly JsonDeparture[], offset: number): number {
	let shift = 0;
	for (const departure of departures) {
		const start = departure.offset + shift;
		if (offset < start) break;
		if (offset < start + departure.insertedLength) return departure.offset;
		shift += departure.insertedLength - departure.length;
	}
	return offset - shift;
}

/** The text with all edits made; they are in order and do not overlap. */
function applyEdits(text: string, edits: readonly JsonEdit[]): string {
	const pieces: string[] = [];
	let from = 0;
	for (const { at, length, inserted } of edits) {
		pieces.push(text.slice(from, at), inserted);
		from = at + length;
	}
	pieces.push(text.slice(from));
	return pieces.join('');
}

/** Counts bytes, lines and columns for all edits in one walk over the text. */
function placed(text: string, edits: readonly JsonEdit[]): JsonDeparture[] {
	let at = 0;
	let offset = 0;
	let line = 1;
	let column = 1;

	function walkTo(target: number): void {
		for (; at < target; at++) {
			const code = text.charCodeAt(at);
			// A surrogate is half of a pair that takes four bytes: the text was well-formed UTF-8.
			offset += code < 0x80 ? 1 : code < 0x800 || (code & 0xf800) === 0xd800 ? 2 : 3;
			if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) {
				line++;
				column = 1;
			} else if (at > 0 || code !== 0xfeff) {
				column++;
			}
		}
	}

	return edits.map((edit) => {
		walkTo(edit.at);
		const place = { offset, line, column };
		walkTo(edit.at + edit.length);
		const { inserted, kind, message } = edit;
		const insertedLength = encoder.encode(inserted).length;
		return { ...place, length: offset - place.offset, inserted, insertedLength, kind, message };
	});
}
