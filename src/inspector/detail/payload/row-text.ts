import { keyText, stringPreview, valueText } from '../../../json/document';
import { JsonKind, type JsonDocument } from '../../../json/scan';
import { isSecret } from './secrets';

/** A string in a row shows so many characters at most. */
const longestText = 200;
const longestPreview = 80;
const mostPreviewMembers = 4;
/** What stands for a masked value; it does not tell how long that is. */
export const maskDots = '••••••••••••';

const firstSecond = Date.UTC(2001, 0) / 1000;
const lastSecond = Date.UTC(2101, 0) / 1000;

/** A scalar as a row shows it, or how much a container holds. */
export interface RowText {
	text: string;
	/** How it is coloured. */
	look: 'string' | 'number' | 'literal' | 'null' | 'container' | 'masked';
	/** A string of which only the beginning is shown. */
	isCut: boolean;
}

/**
 * What a row shows of a value: the exact text of a number, a string in quotes with invisible characters written as
 * escapes, of a closed container its members when they are few and short. A masked value shows dots.
 */
export function rowText(document: JsonDocument, node: number, isExpanded: boolean, isMasked: boolean): RowText {
	const look = lookOf(document.kind[node]!);
	if (isMasked) return { text: maskDots, look: 'masked', isCut: false };
	if (look === 'container') return { text: containerText(document, node, isExpanded), look, isCut: false };
	if (look !== 'string') {
		const { text, isCut } = stringPreview(document, node, longestText);
		return { text: isCut ? `${text}…` : text, look, isCut };
	}
	const { text, isCut } = stringPreview(document, node, longestText);
	return { text: quoted(text, isCut), look, isCut };
}

function lookOf(kind: number): RowText['look'] {
	if (kind <= JsonKind.array) return 'container';
	if (kind === JsonKind.string) return 'string';
	if (kind === JsonKind.number) return 'number';
	return kind === JsonKind.null ? 'null' : 'literal';
}

/** JSON escapes, and those for characters that are invisible or change the direction of the text around them. */
function quoted(text: string, isCut: boolean): string {
	const escaped = JSON.stringify(text).replace(
		/[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return isCut ? `${escaped.slice(0, -1)}…"` : escaped;
}

function containerText(document: JsonDocument, node: number, isExpanded: boolean): string {
	const isObject = document.kind[node] === JsonKind.object;
	const count = document.childCount[node]!;
	if (count === 0) return isObject ? '{ }' : '[ ]';
	const preview = isExpanded ? null : closedPreview(document, node);
	if (preview !== null) return preview;
	if (isObject) return `{ ${formatted(count)} ${count === 1 ? 'member' : 'members'} }`;
	return `[ ${formatted(count)} ${count === 1 ? 'item' : 'items'} ]`;
}

function formatted(count: number): string {
	return count.toLocaleString('en');
}

/** A few short scalars on one line; null when there is more. Secrets stay masked. */
function closedPreview(document: JsonDocument, node: number): string | null {
	const count = document.childCount[node]!;
	if (count > mostPreviewMembers || document.next[node]! !== node + 1 + count) return null;
	const parts: string[] = [];
	let length = 0;
	for (let child = node + 1; child <= node + count; child++) {
		const name = keyText(document, child);
		const { text, isCut } = rowText(document, child, false, isSecret(document, child));
		if (isCut) return null;
		const part = name === null ? text : `${name}: ${text}`;
		length += part.length + 2;
		if (length > longestPreview) return null;
		parts.push(part);
	}
	const inside = parts.join(', ');
	return document.kind[node] === JsonKind.object ? `{ ${inside} }` : `[ ${inside} ]`;
}

/**
 * The moment that a number means, in Unix milliseconds: seconds between 2001 and 2100, with or without a fraction, in
 * a member whose name says that it is a time (`…_at`, `…_since`, `…_until`, `timestamp`). Else null.
 */
export function timeOf(document: JsonDocument, node: number): number | null {
	if (document.kind[node] !== JsonKind.number || document.keyEnd[node] === 0) return null;
	const size = document.end[node]! - document.start[node]!;
	if (size < 9 || size > 20) return null;
	const text = valueText(document, node);
	if (!/^\d+(\.\d+)?$/.test(text)) return null;
	if (!/(_at|_since|_until|timestamp)$/.test(keyText(document, node)!)) return null;
	const seconds = Number(text);
	return seconds >= firstSecond && seconds < lastSecond ? Math.round(seconds * 1000) : null;
}

/** The accessible name of a row: its place, and its value in words. */
export function rowName(document: JsonDocument, node: number, isExpanded: boolean, isMasked: boolean): string {
	const { text, look } = rowText(document, node, isExpanded, isMasked);
	const name = keyText(document, node) ?? (node === 0 ? 'payload' : `${document.position[node]!}`);
	return `${name}: ${look === 'masked' ? 'masked' : text}`;
}

/** A text cut where a query stands in it, case ignored; one piece without a match when it does not. */
export function markedParts(text: string, query: string): { text: string; isMatch: boolean }[] {
	const lowerText = text.toLowerCase();
	const wanted = query.toLowerCase();
	// Letters whose lower case is longer would shift what is marked.
	if (wanted === '' || lowerText.length !== text.length) return [{ text, isMatch: false }];
	const parts: { text: string; isMatch: boolean }[] = [];
	let from = 0;
	for (let at = lowerText.indexOf(wanted); at !== -1; at = lowerText.indexOf(wanted, from)) {
		if (at > from) parts.push({ text: text.slice(from, at), isMatch: false });
		from = at + wanted.length;
		parts.push({ text: text.slice(at, from), isMatch: true });
	}
	if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from), isMatch: false });
	return parts;
}
