/**
 * The objects as release 4.14.2 writes them: every member, in its order. Names follow the tables of the ground truth,
 * part 4, which name the source of each.
 */
import type { AgentBot, Agent, Contact, ContactInbox, Conversation, Inbox, Message, Sender } from './model';
import { RailsFloat, type WireObject, type WireValue } from './rails-json';
import { day, isoTime, unixFloat, unixSeconds, type Moment } from './virtual-time';

/** The only account (4.12). */
export const account: WireObject = { id: 7, name: 'Northwind Outfitters' };
export const accountId = 7;

/** Where the installation lives. */
export const installationUrl = 'https://chat.example.com';

const messageNumbers = { incoming: 0, outgoing: 1, template: 3 };
const senderClasses = {
	contact: 'Contact',
	user: 'User',
	agent_bot: 'AgentBot',
	captain_assistant: 'Captain::Assistant',
};

/** 4.1: `message_created`, `message_updated`. */
export function messageBody(message: Message, now: Moment): WireObject {
	const { conversation } = message;
	return {
		account,
		additional_attributes: message.additionalAttributes,
		content_attributes: message.contentAttributes,
		content_type: message.contentType,
		content: contentWithSurvey(message),
		conversation: conversationObject(conversation, now),
		created_at: isoTime(message.createdAt),
		id: message.id,
		inbox: inboxObject(conversation.inbox),
		message_type: message.type,
		private: message.isPrivate,
		sender: message.sender === null ? null : senderObject(message.sender),
		source_id: message.sourceId,
		...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
	};
}

/** 4.1.1: outside web widgets a survey's link is added, at the top level only. */
function contentWithSurvey({ content, contentType, conversation }: Message): string | null {
	if (contentType !== 'input_csat' || conversation.inbox.kind === 'widget') return content;
	return `${content}, ${installationUrl}/survey/responses/${conversation.uuid}`;
}

/** 4.2. */
function nestedMessage(message: Message): WireObject {
	const { conversation, sender } = message;
	return {
		id: message.id,
		content: message.content,
		account_id: accountId,
		inbox_id: conversation.inbox.id,
		conversation_id: conversation.displayId,
		message_type: messageNumbers[message.type],
		created_at: unixSeconds(message.createdAt),
		updated_at: isoTime(message.updatedAt),
		private: message.isPrivate,
		status: message.status,
		source_id: message.sourceId,
		content_type: message.contentType,
		content_attributes: message.contentAttributes,
		sender_type: sender === null ? null : senderClasses[sender.kind],
		sender_id: sender === null ? null : sender.id,
		external_source_ids: {},
		additional_attributes: message.additionalAttributes,
		processed_message_content: message.content,
		sentiment: {},
		conversation: {
			assignee_id: conversation.assignee?.id ?? null,
			unread_count: unreadCount(conversation),
			last_activity_at: unixSeconds(conversation.lastActivityAt),
			contact_inbox: { source_id: conversation.contactInbox.sourceId },
		},
		...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
		...(sender === null ? {} : { sender: pushSender(sender) }),
	};
}

/** 4.3, in the state of now. */
export function conversationObject(conversation: Conversation, now: Moment): WireObject {
	const { contactInbox, newestPublic } = conversation;
	return {
		additional_attributes: conversation.additionalAttributes,
		can_reply: canReply(conversation, now),
		channel: conversation.inbox.channel,
		contact_inbox: {
			id: contactInbox.id,
			contact_id: contactInbox.contact.id,
			inbox_id: contactInbox.inbox.id,
			source_id: contactInbox.sourceId,
			created_at: isoTime(contactInbox.createdAt),
			updated_at: isoTime(contactInbox.updatedAt),
			hmac_verified: false,
			pubsub_token: contactInbox.pubsubToken,
		},
		id: conversation.displayId,
		inbox_id: conversation.inbox.id,
		messages: newestPublic === null ? [] : [nestedMessage(newestPublic)],
		labels: conversation.labels,
		meta: {
			sender: pushSender(conversation.contact),
			assignee: assigneeObject(conversation),
			assignee_type: conversation.assigneeBot ? 'AgentBot' : conversation.assignee ? 'User' : null,
			team: conversation.team && { id: conversation.team.id, name: conversation.team.name },
			hmac_verified: false,
		},
		status: conversation.status,
		custom_attributes: conversation.customAttributes,
		snoozed_until: isoTime(conversation.snoozedUntil),
		unread_count: unreadCount(conversation),
		first_reply_created_at: isoTime(conversation.firstReplyAt),
		priority: conversation.priority,
		waiting_since: unixSeconds(conversation.waitingSince),
		agent_last_seen_at: unixSeconds(conversation.agentLastSeenAt),
		contact_last_seen_at: unixSeconds(conversation.contactLastSeenAt),
		last_activity_at: unixSeconds(conversation.lastActivityAt),
		timestamp: unixSeconds(conversation.lastActivityAt),
		created_at: unixSeconds(conversation.createdAt),
		updated_at: unixFloat(conversation.updatedAt),
		account,
	};
}

/** 4.7: `webwidget_triggered`; the conversation is null on a first visit. */
export function widgetBody(contactInbox: ContactInbox, current: Conversation | null, now: Moment): WireObject {
	return {
		id: contactInbox.id,
		contact: contactObject(contactInbox.contact),
		inbox: inboxObject(contactInbox.inbox),
		account,
		current_conversation: current && conversationObject(current, now),
		source_id: contactInbox.sourceId,
	};
}

