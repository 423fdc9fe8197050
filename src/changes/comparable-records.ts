import { canonicalText, children, integerValue, keyText, member, stringValue } from '../json/document';
import { JsonKind, scanJson, type JsonDocument } from '../json/scan';
import { hasSameWords, isSurveyText } from './message-content';
import type { RecordInBody, RecordKind } from './records';

/** A record, and the body that it stands in. */
export interface RecordText {
	document: JsonDocument;
	record: RecordInBody;
}

/** Two places of one record, brought into a form in which what is equal looks equal. */
export interface ComparableRecords {
	/** JSON. */
	left: Uint8Array;
	/** JSON. */
	right: Uint8Array;
	/** Whether nothing differs, apart from the order of members; null where that takes too long to tell here. */
	isEqual: boolean | null;
	/** Members that are not the record's own and were left out: of the event, or another record. */
	notItsOwn: string[];
	/** Members that were left out because only one of two forms has them: `status`, `sender.email`. */
	onlyInOneForm: string[];
	/** What else is not compared as it is written; sentences, with what came over the wire between back-ticks. */
	notes: string[];
}

/** Larger records are compared by the view alone, which has a worker. */
const mostBytesToJudge = 500_000;

/**
 * Of the event, or records themselves: a message's `conversation` is a Conversation at top level, and a small stub of
 * one when the message is nested in it (ground truth 4.2).
 */
const foreignMembers: Record<RecordKind, ReadonlySet<string>> = {
	conversation: new Set(['event', 'changed_attributes']),
	message: new Set(['event', 'changed_attributes', 'conversation']),
	contact: new Set(['event', 'changed_attributes']),
};

/** Absent in one form of a message, where the other has null or nothing: their absence says something. */
const optionalMembers = new Set(['attachments', 'sender']);

const messageTypes = ['incoming', 'outgoing', 'activity', 'template'];

/**
 * Two places of one record as texts to compare. Written in one form, each keeps its members byte for byte; only what
 * belongs to the event or to another record goes. In two forms, only what both have is compared, in one format:
 * message types as names, `created_at` in whole seconds, a person as far as both describe the person. What only one
 * form has is named, so that it does not look removed.
 *
 * Source: ground truth 4.1, 4.2, 4.8, 4.9 and rules 14 and 15.
 */
export function comparableRecords(left: RecordText, right: RecordText): ComparableRecords {
	const sides = [sideOf(left), sideOf(right)] as const;
	const result = { notItsOwn: [] as string[], onlyInOneForm: [] as string[], notes: [] as string[] };
	leaveOutForeign(sides, left.record.kind, result.notItsOwn);
	if (left.record.form !== right.record.form) {
		if (left.record.kind === 'message') {
			dropNoSender(sides);
			alignSenders(sides, result.onlyInOneForm);
			alignFormats(sides);
			alignContent(sides, result.notes);
		}
		keepShared(sides, left.record.kind === 'message' ? optionalMembers : noNames, '', result.onlyInOneForm);
	}
	const texts = [textOf(sides[0]), textOf(sides[1])] as const;
	result.onlyInOneForm.sort();
	return { left: texts[0], right: texts[1], isEqual: isEqual(texts[0], texts[1]), ...result };
}

/** What is left of an object on one side: its members by name, and other texts for some of them. */
interface Side {
	document: JsonDocument;
	node: number;
	/** Nodes that are left out. */
	dropped: Set<number>;
	/** Texts that stand for a member's value. */
	replaced: Map<number, Uint8Array>;
}

type Sides = readonly [Side, Side];

const noNames: ReadonlySet<string> = new Set();

function sideOf({ document, record }: RecordText): Side {
	return sideAt(document, record.node);
}

function sideAt(document: JsonDocument, node: number): Side {
	return { document, node, dropped: new Set(), replaced: new Map() };
}

function leaveOutForeign(sides: Sides, kind: RecordKind, names: string[]): void {
	const foreign = foreignMembers[kind];
	for (const side of sides) {
		for (const child of children(side.document, side.node)) {
			const name = keyText(side.document, child)!;
			if (!foreign.has(name)) continue;
			side.dropped.add(child);
			if (!names.includes(name)) names.push(name);
		}
	}
}

