import type { ChangedAttributes, Contract, EventShape, Member, ObjectShape, Value } from '../contract/contract';
import { shapeNamed } from '../contract/lookup';
import { compareReleases, oldestRelease, releaseWords, type Release } from '../contract/releases';
import { memberText } from './member-text';
import { quoted, valueType, type TypeNames } from './value-type';

/**
 * The wire contract as a TypeScript declaration file: an interface for each event and each object, and the union
 * `WebhookEvent`, told apart by `event`. A member is optional where a release from 1.8.0 on, or some delivery, leaves
 * it out. Doc comments say what, since when and how confidential. Events that share body and name (the two spellings of
 * automation events) share an interface.
 */
export function eventTypes(contract: Contract): string {
	const file = new TypeFile(contract);
	return file.write();
}

class TypeFile implements TypeNames {
	readonly contract: Contract;
	readonly #declarations = new Map<string, string>();
	readonly #changes = new Map<ChangedAttributes, string>();

	constructor(contract: Contract) {
		this.contract = contract;
		for (const { event, object } of contract.events) {
			for (const { value } of shapeNamed(contract, object).members) {
				if (!value.changes || this.#changes.has(value.changes)) continue;
				// `conversation_updated` lists changes of a conversation.
				this.#changes.set(value.changes, `${interfaceName(event.split('_')[0]!)}Change`);
			}
		}
	}

	write(): string {
		const events = new Map<string, EventShape[]>();
		for (const shape of this.contract.events) {
			const name = interfaceName(shape.event);
			events.set(name, [...(events.get(name) ?? []), shape]);
		}
		const bodies = [...events].map(([name, shapes]) => this.#event(name, shapes));
		return [
			heading,
			doc(['Any payload of a Chatwoot webhook; `event` tells which.'], ''),
			`export type WebhookEvent =\n${[...events.keys()].map((name) => `\t| ${name}`).join('\n')};\n`,
			doc(['The names that `event` has.'], ''),
			`export type WebhookEventName = WebhookEvent['event'];\n`,
			changeDeclaration,
			...bodies,
			...this.#declarations.values(),
		].join('\n');
	}

	shape(shape: ObjectShape): string {
		// One name is the browser's own, and would be confused with it.
		const name = shape.name === 'MessageEvent' ? 'MessageBody' : shape.name.replace(/Event$/, 'Body');
		if (!this.#declarations.has(name)) {
			this.#declarations.set(name, '');
			this.#declarations.set(name, this.#interface(name, shape));
		}
		return name;
	}

	change(changes: ChangedAttributes): string {
		const name = this.#changes.get(changes)!;
		if (this.#declarations.has(name)) return name;
		const members = Object.entries(changes.attributes).map(([attribute, value]) => {
			const current = changes.neverCleared.includes(attribute) ? withoutNull(value) : value;
			return `\t${key(attribute)}?: AttributeChange<${valueType(value, this)}, ${valueType(current, this)}>;`;
		});
		if (changes.isOpen) members.push('\t[attribute: string]: AttributeChange<unknown, unknown> | undefined;');
		const text = 'An item of `changed_attributes`: exactly one attribute with both its values.';
		this.#declarations.set(name, `${doc([text], '')}\nexport interface ${name} {\n${members.join('\n')}\n}\n`);
		return name;
	}

	#event(name: string, shapes: readonly EventShape[]): string {
		const [first] = shapes;
		const body = this.shape(shapeNamed(this.contract, first!.object));
		const texts = [`${first!.title}.`];
		for (const { event, since, until } of shapes) {
			const releases = releaseWords(since, until);
			if (releases !== null) texts.push(`${shapes.length > 1 ? `\`${event}\`: ` : 'Releases: '}${releases}.`);
		}
		const literals = shapes.map(({ event }) => quoted(event)).join(' | ');
		return `${doc(texts, '')}\nexport interface ${name} extends ${body} {\n\tevent: ${literals};\n}\n`;
	}

	#interface(name: string, shape: ObjectShape): string {
		const since = this.#since(shape);
		const members = shape.members.map((any) => {
			const member = toldApart(any, shape);
			const type = member.name === 'event' ? 'string' : valueType(member.value, this);
			return `${doc([memberText(member, this.contract)], '\t')}\n\t${key(member.name)}${isSure(member, since) ? '' : '?'}: ${type};`;
		});
		if (shape.isOpen) members.push('\t/** Callers or customers may put anything in. */\n\t[name: string]: unknown;');
		const title = `${shape.title.charAt(0).toUpperCase()}${shape.title.slice(1)}.`;
		return `${doc([title], '')}\nexport interface ${name} {\n${members.join('\n')}\n}\n`;
	}

	/** The first release that can send the shape: later than the oldest where only younger events have it. */
	#since(shape: ObjectShape): Release {
		const events = this.contract.events.filter(({ object }) => object === shape.name);
		const [first, ...others] = events.map(({ since }) => since ?? oldestRelease);
		if (first === undefined) return oldestRelease;
		return others.reduce((oldest, since) => (compareReleases(since, oldest) < 0 ? since : oldest), first);
	}
}

/** Whether every delivery has it, from a release on. */
function isSure({ isAlways, since, until }: Member, oldest: Release): boolean {
	return isAlways && until === undefined && (since === undefined || compareReleases(since, oldest) <= 0);
}

/** What an object is told by has in each interface only the values that stand for it, so that a receiver can ask. */
function toldApart(member: Member, { discriminator }: ObjectShape): Member {
	if (member.name !== discriminator?.member || !member.value.values) return member;
	const values = member.value.values.filter(({ value }) => discriminator.values.includes(String(value)));
	const value: Value = { ...member.value, values };
	delete value.otherValues;
	return { ...member, value };
}

function withoutNull(value: Value): Value {
	return { ...value, types: value.types.filter((type) => type !== 'null') };
}

/** `automation_event.message_created` and `automation_event: message_created` give `AutomationEventMessageCreated`. */
function interfaceName(event: string): string {
	return event
		.split(/[^A-Za-z0-9]+/)
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join('');
}

function key(name: string): string {
	return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

function doc(lines: readonly string[], indent: string): string {
	return `${indent}/** ${lines.join(' ').replaceAll('*/', '*\\/')} */`;
}

const heading = `/*
 * Chatwoot webhook payloads, as releases from 1.8.0 to the newest send them.
 * Written by the build of chatwoot-webhook-inspector from its wire contract; do not edit.
 *
 * Forks and relays add members and leave members out: what comes over the network is better checked before it is
 * taken for one of these types.
 */
`;

const changeDeclaration = `/** Both values of an attribute that Chatwoot says has changed. */
export interface AttributeChange<Previous, Current = Previous> {
	previous_value: Previous;
	current_value: Current;
}
`;
