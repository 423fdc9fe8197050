/** A run of a text that stands in its source letter for letter. */
export interface TextPiece {
	/** Where it begins in the text; all places in UTF-16 units. */
	at: number;
	/** Where it begins in the source. */
	from: number;
	length: number;
}

/** A text that was taken out of another one, and where each part of it stood there. */
export interface MappedText {
	text: string;
	/** Ascending; together they are the text. */
	pieces: TextPiece[];
}

/** Builds a text out of a source, piece by piece. */
export class MappedTextBuilder {
	readonly #texts: string[] = [];
	readonly #pieces: TextPiece[] = [];
	#length = 0;

	get isEmpty(): boolean {
		return this.#length === 0;
	}

	/** Adds what stands at `from` in the source, or is written there in another way. */
	add(text: string, from: number): void {
		if (text === '') return;
		const last = this.#pieces.at(-1);
		if (last && last.from + last.length === from) last.length += text.length;
		else this.#pieces.push({ at: this.#length, from, length: text.length });
		this.#texts.push(text);
		this.#length += text.length;
	}

	/** Adds another text of the same source. */
	append({ text, pieces }: MappedText): void {
		for (const { at, from, length } of pieces) this.add(text.slice(at, at + length), from);
	}

	build(): MappedText {
		return { text: this.#texts.join(''), pieces: this.#pieces };
	}
}

/** The part of a source from..to, as it stands there. */
export function sliceOf(source: string, from: number, to: number): MappedText {
	return { text: source.slice(from, to), pieces: [{ at: 0, from, length: to - from }] };
}

/** Where a place of the text stands in its source; a place past the end counts as the end. */
export function sourceOffset({ pieces }: MappedText, offset: number): number {
	let low = 0;
	let high = pieces.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (pieces[middle]!.at <= offset) low = middle;
		else high = middle - 1;
	}
	const piece = pieces[low];
	return piece === undefined ? 0 : piece.from + Math.min(Math.max(0, offset - piece.at), piece.length);
}
