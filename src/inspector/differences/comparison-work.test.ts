import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, samples } from '../../../test/deliveries';
import { jsonPair } from '../../../test/json-texts';
import { ComparisonWork } from './comparison-work';
import type { ComparedRow } from './compared-rows';

function compare(left: string, right: string, ignored: readonly string[] = []): ComparisonWork {
	return new ComparisonWork(bytes(left), bytes(right), ignored);
}

function allRows(work: ComparisonWork): ComparedRow[] {
	return work.rows(0, work.summary.rows);
}

/** Rows as `kind left | right`. */
function table(work: ComparisonWork): string[] {
	return allRows(work).map((row) =>
		row.kind === 'fold' ? `fold ${row.lines}` : `${row.kind} ${row.left?.text ?? ''} | ${row.right?.text ?? ''}`,
	);
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('unchanged lines far from a change are folded, and shown when asked for', () => {
	const left = JSON.stringify(numbers(30));
	const work = compare(left, left.replace('15', '"new"'));
	expect(table(work)).toEqual([
		'fold 13',
		...[12, 13, 14].map((number) => `equal ${number}, | ${number},`),
		'changed 15, | "new",',
		...[16, 17, 18].map((number) => `equal ${number}, | ${number},`),
		'fold 12',
	]);
	expect(work.summary).toMatchObject({ rows: 9, changes: 1, changed: 1, added: 0, isEqual: false, method: 'lines' });
	expect(work.unfold(8).rows).toBe(20);
	expect(work.unfold(4).rows).toBe(20);
	expect(work.unfoldAll().rows).toBe(32);
	expect(table(work)).not.toContainEqual(expect.stringContaining('fold'));
	expect(work.foldAll().rows).toBe(9);
});

test('a fold says where the line after it stands, and what it hides that is ignored', () => {
	const body = (value: number, time: number) =>
		JSON.stringify({ updated_at: time, a: 1, b: 2, meta: { one: 1, two: 2, three: 3, four: 4, five: value } });
	const [fold] = compare(body(1, 1), body(2, 2), ['updated_at']).rows(0, 1);
	expect(fold).toEqual({ kind: 'fold', lines: 6, ignored: 1, pointer: '/meta' });
});

test('stepping goes from change to change, whatever is folded', () => {
	const work = compare(
		JSON.stringify(numbers(100)),
		JSON.stringify(numbers(100)).replace('20', '-1').replace('70', '-2'),
	);
	const steps = () => {
		const first = work.changeNear(-1, 1)!;
		const second = work.changeNear(first, 1)!;
		expect(work.changeNear(second, 1)).toBeNull();
		expect(work.changeNear(second, -1)).toBe(first);
		expect(work.changeNear(first, -1)).toBeNull();
		expect(work.changeNear(10_000, -1)).toBe(second);
		return [first, second].map((row) => work.rows(row, row + 1)[0]);
	};
	const expected = [
		{ kind: 'changed', change: 0, left: { text: '20,' }, right: { text: '-1,' } },
		{ kind: 'changed', change: 1, left: { text: '70,' }, right: { text: '-2,' } },
	];
	expect(steps()).toMatchObject(expected);
	work.unfold(0);
	expect(steps()).toMatchObject(expected);
	work.unfoldAll();
	expect(steps()).toMatchObject(expected);
});

test('windows of rows, joined, are all rows; those beyond the end are empty', () => {
	fc.assert(
		fc.property(jsonPair, fc.integer({ min: 1, max: 5 }), ([left, right], size) => {
			const work = compare(left, right);
			const { rows, changes, added, removed, changed, moved } = work.summary;
			const windows = numbers(Math.ceil(rows / size)).flatMap((at) => work.rows(at * size, at * size + size));
			expect(windows).toEqual(allRows(work));
			expect(work.rows(rows, rows + 5)).toEqual([]);
			expect(added + removed + changed + moved).toBe(changes);
			const seen = new Set(windows.flatMap((row) => (row.kind === 'fold' ? [] : [row.change])));
			seen.delete(null);
			expect([...seen].sort((one, other) => one! - other!)).toEqual(numbers(changes));
		}),
	);
});

test('a line says its number, level and pointer on its own side', () => {
	const rows = allRows(compare('{"a":{"b":[1]}}', '{"new":0,"a":{"b":[2]}}'));
	expect(rows[4]).toEqual({
		kind: 'changed',
		left: { number: 4, level: 3, text: '1', pointer: '/a/b/0' },
		right: { number: 5, level: 3, text: '2', pointer: '/a/b/0' },
		change: 1,
	});
});

test('an item that moved says from where to where', () => {
	const rows = allRows(compare('[{"id":1},{"id":2},{"id":3}]', '[{"id":2},{"id":3},{"id":1}]'));
	const [moved] = rows.filter(({ kind }) => kind === 'moved');
	expect(moved).toMatchObject({ note: 'moved from 0 to 2', left: { pointer: '/0' }, right: { pointer: '/2' } });
});

test('every sample beside itself is equal, and beside the next one is laid out by lines', () => {
	const all = samples();
	for (const [index, { body, name }] of all.entries()) {
		expect(new ComparisonWork(body, body, []).summary, name).toMatchObject({ isEqual: true, changes: 0 });
		const next = all[(index + 1) % all.length]!;
		const work = new ComparisonWork(body, next.body, []);
		expect(work.summary, name).toMatchObject({ method: 'lines', reason: null });
		expect(work.words(), name).toContain(work.summary.isEqual ? 'No difference.' : 'before → after');
	}
});

test('a document of thousands of lines is compared by paths, and says why', () => {
	const text = (note: string) => JSON.stringify(numbers(900).map((id) => ({ id, note })));
	const work = compare(text('a'), text('b'));
	expect(work.summary).toMatchObject({ method: 'paths', changes: 900 });
	expect(work.summary.reason).toBe('Compared value by value, not line by line: there are more than 2,000 lines.');
});

test('what is ignored stays out of the patch', () => {
	const work = compare('{"a":1,"updated_at":1}', '{"a":2,"updated_at":2}', ['updated_at']);
	expect(JSON.parse(work.patch())).toEqual([{ op: 'replace', path: '/a', value: 2 }]);
	expect(work.summary).toMatchObject({ changes: 1, ignored: 1 });
	expect(compare('{"updated_at":1}', '{"updated_at":2}', ['updated_at']).summary.isEqual).toBe(true);
});

test('text that is no JSON is compared by lines, and says what is wrong with it', () => {
	const work = compare('one\ntwo\nthree\n', 'one\r\n2\nthree\nfour');
	expect(work.summary).toMatchObject({ method: 'text', changes: 2, changed: 1, added: 1 });
	expect(work.summary.reason).toContain('Compared as text: the left side is not JSON (line 1, column 1).');
	expect(table(work)).toEqual(['equal one | one', 'changed two | 2', 'equal three | three', 'added  | four']);
	expect(() => work.patch()).toThrow('both sides have to be JSON');
	expect(work.words()).toBe('2 lines differ, before → after:\n\n```diff\n-two\n+2\n+four\n```\n');
});

test('an empty side, bytes that are no text, and too many levels end in a sentence', () => {
	const reason = (left: Uint8Array, right: Uint8Array) => new ComparisonWork(left, right, []).summary.reason;
	const none = new Uint8Array(0);
	expect(reason(none, none)).toBe('Both sides are empty.');
	expect(reason(none, bytes('{}'))).toBe('The left side is empty.');
	expect(reason(bytes('{}'), Uint8Array.of(0x22, 0xff, 0x22))).toBe(
		'The right side is not UTF-8: bytes that are no text are shown as \ufffd.',
	);
	const deep = bytes('['.repeat(20_000) + ']'.repeat(20_000));
	expect(reason(deep, bytes('{}'))).toBe('Compared as text: the left side has more than 1,000 levels.');
	expect(new ComparisonWork(none, none, []).summary).toMatchObject({ isEqual: true, rows: 0 });
});

test('bytes that differ where the text looks the same are no equal bodies', () => {
	const { summary } = new ComparisonWork(Uint8Array.of(0xff), Uint8Array.of(0xfe), []);
	expect(summary).toMatchObject({ changes: 0, isEqual: false });
	expect(summary.reason).toContain('All lines look the same, but the bytes differ');
});

test('texts with nothing in common are one change, soon', () => {
	const lines = (word: string) =>
		numbers(20_000)
			.map((line) => `${word} ${line}`)
			.join('\n');
	const { summary } = compare(`same\n${lines('a')}\nend`, `same\n${lines('b')}\nend`);
	expect(summary).toMatchObject({ method: 'text', changes: 1, changed: 1 });
	expect(summary.reason).toContain('too little in common');
});

test('any two texts can be compared', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (left, right) => {
			const work = new ComparisonWork(left, right, []);
			expect(allRows(work)).toHaveLength(work.summary.rows);
			expect(work.words()).not.toBe('');
		}),
	);
});

test('it says which patterns of the ignore-list hide something', () => {
	const patterns = ['updated_at', 'nowhere', '/meta/*'];
	const work = compare('{"updated_at":1,"meta":{"a":1}}', '{"updated_at":2,"meta":{"a":2}}', patterns);
	expect(work.summary).toMatchObject({ changes: 0, ignored: 2, ignoredBy: ['updated_at', '/meta/*'] });
});
