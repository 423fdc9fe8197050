import { readPastedText } from '../../deliveries/pasted-text';
import { prettyText } from '../../json/pretty-text';
import { scanJson } from '../../json/scan';
import type { TextChange } from './check-messages';

const encoder = new TextEncoder();

/**
 * The changes that lay out what is JSON in a pasted text: the whole of it, or each payload that stands in it letter for
 * letter. Names, numbers and order stay as they are written. None when there is nothing to do.
 */
export function formatChanges(text: string): TextChange[] {
	const whole = change(text, 0);
	if (whole !== null) return whole.insert === text.trim() ? [] : [{ ...whole, from: 0, to: text.length }];
	return readPastedText(text).parts.flatMap(({ body }) => {
		const [piece, ...others] = body.pieces;
		if (piece === undefined || others.length > 0 || piece.length !== body.text.length) return [];
		const own = change(body.text, piece.from);
		return own === null || own.insert === body.text ? [] : [own];
	});
}

function change(text: string, from: number): TextChange | null {
	const scanned = scanJson(encoder.encode(text));
	return scanned.ok ? { from, to: from + text.length, insert: prettyText(scanned.document) } : null;
}
