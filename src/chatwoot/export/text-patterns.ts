import type { Format } from '../contract/contract';

const leapYear = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const date =
	'(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)' +
	`|02-(?:0[1-9]|1[0-9]|2[0-8]))|${leapYear}-02-29)`;
const minutes = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';
const seconds = ':(?:[0-5][0-9]|60)';
const localTime = `${date}[T ]${minutes}(?:${seconds}(?:\\.[0-9]{1,9})?)?`;
const zone = ' ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})';
const browserTime =
	'(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{1,2} [0-9]{4,6} ' +
	'[0-9]{2}:[0-9]{2}:[0-9]{2} GMT[+-][0-9]{4}(?: \\([\\s\\S]*\\))?';

/**
 * The texts of a format as one regular expression, only of what all dialects have in common: times that exist, leap
 * years included. What the check takes with a warning (a time that a relay has written anew) is among them.
 */
export const textPatterns: Partial<Record<Format, string>> = {
	'iso-milliseconds': `^${localTime}${zone}$`,
	'iso-datetime': `^${localTime}(?:${zone})?$`,
	'browser-date': `^(?:${browserTime}|${localTime}${zone})$`,
	'sample-datetime': `^${date} ${minutes}${seconds} UTC$`,
	digits: '^[0-9]+$',
};
