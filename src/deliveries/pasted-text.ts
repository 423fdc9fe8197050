import { children, keyText, stringValue, valueText } from '../json/document';
import { JsonKind, scanJson, type JsonDocument } from '../json/scan';
import { isCurl, readCurl } from './curl-command';
import { MappedTextBuilder, sliceOf, type MappedText } from './mapped-text';

/** What a payload was found in. */
export type PastedKind = 'payload' | 'file' | 'request' | 'curl' | 'recording';

/** One payload in a pasted text. */
export interface PastedPart {
	kind: PastedKind;
	/** The payload's text, and where each part of it stands in what was pasted. */
	body: MappedText;
	headers: [name: string, value: string][];
	/** Unix ms; null when nothing says when it arrived. */
	receivedAt: number | null;
	/** From..to in what was pasted, with what it is wrapped in, in UTF-16 units. */
	from: number;
	to: number;
}

/** So many payloads are read from one text. */
export const mostParts = 1000;

const encoder = new TextEncoder();

/**
 * Finds the payloads in a pasted text: one, several (an array, a line each, or one after another), objects with
 * `headers` and `body` (our payload files and what other catchers export), raw HTTP requests, curl commands, or a
 * recording of this program. A text that is none of them is one payload, whatever it is: it may be JSON with faults.
 * At most 1,000 parts; `isCut` tells when there were more. Never throws.
 */
export function readPastedText(text: string): { parts: PastedPart[]; isCut: boolean } {
	if (text.trim() === '') return { parts: [], isCut: false };
	const parts = isCurl(text) ? curlParts(text) : isRequest(text) ? requestParts(text) : jsonParts(text);
	return { parts: parts.slice(0, mostParts), isCut: parts.length > mostParts };
}

function curlParts(text: string): PastedPart[] {
	return readCurl(text, mostParts + 1).map(({ headers, data, from, to }) => {
		const body = data ?? { text: '', pieces: [{ at: 0, from, length: 0 }] };
		return { kind: 'curl', body, headers, receivedAt: null, from, to };
	});
}

const requestLine = /^(?:[A-Z]{3,10}) \S+(?: HTTP\/\d(?:\.\d)?)?[ \t]*(?:\r\n|\n|\r)/;
const headerLine = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*(?:\r\n|\n|\r|$)/;
const lineEnd = /^(?:\r\n|\n|\r)/;

