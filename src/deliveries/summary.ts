import { booleanValue, item, member } from '../json/document';
import type { JsonDocument } from '../json/scan';
import { decodeUtf8 } from '../json/utf8';
import type { BodyKind, SummaryFacts } from './api';
import { readBody, type BodyReading } from './body-reading';
import { headerValue, type Delivery } from './delivery';
import { contentCoding, excerptLimit, jsonExcerpt, truncationText } from './excerpt';
import { judgeDelivery } from './judge-delivery';
import { oneLine } from './one-line';
import {
	contactNode,
	conversationId,
	conversationNode,
	actorNode,
	idAt,
	idValue,
	inboxEventId,
	lineAt,
	messageTypeName,
	payloadShape,
	personName,
	type PayloadShape,
} from './payload-parts';
import { readSummaryChanges } from './summary-changes';
import { bytesHash } from './text-hash';

/**
 * Of the rules below and of the check, whose findings are counted. A summary that an older version derived is derived
 * again; raise it with every change of them.
 */
export const summaryVersion = 5;

/** Of `subject`, in UTF-16 units. */
const subjectLimit = 80;

/**
 * What a row needs to know of a delivery, from the delivery alone: the same bytes always give the same summary.
 * Whatever the bytes are there is one; nothing is thrown.
 * @param reading of its body, where the caller has one already
 */
export function summarize(delivery: Delivery, reading: BodyReading = readBody(delivery.body)): SummaryFacts {
	return { ...readFacts(delivery, reading), ...judgeDelivery(delivery, reading.document) };
}

/** `summarize` without the judgement, which costs most of it. */
export function readFacts(
	delivery: Delivery,
	{ kind, document }: BodyReading,
): Omit<SummaryFacts, 'verdict' | 'counts' | 'guideCounts'> {
	const { body, headers, truncation } = delivery;
	const payload = document ? readPayload(document) : nothingRead();
	const deliveryHeaderId = headerLine(headers, 'x-chatwoot-delivery');
	return {
		version: summaryVersion,
		endpoint: delivery.endpoint,
		receivedAt: delivery.receivedAt,
		method: delivery.method,
		path: delivery.target.split('?', 1)[0] ?? '',
		kind,
		isTruncated: truncation !== null,
		size: body.length,
		deliveryHeaderId,
		bodyHash: payload.event === 'conversation_updated' && deliveryHeaderId === null ? bytesHash(body) : null,
		isSigned: headerValue(headers, 'x-chatwoot-signature') !== null,
		...payload,
		excerpt: kind === 'json' && truncation === null ? payload.excerpt : excerptWithoutPayload(delivery, kind),
	};
}

type PayloadFacts = Pick<
	SummaryFacts,
	| 'event'
	| 'accountId'
	| 'inboxId'
	| 'conversationId'
	| 'contactId'
	| 'messageId'
	| 'subject'
	| 'excerpt'
	| 'status'
	| 'messageType'
	| 'isPrivate'
	| 'changed'
>;

function nothingRead(): PayloadFacts {
	return {
		event: null,
		accountId: null,
		inboxId: null,
		conversationId: null,
		contactId: null,
		messageId: null,
		subject: '',
		excerpt: '',
		status: null,
		messageType: null,
		isPrivate: null,
		changed: [],
	};
}

function readPayload(document: JsonDocument): PayloadFacts {
	const event = lineAt(document, member(document, 0, 'event'), 200);
	const shape = payloadShape(document, event);
	const conversation = conversationNode(document, shape);
	const contact = contactNode(document, shape, conversation);
	const changed = readSummaryChanges(document);
	const isMessage = shape === 'message';
	const privacy = isMessage ? 'private' : shape === 'typing' ? 'is_private' : null;
	return {
		event,
		accountId: accountId(document, shape, conversation),
		inboxId: inboxId(document, shape, conversation),
		conversationId: conversationId(document, conversation),
		contactId: contactId(document, contact, conversation),
		messageId: isMessage ? idAt(document, 'id') : null,
		subject: subject(document, shape, conversation, contact),
		// A row with changes shows them instead.
		excerpt: changed.length > 0 ? '' : jsonExcerpt(document, event, shape),
		status: lineAt(document, member(document, conversation, 'status'), 64),
		messageType: isMessage ? messageTypeName(document) : null,
		isPrivate: privacy === null ? null : booleanValue(document, member(document, 0, privacy)),
		changed,
	};
}

