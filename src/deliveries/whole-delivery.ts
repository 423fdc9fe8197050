import type { Summary, WholeDelivery } from './api';
import type { Delivery } from './delivery';

/** Characters that `String.fromCharCode` takes at once: the stack holds its arguments. */
const chunkSize = 8192;

/** A delivery with its body as one line of JSON, without its end. */
export function writeWholeDelivery(summary: Summary, { headers, body }: Pick<Delivery, 'headers' | 'body'>): string {
	const text = textOf(body);
	const whole: WholeDelivery =
		text === null ? { ...summary, headers, bodyBase64: toBase64(body) } : { ...summary, headers, body: text };
	return JSON.stringify(whole);
}

/** The very bytes of a body that came in a line. */
export function wholeBody(whole: WholeDelivery): Uint8Array<ArrayBuffer> {
	if (whole.body !== undefined) return new TextEncoder().encode(whole.body);
	return Uint8Array.from(atob(whole.bodyBase64), (character) => character.charCodeAt(0));
}

/** Null for bytes that are no UTF-8: a text would not give them back. */
function textOf(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

function toBase64(bytes: Uint8Array): string {
	const chunks: string[] = [];
	for (let from = 0; from < bytes.length; from += chunkSize) {
		chunks.push(String.fromCharCode(...bytes.subarray(from, from + chunkSize)));
	}
	return btoa(chunks.join(''));
}
