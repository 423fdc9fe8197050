/** A longer value is underlined no further: it would be drawn for nothing. */
const longest = 2000;

/**
 * Where the token ends that begins at a place of a nearly JSON text: a string with its quotes, a number or word, or a
 * single character of anything else, a bracket among them. At the text's end it is that place.
 */
export function tokenEnd(text: string, at: number): number {
	const first = text[at];
	if (first === undefined) return at;
	const limit = Math.min(text.length, at + longest);
	let end = at + 1;
	if (first === '"') {
		while (end < limit && text[end] !== '"' && text[end] !== '\n' && text[end] !== '\r')
			end += text[end] === '\\' ? 2 : 1;
		return Math.min(text[end] === '"' ? end + 1 : end, limit);
	}
	if (!/[\w+.-]/.test(first)) return first === '\n' || first === '\r' ? at : end;
	while (end < limit && /[\w+.-]/.test(text[end]!)) end++;
	return end;
}