/**
 * A Conversation names its account only since 4.14.2; before, its newest message does (ground truth 4.2, 4.3).
 * The guide's form has `account_id` and `messages[].account` instead.
 */
function accountId(document: JsonDocument, shape: PayloadShape, conversation: number): number | null {
	if (shape === 'account') return idAt(document, 'id');
	const message = item(document, member(document, conversation, 'messages'), 0);
	return (
		idAt(document, 'account', 'id') ??
		idAt(document, 'account_id') ??
		idValue(document, member(document, member(document, conversation, 'account'), 'id')) ??
		idValue(document, member(document, conversation, 'account_id')) ??
		idValue(document, member(document, message, 'account_id')) ??
		idValue(document, member(document, member(document, message, 'account'), 'id')) ??
		idValue(document, member(document, member(document, actorNode(document, shape), 'account'), 'id')) ??
		(shape === 'inbox' ? idAt(document, 'working_hours', 0, 'account_id') : null) ??
		(shape === 'inbox' ? idAt(document, 'channel', 'account_id') : null)
	);
}

function inboxId(document: JsonDocument, shape: PayloadShape, conversation: number): number | null {
	if (shape === 'inbox') return inboxEventId(document);
	return idAt(document, 'inbox', 'id') ?? idValue(document, member(document, conversation, 'inbox_id'));
}

function contactId(document: JsonDocument, contact: number, conversation: number): number | null {
	return (
		idValue(document, member(document, contact, 'id')) ??
		idValue(document, member(document, member(document, conversation, 'contact_inbox'), 'contact_id'))
	);
}

/** Whom it is about: `#1401 Maria Lopez`. Someone typing is the one who types, since nothing else tells who it is. */
function subject(document: JsonDocument, shape: PayloadShape, conversation: number, contact: number): string {
	if (shape === 'inbox') return inboxName(document);
	if (shape === 'account') return lineAt(document, member(document, 0, 'name'), subjectLimit) ?? '';
	const number = conversationId(document, conversation);
	const typist = shape === 'typing' ? personName(document, actorNode(document, shape)) : null;
	const name = typist ?? personName(document, contact);
	return oneLine([number === null ? null : `#${number}`, name].filter((part) => part !== null).join(' '), subjectLimit);
}

/** An inbox event names the inbox by its id alone, in 4.14.2. */
function inboxName(document: JsonDocument): string {
	const name = lineAt(document, member(document, 0, 'name'), subjectLimit);
	if (name) return name;
	const id = inboxEventId(document);
	return id === null ? '' : `inbox ${id}`;
}

function headerLine(headers: Delivery['headers'], name: string): string | null {
	const value = headerValue(headers, name);
	return value === null ? null : oneLine(value, 128);
}

function excerptWithoutPayload({ body, headers, truncation }: Delivery, kind: BodyKind): string {
	if (truncation !== null) return truncationText(truncation, body.length);
	if (kind === 'empty') return 'empty body';
	const coding = contentCoding(headers);
	if (coding !== null) return `compressed (${coding})`;
	if (kind === 'not-utf8') return 'not text (UTF-8)';
	// The cut may part a character, which becomes a replacement mark beyond what is shown.
	return oneLine(`not JSON: ${decodeUtf8(body, 0, Math.min(body.length, excerptLimit * 4))}`, excerptLimit);
}
