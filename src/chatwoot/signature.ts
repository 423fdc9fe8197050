/** Why a signature is not valid, as far as it can be told without a guess. */
export type SignatureFault =
	/** There is a timestamp and no signature: Chatwoot sends both or neither. */
	| 'no-signature'
	/** There is a signature and no timestamp, which is a part of what is signed. */
	| 'no-timestamp'
	/** Not `sha256=` and 64 lower-case hex digits. */
	| 'malformed-signature'
	/** Not decimal digits. */
	| 'malformed-timestamp'
	/** An empty secret vouches for nothing: whoever knows that it is empty could have signed. */
	| 'empty-secret'
	/** Well-formed, and of another body, timestamp or secret. */
	| 'mismatch';

/** What is found of a signature; `absent` when the request has neither signature nor timestamp. */
export type SignatureResult = { state: 'valid' } | { state: 'absent' } | { state: 'invalid'; reason: SignatureFault };

export interface SignedRequest {
	/** Chatwoot's webhook secret as it shows it, or what `importSecret` made of it. */
	secret: string | CryptoKey;
	/** The very bytes received; a text that was parsed and written again is another one. */
	body: Uint8Array;
	/** `X-Chatwoot-Signature` as received; null when it is missing. */
	signature: string | null;
	/** `X-Chatwoot-Timestamp` as received; null when it is missing. */
	timestamp: string | null;
}

/**
 * Whether a request was signed with this secret: `X-Chatwoot-Signature` is `sha256=` and the lower-case hex of
 * HMAC-SHA256 over the timestamp header's text, a full stop and the raw body; the key is the secret's text as UTF-8.
 *
 * Any header text gives a result. How long it takes does not depend on where a wrong signature differs. The
 * timestamp must be decimal digits: else a sender could move the beginning of a signed body into the header. How old
 * it is does not matter here. Rejects only where there is no `crypto.subtle` (a page that is not from a secure origin).
 *
 * Source: ground truth 1.2 and 1.3 (chatwoot #13573).
 */
export async function verifySignature({ secret, body, signature, timestamp }: SignedRequest): Promise<SignatureResult> {
	if (signature === null && timestamp === null) return { state: 'absent' };
	const fault = signatureFormFault(signature, timestamp);
	if (fault !== null) return invalid(fault);
	if (secret === '') return invalid('empty-secret');

	const key = typeof secret === 'string' ? await importSecret(secret) : secret;
	const expected = new Uint8Array(await crypto.subtle.sign('HMAC', key, signedBytes(timestamp!, body)));
	return areSame(expected, hexBytes(signature!.slice('sha256='.length))) ? { state: 'valid' } : invalid('mismatch');
}

/** What can be told of a signature from the two headers alone, without body and secret; null when they are in form. */
export function signatureFormFault(signature: string | null, timestamp: string | null): SignatureFault | null {
	if (signature === null) return 'no-signature';
	if (timestamp === null) return 'no-timestamp';
	if (!/^sha256=[0-9a-f]{64}$/.test(signature)) return 'malformed-signature';
	if (!/^[0-9]+$/.test(timestamp)) return 'malformed-timestamp';
	return null;
}

/**
 * The secret as a key that can be used many times and not be read out again. Rejects when the secret is empty,
 * and where there is no `crypto.subtle`.
 */
export async function importSecret(secret: string): Promise<CryptoKey> {
	const bytes = new TextEncoder().encode(secret);
	return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

function invalid(reason: SignatureFault): SignatureResult {
	return { state: 'invalid', reason };
}

function signedBytes(timestamp: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
	const prefix = new TextEncoder().encode(`${timestamp}.`);
	const bytes = new Uint8Array(prefix.length + body.length);
	bytes.set(prefix);
	bytes.set(body, prefix.length);
	return bytes;
}

function hexBytes(hex: string): Uint8Array {
	return Uint8Array.from({ length: hex.length / 2 }, (_, index) => parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}

/** Looks at every byte, whatever the first ones are: an early exit would tell how many of them are right. */
function areSame(expected: Uint8Array, given: Uint8Array): boolean {
	let difference = expected.length ^ given.length;
	for (const [index, byte] of expected.entries()) difference |= byte ^ given[index]!;
	return difference === 0;
}