/** A request line, or headers, an empty line and a body that looks like JSON. */
function isRequest(text: string): boolean {
	const start = text.trimStart().slice(0, 100_000);
	if (requestLine.test(start)) return true;
	const [head, body] = start.split(/\r\n\r\n|\n\n|\r\r/, 2);
	return (
		body !== undefined && /^\s*[{[]/.test(body) && head!.split(/\r\n|\n|\r/).every((line) => headerLine.test(line))
	);
}

function requestParts(text: string): PastedPart[] {
	const parts: PastedPart[] = [];
	let from = text.length - text.trimStart().length;
	while (from < text.length && parts.length <= mostParts) {
		let at = from + (requestLine.exec(text.slice(from, from + 100_000))?.[0].length ?? 0);
		const headers: [string, string][] = [];
		for (;;) {
			const [line, name, value] = headerLine.exec(text.slice(at, at + 100_000)) ?? [];
			if (line === undefined || line === '' || name === undefined) break;
			headers.push([name, value ?? '']);
			at += line.length;
		}
		at += lineEnd.exec(text.slice(at, at + 2))?.[0].length ?? 0;
		const to = nextRequest(text, at);
		const end = at + text.slice(at, to).trimEnd().length;
		parts.push({ kind: 'request', body: sliceOf(text, at, end), headers, receivedAt: null, from, to });
		from = to;
	}
	return parts;
}

/** Where the next request begins after a body: a line that JSON can't hold outside of a string, nor inside. */
function nextRequest(text: string, from: number): number {
	const next = /^[A-Z]{3,10} \S+ HTTP\/\d/gm;
	next.lastIndex = from;
	return next.exec(text)?.index ?? text.length;
}

function jsonParts(text: string): PastedPart[] {
	const scanned = scanJson(encoder.encode(text));
	if (scanned.ok) return valueParts(text, 0, scanned.document);
	const pieces = sequence(text);
	if (pieces === null) return [payload(sliceOf(text, 0, text.length), 0, text.length)];
	const parts: PastedPart[] = [];
	for (const { from, to } of pieces) {
		if (parts.length > mostParts) break;
		const piece = scanJson(encoder.encode(text.slice(from, to)));
		if (piece.ok) parts.push(...valueParts(text.slice(from, to), from, piece.document));
		else parts.push(payload(sliceOf(text, from, to), from, to));
	}
	return parts;
}

/** The parts of one JSON value, whose text begins at `offset` of what was pasted. */
function valueParts(text: string, offset: number, document: JsonDocument): PastedPart[] {
	const isList = document.kind[0] === JsonKind.array && document.childCount[0]! > 0;
	const items = isList ? [...firstChildren(document, mostParts + 1)] : [];
	const nodes = isList && items.every((node) => document.kind[node] === JsonKind.object) ? items : [0];
	const units = new UnitCounter(document.bytes);
	return nodes.map((node) => partOf(text, offset, document, node, units));
}

function* firstChildren(document: JsonDocument, most: number): Generator<number> {
	let count = 0;
	for (const child of children(document, 0)) {
		if (count++ >= most) return;
		yield child;
	}
}

/** A payload, or what an object with `headers` and `body`, or with `bodyBase64`, carries. */
function partOf(text: string, offset: number, document: JsonDocument, node: number, units: UnitCounter): PastedPart {
	const from = offset + units.at(document.start[node]!);
	const carried = carriedBody(document, node, offset, units);
	const to = offset + units.at(document.end[node]!);
	if (carried === null)
		return payload({ text: text.slice(from - offset, to - offset), pieces: whole(from, to) }, from, to);
	return { ...carried, from, to };
}

function carriedBody(
	document: JsonDocument,
	node: number,
	offset: number,
	units: UnitCounter,
): Omit<PastedPart, 'from' | 'to'> | null {
	const members = new Map<string, number>();
	if (document.kind[node] !== JsonKind.object) return null;
	for (const child of children(document, node)) members.set(keyText(document, child)!, child);
	const headersNode = members.get('headers');
	const body = members.get('body');
	const base64 = members.get('bodyBase64');
	if (headersNode === undefined || members.has('event')) return null;
	const headers = headersOf(document, headersNode);
	if (headers === null) return null;

	if (base64 !== undefined && document.kind[base64] === JsonKind.string) {
		const at = offset + units.at(document.start[base64]! + 1);
		const text = decodedBase64(stringValue(document, base64)!);
		if (text === null) return null;
		const received = members.get('receivedAt');
		const time = received === undefined ? NaN : Number(valueText(document, received));
		const receivedAt = Number.isFinite(time) ? time : null;
		return { kind: 'recording', body: { text, pieces: [{ at: 0, from: at, length: 0 }] }, headers, receivedAt };
	}
	if (body === undefined) return null;
	const isText = document.kind[body] === JsonKind.string;
	if (!isText && document.kind[body] !== JsonKind.object && document.kind[body] !== JsonKind.array) return null;
	const start = offset + units.at(document.start[body]!);
	const source = valueText(document, body);
	const mapped = isText ? unescaped(source, start) : { text: source, pieces: whole(start, start + source.length) };
	return { kind: 'file', body: mapped, headers, receivedAt: null };
}

/** Headers as an object of texts, or as an array of pairs; null when they are neither. */
function headersOf(document: JsonDocument, node: number): [string, string][] | null {
	const headers: [string, string][] = [];
	if (document.kind[node] !== JsonKind.object && document.kind[node] !== JsonKind.array) return null;
	for (const child of children(document, node)) {
		const own = [...children(document, child)];
		if (document.kind[node] === JsonKind.object) {
			// Some programs list the values of a repeated header.
			for (const value of own.length > 0 ? own : [child]) {
				headers.push([keyText(document, child)!, stringValue(document, value) ?? valueText(document, value)]);
			}
		} else {
			const [name, value] = own.map((part) => stringValue(document, part));
			if (own.length !== 2 || typeof name !== 'string' || typeof value !== 'string') return null;
			headers.push([name, value]);
		}
	}
	return headers;
}

/** A JSON string's text, from its source with the quotes, which begins at `start` of what was pasted. */
function unescaped(source: string, start: number): MappedText {
	const builder = new MappedTextBuilder();
	const piece = /\\u[\da-fA-F]{4}|\\.|[^\\]+/gs;
	const content = source.slice(1, -1);
	for (const { 0: found, index } of content.matchAll(piece)) {
		builder.add(found.startsWith('\\') ? (JSON.parse(`"${found}"`) as string) : found, start + 1 + index);
	}
	return builder.isEmpty ? { text: '', pieces: whole(start, start) } : builder.build();
}

/** Null when it is no Base64. Bytes that are no UTF-8 become U+FFFD. */
function decodedBase64(text: string): string | null {
	try {
		const binary = atob(text);
		return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
			Uint8Array.from(binary, (letter) => letter.charCodeAt(0)),
		);
	} catch {
		return null;
	}
}

/**
 * The values of a text with several, or null when it is not one of them: a value a line, whatever faults the lines
 * have, or one after another, of which the first is faultless.
 */
function sequence(text: string): { from: number; to: number }[] | null {
	const lines = [...lineValues(text)];
	const contents = lines.map(({ from, to }) => text.slice(from, to));
	if (!isOnePerLine(contents)) return valuesInRow(text);
	// Where a line is no whole object it may be that the values have more lines than one.
	return contents.every(isWholeObject) ? lines : (valuesInRow(text) ?? lines);
}

/**
 * Whether lines without blank ones are a record each: an object on every line, two at least. A log may have lines
 * that are none, or end in the middle of its last one: then the first line, faultless by itself, tells it from JSON
 * that is spread over lines.
 */
export function isOnePerLine(lines: Iterable<string>): boolean {
	let first: string | null = null;
	let whole = 0;
	let others = 0;
	let begun = 0;
	for (const line of lines) {
		first ??= line;
		if (isWholeObject(line)) {
			whole++;
			continue;
		}
		if (others++ === 0 && (line === first || !isFaultlessObject(first))) return false;
		if (line.startsWith('{')) begun++;
	}
	return whole > 1 || (others === 1 && begun === 1);
}

function isWholeObject(line: string): boolean {
	return line.startsWith('{') && line.endsWith('}');
}

function isFaultlessObject(text: string): boolean {
	return isWholeObject(text) && scanJson(encoder.encode(text)).ok;
}

/** The lines that are not blank, without the blanks around them. */
function* lineValues(text: string): Generator<{ from: number; to: number }, void, undefined> {
	for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
		const content = line.trim();
		const from = index + line.indexOf(content);
		if (content !== '') yield { from, to: from + content.length };
	}
}

