import { item, member } from '../json/document';
import type { JsonDocument } from '../json/scan';
import type { DeliveryDetail } from './api';
import { byteSize } from './byte-size';
import { changeParts, changeText, clockText, dayText } from './change-text';
import { channelName } from './channel-name';
import { headerValue } from './delivery';
import { attachmentWords } from './excerpt';
import { oneLine } from './one-line';
import { actorWords, type OverviewSubject } from './overview-subject';
import { countAt, isContact, isNull, lineAt, personName } from './payload-parts';

/** One row of the overview. */
export interface OverviewFact {
	label: string;
	value: string;
	/** Whether the value came over the wire as it stands; else the words are ours. */
	isWire: boolean;
}

/** What the payload says: whom and what it is about. What it does not say has no row. */
export function payloadFacts(subject: OverviewSubject): OverviewFact[] {
	const { detail, document, shape, conversation, contact } = subject;
	const facts = new Facts();
	facts.wire('Event', detail.event);
	if (detail.conversationId !== null) facts.words('Conversation', `#${detail.conversationId}`);
	facts.words('Contact', named(personName(document, contact), detail.contactId));
	if (shape === 'message' || shape === 'typing') {
		facts.words(shape === 'message' ? 'Sender' : 'Typing', actorFact(subject));
	}
	if (shape === 'message') facts.words('Message', messageFact(subject));
	if (shape === 'message') {
		facts.wire('Text', lineAt(document, member(document, 0, 'content'), 500));
		const attributes = member(document, 0, 'content_attributes');
		facts.wire('Failure', lineAt(document, member(document, attributes, 'external_error'), 300));
	}
	const inboxNode = shape === 'inbox' ? 0 : member(document, 0, 'inbox');
	facts.words('Inbox', named(lineAt(document, member(document, inboxNode, 'name'), 80), detail.inboxId));
	const channel = lineAt(document, member(document, conversation, 'channel'), 80);
	facts.words('Channel', channel === null ? null : channelName(channel));
	facts.words('Account', named(accountName(subject), detail.accountId));
	facts.wire('Status', detail.status);
	facts.words('Assignee', assigneeFact(subject));
	facts.words('Team', personName(document, member(document, member(document, conversation, 'meta'), 'team')));
	facts.wire('Priority', lineAt(document, member(document, conversation, 'priority'), 40));
	facts.words('Labels', labelsFact(document, member(document, conversation, 'labels')));
	const parts = changeParts(detail);
	if (parts !== null) facts.words('Changed', changeText(parts));
	return facts.list;
}

/** How and when it came, who seems to have sent it, and what was answered. */
export function requestFacts(detail: DeliveryDetail): OverviewFact[] {
	const facts = new Facts();
	const at = new Date(detail.receivedAt);
	const milliseconds = String(at.getMilliseconds()).padStart(3, '0');
	facts.words('Arrived', `${dayText(at)} ${clockText(detail.receivedAt, detail.receivedAt)}.${milliseconds}`);
	facts.words('Size', byteSize(detail.bodySize));
	facts.wire('Request', oneLine(`${detail.method} ${detail.target}`, 200));
	facts.words('Sent by', senderWords(headerValue(detail.headers, 'user-agent')));
	facts.words('Signature', signatureWords(detail));
	facts.wire('Delivery id', detail.deliveryHeaderId);
	const { answer } = detail.state;
	facts.words(
		'Answer',
		answer === null ? 'none yet, or the sender hung up first' : `${answer.status} after ${answer.milliseconds} ms`,
	);
	return facts.list;
}

/** Ruby of the official image by release (ground truth 1.2). Other installations bring their own. */
const rubyReleases: Record<string, string> = {
	'3.0.2': '1.19.0 to 2.5',
	'3.0.4': '2.6.0 to 2.13',
	'3.1.3': '2.14.0 to 2.16',
	'3.2.2': '2.17.0 to 3.10',
	'3.3.3': '3.11.0 to 4.2',
	'3.4.4': '4.3.0 to 4.13',
};

/** What a User-Agent tells about Chatwoot: only as much as ground truth 1.2 allows; others are quoted. */
function senderWords(userAgent: string | null): string {
	if (userAgent === null) return 'no User-Agent';
	const quoted = oneLine(userAgent, 120);
	if (userAgent === 'Ruby') return 'User-Agent “Ruby”: fits Chatwoot 4.14.0 and later';
	if (!userAgent.startsWith('rest-client/')) return `User-Agent “${quoted}”`;
	const ruby = /\(linux-musl [^)]*\) ruby\/(\d+\.\d+\.\d+)/.exec(userAgent)?.[1] ?? '';
	const releases = Object.hasOwn(rubyReleases, ruby) ? rubyReleases[ruby] : undefined;
	const fits = releases === undefined ? 'up to 4.13' : `${releases}, if it is the official image`;
	return `User-Agent “${quoted}”: fits Chatwoot ${fits}`;
}

function signatureWords({ isSigned, state }: DeliveryDetail): string {
	if (state.signature === 'valid') return 'valid';
	if (state.signature === 'invalid') return 'does not fit body and secret';
	return isSigned ? 'present, not checked' : 'none';
}

function named(name: string | null, id: number | null): string | null {
	if (name === null) return id === null ? null : `${id}`;
	return id === null ? name : `${name} (${id})`;
}

function actorFact(subject: OverviewSubject): string | null {
	const { document, actor } = subject;
	if (isNull(document, actor)) return 'nobody named: an automatic message, the API, or somebody deleted';
	const words = actorWords(subject);
	if (words === null || !isContact(document, actor)) return words;
	return `${words} (contact)`;
}

function messageFact({ detail, document }: OverviewSubject): string {
	const type = detail.messageType ?? 'no message type';
	const kind = lineAt(document, member(document, 0, 'content_type'), 40);
	const attachments = attachmentWords(document);
	return [
		detail.messageId === null ? null : `${detail.messageId}`,
		detail.isPrivate === true ? `${type}, private note` : type,
		kind === null || kind === 'text' ? null : kind,
		attachments,
	]
		.filter((part) => part !== null)
		.join(', ');
}

function accountName({ document, shape, conversation }: OverviewSubject): string | null {
	const nodes = [
		shape === 'account' ? 0 : -1,
		member(document, 0, 'account'),
		member(document, conversation, 'account'),
	];
	for (const node of nodes) {
		const name = lineAt(document, member(document, node, 'name'), 80);
		if (name) return name;
	}
	return null;
}

function assigneeFact({ document, conversation }: OverviewSubject): string | null {
	const assignee = member(document, member(document, conversation, 'meta'), 'assignee');
	if (isNull(document, assignee)) return 'nobody';
	const name = personName(document, assignee);
	if (name === null) return null;
	return lineAt(document, member(document, assignee, 'type'), 40) === 'agent_bot' ? `${name} (agent bot)` : name;
}

function labelsFact(document: JsonDocument, labels: number): string | null {
	const names: string[] = [];
	for (let index = 0; index < Math.min(countAt(document, labels), 20); index++) {
		const name = lineAt(document, item(document, labels, index), 60);
		if (name !== null) names.push(name);
	}
	return names.length === 0 ? null : names.join(', ') + (countAt(document, labels) > 20 ? ', …' : '');
}

class Facts {
	readonly list: OverviewFact[] = [];

	wire(label: string, value: string | null): void {
		if (value) this.list.push({ label, value, isWire: true });
	}

	words(label: string, value: string | null): void {
		if (value) this.list.push({ label, value, isWire: false });
	}
}
