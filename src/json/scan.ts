import { namesTwice } from './repeated-names';
import { byteOrderMarkLength, decodeUtf8, positionOf } from './utf8';

/** What a node is. */
export const JsonKind = { object: 0, array: 1, string: 2, number: 3, true: 4, false: 5, null: 6 } as const;

type Integers = Uint32Array<ArrayBuffer>;

/**
 * A JSON text as flat tables, one entry a value, in document order; the root is node 0. The tables lie in one buffer
 * (`kind.buffer`), so that a document of any size goes to another thread without a copy.
 */
export interface JsonDocument {
	/** The very bytes. A leading byte order mark is skipped, and counted by all offsets. */
	bytes: Uint8Array;
	nodeCount: number;
	/** One of `JsonKind`. */
	kind: Uint8Array<ArrayBuffer>;
	/** Byte offset of the value's text. */
	start: Integers;
	/** Byte offset after the value's text. */
	end: Integers;
	/** Byte offset of the member name's opening quote; 0 when the node is no member. */
	keyStart: Integers;
	/** Byte offset after the member name's closing quote; 0 when the node is no member. */
	keyEnd: Integers;
	/** The node that holds this one; -1 for the root. */
	parent: Int32Array<ArrayBuffer>;
	/** The first node after this node and all that it holds. */
	next: Integers;
	/** How many members or items it has; 0 for scalars. */
	childCount: Integers;
	/** Index among its siblings, from 0. */
	position: Integers;
	/** How many containers are around it: 0 for the root. */
	depth: Integers;
	maxDepth: number;
	/** Nodes whose member name already stood in the same object, ascending. Names are compared as decoded. */
	duplicates: Integers;
}

/** Why a text is no JSON. */
export interface JsonSyntaxError {
	/** In bytes. */
	offset: number;
	/** From 1. */
	line: number;
	/** From 1, in UTF-16 units. */
	column: number;
	/** A sentence: what was expected and what was found. */
	message: string;
}

export type ScanResult = { ok: true; document: JsonDocument } | { ok: false; error: JsonSyntaxError };

/** What may stand at the place that is read next. */
const Expect = { value: 0, valueOrClose: 1, nameOrClose: 2, name: 3, commaOrClose: 4 } as const;

/**
 * Reads UTF-8 JSON text strictly by RFC 8259 into flat tables, without recursion: any depth works. A text that is no
 * JSON gives the first fault; nothing is thrown. Strings are not checked for well-formed UTF-8: see `isUtf8`.
 */
export function scanJson(bytes: Uint8Array): ScanResult {
	const length = bytes.length;
	let tables = scratchFor(bytes);
	let { kind, start, end, keyStart, keyEnd, parent, next, childCount, position, depth, hasEscapedName } = tables;
	let capacity = tables.capacity;

	const duplicates: number[] = [];
	let count = 0;
	let container = -1;
	let level = 0;
	let maxDepth = 0;
	let nameStart = 0;
	let nameEnd = 0;
	let expect: number = Expect.value;
	let at = byteOrderMarkLength(bytes);

	for (;;) {
		let byte = 0;
		while (at < length) {
			byte = bytes[at]!;
			if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
			at++;
		}

		if (expect === Expect.commaOrClose) {
			if (container === -1) {
				if (at < length) return failure(bytes, at, 'Nothing may follow the value');
				return { ok: true, document: finish(bytes, tables, count, maxDepth, duplicates) };
			}
			if (at === length) return failure(bytes, at, closeExpected(kind[container]!));
			const isObject = kind[container] === JsonKind.object;
			if (byte === 0x2c) {
				at++;
				expect = isObject ? Expect.name : Expect.value;
				continue;
			}
			if (byte !== (isObject ? 0x7d : 0x5d)) return failure(bytes, at, closeExpected(kind[container]!));
		} else if (expect === Expect.nameOrClose || expect === Expect.name) {
			if (byte === 0x22 && at < length) {
				nameStart = at;
				at = stringEnd(bytes, at);
				if (at < 0) return stringFailure(bytes, nameStart);
				nameEnd = at;
				if (sawEscape) hasEscapedName[container] = 1;
				while (at < length) {
					byte = bytes[at]!;
					if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
					at++;
				}
				if (at === length || byte !== 0x3a) {
					return failure(bytes, at, 'A colon is expected after the member name');
				}
				at++;
				expect = Expect.value;
				continue;
			}
			if (byte !== 0x7d || at === length || expect === Expect.name) {
				return failure(bytes, at, nameExpected(expect === Expect.name));
			}
		} else if (expect === Expect.value || byte !== 0x5d || at === length) {
			if (at === length) return failure(bytes, at, valueExpected(bytes, at));
			if (count === capacity) {
				tables = resized(tables, capacity * 2, count);
				tables.hasEscapedName.set(hasEscapedName);
				({ kind, start, end, keyStart, keyEnd, parent, next, childCount, position, depth, hasEscapedName } = tables);
				capacity = tables.capacity;
			}
			const node = count++;
			start[node] = at;
			keyStart[node] = nameStart;
			keyEnd[node] = nameEnd;
			nameStart = 0;
			nameEnd = 0;
			parent[node] = container;
			depth[node] = level;
			childCount[node] = 0;
			position[node] = container === -1 ? 0 : childCount[container]!++;

			if (byte === 0x7b || byte === 0x5b) {
				kind[node] = byte === 0x7b ? JsonKind.object : JsonKind.array;
				hasEscapedName[node] = 0;
				expect = byte === 0x7b ? Expect.nameOrClose : Expect.valueOrClose;
				container = node;
				level++;
				at++;
				continue;
			}

			const from = at;
			if (byte === 0x22) {
				kind[node] = JsonKind.string;
				at = stringEnd(bytes, at);
				if (at < 0) return stringFailure(bytes, from);
			} else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
				kind[node] = JsonKind.number;
				at = numberEnd(bytes, at);
				if (at < 0) return numberFailure(bytes, from);
			} else {
				kind[node] = byte === 0x74 ? JsonKind.true : byte === 0x66 ? JsonKind.false : JsonKind.null;
				at = wordEnd(bytes, at);
				if (at < 0) return failure(bytes, from, valueExpected(bytes, from));
			}
			end[node] = at;
			next[node] = count;
			if (level > maxDepth) maxDepth = level;
			expect = Expect.commaOrClose;
			continue;
		}

		// Here stands the bracket that closes the container.
		at++;
		end[container] = at;
		next[container] = count;
		level--;
		if (level > maxDepth) maxDepth = level;
		if (kind[container] === JsonKind.object && childCount[container]! > 1) {
			namesTwice(bytes, tables, container, hasEscapedName[container] === 1, duplicates);
		}
		container = parent[container]!;
		expect = Expect.commaOrClose;
	}
}

