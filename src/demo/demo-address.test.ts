import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scenarioNames } from '../simulator/scenarios';
import { mockScope, readDemoAddress, writeDemoAddress } from './demo-address';

test('what the address says is taken, in any order', () => {
	expect(readDemoAddress('?demo&scenario=chaos&seed=7&rate=300')).toEqual({ scenario: 'chaos', seed: 7, rate: 300 });
	expect(readDemoAddress('?rate=0.5&seed=-3&demo')).toEqual({ scenario: 'calm', seed: -3, rate: 0.5 });
});

test('what it says wrongly is as at first', () => {
	const first = { scenario: 'calm', seed: 1, rate: null };
	for (const search of [
		'',
		'?demo',
		'?demo=1&scenario=storm&seed=x&rate=0',
		'?demo&seed=1.5&rate=-1',
		'?demo&rate=1e9',
	]) {
		expect(readDemoAddress(search)).toEqual(first);
	}
});

test('every choice is read again as it was written, below the address of the service worker', () => {
	const seed = fc.maxSafeInteger();
	const rate = fc.option(fc.double({ min: 0.1, max: 10_000, noNaN: true }));
	const choice = fc.record({ scenario: fc.constantFrom(...scenarioNames), seed, rate });
	fc.assert(
		fc.property(choice, (one) => {
			expect(readDemoAddress(writeDemoAddress(one))).toEqual(one);
			const base = 'https://static.test/some/where/';
			expect(new URL(writeDemoAddress(one), base).href.startsWith(mockScope(base))).toBe(true);
		}),
	);
});
