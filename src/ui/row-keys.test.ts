import { expect, test } from 'vitest';
import { rowAfterKey, type RowsOnScreen } from './row-keys';

const screen: RowsOnScreen = { active: 50, count: 100, first: 40, end: 60 };

test('arrows, pages and ends lead to a row', () => {
	const keys = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
	expect(keys.map((key) => rowAfterKey(key, screen))).toEqual([49, 51, 31, 69, 0, 99]);
});

test('no key leads out of the list', () => {
	expect(rowAfterKey('ArrowUp', { ...screen, active: 0 })).toBe(0);
	expect(rowAfterKey('ArrowDown', { ...screen, active: 99 })).toBe(99);
	expect(rowAfterKey('PageDown', { ...screen, active: 95 })).toBe(99);
	expect(rowAfterKey('End', { ...screen, count: 0 })).toBeNull();
});

test('the first key chooses a row that is on screen', () => {
	expect(rowAfterKey('ArrowDown', { ...screen, active: null })).toBe(40);
	expect(rowAfterKey('ArrowUp', { ...screen, active: null })).toBe(59);
});

test('other keys lead nowhere', () => {
	expect(['a', 'ArrowLeft', 'constructor', 'Enter'].map((key) => rowAfterKey(key, screen))).toEqual([
		null,
		null,
		null,
		null,
	]);
});
