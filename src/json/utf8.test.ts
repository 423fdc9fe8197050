import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, isUtf8, positionOf, positionsOf, utf16Order } from './utf8';

const encoder = new TextEncoder();

function decodes(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

const anyLetter = fc
	.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
	.map((code) => String.fromCodePoint(code));

const edgeBytes = fc.constantFrom(
	...[0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4],
	...[0xf5, 0xff],
);

test('bytes are UTF-8 exactly when a strict TextDecoder takes them', () => {
	const bytes = fc.oneof(
		fc.array(edgeBytes, { maxLength: 6 }).map((all) => Uint8Array.from(all)),
		fc.uint8Array({ maxLength: 40 }),
		fc.string({ unit: anyLetter, maxLength: 60 }).map((text) => encoder.encode(text)),
	);
	fc.assert(
		fc.property(bytes, fc.nat({ max: 3 }), fc.nat({ max: 40 }), (some, shift, asciiBefore) => {
			const padded = new Uint8Array(shift + asciiBefore + some.length).fill(0x61);
			padded.set(some, shift + asciiBefore);
			expect(isUtf8(padded.subarray(shift))).toBe(decodes(padded.subarray(shift)));
		}),
		{ numRuns: 2000 },
	);
});

test('positions count lines and UTF-16 columns from 1', () => {
	const text = 'ab\r\né😀x\rend\n\n.';
	const bytes = encoder.encode(text);
	const at = (part: string) => positionOf(bytes, encoder.encode(text.slice(0, text.indexOf(part))).length);
	expect(at('a')).toEqual({ line: 1, column: 1 });
	expect(at('b')).toEqual({ line: 1, column: 2 });
	expect(at('é')).toEqual({ line: 2, column: 1 });
	expect(at('x')).toEqual({ line: 2, column: 4 });
	expect(at('end')).toEqual({ line: 3, column: 1 });
	expect(at('.')).toEqual({ line: 5, column: 1 });
	expect(positionOf(bytes, 10_000)).toEqual({ line: 5, column: 2 });
});

test('a byte order mark takes no column', () => {
	expect(positionOf(encoder.encode('\ufeffab'), 3)).toEqual({ line: 1, column: 1 });
	expect(positionOf(encoder.encode('\ufeffab'), 4)).toEqual({ line: 1, column: 2 });
});

test('any part of a text is decoded, short or long', () => {
	fc.assert(
		fc.property(fc.string({ unit: anyLetter, maxLength: 80 }), (text) => {
			const bytes = encoder.encode(`.${text}.`);
			expect(decodeUtf8(bytes, 1, bytes.length - 1)).toBe(text);
		}),
	);
});

test('positions of many offsets are those of each, wherever the bytes lie in memory', () => {
	const letters = fc.oneof(anyLetter, fc.constantFrom('a', '"', '\r', '\n', '\t', '\u007f'));
	const texts = fc.tuple(fc.string({ unit: letters, maxLength: 40 }), fc.nat({ max: 3 }), fc.boolean());
	fc.assert(
		fc.property(texts, ([text, shift, isMarked]) => {
			const encoded = encoder.encode(`${isMarked ? '\ufeff' : ''}${text}`);
			const padded = new Uint8Array(shift + encoded.length);
			padded.set(encoded, shift);
			const bytes = padded.subarray(shift);
			const found = positionsOf(bytes, [...encoded.keys(), encoded.length]);
			let line = 1;
			let column = 1;
			let offset = isMarked ? 3 : 0;
			for (const [index, letter] of [...text].entries()) {
				expect(found[offset]).toEqual({ line, column });
				offset += encoder.encode(letter).length;
				column += letter.length;
				if (letter !== '\n' && (letter !== '\r' || [...text][index + 1] === '\n')) continue;
				line++;
				column = 1;
			}
			expect(found[offset]).toEqual({ line, column });
		}),
	);
});

test('the shortest texts have positions, wherever their bytes lie in memory', () => {
	for (let length = 0; length < 12; length++) {
		for (let shift = 0; shift < 8; shift++) {
			const bytes = new Uint8Array(shift + length).fill(0x61).subarray(shift);
			expect(positionOf(bytes, length), `${length} bytes from ${shift} on`).toEqual({ line: 1, column: length + 1 });
		}
	}
});

test.each(['{"event":1}', '[]', '{"é":"日本"}'])('%s in UTF-16 is told with its byte order, marked or not', (text) => {
	const littleEndian = new Uint8Array(Buffer.from(text, 'utf16le'));
	const bigEndian = new Uint8Array(Buffer.from(text, 'utf16le').swap16());
	expect([utf16Order(littleEndian), utf16Order(bigEndian)]).toEqual(['le', 'be']);
	expect(utf16Order(Uint8Array.of(0xff, 0xfe, ...littleEndian))).toBe('le');
	expect(utf16Order(Uint8Array.of(0xfe, 0xff, ...bigEndian))).toBe('be');
});

test('no JSON text in UTF-8 is taken for UTF-16', () => {
	const text = fc.tuple(fc.constantFrom('', '\ufeff'), fc.json()).map(([mark, json]) => encoder.encode(mark + json));
	fc.assert(fc.property(text, (bytes) => utf16Order(bytes) === null));
});
