import { automationTrigger, eventFamily } from '../chatwoot/events';
import { booleanValue, find, member } from '../json/document';
import { changeParts } from './change-text';
import { hostName } from './excerpt';
import { oneLine } from './one-line';
import { actorWords, changedNames, type OverviewSubject } from './overview-subject';
import { countAt, idValue, isContact, isObject, lineAt, personName } from './payload-parts';

/** One sentence: what happened. */
export function overviewHeading(subject: OverviewSubject): string {
	const { detail, document, shape } = subject;
	if (eventFamily(detail.event) === null) {
		return detail.event === null
			? 'A JSON object without an event.'
			: `${oneLine(detail.event, 60)} is no event that a Chatwoot release sends.`;
	}
	switch (shape) {
		case 'message':
			return detail.event === 'message_updated' ? messageUpdated(subject) : messageCreated(subject);
		case 'typing':
			return typing(subject);
		case 'widget':
			return widget(subject);
		case 'contact':
			return contactSentence(subject);
		case 'inbox':
			return inboxSentence(subject);
		case 'account': {
			const name = lineAt(document, member(document, 0, 'name'), 80) ?? detail.accountId ?? '';
			return `Account ${name} was ${detail.event === 'account_destroyed' ? 'deleted' : 'created'}.`;
		}
		case 'conversation':
			return conversationSentence(subject);
		case 'other':
			return `A delivery of ${detail.event ?? 'no event'}.`;
	}
}

