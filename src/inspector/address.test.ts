import { expect, test } from 'vitest';
import { firstView, readAddress, writeAddress, type View } from './address';

test.each<View>([
	{ id: null, tab: firstView.tab },
	{ id: 41, tab: 'request' },
])('a view is read as it was written', (view) => {
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
