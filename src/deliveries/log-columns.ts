import type { FindingCounts, Summary, SummaryChange } from './api';
import { TextNumbers } from './text-numbers';

/** A summary flattened: one plain value a column. What is rare and complex is JSON text. */
export interface LogRow {
	id: number;
	version: number;
	endpoint: string;
	receivedAt: number;
	method: string;
	path: string;
	event: string | null;
	kind: Summary['kind'];
	isTruncated: boolean;
	size: number;
	accountId: number | null;
	inboxId: number | null;
	conversationId: number | null;
	contactId: number | null;
	messageId: number | null;
	subject: string;
	excerpt: string;
	status: string | null;
	messageType: string | null;
	isPrivate: boolean | null;
	/** JSON. */
	changed: string;
	deliveryHeaderId: string | null;
	bodyHash: string | null;
	isSigned: boolean;
	verdict: Summary['verdict'];
	/** Errors, warnings and infos, with blanks between. */
	counts: string | null;
	guideCounts: string | null;
	answerStatus: number | null;
	answerMilliseconds: number | null;
	isPinned: boolean;
	note: string | null;
	signature: Summary['state']['signature'];
}

export type ColumnName = keyof LogRow;

/** Rows of one column within a chunk. Rows are appended at `count`, and may be set again. */
export interface Column<T> {
	get(row: number): T;
	set(row: number, value: T): void;
	/** Makes room for `capacity` rows; what is there stays. */
	reserve(capacity: number): void;
	/** Drops what only writing needs; writing later stays possible. */
	seal(): void;
}

type Kind = 'number' | 'uuid' | 'coded';

/**
 * Each column: how it keeps its values, and where they are in a summary. `number`: mostly distinct numbers, or null.
 * `uuid`: mostly UUIDs. `coded`: anything with repeats: each distinct value of a chunk once, and two bytes a row.
 */
const table: { readonly [Name in ColumnName]: readonly [kind: Kind, from: (summary: Summary) => LogRow[Name]] } = {
	id: ['number', (summary) => summary.id],
	version: ['coded', (summary) => summary.version],
	endpoint: ['coded', (summary) => summary.endpoint],
	receivedAt: ['number', (summary) => summary.receivedAt],
	method: ['coded', (summary) => summary.method],
	path: ['coded', (summary) => summary.path],
	event: ['coded', (summary) => summary.event],
	kind: ['coded', (summary) => summary.kind],
	isTruncated: ['coded', (summary) => summary.isTruncated],
	size: ['number', (summary) => summary.size],
	accountId: ['coded', (summary) => summary.accountId],
	inboxId: ['coded', (summary) => summary.inboxId],
	conversationId: ['coded', (summary) => summary.conversationId],
	contactId: ['coded', (summary) => summary.contactId],
	messageId: ['number', (summary) => summary.messageId],
	subject: ['coded', (summary) => summary.subject],
	excerpt: ['coded', (summary) => summary.excerpt],
	status: ['coded', (summary) => summary.status],
	messageType: ['coded', (summary) => summary.messageType],
	isPrivate: ['coded', (summary) => summary.isPrivate],
	changed: ['coded', ({ changed }) => (changed.length === 0 ? '[]' : JSON.stringify(changed))],
	deliveryHeaderId: ['uuid', (summary) => summary.deliveryHeaderId],
	bodyHash: ['coded', (summary) => summary.bodyHash],
	isSigned: ['coded', (summary) => summary.isSigned],
	verdict: ['coded', (summary) => summary.verdict],
	counts: ['coded', (summary) => countsText(summary.counts)],
	guideCounts: ['coded', (summary) => countsText(summary.guideCounts)],
	answerStatus: ['coded', ({ state }) => state.answer?.status ?? null],
	answerMilliseconds: ['number', ({ state }) => state.answer?.milliseconds ?? null],
	isPinned: ['coded', ({ state }) => state.isPinned],
	note: ['coded', ({ state }) => state.note],
	signature: ['coded', ({ state }) => state.signature],
};

export const columnNames = Object.keys(table) as ColumnName[];

export type Columns = { readonly [Name in ColumnName]: Column<LogRow[Name]> };

