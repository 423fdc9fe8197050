import { expect, test } from 'vitest';
import { ByteMarks } from './byte-marks';
import { searchText } from './text-search';

const encoder = new TextEncoder();

test('a row gets the ranges that touch it, matches that begin before it too', () => {
	const marks = new ByteMarks([{ from: 20, to: 24, kind: 'masked' }], Uint32Array.of(3, 9, 15), 4, 9);
	expect(marks.within(10, 16)).toEqual([
		{ from: 9, to: 13, kind: 'current' },
		{ from: 15, to: 19, kind: 'match' },
	]);
	expect(marks.within(20, 30)).toEqual([{ from: 20, to: 24, kind: 'masked' }]);
	expect(marks.within(24, 30)).toEqual([]);
});

test('a match inside a masked value stays masked', () => {
	const marks = new ByteMarks([{ from: 5, to: 9, kind: 'masked' }], Uint32Array.of(6), 2, 6);
	expect(marks.within(0, 20)).toEqual([{ from: 5, to: 9, kind: 'masked' }]);
});

test('a text is searched as it stands, ASCII case ignored', () => {
	const bytes = encoder.encode('Open é OPEN É open');
	expect([...searchText(bytes, 'open')]).toEqual([0, 8, 16]);
	expect([...searchText(bytes, 'é')]).toEqual([5]);
	expect([...searchText(bytes, '')]).toEqual([]);
	expect([...searchText(encoder.encode('aaaa'), 'aa')]).toEqual([0, 2]);
});
