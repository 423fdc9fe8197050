import { JsonKind, type JsonDocument } from './scan';
import { decodeString } from './string-text';
import { decodeUtf8 } from './utf8';
import type { JsonValue } from './value';

const backslash = 0x5c;

/** The decoded name of a member; null for the root and for items of an array. */
export function keyText(document: JsonDocument, node: number): string | null {
	const from = document.keyStart[node]!;
	const to = document.keyEnd[node]!;
	return to === 0 ? null : decodeString(document.bytes, from + 1, to - 1);
}

/** The exact source text of a value, blanks inside it included. */
export function valueText(document: JsonDocument, node: number): string {
	return decodeUtf8(document.bytes, document.start[node]!, document.end[node]!);
}

/** The decoded text of a string, lone surrogates kept; null for any other kind and for node -1. */
export function stringValue(document: JsonDocument, node: number): string | null {
	if (document.kind[node] !== JsonKind.string) return null;
	return decodeString(document.bytes, document.start[node]! + 1, document.end[node]! - 1);
}

/**
 * The beginning of a string, at most `maxCharacters` UTF-16 units and never half a surrogate pair. Costs no more than
 * what it shows, however long the string is. Any other kind gives its source text, cut the same way.
 */
export function stringPreview(
	document: JsonDocument,
	node: number,
	maxCharacters: number,
): { text: string; isCut: boolean } {
	const isString = document.kind[node] === JsonKind.string;
	const from = document.start[node]! + (isString ? 1 : 0);
	const to = document.end[node]! - (isString ? 1 : 0);
	const text = isString
		? decodeString(document.bytes, from, to, maxCharacters + 1)
		: decodeUtf8(document.bytes, from, Math.min(to, from + (maxCharacters + 1) * 3));
	if (text.length <= maxCharacters) return { text, isCut: false };
	const splitsPair =
		/[\ud800-\udbff]/.test(text[maxCharacters - 1] ?? '') && /[\udc00-\udfff]/.test(text[maxCharacters]!);
	return { text: text.slice(0, splitsPair ? maxCharacters - 1 : maxCharacters), isCut: true };
}

/**
 * A number written as a plain integer that JavaScript holds exactly; else null: a fraction, an exponent (`1.0`, `1e3`),
 * beyond ±(2^53 - 1), any other kind, node -1. `-0` is 0.
 */
export function integerValue(document: JsonDocument, node: number): number | null {
	if (document.kind[node] !== JsonKind.number) return null;
	const { bytes } = document;
	const from = document.start[node]!;
	const to = document.end[node]!;
	if (to - from > 17) return null;
	const isNegative = bytes[from] === 0x2d;
	let value = 0;
	for (let at = isNegative ? from + 1 : from; at < to; at++) {
		const digit = bytes[at]! - 0x30;
		if (digit < 0 || digit > 9) return null;
		value = value * 10 + digit;
	}
	if (value > Number.MAX_SAFE_INTEGER) return null;
	return isNegative && value !== 0 ? -value : value;
}

/** true or false; null for any other kind and for node -1. */
export function booleanValue(document: JsonDocument, node: number): boolean | null {
	const kind = document.kind[node];
	return kind === JsonKind.true ? true : kind === JsonKind.false ? false : null;
}

/**
 * The member of an object with this name, -1 when there is none or the node is no object. Where a name stands twice
 * the last one counts, as for JSON.parse.
 */
export function member(document: JsonDocument, node: number, name: string): number {
	if (document.kind[node] !== JsonKind.object) return -1;
	const { next } = document;
	const end = next[node]!;
	const isFirstLast = document.duplicates.length === 0;
	let found = -1;
	for (let child = node + 1; child < end; child = next[child]!) {
		if (!hasName(document, child, name)) continue;
		if (isFirstLast) return child;
		found = child;
	}
	return found;
}

/** Whether a member has this name. */
export function hasName(document: JsonDocument, node: number, name: string): boolean {
	return isText(document.bytes, document.keyStart[node]! + 1, document.keyEnd[node]! - 1, name);
}

/** Whether a value is this text; no other kind of value is. */
export function hasText(document: JsonDocument, node: number, text: string): boolean {
	if (document.kind[node] !== JsonKind.string) return false;
	return isText(document.bytes, document.start[node]! + 1, document.end[node]! - 1, text);
}

/** Compares bytes with letters as long as both are plain ASCII, and decodes only where that can't tell. */
function isText(bytes: Uint8Array, from: number, to: number, text: string): boolean {
	const length = to - from;
	const textLength = text.length;
	if (length < textLength) return false;
	for (let index = 0; index < textLength; index++) {
		const byte = bytes[from + index]!;
		if (byte === backslash || byte > 0x7f) return decodeString(bytes, from, to) === text;
		if (byte !== text.charCodeAt(index)) return false;
	}
	return length === textLength;
}