/** Set by `stringEnd`: whether the string that it read last has a backslash. A second result without an allocation. */
let sawEscape = false;

/** Byte offset after the closing quote of the string that begins at `from`; -1 when the string is faulty. */
function stringEnd(bytes: Uint8Array, from: number): number {
	const length = bytes.length;
	sawEscape = false;
	let at = from + 1;
	while (at < length) {
		const byte = bytes[at]!;
		if (byte === 0x22) return at + 1;
		if (byte < 0x20) return -1;
		if (byte === 0x5c) {
			sawEscape = true;
			const size = escapeSize(bytes, at);
			if (size === 0) return -1;
			at += size;
		} else {
			at++;
		}
	}
	return -1;
}

/** How many bytes the escape takes that begins with the backslash at `at`: 2 or 6; 0 when there is no such escape. */
function escapeSize(bytes: Uint8Array, at: number): number {
	switch (bytes[at + 1]) {
		case 0x22:
		case 0x5c:
		case 0x2f:
		case 0x62:
		case 0x66:
		case 0x6e:
		case 0x72:
		case 0x74:
			return 2;
		case 0x75:
			for (let digit = at + 2; digit < at + 6; digit++) if (!isHexDigit(bytes[digit])) return 0;
			return 6;
		default:
			return 0;
	}
}

function isHexDigit(byte: number | undefined): boolean {
	if (byte === undefined) return false;
	const lower = byte | 0x20;
	return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x66);
}

