import { automationTrigger, eventFamily } from '../chatwoot/events';
import { find, item, member } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import { byteOrderMarkLength } from '../json/utf8';
import type { DeliveryDetail } from './api';
import { headerValue } from './delivery';
import { contentCoding, truncationText } from './excerpt';
import { oneLine } from './one-line';
import { changedNames, type OverviewSubject } from './overview-subject';
import { isObject } from './payload-parts';

/** What is odd about the request and its bytes. */
export function requestNotes(detail: DeliveryDetail, document: JsonDocument | null): string[] {
	const notes: string[] = [];
	const coding = contentCoding(detail.headers);
	const contentType = headerValue(detail.headers, 'content-type') ?? '';
	if (detail.truncation !== null) {
		notes.push(`The body is not whole: ${truncationText(detail.truncation, detail.bodySize)}.`);
	}
	if (coding !== null) {
		notes.push(`The body is compressed (${coding}). Chatwoot does not compress; something in between did.`);
	}
	if (document === null && detail.kind === 'not-json' && contentType.includes('x-www-form-urlencoded')) {
		notes.push('The body is form-encoded. Chatwoot sent its webhooks like this before 1.7.0.');
	}
	if (detail.method !== 'POST') notes.push(`Chatwoot always sends POST; this is ${oneLine(detail.method, 20)}.`);
	if (document !== null && byteOrderMarkLength(document.bytes) > 0) {
		notes.push('The body starts with a byte order mark. Chatwoot sends none.');
	}
	if (document !== null && document.duplicates.length > 0) {
		notes.push('An object names a member twice; the last one counts. Chatwoot sends no member twice.');
	}
	return notes;
}

/** What is odd about the payload, or easily misread. */
export function payloadNotes(subject: OverviewSubject): string[] {
	const { detail, document, shape } = subject;
	const family = eventFamily(detail.event);
	const notes: string[] = [];
	if (detail.event === null && find(document, 'event') !== -1) notes.push('The event is not a text.');
	if (family === null && detail.event !== null) notes.push('It may come from a fork, a relay, or a test.');
	if (family === 'automation') {
		notes.push('Automation rules, macros and the installation never sign, and send no delivery id.');
		const trigger = automationTrigger(detail.event ?? '');
		if (trigger?.startsWith('message'))
			notes.push('The body is the conversation, also where a message was the trigger.');
	}
	if (shape === 'message' && detail.isPrivate === true && newestMessage(subject) !== -1) {
		notes.push('The message inside the conversation is another one: private notes never stand there.');
	}
	if (detail.event === 'message_updated') {
		notes.push('A message_updated does not say what changed, and does not carry the message’s status at top level.');
	}
	if (detail.messageType === 'activity') notes.push('Chatwoot sends no activity messages; a fork or a relay does.');
	if (
		shape === 'message' &&
		find(document, 'message_type') !== -1 &&
		document.kind[find(document, 'message_type')] === JsonKind.number
	) {
		notes.push('The message type is a number, as in the guide’s table; Chatwoot sends its name.');
	}
	if (detail.event === 'conversation_status_changed') {
		notes.push(
			'A status change sends conversation_status_changed and conversation_updated; only the second lists what changed.',
		);
	}
	if (detail.event === 'contact_updated' && changedNames(detail).join() === 'last_activity_at') {
		notes.push('Noise: Chatwoot sends this after every incoming message of a contact.');
	}
	if (detail.event === 'conversation_updated' && changedNames(detail).join() === 'waiting_since') {
		notes.push('Noise: the waiting clock starts and stops with messages.');
	}
	if (family === 'inbox' && isObject(document, member(document, 0, 'channel'))) {
		notes.push('The channel is the whole row with its secrets: keep this delivery to yourself.');
	}
	const isRefused =
		detail.state.answer !== null && (detail.state.answer.status < 200 || detail.state.answer.status > 299);
	if (isRefused && family !== null) {
		notes.push('Chatwoot does not repeat a failed delivery; only agent bots do, since 4.12.0, on 429 and 500.');
	}
	return notes;
}

function newestMessage({ document, conversation }: OverviewSubject): number {
	return item(document, member(document, conversation, 'messages'), 0);
}
