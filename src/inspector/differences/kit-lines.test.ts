import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samples } from '../../../test/deliveries';
import { jsonPair, scanText } from '../../../test/json-texts';
import { compareDocuments } from '../../changes/comparison';
import { differenceLines, type DifferenceLines } from '../../changes/difference-lines';
import { kitLines, whyNotByLines } from './kit-lines';

/** Rows as text; of neighbours that stand on one side alone the left ones first, as json-diff-kit puts them. */
function rowsOf({ count, kind, left, right, change }: DifferenceLines): string[] {
	const rows: string[] = [];
	let added: string[] = [];
	for (let row = 0; row < count; row++) {
		const text = [kind[row], left[row], right[row], change[row]].join(' ');
		if (left[row] === -1) {
			added.push(text);
		} else if (right[row] === -1) {
			rows.push(text);
		} else {
			rows.push(...added, text);
			added = [];
		}
	}
	return [...rows, ...added];
}

test('json-diff-kit lays out the same rows as we do, whatever the documents hold', () => {
	fc.assert(
		fc.property(jsonPair, ([left, right]) => {
			const comparison = compareDocuments(scanText(left), scanText(right), ['a']);
			const lines = kitLines(comparison);
			expect(lines).not.toBeNull();
			expect(rowsOf(lines!)).toEqual(rowsOf(differenceLines(comparison)));
		}),
		{ numRuns: 1000 },
	);
});

test('every two neighbours among the samples are laid out by json-diff-kit', () => {
	const documents = samples().map(({ body }) => scanText(new TextDecoder().decode(body)));
	for (const [index, left] of documents.entries()) {
		const right = documents[(index + 1) % documents.length]!;
		const comparison = compareDocuments(left, right, []);
		expect(whyNotByLines(left, right)).toBeNull();
		expect(rowsOf(kitLines(comparison)!)).toEqual(rowsOf(differenceLines(comparison)));
	}
});

test('what would take json-diff-kit too long is not given to it, and the reason says so', () => {
	const small = scanText('{}');
	const numbers = (count: number) => scanText(JSON.stringify(Array.from({ length: count }, (_, index) => index)));
	const members = Array.from({ length: 2000 }, (_, index) => `"m${index}":1`);
	expect(whyNotByLines(small, numbers(1000))).toBeNull();
	expect(whyNotByLines(small, numbers(1001))).toContain('an array has more than 1,000 items');
	expect(whyNotByLines(scanText(`{${members.join()}}`), small)).toContain('more than 2,000 lines');
	expect(whyNotByLines(scanText('['.repeat(102) + ']'.repeat(102)), small)).toContain('more than 100 levels');
});
