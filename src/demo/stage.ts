import type { View } from '../inspector/address';
import type { ApiClient } from '../inspector/api-client';
import type { Inspector } from '../inspector/inspector.svelte';

/** The page, as far as the demo and opened files change what is on it. */
export interface Stage {
	/** The page's address: the API lives below it. */
	readonly base: string;
	/** Stands above the inspector, for a bar. */
	readonly bar: HTMLElement;
	/** The inspector that is on the page. */
	readonly inspector: Inspector;
	/** What the page shows when no recording is open. */
	home: Home;
	/** Shows a receiver's deliveries in place of those that are shown; what the address says unless a view is given. */
	show(api: ApiClient, view?: View): Inspector;
}

/** A receiver to which the page comes back. */
export interface Home {
	show(): void;
	/** Another one is shown instead, for a while or for good. */
	hide(): void;
}
