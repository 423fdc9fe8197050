import type { JsonValue } from '../../json/value';
import type { Actor, ChangedAttributes, Contract, Format, ObjectShape, Value } from '../contract/contract';
import { shapeNamed } from '../contract/lookup';
import { textPatterns } from './text-patterns';

/** A JSON Schema that is an object. */
export interface SchemaObject {
	[keyword: string]: JsonValue;
}

export type Schema = SchemaObject | boolean;

/** What the schemas of one file share. */
export interface Definitions {
	contract: Contract;
	/** Asks for an object shape to be among the definitions; gives its name there. */
	shape(shape: ObjectShape): string;
	/** Asks for the condition that tells one kind of person or machine. */
	condition(actor: Actor): string;
}

const allTypes = 7;

/**
 * The schema of what may stand at a place, as leniently as the check calls no error: a value that is only worth a
 * warning is accepted, and so is one that some release has sent.
 *
 * @param also shapes of people and machines that are taken there besides
 */
export function valueSchema(value: Value, definitions: Definitions, also: readonly ObjectShape[] = []): SchemaObject {
	const types = value.isNullTolerated ? [...value.types, 'null' as const] : value.types;
	if (types.filter((type) => type !== 'integer').length >= allTypes - 1) return {};
	const plain = types.filter((type) => type !== 'object' || !value.objects?.length);
	const alternatives: SchemaObject[] = [];
	if (plain.length < types.length) alternatives.push(objectSchema(value, definitions, also));
	if (plain.length > 0) alternatives.push(plainSchema({ ...value, types: plain }, definitions));
	// PHP writes an empty object as an empty list; relays made with it pass that on.
	if (value.takesEmptyList) alternatives.push({ type: 'array', maxItems: 0 });
	return alternatives.length === 1 ? alternatives[0]! : { anyOf: alternatives };
}

function plainSchema(value: Value, definitions: Definitions): SchemaObject {
	const { types } = value;
	const schema: SchemaObject = { type: types.length === 1 ? types[0]! : [...types] };
	if (value.values && !value.otherValues) {
		const allowed: JsonValue[] = value.values.map((one) => one.value);
		schema.enum = types.includes('null') ? [...allowed, null] : allowed;
	}
	if (value.format) Object.assign(schema, formatSchema(value.format, types));
	if (value.items) schema.items = valueSchema(value.items, definitions);
	if (value.changes) schema.items = changeSchema(value.changes, definitions);
	return schema;
}

function formatSchema(format: Format, types: Value['types']): SchemaObject {
	const schema: SchemaObject = {};
	const pattern = textPatterns[format];
	if (pattern !== undefined && types.includes('string')) schema.pattern = pattern;
	if (!types.includes('integer') && !types.includes('number')) return schema;
	schema.minimum = format === 'id' ? 1 : 0;
	// So that milliseconds are told from seconds.
	if (format !== 'id' && format !== 'count') schema.exclusiveMaximum = 1e11;
	return schema;
}

/** One of some object shapes, chosen by what the object is. */
function objectSchema(value: Value, definitions: Definitions, also: readonly ObjectShape[]): SchemaObject {
	const shapes = value.objects!.map(({ object }) => shapeNamed(definitions.contract, object));
	const [first] = shapes;
	const reference = (shape: ObjectShape): SchemaObject => ({ $ref: `#/$defs/${definitions.shape(shape)}` });
	if (first!.actor) return actorChoice(shapes, definitions, reference, also);
	if (shapes.length === 1) return reference(first!);
	const cases = shapes.flatMap((shape): [SchemaObject, Schema][] => {
		if (!shape.discriminator) return [];
		const { member, values } = shape.discriminator;
		return [[{ properties: { [member]: { enum: [...values] } }, required: [member] }, reference(shape)]];
	});
	const other = shapes.find(({ discriminator }) => !discriminator) ?? first!;
	return { type: 'object', ...chain(cases, reference(other)) };
}

const actors: readonly Actor[] = ['contact', 'user', 'agent_bot', 'captain_assistant'];

/** Who may not stand here is refused, whatever it holds; who can't be told has to be one of those who may. */
function actorChoice(
	shapes: readonly ObjectShape[],
	definitions: Definitions,
	reference: (shape: ObjectShape) => SchemaObject,
	also: readonly ObjectShape[],
): SchemaObject {
	const cases = actors.map((actor): [SchemaObject, Schema] => {
		const shape = [...shapes, ...also].find((candidate) => candidate.actor === actor);
		const then = shape ? reference(shape) : false;
		return [{ $ref: `#/$defs/${definitions.condition(actor)}` }, then];
	});
	// The check takes the shape with the most members in common.
	const likely = shapes.filter(({ members }) => members.length > 0);
	const otherwise = likely.length === 1 ? reference(likely[0]!) : { anyOf: likely.map(reference) };
	return { type: 'object', ...chain(cases, otherwise) };
}

function chain(cases: readonly [condition: SchemaObject, then: Schema][], otherwise: SchemaObject): SchemaObject {
	return cases.reduceRight<SchemaObject>((rest, [condition, then]) => ({ if: condition, then, else: rest }), otherwise);
}

/** An item of `changed_attributes`: one attribute with both its values. */
function changeSchema({ attributes, neverCleared }: ChangedAttributes, definitions: Definitions): SchemaObject {
	const pair = (previous: Schema, current: Schema): SchemaObject => ({
		type: 'object',
		properties: { previous_value: previous, current_value: current },
		required: ['previous_value', 'current_value'],
	});
	const properties: SchemaObject = {};
	for (const name of new Set([...Object.keys(attributes), ...neverCleared])) {
		const value = attributes[name];
		const previous = value ? valueSchema(value, definitions) : true;
		const isCleared = !neverCleared.includes(name);
		const current = value
			? valueSchema(isCleared ? value : withoutNull(value), definitions)
			: { not: { type: 'null' } };
		properties[name] = pair(previous, isCleared ? previous : current);
	}
	return {
		title: 'changed attribute',
		description: 'One attribute with its previous and its current value.',
		type: 'object',
		minProperties: 1,
		maxProperties: 1,
		properties,
		additionalProperties: pair(true, true),
	};
}

function withoutNull(value: Value): Value {
	return { ...value, types: value.types.filter((type) => type !== 'null') };
}
