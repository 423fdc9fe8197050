/** A rectangle on the screen, in pixels from its top left corner. */
export interface Box {
	left: number;
	top: number;
	width: number;
	height: number;
}

const gap = 12;
const margin = 12;

/**
 * Where a card stands beside what it is about: below, above, right or left of it, wherever it has room; else inside it,
 * in the lower right corner. Always on the screen.
 */
export function placeCard(
	target: Box | null,
	card: { width: number; height: number },
	screen: { width: number; height: number },
): { left: number; top: number } {
	const within = (left: number, top: number) => ({
		left: Math.max(margin, Math.min(left, screen.width - card.width - margin)),
		top: Math.max(margin, Math.min(top, screen.height - card.height - margin)),
	});
	if (!target) return within(screen.width, screen.height);
	const { left, top, width, height } = target;
	const bottom = top + height;
	const right = left + width;
	// What is at the start of a line is read first, so that it stays free.
	const end = right - card.width - gap;
	if (bottom + gap + card.height + margin <= screen.height) return within(end, bottom + gap);
	if (top - gap - card.height >= margin) return within(end, top - gap - card.height);
	if (left - gap - card.width >= margin) return within(left - gap - card.width, top);
	if (right + gap + card.width + margin <= screen.width) return within(right + gap, top);
	return within(right - gap - card.width, bottom - gap - card.height);
}
