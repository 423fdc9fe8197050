import { expect, test } from 'vitest';
import type { SummaryState } from './api';
import type { Header } from './delivery';
import { signatureText } from './signature-text';

const signature = `sha256=${'0'.repeat(64)}`;

function words(
	found: SummaryState['signature'],
	facts: { isSigned?: boolean; isTruncated?: boolean; headers?: Header[] },
) {
	const state: SummaryState = { answer: null, isPinned: false, note: null, signature: found };
	return signatureText({ isSigned: true, isTruncated: false, state, ...facts });
}

test('each thing that can be found has its own name and sentence', () => {
	expect(words('valid', {})).toMatchObject({
		label: 'valid signature',
		sentence: expect.stringMatching(/^Valid: /) as string,
	});
	expect(words('invalid', {})).toMatchObject({
		label: 'invalid signature',
		sentence: expect.stringMatching(/fit the body/) as string,
	});
	expect(words('absent', { isSigned: false })).toMatchObject({
		label: expect.stringMatching(/though a secret is known/) as string,
	});
	expect(words(null, {})).toMatchObject({
		label: 'signed, not checked',
		sentence: expect.stringMatching(/no secret was known/) as string,
	});
	expect(words(null, { isTruncated: true })).toMatchObject({
		label: 'signed, not checked',
		sentence: expect.stringMatching(/cut off/) as string,
	});
	expect(words(null, { isSigned: false })).toEqual({ label: 'not signed', sentence: 'Not signed.' });
});

test.each<[Header[], RegExp]>([
	[[['X-Chatwoot-Signature', signature]], /X-Chatwoot-Timestamp is missing/],
	[
		[
			['X-Chatwoot-Signature', 'abc'],
			['X-Chatwoot-Timestamp', '1781000000'],
		],
		/64 lower-case hex digits/,
	],
	[
		[
			['X-Chatwoot-Signature', signature],
			['X-Chatwoot-Timestamp', 'today'],
		],
		/not a number of seconds/,
	],
	[
		[
			['x-chatwoot-signature', signature],
			['x-chatwoot-timestamp', '1781000000'],
		],
		/does not fit the body/,
	],
])('an invalid signature says what the headers %j show to be wrong', (headers, sentence) => {
	expect(words('invalid', { headers }).sentence).toMatch(sentence);
});

test('a timestamp without a signature is named also where no headers are at hand', () => {
	expect(words('invalid', { isSigned: false }).sentence).toContain('no signature with it');
});
