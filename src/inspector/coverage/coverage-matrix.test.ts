import { expect, test } from 'vitest';
import { presentMembers } from '../../chatwoot/check/coverage';
import { readBody } from '../../deliveries/body-reading';
import { coverageOf } from '../../deliveries/coverage';
import { MemberCounter } from '../../deliveries/member-counter';
import { buildMatrix, pathWords, stateOf, stateWords, type Matrix } from './coverage-matrix';
import { coverageRows, type CoverageRow, type Folding } from './coverage-rows';

/** The matrix of a store with these payloads. */
function matrixOf(payloads: readonly unknown[], showsUnseen = false): Matrix {
	const counter = new MemberCounter();
	for (const [index, payload] of payloads.entries()) {
		const { document } = readBody(new TextEncoder().encode(JSON.stringify(payload)));
		counter.add(document && presentMembers(document), index + 1);
	}
	return buildMatrix(coverageOf(counter.counted(), showsUnseen));
}

function line(matrix: Matrix, group: string, path: string) {
	return matrix.groups.find(({ name }) => name === group)?.lines.find((one) => one.path === path);
}

const words = (row: CoverageRow) =>
	row.kind === 'group' ? row.group.name : row.kind === 'bundle' ? row.lines.map(({ path }) => path) : row.line.path;

const open: Folding = { foldsEqual: true, closedGroups: new Set(), openBundles: new Set() };
const conversation = { id: 5, status: 'open', meta: { sender: { id: 3, type: 'contact' } } };
const payloads = [
	{ event: 'message_created', id: 1, conversation },
	{ event: 'conversation_created', ...conversation, asignee_id: 4 },
	{ event: 'webwidget_triggered', current_conversation: conversation },
	'text',
];

test('events that came are columns, and the others only when they are asked for', () => {
	const events = (matrix: Matrix) => matrix.columns.map(({ event }) => event);
	expect(events(matrixOf(payloads))).toEqual(['message_created', 'conversation_created', 'webwidget_triggered']);
	expect(events(matrixOf(payloads, true)).length).toBeGreaterThan(15);
	expect(matrixOf([])).toMatchObject({ columns: [], groups: [], totals: { wire: 0, deliveries: 0 } });
});

test('a member of a conversation shares one line, wherever the conversation stands', () => {
	const matrix = matrixOf(payloads);
	const counts = line(matrix, 'Conversation', 'meta.sender.id')!.cells.map((cell) => cell?.member.count);
	expect(counts).toEqual([1, 1, 1]);
	expect(line(matrix, 'Message', 'conversation.id')).toBeUndefined();
	expect(line(matrix, 'Message', 'id')!.cells.map((cell) => cell?.member.count)).toEqual([1, undefined, undefined]);
	expect(line(matrix, 'Event', 'event')!.cells.map((cell) => cell?.member.count)).toEqual([1, 1, 1]);
	expect(line(matrix, 'Event', 'current_conversation')!.cells.map((cell) => cell?.member.count)).toEqual([
		undefined,
		undefined,
		1,
	]);
});

test('what nobody knows is the last line of its object, and counted', () => {
	const matrix = matrixOf(payloads);
	const lines = matrix.groups.find(({ name }) => name === 'Conversation')!.lines;
	expect(lines.at(-1)).toMatchObject({ path: 'asignee_id', cells: [null, { state: 'unknown' }, null] });
	expect(matrix.totals).toMatchObject({ unknown: 1, deliveries: 4, otherDeliveries: 1, unnamed: 0 });
	const { wire, wireSeen } = matrix.totals;
	expect(wireSeen).toBeGreaterThan(5);
	expect(wire).toBeGreaterThan(wireSeen);
});

test('a member is exactly one of six, by who lists it and whether it came', () => {
	const state = (guide: boolean, wire: boolean, count: number, doAgree = false) =>
		stateOf({
			pointer: '/x',
			object: 'x',
			guide: guide ? 'text' : null,
			wire: wire ? 'text' : null,
			doAgree,
			releases: null,
			count,
			example: null,
		});
	expect(state(true, true, 1, true)).toBe('agreed');
	expect(state(true, true, 1)).toBe('differs');
	expect(state(false, true, 1)).toBe('undocumented');
	expect([state(true, false, 0), state(true, false, 2)]).toEqual(['only-guide', 'only-guide']);
	expect([state(true, true, 0, true), state(false, true, 0)]).toEqual(['unseen', 'unseen']);
	expect(state(false, false, 1)).toBe('unknown');
	expect(stateWords('only-guide', 0)).not.toBe(stateWords('only-guide', 2));
});

test('members that are equal in every event fold into one row, which opens', () => {
	const matrix = matrixOf(payloads);
	const folded = coverageRows(matrix, open);
	const bundles = folded.filter((row) => row.kind === 'bundle');
	const seen = bundles.find((row) => row.lines.some(({ path }) => path === 'meta.sender.id'))!;
	expect(seen.lines.map(({ path }) => path)).toEqual([
		'id',
		'meta',
		'meta.sender',
		'meta.sender.id',
		'meta.sender.type',
		'status',
	]);
	expect(folded.map(words)).not.toContain('meta.sender.id');
	const opened = coverageRows(matrix, { ...open, openBundles: new Set([seen.key]) });
	expect(opened.map(words)).toContain('meta.sender.id');
	expect(opened.length).toBe(folded.length + 6);
	const all = coverageRows(matrix, { ...open, foldsEqual: false });
	const lines = matrix.groups.reduce((sum, group) => sum + group.lines.length, 0);
	expect(all.length).toBe(lines + matrix.groups.length);
});

test('however it is folded, each member is in exactly one place, and each row has a key of its own', () => {
	const matrix = matrixOf(payloads, true);
	const everything = matrix.groups.flatMap(({ lines }) => lines.map(({ key }) => key));
	const rows = coverageRows(matrix, open);
	const placed = rows.flatMap((row) =>
		row.kind === 'group' ? [] : row.kind === 'bundle' ? row.lines.map(({ key }) => key) : [row.line.key],
	);
	expect([...placed].sort()).toEqual([...everything].sort());
	expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('unknown members never fold, and a closed group shows nothing but itself', () => {
	const odd = { event: 'contact_created', a_one: 1, a_two: 2, a_three: 3 };
	const matrix = matrixOf([odd]);
	expect(coverageRows(matrix, open).map(words)).toEqual(expect.arrayContaining(['a_one', 'a_two', 'a_three']));
	const closed = coverageRows(matrix, { ...open, closedGroups: new Set(['group Contact', 'group Event']) });
	expect(closed.map(words)).toEqual(['Contact', 'Event']);
});

test('a pointer is written as people write it', () => {
	expect(pathWords('/messages/*/sender/name')).toBe('messages[].sender.name');
	expect(pathWords('/odd~1name~0/x')).toBe('odd/name~.x');
});
