import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes } from '../../../../test/deliveries';
import type { Finding, Severity } from '../../../chatwoot/check/report';
import { pointerOf, resolvePointer } from '../../../json/pointer';
import { scanJson, type JsonDocument } from '../../../json/scan';
import { FindingMarks, nodesOfPointers, placesIn } from './finding-marks';

function documentOf(value: unknown): JsonDocument {
	const result = scanJson(bytes(JSON.stringify(value)));
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

function finding(pointer: string, severity: Severity): Finding {
	const words = { message: '', expected: '', found: '', guide: null, wire: null, releases: null };
	return { pointer, severity, code: 'type', line: 1, column: 1, ...words };
}

test('every pointer leads to its node, however many there are', () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
			const document = documentOf(value);
			const nodes = Array.from({ length: document.nodeCount }, (_, node) => node);
			const pointers = nodes.map((node) => pointerOf(document, node));
			expect([...nodesOfPointers(document, pointers)]).toEqual(
				pointers.map((pointer) => resolvePointer(document, pointer)),
			);
		}),
	);
});

test('what is not there belongs to what is around it', () => {
	const document = documentOf({ conversation: { meta: {}, labels: [1] }, a: 1, b: 2, c: 3, d: 4, e: 5 });
	const at = (pointer: string) => resolvePointer(document, pointer);
	const pointers = [
		'/conversation/meta/sender/id',
		'/conversation/labels/7',
		'/conversation/labels/-',
		'/a/b',
		'/f',
		'/e',
		'/d',
		'/g',
	];
	expect([...nodesOfPointers(document, pointers)]).toEqual([
		at('/conversation/meta'),
		at('/conversation/labels'),
		at('/conversation/labels'),
		at('/a'),
		0,
		at('/e'),
		at('/d'),
		0,
	]);
});

test('items are found among many, and what names none belongs to their array', () => {
	const document = documentOf(Array.from({ length: 50 }, (_, index) => ({ index })));
	const indexes = [49, 3, 20, 7, 8, 31];
	const pointers = [...indexes.map((index) => `/${index}`), '/50', '/-', '/x', '/3/index'];
	const nodes = indexes.map((index) => resolvePointer(document, `/${index}`));
	expect([...nodesOfPointers(document, pointers)]).toEqual([...nodes, 0, 0, 0, resolvePointer(document, '/3/index')]);
});

test('a row has its own findings, the worst first, and knows what a closed container hides', () => {
	const document = documentOf({ conversation: { id: 'x', meta: { sender: null } } });
	const findings = [
		finding('/conversation/id', 'info'),
		finding('/conversation/id', 'error'),
		finding('/conversation/meta/sender', 'warning'),
		finding('/conversation/meta/sender', 'info'),
	];
	const marks = new FindingMarks(document);
	marks.add(findings, placesIn(document, findings));
	const at = (pointer: string) => resolvePointer(document, pointer);
	expect(marks.at(at('/conversation/id')).map(({ severity }) => severity)).toEqual(['error', 'info']);
	expect(marks.at(at('/conversation'))).toEqual([]);
	expect(marks.inside(0)).toEqual({ error: 1, warning: 1 });
	expect(marks.inside(at('/conversation/meta'))).toEqual({ error: 0, warning: 1 });
	expect(marks.inside(at('/conversation/id'))).toBeUndefined();
});

test('ten thousand findings in one object are placed by one walk', () => {
	const names = Array.from({ length: 10_000 }, (_, index) => `member ${index}`);
	const document = documentOf(Object.fromEntries(names.map((name) => [name, 0])));
	const nodes = nodesOfPointers(
		document,
		names.map((name) => `/${name}`),
	);
	expect([nodes[0], nodes[9_999]]).toEqual([1, 10_000]);
});

test('findings that come in pieces mark the same rows as all at once', () => {
	const document = documentOf({ list: Array.from({ length: 700 }, (_, index) => ({ index, a: 1, b: 2 })) });
	const findings = Array.from({ length: 700 }, (_, index) => [
		finding(`/list/${index}/index`, index % 2 === 0 ? 'info' : 'warning'),
		{ ...finding(`/list/${index}`, 'warning'), code: 'unknown-member' as const, found: '"a", "b"' },
		finding(`/list/${index}/index`, 'error'),
	]).flat();
	const whole = new FindingMarks(document);
	whole.add(findings, placesIn(document, findings));
	const inPieces = new FindingMarks(document);
	for (let first = 0; first < findings.length; first += 500) {
		const piece = findings.slice(first, first + 500);
		inPieces.add(piece, placesIn(document, piece));
	}

	for (let node = 0; node < document.nodeCount; node++) {
		expect(inPieces.at(node)).toEqual(whole.at(node));
		expect(inPieces.inside(node)).toEqual(whole.inside(node));
	}
	expect(whole.inside(0)).toEqual({ error: 700, warning: 1050 });
});
