import type { CheckOptions } from '../../../chatwoot/check/check';
import type { Report } from '../../../chatwoot/check/report';
import { searchDocument } from '../../../json/search';
import { loadCheck } from './check-module';
import { placesIn, type FindingPiece } from './finding-marks';
import { readPayload, type PayloadReading } from './payload-reading';
import { splitLines, type TextLines } from './text-lines';
import { searchText } from './text-search';

/** What a search looks through: names and values of a tree (it finds nodes), or the bytes (it finds offsets). */
export type SearchPlace = 'tree' | 'text';

/** Everything about one body that may take long: done by the page for a small body, by the worker for a large one. */
export class PayloadWork {
	readonly #bytes: Uint8Array;
	#reading: PayloadReading | null = null;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** Reads the body. With `giveAway` the tables are not kept, because the caller hands their memory to the page. */
	read(giveAway: boolean): PayloadReading {
		const reading = readPayload(this.#bytes);
		this.#reading = giveAway ? null : reading;
		return reading;
	}

	/** Nodes or byte offsets, ascending; none when a tree is asked for and the body is no JSON. */
	search(place: SearchPlace, query: string): Uint32Array<ArrayBuffer> {
		if (place === 'text') return searchText(this.#bytes, query);
		const { document } = this.#kept();
		return document ? searchDocument(document, query) : new Uint32Array(0);
	}

	/** The text of a JSON string as UTF-8; its source, quotes included, is at the bytes start..end. */
	stringBytes(start: number, end: number): Uint8Array<ArrayBuffer> {
		const inside = this.#bytes.subarray(start + 1, end - 1);
		if (!inside.includes(0x5c)) return inside.slice();
		// The language's own reader resolves ten million escapes in one go; a scanned string can't fail it.
		const source = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes.subarray(start, end));
		return new TextEncoder().encode(JSON.parse(source) as string);
	}

	/**
	 * What the contracts say of the body, whatever it is: first its findings, and which nodes these are about (none
	 * without a tree), a few milliseconds' worth at a time, then the rest of the report.
	 */
	async *report(options: CheckOptions): AsyncGenerator<FindingPiece, Omit<Report, 'findings'>, undefined> {
		const { check, checkInPieces } = await loadCheck();
		const { document, isTooDeep } = this.#kept();
		if (!document || isTooDeep) {
			const { findings, ...rest } = check(this.#bytes, options);
			yield { findings, places: new Uint32Array(0) };
			return rest;
		}
		const pieces = checkInPieces(document, options);
		for (;;) {
			const { done, value } = pieces.next();
			if (done) return value;
			yield { findings: value, places: placesIn(document, value) };
		}
	}

	/** The body as rows of text of at most so many columns. */
	lines(columns: number): TextLines {
		return splitLines(this.#bytes, columns);
	}

	/** Read again after the tables were given away: cheaper than a copy that many bodies never need. */
	#kept(): PayloadReading {
		return (this.#reading ??= readPayload(this.#bytes));
	}
}
