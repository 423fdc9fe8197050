import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from './read-lines';

async function linesOf(...chunks: Uint8Array[]): Promise<string[]> {
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			for (const chunk of chunks) controller.enqueue(chunk);
			controller.close();
		},
	});
	const lines: string[] = [];
	for await (const line of readLines(stream)) lines.push(line);
	return lines;
}

test('lines come whole, wherever the network cuts them', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.string({ unit: 'grapheme' }).map((text) => `x${text.replaceAll('\n', '')}`)),
			fc.array(fc.nat(9)),
			async (lines, sizes) => {
				const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
				const chunks: Uint8Array[] = [];
				let from = 0;
				for (const size of sizes) chunks.push(bytes.subarray(from, (from += size)));
				chunks.push(bytes.subarray(from));
				expect(await linesOf(...chunks)).toEqual(lines);
			},
		),
	);
});

test('a last line without an end counts', async () => {
	expect(await linesOf(new TextEncoder().encode('a\nb'))).toEqual(['a', 'b']);
	expect(await linesOf()).toEqual([]);
});
