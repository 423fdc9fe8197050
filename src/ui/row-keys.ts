/** What a list of rows shows when a key is pressed: the rows that are whole on screen, and the active one. */
export interface RowsOnScreen {
	active: number | null;
	count: number;
	first: number;
	/** One past the last. */
	end: number;
}

/**
 * The row that an arrow, Home, End or a page key leads to, within the list. Without an active row the first
 * key leads to the edge of the screen, so that nothing scrolls. Null for every other key, and without rows.
 */
export function rowAfterKey(key: string, { active, count, first, end }: RowsOnScreen): number | null {
	const page = Math.max(1, end - first - 1);
	const targets: Partial<Record<string, number>> = {
		Home: 0,
		End: count - 1,
		ArrowDown: active === null ? first : active + 1,
		ArrowUp: active === null ? end - 1 : active - 1,
		PageDown: (active ?? first) + page,
		PageUp: (active ?? first) - page,
	};
	const to = Object.hasOwn(targets, key) ? targets[key] : undefined;
	return to === undefined || count === 0 ? null : Math.min(Math.max(0, to), count - 1);
}

/** The row that an event is about, by its `data-index`; null beside rows and on a control that is inside one. */
export function rowOfEvent(event: Event): number | null {
	if (!(event.target instanceof Element) || event.target.closest('button, a, input, select, summary')) return null;
	const index = event.target.closest('[data-index]')?.getAttribute('data-index');
	return index ? Number(index) : null;
}
