import { hasText, integerValue, stringValue, valueText } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import type { AllowedValue, Format, JsonType, Value } from '../contract/contract';

/** How one value, taken by itself, departs from what a contract says of its place. */
export interface Fault {
	code: 'type' | 'enum' | 'format';
	severity: 'error' | 'warning';
	/** Why it is a warning only, or what exactly is wrong; a clause that can follow a semicolon. */
	why?: string;
	/** It was right up to this release. */
	until?: string;
}

const wrongType: Fault = { code: 'type', severity: 'error' };
const wrongFormat: Fault = { code: 'format', severity: 'error' };
const noSuchTime: Fault = { ...wrongFormat, why: 'there is no such day or time' };
const tooManyDigits = 1e11;

const typeOfKind: readonly JsonType[] = ['object', 'array', 'string', 'number', 'boolean', 'boolean', 'null'];

/** One bit for each of `JsonKind`. */
export const everyKind = 0b1111111;

/**
 * The kinds of which `faultOf` finds every value right, one bit each: `1 << kind`. Made once for each place of a
 * contract, so that nearly all values need no other look.
 */
export function faultlessKinds(value: Value): number {
	let kinds = 0;
	for (const [kind, type] of typeOfKind.entries()) {
		if (!value.types.includes(type)) continue;
		const isLimited =
			type === 'null'
				? value.nullUntil !== undefined
				: (type === 'string' || type === 'number') && (value.values !== undefined || value.format !== undefined);
		if (!isLimited) kinds |= 1 << kind;
	}
	return kinds;
}

/** Judges a value without looking into containers; null when it is as the contract says. */
export function faultOf(document: JsonDocument, node: number, value: Value): Fault | null {
	const kind = document.kind[node]!;
	const type = typeOfKind[kind]!;
	if (type === 'number') return numberFault(document, node, value);
	if (!value.types.includes(type)) {
		if (type === 'null' && value.isNullTolerated) {
			return { code: 'type', severity: 'warning', why: 'no release sends null here, test doubles do' };
		}
		// PHP writes an empty object as an empty list; relays made with it pass that on.
		const isEmptyList = kind === JsonKind.array && document.childCount[node] === 0;
		return isEmptyList && value.takesEmptyList ? null : wrongType;
	}
	if (type === 'null' && value.nullUntil !== undefined) return { ...wrongType, until: value.nullUntil };
	if (type !== 'string') return null;
	if (value.values) return allowedFault(document, node, value);
	return value.format ? textFault(document, node, value.format) : null;
}

function numberFault(document: JsonDocument, node: number, value: Value): Fault | null {
	const isNumber = value.types.includes('number');
	if (!isNumber && !value.types.includes('integer')) return wrongType;
	const integer = integerValue(document, node);
	if (!isNumber && integer === null && !isHugeInteger(document, node)) {
		return { ...wrongType, why: 'a whole number is needed' };
	}
	if (value.values) return allowedFault(document, node, value);
	return value.format ? rangeFault(integer ?? Number(valueText(document, node)), value.format) : null;
}

function isHugeInteger(document: JsonDocument, node: number): boolean {
	return /^-?\d+$/.test(valueText(document, node));
}

function rangeFault(number: number, format: Format): Fault | null {
	if (format === 'id') return number > 0 ? null : { ...wrongFormat, why: 'ids count from 1' };
	if (number < 0) return { ...wrongFormat, why: 'it is negative' };
	if (format === 'count') return null;
	if (number >= tooManyDigits) return { ...wrongFormat, why: 'it looks like milliseconds' };
	return null;
}

/** The entry of the list that a value is; null when it is none of them, or the place has no list. */
export function allowedValue(document: JsonDocument, node: number, value: Value): AllowedValue | null {
	if (!value.values) return null;
	const integer = integerValue(document, node);
	for (const allowed of value.values) {
		if (typeof allowed.value === 'string' ? hasText(document, node, allowed.value) : allowed.value === integer) {
			return allowed;
		}
	}
	return null;
}

