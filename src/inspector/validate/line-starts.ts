/** Lines and columns of a text, both from 1, the column in UTF-16 units. LF, CR LF and a lone CR end a line. */
export class LineStarts {
	readonly #starts: number[] = [0];
	readonly #length: number;

	constructor(text: string) {
		this.#length = text.length;
		for (let at = 0; at < text.length; at++) {
			const code = text.charCodeAt(at);
			if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) this.#starts.push(at + 1);
		}
		// As everywhere here, a byte order mark takes no column.
		if (text.startsWith('\ufeff')) this.#starts[0] = 1;
	}

	/** A place past the end counts as the end. */
	positionOf(offset: number): { line: number; column: number } {
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.#starts[middle]! <= offset) low = middle;
			else high = middle - 1;
		}
		return { line: low + 1, column: Math.max(1, Math.min(offset, this.#length) - this.#starts[low]! + 1) };
	}

	/** A line or column that is not there counts as the nearest place. */
	offsetOf(line: number, column: number): number {
		const start = this.#starts[Math.min(Math.max(1, line), this.#starts.length) - 1]!;
		return Math.min(start + Math.max(1, column) - 1, this.#length);
	}
}
