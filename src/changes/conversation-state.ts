import {
	children,
	keyText,
	integerValue,
	member,
	canonicalText,
	item,
	valueText,
	booleanValue,
} from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import type { DeliveryId } from '../deliveries/delivery';
import {
	actorNode,
	conversationNode,
	idValue,
	isObject,
	lineAt,
	messageTypeName,
	payloadShape,
	personName,
} from '../deliveries/payload-parts';
import { customMembers, customPrefix, memberOfAttribute, shownMembers, type ShownMember } from './conversation-members';

/** The member under which the newest message is kept; its value is a `NewestMessage` as JSON. */
export const newestMessage = 'newest message';

/** The newest message that any delivery has told of. */
export interface NewestMessage {
	/** As sent. */
	id: string;
	/** Its beginning, on one line. */
	text: string;
	sender: string | null;
	messageType: string | null;
	isPrivate: boolean;
}

/** From this delivery on a member has this value. */
export interface ValueChange {
	at: DeliveryId;
	member: string;
	/** Compact JSON text; null when the member is gone. */
	value: string | null;
	/**
	 * `set`: the delivery itself says that it changed. `seen`: its body shows it, and none before did. A body is read
	 * when it is sent (ground truth 1.7), so that what set the value may come later, or may have been missed.
	 */
	how: 'set' | 'seen';
}

interface Known {
	value: string | null;
	key: string | null;
	/** The key of the value before. */
	prior: string | null;
	how: 'set' | 'seen';
}

/**
 * Reads the deliveries of one conversation in order of arrival, and tells what each has changed of the conversation as
 * it is known. A body that is older than one before (by the conversation's `updated_at`, since 4.0.2) changes nothing:
 * deliveries overtake each other, and the copy for an agent bot is built earlier.
 */
export class ConversationReader {
	readonly #known = new Map<string, Known>();
	#newestUpdate = -Infinity;
	#newestMessageId = -Infinity;

	/** What this delivery changes; nothing for a body that is no JSON or holds no conversation. */
	read(at: DeliveryId, event: string | null, document: JsonDocument): ValueChange[] {
		const shape = payloadShape(document, event);
		const conversation = conversationNode(document, shape);
		const changes: ValueChange[] = [];
		if (conversation === -1) return changes;
		if (this.#isNew(document, conversation)) {
			const listed = listedChanges(document);
			const isCreation = event === 'conversation_created';
			const isStatus =
				event === 'conversation_status_changed' || /^conversation_(?:opened|resolved)$/.test(event ?? '');
			for (const shown of shownMembers(document, conversation)) {
				const change = listed.get(shown.member) ?? null;
				const isSet = isCreation || (isStatus && shown.member === 'status');
				this.#take(at, shown, change, isSet, changes);
			}
			this.#takeCustom(
				at,
				customMembers(document, conversation),
				listed.has('custom_attributes') || isCreation,
				changes,
			);
		}
		this.#takeMessage(at, document, shape === 'message', conversation, changes);
		return changes;
	}

	#isNew(document: JsonDocument, conversation: number): boolean {
		const node = member(document, conversation, 'updated_at');
		if (document.kind[node] !== JsonKind.number) return true;
		const updated = Number(valueText(document, node));
		if (updated < this.#newestUpdate) return false;
		this.#newestUpdate = updated;
		return true;
	}

	#take(at: DeliveryId, shown: ShownMember, listed: Listed | null, isSet: boolean, changes: ValueChange[]): void {
		const known = this.#known.get(shown.member);
		const isListed = listed !== null && (listed.current === null || listed.current === shown.key);
		const how = isSet || isListed ? 'set' : 'seen';
		if (known?.value === shown.value) {
			// Seen before what set it came; or set again from a value that no delivery has told of.
			const isExplained =
				known.how === 'set' && (!isListed || listed.previous === null || listed.previous === known.prior);
			if (how === 'seen' || isExplained) return;
		}
		this.#note(at, shown.member, { ...shown, how, prior: known?.key ?? null }, changes);
	}

	#takeCustom(at: DeliveryId, shown: ShownMember[] | null, isSet: boolean, changes: ValueChange[]): void {
		if (!shown) return;
		const how = isSet ? 'set' : 'seen';
		const names = new Set(shown.map((one) => one.member));
		for (const [name, { value }] of this.#known) {
			const isGone = name.startsWith(customPrefix) && value !== null && !names.has(name);
			if (isGone) this.#note(at, name, { value: null, key: null, prior: null, how }, changes);
		}
		for (const { member: name, value, key } of shown) {
			const known = this.#known.get(name);
			if (known?.value === value && known.key === key && !(known.how === 'seen' && isSet)) continue;
			this.#note(at, name, { value, key, prior: null, how }, changes);
		}
	}

	/** The message at top level, private notes too, and the one nested in the conversation, whichever has the higher id. */
	#takeMessage(
		at: DeliveryId,
		document: JsonDocument,
		isMessage: boolean,
		conversation: number,
		changes: ValueChange[],
	): void {
		const nested = item(document, member(document, conversation, 'messages'), 0);
		const nodes = isMessage ? [0, nested] : [nested];
		for (const node of nodes) {
			const id = idValue(document, member(document, node, 'id'));
			if (node === -1 || id === null || id < this.#newestMessageId) continue;
			this.#newestMessageId = id;
			const value = JSON.stringify(readMessage(document, node));
			const known = this.#known.get(newestMessage);
			if (known?.value === value) continue;
			// The nested copy of a message that is known by its own delivery has other texts in some releases.
			if (node !== 0 && known?.how === 'set' && known.key === String(id)) continue;
			this.#note(at, newestMessage, { value, key: String(id), prior: null, how: node === 0 ? 'set' : 'seen' }, changes);
		}
	}

	#note(at: DeliveryId, name: string, known: Known, changes: ValueChange[]): void {
		const { value, key, prior, how } = known;
		this.#known.set(name, { value, key, prior, how });
		changes.push({ at, member: name, value, how });
	}
}

