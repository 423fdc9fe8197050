import { decodeBase64, encodeBase64 } from './base64';
import type { Delivery, Header, Truncation } from './delivery';

/** One line of a recording: a delivery, or why it is none. */
export type RecordingLine = { line: number; delivery: Delivery } | { line: number; problem: string };

/** A longer line could become no text; bodies are kept up to a few MiB. */
const longestLine = 256 * 1024 * 1024;

/**
 * A delivery as a line of a recording (NDJSON), the line end included:
 * `{ endpoint, receivedAt (Unix ms), method, target, headers, bodyBase64 }`, and `truncation` where the body is not whole.
 */
export function writeRecordingLine(delivery: Delivery): string {
	const { endpoint, receivedAt, method, target, headers, body, truncation } = delivery;
	const line = { endpoint, receivedAt, method, target, headers, bodyBase64: encodeBase64(body) };
	return `${JSON.stringify(truncation === null ? line : { ...line, truncation })}\n`;
}

/**
 * Reads a recording as it comes in, a line at a time: no more than the longest line is held. Lines are numbered from
 * 0; empty ones count and are passed over. A line that is no delivery gives a sentence that says why and what to do,
 * and the rest is read all the same.
 */
export async function* readRecording(
	chunks: AsyncIterable<Uint8Array>,
	longest = longestLine,
): AsyncGenerator<RecordingLine, void, undefined> {
	let line = 0;
	let pending: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of chunks) {
		let from = 0;
		for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
			length += end - from;
			if (length <= longest) pending.push(chunk.subarray(from, end));
			const read = readLine(line++, pending, length, longest);
			if (read !== null) yield read;
			pending = [];
			length = 0;
			from = end + 1;
		}
		length += chunk.length - from;
		// A copy: whoever reads a file may use its buffer again.
		if (length <= longest) pending.push(chunk.slice(from));
		else pending = [];
	}
	const last = readLine(line, pending, length, longest);
	if (last !== null) yield last;
}

const lineFeed = 0x0a;

function readLine(line: number, parts: readonly Uint8Array[], length: number, longest: number): RecordingLine | null {
	const fail = (problem: string): RecordingLine => ({ line, problem: `Line ${line + 1} ${problem}` });
	if (length > longest)
		return fail(`is longer than ${longest} bytes. Record its delivery anew with a lower body limit.`);
	let value: unknown;
	try {
		const text = decoder.decode(joined(parts, length));
		if (text.trim() === '') return null;
		value = JSON.parse(text);
	} catch (error) {
		if (error instanceof TypeError) return fail('is no UTF-8 text. Export the recording again.');
		return fail('is no JSON: a recording has one object in each line. It may be cut off; delete it or export again.');
	}
	const delivery = readDelivery(value);
	return typeof delivery === 'string' ? fail(delivery) : { line, delivery };
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
	if (parts.length === 1) return parts[0]!;
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** The delivery, or what is wrong as the end of a sentence that begins with the line. */
function readDelivery(value: unknown): Delivery | string {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return 'is no object. A recording has one delivery in each line.';
	}
	const { endpoint, receivedAt, method, target, headers, bodyBase64, truncation } = value as Record<string, unknown>;
	if (typeof endpoint !== 'string' || typeof method !== 'string' || typeof target !== 'string') {
		return 'lacks `endpoint`, `method` or `target`, each a text. Is this a recording, or a payload?';
	}
	if (typeof receivedAt !== 'number' || !Number.isFinite(receivedAt)) {
		return 'lacks `receivedAt`, a number of milliseconds since 1970.';
	}
	if (!areHeaders(headers)) return 'lacks `headers`, an array of pairs `[name, value]`.';
	const body = typeof bodyBase64 === 'string' ? decodeBase64(bodyBase64) : null;
	if (body === null) return 'lacks `bodyBase64`, the body’s bytes as Base64.';
	return { endpoint, receivedAt, method, target, headers, body, truncation: readTruncation(truncation) };
}

function areHeaders(value: unknown): value is Header[] {
	return (
		Array.isArray(value) &&
		value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string'))
	);
}

function readTruncation(value: unknown): Truncation | null {
	if (typeof value !== 'object' || value === null || !('reason' in value)) return null;
	const { reason } = value;
	if (reason !== 'limit' && reason !== 'stopped' && reason !== 'slow') return null;
	return { reason, announced: 'announced' in value && typeof value.announced === 'number' ? value.announced : null };
}