function isDigit(byte: number | undefined): boolean {
	return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Byte offset after the number that begins at `from`; -1 when it is faulty. */
function numberEnd(bytes: Uint8Array, from: number): number {
	const length = bytes.length;
	let at = from;
	if (bytes[at] === 0x2d) at++;
	if (at >= length) return -1;
	const first = bytes[at]!;
	if (first < 0x30 || first > 0x39) return -1;
	at++;
	let byte = at < length ? bytes[at]! : 0;
	if (first === 0x30) {
		if (byte >= 0x30 && byte <= 0x39) return -1;
	} else {
		while (byte >= 0x30 && byte <= 0x39) byte = ++at < length ? bytes[at]! : 0;
	}
	if (byte === 0x2e) {
		at = digitsEnd(bytes, at + 1);
		if (at < 0) return -1;
		byte = at < length ? bytes[at]! : 0;
	}
	if (byte === 0x65 || byte === 0x45) {
		const sign = bytes[at + 1];
		at = digitsEnd(bytes, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
	}
	return at;
}

/** Byte offset after a run of digits, of which there must be one; else -1. */
function digitsEnd(bytes: Uint8Array, from: number): number {
	let at = from;
	while (at < bytes.length && isDigit(bytes[at])) at++;
	return at === from ? -1 : at;
}

/** Byte offset after `true`, `false` or `null`; -1 when none of them begins at `at`. */
function wordEnd(bytes: Uint8Array, at: number): number {
	const second = bytes[at + 1];
	const third = bytes[at + 2];
	const fourth = bytes[at + 3];
	switch (bytes[at]) {
		case 0x74:
			return second === 0x72 && third === 0x75 && fourth === 0x65 ? at + 4 : -1;
		case 0x66:
			return second === 0x61 && third === 0x6c && fourth === 0x73 && bytes[at + 4] === 0x65 ? at + 5 : -1;
		case 0x6e:
			return second === 0x75 && third === 0x6c && fourth === 0x6c ? at + 4 : -1;
		default:
			return -1;
	}
}

/** The tables while they are written: with room for more nodes than there are. */
interface ScanTables extends Omit<JsonDocument, 'bytes' | 'nodeCount' | 'maxDepth' | 'duplicates'> {
	capacity: number;
	/** Per object: 1 when a member name has a backslash, so that names have to be compared decoded. */
	hasEscapedName: Uint8Array<ArrayBuffer>;
}

const smallCapacity = 4096;

/** Kept between calls: eleven fresh arrays would cost a small body more than reading it. One scan runs at a time. */
let scratch: ScanTables | null = null;

/** Large tables are not kept, or one large body would hold its memory for good. */
function scratchFor(bytes: Uint8Array): ScanTables {
	// For a large body growing costs more than counting.
	if (bytes.length > smallCapacity * 64) return makeTables(mostNodes(bytes));
	scratch ??= makeTables(smallCapacity);
	return scratch;
}

/**
 * How many values a JSON text can have at most, without reading it: exact but for commas and brackets in strings. For
 * bytes that are no JSON it bounds what a scan reads before it stops.
 */
export function mostNodes(bytes: Uint8Array): number {
	let count = 1;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at]!;
		if (byte === 0x2c || byte === 0x7b || byte === 0x5b) count++;
	}
	return count;
}

/** Nine tables of 32-bit integers and one of bytes, in one buffer. */
function makeTables(capacity: number): ScanTables {
	const tableSize = capacity * 4;
	const buffer = new ArrayBuffer(tableSize * 9 + capacity);
	const integers = (index: number): Integers => new Uint32Array(buffer, index * tableSize, capacity);
	return {
		capacity,
		start: integers(0),
		end: integers(1),
		keyStart: integers(2),
		keyEnd: integers(3),
		next: integers(4),
		childCount: integers(5),
		position: integers(6),
		depth: integers(7),
		parent: new Int32Array(buffer, 8 * tableSize, capacity),
		kind: new Uint8Array(buffer, 9 * tableSize, capacity),
		hasEscapedName: new Uint8Array(capacity),
	};
}

/** The same tables with another capacity; `used` nodes are copied. */
function resized(tables: ScanTables, capacity: number, used: number): ScanTables {
	const copy = makeTables(capacity);
	copy.start.set(tables.start.subarray(0, used));
	copy.end.set(tables.end.subarray(0, used));
	copy.keyStart.set(tables.keyStart.subarray(0, used));
	copy.keyEnd.set(tables.keyEnd.subarray(0, used));
	copy.next.set(tables.next.subarray(0, used));
	copy.childCount.set(tables.childCount.subarray(0, used));
	copy.position.set(tables.position.subarray(0, used));
	copy.depth.set(tables.depth.subarray(0, used));
	copy.parent.set(tables.parent.subarray(0, used));
	copy.kind.set(tables.kind.subarray(0, used));
	return copy;
}

/** A document that holds little more than its size; the tables may become its own unless they are the scratch. */
function finish(
	bytes: Uint8Array,
	tables: ScanTables,
	nodeCount: number,
	maxDepth: number,
	duplicates: number[],
): JsonDocument {
	const isTight = tables !== scratch && nodeCount * 1.25 >= tables.capacity;
	const kept = isTight ? tables : resized(tables, nodeCount, nodeCount);
	return {
		bytes,
		nodeCount,
		kind: kept.kind.subarray(0, nodeCount),
		start: kept.start.subarray(0, nodeCount),
		end: kept.end.subarray(0, nodeCount),
		keyStart: kept.keyStart.subarray(0, nodeCount),
		keyEnd: kept.keyEnd.subarray(0, nodeCount),
		parent: kept.parent.subarray(0, nodeCount),
		next: kept.next.subarray(0, nodeCount),
		childCount: kept.childCount.subarray(0, nodeCount),
		position: kept.position.subarray(0, nodeCount),
		depth: kept.depth.subarray(0, nodeCount),
		maxDepth,
		duplicates: duplicates.length === 0 ? noNodes : Uint32Array.from(duplicates).sort(),
	};
}