/** What `changed_attributes` says of one member; null where its form differs from the body's (ground truth 5.2). */
interface Listed {
	previous: string | null;
	current: string | null;
}

function listedChanges(document: JsonDocument): Map<string, Listed> {
	const listed = new Map<string, Listed>();
	const root = member(document, 0, 'changed_attributes');
	if (root === -1) return listed;
	for (const entry of document.kind[root] === JsonKind.array ? children(document, root) : [root]) {
		if (!isObject(document, entry)) continue;
		for (const attribute of children(document, entry)) {
			const name = memberOfAttribute(keyText(document, attribute) ?? '');
			if (name === null || !isObject(document, attribute)) continue;
			const current = listedKey(document, name, member(document, attribute, 'current_value'));
			// An agent and a bot share one member: the one who takes over is told, whoever lets go.
			if (listed.has(name) && current === 'null') continue;
			listed.set(name, { previous: listedKey(document, name, member(document, attribute, 'previous_value')), current });
		}
	}
	return listed;
}

/** Members whose value has one form in `changed_attributes` and in the body. */
const sameForm: ReadonlySet<string> = new Set([
	'status',
	'meta.assignee',
	'meta.team',
	'labels',
	'priority',
	'snoozed_until',
	'first_reply_created_at',
]);

function listedKey(document: JsonDocument, name: string, node: number): string | null {
	return node === -1 || !sameForm.has(name) ? null : canonicalText(document, node);
}

const nestedTypes = ['incoming', 'outgoing', 'activity', 'template'];

function readMessage(document: JsonDocument, node: number): NewestMessage {
	const sender = node === 0 ? actorNode(document, 'message') : member(document, node, 'sender');
	const type = integerValue(document, member(document, node, 'message_type'));
	return {
		id: canonicalText(document, member(document, node, 'id')),
		text: lineAt(document, member(document, node, 'content'), 300) ?? '',
		sender: personName(document, sender),
		messageType:
			node === 0
				? messageTypeName(document)
				: type === null
					? lineAt(document, member(document, node, 'message_type'), 64)
					: (nestedTypes[type] ?? null),
		isPrivate: booleanValue(document, member(document, node, 'private')) ?? false,
	};
}