/** Empty columns, one of each. */
export function makeColumns(): Columns {
	const made = columnNames.map((name): [ColumnName, NumberColumn | UuidColumn | CodedColumn] => {
		const kind = table[name][0];
		return [name, kind === 'number' ? new NumberColumn() : kind === 'uuid' ? new UuidColumn() : new CodedColumn()];
	});
	// The table is what gives each name its kind of column; the type can't follow it.
	return Object.fromEntries(made) as unknown as Columns;
}

/** Writes a summary's values into one row. */
export function writeSummary(columns: Columns, row: number, summary: Summary): void {
	for (const name of columnNames) writeCell(columns, row, name, summary);
}

function writeCell<Name extends ColumnName>(columns: Columns, row: number, name: Name, summary: Summary): void {
	columns[name].set(row, table[name][1](summary));
}

/** Copies one row from other columns, without making a summary of it. */
export function copyRow(columns: Columns, row: number, from: Columns, fromRow: number): void {
	for (const name of columnNames) copyCell(columns[name], row, from[name], fromRow);
}

function copyCell(column: Column<unknown>, row: number, from: Column<unknown>, fromRow: number): void {
	column.set(row, from.get(fromRow));
}

/** The summary that one row of the columns stands for. */
export function summaryAt(columns: Columns, row: number): Summary {
	const answerStatus = columns.answerStatus.get(row);
	return {
		id: columns.id.get(row),
		version: columns.version.get(row),
		endpoint: columns.endpoint.get(row),
		receivedAt: columns.receivedAt.get(row),
		method: columns.method.get(row),
		path: columns.path.get(row),
		event: columns.event.get(row),
		kind: columns.kind.get(row),
		isTruncated: columns.isTruncated.get(row),
		size: columns.size.get(row),
		accountId: columns.accountId.get(row),
		inboxId: columns.inboxId.get(row),
		conversationId: columns.conversationId.get(row),
		contactId: columns.contactId.get(row),
		messageId: columns.messageId.get(row),
		subject: columns.subject.get(row),
		excerpt: columns.excerpt.get(row),
		status: columns.status.get(row),
		messageType: columns.messageType.get(row),
		isPrivate: columns.isPrivate.get(row),
		changed: readChanged(columns.changed.get(row)),
		deliveryHeaderId: columns.deliveryHeaderId.get(row),
		bodyHash: columns.bodyHash.get(row),
		isSigned: columns.isSigned.get(row),
		verdict: columns.verdict.get(row),
		counts: readCounts(columns.counts.get(row)),
		guideCounts: readCounts(columns.guideCounts.get(row)),
		state: {
			answer:
				answerStatus === null ? null : { status: answerStatus, milliseconds: columns.answerMilliseconds.get(row) ?? 0 },
			isPinned: columns.isPinned.get(row),
			note: columns.note.get(row),
			signature: columns.signature.get(row),
		},
	};
}

/** The changes from the text that the column keeps. */
export function readChanged(text: string): SummaryChange[] {
	return text === '[]' ? [] : (JSON.parse(text) as SummaryChange[]);
}

/** Few summaries differ in them, so that a text is kept once for many. */
function countsText(counts: FindingCounts | null): string | null {
	return counts === null ? null : `${counts.error} ${counts.warning} ${counts.info}`;
}

function readCounts(text: string | null): FindingCounts | null {
	if (text === null) return null;
	const [error = 0, warning = 0, info = 0] = text.split(' ').map(Number);
	return { error, warning, info };
}

/** Numbers, null as NaN. */
class NumberColumn implements Column<number | null> {
	#values = new Float64Array(0);

	get(row: number): number | null {
		const value = this.#values[row]!;
		return Number.isNaN(value) ? null : value;
	}

	set(row: number, value: number | null): void {
		this.#values[row] = value ?? NaN;
	}

	reserve(capacity: number): void {
		const larger = new Float64Array(capacity);
		larger.set(this.#values);
		this.#values = larger;
	}

	seal(): void {}
}

type Cell = string | number | boolean | null;

/** More distinct values than a chunk has rows: some are no longer in use. */
const tooManyValues = 4096;

/** Distinct values once, and a two-byte code a row. The codes are a chunk's own, so that they die with it. */
class CodedColumn implements Column<Cell> {
	#codes = new Uint16Array(0);
	#values: Cell[] = [];
	/** Only while it is written to; a few values are found faster without. */
	#index: CodeIndex | null = null;

