import { scanJson } from '../../json/scan';
import { actorTitles, recogniseActor } from '../check/recognise';
import type { Actor } from '../contract/contract';
import { wire } from '../contract/wire/wire';
import type { SchemaObject } from './value-schema';

const allActors = Object.keys(actorTitles) as readonly Actor[];

/** The name under which the condition for one kind of person or machine stands among the definitions. */
export function actorConditionName(actor: Actor): string {
	return `Is${actor.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}

/**
 * A schema that holds for an object that is one kind of person or machine: by members that only this kind has or, when
 * it has none of any kind, by its `type`; without such a `type` an `email` makes it a user. An object that has members
 * of several kinds is none of them here; the check counts them.
 */
export function actorConditionSchema(actor: Actor): SchemaObject {
	const title = `is ${/^[aeio]/.test(actor) ? 'an' : 'a'} ${actorTitles[actor]}`;
	const own = tellTales(actor);
	const ofOthers = allActors.filter((other) => other !== actor).flatMap(tellTales);
	const byType: SchemaObject[] = [{ properties: { type: { const: actor } }, required: ['type'] }];
	if (actor === 'user') {
		byType.push({
			required: ['email'],
			not: { properties: { type: { enum: [...allActors] } }, required: ['type'] },
		});
	}
	const withoutTellTale = { not: hasOneOf([...own, ...ofOthers]), anyOf: byType };
	if (own.length === 0) return { title, ...withoutTellTale };
	return { title, anyOf: [{ ...hasOneOf(own), not: hasOneOf(ofOthers) }, withoutTellTale] };
}

function hasOneOf(names: readonly string[]): SchemaObject {
	return { anyOf: names.map((name) => ({ required: [name] })) };
}

/** The members by which the check knows this kind, whatever `type` says; asked of the check itself. */
function tellTales(actor: Actor): string[] {
	const names = Object.values(wire.objects).flatMap((shape) => (shape.actor ? shape.members : []));
	const another = allActors.find((other) => other !== actor)!;
	return [...new Set(names.map(({ name }) => name))].filter((name) => {
		if (name === 'type') return false;
		const scan = scanJson(new TextEncoder().encode(JSON.stringify({ [name]: null, type: another })));
		return scan.ok && recogniseActor(scan.document, 0).actor === actor;
	});
}
