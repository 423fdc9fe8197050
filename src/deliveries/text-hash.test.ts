import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes } from '../../test/deliveries';
import { bytesHash, textHash } from './text-hash';

test('a hash is 14 hex digits, the same for the same text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(textHash(text)).toMatch(/^[\da-f]{14}$/);
			expect(textHash(text)).toBe(textHash(`${text} `.slice(0, -1)));
		}),
	);
});

test('texts that differ little have different hashes', () => {
	const hashes = new Set<string>();
	for (let number = 0; number < 50_000; number++)
		hashes.add(textHash(`{"cart_total":${number},"tags":["boots","sale"]}`));
	expect(hashes.size).toBe(50_000);
});

test('bytes have the hash of the text that they are in ASCII', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
			expect(bytesHash(bytes(text))).toBe(textHash(text));
		}),
	);
	expect(bytesHash(Uint8Array.of(1, 2))).not.toBe(bytesHash(Uint8Array.of(2, 1)));
});
