import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes } from '../../../test/deliveries';
import { copiedText, maskSpans } from './difference-copy';

const text = (masked: Uint8Array) => new TextDecoder().decode(masked);

/** A text in which secrets stand in square brackets, and where they are. */
function sideOf(marked: string): { bytes: Uint8Array; spans: [number, number][] } {
	const spans: [number, number][] = [];
	let plain = '';
	for (const [index, part] of marked.split(/[[\]]/).entries()) {
		const from = bytes(plain).length;
		plain += part;
		if (index % 2 === 1) spans.push([from, bytes(plain).length]);
	}
	return { bytes: bytes(plain), spans };
}

test('secrets are replaced by dots; the same one by the same dots, on either side', () => {
	const { left, right, count } = maskSpans(sideOf('{"a":["x1"],"b":["x1"],"é":1}'), sideOf('{"a":["x1"],"b":["x2"]}'));
	expect(text(left)).toBe('{"a":"••••••••••••","b":"••••••••••••","é":1}');
	expect(text(right)).toBe('{"a":"••••••••••••","b":"•••••••••••• 2"}');
	expect(count).toBe(2);
});

test('whatever stands around them, no secret is left and nothing else is changed', () => {
	const secret = fc.stringMatching(/^[a-z]{8}$/).map((value) => `["secret-${value}"]`);
	const plain = fc.constantFrom('{"a":', ',"ü":', '1', ' }', '👍');
	fc.assert(
		fc.property(fc.array(fc.oneof(secret, plain)), fc.array(fc.oneof(secret, plain)), (one, other) => {
			const { left, right, count } = maskSpans(sideOf(one.join('')), sideOf(other.join('')));
			expect(text(left) + text(right)).not.toContain('secret-');
			const withoutMasks = (masked: Uint8Array) => text(masked).replace(/"•{12}(?: \d+)?"/g, '');
			expect(withoutMasks(left)).toBe(one.join('').replace(/\[.*?\]/g, ''));
			expect(withoutMasks(right)).toBe(other.join('').replace(/\[.*?\]/g, ''));
			expect(count).toBe(new Set([...one, ...other].filter((part) => part.startsWith('['))).size);
		}),
	);
});

const comparison = { patch: () => Promise.resolve('the patch'), words: () => Promise.resolve('the words') };

test('without a secret what is copied comes from the comparison that is shown', async () => {
	const pair = { left: bytes('{"a":1}'), right: bytes('{"a":2}'), ignored: [], showsSecrets: false };
	expect(await copiedText('patch', pair, comparison)).toEqual({ text: 'the patch', maskedCount: 0 });
});

test('with secrets shown they are copied as they are', async () => {
	const side = bytes('{"pubsub_token":"x1"}');
	const pair = { left: side, right: side, ignored: [], showsSecrets: true };
	expect(await copiedText('words', pair, comparison)).toEqual({ text: 'the words', maskedCount: 0 });
});
