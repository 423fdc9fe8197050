/** A delivery's number: an integer, ascending per store, never used twice. */
export type DeliveryId = number;

/** One header as it arrived: its name in the sender's case, and its value. Bytes above 0x7F are kept as Latin-1. */
export type Header = [name: string, value: string];

/** Why a body is not whole. */
export interface Truncation {
	/** `limit`: longer than the receiver takes. `stopped`: the sender went away. `slow`: the sender took too long. */
	reason: 'limit' | 'stopped' | 'slow';
	/** What the sender announced in `Content-Length`, in bytes; null when it announced nothing. */
	announced: number | null;
}

/**
 * One HTTP request exactly as it arrived. Immutable: everything else is derived from it.
 * It has no number yet; the store gives it one when it is safe.
 */
export interface Delivery {
	/** The name of the capture address that it reached. */
	endpoint: string;
	/** When its first byte was read, in Unix milliseconds. */
	receivedAt: number;
	method: string;
	/** The request target as sent, dot segments and query included. */
	target: string;
	/** In the order sent, repeats kept. */
	headers: Header[];
	/** The very bytes. */
	body: Uint8Array;
	/** Null when the body is whole. */
	truncation: Truncation | null;
}

/** The first value of a header, whatever the case of its name, or null. */
export function headerValue(headers: readonly Header[], name: string): string | null {
	const wanted = name.toLowerCase();
	return headers.find(([candidate]) => candidate.toLowerCase() === wanted)?.[1] ?? null;
}
