import type { JsonValue } from '../../json/value';
import type { Actor, Contract, Member, ObjectShape } from '../contract/contract';
import { guide } from '../contract/guide';
import { eventNamed, memberNamed, shapeNamed } from '../contract/lookup';
import { releaseWords } from '../contract/releases';
import { listed } from '../check/words';
import { actorConditionName, actorConditionSchema } from './actor-schema';
import { memberText } from './member-text';
import { schemaFileName } from './schema-files';
import { valueSchema, type Definitions, type SchemaObject } from './value-schema';

const limits: Readonly<Record<Contract['name'], string>> = {
	guide:
		'The payload as the Chatwoot user guide documents it. Real deliveries differ; the schema of the wire says how.',
	wire:
		'The payload as releases of Chatwoot from 1.8.0 on send it. It refuses what the inspector’s check reports as an ' +
		'error of the codes type, enum, format and missing, and accepts what is worth a warning. Beyond a schema are: rules ' +
		'between members (ids that have to agree), repeated names, and values that no single release sends together.',
};

/**
 * What a contract says of one event, as a JSON Schema of dialect 2020-12 that needs no other file. Objects are open:
 * forks and relays add members. Required is only what the check calls an error when it is missing: of the wire the
 * least that makes a body useful, of the guide everything listed.
 * Throws for an event that the contract does not have.
 *
 * @param examples whole payloads
 */
export function jsonSchema(contract: Contract, event: string, examples: readonly JsonValue[] = []): SchemaObject {
	const shape = eventNamed(contract, event);
	if (!shape) throw new Error(`The ${contract.name} contract has no event ${event}.`);
	const file = new SchemaFile(contract, eventNamed(guide, event) !== null);
	const root = file.shape(shapeNamed(contract, shape.object));
	const releases = releaseWords(shape.since, shape.until);
	const stem = schemaFileName(event).replace(/\.json$/, '');
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		$id: `urn:chatwoot-webhook-inspector:${contract.name}:${stem}`,
		title: event,
		description: [`${shape.title}.`, releases && `Releases: ${releases}.`, limits[contract.name]]
			.filter(Boolean)
			.join(' '),
		$ref: `#/$defs/${root}`,
		...required(['/event', ...shape.minimum]),
		properties: { ...nested(shape.minimum), event: { const: event, description: 'The name of the event.' } },
		...(examples.length > 0 ? { examples: [...examples] } : {}),
		$defs: file.definitions(),
	};
}

/** The names at the top of some pointers. */
function required(pointers: readonly string[]): SchemaObject {
	return { required: [...new Set(pointers.map((pointer) => pointer.split('/')[1]!))] };
}

/** What has to be in the members themselves. */
function nested(pointers: readonly string[]): SchemaObject {
	const properties: SchemaObject = {};
	for (const pointer of pointers) {
		const [, name, ...rest] = pointer.split('/');
		if (rest.length === 0) continue;
		const known = properties[name!] as { required: string[] } | undefined;
		properties[name!] = { required: [...(known?.required ?? []), rest[0]!] };
	}
	return properties;
}

/** The definitions of one file: what its root needs, and what that needs in turn. */
class SchemaFile implements Definitions {
	readonly contract: Contract;
	readonly #isDocumented: boolean;
	readonly #schemas = new Map<string, SchemaObject>();

	constructor(contract: Contract, isDocumented: boolean) {
		this.contract = contract;
		this.#isDocumented = isDocumented;
	}

	definitions(): SchemaObject {
		return Object.fromEntries([...this.#schemas].sort(([left], [right]) => (left < right ? -1 : 1)));
	}

	shape(shape: ObjectShape): string {
		if (!this.#schemas.has(shape.name)) {
			// Noted first: objects of the guide hold each other.
			const schema: SchemaObject = {};
			this.#schemas.set(shape.name, schema);
			Object.assign(schema, this.#shapeSchema(shape));
		}
		return shape.name;
	}

	condition(actor: Actor): string {
		const name = actorConditionName(actor);
		if (!this.#schemas.has(name)) this.#schemas.set(name, actorConditionSchema(actor));
		return name;
	}

	#shapeSchema(shape: ObjectShape): SchemaObject {
		const isWire = this.contract.name === 'wire';
		const members = shape.members.map((member) => [member.name, this.#memberSchema(shape, member)] as const);
		return {
			title: shape.title,
			description: shapeText(shape, this.contract),
			$comment: `Source: ${shape.source}`,
			type: 'object',
			...(members.length > 0 ? { properties: Object.fromEntries(members) } : {}),
			...(isWire || members.length === 0 ? {} : { required: shape.members.map(({ name }) => name) }),
		};
	}

	#memberSchema(shape: ObjectShape, member: Member): SchemaObject {
		const description = memberText(member, this.contract);
		// Callers or customers may put anything there, so that a wrong value is worth a warning only.
		const isFree = shape.isFree === true && this.contract.name === 'wire';
		const schema = isFree ? {} : valueSchema(member.value, this, this.#onlyInGuide(shape, member));
		return { ...schema, description, ...(member.source === undefined ? {} : { $comment: `Source: ${member.source}` }) };
	}

	/** People and machines that the guide names at a place where no release sends them: judged as they are elsewhere. */
	#onlyInGuide(shape: ObjectShape, { name, value }: Member): ObjectShape[] {
		if (this.contract.name !== 'wire' || !this.#isDocumented || shape.documentedAs === undefined) return [];
		const documented = guide.objects[shape.documentedAs];
		const promised = documented && memberNamed(documented, name)?.value.objects;
		const sent = (value.objects ?? []).map(({ object }) => shapeNamed(this.contract, object).actor);
		return (promised ?? []).flatMap(({ object }) => {
			const { actor } = shapeNamed(guide, object);
			if (!actor || sent.includes(actor)) return [];
			return Object.values(this.contract.objects).find((known) => known.actor === actor) ?? [];
		});
	}
}

function shapeText({ title, isOpen, documentedAs, discriminator }: ObjectShape, contract: Contract): string {
	const kind = `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
	const sentences = [contract.name === 'guide' ? `${kind}, as the guide lists it.` : `${kind}, as releases send it.`];
	if (contract.name === 'wire' && documentedAs !== undefined && guide.objects[documentedAs]) {
		sentences.push(`The guide calls it ${documentedAs}.`);
	}
	if (discriminator) sentences.push(`Known by ${discriminator.member}: ${listed(discriminator.values, 'or')}.`);
	if (isOpen) sentences.push('Callers or customers may put other members in, and other values.');
	return sentences.join(' ');
}
