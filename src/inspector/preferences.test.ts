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
