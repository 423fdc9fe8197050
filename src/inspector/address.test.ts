import { expect, test } from 'vitest';
import { firstView, readAddress, writeAddress, type View } from './address';

test.each<Partial<View>>([
	{},
	{ id: 41, tab: 'request' },
	{ id: 7, tab: 'findings' },
	{ panel: 'coverage' },
	{ panel: 'validate', query: 'text=q1YqLVayUlDKTS0uTkxPjU8uSk0sSU1RqgUA&event=a%20b' },
])('a view is read as it was written', (part) => {
	const view = { ...firstView, ...part };
	expect(readAddress(writeAddress(view))).toEqual(view);
});

test.each([
	'',
	'#',
	'#/elsewhere?id=4',
	'#/deliveries?id=-1',
	'#/deliveries?id=1e3&tab=none',
	'#/deliveries?id=99999999999999999999',
])('%j shows what a first visit shows', (fragment) => {
	expect(readAddress(fragment)).toEqual(firstView);
});
