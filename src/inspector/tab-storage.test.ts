import { expect, test } from 'vitest';
import { tabStorage } from './tab-storage';

function storage(entries: Record<string, string> = {}) {
	const kept = new Map(Object.entries(entries));
	return {
		kept,
		getItem: (name: string) => kept.get(name) ?? null,
		setItem: (name: string, value: string) => void kept.set(name, value),
	};
}

test('it begins with what the browser keeps, and changes only what the tab keeps', () => {
	const [browser, tab] = [storage({ theme: 'dark' }), storage()];
	const both = tabStorage(browser, tab);
	expect(both.getItem('theme')).toBe('dark');
	both.setItem('theme', 'light');
	expect(both.getItem('theme')).toBe('light');
	expect(browser.getItem('theme')).toBe('dark');
	expect(tab.getItem('theme')).toBe('light');
});

test('without storage nothing is kept, and nothing happens', () => {
	const none = tabStorage(null, null);
	none.setItem('theme', 'light');
	expect(none.getItem('theme')).toBeNull();
});