function allowedFault(document: JsonDocument, node: number, value: Value): Fault | null {
	const allowed = allowedValue(document, node, value);
	if (!allowed) {
		if (value.otherValues) return { code: 'enum', severity: 'warning', why: value.otherValues };
		return { code: 'enum', severity: 'error' };
	}
	if (allowed.foreign) return { code: 'enum', severity: 'warning', why: allowed.foreign };
	return allowed.until ? { code: 'enum', severity: 'error', until: allowed.until } : null;
}

const isoMilliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const isoTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?( ?(Z|UTC|[+-]\d\d:?\d\d))$/;
const databaseTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?$/;
const sampleTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/;
// What ECMAScript fixes for Date.prototype.toString; only the name of the zone is localised. Internet Explorer, in
// captures of old widgets, writes the 9th as one digit.
const browserTime =
	/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2} \d{4,6} \d\d:\d\d:\d\d GMT[+-]\d{4}( \(.*\))?$/s;

function textFault(document: JsonDocument, node: number, format: Format): Fault | null {
	if (isTimeAsSent(document, node) && format !== 'sample-datetime' && format !== 'digits') return null;
	const text = stringValue(document, node)!;
	switch (format) {
		case 'iso-milliseconds':
			if (isoTime.test(text) && !isRealTime(text)) return noSuchTime;
			if (isoMilliseconds.test(text)) return null;
			if (!isoTime.test(text)) return wrongFormat;
			return { code: 'format', severity: 'warning', why: 'a relay may have written the time anew' };
		case 'iso-datetime':
			return (isoTime.test(text) || databaseTime.test(text)) && isRealTime(text) ? null : wrongFormat;
		case 'browser-date':
			return browserTime.test(text) || (isoTime.test(text) && isRealTime(text)) ? null : wrongFormat;
		case 'sample-datetime':
			return sampleTime.test(text) && isRealTime(text) ? null : wrongFormat;
		case 'digits':
			return /^\d+$/.test(text) ? null : wrongFormat;
		default:
			return null;
	}
}

const timeAsSent = '0000-00-00T00:00:00.000Z';

/** Nearly every time is written as releases write it; that is told by its bytes, which costs a tenth. */
function isTimeAsSent({ bytes, start, end }: JsonDocument, node: number): boolean {
	const from = start[node]! + 1;
	if (end[node]! - 1 - from !== timeAsSent.length) return false;
	for (let at = 0; at < timeAsSent.length; at++) {
		const byte = bytes[from + at]!;
		const expected = timeAsSent.charCodeAt(at);
		if (expected === 0x30 ? byte < 0x30 || byte > 0x39 : byte !== expected) return false;
	}
	const twoDigits = (at: number) => (bytes[from + at]! - 0x30) * 10 + bytes[from + at + 1]! - 0x30;
	return (
		isRealDate(twoDigits(0) * 100 + twoDigits(2), twoDigits(5), twoDigits(8)) &&
		isRealClock(twoDigits(11), twoDigits(14), twoDigits(17))
	);
}

/** Whether month, day, hour, minute and second exist. */
function isRealTime(text: string): boolean {
	const seconds = text[16] === ':' ? Number(text.slice(17, 19)) : 0;
	return (
		isRealDate(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))) &&
		isRealClock(Number(text.slice(11, 13)), Number(text.slice(14, 16)), seconds)
	);
}

const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isRealDate(year: number, month: number, day: number): boolean {
	if (month < 1 || month > 12 || day < 1 || day > daysInMonth[month - 1]!) return false;
	return month !== 2 || day !== 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** 60 seconds exist, in a leap second. */
function isRealClock(hour: number, minute: number, second: number): boolean {
	return hour < 24 && minute < 60 && second <= 60;
}

/** A text of digits alone, as ids stand in the guide's sample. */
export function isDigitText(document: JsonDocument, node: number): boolean {
	const text = stringValue(document, node);
	return text !== null && /^\d+$/.test(text);
}
