import { compareDocuments, type Comparison } from '../../changes/comparison';
import { differenceLines } from '../../changes/difference-lines';
import { differenceWords } from '../../changes/difference-words';
import { compileIgnoreList } from '../../changes/ignore-list';
import { nestingLevels } from '../../json/document';
import { patchOperations, patchText } from '../../json/json-patch';
import { PointerCache } from '../../json/pointer-cache';
import { scanJson, type JsonDocument } from '../../json/scan';
import { byteOrderMarkLength, decodeUtf8, isUtf8 } from '../../json/utf8';
import { jsonRows, type ComparedRow, type RowSource } from './compared-rows';
import type { ComparisonSummary } from './comparison-messages';
import { FoldedRows } from './folded-rows';
import { kitLines, whyNotByLines } from './kit-lines';
import { compareTexts, textWords, type TextRows } from './text-rows';

/** More containers around each other than this are compared as text. */
const mostLevels = 1000;

/** Two bodies compared: what its worker does, apart from the messages. */
export class ComparisonWork {
	readonly #compared: Compared;
	readonly #rows: FoldedRows;

	/** Bodies of any bytes. The `ignored` patterns are those of `compileIgnoreList`. */
	constructor(left: Uint8Array, right: Uint8Array, ignored: readonly string[]) {
		const one = readSide(left, 'left');
		const other = readSide(right, 'right');
		this.#compared =
			one.document && other.document
				? compareJson(one.document, other.document, ignored)
				: compareText(left, right, [one.problem, other.problem]);
		this.#rows = new FoldedRows(this.#compared.source);
	}

	get summary(): ComparisonSummary {
		return { ...this.#compared.summary, rows: this.#rows.count };
	}

	rows(first: number, end: number): ComparedRow[] {
		return this.#rows.rows(first, end);
	}

	unfold(row: number): ComparisonSummary {
		this.#rows.unfold(row);
		return this.summary;
	}

	unfoldAll(): ComparisonSummary {
		this.#rows.unfoldAll();
		return this.summary;
	}

	foldAll(): ComparisonSummary {
		this.#rows.foldAll();
		return this.summary;
	}

	changeNear(row: number, step: 1 | -1): number | null {
		return this.#rows.changeNear(row, step);
	}

	/** RFC 6902, left → right, without what is ignored. Throws a sentence when a side is no JSON. */
	patch(): string {
		const { comparison } = this.#compared;
		if (!comparison) throw new Error('There is no JSON Patch between texts: both sides have to be JSON.');
		return patchText(patchOperations(comparison.alignment, (pair) => comparison.isIgnored[pair] === 1));
	}

	/** Plain words for an issue report, as Markdown. */
	words(): string {
		const { comparison, text } = this.#compared;
		return comparison ? differenceWords(comparison) : textWords(text!);
	}
}

interface Compared {
	summary: Omit<ComparisonSummary, 'rows'>;
	source: RowSource;
	/** One of the two. */
	comparison: Comparison | null;
	text: TextRows | null;
}

function compareJson(left: JsonDocument, right: JsonDocument, ignored: readonly string[]): Compared {
	const comparison = compareDocuments(left, right, ignored);
	let reason = whyNotByLines(left, right);
	const lines = reason === null ? kitLines(comparison) : null;
	if (reason === null && lines === null) reason = 'Compared value by value: the lines could not be told apart.';
	return {
		summary: {
			method: lines ? 'lines' : 'paths',
			reason,
			changes: comparison.changeCount,
			...comparison.counts,
			ignoredBy: hidingPatterns(comparison, ignored),
			isEqual: comparison.changeCount === 0,
		},
		source: jsonRows(lines ?? differenceLines(comparison)),
		comparison,
		text: null,
	};
}

/** The patterns that hide a difference, in the order of the list. */
function hidingPatterns({ alignment, isIgnored }: Comparison, patterns: readonly string[]): string[] {
	const left = new PointerCache(alignment.left);
	const right = new PointerCache(alignment.right);
	let unused = patterns.map((pattern) => ({ pattern, hides: compileIgnoreList([pattern]) }));
	for (let pair = 0; pair < alignment.pairCount && unused.length > 0; pair++) {
		if (isIgnored[pair] !== 1) continue;
		const pointers: string[] = [];
		if (alignment.leftNode[pair] !== -1) pointers.push(left.pointerOf(alignment.leftNode[pair]!));
		if (alignment.rightNode[pair] !== -1) pointers.push(right.pointerOf(alignment.rightNode[pair]!));
		unused = unused.filter(({ hides }) => !pointers.some(hides));
	}
	return patterns.filter((pattern) => !unused.some((one) => one.pattern === pattern));
}

function compareText(left: Uint8Array, right: Uint8Array, problems: readonly (string | null)[]): Compared {
	const text = compareTexts(textOf(left), textOf(right));
	const { added, removed, changed } = text;
	const isSame = left.length === right.length && left.every((byte, index) => byte === right[index]);
	const reasons = problems.filter((problem) => problem !== null);
	if (left.length === 0 && right.length === 0) reasons.splice(0, 2, 'Both sides are empty.');
	if (text.isCoarse) {
		reasons.push('They have too little in common: all between the first and the last difference counts as one change.');
	} else if (added + removed + changed === 0 && !isSame) {
		reasons.push('All lines look the same, but the bytes differ: in line ends, or in bytes that are no text.');
	}
	return {
		summary: {
			method: 'text',
			reason: reasons.join(' '),
			changes: added + removed + changed,
			added,
			removed,
			changed,
			moved: 0,
			ignored: 0,
			ignoredBy: [],
			isEqual: isSame,
		},
		source: text,
		comparison: null,
		text,
	};
}

function textOf(bytes: Uint8Array): string {
	return decodeUtf8(bytes, byteOrderMarkLength(bytes), bytes.length);
}

/** A side as JSON, or why it is compared as text. */
function readSide(
	bytes: Uint8Array,
	side: 'left' | 'right',
): { document: JsonDocument; problem: null } | { document: null; problem: string } {
	const problem = (text: string) => ({ document: null, problem: text });
	if (bytes.length === 0) return problem(`The ${side} side is empty.`);
	if (!isUtf8(bytes)) return problem(`The ${side} side is not UTF-8: bytes that are no text are shown as \ufffd.`);
	const result = scanJson(bytes);
	if (!result.ok) {
		const { line, column, message } = result.error;
		return problem(`Compared as text: the ${side} side is not JSON (line ${line}, column ${column}). ${message}`);
	}
	if (nestingLevels(result.document) <= mostLevels) return { document: result.document, problem: null };
	return problem(`Compared as text: the ${side} side has more than 1,000 levels.`);
}
