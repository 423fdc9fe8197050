import type { Attachment } from 'svelte/attachments';

/**
 * Makes the buttons marked `data-stop` inside an element one tab stop: ← and → go to the next one, ↑ and ↓ to the same
 * place in the next row of the table, Home and End to the first and the last.
 */
export const rovingStops: Attachment<HTMLElement> = (container) => {
	const stops = () => [...container.querySelectorAll<HTMLElement>('[data-stop]')];

	/** One of them can always be reached, also when the one that could is gone. */
	function settle(): void {
		const all = stops();
		if (!all.some(({ tabIndex }) => tabIndex === 0)) all[0]?.setAttribute('tabindex', '0');
	}

	function focusin({ target }: FocusEvent): void {
		if (!(target instanceof HTMLElement) || !target.matches('[data-stop]')) return;
		for (const stop of stops()) stop.tabIndex = stop === target ? 0 : -1;
	}

	function keydown(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
		if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-stop]')) return;
		const to = targetOf(event.key, stops(), event.target);
		if (to === null) return;
		event.preventDefault();
		event.stopPropagation();
		to?.focus();
	}

	const observer = new MutationObserver(settle);
	observer.observe(container, { childList: true, subtree: true });
	container.addEventListener('focusin', focusin);
	container.addEventListener('keydown', keydown);
	settle();
	return () => {
		observer.disconnect();
		container.removeEventListener('focusin', focusin);
		container.removeEventListener('keydown', keydown);
	};
};

/** Where a key leads; undefined past the ends, null for a key that is not ours. */
function targetOf(key: string, stops: HTMLElement[], from: HTMLElement): HTMLElement | null | undefined {
	const at = stops.indexOf(from);
	switch (key) {
		case 'ArrowRight':
			return stops[at + 1];
		case 'ArrowLeft':
			return stops[at - 1];
		case 'Home':
			return stops[0];
		case 'End':
			return stops.at(-1);
		case 'ArrowDown':
			return inRow(stops.slice(at + 1), from);
		case 'ArrowUp':
			return inRow(stops.slice(0, at).reverse(), from);
		default:
			return null;
	}
}

/** The stop in the nearest other row that stands in the same cell, or the one nearest to it. */
function inRow(candidates: readonly HTMLElement[], from: HTMLElement): HTMLElement | undefined {
	const own = from.closest('tr');
	const first = candidates.find((stop) => stop.closest('tr') !== own);
	const row = first?.closest('tr');
	const cell = from.closest('td')?.cellIndex;
	return candidates.find((stop) => stop.closest('tr') === row && stop.closest('td')?.cellIndex === cell) ?? first;
}
