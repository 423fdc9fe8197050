import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeCard, type Box } from './tour-place';

const screen = { width: 1280, height: 800 };
const card = { width: 340, height: 180 };

const overlaps = (box: Box, { left, top }: { left: number; top: number }) =>
	left < box.left + box.width &&
	left + card.width > box.left &&
	top < box.top + box.height &&
	top + card.height > box.top;

test('the card stands beside what it is about wherever there is room', () => {
	const boxes: Box[] = [
		{ left: 0, top: 500, width: 1280, height: 22 },
		{ left: 0, top: 60, width: 1280, height: 22 },
		{ left: 720, top: 100, width: 560, height: 680 },
		{ left: 0, top: 100, width: 560, height: 680 },
	];
	for (const box of boxes) expect(overlaps(box, placeCard(box, card, screen))).toBe(false);
});

test('the card is always whole on the screen that can hold it', () => {
	const size = fc.integer({ min: 0, max: 4000 });
	const box = fc.record({ left: fc.integer({ min: -4000, max: 4000 }), top: fc.integer(), width: size, height: size });
	fc.assert(
		fc.property(fc.option(box), (target) => {
			const { left, top } = placeCard(target, card, screen);
			expect(left >= 12 && left + card.width <= screen.width - 12).toBe(true);
			expect(top >= 12 && top + card.height <= screen.height - 12).toBe(true);
		}),
	);
});
