import { expect, test } from 'vitest';
import { hexOffset, hexPieces, hexRowCount } from './hex-lines';

const bytes = Uint8Array.from({ length: 20 }, (_, index) => index + 0x18);

test('a row is sixteen bytes with a gap in the middle, the last one what is left', () => {
	expect(hexRowCount(20)).toBe(2);
	expect(hexRowCount(0)).toBe(0);
	expect(hexOffset(1)).toBe('00000010');
	expect(hexPieces(bytes, 0, [])).toEqual([
		{ hex: '18 19 1a 1b 1c 1d 1e 1f  20 21 22 23 24 25 26 27 ', text: '........ !"#$%&\'', kind: 'plain' },
	]);
	expect(hexPieces(bytes, 1, [])).toEqual([{ hex: '28 29 2a 2b ', text: '()*+', kind: 'plain' }]);
});

test('masked bytes show neither digits nor letters, and a match may end on the next row', () => {
	const ranges = [
		{ from: 1, to: 3, kind: 'masked' as const },
		{ from: 14, to: 17, kind: 'current' as const },
	];
	expect(hexPieces(bytes, 0, ranges).map(({ hex, kind }) => [hex, kind])).toEqual([
		['18 ', 'plain'],
		['•• •• ', 'masked'],
		['1b 1c 1d 1e 1f  20 21 22 23 24 25 ', 'plain'],
		['26 27 ', 'current'],
	]);
	expect(hexPieces(bytes, 1, ranges).map(({ text, kind }) => [text, kind])).toEqual([
		['(', 'current'],
		[')*+', 'plain'],
	]);
});
