/**
 * A stranger's text as one line of at most `limit` UTF-16 units: control characters, line ends, direction overrides
 * and runs of blanks become one blank, and the end becomes `…` when it does not fit. Never cuts through a surrogate pair.
 */
export function oneLine(text: string, limit: number): string {
	// Only so much can matter, even if every second unit were dropped; a text of megabytes must not be worked on whole.
	const line = wholeCharacters(text, limit * 4)
		.replace(/[\s\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
		.trim();
	if (line.length <= limit && text.length <= limit * 4) return line;
	return wholeCharacters(line, limit - 1).trimEnd() + '…';
}

/** The first `limit` UTF-16 units, one fewer where that would part a surrogate pair. */
export function wholeCharacters(text: string, limit: number): string {
	if (text.length <= limit) return text;
	const last = text.charCodeAt(limit - 1);
	return text.slice(0, last >= 0xd800 && last < 0xdc00 ? limit - 1 : limit);
}
