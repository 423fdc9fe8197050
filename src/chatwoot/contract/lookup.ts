import type { Contract, EventShape, Member, ObjectShape } from './contract';

const membersOf = new WeakMap<ObjectShape, ReadonlyMap<string, number>>();

/** So that an integer has a bit for each. */
const mostMembers = 32;

/** The place of each member in a shape's list, by name. Throws when a shape has more than 32 or one name twice. */
export function memberIndex(shape: ObjectShape): ReadonlyMap<string, number> {
	const known = membersOf.get(shape);
	if (known) return known;
	const index = new Map(shape.members.map(({ name }, at) => [name, at]));
	if (shape.members.length > mostMembers || index.size < shape.members.length) {
		throw new Error(`The object ${shape.name} has more than ${mostMembers} members, or one of them twice.`);
	}
	membersOf.set(shape, index);
	return index;
}

/** The member of that name; null when the shape has none. */
export function memberNamed(shape: ObjectShape, name: string): Member | null {
	const at = memberIndex(shape).get(name);
	return at === undefined ? null : shape.members[at]!;
}

/** The shape of that name. Throws when the contract has none: a slip in the contract's own data. */
export function shapeNamed(contract: Contract, name: string): ObjectShape {
	const shape = contract.objects[name];
	if (!shape) throw new Error(`The ${contract.name} contract has no object ${name}.`);
	return shape;
}

/** What the contract says of an event; null when it does not know the name. */
export function eventNamed(contract: Contract, name: string | null): EventShape | null {
	return contract.events.find(({ event }) => event === name) ?? null;
}
