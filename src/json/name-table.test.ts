import { expect, test } from 'vitest';
import { children } from './document';
import { NameTable } from './name-table';
import { scanJson } from './scan';

function indexes(table: NameTable, text: string): number[] {
	const scan = scanJson(new TextEncoder().encode(text));
	if (!scan.ok) throw new Error(scan.error.message);
	return [...children(scan.document, 0)].map((node) => table.indexOf(scan.document, node));
}

test('a member is found by its name, and one that is not in the table is not', () => {
	const table = new NameTable(['id', 'created_at', 'updated_at', 'name', 'a b']);
	expect(indexes(table, '{"name":1,"updated_at":2,"id":3,"a b":4,"created_at":5}')).toEqual([3, 2, 0, 4, 1]);
	expect(indexes(table, '{"nam":1,"names":2,"ID":3,"":4,"dreated_at":5,"é":6,"__proto__":7}')).toEqual(
		Array.from({ length: 7 }, () => -1),
	);
});

test('a name is found however it is escaped', () => {
	const table = new NameTable(['id', 'name']);
	expect(indexes(table, '{"\\u006eame":1,"i\\u0064":2,"\\u006eome":3,"\\\\id":4}')).toEqual([1, 0, -1, -1]);
});

test('many names of one length are told apart', () => {
	const names = Array.from({ length: 100 }, (_, index) => `name_${String(index).padStart(3, '0')}_end`);
	const text = `{${names.map((name) => `"${name}":0`).join(',')}}`;
	expect(indexes(new NameTable(names), text)).toEqual(names.map((_, index) => index));
});

test.each([[['id', 'id']], [['']], [['é']], [['a"b']], [['a\\b']], [Array.from({ length: 128 }, (_, at) => `n${at}`)]])(
	'names that the table could not tell apart are refused: %j',
	(names) => {
		expect(() => new NameTable(names)).toThrow();
	},
);
