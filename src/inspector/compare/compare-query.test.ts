import { expect, test } from 'vitest';
import { readCompareQuery, readId, writeCompareQuery, type CompareView } from './compare-query';

test.each<[string, CompareView]>([
	['left=41&right=57', { left: 41, right: 57, part: 'body' }],
	['left=pasted&right=57&part=headers', { left: 'pasted', right: 57, part: 'headers' }],
	['right=7', { left: null, right: 7, part: 'body' }],
	['', { left: null, right: null, part: 'body' }],
])('the address %j is read, and written again', (query, view) => {
	expect(readCompareQuery(query)).toEqual(view);
	expect(writeCompareQuery(view)).toBe(query);
});

test.each(['left=0&right=-1', 'left=1.5&right=0x10', 'left=12345678901234567890', 'part=nothing', '%%%&&&='])(
	'of %j nothing can be compared yet',
	(query) => {
		expect(readCompareQuery(query)).toEqual({ left: null, right: null, part: 'body' });
	},
);

test('a number may be written as a row shows it', () => {
	expect([' 41 ', '#41', '41', 'x', '', '-4', '4 1'].map(readId)).toEqual([41, 41, 41, null, null, null, null]);
});
