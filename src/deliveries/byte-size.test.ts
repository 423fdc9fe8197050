import { expect, test } from 'vitest';
import { byteSize } from './byte-size';

test('sizes have one decimal where it tells something', () => {
	expect([0, 255, 999, 1000, 3084, 5200, 99_940, 123_456].map(byteSize)).toEqual([
		'0 B',
		'255 B',
		'999 B',
		'1 kB',
		'3.1 kB',
		'5.2 kB',
		'99.9 kB',
		'123 kB',
	]);
});

test('a size never rounds up to a thousand of its unit', () => {
	expect(byteSize(999_499)).toBe('999 kB');
	expect(byteSize(999_501)).toBe('1 MB');
	expect(byteSize(8_123_456_789)).toBe('8.1 GB');
});

test('whole kibibytes and mebibytes, as limits are, keep their name', () => {
	expect(byteSize(8 * 1024 ** 3)).toBe('8 GiB');
	expect(byteSize(10 * 1024 * 1024)).toBe('10 MiB');
	expect(byteSize(64 * 1024)).toBe('64 KiB');
	expect(byteSize(2048)).toBe('2 kB');
});
