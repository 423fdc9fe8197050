import { RowKind, type DifferenceLines } from '../../changes/difference-lines';
import { pointerOf } from '../../json/pointer';
import { lineText, type PrettyLines } from '../../json/pretty-lines';

/** One side of a row. */
export interface ComparedSide {
	/** Line of the side's own document when that is written with a member a line; from 1. */
	number: number;
	/** How many containers are around the line. */
	level: number;
	/** Without indentation, with its comma, as it is written in the document. */
	text: string;
	/** Of the value that the line begins or ends; empty in texts that are no JSON. */
	pointer: string;
}

/** Lines that stand beside each other. */
export interface ComparedLines {
	kind: 'equal' | 'changed' | 'added' | 'removed' | 'moved' | 'ignored';
	left: ComparedSide | null;
	right: ComparedSide | null;
	/** Number of the difference that it belongs to, from 0; null when it belongs to none that counts. */
	change: number | null;
	/** What else is to be said: `moved from 3 to 1`. */
	note?: string;
}

/** Unchanged lines that are hidden, differences that are ignored among them. */
export interface FoldedLines {
	kind: 'fold';
	lines: number;
	/** How many of the lines differ and are ignored. */
	ignored: number;
	/** What the line that follows stands in. */
	pointer: string;
}

export type ComparedRow = FoldedLines | ComparedLines;

/** All rows of a comparison, whatever was compared. Text is made when it is asked for. */
export interface RowSource {
	count: number;
	/** One of `RowKind`, per row. */
	kind: Uint8Array;
	/** Number of the difference, per row; -1 for none that counts. */
	change: Int32Array;
	row(index: number): ComparedLines;
}

export const kindNames: readonly ComparedLines['kind'][] = ['equal', 'changed', 'added', 'removed', 'moved', 'ignored'];

/** The rows of two JSON documents. */
export function jsonRows(lines: DifferenceLines): RowSource {
	const { count, kind, change, left, right, leftLines, rightLines } = lines;
	return {
		count,
		kind,
		change,
		row(index) {
			const row: ComparedLines = {
				kind: kindNames[kind[index]!]!,
				left: jsonSide(leftLines, left[index]!),
				right: jsonSide(rightLines, right[index]!),
				change: change[index] === -1 ? null : change[index]!,
			};
			if (kind[index] === RowKind.moved) row.note = moveNote(lines, index);
			return row;
		},
	};
}

function jsonSide(lines: PrettyLines, line: number): ComparedSide | null {
	if (line === -1) return null;
	const node = lines.node[line]!;
	return {
		number: line + 1,
		level: lines.document.depth[node]!,
		text: lineText(lines, line),
		pointer: pointerOf(lines.document, node),
	};
}

function moveNote({ left, right, leftLines, rightLines }: DifferenceLines, row: number): string {
	const from = leftLines.document.position[leftLines.node[left[row]!]!]!;
	const to = rightLines.document.position[rightLines.node[right[row]!]!]!;
	// Removed and added neighbours may leave the index as it was.
	return from === to ? 'moved among its neighbours' : `moved from ${from} to ${to}`;
}
