import { children, hasName, keyText, member, stringValue } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import type { Contract, Mask, ObjectShape, Value } from '../contract/contract';
import { guide } from '../contract/guide';
import { eventNamed, memberIndex, memberNamed, shapeNamed } from '../contract/lookup';
import { releaseWords } from '../contract/releases';
import { wire } from '../contract/wire/wire';
import { chooseShape } from './recognise';
import { valueWords } from './words';
import { escapedToken } from '../../json/pointer';

/** Which members one payload has. */
export interface PresentMembers {
	event: string;
	/** Patterns as in `ContractMember`, each once. */
	pointers: string[];
}

const mostPointers = 500;

/**
 * The members of a payload as far as the contracts describe its objects, and the names that neither knows; not what
 * callers put into open objects. At most 500, since strangers choose the names. Null for a body without an event that
 * a release sends.
 */
export function presentMembers(document: JsonDocument): PresentMembers | null {
	const event = stringValue(document, member(document, 0, 'event'));
	const wireEvent = eventNamed(wire, event);
	if (event === null || !wireEvent) return null;
	const pointers = new Set<string>();
	collect(document, 0, '', shapeNamed(wire, wireEvent.object), pointers);
	return { event, pointers: [...pointers] };
}

function collect(
	document: JsonDocument,
	node: number,
	pointer: string,
	shape: ObjectShape,
	pointers: Set<string>,
): void {
	const { members } = shape;
	const known = memberPointers(shape, pointer);
	let expected = 0;
	const end = document.next[node]!;
	for (let child = node + 1; child < end; child = document.next[child]!) {
		if (pointers.size >= mostPointers) return;
		let at: number | undefined = expected;
		// Releases send members in the contract's order, so that most names need only be compared.
		if (expected >= members.length || !hasName(document, child, members[expected]!.name)) {
			const name = keyText(document, child)!;
			at = memberIndex(shape).get(name);
			if (at === undefined) {
				if (!shape.isOpen) pointers.add(`${pointer}/${escapedToken(name.slice(0, 100))}`);
				continue;
			}
		}
		expected = at + 1;
		pointers.add(known[at]!);
		collectValue(document, child, known[at]!, members[at]!.value, pointers);
	}
}

const pointersByShape = new WeakMap<ObjectShape, Map<string, string[]>>();

/** The pointers of a shape's members at a place: the contracts have a few hundred, and each body asks for most. */
function memberPointers(shape: ObjectShape, pointer: string): string[] {
	let byPlace = pointersByShape.get(shape);
	if (!byPlace) pointersByShape.set(shape, (byPlace = new Map<string, string[]>()));
	let known = byPlace.get(pointer);
	if (!known) {
		known = shape.members.map(({ name }) => `${pointer}/${escapedToken(name)}`);
		byPlace.set(pointer, known);
	}
	return known;
}

const itemPointers = new Map<string, string>();

/** Of every item of a list that a contract knows. */
function itemPointer(pointer: string): string {
	let known = itemPointers.get(pointer);
	if (known === undefined) itemPointers.set(pointer, (known = `${pointer}/*`));
	return known;
}

function collectValue(
	document: JsonDocument,
	node: number,
	pointer: string,
	value: Value,
	pointers: Set<string>,
): void {
	if (document.kind[node] === JsonKind.object) {
		const { shape } = chooseShape(document, node, value, wire);
		if (shape) collect(document, node, pointer, shape, pointers);
	} else if (document.kind[node] === JsonKind.array && value.items) {
		if (value.items.objects === undefined) return;
		const at = itemPointer(pointer);
		for (const item of children(document, node)) {
			if (pointers.size >= mostPointers) return;
			collectValue(document, item, at, value.items, pointers);
		}
	}
}

/** One member that a contract lists for an event. */
export interface ContractMember {
	/** A JSON pointer in which `*` stands for every item of an array. */
	pointer: string;
	/** What the object that holds it is called: `conversation`, `contact`. */
	object: string;
	name: string;
	/** The guide's word; null when it does not list the member. */
	guide: string | null;
	/** The wire's word; null when no release sends the member. */
	wire: string | null;
	/** Whether both say the same JSON types. */
	doAgree: boolean;
	releases: string | null;
	mask: Mask | null;
}

/** All members that the contracts list for an event, in the wire's order; empty for an event that no release sends. */
export function contractMembers(event: string): ContractMember[] {
	const wireEvent = eventNamed(wire, event);
	if (!wireEvent) return [];
	const guideEvent = eventNamed(guide, event);
	const members = new Map<string, ContractMember>();
	const guideShapes = guideEvent ? [shapeNamed(guide, guideEvent.object)] : [];
	listMembers('', [shapeNamed(wire, wireEvent.object)], guideShapes, members, 0);
	return [...members.values()];
}

/** Deeper than any contract goes: a slip that made one endless would show here. */
const deepestContract = 12;

function listMembers(
	pointer: string,
	wireShapes: readonly ObjectShape[],
	guideShapes: readonly ObjectShape[],
	members: Map<string, ContractMember>,
	depth: number,
): void {
	if (depth > deepestContract) return;
	const names = new Set([...wireShapes, ...guideShapes].flatMap((shape) => shape.members.map(({ name }) => name)));
	for (const name of names) {
		const wireMember = firstMember(wireShapes, name);
		const guideMember = firstMember(guideShapes, name);
		const at = `${pointer}/${escapedToken(name)}`;
		if (!members.has(at)) {
			members.set(at, {
				pointer: at,
				object: (wireShapes[0] ?? guideShapes[0])!.title,
				name,
				guide: guideMember && valueWords(guideMember.value, guide),
				wire: wireMember && valueWords(wireMember.value, wire),
				doAgree: wireMember !== null && guideMember !== null && sameTypes(wireMember.value, guideMember.value),
				releases: releaseWords(wireMember?.since, wireMember?.until),
				mask: wireMember?.mask ?? null,
			});
		}
		listValue(at, wireMember?.value ?? null, guideMember?.value ?? null, members, depth + 1);
	}
}

function firstMember(shapes: readonly ObjectShape[], name: string) {
	for (const shape of shapes) {
		const found = memberNamed(shape, name);
		if (found) return found;
	}
	return null;
}

function listValue(
	pointer: string,
	wireValue: Value | null,
	guideValue: Value | null,
	members: Map<string, ContractMember>,
	depth: number,
): void {
	if (wireValue?.items || guideValue?.items) {
		listValue(`${pointer}/*`, wireValue?.items ?? null, guideValue?.items ?? null, members, depth);
		return;
	}
	const wireShapes = shapesOf(wireValue, wire);
	const corresponding = new Set(wireShapes.map(({ documentedAs }) => documentedAs));
	// Where releases send another object than the guide names, the guide's members are none of this place.
	const guideShapes = shapesOf(guideValue, guide).filter(
		({ name }) => wireShapes.length === 0 || corresponding.has(name),
	);
	if (wireShapes.length > 0 || (guideShapes.length > 0 && wireValue === null)) {
		listMembers(pointer, wireShapes, wireShapes.length > 0 ? guideShapes : [], members, depth);
	}
}

function shapesOf(value: Value | null, contract: Contract): ObjectShape[] {
	return (value?.objects ?? []).map(({ object }) => shapeNamed(contract, object));
}

function sameTypes(left: Value, right: Value): boolean {
	const isSame = left.types.length === right.types.length && left.types.every((type) => right.types.includes(type));
	return isSame && (left.objects?.length ?? 0) <= 1;
}