/** 4.8, the webhook form. */
export function contactObject(contact: Contact): WireObject {
	return {
		account,
		additional_attributes: contact.additionalAttributes,
		avatar: contact.avatar,
		custom_attributes: contact.customAttributes,
		email: contact.email,
		id: contact.id,
		identifier: contact.identifier,
		name: contact.name,
		phone_number: contact.phoneNumber,
		thumbnail: contact.avatar,
		blocked: contact.isBlocked,
	};
}

/** 4.9, the short form; 4.10 has one form only. */
export function senderObject(sender: Sender): WireObject {
	if (sender.kind === 'contact') return contactObject(sender);
	if (sender.kind === 'user') return { id: sender.id, name: sender.name, email: sender.email, type: 'user' };
	if (sender.kind === 'agent_bot') return { id: sender.id, name: sender.name, type: 'agent_bot' };
	const { id, name, avatarUrl, description, createdAt } = sender;
	return {
		id,
		name,
		avatar_url: avatarUrl,
		description,
		created_at: isoTime(createdAt),
		type: 'captain_assistant',
	};
}

/** 4.8 and 4.9: the forms inside a conversation. */
function pushSender(sender: Sender): WireObject {
	if (sender.kind === 'captain_assistant') return senderObject(sender);
	if (sender.kind === 'user') return pushUser(sender);
	if (sender.kind === 'agent_bot') return pushBot(sender);
	return {
		additional_attributes: sender.additionalAttributes,
		custom_attributes: sender.customAttributes,
		email: sender.email,
		id: sender.id,
		identifier: sender.identifier,
		name: sender.name,
		phone_number: sender.phoneNumber,
		thumbnail: sender.avatar,
		blocked: sender.isBlocked,
		type: 'contact',
	};
}

/** The job that writes bodies has no current account, so that no availability is known. */
function pushUser(user: Agent): WireObject {
	return {
		id: user.id,
		name: user.name,
		available_name: user.availableName,
		avatar_url: user.avatarUrl,
		type: 'user',
		availability_status: null,
		thumbnail: user.avatarUrl,
	};
}

function pushBot(bot: AgentBot): WireObject {
	return { id: bot.id, name: bot.name, avatar_url: '', type: 'agent_bot' };
}

function assigneeObject({ assignee, assigneeBot }: Conversation): WireValue {
	if (assigneeBot !== null) return pushBot(assigneeBot);
	return assignee === null ? null : pushUser(assignee);
}

function inboxObject(inbox: Inbox): WireObject {
	return { id: inbox.id, name: inbox.name };
}

/** Capped since 3.0.0. */
function unreadCount(conversation: Conversation): number {
	return Math.min(conversation.unreadCount, 10);
}

/** WhatsApp takes free text only within a day after the contact wrote. */
function canReply({ inbox, lastIncomingAt }: Conversation, now: Moment): boolean {
	return inbox.kind !== 'whatsapp' || (lastIncomingAt !== null && now - lastIncomingAt < day);
}

export interface StoredFile {
	name: string;
	type: 'image' | 'video' | 'file' | 'audio';
	contentType: string;
	size: number;
}

/** 4.14: a stored file. The links carry no login, so they are as long as the real ones. */
export function fileAttachment(id: number, messageId: number, file: StoredFile, digits: string): WireObject {
	const key = `${blobKey(id)}--${digits}`;
	const inline = file.type === 'audio' ? '?disposition=inline' : '';
	const thumbnail = `${storageUrl}/representations/redirect/${key}/eyJfcmFpbHMiOnsiZGF0YSI6e319fQ==--${digits.slice(8)}`;
	return {
		id,
		message_id: messageId,
		file_type: file.type,
		account_id: accountId,
		extension: file.name.slice(file.name.lastIndexOf('.') + 1),
		content_type: file.contentType,
		data_url: `${storageUrl}/blobs/redirect/${key}/${file.name}${inline}`,
		thumb_url: file.type === 'image' ? `${thumbnail}/${file.name}` : '',
		file_size: file.size,
		width: null,
		height: null,
		...(file.type === 'audio' ? { transcribed_text: '' } : {}),
	};
}

const storageUrl = `${installationUrl}/rails/active_storage`;

/** What Rails packs into the link: the blob's id, as signed JSON in base64. */
function blobKey(id: number): string {
	return btoa(`{"_rails":{"data":${id},"pur":"blob_id"}}`);
}

/** 4.14: a place on the map. */
export function locationAttachment(id: number, messageId: number, place: [number, number], title: string): WireObject {
	return {
		id,
		message_id: messageId,
		file_type: 'location',
		account_id: accountId,
		coordinates_lat: new RailsFloat(place[0]),
		coordinates_long: new RailsFloat(place[1]),
		fallback_title: title,
		data_url: null,
	};
}

/** 4.14: somebody's card; the title is the number. */
export function cardAttachment(id: number, messageId: number, number: string, first: string, last: string): WireObject {
	return {
		id,
		message_id: messageId,
		file_type: 'contact',
		account_id: accountId,
		fallback_title: number,
		meta: { firstName: first, lastName: last },
	};
}
