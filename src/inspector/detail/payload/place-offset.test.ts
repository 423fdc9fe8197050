import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes } from '../../../../test/deliveries';
import { positionsOf } from '../../../json/utf8';
import { offsetOfPlace } from './place-offset';

const text = fc.string({ unit: fc.constantFrom('a', 'é', '語', '😀', '\n', '\r\n', '\r', '"', '\ufeff') });

test('a line and a column lead to the byte that they were counted for', () => {
	fc.assert(
		fc.property(text, (given) => {
			const all = bytes(given);
			const starts: number[] = [];
			// The line feed of CR LF is at no column of its own, and a leading byte order mark at none at all.
			const hasMark = given.startsWith('\ufeff');
			for (let at = hasMark ? 3 : 0; at < all.length; at++) {
				const isLineFeedOfPair = all[at] === 0x0a && all[at - 1] === 0x0d;
				if ((all[at]! & 0xc0) !== 0x80 && !isLineFeedOfPair) starts.push(at);
			}
			for (const [index, { line, column }] of positionsOf(all, starts).entries()) {
				expect(offsetOfPlace(all, line, column)).toBe(starts[index]);
			}
		}),
	);
});

test('what lies beyond ends where the text does', () => {
	expect(offsetOfPlace(bytes('ab\ncd'), 1, 99)).toBe(2);
	expect(offsetOfPlace(bytes('ab\ncd'), 9, 1)).toBe(5);
	expect(offsetOfPlace(bytes(''), 1, 1)).toBe(0);
});
