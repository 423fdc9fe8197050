import { expect, test } from 'vitest';
import { railsJson } from './rails-json';
import { languages } from './texts/languages';
import { browserTime, isoTime, unixFloat, unixSeconds } from './virtual-time';

const moment = Date.UTC(2026, 5, 9, 10, 0, 0, 204) * 1000 + 417;

test('one moment is written as the three kinds of time that a body has', () => {
	expect(isoTime(moment)).toBe('2026-06-09T10:00:00.204Z');
	expect(unixSeconds(moment)).toBe(1_780_999_200);
	expect(railsJson(unixFloat(moment))).toBe('1780999200.204417');
	expect(railsJson(unixFloat(moment - (moment % 1_000_000)))).toBe('1780999200.0');
	expect([isoTime(null), unixSeconds(null)]).toEqual([null, 0]);
});

test('a browser names its zone in its own language, and changes its clock in summer', () => {
	const german = languages.find(({ code }) => code === 'de')!.zone;
	const winter = Date.UTC(2026, 0, 31, 23, 30) * 1000;
	expect(browserTime(moment, german)).toBe('Tue Jun 09 2026 12:00:00 GMT+0200 (Mitteleuropäische Sommerzeit)');
	expect(browserTime(winter, german)).toBe('Sun Feb 01 2026 00:30:00 GMT+0100 (Mitteleuropäische Normalzeit)');
	const brazilian = languages.find(({ code }) => code === 'pt')!.zone;
	expect(browserTime(moment, brazilian)).toBe('Tue Jun 09 2026 07:00:00 GMT-0300 (Horário Padrão de Brasília)');
});
