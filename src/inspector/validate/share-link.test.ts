import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskSecrets, packedTextOf, packText, unpackText } from './share-link';

test('any text comes back from a link', async () => {
	await fc.assert(
		fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
			const packed = await packText(text);
			expect(packed).toMatch(/^[\w-]*$/);
			expect(packedTextOf(`text=${packed}`)).toBe(packed);
			expect(await unpackText(packed)).toBe(text);
		}),
		{ numRuns: 50 },
	);
});

test('a link that was cut or changed gives nothing', async () => {
	const packed = await packText('a text that is long enough to be cut');
	for (const damaged of [packed.slice(0, -4), `${packed.slice(0, 5)}!!`, '%', 'AAAA']) {
		expect(await unpackText(damaged)).toBeNull();
	}
	expect(packedTextOf('')).toBeNull();
});

test('a link that unfolds to more than 4 MiB gives nothing', async () => {
	const packed = await packText(' '.repeat(4 * 1024 * 1024 + 1));
	expect(packed.length).toBeLessThan(10_000);
	expect(await unpackText(packed)).toBeNull();
});

test.each([
	['{"pubsub_token":"abc"}', '{"pubsub_token":"••••••"}', 1],
	['{"pubsub_token" : "a\\"b,c", "id": 1}', '{"pubsub_token" : "••••••", "id": 1}', 1],
	['{"hmac_token":null,"imap_password":""}', '{"hmac_token":null,"imap_password":""}', 0],
	["{'page_access_token': 'abc'}", "{'page_access_token': '••••••'}", 1],
	['"{\\"pubsub_token\\":\\"abc\\",\\"a\\":\\"b\\"}"', '"{\\"pubsub_token\\":\\"••••••\\",\\"a\\":\\"b\\"}"', 1],
	['{"api_key"=>"abc"}', '{"api_key"=>"••••••"}', 1],
	['X-Chatwoot-Signature: sha256=ab\nHost: a.example', 'X-Chatwoot-Signature: ••••••\nHost: a.example', 1],
	["curl -H 'Authorization: Bearer abc' -H 'A: b'", "curl -H 'Authorization: ••••••' -H 'A: b'", 1],
	['{"name":"Maria","content":"my token is gone"}', '{"name":"Maria","content":"my token is gone"}', 0],
])('%s is shared without its secrets', (text, masked, count) => {
	expect(maskSecrets(text)).toEqual({ text: masked, count });
});

test('masking keeps JSON as JSON', () => {
	const secrets = fc.record({ pubsub_token: fc.string({ minLength: 1 }), other: fc.string(), secret: fc.string() });
	fc.assert(
		fc.property(secrets, fc.constantFrom(0, 2), (value, indent) => {
			const { text } = maskSecrets(JSON.stringify(value, null, indent));
			expect(JSON.parse(text)).toEqual({
				pubsub_token: '••••••',
				other: value.other,
				secret: value.secret === '' ? '' : '••••••',
			});
		}),
	);
});
