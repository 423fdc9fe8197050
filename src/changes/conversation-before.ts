import { readChangedAttributes, type AttributeChange } from '../chatwoot/changed-attributes';
import { isNull, payloadShape } from '../deliveries/payload-parts';
import { find, member, valueText } from '../json/document';
import { pointerOf } from '../json/pointer';
import type { JsonDocument } from '../json/scan';
import {
	attributeFacts,
	attributeFamily,
	type AttributeFacts,
	type AttributeFamily,
	type BodyPlace,
} from './attribute-kinds';
import { idText, KnownNames, type RecordKind } from './known-names';
import { assigneeKind, repeatsMain, textInPlace } from './place-text';
import { spliceText, type TextEdit } from './splice-text';

/** An attribute whose previous value stands in the body now. */
export interface PutBack {
	attribute: string;
	/** JSON pointers of the places in the body; none when the body showed the previous value already. */
	places: string[];
	/** What is not known of what stands there, as a clause; null when it is whole. */
	note: string | null;
}

/** An attribute whose previous value has no place in the body. */
export interface NotShown {
	attribute: string;
	/** As a clause; names of the wire stand between back-ticks. */
	reason: string;
}

/** A body as it was before its changes. */
export interface BodyBefore {
	/** JSON; all but what was put back is byte for byte as sent. */
	bytes: Uint8Array;
	putBack: PutBack[];
	notShown: NotShown[];
}

/** Which of the two values is put into the body. */
export type ChangeSide = 'previous' | 'current';

/**
 * The body of a conversation, contact or inbox event with the previous values of `changed_attributes` put back where
 * the body shows them, in the form that the body uses: ISO times become Unix seconds, ids become the objects that they
 * stand for, as far as those are known. Every change ends in one of the two lists. `event` and `changed_attributes` stay
 * as sent, so that nothing differs from the body but what has changed.
 *
 * Source: ground truth 5.2 (where the body shows an attribute, and how), by the table in `attribute-kinds`.
 */
export function conversationBefore(document: JsonDocument, event: string | null): BodyBefore {
	return bodyWith(document, event, 'previous');
}

/** The same with either value: putting the current ones into what came before gives the body again. */
export function bodyWith(document: JsonDocument, event: string | null, side: ChangeSide): BodyBefore {
	const editor = new BodyEditor(document, event, side);
	for (const change of editor.changes) editor.put(change);
	return { bytes: spliceText(document.bytes, editor.edits), putBack: editor.putBack, notShown: editor.notShown };
}

class BodyEditor {
	readonly changes: readonly AttributeChange[];
	readonly edits: TextEdit[] = [];
	readonly putBack: PutBack[] = [];
	readonly notShown: NotShown[] = [];
	readonly #document: JsonDocument;
	readonly #family: AttributeFamily;
	readonly #side: ChangeSide;
	readonly #names: KnownNames;
	readonly #done = new Set<string>();
	/** Nodes that have got another text. */
	readonly #edited = new Set<number>();
	/** The values that are put in, by attribute. */
	readonly #values = new Map<string, number>();
	/** Where the assignee stands, once it is written: two attributes share it. */
	#assigneePlaces: string[] | null = null;

