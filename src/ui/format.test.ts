import { expect, test } from 'vitest';
import { formatClock, formatCount, formatDateTime, formatDuration } from './format';

test('a count is grouped in threes', () => {
	expect([0, 7, 999, 1204, 1_000_000, -1204].map(formatCount)).toEqual([
		'0',
		'7',
		'999',
		'1,204',
		'1,000,000',
		'−1,204',
	]);
});

test('a duration takes the unit that fits', () => {
	const shown = [0, 7, 578, 999, 1000, 2_600, 73_300, 99_949, 128_000, 3_600_000, 11_040_000, 190_800_000].map(
		formatDuration,
	);
	expect(shown).toEqual([
		'0 ms',
		'7 ms',
		'578 ms',
		'999 ms',
		'1 s',
		'2.6 s',
		'73.3 s',
		'99.9 s',
		'2 min 8 s',
		'1 h',
		'3 h 4 min',
		'2 d 5 h',
	]);
});

test('a duration never shows sixty of a unit', () => {
	expect(formatDuration(99_960)).toBe('1 min 40 s');
	expect(formatDuration(3_599_700)).toBe('1 h');
	expect(formatDuration(86_399_000)).toBe('1 d');
});

test('a clock that was set back gives a negative duration', () => {
	expect(formatDuration(-7)).toBe('−7 ms');
	expect(formatDuration(-0.2)).toBe('0 ms');
});

test('a moment is shown on the local clock, with milliseconds', () => {
	expect(formatClock(new Date(2026, 5, 9, 12, 0, 3, 118).getTime())).toBe('12:00:03.118');
	expect(formatClock(new Date(2026, 5, 9, 0, 5, 9, 4).getTime())).toBe('00:05:09.004');
});

test('a moment with its day is written out', () => {
	expect(formatDateTime(new Date(2026, 5, 9, 12, 7, 2, 999).getTime())).toBe('9 June 2026, 12:07:02');
});

test('what is no figure is a dash', () => {
	const shown = [formatCount(Infinity), formatDuration(NaN), formatClock(NaN)];
	expect([...shown, formatDateTime(9e15)]).toEqual(['–', '–', '–', '–']);
});
