import type { AttributeChange } from '../chatwoot/changed-attributes';
import { oneLine } from '../deliveries/one-line';
import { isNull, isObject } from '../deliveries/payload-parts';
import { children, find, stringPreview, stringValue } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import { attributeFacts, type AttributeFacts, type AttributeFamily, type AttributeKind } from './attribute-kinds';
import { idText, type KnownNames, type RecordKind } from './known-names';
import { countMembers, memberCountsText } from './member-counts';
import { distanceText, momentText, timeAt } from './time-words';

/** One value for a person to read. */
export type ShownValue =
	/** The pair does not have it. */
	| { form: 'absent' }
	/** Null, and 0 where that stands for no time. `inBody`: how the body writes it, where it does so in another way. */
	| { form: 'none'; sent: string; inBody: string | null }
	/** A status or a priority. */
	| { form: 'word'; word: string }
	/** `name` is null where the body does not tell whose id it is. */
	| { form: 'record'; record: RecordKind; id: string; name: string | null }
	/** `words` in this machine's zone; `sent` as in the list; `inBody` as in the body, where it is written otherwise. */
	| { form: 'time'; words: string; sent: string; inBody: string | null }
	/** JSON text as sent, cut where it is very long. */
	| { form: 'json'; text: string; isCut: boolean };

/** A label, and whether the change added or removed it. */
export interface ShownLabel {
	name: string;
	state: 'kept' | 'added' | 'removed';
}

/** A change as it is shown. */
export type ChangeContent =
	| { form: 'pair'; previous: ShownValue; current: ShownValue; distance: string | null }
	/** Kept ones first. `more`: how many there are besides; `words`: what the labels do not show. */
	| { form: 'labels'; labels: ShownLabel[]; more: number; words: string | null }
	/** Two JSON values whose differences are worth a view of their own; `words` sum them up. */
	| { form: 'object'; words: string; previous: Uint8Array; current: Uint8Array }
	/** Two texts to be compared by words. */
	| { form: 'texts'; previous: string; current: string }
	/** Names of attributes stand between back-ticks. */
	| { form: 'words'; words: string };

/** What the values of a body are read with. */
export interface ValueContext {
	document: JsonDocument;
	family: AttributeFamily;
	names: KnownNames;
	/** All changes of the body: a label cache says nothing of its own beside the labels. */
	changes: readonly AttributeChange[];
}

/** Longer texts are compared word by word. */
const longText = 60;
/** Longer texts are compared in a view of their own. */
const longestInRow = 600;
/** Longer text is cut. */
const longestText = 20_000;
/** Objects of more values are not counted, so that the page does not wait. */
const mostCounted = 50_000;
const mostLabels = 200;
const longestLabel = 200;

/**
 * What a change says, in words and pieces that a view only has to lay out: names where the body knows them, times on
 * the local clock beside both of the forms in which Chatwoot sends them, labels as a set, objects and long texts as two
 * sides to compare. A value that its attribute never has is shown as the JSON that it is.
 */
export function changeContent(context: ValueContext, change: AttributeChange): ChangeContent {
	const { document } = context;
	const facts = attributeFacts(context.family, change.attribute);
	const { previous, current } = change;
	if (facts.kind === 'labels') return labelsContent(document, previous, current) ?? plainContent(document, change);
	if (facts.kind === 'label-text' && repeatsLabels(context, change)) {
		return { form: 'words', words: 'says the same as `label_list`' };
	}
	const previousValue = shownValue(context, facts, change.attribute, previous, false);
	const currentValue = shownValue(context, facts, change.attribute, current, true);
	if (previousValue.form === 'json' || currentValue.form === 'json') {
		const compared = comparedContent(document, previous, current);
		if (compared !== null) return compared;
	}
	const [from, to] = [momentOf(document, previousValue, previous), momentOf(document, currentValue, current)];
	const distance = from === null || to === null ? null : distanceText(from, to);
	return { form: 'pair', previous: previousValue, current: currentValue, distance };
}

