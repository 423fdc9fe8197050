import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { bytes } from '../../test/deliveries';
import { vectors } from '../../test/signature-vectors.json';
import { sampleSecret, signedSample, signedSamples } from '../../test/signed-samples';
import { importSecret, verifySignature, type SignedRequest } from './signature';

/** A request that Node's own HMAC has signed. */
function signed(facts: { secret?: string; body?: Uint8Array; timestamp?: string } = {}) {
	const { secret = 'a secret', body = bytes('{"event":"message_created"}'), timestamp = '1781000000' } = facts;
	const digest = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
	return { secret, body, timestamp, signature: `sha256=${digest}` } satisfies SignedRequest;
}

test.each(vectors)('the vector $name is judged as its author says', async (vector) => {
	const request = {
		secret: vector.secret,
		body: bytes(vector.raw_body),
		signature: vector['x-chatwoot-signature'],
		timestamp: vector.timestamp,
	};
	expect(await verifySignature(request)).toEqual(
		vector.valid ? { state: 'valid' } : { state: 'invalid', reason: 'mismatch' },
	);
});

test('every signed sample is valid, and as long as it announces', async () => {
	const all = signedSamples();
	const key = await importSecret(sampleSecret);
	const found = await Promise.all(
		all.map(async ({ name, headers, body }) => {
			const signature = headers['x-chatwoot-signature']!;
			const timestamp = headers['x-chatwoot-timestamp'] ?? null;
			const { state } = await verifySignature({ secret: key, body, signature, timestamp });
			return { name, state, size: body.length };
		}),
	);
	expect(found).toEqual(
		all.map(({ name, headers }) => ({ name, state: 'valid', size: Number(headers['content-length']) })),
	);
	expect(all.length).toBeGreaterThan(70);
});

test('a body that was parsed and written again is no longer what was signed', async () => {
	const { headers, body } = signedSample('message_created--agent-outgoing');
	const request = {
		secret: sampleSecret,
		body: bytes(JSON.stringify(JSON.parse(new TextDecoder().decode(body)))),
		signature: headers['x-chatwoot-signature']!,
		timestamp: headers['x-chatwoot-timestamp']!,
	};
	expect(await verifySignature({ ...request, body })).toEqual({ state: 'valid' });
	expect(await verifySignature(request)).toEqual({ state: 'invalid', reason: 'mismatch' });
});

test('a request with neither header is not signed, whatever its body and the secret are', async () => {
	const request = { secret: '', body: bytes(''), signature: null, timestamp: null };
	expect(await verifySignature(request)).toEqual({ state: 'absent' });
});

const right = signed();
const digest = right.signature.slice('sha256='.length);

test.each([
	['no-signature', { signature: null }],
	['no-timestamp', { timestamp: null }],
	['malformed-signature', { signature: '' }],
	['malformed-signature', { signature: digest }],
	['malformed-signature', { signature: `sha256=${digest.toUpperCase()}` }],
	['malformed-signature', { signature: `SHA256=${digest}` }],
	['malformed-signature', { signature: `sha1=${digest}` }],
	['malformed-signature', { signature: `sha256=${digest.slice(1)}` }],
	['malformed-signature', { signature: `sha256=${digest}0` }],
	['malformed-signature', { signature: `sha256=${digest}\n` }],
	['malformed-signature', { signature: ` sha256=${digest}` }],
	['malformed-signature', { signature: `sha256=g${digest.slice(1)}` }],
	['malformed-timestamp', { timestamp: '' }],
	['malformed-timestamp', { timestamp: '-1781000000' }],
	['malformed-timestamp', { timestamp: '2026-06-09T10:00:00Z' }],
	['malformed-timestamp', { timestamp: '\u0661\u0662' }],
	['empty-secret', { secret: '' }],
	['mismatch', { secret: 'another secret' }],
	['mismatch', { timestamp: '1781000001' }],
	['mismatch', { timestamp: '01781000000' }],
	['mismatch', { body: bytes('') }],
])('what is wrong is named without a guess: %s, with %j', async (reason, wrong: Partial<SignedRequest>) => {
	expect(await verifySignature({ ...right, ...wrong })).toEqual({ state: 'invalid', reason });
});

test('the beginning of a signed body can not be moved into the timestamp', async () => {
	const { secret, signature } = signed({ timestamp: '1781000000', body: bytes('{"price":5.0}') });
	const moved = { secret, signature, timestamp: '1781000000.{"price":5', body: bytes('0}') };
	expect(await verifySignature(moved)).toEqual({ state: 'invalid', reason: 'malformed-timestamp' });
});

test('the secret is its text: not decoded from hex or base64, not trimmed, of any length and language', async () => {
	for (const secret of ['00ff', 'QUJD', ' a ', 'x'.repeat(200), 'ключ 🔑', '0']) {
		expect(await verifySignature(signed({ secret }))).toEqual({ state: 'valid' });
	}
});

test('any body signed with any secret is valid, also where it is a part of a larger buffer', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uint8Array({ maxLength: 300 }),
			fc.string({ minLength: 1, unit: 'binary' }),
			fc.nat(),
			async (body, secret, seconds) => {
				const request = signed({ secret, body, timestamp: String(seconds) });
				const larger = new Uint8Array(body.length + 7);
				larger.set(body, 3);
				expect(await verifySignature(request)).toEqual({ state: 'valid' });
				const part = larger.subarray(3, 3 + body.length);
				expect(await verifySignature({ ...request, body: part })).toEqual({ state: 'valid' });
			},
		),
	);
});

test('one flipped bit anywhere, in body, timestamp, signature or secret, makes it invalid', async () => {
	const flipped = (text: string, at: number, bit: number) =>
		text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
	await fc.assert(
		fc.asyncProperty(
			fc.uint8Array({ minLength: 1, maxLength: 300 }),
			fc.nat(4e9),
			fc.constantFrom('body', 'timestamp', 'signature', 'secret'),
			fc.nat(),
			fc.nat(7),
			async (body, seconds, where, place, bit) => {
				const request = signed({ secret: 'sampleSecret', body, timestamp: String(seconds) });
				const changed: SignedRequest = { ...request };
				if (where === 'body') {
					changed.body = body.slice();
					changed.body[place % body.length]! ^= 1 << bit;
				} else {
					changed[where] = flipped(request[where], place % request[where].length, bit);
				}
				expect(await verifySignature(changed)).toMatchObject({ state: 'invalid' });
			},
		),
		{ numRuns: 500 },
	);
});

test('an imported secret can not be read out again', async () => {
	const key = await importSecret(sampleSecret);
	await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
	await expect(importSecret('')).rejects.toThrow();
});