/** Follows names of members and indexes of items from the root; -1 as soon as one is not there. */
export function find(document: JsonDocument, ...path: (string | number)[]): number {
	let node = 0;
	for (const step of path) {
		node = typeof step === 'string' ? member(document, node, step) : item(document, node, step);
		if (node === -1) return -1;
	}
	return node;
}

/** The item of an array at an index from 0; -1 when there is none or the node is no array. */
export function item(document: JsonDocument, node: number, index: number): number {
	if (document.kind[node] !== JsonKind.array) return -1;
	const count = document.childCount[node]!;
	if (!Number.isInteger(index) || index < 0 || index >= count) return -1;
	// Scalars alone: every item is one node, so that the millionth needs no walk.
	if (document.next[node]! === node + 1 + count) return node + 1 + index;
	let child = node + 1;
	for (let passed = 0; passed < index; passed++) child = document.next[child]!;
	return child;
}

/** How many containers stand around each other at most: 0 for a scalar, 1 for `[]`, 2 for `[{}]`. */
export function nestingLevels(document: JsonDocument): number {
	const { maxDepth, nodeCount } = document;
	// The deepest node may be a container itself; only then is there one level more.
	for (let node = 0; node < nodeCount; node++) {
		if (document.depth[node] === maxDepth && document.kind[node]! <= JsonKind.array) return maxDepth + 1;
	}
	return maxDepth;
}

/** The members or items of a container in document order; none for a scalar. */
export function* children(document: JsonDocument, node: number): Generator<number, void, undefined> {
	const end = document.next[node]!;
	for (let child = node + 1; child < end; child = document.next[child]!) yield child;
}

/**
 * Compact JSON text by which values can be compared: members sorted by name (UTF-16 order), of a repeated name the
 * last one, strings written in one way, numbers by their source text (`1.0` and `1` differ). Works at any depth.
 */
export function canonicalText(document: JsonDocument, node: number): string {
	const pieces: string[] = [];
	/** What is still to be written, last first: text as it is, or a node. */
	const pending: (string | number)[] = [node];
	while (pending.length > 0) {
		const next = pending.pop()!;
		if (typeof next === 'string') pieces.push(next);
		else pushCanonical(document, next, pieces, pending);
	}
	return pieces.join('');
}

function pushCanonical(document: JsonDocument, node: number, pieces: string[], pending: (string | number)[]): void {
	const kind = document.kind[node];
	if (kind === JsonKind.string) {
		pieces.push(JSON.stringify(stringValue(document, node)));
	} else if (kind === JsonKind.array) {
		pieces.push('[');
		pending.push(']');
		const items = [...children(document, node)];
		for (let index = items.length - 1; index >= 0; index--) {
			pending.push(items[index]!);
			if (index > 0) pending.push(',');
		}
	} else if (kind === JsonKind.object) {
		pieces.push('{');
		pending.push('}');
		const members = new Map<string, number>();
		for (const child of children(document, node)) members.set(keyText(document, child)!, child);
		const names = [...members.keys()].sort();
		for (let index = names.length - 1; index >= 0; index--) {
			const name = names[index]!;
			pending.push(members.get(name)!, `${index > 0 ? ',' : ''}${JSON.stringify(name)}:`);
		}
	} else {
		pieces.push(valueText(document, node));
	}
}

/**
 * The plain JavaScript value, as JSON.parse makes it: the last of repeated names counts, `__proto__` is an ordinary
 * member, numbers lose what a double can't hold. Works at any depth.
 */
export function toValue(document: JsonDocument, node: number): JsonValue {
	const end = document.next[node]!;
	const base = document.depth[node]!;
	const root = ownValue(document, node);
	/** The containers around the node that is read, by depth. */
	const open: JsonValue[] = [root];
	for (let child = node + 1; child < end; child++) {
		const value = ownValue(document, child);
		const level = document.depth[child]! - base;
		const holder = open[level - 1]!;
		if (Array.isArray(holder)) holder.push(value);
		else setMember(holder as { [name: string]: JsonValue }, keyText(document, child)!, value);
		open[level] = value;
	}
	return root;
}

/** A scalar's value, or an empty container. */
function ownValue(document: JsonDocument, node: number): JsonValue {
	switch (document.kind[node]) {
		case JsonKind.object:
			return {};
		case JsonKind.array:
			return [];
		case JsonKind.string:
			return stringValue(document, node)!;
		case JsonKind.number:
			return Number(valueText(document, node));
		case JsonKind.true:
			return true;
		case JsonKind.false:
			return false;
		default:
			return null;
	}
}

function setMember(holder: { [name: string]: JsonValue }, name: string, value: JsonValue): void {
	if (name === '__proto__') {
		// Assigning would change the object's prototype.
		Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
	} else {
		holder[name] = value;
	}
}
