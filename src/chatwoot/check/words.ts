import { children, keyText, stringPreview, valueText } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import type { AllowedValue, Contract, Format, JsonType, Member, Value } from '../contract/contract';
import { shapeNamed } from '../contract/lookup';

const formatWords: Partial<Record<Format, string>> = {
	id: 'positive integer',
	count: 'integer, 0 or more',
	'unix-seconds': 'Unix time in seconds',
	'unix-decimal': 'Unix time in seconds, with decimals',
	'iso-milliseconds': 'ISO 8601 time in UTC with 3 decimals',
	'iso-datetime': 'ISO 8601 time',
	'browser-date': 'date as a browser prints it',
};

const typeWords: Partial<Record<JsonType, string>> = {
	string: 'text',
	integer: 'integer',
	number: 'number',
	boolean: 'boolean',
	array: 'array',
	object: 'object',
};

const cache = new WeakMap<Value, string>();

/** What a contract says of a place, in words: `positive integer or null`, `contact, user or agent bot`. */
export function valueWords(value: Value, contract: Contract): string {
	const known = cache.get(value);
	if (known !== undefined) return known;
	const words = value.words ?? madeWords(value, contract, mostValuesNamed);
	cache.set(value, words);
	return words;
}

/** The same with every value of a long list, for whoever wrote another one. */
export function everyValueWords(value: Value, contract: Contract): string {
	return value.words ?? madeWords(value, contract, Infinity);
}

function madeWords(value: Value, contract: Contract, mostValues: number): string {
	const parts: string[] = [];
	if (value.values) {
		parts.push(...allowedWords(value.values, mostValues));
	} else if (value.format) {
		parts.push(formatWords[value.format] ?? value.format);
		if (value.format === 'iso-milliseconds' && value.types.includes('integer')) parts.push('Unix seconds');
		if (value.format === 'browser-date') parts.push('ISO 8601 time');
	} else {
		for (const type of value.types) {
			if (type === 'null') continue;
			if (type === 'object' && value.objects?.length) parts.push(...objectWords(value, contract));
			else if (type === 'array' && value.items) parts.push(`array of ${itemWords(value.items, contract)}`);
			else parts.push(typeWords[type] ?? type);
		}
	}
	if (value.types.includes('null') && value.nullUntil === undefined) parts.push('null');
	return listed([...new Set(parts)], 'or');
}

const mostValuesNamed = 6;

/** The values that present releases send; of a long list the first ones and how many more. */
function allowedWords(values: readonly AllowedValue[], most: number): string[] {
	const names = values
		.filter(({ foreign, until }) => foreign === undefined && until === undefined)
		.map(({ value, means }) => (means === undefined ? String(value) : `${value} (${means})`));
	if (names.length <= most) return names;
	const shown = names.slice(0, 3);
	return [...shown, `one of ${names.length - shown.length} others`];
}

function objectWords(value: Value, contract: Contract): string[] {
	const shapes = value.objects!.map(({ object }) => shapeNamed(contract, object));
	if (shapes.length > 1) return shapes.map(({ title }) => title);
	return shapes[0]!.isOpen ? ['object'] : [`${shapes[0]!.title} object`];
}

function itemWords(value: Value, contract: Contract): string {
	return valueWords(value, contract).replace(/ object( or null)?$/, ' objects$1');
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(parts: readonly string[], joint: 'and' | 'or'): string {
	if (parts.length < 2) return parts.join('');
	return `${parts.slice(0, -1).join(', ')} ${joint} ${parts.at(-1)!}`;
}

const longestFound = 60;

/** A value as a person should read it: JSON text, cut; containers by what they hold; secrets never. */
export function foundWords(document: JsonDocument, node: number, member: Member | null): string {
	const kind = document.kind[node];
	const childCount = document.childCount[node]!;
	if (kind === JsonKind.object) {
		if (childCount === 0) return 'an empty object';
		return `an object with ${namesOf(document, node)}`;
	}
	if (kind === JsonKind.array && childCount === 0) return 'an empty array';
	if (kind === JsonKind.array) return childCount === 1 ? 'an array of 1 item' : `an array of ${childCount} items`;
	if (kind === JsonKind.string && member?.mask === 'secret') return 'a text (secret, not shown)';
	// Without escapes short values are JSON text as they stand.
	const source = document.end[node]! - document.start[node]! <= longestFound ? valueText(document, node) : null;
	if (source !== null && !source.includes('\\')) return source;
	if (kind !== JsonKind.string) {
		const { text, isCut } = stringPreview(document, node, longestFound);
		return isCut ? `${text}…` : text;
	}
	const { text, isCut } = stringPreview(document, node, longestFound);
	return isCut ? `${JSON.stringify(text).slice(0, -1)}…"` : JSON.stringify(text);
}

const namesShown = 4;

function namesOf(document: JsonDocument, node: number): string {
	const names: string[] = [];
	for (const child of children(document, node)) {
		if (names.length === namesShown) break;
		names.push(shortName(keyText(document, child)!));
	}
	const rest = document.childCount[node]! - names.length;
	return rest > 0 ? `${names.join(', ')} and ${rest} more` : listed(names, 'and');
}

/** A member's name, cut where it is absurdly long. */
export function shortName(name: string): string {
	return name.length > longestFound ? `${name.slice(0, longestFound)}…` : name;
}

/** A pointer as people write it: `conversation.messages[0].status`; `the body` for the root. */
export function placeWords(pointer: string): string {
	if (pointer === '') return 'the body';
	const known = places.get(pointer);
	if (known !== undefined) return known;
	let words = '';
	for (const token of pointer.slice(1).split('/')) {
		const name = shortName(token.replaceAll('~1', '/').replaceAll('~0', '~'));
		words += /^\d+$/.test(name) ? `[${name}]` : words === '' ? name : `.${name}`;
	}
	// The same few hundred places come again and again; strangers can't fill the memory with others.
	if (places.size < mostPlaces && words.length < 200) places.set(pointer, words);
	return words;
}

const places = new Map<string, string>();
const mostPlaces = 2000;

/** `a user`, `an agent bot`. */
export function article(words: string): string {
	const name = words.replaceAll('_', ' ');
	return `${/^[aei]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** What is expected, as it stands in a sentence: `a positive integer or null`, `an ISO 8601 time`, `text`. */
export function withArticle(expected: string): string {
	if (/^(text|null|any|exactly|the|name|printed|digits|\d|YYYY)\b/.test(expected)) return expected;
	return `${/^[aeio]/i.test(expected) ? 'an' : 'a'} ${expected}`;
}

/** The known name that a misspelled one is close to; null when none is. At most two letters away, fewer in short names. */
export function closestName(name: string, known: Iterable<string>): string | null {
	if (name.length > 64) return null;
	let best: string | null = null;
	let bestDistance = name.length < 4 ? 1 : name.length < 8 ? 2 : 3;
	for (const candidate of known) {
		if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue;
		const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}

/** How many letters have to be added, dropped, replaced or swapped with their neighbour. */
function editDistance(left: string, right: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let row = 1; row <= left.length; row++) {
		const current = [row];
		for (let column = 1; column <= right.length; column++) {
			const isSame = left[row - 1] === right[column - 1];
			let distance = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
			const isSwap =
				row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
			if (isSwap) distance = Math.min(distance, beforeLast[column - 2]! + 1);
			current.push(distance);
		}
		beforeLast = last;
		last = current;
	}
	return last[right.length]!;
}
