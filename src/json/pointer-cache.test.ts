import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText, scanText } from '../../test/json-texts';
import { pointerOf } from './pointer';
import { PointerCache } from './pointer-cache';

test('pointers are those of one node alone, in whatever order they are asked for', () => {
	fc.assert(
		fc.property(jsonText, fc.array(fc.nat(), { maxLength: 20 }), (text, order) => {
			const document = scanText(text);
			const cache = new PointerCache(document);
			for (const number of order) {
				const node = number % document.nodeCount;
				expect(cache.pointerOf(node)).toBe(pointerOf(document, node));
			}
		}),
	);
});