/** Values one after another, on however many lines, two at least; null for any other text. */
function valuesInRow(text: string): { from: number; to: number }[] | null {
	const values: { from: number; to: number }[] = [];
	let at = 0;
	for (;;) {
		while (at < text.length && /[\s,]/.test(text[at]!)) at++;
		if (at === text.length) return values.length > 1 ? values : null;
		const to = valueEnd(text, at);
		if (to === -1) return null;
		if (values.length === 0 && !scanJson(encoder.encode(text.slice(at, to))).ok) return null;
		values.push({ from: at, to });
		at = to;
	}
}

/** Where the object or array that begins at a place ends, by its brackets; -1 when it does not end, or none begins. */
function valueEnd(text: string, from: number): number {
	if (text[from] !== '{' && text[from] !== '[') return -1;
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		const letter = text[at]!;
		if (letter === '"') {
			at++;
			while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
		} else if (letter === '{' || letter === '[') {
			depth++;
		} else if ((letter === '}' || letter === ']') && --depth === 0) {
			return at + 1;
		}
	}
	return -1;
}

function payload(body: MappedText, from: number, to: number): PastedPart {
	return { kind: 'payload', body, headers: [], receivedAt: null, from, to };
}

function whole(from: number, to: number): MappedText['pieces'] {
	return [{ at: 0, from, length: to - from }];
}

/** Turns byte offsets into UTF-16 units; asked in ascending order it walks the bytes once. */
class UnitCounter {
	readonly #bytes: Uint8Array;
	#offset = 0;
	#units = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	at(offset: number): number {
		if (offset < this.#offset) {
			this.#offset = 0;
			this.#units = 0;
		}
		for (; this.#offset < offset; this.#offset++) {
			const byte = this.#bytes[this.#offset]!;
			if ((byte & 0xc0) !== 0x80) this.#units += byte >= 0xf0 ? 2 : 1;
		}
		return this.#units;
	}
}
