/** Short ways to write the values that occur again and again in both contracts. */
import type { Alternative, AllowedValue, Member, Value } from './contract';
import type { Release } from './releases';

export const text: Value = { types: ['string'] };
export const eventName: Value = { types: ['string'], words: 'name of the event' };
export const textOrNull: Value = { types: ['string', 'null'] };
export const flag: Value = { types: ['boolean'] };
export const flagOrNull: Value = { types: ['boolean', 'null'] };
export const id: Value = { types: ['integer'], format: 'id' };
export const idOrNull: Value = { types: ['integer', 'null'], format: 'id' };
export const count: Value = { types: ['integer'], format: 'count' };
export const integer: Value = { types: ['integer'] };
export const integerOrNull: Value = { types: ['integer', 'null'] };
export const decimal: Value = { types: ['number'] };
export const decimalOrNull: Value = { types: ['number', 'null'] };
export const unixSeconds: Value = { types: ['integer'], format: 'unix-seconds' };
export const unixSecondsOrNull: Value = { types: ['integer', 'null'], format: 'unix-seconds' };
export const unixDecimal: Value = { types: ['number'], format: 'unix-decimal' };
export const isoTime: Value = { types: ['string'], format: 'iso-milliseconds' };
export const isoTimeOrNull: Value = { types: ['string', 'null'], format: 'iso-milliseconds' };
export const anything: Value = { types: ['object', 'array', 'string', 'number', 'boolean', 'null'], words: 'any JSON' };

/** An object of one shape, or of the one of several that it is. `['AgentBotLong', '4.8.0']` may stand since 4.8.0. */
export function object(...names: (string | [string, Release])[]): Value {
	return { types: ['object'], objects: names.map(alternative) };
}

/** An object that callers may fill as they like; empty, relays written in PHP pass it on as `[]`. */
export function openObject(name: string): Value {
	return { ...object(name), takesEmptyList: true };
}

function alternative(name: string | [string, Release]): Alternative {
	return typeof name === 'string' ? { object: name } : { object: name[0], since: name[1] };
}

export function orNull(value: Value): Value {
	return { ...value, types: [...value.types, 'null'] };
}

/** Null only up to a release. */
export function orNullUntil(value: Value, release: Release): Value {
	return { ...orNull(value), nullUntil: release };
}

export function list(items: Value, atMost?: number): Value {
	return atMost === undefined ? { types: ['array'], items } : { types: ['array'], items, atMost };
}

/** One of some texts. */
export function oneOf(...values: (string | AllowedValue)[]): Value {
	return {
		types: ['string'],
		values: values.map((value) => (typeof value === 'string' ? { value } : value)),
	};
}

/** A member that every delivery carries; `since` when not all releases do. */
export function always(name: string, value: Value, more: Partial<Member> = {}): Member {
	return { name, value, isAlways: true, ...more };
}

/** A member that comes and goes. */
export function sometimes(name: string, value: Value, more: Partial<Member> = {}): Member {
	return { name, value, isAlways: false, ...more };
}
