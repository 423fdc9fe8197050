import { expect, test } from 'vitest';
import { allowedWidth, gridTemplate, handleEdge, leastGridWidth, type GridColumn } from './grid-columns';

const columns: GridColumn[] = [
	{ id: 'number', label: '#', width: 48, resizable: true },
	{ id: 'subject', label: 'Subject', width: 170, minWidth: 90, resizable: true },
	{ id: 'changed', label: 'What changed', width: 'rest', resizable: true },
	{ id: 'size', label: 'Size', width: 72, resizable: true },
	{ id: 'signature', label: '', width: 34 },
];

test('fixed columns keep their width or give way to a minimum, and one takes the rest', () => {
	expect(gridTemplate(columns)).toBe(
		'minmax(48px, 48px) minmax(90px, 170px) minmax(120px, 1fr) minmax(72px, 72px) minmax(34px, 34px)',
	);
});

test('a grid needs the sum of the least widths', () => {
	expect(leastGridWidth(columns)).toBe(48 + 90 + 120 + 72 + 34);
	expect(leastGridWidth([])).toBe(0);
});

test('columns behind the rest column are taken hold of at their start, the others at their end', () => {
	expect(columns.map((_, index) => handleEdge(columns, index))).toEqual(['end', 'end', null, 'start', null]);
});

test('a width that was asked for stays readable', () => {
	const subject = columns[1] as GridColumn;
	expect([-5, 100.4, 1e6].map((width) => allowedWidth(subject, width))).toEqual([90, 100, 2000]);
	expect(allowedWidth(columns[0] as GridColumn, 3)).toBe(32);
});
