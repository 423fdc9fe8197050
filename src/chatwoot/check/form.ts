import { children, find, item, keyText, member } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import { isDigitText } from './fault';
import type { BodyForm } from './report';

/**
 * Decides how a whole body is written, before anything in it is judged: a real delivery and the documented form are
 * both fine in themselves, and each would be full of faults by the rules of the other.
 *
 * The printed sample is known by its ids, all of which are text (ground truth 7.1); the object tables by members that
 * only they have, without one that only releases send.
 */
export function bodyForm(document: JsonDocument, isEventDocumented: boolean): Exclude<BodyForm, 'unknown'> {
	// Test doubles write all ids as text in every event.
	if (isSample(document)) return 'guide-sample';
	if (!isEventDocumented) return 'wire';
	const conversation = conversationOf(document);
	const documented = documentedMarks(document, conversation);
	return documented > 0 && documented > sentMarks(document, conversation) ? 'guide' : 'wire';
}

function conversationOf(document: JsonDocument): number {
	for (const name of ['conversation', 'current_conversation']) {
		const node = member(document, 0, name);
		if (document.kind[node] === JsonKind.object) return node;
	}
	const isConversation = ['status', 'meta', 'messages'].some((name) => member(document, 0, name) !== -1);
	return isConversation ? 0 : -1;
}

/** Where the ids of message, sender, contact, conversation, account and inbox stand. */
const idPlaces: readonly (readonly (string | number)[])[] = [
	['id'],
	['sender', 'id'],
	['contact', 'id'],
	['user', 'id'],
	['account', 'id'],
	['inbox', 'id'],
	['conversation', 'id'],
	['conversation', 'display_id'],
	['conversation', 'inbox_id'],
	['current_conversation', 'id'],
	['inbox_id'],
	['account_id'],
	['contact_inbox', 'id'],
	['meta', 'sender', 'id'],
	['conversation', 'meta', 'sender', 'id'],
	['messages', 0, 'id'],
	['conversation', 'messages', 0, 'id'],
	['users', 0, 'id'],
	['working_hours', 0, 'id'],
];

function isSample(document: JsonDocument): boolean {
	let texts = 0;
	for (const place of idPlaces) {
		const node = find(document, ...place);
		if (node === -1) continue;
		if (!isDigitText(document, node)) return false;
		texts++;
	}
	return texts > 0;
}

/** How much only the guide's object tables have. */
function documentedMarks(document: JsonDocument, conversation: number): number {
	let marks = 0;
	const isMessage = member(document, 0, 'message_type') !== -1;
	if (isMessage && document.kind[member(document, 0, 'message_type')] === JsonKind.number) marks++;
	if (isMessage && document.kind[member(document, 0, 'created_at')] === JsonKind.number) marks++;
	const widgetId = member(document, 0, 'id');
	if (member(document, 0, 'event_info') !== -1 && document.kind[widgetId] === JsonKind.string) marks++;
	if (conversation === -1) return marks;
	if (member(document, conversation, 'account_id') !== -1) marks++;
	const meta = member(document, conversation, 'meta');
	const sender = member(document, meta, 'sender');
	if (member(document, sender, 'avatar') !== -1) marks++;
	if (member(document, sender, 'account') !== -1) marks++;
	if (member(document, member(document, meta, 'assignee'), 'email') !== -1) marks++;
	const message = item(document, member(document, conversation, 'messages'), 0);
	if (member(document, message, 'account') !== -1) marks++;
	if (member(document, message, 'inbox') !== -1) marks++;
	return marks;
}

const sentByConversations = new Set([
	'labels',
	'custom_attributes',
	'snoozed_until',
	'first_reply_created_at',
	'priority',
	'waiting_since',
	'last_activity_at',
	'created_at',
	'updated_at',
	'account',
	'applied_sla',
	'sla_events',
	'sla_policy_id',
]);
const sentByMeta = new Set(['assignee_type', 'team', 'hmac_verified']);
const sentByPeople = new Set([
	'additional_attributes',
	'custom_attributes',
	'phone_number',
	'identifier',
	'thumbnail',
	'blocked',
	'available_name',
	'availability_status',
	'avatar_url',
]);
const sentByMessages = new Set(['additional_attributes', 'attachments']);
const sentInMessages = new Set(['account_id', 'inbox_id', 'conversation_id', 'sender_type', 'status', 'updated_at']);

/** How much only releases send. */
function sentMarks(document: JsonDocument, conversation: number): number {
	let marks = 0;
	if (member(document, 0, 'message_type') !== -1) {
		marks += countOf(document, 0, sentByMessages);
		if (document.kind[member(document, 0, 'message_type')] === JsonKind.string) marks++;
		if (document.kind[member(document, 0, 'created_at')] === JsonKind.string) marks++;
	}
	for (const name of ['sender', 'user', 'contact']) marks += countOf(document, member(document, 0, name), sentByPeople);
	if (conversation === -1) return marks;
	marks += countOf(document, conversation, sentByConversations);
	const meta = member(document, conversation, 'meta');
	marks += countOf(document, meta, sentByMeta);
	marks += countOf(document, member(document, meta, 'sender'), sentByPeople);
	marks += countOf(document, member(document, meta, 'assignee'), sentByPeople);
	if (member(document, member(document, conversation, 'contact_inbox'), 'pubsub_token') !== -1) marks++;
	marks += countOf(document, item(document, member(document, conversation, 'messages'), 0), sentInMessages);
	return marks;
}

function countOf(document: JsonDocument, node: number, names: ReadonlySet<string>): number {
	if (node === -1 || document.kind[node] !== JsonKind.object) return 0;
	let count = 0;
	for (const child of children(document, node)) if (names.has(keyText(document, child)!)) count++;
	return count;
}
