import { signatureFormFault, type SignatureFault } from '../chatwoot/signature';
import type { Summary } from './api';
import { headerValue, type Header } from './delivery';

/** What is known of a signature: as a name for a mark, and as a sentence. */
export interface SignatureText {
	label: string;
	sentence: string;
}

/** What the words need. With the headers they say more of an invalid one. */
type Checked = Pick<Summary, 'isSigned' | 'isTruncated' | 'state'> & { headers?: readonly Header[] };

/**
 * What was found of a delivery's signature when it arrived, in words. Without a state it was not checked: because no
 * secret was known then, or because the body is cut off.
 *
 * Source of who signs: ground truth 1.3.
 */
export function signatureText(delivery: Checked): SignatureText {
	const { isSigned, isTruncated, state } = delivery;
	if (state.signature === 'valid') {
		return { label: 'valid signature', sentence: 'Valid: it fits the body, the timestamp and the secret.' };
	}
	if (state.signature === 'invalid')
		return { label: 'invalid signature', sentence: `Invalid: ${faultText(delivery)}.` };
	if (state.signature === 'absent') {
		return {
			label: 'not signed, though a secret is known',
			sentence:
				'Not signed, though a secret is known. Automation rules, macros and the installation never sign, nor did Chatwoot before 4.12.0.',
		};
	}
	if (!isSigned) return { label: 'not signed', sentence: 'Not signed.' };
	const reason = isTruncated
		? 'the body is cut off, and all of it was signed'
		: 'no secret was known when it arrived. Start with --secret to check the next ones';
	return { label: 'signed, not checked', sentence: `Signed, not checked: ${reason}.` };
}

function faultText({ isSigned, headers }: Checked): string {
	const inHeaders = headers && formFaultOf(headers);
	return faultTexts[inHeaders ?? (isSigned ? 'mismatch' : 'no-signature')];
}

function formFaultOf(headers: readonly Header[]): SignatureFault | null {
	return signatureFormFault(headerValue(headers, 'x-chatwoot-signature'), headerValue(headers, 'x-chatwoot-timestamp'));
}

const faultTexts: Record<SignatureFault, string> = {
	'no-signature': 'there is a timestamp, and no signature with it',
	'no-timestamp': 'X-Chatwoot-Timestamp is missing, which is a part of what is signed',
	'malformed-signature': 'X-Chatwoot-Signature is not “sha256=” and 64 lower-case hex digits',
	'malformed-timestamp': 'X-Chatwoot-Timestamp is not a number of seconds',
	'empty-secret': 'an empty secret vouches for nothing',
	mismatch: 'it does not fit the body, the timestamp and the secret',
};
