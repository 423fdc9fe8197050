import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linePieces, rowAt, splitLines } from './text-lines';

const encoder = new TextEncoder();

function rowsOf(text: string, columns: number): string[] {
	const bytes = encoder.encode(text);
	const lines = splitLines(bytes, columns);
	return Array.from({ length: lines.rowCount }, (_, row) =>
		linePieces(lines, row, bytes, [])
			.map((piece) => piece.text)
			.join(''),
	);
}

test('LF, CR LF and a lone CR end a line, and the last line may be empty', () => {
	expect(rowsOf('a\nb\r\nc\rd\n', 10)).toEqual(['a', 'b', 'c', 'd', '']);
	const lines = splitLines(encoder.encode('a\nb\r\nc\rd\n'), 10);
	expect([...lines.line]).toEqual([1, 2, 3, 4, 5]);
	expect(lines.lineCount).toBe(5);
});

test('long lines are wrapped, and their rows have one number', () => {
	expect(rowsOf('abcdefgh\nij', 3)).toEqual(['abc', 'def', 'gh', 'ij']);
	expect([...splitLines(encoder.encode('abcdefgh\nij'), 3).line]).toEqual([1, 1, 1, 2]);
});

test('a line that fills its row exactly needs no second one', () => {
	expect(rowsOf('abc\nabc\r\nabc', 3)).toEqual(['abc', 'abc', 'abc']);
});

test('wide characters take two columns and are never torn', () => {
	expect(rowsOf('😀😀😀', 4)).toEqual(['😀😀', '😀']);
	expect(rowsOf('éééé', 2)).toEqual(['éé', 'éé']);
	expect(rowsOf('漢字漢字', 5)).toEqual(['漢字', '漢字']);
});

test('any text comes back from its rows, at any width', () => {
	const text = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '\n', '\r\n', '\t'), maxLength: 80 });
	fc.assert(
		fc.property(text, fc.integer({ min: 1, max: 12 }), (some, columns) => {
			const bytes = encoder.encode(some);
			const lines = splitLines(bytes, columns);
			const pieces = Array.from({ length: lines.rowCount }, (_, row) =>
				new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(lines.start[row], lines.start[row + 1])),
			);
			expect(pieces.join('')).toBe(some);
			expect(lines.lineCount).toBe(some.split(/\r\n|\n|\r/).length);
			for (let offset = 0; offset < bytes.length; offset++) {
				const row = rowAt(lines, offset);
				expect(lines.start[row]!).toBeLessThanOrEqual(offset);
				expect(lines.start[row + 1]!).toBeGreaterThan(offset);
			}
		}),
	);
});

test('bytes that are no UTF-8 are wrapped too', () => {
	const bytes = new Uint8Array(10_000).fill(0x80);
	const lines = splitLines(bytes, 10);
	expect(lines.rowCount).toBeGreaterThan(100);
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), (some) => {
			const { start, rowCount } = splitLines(some, 5);
			for (let row = 0; row < rowCount; row++) expect(start[row + 1]! - start[row]!).toBeLessThanOrEqual(45);
		}),
	);
});

test('what would be invisible or reorder text is named', () => {
	expect(rowsOf('\ufeffa\u0007b\u202ec\u200b', 40)).toEqual(['BOMaU+0007bU+202EcU+200B']);
	const bytes = encoder.encode('a\u0007b');
	expect(linePieces(splitLines(bytes, 40), 0, bytes, []).map((piece) => piece.kind)).toEqual([
		'plain',
		'control',
		'plain',
	]);
});

test('masked bytes are dots, and found text stands apart, also over the end of a row', () => {
	const bytes = encoder.encode('secret and found');
	const lines = splitLines(bytes, 13);
	const ranges = [
		{ from: 0, to: 6, kind: 'masked' as const },
		{ from: 11, to: 16, kind: 'match' as const },
	];
	expect(linePieces(lines, 0, bytes, ranges)).toEqual([
		{ text: '••••••', kind: 'masked' },
		{ text: ' and ', kind: 'plain' },
		{ text: 'fo', kind: 'match' },
	]);
	expect(linePieces(lines, 1, bytes, ranges)).toEqual([{ text: 'und', kind: 'match' }]);
});

test('a range that ends inside a character takes all of it', () => {
	const bytes = encoder.encode('aéb');
	expect(linePieces(splitLines(bytes, 9), 0, bytes, [{ from: 1, to: 2, kind: 'current' }])).toEqual([
		{ text: 'a', kind: 'plain' },
		{ text: 'é', kind: 'current' },
		{ text: 'b', kind: 'plain' },
	]);
});
