import { scanJson, type JsonDocument } from '../json/scan';
import { isUtf8 } from '../json/utf8';
import type { BodyKind } from './api';

/** One look at a body, so that everything derived from it needs no second one. */
export interface BodyReading {
	kind: BodyKind;
	/** Null unless the body is JSON. */
	document: JsonDocument | null;
}

/** Reads a body, whatever its bytes are. */
export function readBody(body: Uint8Array): BodyReading {
	if (body.length === 0) return { kind: 'empty', document: null };
	if (!isUtf8(body)) return { kind: 'not-utf8', document: null };
	const scan = scanJson(body);
	return scan.ok ? { kind: 'json', document: scan.document } : { kind: 'not-json', document: null };
}