	constructor(document: JsonDocument, event: string | null, side: ChangeSide) {
		this.#document = document;
		this.#family = attributeFamily(payloadShape(document, event));
		this.#side = side;
		this.#names = KnownNames.read(document, event);
		this.changes = readChangedAttributes(document).changes;
		for (const change of this.changes) {
			if (!this.#values.has(change.attribute)) this.#values.set(change.attribute, change[side]);
		}
	}

	put(change: AttributeChange): void {
		const { attribute } = change;
		const facts = attributeFacts(this.#family, attribute);
		const reason = this.#obstacle(change, facts);
		if (reason !== null) {
			this.notShown.push({ attribute, reason });
			return;
		}
		this.#done.add(attribute);
		const [main, ...others] = facts.places;
		const node = change[this.#side];
		const places = main!.form === 'assignee' ? this.#putAssignee(main!, attribute) : this.#putValue(main!, facts, node);
		const note = places.length === 0 ? null : this.#noteOn(main!, facts, node);
		for (const place of others) {
			if (repeatsMain(this.#document, place, main!)) places.push(...this.#putValue(place, facts, node));
		}
		this.putBack.push({ attribute, places, note });
	}

	/** Why a change has no place in the body; null when it has one. */
	#obstacle(change: AttributeChange, facts: AttributeFacts): string | null {
		const { attribute } = change;
		const node = change[this.#side];
		const [place] = facts.places;
		if (this.#done.has(attribute)) return 'it is listed twice; the first entry was put back';
		if (!place) return facts.reason;
		if (node === -1) return `its ${this.#side} value is missing`;
		const shown = find(this.#document, ...place.path);
		if (shown === -1) return `this body has no \`${place.path.join('.')}\``;
		if (place.form === 'assignee') return this.#assigneeObstacle(attribute, node);
		if (this.#edited.has(shown)) return 'another attribute was put back in its place';
		if (textInPlace(this.#document, place, node, null, null) === null) {
			return `its ${this.#side} value is not one that the body could show`;
		}
		return null;
	}

	/** Agent and agent bot share one place, which shows one of them. */
	#assigneeObstacle(attribute: string, node: number): string | null {
		const other = attribute === 'assignee_id' ? 'assignee_agent_bot_id' : 'assignee_id';
		const otherNode = this.#values.get(other);
		if (!isNull(this.#document, node) && idText(this.#document, node) === null) {
			return `its ${this.#side} value is no id`;
		}
		const isOtherSet = otherNode !== undefined && otherNode !== -1 && !isNull(this.#document, otherNode);
		if (isOtherSet && !isNull(this.#document, node) && attribute === 'assignee_agent_bot_id') {
			return 'the body shows one assignee, and that was the agent';
		}
		if (otherNode !== undefined) return null;
		const shown = assigneeKind(this.#document);
		const own = attribute === 'assignee_id' ? 'agent' : 'bot';
		if (shown === null || shown === own) return null;
		return shown === 'bot' ? 'the body shows the agent bot as assignee' : 'the body shows the agent as assignee';
	}

	/** Writes the assignee that both attributes together give, and what kind of assignee that is. */
	#putAssignee(place: BodyPlace, attribute: string): string[] {
		if (this.#assigneePlaces !== null) return [...this.#assigneePlaces];
		const owner = ['assignee_id', 'assignee_agent_bot_id'].find((name) => this.#idOf(name) !== null) ?? attribute;
		const kind = owner === 'assignee_id' ? 'agent' : 'bot';
		const id = this.#idOf(owner);
		const isSame = id !== null && kind === assigneeKind(this.#document) && id === shownId(this.#document, place);
		if (isSame) return (this.#assigneePlaces = []);
		const name = id === null ? null : this.#names.nameOf(kind, id);
		const type = kind === 'agent' ? 'user' : 'agent_bot';
		const text = textInPlace(this.#document, place, this.#values.get(owner)!, name, type)!;
		const typeName = id === null ? 'null' : kind === 'agent' ? '"User"' : '"AgentBot"';
		this.#assigneePlaces = [...this.#edit(place.path, text), ...this.#edit(['meta', 'assignee_type'], typeName)];
		return [...this.#assigneePlaces];
	}

	#idOf(attribute: string): string | null {
		const node = this.#values.get(attribute);
		return node === undefined ? null : idText(this.#document, node);
	}

	#putValue(place: BodyPlace, facts: AttributeFacts, node: number): string[] {
		const id = place.form === 'record' ? idText(this.#document, node) : null;
		if (id !== null && id === shownId(this.#document, place)) return [];
		const text = textInPlace(this.#document, place, node, this.#nameOf(facts, node), null);
		return text === null ? [] : this.#edit(place.path, text);
	}

	#nameOf({ kind }: AttributeFacts, node: number): string | null {
		const id = idText(this.#document, node);
		return id === null ? null : this.#names.nameOf(kind as RecordKind, id);
	}

	/** What is not known of an object of which the list has the id alone. */
	#noteOn({ form }: BodyPlace, facts: AttributeFacts, node: number): string | null {
		if ((form !== 'record' && form !== 'assignee') || isNull(this.#document, node)) return null;
		return this.#nameOf(facts, node) === null ? 'only its id is known' : 'only its id and name are known';
	}

	/** Replaces a value, and says where; nothing where the body has no such member, or says the same already. */
	#edit(path: BodyPlace['path'], text: string): string[] {
		const node = find(this.#document, ...path);
		if (node === -1 || valueText(this.#document, node) === text) return [];
		if (this.#edited.has(node)) return [];
		this.#edited.add(node);
		this.edits.push({ start: this.#document.start[node]!, end: this.#document.end[node]!, text });
		return [pointerOf(this.#document, node)];
	}
}

/** The id of the record that a place shows; null when it shows none. */
function shownId(document: JsonDocument, { path }: BodyPlace): string | null {
	return idText(document, member(document, find(document, ...path), 'id'));
}
