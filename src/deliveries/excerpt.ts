import { booleanValue, children, find, item, keyText, member, stringPreview } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import { byteSize } from './byte-size';
import { channelName } from './channel-name';
import { headerValue, type Delivery } from './delivery';
import { oneLine } from './one-line';
import {
	contactNode,
	countAt,
	idValue,
	isNull,
	isObject,
	kindWords,
	lineAt,
	personName,
	type PayloadShape,
} from './payload-parts';

/** Of an excerpt, in UTF-16 units. */
export const excerptLimit = 160;

/** Why a body is not whole, in words: `cut off at 10 MiB`, `the sender stopped after 3.1 kB of 5.2 kB`. */
export function truncationText(truncation: NonNullable<Delivery['truncation']>, size: number): string {
	if (truncation.reason === 'limit') return `cut off at ${byteSize(size)}`;
	const announced = truncation.announced === null ? '' : ` of ${byteSize(truncation.announced)}`;
	if (truncation.reason === 'stopped') return `the sender stopped after ${byteSize(size)}${announced}`;
	return `too slow, cut off after ${byteSize(size)}${announced}`;
}

/** What `Content-Encoding` says was done to the body; null when nothing was. */
export function contentCoding(headers: Delivery['headers']): string | null {
	const coding = headerValue(headers, 'content-encoding')?.trim().toLowerCase() ?? '';
	return coding === '' || coding === 'identity' ? null : oneLine(coding, 40);
}

/** What a JSON body says, on one line of at most 160 characters; empty when it says nothing that fits one. */
export function jsonExcerpt(document: JsonDocument, event: string | null, shape: PayloadShape): string {
	if (!isObject(document, 0)) return notAnObject(document);
	return oneLine(excerptByShape(document, event, shape), excerptLimit);
}

function excerptByShape(document: JsonDocument, event: string | null, shape: PayloadShape): string {
	switch (shape) {
		case 'message':
			return messageExcerpt(document, event);
		case 'conversation':
			return conversationExcerpt(document, event);
		case 'typing':
			return typingExcerpt(document);
		case 'widget':
			return widgetExcerpt(document);
		case 'contact':
			return contactExcerpt(document);
		case 'inbox':
			return inboxChannel(document) ?? '';
		case 'account':
			return administrators(document);
		case 'other':
			return otherExcerpt(document, event);
	}
}

function messageExcerpt(document: JsonDocument, event: string | null): string {
	const attributes = member(document, 0, 'content_attributes');
	if (booleanValue(document, member(document, attributes, 'deleted')) === true) return 'message deleted';
	const outcome = event === 'message_updated' ? messageOutcome(document, attributes) : null;
	if (outcome !== null) return outcome;

	const contentType = lineAt(document, member(document, 0, 'content_type'), 40);
	// A sticker's content is Markdown for its image.
	if (contentType === 'sticker') return 'sticker';
	const content = lineAt(document, member(document, 0, 'content'), excerptLimit);
	if (content) return content;
	const attached = attachmentWords(document);
	if (attached !== null) return attached;
	if (contentType === 'input_csat') return 'satisfaction survey';
	return contentType === null || contentType === 'text' ? 'no text' : contentType.replaceAll('_', ' ');
}

/** What an update brought: a failed sending, or what somebody chose, filled in or rated. */
function messageOutcome(document: JsonDocument, attributes: number): string | null {
	const failure = lineAt(document, member(document, attributes, 'external_error'), excerptLimit);
	if (failure) return `failed: ${failure}`;
	const email = lineAt(document, member(document, attributes, 'submitted_email'), excerptLimit);
	if (email) return `e-mail given: ${email}`;
	const submitted = member(document, attributes, 'submitted_values');
	if (isObject(document, submitted)) {
		const rating = idValue(document, member(document, member(document, submitted, 'csat_survey_response'), 'rating'));
		return rating === null ? null : `rated ${rating}`;
	}
	if (document.kind[submitted] !== JsonKind.array || countAt(document, submitted) === 0) return null;
	const title = lineAt(document, member(document, item(document, submitted, 0), 'title'), excerptLimit);
	return title ? `chose ${title}` : 'form filled in';
}

const attachmentNames: Record<string, string> = {
	image: 'image',
	video: 'video',
	audio: 'audio',
	file: 'file',
	location: 'location',
	contact: 'contact card',
	fallback: 'link',
	share: 'shared post',
	story_mention: 'story mention',
	ig_reel: 'Instagram reel',
	ig_post: 'Instagram post',
	ig_story: 'Instagram story',
	embed: 'embedded content',
};

