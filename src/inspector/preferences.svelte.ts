import { createContext } from 'svelte';
import type { ContractChoice } from '../chatwoot/check/report';

export type Theme = 'system' | 'light' | 'dark';
/** How two documents are shown: in two columns, or with what was removed above what was added. */
export type DifferenceLayout = 'side-by-side' | 'inline';

interface Stored {
	theme: Theme;
	/** Whether single letters are keys (WCAG 2.1.4 wants a way to switch them off). */
	hasLetterKeys: boolean;
	/** Pixels. */
	detailWidth: number;
	/** Pixels, of the columns that a person has made wider or narrower. */
	columnWidths: Record<string, number>;
	/** Who judges deliveries, wherever a verdict is shown. */
	contract: ContractChoice;
	differenceLayout: DifferenceLayout;
	/** Members whose differences do not count in a comparison; null while nobody has changed the list. */
	ignoredMembers: readonly string[] | null;
}

/** The name that they are kept under. */
export const storageKey = 'chatwoot-webhook-inspector';
const defaults: Stored = {
	theme: 'system',
	hasLetterKeys: true,
	detailWidth: 560,
	columnWidths: {},
	contract: 'both',
	differenceLayout: 'side-by-side',
	ignoredMembers: null,
};

/** Where preferences are kept: the browser's storage, or something like it. */
export type PreferenceStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** What a person has set up and finds again. A browser without storage forgets it, and nothing else happens. */
export class Preferences {
	readonly #storage: PreferenceStorage | null;
	#stored = $state.raw<Stored>(defaults);

	constructor(storage: PreferenceStorage | null) {
		this.#storage = storage;
		this.#stored = read(storage);
	}

	get theme(): Theme {
		return this.#stored.theme;
	}

	get hasLetterKeys(): boolean {
		return this.#stored.hasLetterKeys;
	}

	get detailWidth(): number {
		return this.#stored.detailWidth;
	}

	get columnWidths(): Readonly<Record<string, number>> {
		return this.#stored.columnWidths;
	}

	get contract(): ContractChoice {
		return this.#stored.contract;
	}

	get differenceLayout(): DifferenceLayout {
		return this.#stored.differenceLayout;
	}

	get ignoredMembers(): readonly string[] | null {
		return this.#stored.ignoredMembers;
	}

	set(changes: Partial<Stored>): void {
		this.#stored = { ...this.#stored, ...changes };
		try {
			this.#storage?.setItem(storageKey, JSON.stringify(this.#stored));
		} catch {
			// Full or forbidden: it holds until the page is closed.
		}
	}
}

function read(storage: PreferenceStorage | null): Stored {
	try {
		const value = JSON.parse(storage?.getItem(storageKey) ?? '{}') as Partial<Stored>;
		const theme = (['light', 'dark'] as const).find((name) => name === value.theme) ?? 'system';
		const widths = Object.entries(value.columnWidths ?? {}).filter(([, width]) => Number.isFinite(width));
		return {
			theme,
			hasLetterKeys: value.hasLetterKeys !== false,
			detailWidth: Number.isFinite(value.detailWidth) ? Number(value.detailWidth) : defaults.detailWidth,
			columnWidths: Object.fromEntries(widths),
			contract: value.contract === 'guide' ? 'guide' : 'both',
			differenceLayout: value.differenceLayout === 'inline' ? 'inline' : 'side-by-side',
			ignoredMembers: readNames(value.ignoredMembers),
		};
	} catch {
		return defaults;
	}
}

function readNames(value: unknown): string[] | null {
	return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string' && name !== '') : null;
}

export const [getPreferences, setPreferences] = createContext<Preferences>();
