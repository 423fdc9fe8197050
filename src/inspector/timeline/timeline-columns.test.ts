import { expect, test } from 'vitest';
import { shownColumns, timelineColumns } from './timeline-columns';

const numberColumn = (digits: number, widths = {}) => shownColumns(widths, true, digits)[0]!;

test('the column of numbers grows with them, and never gives way so far that one is cut', () => {
	expect(numberColumn(2)).toMatchObject({ id: 'id', width: 56, minWidth: 40 });
	for (const digits of [6, 7, 9]) {
		const { width, minWidth } = numberColumn(digits);
		expect(minWidth).toBeGreaterThanOrEqual(digits * 8 + 16);
		expect(width).toBeGreaterThanOrEqual(minWidth!);
	}
});

test('a width that a person has chosen stays', () => {
	expect(numberColumn(6, { id: 44 })).toMatchObject({ width: 44 });
});

test('where there is no room for all columns those stay that tell the deliveries apart', () => {
	const all = timelineColumns.map(({ id }) => id);
	expect(shownColumns({}, true, 1).map(({ id }) => id)).toEqual(all);
	expect(shownColumns({}, false, 1).map(({ id }) => id)).toEqual(all.slice(0, 7));
});

test('where there is no room for all columns what changed gets more of it, unless a person has decided', () => {
	const eventWidth = (hasRoom: boolean, widths = {}) =>
		shownColumns(widths, hasRoom, 1).find(({ id }) => id === 'event')!.width;
	expect(eventWidth(false)).toBeLessThan(Number(eventWidth(true)));
	expect(eventWidth(false, { event: 300 })).toBe(300);
});