/** Values whose JSON is all that can be said. */
function plainContent(document: JsonDocument, { previous, current }: AttributeChange): ChangeContent {
	return (
		comparedContent(document, previous, current) ?? {
			form: 'pair',
			previous: jsonValue(document, previous),
			current: jsonValue(document, current),
			distance: null,
		}
	);
}

const recordKinds: Partial<Record<AttributeKind, RecordKind>> = {
	agent: 'agent',
	bot: 'bot',
	team: 'team',
	inbox: 'inbox',
	contact: 'contact',
	account: 'account',
};

function shownValue(
	{ document, names }: ValueContext,
	facts: AttributeFacts,
	attribute: string,
	node: number,
	isCurrent: boolean,
): ShownValue {
	if (node === -1) return { form: 'absent' };
	const isTime = facts.kind === 'time' || (facts.kind === 'other' && /_(at|since|until)$/.test(attribute));
	const inBody = isTime && isCurrent ? otherForm(document, facts, node) : null;
	if (isNull(document, node)) return { form: 'none', sent: 'null', inBody };
	if (isTime) return timeValue(document, node, inBody);
	const isWord = facts.kind === 'status' || facts.kind === 'priority';
	if (isWord && document.kind[node] === JsonKind.string) {
		const word = oneLine(stringPreview(document, node, longestLabel * 4 + 1).text, longestLabel);
		if (word !== '') return { form: 'word', word };
	}
	const record = recordKinds[facts.kind];
	const id = record === undefined ? null : idText(document, node);
	if (record !== undefined && id !== null) return { form: 'record', record, id, name: names.nameOf(record, id) };
	return jsonValue(document, node);
}

function timeValue(document: JsonDocument, node: number, inBody: string | null): ShownValue {
	const time = timeAt(document, node);
	const { text: sent } = sentText(document, node, 64);
	if (time === null) return jsonValue(document, node);
	return time === 0 ? { form: 'none', sent, inBody } : { form: 'time', words: momentText(time), sent, inBody };
}

/** How the body writes the value; null where it does not show it, or writes it as in the list. */
function otherForm(document: JsonDocument, { places }: AttributeFacts, node: number): string | null {
	const inBody = places[0] ? find(document, ...places[0].path) : -1;
	if (inBody === -1 || document.kind[inBody]! <= JsonKind.array) return null;
	const { text } = sentText(document, inBody, 64);
	return text === sentText(document, node, 64).text ? null : text;
}

function momentOf(document: JsonDocument, value: ShownValue, node: number): number | null {
	return value.form === 'time' ? timeAt(document, node) : null;
}

function jsonValue(document: JsonDocument, node: number): ShownValue {
	if (node === -1) return { form: 'absent' };
	if (isNull(document, node)) return { form: 'none', sent: 'null', inBody: null };
	return { form: 'json', ...sentText(document, node, longestText) };
}

/** The JSON text of a value as a person reads it, escapes resolved; a long one is cut, and a text keeps its quotes. */
export function sentText(document: JsonDocument, node: number, limit: number): { text: string; isCut: boolean } {
	const { text, isCut } = stringPreview(document, node, limit);
	const shown = isCut ? `${text}…` : text;
	return { text: document.kind[node] === JsonKind.string ? JSON.stringify(shown) : shown, isCut };
}

/** Two values that are worth comparing part by part; null when they are better read one after the other. */
function comparedContent(document: JsonDocument, previous: number, current: number): ChangeContent | null {
	if (previous === -1 || current === -1) return null;
	if (isObject(document, previous) && isObject(document, current)) {
		return sides(document, previous, current, objectWords(document, previous, current));
	}
	if (isContainer(document, previous) || isContainer(document, current)) {
		return sides(
			document,
			previous,
			current,
			`${kindWord(document, previous)} before, ${kindWord(document, current)} now`,
		);
	}
	return textsContent(document, previous, current);
}

