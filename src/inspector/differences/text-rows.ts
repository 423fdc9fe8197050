import { diffArrays } from 'diff';
import { RowKind } from '../../changes/difference-lines';
import { kindNames, type ComparedSide, type RowSource } from './compared-rows';

/** Texts that differ in more lines than this are not laid side by side line by line: the search would take seconds. */
const mostEdits = 1000;
/** In milliseconds: a second bound, for slow machines. */
const longestSearch = 1000;

/** Two texts as rows of lines, and what differs. */
export interface TextRows extends RowSource {
	left: readonly string[];
	right: readonly string[];
	added: number;
	removed: number;
	changed: number;
	/** Whether the texts are so different that all between the first and the last difference counts as changed. */
	isCoarse: boolean;
}

/**
 * Compares two texts by lines. Neighbouring lines that were removed and added are one change, and stand beside each
 * other. A line ends at LF, CR LF or CR; a last line end makes no line of its own.
 */
export function compareTexts(leftText: string, rightText: string): TextRows {
	const left = linesOf(leftText);
	const right = linesOf(rightText);
	const { runs, isCoarse } = runsOf(left, right);
	const capacity = left.length + right.length;
	const kind = new Uint8Array(capacity);
	const change = new Int32Array(capacity).fill(-1);
	const leftLine = new Int32Array(capacity).fill(-1);
	const rightLine = new Int32Array(capacity).fill(-1);
	const counts = { added: 0, removed: 0, changed: 0 };
	let count = 0;
	let leftAt = 0;
	let rightAt = 0;
	let changeCount = 0;
	const add = (rowKind: number, number: number, hasLeft: boolean, hasRight: boolean) => {
		kind[count] = rowKind;
		change[count] = number;
		if (hasLeft) leftLine[count] = leftAt++;
		if (hasRight) rightLine[count] = rightAt++;
		count++;
	};
	for (const { equal, removed, added } of runs) {
		for (let line = 0; line < equal; line++) add(RowKind.equal, -1, true, true);
		if (removed + added === 0) continue;
		const both = Math.min(removed, added);
		for (let line = 0; line < both; line++) add(RowKind.changed, changeCount, true, true);
		for (let line = both; line < removed; line++) add(RowKind.removed, changeCount, true, false);
		for (let line = both; line < added; line++) add(RowKind.added, changeCount, false, true);
		counts[both > 0 ? 'changed' : removed > 0 ? 'removed' : 'added']++;
		changeCount++;
	}
	return {
		...counts,
		count,
		kind: kind.subarray(0, count),
		change: change.subarray(0, count),
		left,
		right,
		isCoarse,
		row: (index) => ({
			kind: kindNames[kind[index]!]!,
			left: textSide(left, leftLine[index]!),
			right: textSide(right, rightLine[index]!),
			change: change[index] === -1 ? null : change[index]!,
		}),
	};
}

function textSide(lines: readonly string[], line: number): ComparedSide | null {
	return line === -1 ? null : { number: line + 1, level: 0, text: lines[line]!, pointer: '' };
}

function linesOf(text: string): string[] {
	const lines = text.split(/\r\n|\n|\r/);
	if (lines.at(-1) === '') lines.pop();
	return lines;
}

/** Equal lines, and then what was removed and added after them. */
interface Run {
	equal: number;
	removed: number;
	added: number;
}

function runsOf(left: readonly string[], right: readonly string[]): { runs: Run[]; isCoarse: boolean } {
	const most = Math.min(left.length, right.length);
	let first = 0;
	while (first < most && left[first] === right[first]) first++;
	let last = 0;
	while (last < most - first && left[left.length - 1 - last] === right[right.length - 1 - last]) last++;
	const removed = left.slice(first, left.length - last);
	const added = right.slice(first, right.length - last);
	const end: Run = { equal: last, removed: 0, added: 0 };
	const parts =
		removed.length === 0 || added.length === 0
			? undefined
			: diffArrays(removed, added, { maxEditLength: mostEdits, timeout: longestSearch });
	if (!parts) {
		const isCoarse = removed.length > 0 && added.length > 0;
		return { runs: [{ equal: first, removed: removed.length, added: added.length }, end], isCoarse };
	}
	const runs: Run[] = [{ equal: first, removed: 0, added: 0 }];
	for (const part of parts) {
		const run = runs.at(-1)!;
		if (part.added) run.added += part.count;
		else if (part.removed) run.removed += part.count;
		else if (run.removed + run.added === 0) run.equal += part.count;
		else runs.push({ equal: part.count, removed: 0, added: 0 });
	}
	return { runs: [...runs, end], isCoarse: false };
}

const mostWordLines = 500;

/** What differs between two texts, as a Markdown block for an issue report; at most 500 lines of it. */
export function textWords(rows: TextRows): string {
	const lines: string[] = [];
	let differing = 0;
	for (let index = 0; index < rows.count; index++) {
		if (rows.kind[index] === RowKind.equal) continue;
		differing++;
		if (lines.length >= mostWordLines) continue;
		const { left, right } = rows.row(index);
		if (left) lines.push(`-${left.text}`);
		if (right) lines.push(`+${right.text}`);
	}
	if (differing === 0) return 'No difference.\n';
	let fence = '```';
	while (lines.some((line) => line.includes(fence))) fence += '`';
	const count = differing === 1 ? '1 line differs' : `${differing.toLocaleString('en')} lines differ`;
	const cut = lines.length >= mostWordLines ? `; these are the first ${mostWordLines}` : '';
	return `${count}, before → after${cut}:\n\n${fence}diff\n${lines.join('\n')}\n${fence}\n`;
}
