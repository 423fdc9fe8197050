/** A number that Ruby keeps as a float, so that it is written with a decimal point also when it is whole. */
export class RailsFloat {
	readonly value: number;

	constructor(value: number) {
		this.value = value;
	}
}

/** What a body is made of before it is written. */
export type WireValue = string | number | boolean | null | RailsFloat | readonly WireValue[] | WireObject;

/** Members in the order in which they are written. */
export interface WireObject {
	readonly [name: string]: WireValue;
}

/**
 * Writes a body as the Rails encoder does: compact, members in their order, five characters escaped, all else beyond
 * ASCII as it is, floats with a decimal point. Takes what the simulator itself builds, a few levels deep.
 *
 * Source: ground truth 1.4.
 */
export function railsJson(value: WireValue): string {
	if (typeof value === 'string') return railsString(value);
	if (value === null || typeof value !== 'object') return String(value);
	if (value instanceof RailsFloat) return railsFloat(value.value);
	let text = '';
	if (isList(value)) {
		for (const item of value) text += `${text === '' ? '' : ','}${railsJson(item)}`;
		return `[${text}]`;
	}
	for (const name in value) text += `${text === '' ? '' : ','}${railsString(name)}:${railsJson(value[name]!)}`;
	return `{${text}}`;
}

function isList(value: readonly WireValue[] | WireObject): value is readonly WireValue[] {
	return Array.isArray(value);
}

const escaped = /[<>&\u2028\u2029]/g;
/** Printable ASCII in which nothing is escaped: nearly every name and value. */
const plain = /^[ !#-%'-;=?-[\]-~]*$/;

function railsString(text: string): string {
	if (plain.test(text)) return `"${text}"`;
	return JSON.stringify(text).replace(escaped, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Ruby's `Float#to_s`: exponents below 0.0001 and from 1e16 on, with a decimal point and two digits; NaN is null. */
function railsFloat(value: number): string {
	if (!Number.isFinite(value)) return 'null';
	const size = Math.abs(value);
	if (Object.is(value, -0)) return '-0.0';
	if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
		const [figures, exponent] = value.toExponential().split('e') as [string, string];
		const sign = exponent.startsWith('-') ? '-' : '+';
		return `${figures.includes('.') ? figures : `${figures}.0`}e${sign}${exponent.slice(1).padStart(2, '0')}`;
	}
	return Number.isInteger(value) ? `${BigInt(value)}.0` : String(value);
}

/**
 * An object as PostgreSQL gives it back from a `jsonb` column: names by their length in bytes, then by their bytes,
 * at every level. A fresh diff still shows the order in which the object was written.
 */
export function storedJson(value: WireObject): WireObject;
export function storedJson(value: WireValue): WireValue;
export function storedJson(value: WireValue): WireValue {
	if (value === null || typeof value !== 'object' || value instanceof RailsFloat) return value;
	if (isList(value)) return value.map((item) => storedJson(item));
	const names = Object.keys(value).sort(compareStored);
	return Object.fromEntries(names.map((name) => [name, storedJson(value[name]!)]));
}

const encoder = new TextEncoder();

function compareStored(left: string, right: string): number {
	const leftBytes = encoder.encode(left);
	const rightBytes = encoder.encode(right);
	if (leftBytes.length !== rightBytes.length) return leftBytes.length - rightBytes.length;
	const at = leftBytes.findIndex((byte, index) => byte !== rightBytes[index]);
	return at === -1 ? 0 : leftBytes[at]! - rightBytes[at]!;
}
