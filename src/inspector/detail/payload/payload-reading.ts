import type { BodyKind } from '../../../deliveries/api';
import { JsonKind, scanJson, type JsonDocument, type JsonSyntaxError } from '../../../json/scan';
import { byteOrderMarkLength, isUtf8 } from '../../../json/utf8';
import { findSecrets } from './secrets';

/** More containers around each other than this are not shown as a tree. */
const mostLevels = 1000;

/** What a body is, and its tables when it is JSON. */
export interface PayloadReading {
	kind: BodyKind;
	hasByteOrderMark: boolean;
	/** Null unless the kind is json. */
	document: JsonDocument | null;
	/** JSON nested too deep for a tree; it is shown as text. */
	isTooDeep: boolean;
	/** Why it is no JSON; null unless the kind is not-json. */
	error: JsonSyntaxError | null;
	/** Nodes whose value is masked until asked for, ascending. */
	secrets: Uint32Array<ArrayBuffer>;
}

/** Reads a body of any bytes; nothing is thrown. A byte order mark alone is no JSON, but not empty. */
export function readPayload(bytes: Uint8Array): PayloadReading {
	const reading = {
		hasByteOrderMark: byteOrderMarkLength(bytes) > 0,
		document: null,
		isTooDeep: false,
		error: null,
		secrets: new Uint32Array(0),
	};
	if (bytes.length === 0) return { ...reading, kind: 'empty' };
	if (!isUtf8(bytes)) return { ...reading, kind: 'not-utf8' };
	const result = scanJson(bytes);
	if (!result.ok) return { ...reading, kind: 'not-json', error: result.error };
	const { document } = result;
	return { ...reading, kind: 'json', document, isTooDeep: isTooDeep(document), secrets: findSecrets(document) };
}

/** A container on the last level that is allowed is one level more; a scalar there is not. */
function isTooDeep(document: JsonDocument): boolean {
	if (document.maxDepth !== mostLevels) return document.maxDepth > mostLevels;
	return document.depth.some((depth, node) => depth === mostLevels && document.kind[node]! <= JsonKind.array);
}