const noNodes: Integers = new Uint32Array(0);

function failure(bytes: Uint8Array, offset: number, expected: string): ScanResult {
	return fault(bytes, offset, `${expected}, ${found(bytes, offset)}.`);
}

function fault(bytes: Uint8Array, offset: number, message: string): ScanResult {
	return { ok: false, error: { offset, ...positionOf(bytes, offset), message } };
}

function closeExpected(containerKind: number): string {
	return containerKind === JsonKind.object
		? 'A comma or `}` is expected after this member'
		: 'A comma or `]` is expected after this item';
}

function nameExpected(isAfterComma: boolean): string {
	return `A member name in double quotes is expected${isAfterComma ? ' after the comma' : ''}`;
}

function valueExpected(bytes: Uint8Array, offset: number): string {
	let at = offset - 1;
	while (at >= 0 && bytes[at]! <= 0x20) at--;
	if (bytes[at] === 0x2c) return 'A value is expected after the comma';
	if (bytes[at] === 0x3a) return 'A value is expected after the colon';
	return 'A value is expected';
}

/** What stands at an offset, as the second half of a sentence. */
function found(bytes: Uint8Array, offset: number): string {
	if (offset >= bytes.length) {
		return bytes.length === byteOrderMarkLength(bytes) ? 'but the text is empty' : 'but the text ends here';
	}
	const byte = bytes[offset]!;
	if (byte < 0x20 || byte === 0x7f) return `found the control character ${codePoint(byte)}`;
	let end = offset + 1;
	if (isWordByte(byte)) while (end < bytes.length && end < offset + 20 && isWordByte(bytes[end]!)) end++;
	else while (end < bytes.length && end < offset + 4 && (bytes[end]! & 0xc0) === 0x80) end++;
	return `found \`${decodeUtf8(bytes, offset, end)}\``;
}

function isWordByte(byte: number): boolean {
	const lower = byte | 0x20;
	return isDigit(byte) || byte === 0x5f || (lower >= 0x61 && lower <= 0x7a);
}

function codePoint(value: number): string {
	return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Reads a faulty string again, slowly, to say what is wrong with it. */
function stringFailure(bytes: Uint8Array, from: number): ScanResult {
	let at = from + 1;
	while (at < bytes.length) {
		const byte = bytes[at]!;
		if (byte === 0x0a || byte === 0x0d) {
			return fault(bytes, at, 'A line ends inside a string. A line break has to be written as `\\n`.');
		}
		if (byte < 0x20) {
			const name = codePoint(byte);
			return fault(bytes, at, `A string holds the control character ${name}, which has to be escaped.`);
		}
		const size = byte === 0x5c ? escapeSize(bytes, at) : 1;
		if (size === 0) return escapeFailure(bytes, at);
		at += size;
	}
	return fault(bytes, bytes.length, 'The text ends inside a string.');
}

function escapeFailure(bytes: Uint8Array, at: number): ScanResult {
	if (bytes[at + 1] === 0x75) {
		const isCut = bytes.length < at + 6;
		if (isCut && bytes.subarray(at + 2).every(isHexDigit)) {
			return fault(bytes, bytes.length, 'The text ends inside a string.');
		}
		return fault(bytes, at, 'Four hexadecimal digits are expected after `\\u` in a string.');
	}
	if (at + 1 === bytes.length) return fault(bytes, bytes.length, 'The text ends inside a string.');
	return failure(bytes, at + 1, 'One of `" \\ / b f n r t u` is expected after a backslash in a string');
}

/** Reads a faulty number again to say what is wrong with it. */
function numberFailure(bytes: Uint8Array, from: number): ScanResult {
	let at = bytes[from] === 0x2d ? from + 1 : from;
	if (!isDigit(bytes[at])) return failure(bytes, at, 'A digit is expected after the minus sign');
	if (bytes[at] === 0x30 && isDigit(bytes[at + 1])) {
		return fault(bytes, at, 'A number begins with a zero that another digit follows; JSON allows no leading zero.');
	}
	while (isDigit(bytes[at])) at++;
	if (bytes[at] === 0x2e) {
		at++;
		if (!isDigit(bytes[at])) return failure(bytes, at, 'A digit is expected after the decimal point');
		while (isDigit(bytes[at])) at++;
	}
	const sign = bytes[at + 1];
	at += sign === 0x2b || sign === 0x2d ? 2 : 1;
	return failure(bytes, at, 'A digit is expected in the exponent');
}
