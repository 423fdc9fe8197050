import type { ChangedAttributes, Contract, JsonType, ObjectShape, Value } from '../contract/contract';
import { shapeNamed } from '../contract/lookup';

/** What the types of one file share. */
export interface TypeNames {
	contract: Contract;
	/** The name of the interface of an object shape; it becomes part of the file. */
	shape(shape: ObjectShape): string;
	/** The name of the interface of an item of `changed_attributes`. */
	change(changes: ChangedAttributes): string;
}

const typeNames: Readonly<Record<Exclude<JsonType, 'object' | 'array'>, string>> = {
	string: 'string',
	integer: 'number',
	number: 'number',
	boolean: 'boolean',
	null: 'null',
};

/**
 * The TypeScript type of what may stand at a place, as releases send it: what only forks, relays and test doubles
 * write is left out. Unions are in the order of the contract, null last.
 */
export function valueType(value: Value, names: TypeNames): string {
	if (value.types.length >= 6) return 'unknown';
	const parts = new Set<string>();
	for (const type of value.types) {
		if (type !== 'null') for (const part of typesOf(type, value, names)) parts.add(part);
	}
	if (value.types.includes('null')) parts.add('null');
	return [...parts].join(' | ');
}

function typesOf(type: Exclude<JsonType, 'null'>, value: Value, names: TypeNames): string[] {
	if (type === 'object') return objectTypes(value, names);
	if (type === 'array') return [arrayType(value, names)];
	if (!value.values) return [typeNames[type]];
	const wanted = type === 'string' ? 'string' : 'number';
	const allowed = value.values.filter((one) => typeof one.value === wanted && one.foreign === undefined);
	const literals = allowed.map((one) => (typeof one.value === 'string' ? quoted(one.value) : String(one.value)));
	// Known words are still offered where others occur.
	return value.otherValues === undefined ? literals : [...literals, `(${wanted} & {})`];
}

function objectTypes({ objects }: Value, names: TypeNames): string[] {
	if (!objects || objects.length === 0) return ['{ [name: string]: unknown }'];
	const shapes = objects.map(({ object }) => shapeNamed(names.contract, object));
	return shapes.filter((shape) => !standsForLaterOnes(shape, shapes)).map((shape) => names.shape(shape));
}

/** An open shape among others that are told apart is for what later releases may add; it would hide which one is meant. */
function standsForLaterOnes({ isOpen, discriminator }: ObjectShape, among: readonly ObjectShape[]): boolean {
	return isOpen === true && !discriminator && among.some((other) => other.discriminator);
}

function arrayType({ items, changes }: Value, names: TypeNames): string {
	if (changes) return `${names.change(changes)}[]`;
	if (!items) return 'unknown[]';
	const type = valueType(items, names);
	return type.includes(' ') ? `(${type})[]` : `${type}[]`;
}

/** A text as a TypeScript literal. */
export function quoted(text: string): string {
	return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
