import { look, setStatus } from './conversations';
import type { Conversation, Message, Sender } from './model';
import type { WireObject } from './rails-json';
import { saveContact, saveConversation } from './saves';
import { fileAttachment, messageBody, type StoredFile } from './wire-forms';
import type { Workplace } from './workplace';

/** What somebody writes; the rest of a message follows from the conversation. */
export interface Draft {
	content: string | null;
	contentType?: string;
	contentAttributes?: WireObject;
	additionalAttributes?: WireObject;
	sourceId?: string;
	/** Makes the attachments once the message has its id. */
	attach?: (messageId: number) => WireObject[];
}

/** How many messages of a conversation are remembered. */
const mostMessages = 12;

/**
 * A message of the contact. It reopens a resolved or snoozed conversation first, and starts the waiting clock; every
 * one also moves the contact's last activity, which is an update of its own.
 *
 * Source: ground truth 5.3 and 5.5, message.rb (commit callbacks) @4.14.2.
 */
export function receive(place: Workplace, conversation: Conversation, draft: Draft): Message {
	if (conversation.status === 'resolved' || conversation.status === 'snoozed') {
		const isForResponder = conversation.status === 'resolved' && conversation.inbox.responder !== null;
		setStatus(place, conversation, isForResponder ? 'pending' : 'open');
	}
	const message = receiveFirst(place, conversation, draft);
	if (conversation.waitingSince === null) saveConversation(place, conversation, { waitingSince: message.createdAt });
	touchContact(place, conversation);
	return message;
}

/** The first message, stored together with its conversation: the waiting clock runs already. */
export function receiveFirst(place: Workplace, conversation: Conversation, draft: Draft): Message {
	const message = insert(place, conversation, 'incoming', conversation.contact, draft);
	conversation.lastIncomingAt = message.createdAt;
	conversation.unreadCount++;
	tell(place, 'message_created', message);
	return message;
}

/** The noise after every incoming message (ground truth 5.3). */
export function touchContact(place: Workplace, conversation: Conversation): void {
	saveContact(place, conversation.contact, { lastActivityAt: place.clock.now });
}

/** A message to the contact. The first one of an agent sets the first reply; any of somebody stops the waiting clock. */
export function send(place: Workplace, conversation: Conversation, sender: Sender | null, draft: Draft): Message {
	if (sender?.kind === 'user') look(place, conversation, sender);
	const message = insert(place, conversation, 'outgoing', sender, draft);
	tell(place, 'message_created', message);
	if (sender?.kind === 'user' && conversation.firstReplyAt === null) {
		saveConversation(place, conversation, { firstReplyAt: message.createdAt, waitingSince: null });
	} else if (sender !== null && conversation.waitingSince !== null) {
		saveConversation(place, conversation, { waitingSince: null });
	}
	return message;
}

/** A note that the contact does not see. */
export function note(place: Workplace, conversation: Conversation, sender: Sender, content: string): Message {
	const message = insert(place, conversation, 'outgoing', sender, { content }, true);
	tell(place, 'message_created', message);
	return message;
}

/** A message that the inbox writes by itself; nobody is its sender. */
export function sendTemplate(place: Workplace, conversation: Conversation, draft: Draft): Message {
	const message = insert(place, conversation, 'template', null, draft);
	tell(place, 'message_created', message);
	return message;
}

/** A change of the row: `message_updated`, which does not say what has changed. */
export function updateMessage(
	place: Workplace,
	message: Message,
	values: Partial<Pick<Message, 'status' | 'sourceId' | 'contentAttributes' | 'attachments'>>,
): void {
	Object.assign(message, values);
	message.updatedAt = place.clock.tick();
	tell(place, 'message_updated', message);
}

/** What remains of a message that an agent deletes (ground truth 4.16). */
export function deleteMessage(place: Workplace, message: Message): void {
	message.content = 'This message was deleted';
	message.contentType = 'text';
	updateMessage(place, message, { contentAttributes: { deleted: true }, attachments: [] });
}

/** The contact has seen the conversation: what was sent to them counts as read, each message with an update. */
export function contactReads(place: Workplace, conversation: Conversation): void {
	const unread = conversation.messages.filter(
		({ type, isPrivate, status }) => type === 'outgoing' && !isPrivate && (status === 'sent' || status === 'delivered'),
	);
	conversation.contactLastSeenAt = place.clock.tick();
	for (const message of unread) updateMessage(place, message, { status: 'read' });
}

/** Stored files as attachments of a message. */
export function files(place: Workplace, stored: readonly StoredFile[]): (messageId: number) => WireObject[] {
	return (messageId) =>
		stored.map((file) => {
			const digits = place.random.text(40, '0123456789abcdef');
			return fileAttachment(place.nextAttachmentId(), messageId, file, digits);
		});
}

function insert(
	place: Workplace,
	conversation: Conversation,
	type: Message['type'],
	sender: Sender | null,
	draft: Draft,
	isPrivate = false,
): Message {
	const createdAt = place.clock.tick();
	const id = place.nextMessageId();
	const isFromWidget = type === 'incoming' && conversation.inbox.kind === 'widget';
	const message: Message = {
		id,
		conversation,
		type,
		isPrivate,
		content: draft.content,
		contentType: draft.contentType ?? 'text',
		contentAttributes: draft.contentAttributes ?? (isFromWidget ? { in_reply_to: null } : {}),
		additionalAttributes: draft.additionalAttributes ?? {},
		attachments: draft.attach?.(id) ?? [],
		sourceId: draft.sourceId ?? null,
		sender,
		status: 'sent',
		createdAt,
		updatedAt: createdAt,
	};
	conversation.messages.push(message);
	if (conversation.messages.length > mostMessages) conversation.messages.shift();
	conversation.lastActivityAt = createdAt;
	conversation.updatedAt = createdAt;
	if (!isPrivate) conversation.newestPublic = message;
	return message;
}

function tell(place: Workplace, event: 'message_created' | 'message_updated', message: Message): void {
	place.outbox.dispatch(event, message.conversation.displayId, (now) => ({ ...messageBody(message, now), event }));
}