function objectWords(document: JsonDocument, previous: number, current: number): string {
	const size = document.next[previous]! - previous + (document.next[current]! - current);
	if (size > mostCounted) return 'large objects, their members not counted';
	return memberCountsText(countMembers(document, previous, current)) ?? 'the same on both sides';
}

/** Two long texts; null for short ones, and where one is empty. */
function textsContent(document: JsonDocument, previous: number, current: number): ChangeContent | null {
	const before = stringValue(document, previous);
	const now = stringValue(document, current);
	if (!before || !now) return null;
	const longest = Math.max(before.length, now.length);
	if (longest > longestInRow) {
		const words = `a text of ${before.length} characters before, ${now.length} now`;
		// As they read, not as JSON writes them: line by line.
		return { form: 'object', words, previous: encoder.encode(before), current: encoder.encode(now) };
	}
	return longest > longText || /[\r\n]/.test(before + now) ? { form: 'texts', previous: before, current: now } : null;
}

const encoder = new TextEncoder();

function sides(document: JsonDocument, previous: number, current: number, words: string): ChangeContent {
	const textOf = (node: number) => document.bytes.subarray(document.start[node], document.end[node]);
	return { form: 'object', words, previous: textOf(previous), current: textOf(current) };
}

function isContainer(document: JsonDocument, node: number): boolean {
	return document.kind[node]! <= JsonKind.array;
}

function kindWord(document: JsonDocument, node: number): string {
	const kind = document.kind[node];
	if (isContainer(document, node)) {
		const isEmpty = document.childCount[node] === 0;
		return `an ${isEmpty ? 'empty ' : ''}${kind === JsonKind.object ? 'object' : 'array'}`;
	}
	if (kind === JsonKind.null) return 'nothing';
	return kind === JsonKind.string ? 'a text' : kind === JsonKind.number ? 'a number' : 'true or false';
}

/** Null where one side is no list of texts. */
function labelsContent(document: JsonDocument, previous: number, current: number): ChangeContent | null {
	const before = textsOf(document, previous);
	const now = textsOf(document, current);
	if (before === null || now === null) return null;
	const labels: ShownLabel[] = [];
	for (const name of now) if (before.has(name)) labels.push({ name, state: 'kept' });
	const kept = labels.length;
	for (const name of now) if (!before.has(name)) labels.push({ name, state: 'added' });
	for (const name of before) if (!now.has(name)) labels.push({ name, state: 'removed' });
	const words = labels.length === 0 ? 'no labels on either side' : labels.length === kept ? 'the same labels' : null;
	const shown = labels.slice(0, mostLabels).map(({ name, state }) => ({ name: oneLine(name, longestLabel), state }));
	return { form: 'labels', labels: shown, more: labels.length - shown.length, words };
}

/** The texts of a list, each once; null counts as an empty list, anything else gives null. */
function textsOf(document: JsonDocument, node: number): Set<string> | null {
	if (node === -1) return null;
	if (isNull(document, node)) return new Set();
	if (document.kind[node] !== JsonKind.array) return null;
	const texts = new Set<string>();
	for (const item of children(document, node)) {
		const text = stringValue(document, item);
		if (text === null) return null;
		texts.add(text);
	}
	return texts;
}

/** Whether the label cache says what the list of labels says, before and now (ground truth 5.2, rule 40). */
function repeatsLabels({ document, changes }: ValueContext, cache: AttributeChange): boolean {
	const labels = changes.find(({ attribute }) => attribute === 'label_list');
	if (!labels) return false;
	return isJoined(document, cache.previous, labels.previous) && isJoined(document, cache.current, labels.current);
}

function isJoined(document: JsonDocument, cache: number, labels: number): boolean {
	const texts = textsOf(document, labels);
	const joined = isNull(document, cache) ? '' : stringValue(document, cache);
	if (texts === null || joined === null) return false;
	const split = joined === '' ? [] : joined.split(',').map((label) => label.trim());
	return split.length === texts.size && split.every((label) => texts.has(label));
}