	get(row: number): Cell {
		return this.#values[this.#codes[row]!]!;
	}

	set(row: number, value: Cell): void {
		if (this.#values.length >= tooManyValues) this.#forgetUnused();
		this.#codes[row] = this.#code(value);
	}

	reserve(capacity: number): void {
		const larger = new Uint16Array(capacity);
		larger.set(this.#codes);
		this.#codes = larger;
	}

	seal(): void {
		this.#index = null;
		// An array that grew by pushing holds room for half as many again.
		this.#values = this.#values.slice();
	}

	#code(value: Cell): number {
		if (this.#values.length > 8) this.#index ??= new CodeIndex(this.#values);
		const known = this.#index ? this.#index.codeOf(value) : this.#values.indexOf(value);
		if (known !== -1) return known;
		this.#index?.add(value, this.#values.length);
		return this.#values.push(value) - 1;
	}

	#forgetUnused(): void {
		const old = this.#values;
		this.#values = [];
		this.#index = null;
		// Rows beyond the last one have code 0, whose value may stay for their sake.
		this.#codes.forEach((code, row) => (this.#codes[row] = this.#code(old[code]!)));
	}
}

/** The code of each value of a column. */
class CodeIndex {
	readonly #texts = new TextNumbers();
	/** By the text's number. */
	readonly #textCodes: number[] = [];
	readonly #otherCodes = new Map<Cell, number>();

	constructor(values: readonly Cell[]) {
		for (const [code, value] of values.entries()) this.add(value, code);
	}

	/** -1 when the value is not here. */
	codeOf(value: Cell): number {
		if (typeof value !== 'string') return this.#otherCodes.get(value) ?? -1;
		return this.#textCodes[this.#texts.numberOf(value)] ?? -1;
	}

	add(value: Cell, code: number): void {
		if (typeof value === 'string') this.#textCodes[this.#texts.add(value)] = code;
		else this.#otherCodes.set(value, code);
	}
}

const nilUuid = '00000000-0000-0000-0000-000000000000';

/** UUIDs as 16 bytes, since every row has another one. What is no lower-case UUID, or nil, is kept beside, by row. */
class UuidColumn implements Column<string | null> {
	#words = new Uint32Array(0);
	/** Null is all zeros; a text that is no UUID stands here. */
	readonly #others = new Map<number, string>();

	get(row: number): string | null {
		const other = this.#others.size === 0 ? undefined : this.#others.get(row);
		if (other !== undefined) return other;
		let hex = '';
		for (let word = row * 4; word < row * 4 + 4; word++) hex += this.#words[word]!.toString(16).padStart(8, '0');
		const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
		return uuid === nilUuid ? null : uuid;
	}

	set(row: number, value: string | null): void {
		if (this.#others.size > 0) this.#others.delete(row);
		const at = row * 4;
		if (value !== null && value !== nilUuid && readUuid(value, this.#words, at)) return;
		this.#words.fill(0, at, at + 4);
		if (value !== null) this.#others.set(row, value);
	}

	reserve(capacity: number): void {
		const larger = new Uint32Array(capacity * 4);
		larger.set(this.#words);
		this.#words = larger;
	}

	seal(): void {}
}

/** Reads a UUID in lower case into four words from `at`. False when the text is none: the words are anything then. */
function readUuid(text: string, words: Uint32Array, at: number): boolean {
	if (text.length !== 36) return false;
	let word = 0;
	let digits = 0;
	for (let index = 0; index < 36; index++) {
		const unit = text.charCodeAt(index);
		if (index === 8 || index === 13 || index === 18 || index === 23) {
			if (unit !== 0x2d) return false;
			continue;
		}
		const isDigit = unit >= 0x30 && unit <= 0x39;
		if (!isDigit && (unit < 0x61 || unit > 0x66)) return false;
		word = (word << 4) | (isDigit ? unit - 0x30 : unit - 0x57);
		digits++;
		if (digits % 8 === 0) words[at + digits / 8 - 1] = word;
	}
	return true;
}
