import { expect, test } from 'vitest';
import { initialsOf } from './value-look';

test('a name is known by the first letters of its first and last word', () => {
	expect(initialsOf('Ana Petrov')).toBe('AP');
	expect(initialsOf('  bao   van der lindqvist ')).toBe('BL');
	expect(initialsOf('quiet-meadow-871')).toBe('Q');
	expect(initialsOf('👩‍🚒 Özil')).toBe('👩‍🚒Ö');
	expect(initialsOf('')).toBe('');
});
