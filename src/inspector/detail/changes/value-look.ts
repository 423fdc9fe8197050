const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letters of a name's first and last word, for the disc beside it: `AP` for Ana Petrov. */
export function initialsOf(name: string): string {
	const words = name.split(/\s+/).filter((word) => word !== '');
	const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
	return chosen.map(firstLetter).join('').toUpperCase();
}

function firstLetter(word: string): string {
	for (const { segment } of graphemes.segment(word)) return segment;
	return '';
}
