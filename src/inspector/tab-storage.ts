import type { PreferenceStorage } from './preferences.svelte';

/** Begins with what the browser keeps; what is changed is kept for this tab alone. Either may be forbidden: null. */
export function tabStorage(browser: PreferenceStorage | null, tab: PreferenceStorage | null): PreferenceStorage {
	return {
		getItem: (name) => tab?.getItem(name) ?? browser?.getItem(name) ?? null,
		setItem: (name, value) => tab?.setItem(name, value),
	};
}
