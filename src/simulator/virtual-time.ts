import { RailsFloat } from './rails-json';

/**
 * A moment of the virtual clock in microseconds since 1970, as the database keeps it. A whole number: until the year
 * 2255 it is exact.
 */
export type Moment = number;

export const millisecond = 1000;
export const second = 1_000_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** ISO 8601 in UTC with 3 decimals, as Rails writes times into JSON; null stays null. */
export function isoTime(moment: Moment): string;
export function isoTime(moment: Moment | null): string | null;
export function isoTime(moment: Moment | null): string | null {
	return moment === null ? null : new Date(Math.floor(moment / millisecond)).toISOString();
}

/** Unix seconds, rounded down; 0 for never. */
export function unixSeconds(moment: Moment | null): number {
	return moment === null ? 0 : Math.floor(moment / second);
}

/** Unix seconds with up to 6 decimals, and one at least: `updated_at` of a conversation. */
export function unixFloat(moment: Moment): RailsFloat {
	return new RailsFloat(moment / second);
}

/** A zone as a browser names it, in its own language. */
export interface Zone {
	offsetMinutes: number;
	name: string;
	/** From April to October, where the clocks change then. */
	summer?: { offsetMinutes: number; name: string };
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The text of JavaScript's `Date.toString()` on the visitor's machine, from which the widget sends it. */
export function browserTime(moment: Moment, zone: Zone): string {
	const month = new Date(moment / millisecond).getUTCMonth();
	const { offsetMinutes, name } = zone.summer && month >= 3 && month <= 9 ? zone.summer : zone;
	const local = new Date(Math.floor(moment / millisecond) + offsetMinutes * 60_000);
	const two = (figure: number) => String(figure).padStart(2, '0');
	const date = `${days[local.getUTCDay()]} ${months[local.getUTCMonth()]} ${two(local.getUTCDate())} ${local.getUTCFullYear()}`;
	const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
	const size = Math.abs(offsetMinutes);
	const offset = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
	return `${date} ${time} GMT${offset} (${name})`;
}
