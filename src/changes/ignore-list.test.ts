import { expect, test } from 'vitest';
import { samples } from '../../test/deliveries';
import { jsonPair, jsonText, scanText } from '../../test/json-texts';
import fc from 'fast-check';
import { pointerOf } from '../json/pointer';
import { compareDocuments } from './comparison';
import { compileIgnoreList, defaultIgnored, ignoredNodes } from './ignore-list';

test('a name is ignored at any place, with all below it', () => {
	const isIgnored = compileIgnoreList(['updated_at', 'a/b']);
	expect(['/updated_at', '/meta/updated_at', '/updated_at/0', '/a~1b'].map(isIgnored)).toEqual([
		true,
		true,
		true,
		true,
	]);
	expect(['', '/updated', '/a/b', '/updated_at_'].map(isIgnored)).toEqual([false, false, false, false]);
});

test('a pointer is ignored at its place, with a star for any name or index', () => {
	const isIgnored = compileIgnoreList(['/messages/*/id', '/x~1y']);
	expect(['/messages/0/id', '/messages/17/id/x', '/x~1y'].map(isIgnored)).toEqual([true, true, true]);
	expect(['/messages/0', '/messages/0/x', '/id', '/a/messages/0/id'].map(isIgnored)).toEqual(Array(4).fill(false));
});

test('an empty list, and an empty pattern, ignore nothing', () => {
	expect(compileIgnoreList([])('/a')).toBe(false);
	expect(compileIgnoreList([''])('/')).toBe(false);
});

test('ignoring the root’s every member leaves no change', () => {
	fc.assert(
		fc.property(jsonPair, ([left, right]) => {
			const ignored = compareDocuments(scanText(`[${left}]`), scanText(`[${right}]`), ['/*']);
			const all = compareDocuments(scanText(`[${left}]`), scanText(`[${right}]`), []);
			expect(ignored.changeCount).toBe(0);
			expect(ignored.counts.ignored).toBe(all.changeCount);
		}),
	);
});

test('a document’s ignored nodes are those whose pointer is ignored', () => {
	const pattern = fc.constantFrom(
		'a',
		'',
		'é',
		'10',
		'0',
		'/a',
		'/*/id',
		'/~01~1',
		'/0/*',
		'/*',
		'/__proto__',
		'/',
		'/a/*/b',
	);
	fc.assert(
		fc.property(jsonText, fc.array(pattern, { maxLength: 3 }), (text, patterns) => {
			const document = scanText(text);
			const isIgnored = compileIgnoreList(patterns);
			const expected = Array.from({ length: document.nodeCount }, (_, node) =>
				Number(isIgnored(pointerOf(document, node))),
			);
			expect([...ignoredNodes(document, patterns)]).toEqual(expected);
		}),
		{ numRuns: 500 },
	);
});

test('every member that is ignored at first is one that Chatwoot sends, and says why', () => {
	const bodies = samples().map(({ body }) => new TextDecoder().decode(body));
	for (const { pattern, reason } of defaultIgnored) {
		expect(
			bodies.some((body) => body.includes(`"${pattern}":`)),
			pattern,
		).toBe(true);
		expect(reason).toMatch(/^[A-Z].*\.$/);
	}
});

test('what makes a delivery worth a look is not ignored', () => {
	const isIgnored = compileIgnoreList(defaultIgnored.map(({ pattern }) => pattern));
	for (const pointer of [
		'/status',
		'/meta/assignee/id',
		'/labels/0',
		'/priority',
		'/snoozed_until',
		'/custom_attributes/x',
	]) {
		expect(isIgnored(pointer), pointer).toBe(false);
	}
});