/** Nobody: null at top level, absent in the nested form. */
function dropNoSender(sides: Sides): void {
	for (const side of sides) {
		const sender = member(side.document, side.node, 'sender');
		if (sender !== -1 && side.document.kind[sender] === JsonKind.null) side.dropped.add(sender);
	}
}

/** The long and the short form of one person share few members. */
function alignSenders(sides: Sides, leftOut: string[]): void {
	const senders = sides.map(({ document, node }) => member(document, node, 'sender'));
	if (sides.some(({ document }, index) => document.kind[senders[index]!] !== JsonKind.object)) return;
	const people: Sides = [sideAt(sides[0].document, senders[0]!), sideAt(sides[1].document, senders[1]!)];
	keepShared(people, noNames, 'sender.', leftOut);
	sides.forEach((side, index) => side.replaced.set(senders[index]!, textOf(people[index]!)));
}

/** A number for the type and whole seconds for the time, in the nested form. */
function alignFormats(sides: Sides): void {
	for (const { document, node, replaced } of sides) {
		const type = member(document, node, 'message_type');
		const name = messageTypes[integerValue(document, type) ?? -1];
		if (name !== undefined) replaced.set(type, encode(`"${name}"`));
	}
	const times = sides.map(({ document, node }) => member(document, node, 'created_at'));
	if (!sides.some(({ document }, index) => document.kind[times[index]!] === JsonKind.number)) return;
	sides.forEach(({ document, replaced }, index) => {
		const text = stringValue(document, times[index]!);
		const seconds = text === null ? NaN : Math.floor(Date.parse(text) / 1000);
		if (!Number.isNaN(seconds)) replaced.set(times[index]!, encode(String(seconds)));
	});
}

/** Which text the top level shows depends on the release, and surveys add their link there (ground truth 4.1.1). */
function alignContent(sides: Sides, notes: string[]): void {
	const contents = sides.map(({ document, node }) => member(document, node, 'content'));
	const [one, other] = sides.map(({ document }, index) => stringValue(document, contents[index]!));
	if (one == null || other == null || one === other) return;
	const isSurvey = sides.some(
		({ document, node }) => stringValue(document, member(document, node, 'content_type')) === 'input_csat',
	);
	if (isSurvey && isSurveyText(one, other)) {
		notes.push('`content` is not compared: a survey has its link at top level only.');
	} else if (hasSameWords(one, other)) {
		notes.push('`content` is not compared: the words are the same, 4.9.0 to 4.12.0 lay them out at top level only.');
	} else return;
	sides.forEach(({ dropped }, index) => dropped.add(contents[index]!));
}

/** Leaves out what only one side has, and names it. */
function keepShared(sides: Sides, optional: ReadonlySet<string>, prefix: string, leftOut: string[]): void {
	const names = sides.map(({ document, node, dropped }) => {
		const members = new Set<string>();
		for (const child of children(document, node)) if (!dropped.has(child)) members.add(keyText(document, child)!);
		return members;
	});
	sides.forEach(({ document, node, dropped }, index) => {
		const others = names[1 - index]!;
		for (const child of children(document, node)) {
			const name = keyText(document, child)!;
			if (dropped.has(child) || others.has(name) || optional.has(name)) continue;
			dropped.add(child);
			if (!leftOut.includes(prefix + name)) leftOut.push(prefix + name);
		}
	});
}

/** The very bytes where nothing was left out; else the members that are left, each as it is written. */
function textOf({ document, node, dropped, replaced }: Side): Uint8Array {
	const { bytes, start, end, keyStart, keyEnd } = document;
	if (dropped.size === 0 && replaced.size === 0) return bytes.subarray(start[node], end[node]);
	const pieces: Uint8Array[] = [];
	for (const child of children(document, node)) {
		if (dropped.has(child)) continue;
		pieces.push(pieces.length === 0 ? brace : comma, bytes.subarray(keyStart[child], keyEnd[child]), colon);
		pieces.push(replaced.get(child) ?? bytes.subarray(start[child], end[child]));
	}
	return joined(pieces.length === 0 ? [brace, closing] : [...pieces, closing]);
}

const brace = encode('{');
const comma = encode(',');
const colon = encode(':');
const closing = encode('}');

function encode(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean | null {
	if (left.length + right.length > mostBytesToJudge) return null;
	const one = scanJson(left);
	const other = scanJson(right);
	return one.ok && other.ok && canonicalText(one.document, 0) === canonicalText(other.document, 0);
}
