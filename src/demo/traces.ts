import { storageKey } from '../inspector/preferences.svelte';
import { databaseName } from '../inspector/validate/kept-text';

/** Knows what the browser kept before the demo began, so that what has come since can go with the demo. */
export class Traces {
	readonly #hadTexts = hasTexts();

	/** Removes what was set up for this tab, and the page's database of pasted texts unless it was there before. */
	async remove(): Promise<void> {
		sessionStorage.removeItem(storageKey);
		if (!(await this.#hadTexts) && (await hasTexts())) indexedDB.deleteDatabase(databaseName);
	}
}

async function hasTexts(): Promise<boolean> {
	return (await indexedDB.databases()).some(({ name }) => name === databaseName);
}
