import { children, keyText, member, stringValue } from '../../json/document';
import { NameTable } from '../../json/name-table';
import { JsonKind, type JsonDocument } from '../../json/scan';
import type { Actor, Contract, ObjectShape, Value } from '../contract/contract';
import { memberNamed, shapeNamed } from '../contract/lookup';
import { faultOf } from './fault';

/** Members that only one kind of person or machine has. Source: app/models/contact.rb, user.rb, agent_bot.rb. */
const tellTale: readonly (readonly [name: string, actor: Actor])[] = [
	['phone_number', 'contact'],
	['identifier', 'contact'],
	['avatar', 'contact'],
	['custom_attributes', 'contact'],
	['additional_attributes', 'contact'],
	['blocked', 'contact'],
	['account', 'contact'],
	['available_name', 'user'],
	['availability_status', 'user'],
	['description', 'captain_assistant'],
];
const typeAt = tellTale.length;
const telling = new NameTable([...tellTale.map(([name]) => name), 'type']);

const actorOfType = new Map<string, Actor>([
	['contact', 'contact'],
	['user', 'user'],
	['agent_bot', 'agent_bot'],
	['captain_assistant', 'captain_assistant'],
]);

/** What a person calls them. */
export const actorTitles: Readonly<Record<Actor, string>> = {
	contact: 'contact',
	user: 'user',
	agent_bot: 'agent bot',
	captain_assistant: 'Captain assistant',
};

/** What an object is by its members, and what it says of itself in `type`. */
export interface Recognition {
	actor: Actor | null;
	stated: Actor | null;
}

/**
 * Tells contact, user, agent bot and Captain assistant apart by the members they have, since releases from 2.14.0 send
 * most contacts without a `type`; only what the members leave open is decided by `type`. Null when nothing tells.
 */
export function recogniseActor(document: JsonDocument, node: number): Recognition {
	let known = recognised.get(document);
	if (!known) recognised.set(document, (known = new Map<number, Recognition>()));
	let recognition = known.get(node);
	if (!recognition) known.set(node, (recognition = recognise(document, node)));
	return recognition;
}

/** Both contracts and several rules ask for the same few objects of a body. */
const recognised = new WeakMap<JsonDocument, Map<number, Recognition>>();

function recognise(document: JsonDocument, node: number): Recognition {
	const scores: Record<Actor, number> = { contact: 0, user: 0, agent_bot: 0, captain_assistant: 0 };
	let stated: Actor | null = null;
	for (const child of children(document, node)) {
		const at = telling.indexOf(document, child);
		if (at === typeAt) stated = actorOfType.get(stringValue(document, child) ?? '') ?? null;
		else if (at !== -1) scores[tellTale[at]![1]]++;
	}
	const best = Math.max(scores.contact, scores.user, scores.captain_assistant);
	if (best > 0) {
		const leaders = (Object.keys(scores) as Actor[]).filter((actor) => scores[actor] === best);
		if (leaders.length === 1) return { actor: leaders[0]!, stated };
	}
	return { actor: stated, stated };
}

/** Which of the shapes that may stand at a place an object is, or that it is none of them. */
export type Choice = { shape: ObjectShape; since?: string; contradicts?: Actor } | { shape: null; found: Actor | null };

/** Anything may be in it: there is nothing to judge. */
const nothing: Choice = { shape: null, found: null };

/**
 * Chooses among a value's object shapes by what the object at `node` is: by its members for people and machines, by
 * its discriminator otherwise. One alternative is taken as it is, unless the object is plainly someone else.
 */
export function chooseShape(document: JsonDocument, node: number, value: Value, contract: Contract): Choice {
	const alternatives = value.objects;
	if (!alternatives || alternatives.length === 0 || document.kind[node] !== JsonKind.object) return nothing;
	const first = shapeNamed(contract, alternatives[0]!.object);
	if (first.actor) return chooseActor(document, node, value, contract);
	if (alternatives.length === 1) return onlyChoice(first);
	const shapes = alternatives.map(({ object }) => shapeNamed(contract, object));
	const text = first.discriminator ? stringValue(document, member(document, node, first.discriminator.member)) : null;
	const fitting = shapes.find(
		({ discriminator, marks }) =>
			text !== null &&
			discriminator?.values.includes(text) &&
			(!marks || marks.some((name) => member(document, node, name) !== -1)),
	);
	return { shape: fitting ?? shapes.find(({ discriminator }) => !discriminator) ?? first };
}

const onlyChoices = new WeakMap<ObjectShape, Choice>();

function onlyChoice(shape: ObjectShape): Choice {
	let choice = onlyChoices.get(shape);
	if (!choice) onlyChoices.set(shape, (choice = { shape }));
	return choice;
}

function chooseActor(document: JsonDocument, node: number, value: Value, contract: Contract): Choice {
	const { actor, stated } = recogniseActor(document, node);
	const alternatives = value.objects!;
	if (actor === null) {
		const shapes = alternatives.map(({ object }) => shapeNamed(contract, object));
		const described = shapes.filter(({ members }) => members.length > 0);
		return { shape: nearest(document, node, described) };
	}
	for (const { object, since } of alternatives) {
		const shape = shapeNamed(contract, object);
		if (shape.actor !== actor) continue;
		const doesContradict = stated !== null && stated !== actor;
		if (since === undefined && !doesContradict) return onlyChoice(shape);
		return {
			shape,
			...(since === undefined ? {} : { since }),
			...(doesContradict ? { contradicts: stated } : {}),
		};
	}
	return { shape: null, found: actor };
}

/**
 * The shape that has the most of the object's members with such values; of equals the one that expects fewest. A
 * contact of whom a relay left the id and an empty e-mail is no user, who always has one.
 */
function nearest(document: JsonDocument, node: number, shapes: readonly ObjectShape[]): ObjectShape {
	const given = [...children(document, node)];
	let best = shapes[0]!;
	let bestCount = -1;
	for (const shape of shapes) {
		const shared = given.filter((child) => {
			const known = memberNamed(shape, keyText(document, child)!);
			return known !== null && faultOf(document, child, known.value) === null;
		}).length;
		if (shared > bestCount || (shared === bestCount && shape.members.length < best.members.length)) {
			best = shape;
			bestCount = shared;
		}
	}
	return best;
}