/** `image`, `location: Pickup point`, `audio: “…”`, `3 attachments`; null without attachments (ground truth 4.14). */
export function attachmentWords(document: JsonDocument): string | null {
	const attachments = member(document, 0, 'attachments');
	const count = countAt(document, attachments);
	if (document.kind[attachments] !== JsonKind.array || count === 0) return null;
	if (count > 1) return `${count} attachments`;
	const attachment = item(document, attachments, 0);
	const type = lineAt(document, member(document, attachment, 'file_type'), 40);
	if (!type) return '1 attachment';
	const name = Object.hasOwn(attachmentNames, type) ? (attachmentNames[type] ?? type) : type;
	const words =
		lineAt(document, member(document, attachment, 'fallback_title'), excerptLimit) ||
		lineAt(document, member(document, attachment, 'transcribed_text'), excerptLimit);
	return words ? `${name}: ${words}` : name;
}

function conversationExcerpt(document: JsonDocument, event: string | null): string {
	const status = lineAt(document, member(document, 0, 'status'), 64);
	if (event === 'conversation_status_changed' || event === 'conversation_opened' || event === 'conversation_resolved') {
		return status ?? '';
	}
	// SLA status changes list nothing as changed (ground truth 5.1).
	const sla = lineAt(document, find(document, 'applied_sla', 'sla_status'), 64);
	if (event === 'conversation_updated' && sla) return `SLA ${sla.replaceAll('_', ' ')}`;
	const channel = lineAt(document, member(document, 0, 'channel'), 80);
	return [status, channel === null ? null : channelName(channel)].filter((word) => word !== null).join(' in ');
}

function typingExcerpt(document: JsonDocument): string {
	const isPrivate = booleanValue(document, member(document, 0, 'is_private'));
	return isPrivate === null ? 'typing' : isPrivate ? 'private note' : 'reply';
}

function widgetExcerpt(document: JsonDocument): string {
	// Null on a first visit (ground truth 4.7).
	const isFirst = isNull(document, member(document, 0, 'current_conversation'));
	const host = hostName(lineAt(document, find(document, 'event_info', 'referer'), 500));
	return (isFirst ? 'first visit' : 'opened again') + (host === null ? '' : `, ${host}`);
}

/** The host of a page's address, without user info; null when the text is no such address. */
export function hostName(address: string | null): string | null {
	return address === null ? null : (/^https?:\/\/(?:[^/?#]*@)?([^/?#@\s]+)/i.exec(address)?.[1] ?? null);
}

function contactExcerpt(document: JsonDocument): string {
	for (const name of ['email', 'phone_number', 'identifier']) {
		const text = lineAt(document, member(document, 0, name), excerptLimit);
		if (text) return text;
	}
	// Chatwoot invents such names for widget visitors (ground truth 4.8).
	const name = lineAt(document, member(document, 0, 'name'), 80) ?? '';
	return /^[a-z]+-[a-z]+-\d+$/.test(name) ? 'widget visitor' : 'no e-mail, no phone number';
}

/** A column that only this kind of channel has (ground truth 4.11.3), most telling first. */
const channelColumns = [
	['website_token', 'web widget'],
	['page_access_token', 'Facebook'],
	['bot_token', 'Telegram'],
	['line_channel_secret', 'LINE'],
	['imap_password', 'e-mail'],
	['auth_token', 'Twilio'],
	['message_templates', 'WhatsApp'],
	['webhook_url', 'API inbox'],
] as const;

/** The kind of channel of an inbox event, which does not say it: told by the row's columns. Null when none is telling. */
export function inboxChannel(document: JsonDocument): string | null {
	const channel = member(document, 0, 'channel');
	return channelColumns.find(([column]) => member(document, channel, column) !== -1)?.[1] ?? null;
}

function administrators(document: JsonDocument): string {
	const users = member(document, 0, 'users');
	const count = countAt(document, users);
	if (document.kind[users] !== JsonKind.array || count === 0) return '';
	const name = personName(document, item(document, users, 0));
	return count === 1 && name !== null ? `administrator ${name}` : `${count} administrators`;
}

function otherExcerpt(document: JsonDocument, event: string | null): string {
	const content = lineAt(document, member(document, 0, 'content'), excerptLimit);
	if (content) return content;
	const name = personName(document, contactNode(document, 'other', -1));
	if (event !== null) return name ?? '';
	const eventNode = member(document, 0, 'event');
	if (eventNode !== -1) return `the event is ${kindWords(document, eventNode)}`;
	const names: string[] = [];
	for (const child of children(document, 0)) {
		if (names.length === 6) break;
		names.push(oneLine(keyText(document, child) ?? '', 40));
	}
	const more = countAt(document, 0) > names.length ? ', …' : '';
	return names.length === 0 ? 'an empty object' : `no event; ${names.join(', ')}${more}`;
}

function notAnObject(document: JsonDocument): string {
	const count = countAt(document, 0);
	switch (document.kind[0]) {
		case JsonKind.array:
			return `an array of ${count} ${count === 1 ? 'item' : 'items'}`;
		case JsonKind.string:
			return oneLine(`a text: ${lineAt(document, 0, excerptLimit) ?? ''}`, excerptLimit);
		default:
			return oneLine(`just ${stringPreview(document, 0, excerptLimit).text}`, excerptLimit);
	}
}
