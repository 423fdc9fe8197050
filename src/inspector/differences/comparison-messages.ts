import type { ComparedRow } from './compared-rows';

/** What a comparison found, and how many rows it has as it is folded now. */
export interface ComparisonSummary {
	/** `lines`: json-diff-kit's; `paths`: our own, for what it can't do; `text`: no JSON, or too deep for it. */
	method: 'lines' | 'paths' | 'text';
	/** Why not by lines, in sentences for a person. */
	reason: string | null;
	rows: number;
	/** Differences that count; of text, runs of lines that differ. */
	changes: number;
	added: number;
	removed: number;
	changed: number;
	moved: number;
	ignored: number;
	/** The patterns of the ignore-list that hide something here. */
	ignoredBy: readonly string[];
	/** Equal apart from what is ignored. */
	isEqual: boolean;
}

/** A piece of a body on its way to the worker: all of it in one go would hold the page up. */
export interface ComparisonPiece {
	task: 'piece';
	side: 'left' | 'right';
	/** Of the whole body, in bytes. */
	size: number;
	offset: number;
	bytes: Uint8Array<ArrayBuffer>;
}

/** What the page asks after it has sent both bodies; each is answered, in order. `open` comes first. */
export type ComparisonQuestion =
	| { task: 'open'; ignored: readonly string[] }
	| { task: 'rows'; first: number; end: number }
	| { task: 'unfold'; row: number }
	| { task: 'unfoldAll' }
	| { task: 'foldAll' }
	| { task: 'changeNear'; row: number; step: 1 | -1 }
	| { task: 'patch' }
	| { task: 'words' };

export type ComparisonRequest = ComparisonQuestion & { id: number };

/** What the worker answers to a question of each kind. */
export interface ComparisonResults {
	open: ComparisonSummary;
	rows: ComparedRow[];
	unfold: ComparisonSummary;
	unfoldAll: ComparisonSummary;
	foldAll: ComparisonSummary;
	changeNear: number | null;
	patch: string;
	words: string;
}

/** `failure` is a sentence. */
export type ComparisonAnswer =
	{ id: number; result: ComparisonResults[keyof ComparisonResults] } | { id: number; failure: string };
