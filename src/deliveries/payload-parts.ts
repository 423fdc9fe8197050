import { eventFamily } from '../chatwoot/events';
import { find, integerValue, member, stringPreview } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import { oneLine } from './one-line';

/**
 * Which object stands at top level, and so where ids and names are.
 * `other`: nothing that we know; `conversation` also for automation rules and macros (ground truth 2).
 */
export type PayloadShape = 'message' | 'conversation' | 'typing' | 'widget' | 'contact' | 'inbox' | 'account' | 'other';

/**
 * Decided by the event where a release sends it; for unknown events and bodies without one by the members that only
 * one object has, so that a fork's `conversation_deleted` still finds its conversation.
 */
export function payloadShape(document: JsonDocument, event: string | null): PayloadShape {
	const family = eventFamily(event);
	if (family === 'automation') return event?.startsWith('account_') ? 'account' : 'conversation';
	if (family !== null) return family;

	const has = (name: string): boolean => member(document, 0, name) !== -1;
	if (has('message_type')) return 'message';
	if (has('event_info') && has('current_conversation')) return 'widget';
	if (has('is_private') && has('conversation')) return 'typing';
	if (has('messages') && (has('meta') || has('can_reply'))) return 'conversation';
	if (has('phone_number') && has('identifier')) return 'contact';
	if (has('working_hours')) return 'inbox';
	return 'other';
}

/** The Conversation, at top level or nested; -1 when there is none. */
export function conversationNode(document: JsonDocument, shape: PayloadShape): number {
	const node =
		shape === 'conversation'
			? 0
			: shape === 'widget'
				? member(document, 0, 'current_conversation')
				: shape === 'message' || shape === 'typing' || shape === 'other'
					? member(document, 0, 'conversation')
					: -1;
	return isObject(document, node) ? node : -1;
}

/** The contact whom it is about; -1 when the body names none. */
export function contactNode(document: JsonDocument, shape: PayloadShape, conversation: number): number {
	if (shape === 'contact') return 0;
	if (shape === 'inbox' || shape === 'account') return -1;
	const ofConversation = member(document, member(document, conversation, 'meta'), 'sender');
	if (isObject(document, ofConversation)) return ofConversation;
	// A message had `contact` up to 1.5.3, the guide's sample still has it; the widget's event has it always.
	const named = member(document, 0, 'contact');
	if (isObject(document, named)) return named;
	const actor = actorNode(document, shape);
	return isContact(document, actor) ? actor : -1;
}

/** Who wrote the message or types; -1 for other bodies, and null in the body stays a node. */
export function actorNode(document: JsonDocument, shape: PayloadShape): number {
	if (shape === 'message') return member(document, 0, 'sender');
	return shape === 'typing' ? member(document, 0, 'user') : -1;
}

/** Told by shape: a contact's webhook form has had no `type` since 2.14.0 (ground truth 4.8). */
export function isContact(document: JsonDocument, node: number): boolean {
	if (!isObject(document, node)) return false;
	const type = lineAt(document, member(document, node, 'type'), 40);
	if (type !== null) return type === 'contact';
	return ['phone_number', 'identifier', 'avatar'].some((name) => member(document, node, name) !== -1);
}

/** Name of a person, else e-mail, phone number or identifier, on one line; null when nothing names the person. */
export function personName(document: JsonDocument, node: number): string | null {
	for (const name of ['name', 'email', 'phone_number', 'identifier']) {
		const text = lineAt(document, member(document, node, name), 80);
		if (text) return text;
	}
	return null;
}

/** An integer that is exact, also as a text of digits (the guide's sample); anything else is null. */
export function idValue(document: JsonDocument, node: number): number | null {
	if (document.kind[node] !== JsonKind.string) return integerValue(document, node);
	const { text } = stringPreview(document, node, 17);
	if (!/^\d{1,16}$/.test(text)) return null;
	const id = Number(text);
	return Number.isSafeInteger(id) ? id : null;
}

/** `idValue` at the end of a path from the root. */
export function idAt(document: JsonDocument, ...path: (string | number)[]): number | null {
	return idValue(document, find(document, ...path));
}

/** The display id; the guide's sample calls it `display_id` (ground truth 6). */
export function conversationId(document: JsonDocument, conversation: number): number | null {
	return (
		idValue(document, member(document, conversation, 'id')) ??
		idValue(document, member(document, conversation, 'display_id'))
	);
}

/** The inbox of an inbox event, which has no id at top level (ground truth 4.11.3). */
export function inboxEventId(document: JsonDocument): number | null {
	return idAt(document, 'id') ?? idAt(document, 'working_hours', 0, 'inbox_id');
}

/** A string as one line of at most `limit` characters; null for other kinds and for node -1. */
export function lineAt(document: JsonDocument, node: number, limit: number): string | null {
	if (document.kind[node] !== JsonKind.string) return null;
	// One more than `oneLine` looks at, so that it can tell that there is more.
	return oneLine(stringPreview(document, node, limit * 4 + 1).text, limit);
}

export function isObject(document: JsonDocument, node: number): boolean {
	return document.kind[node] === JsonKind.object;
}

/** What a value is, in words: `an array`, `a text`, `null`. */
export function kindWords(document: JsonDocument, node: number): string {
	switch (document.kind[node]) {
		case JsonKind.object:
			return 'an object';
		case JsonKind.array:
			return 'an array';
		case JsonKind.string:
			return 'a text';
		case JsonKind.number:
			return 'a number';
		case JsonKind.null:
			return 'null';
		default:
			return 'true or false';
	}
}

export function isNull(document: JsonDocument, node: number): boolean {
	return document.kind[node] === JsonKind.null;
}

/** How many items or members a node has; 0 for scalars and node -1. */
export function countAt(document: JsonDocument, node: number): number {
	return document.childCount[node] ?? 0;
}

const messageTypes = ['incoming', 'outgoing', 'activity', 'template'];

/** The name of a message's type; the guide's form sends its number (ground truth 4.2). Null for anything else. */
export function messageTypeName(document: JsonDocument): string | null {
	const node = find(document, 'message_type');
	const number = integerValue(document, node);
	return number === null ? lineAt(document, node, 64) : (messageTypes[number] ?? null);
}