/** `conversation #1401`, or what is left when its number is not known. */
function conversationWords({ detail }: OverviewSubject): string {
	return detail.conversationId === null ? 'a conversation' : `conversation #${detail.conversationId}`;
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function contentType({ document }: OverviewSubject): string | null {
	return lineAt(document, member(document, 0, 'content_type'), 40);
}

function messageCreated(subject: OverviewSubject): string {
	const { detail, document, actor } = subject;
	const where = `in ${conversationWords(subject)}`;
	const who = actorWords(subject);
	if (detail.messageType === 'activity') return `An activity message was added ${where}.`;
	if (contentType(subject) === 'voice_call') return `A voice call was added ${where}.`;
	if (detail.isPrivate === true)
		return who === null ? `A private note was added ${where}.` : `${who} left a private note ${where}.`;
	if (detail.messageType === 'template') return `Chatwoot sent ${templateWords(contentType(subject))} ${where}.`;
	if (who === null) {
		const isCampaign = find(document, 'additional_attributes', 'campaign_id') !== -1;
		if (isCampaign) return `A campaign’s message was sent ${where}.`;
		return detail.messageType === 'outgoing' ? `A message was sent ${where}.` : `A message arrived ${where}.`;
	}
	const verb = detail.messageType === 'outgoing' && !isContact(document, actor) ? 'replied' : 'wrote';
	return `${who} ${verb} ${where}.`;
}

function templateWords(type: string | null): string {
	if (type === 'input_csat') return 'a satisfaction survey';
	return type === 'input_email' ? 'the question for an e-mail address' : 'an automatic message';
}

function messageUpdated(subject: OverviewSubject): string {
	const { detail, document } = subject;
	const where = `in ${conversationWords(subject)}`;
	const attributes = member(document, 0, 'content_attributes');
	const who = actorWords(subject);
	const whose = who === null ? '' : ` by ${who}`;
	if (booleanValue(document, member(document, attributes, 'deleted')) === true) {
		return `A message${whose} ${where} was deleted.`;
	}
	if (lineAt(document, member(document, attributes, 'external_error'), 20)) {
		return `A message${whose} ${where} could not be sent.`;
	}
	if (lineAt(document, member(document, attributes, 'submitted_email'), 20))
		return `An e-mail address was given ${where}.`;
	if (countAt(document, member(document, attributes, 'submitted_values')) > 0) {
		const type = contentType(subject);
		if (type === 'input_csat') return `A satisfaction survey was answered ${where}.`;
		return type === 'form' ? `A form ${where} was filled in.` : `A choice was made ${where}.`;
	}
	return `${detail.isPrivate === true ? 'A private note' : 'A message'}${whose} ${where} was updated.`;
}

function typing(subject: OverviewSubject): string {
	const { detail, document, actor } = subject;
	const who = actorWords(subject) ?? 'Somebody';
	const what = detail.isPrivate === true ? ' a private note' : isContact(document, actor) ? '' : ' a reply';
	const verb = detail.event === 'conversation_typing_off' ? 'stopped typing' : 'is typing';
	return `${who} ${verb}${what} in ${conversationWords(subject)}.`;
}

function widget(subject: OverviewSubject): string {
	const { document, contact, conversation } = subject;
	const who = personName(document, contact) ?? 'A visitor';
	const host = hostName(lineAt(document, find(document, 'event_info', 'referer'), 500));
	const where = host === null ? '' : ` on ${host}`;
	if (conversation !== -1)
		return `${who} opened the web widget${where}; the current one is ${conversationWords(subject)}.`;
	return `${who} opened the web widget${where}; there is no conversation yet.`;
}

function contactSentence(subject: OverviewSubject): string {
	const { detail, document } = subject;
	const who = personName(document, 0) ?? (detail.contactId === null ? '' : `#${detail.contactId}`);
	const contact = `Contact ${who}`.trim();
	if (detail.event === 'contact_created') return `${contact} was created.`;
	const attributes = changedNames(detail);
	if (attributes.length === 1 && attributes[0] === 'last_activity_at') return `${contact} was active.`;
	const [only] = attributes;
	if (attributes.length === 1 && only === 'blocked') {
		const isBlocked = booleanValue(document, member(document, 0, 'blocked'));
		return `${contact} was ${isBlocked === false ? 'unblocked' : 'blocked'}.`;
	}
	return `${contact} was changed${listed(attributes)}.`;
}

function inboxSentence({ detail, document }: OverviewSubject): string {
	const name = lineAt(document, member(document, 0, 'name'), 80) ?? detail.inboxId ?? '';
	const inbox = `Inbox ${name}`.trim();
	if (detail.event === 'inbox_created') return `${inbox} was created.`;
	const attributes = changedNames(detail);
	if (attributes.length === 1 && attributes[0] === 'reauthorization_required') {
		const isRequired = detail.changed.some(({ current }) => current === 'true');
		return isRequired ? `${inbox} must be authorised again.` : `${inbox} need not be authorised again.`;
	}
	return `${inbox} was changed${listed(attributes)}.`;
}

function listed(names: readonly string[]): string {
	return names.length === 0 ? '' : `: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''}`;
}

function conversationSentence(subject: OverviewSubject): string {
	const { detail, document, contact } = subject;
	const conversation = conversationWords(subject);
	const status = detail.status ?? 'another value';
	const trigger = automationTrigger(detail.event ?? '');
	if (trigger !== null) return `An automation rule ran on ${conversation}, triggered by ${oneLine(trigger, 60)}.`;
	switch (detail.event) {
		case 'macro.executed':
			return `A macro ran on ${conversation}.`;
		case 'conversation_created': {
			const name = personName(document, contact);
			return `${capital(conversation)}${name === null ? '' : ` with ${name}`} was created.`;
		}
		case 'conversation_status_changed':
			return `The status of ${conversation} changed to ${status}.`;
		case 'conversation_opened':
			return `${capital(conversation)} was opened.`;
		case 'conversation_resolved':
			return `${capital(conversation)} was resolved.`;
		default:
			return conversationUpdated(subject);
	}
}

function conversationUpdated(subject: OverviewSubject): string {
	const { detail, document } = subject;
	const conversation = conversationWords(subject);
	const parts = changeParts(detail);
	if (parts === null) {
		if (detail.changed.length === 0 && isObject(document, member(document, 0, 'applied_sla'))) {
			return `The SLA status of ${conversation} changed.`;
		}
		return `${capital(conversation)} was updated; nothing is listed as changed.`;
	}
	const { lead, more } = parts;
	const others = more === 0 ? '' : more === 1 ? '; 1 more attribute changed' : `; ${more} more attributes changed`;
	if (lead.form === 'words') {
		return lead.words.startsWith('created,')
			? `${capital(conversation)} was created; all its first values are listed as changes.`
			: `Only ${lead.words.replace(/ only$/, '')} of ${conversation} moved.`;
	}
	if (lead.form === 'set') return `The labels of ${conversation} changed: ${setWords(lead)}${others}.`;
	if (lead.form === 'changed') return `${attributeWords(lead.attribute)} of ${conversation} changed${others}.`;
	const assigned = assignment(subject, lead.attribute, lead.current);
	if (assigned !== null) return `${capital(conversation)} ${assigned}${others}.`;
	if (lead.attribute === 'waiting_since') {
		const moved = lead.previous === 'none' ? 'started' : lead.current === 'none' ? 'stopped' : 'moved';
		return `The waiting clock of ${conversation} ${moved}${others}.`;
	}
	if (lead.attribute === 'first_reply_created_at' && lead.current !== 'none') {
		return `${capital(conversation)} got its first reply${others}.`;
	}
	const from = lead.previous === null ? '' : ` from ${lead.previous}`;
	return `${attributeWords(lead.attribute)} of ${conversation} changed${from} to ${lead.current}${others}.`;
}

function attributeWords(attribute: string): string {
	return `The ${attribute.replaceAll('_', ' ')}`;
}

function setWords({ added, removed }: { added: string[]; removed: string[] }): string {
	const words = [];
	if (added.length > 0) words.push(`${added.join(', ')} added`);
	if (removed.length > 0) words.push(`${removed.join(', ')} removed`);
	return words.join('; ');
}

/**
 * Who or what a conversation was given to. The diff has ids; the body's names are used where they stand for the same
 * id, since the body is read later and may already be another's (ground truth 1.7).
 */
function assignment({ document }: OverviewSubject, attribute: string, current: string): string | null {
	if (attribute !== 'assignee' && attribute !== 'bot' && attribute !== 'team') return null;
	const kind = attribute === 'team' ? 'team' : attribute === 'bot' ? 'agent bot' : 'agent';
	if (current === 'none') return `no longer has ${kind === 'team' ? 'a' : 'an'} ${kind}`;
	const node = find(document, 'meta', attribute === 'team' ? 'team' : 'assignee');
	const isSameKind =
		attribute === 'team' ||
		(lineAt(document, member(document, node, 'type'), 20) === 'agent_bot') === (attribute === 'bot');
	const id = member(document, node, 'id');
	const isSame = isSameKind && id !== -1 && `${idValue(document, id)}` === current;
	const name = isSame ? personName(document, node) : null;
	if (attribute === 'assignee') return `was assigned to ${name ?? `agent ${current}`}`;
	return `was given to ${kind === 'team' ? 'team' : 'the agent bot'} ${name ?? current}`;
}
