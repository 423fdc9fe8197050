import { expect, test } from 'vitest';
import { Preferences } from './preferences.svelte';

function storageWith(text: string | null): Storage {
	const kept = new Map<string, string>();
	const storage = {
		getItem: (key: string) => kept.get(key) ?? text,
		setItem: (key: string, value: string) => void kept.set(key, value),
	};
	return storage as Storage;
}

test('who judges is found again', () => {
	const storage = storageWith(null);
	new Preferences(storage).set({ contract: 'guide' });
	expect(new Preferences(storage).contract).toBe('guide');
});

test.each([null, '{}', '{"contract":7}', 'not JSON'])('with %j stored guide and wire judge', (text) => {
	expect(new Preferences(storageWith(text)).contract).toBe('both');
});

test('without storage a choice holds until the page is closed', () => {
	const preferences = new Preferences(null);
	preferences.set({ contract: 'guide' });
	expect(preferences.contract).toBe('guide');
});

test('the layout of differences and the members to ignore are found again', () => {
	const storage = storageWith(null);
	new Preferences(storage).set({ differenceLayout: 'inline', ignoredMembers: ['updated_at', '/meta/*/id'] });
	const { differenceLayout, ignoredMembers } = new Preferences(storage);
	expect({ differenceLayout, ignoredMembers }).toEqual({
		differenceLayout: 'inline',
		ignoredMembers: ['updated_at', '/meta/*/id'],
	});
});

test('a list that was emptied stays empty; one that was never touched is not there', () => {
	const storage = storageWith(null);
	expect(new Preferences(storage).ignoredMembers).toBeNull();
	new Preferences(storage).set({ ignoredMembers: [] });
	expect(new Preferences(storage).ignoredMembers).toEqual([]);
});

test.each([
	['{"differenceLayout":"upside down","ignoredMembers":"updated_at"}', null],
	['{"differenceLayout":7,"ignoredMembers":{"a":1}}', null],
	['{"ignoredMembers":[1,"updated_at",null,"",["x"]]}', ['updated_at']],
])('of %s stored only what makes sense is taken', (text, ignoredMembers) => {
	const preferences = new Preferences(storageWith(text));
	expect(preferences.differenceLayout).toBe('side-by-side');
	expect(preferences.ignoredMembers).toEqual(ignoredMembers);
});
