import type { PayloadReader } from './payload-reader';
import type { SearchPlace } from './payload-work';

const nothing = new Uint32Array(0);

/** The search in one body: what was asked, what was found, and which match is looked at. */
export class PayloadSearch {
	readonly #reader: PayloadReader;
	isOpen = $state(false);
	/** As typed. What is found may belong to an earlier text for a moment: see `foundQuery`. */
	query = $state('');
	foundQuery = $state('');
	place = $state<SearchPlace>('tree');
	/** Nodes in a tree, byte offsets in a text; ascending. */
	found = $state.raw<Uint32Array>(nothing);
	index = $state(0);
	isRunning = $state(false);
	/** Why a search failed, in a sentence. */
	failure = $state<string | null>(null);
	readonly current = $derived(this.isOpen ? (this.found[this.index] ?? -1) : -1);

	constructor(reader: PayloadReader) {
		this.#reader = reader;
	}

	/** Searches for a text; a newer call replaces one that still runs. Answers whether this call has set the result. */
	async run(query: string, place: SearchPlace): Promise<boolean> {
		this.query = query;
		this.place = place;
		this.isRunning = true;
		this.failure = null;
		let found: Uint32Array | null;
		try {
			found = await this.#reader.search(place, query);
		} catch (error) {
			this.failure = error instanceof Error ? error.message : String(error);
			found = nothing;
		}
		if (found === null || query !== this.query || place !== this.place) return false;
		this.found = found;
		this.foundQuery = query;
		this.index = 0;
		this.isRunning = false;
		return true;
	}

	/** Goes to the next match (1) or the one before (-1), around the ends. */
	step(by: 1 | -1): void {
		if (this.found.length > 0) this.index = (this.index + by + this.found.length) % this.found.length;
	}

	/** Ends the search and forgets what it found. */
	close(): void {
		this.isOpen = false;
		this.query = '';
		this.foundQuery = '';
		this.found = nothing;
	}
}
