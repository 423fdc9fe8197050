import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samples } from '../../test/deliveries';
import { jsonPair, jsonText, scanText } from '../../test/json-texts';
import { lineText, prettyLines, type PrettyLines } from '../json/pretty-lines';
import { prettyText } from '../json/pretty-text';
import { compareDocuments } from './comparison';
import { differenceLines, RowKind, type DifferenceLines } from './difference-lines';

function linesOf(left: string, right: string, ignored: readonly string[] = []): DifferenceLines {
	return differenceLines(compareDocuments(scanText(left), scanText(right), ignored));
}

/** What a side shows from top to bottom, indented as pretty text is. */
function shown(lines: PrettyLines, rows: Iterable<number>): string {
	return [...rows]
		.filter((line) => line !== -1)
		.map((line) => '  '.repeat(lines.document.depth[lines.node[line]!]!) + lineText(lines, line))
		.join('\n');
}

/** Rows as `kind left | right`. */
function table({ count, kind, left, right, leftLines, rightLines }: DifferenceLines): string[] {
	const names = ['=', '~', '+', '-', 'm', 'i'];
	return Array.from({ length: count }, (_, row) => {
		const one = left[row] === -1 ? '' : lineText(leftLines, left[row]!);
		const other = right[row] === -1 ? '' : lineText(rightLines, right[row]!);
		return `${names[kind[row]!]} ${one} | ${other}`;
	});
}

test('the lines of a document, joined, are its pretty text', () => {
	fc.assert(
		fc.property(jsonText, (text) => {
			const document = scanText(text);
			const lines = prettyLines(document);
			expect(shown(lines, Array(lines.count).keys())).toBe(prettyText(document));
		}),
	);
});

test('the right side reads as the right document, and no line of the left one is lost', () => {
	fc.assert(
		fc.property(jsonPair, ([left, right]) => {
			const lines = linesOf(left, right);
			expect(shown(lines.rightLines, lines.right)).toBe(prettyText(scanText(right)));
			const leftLines = [...lines.left].filter((line) => line !== -1).sort((one, two) => one - two);
			expect(leftLines).toEqual([...Array(lines.leftLines.count).keys()]);
		}),
		{ numRuns: 1000 },
	);
});

test('without anything out of order the left side reads as the left document', () => {
	for (const { body, name } of samples()) {
		const text = new TextDecoder().decode(body);
		const lines = linesOf(text, text.replaceAll('"id":', '"id_of":').replace('"event":', '"new":[{"x":1}],"event":'));
		expect(shown(lines.leftLines, lines.left), name).toBe(prettyText(scanText(text)));
	}
});

test('a document beside itself has equal rows alone', () => {
	fc.assert(
		fc.property(jsonText, (text) => {
			const lines = linesOf(text, text);
			expect([...lines.kind].every((kind) => kind === RowKind.equal)).toBe(true);
			expect([...lines.left]).toEqual([...lines.right]);
		}),
	);
});

test('a changed value stands beside what it was, a new one beside nothing', () => {
	expect(table(linesOf('{"a":1,"b":[1,2],"c":{}}', '{"a":1.0,"b":[1,3,2],"d":null}'))).toEqual([
		'= { | {',
		'~ "a": 1, | "a": 1.0,',
		'= "b": [ | "b": [',
		'= 1, | 1,',
		'+  | 3,',
		'= 2 | 2',
		'= ], | ],',
		'- "c": {} | ',
		'+  | "d": null',
		'= } | }',
	]);
});

test('a value of one line stands beside the first line of what it became', () => {
	expect(table(linesOf('{"assignee":null}', '{"assignee":{"id":1}}'))).toEqual([
		'= { | {',
		'~ "assignee": null | "assignee": {',
		'+  | "id": 1',
		'+  | }',
		'= } | }',
	]);
	expect(table(linesOf('[{"a":1}]', '{"a":[1]}')).map((row) => row[0])).toEqual([...('-----++++' + '+')]);
});

test('an item that moved is told once, at its new place, with what changed in it', () => {
	const lines = linesOf('[{"id":1,"x":0},{"id":2},{"id":3}]', '[{"id":2},{"id":3},{"id":1,"x":5}]');
	expect(table(lines)).toEqual([
		'= [ | [',
		'= { | {',
		'= "id": 2 | "id": 2',
		'= }, | },',
		'= { | {',
		'= "id": 3 | "id": 3',
		'= } | },',
		'm { | {',
		'= "id": 1, | "id": 1,',
		'~ "x": 0 | "x": 5',
		'= }, | }',
		'= ] | ]',
	]);
	expect([...lines.change].filter((change) => change !== -1)).toEqual([0, 1]);
});

test('what is ignored is shown, and no change', () => {
	const lines = linesOf(
		'{"updated_at":1,"meta":{"updated_at":2,"a":1}}',
		'{"updated_at":5,"meta":{"updated_at":7,"a":2}}',
		['updated_at'],
	);
	expect(table(lines).map((row) => row[0])).toEqual([...'=i=i~==']);
	expect([...lines.change]).toEqual([-1, -1, -1, -1, 0, -1, -1]);
});
