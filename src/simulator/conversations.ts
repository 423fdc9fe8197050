import type { Agent, AgentBot, ContactInbox, Conversation, Sender, Status, Team } from './model';
import { storedJson, type WireObject } from './rails-json';
import { changeList, saveConversation, tellConversation } from './saves';
import { isoTime, millisecond, type Moment } from './virtual-time';
import { accountId, contactObject, conversationObject, senderObject, widgetBody } from './wire-forms';
import type { Workplace } from './workplace';

/** Queues `contact_created`. */
export function tellNewContact(place: Workplace, { contact }: ContactInbox): void {
	place.outbox.dispatch('contact_created', null, () => ({ ...contactObject(contact), event: 'contact_created' }));
}

/** Stores a conversation; who tells of it decides what is sent. The attributes may be in any order. */
export function insertConversation(
	place: Workplace,
	contactInbox: ContactInbox,
	additionalAttributes: WireObject = {},
	customAttributes: WireObject = {},
): Conversation {
	const { inbox, contact } = contactInbox;
	const createdAt = place.clock.tick();
	return {
		databaseId: place.nextConversationId(),
		displayId: place.nextDisplayId(),
		uuid: place.random.uuid(),
		inbox,
		contactInbox,
		contact,
		status: inbox.responder === null ? 'open' : 'pending',
		assignee: null,
		assigneeBot: null,
		team: null,
		labels: [],
		cachedLabels: null,
		additionalAttributes: storedJson(additionalAttributes),
		customAttributes: storedJson(customAttributes),
		snoozedUntil: null,
		firstReplyAt: null,
		priority: null,
		waitingSince: createdAt,
		agentLastSeenAt: null,
		assigneeLastSeenAt: null,
		contactLastSeenAt: null,
		lastActivityAt: createdAt,
		createdAt,
		updatedAt: createdAt,
		lastIncomingAt: null,
		unreadCount: 0,
		newestPublic: null,
		messages: [],
		order: place.orderNumber(),
	};
}

/**
 * Queues the update that a conversation sends which is stored in one transaction with its first message: the whole
 * creation as a difference. The attributes are those that the code wrote, in that order.
 *
 * Source: ground truth 5.4.
 */
export function tellCreationBurst(place: Workplace, conversation: Conversation, attributes: WireObject): void {
	const { createdAt, status } = conversation;
	const isPending = status === 'pending';
	const created = isoTime(createdAt);
	const fromNothing = (attribute: string, current: string | number) => ({ attribute, previous: null, current });
	tellConversation(place, 'conversation_updated', conversation, {
		changed_attributes: changeList([
			fromNothing('id', conversation.databaseId),
			fromNothing('account_id', accountId),
			fromNothing('inbox_id', conversation.inbox.id),
			...(isPending ? [{ attribute: 'status', previous: 'open', current: status }] : []),
			fromNothing('created_at', created),
			fromNothing('updated_at', created),
			fromNothing('contact_id', conversation.contact.id),
			{ attribute: 'additional_attributes', previous: {}, current: attributes },
			fromNothing('contact_inbox_id', conversation.contactInbox.id),
			fromNothing('uuid', conversation.uuid),
			fromNothing('last_activity_at', isoTime(createdAt - 4 * millisecond)),
			fromNothing('waiting_since', created),
		]),
	});
}

/** Queues `conversation_created`. */
export function tellCreated(place: Workplace, conversation: Conversation): void {
	tellConversation(place, 'conversation_created', conversation);
}

/** The visitor opens the bubble. */
export function openBubble(place: Workplace, contactInbox: ContactInbox, current: Conversation | null): void {
	const info = eventInfo(place, contactInbox);
	place.outbox.dispatch('webwidget_triggered', current?.displayId ?? null, (now) => ({
		...widgetBody(contactInbox, current, now),
		event: 'webwidget_triggered',
		event_info: info,
	}));
}

/** 4.18: what the visitor's browser says of itself. */
export function eventInfo(place: Workplace, { contact }: ContactInbox): WireObject {
	const { random } = place;
	const locale = random.pick(contact.language.locales);
	return {
		initiated_at: { timestamp: place.population.localTime(contact) },
		referer: random.pick(pages),
		widget_language: contact.language.code,
		browser_language: random.chance(0.9) ? locale : null,
		browser: { ...contact.browser },
	};
}

/** 4.15: what the widget writes of a new conversation, in the order in which it is written. */
export function widgetAttributes(place: Workplace, { contact }: ContactInbox): WireObject {
	return {
		browser_language: contact.language.code,
		browser: { ...contact.browser },
		initiated_at: { timestamp: place.population.localTime(contact) },
		referer: place.random.pick(pages),
	};
}

const pages = [
	'https://shop.example.com/orders?ref=mail&lang=en',
	'https://shop.example.com/',
	'https://shop.example.com/boots/trail?size=42&colour=moss',
	'https://shop.example.com/returns',
	'https://shop.example.com/sale',
];

/** Somebody starts or stops typing; nothing is stored. */
export function type(
	place: Workplace,
	conversation: Conversation,
	user: Sender,
	state: 'on' | 'off',
	isPrivate = false,
): void {
	const event = `conversation_typing_${state}`;
	place.outbox.dispatch(event, conversation.displayId, (now) => ({
		event,
		user: senderObject(user),
		conversation: conversationObject(conversation, now),
		is_private: isPrivate,
	}));
}

/** Nothing is sent when it is what it was. */
export function setStatus(place: Workplace, conversation: Conversation, status: Status): void {
	if (conversation.status !== status) saveConversation(place, conversation, { status });
}

/** Until a moment, or until the contact writes (null). */
export function snooze(place: Workplace, conversation: Conversation, until: Moment | null): void {
	saveConversation(place, conversation, { status: 'snoozed', snoozedUntil: until });
}

/** An agent, a bot, or nobody. An agent who takes a conversation takes it from the bot too. */
export function assign(place: Workplace, conversation: Conversation, assignee: Agent | AgentBot | null): void {
	const isBot = assignee?.kind === 'agent_bot';
	saveConversation(place, conversation, {
		assignee: isBot ? null : assignee,
		assigneeBot: isBot ? assignee : null,
	});
}

/** An agent opens a conversation that is nobody's and takes it in the same save, so that the times ride along. */
export function openAndTake(place: Workplace, conversation: Conversation, agent: Agent): void {
	const seenAt = place.clock.tick();
	conversation.unreadCount = 0;
	const values = { assignee: agent, assigneeBot: null, agentLastSeenAt: seenAt, assigneeLastSeenAt: seenAt };
	saveConversation(place, conversation, values);
}

/** An agent reads what is there. Written past the callbacks: nothing is sent (ground truth 5.2). */
export function look(place: Workplace, conversation: Conversation, agent: Agent): void {
	const seenAt = place.clock.tick();
	conversation.agentLastSeenAt = seenAt;
	conversation.unreadCount = 0;
	if (conversation.assignee === agent) conversation.assigneeLastSeenAt = seenAt;
	conversation.updatedAt = seenAt;
}

/** A team takes over, and one of its members, unless one has the conversation already. */
export function giveToTeam(place: Workplace, conversation: Conversation, team: Team): void {
	const isMember = conversation.assignee !== null && team.members.includes(conversation.assignee);
	const assignee = isMember ? conversation.assignee : place.random.pick(team.members);
	saveConversation(place, conversation, { team, assignee, assigneeBot: null });
}

/** Replaces the labels. */
export function setLabels(place: Workplace, conversation: Conversation, labels: readonly string[]): void {
	saveConversation(place, conversation, { labels, cachedLabels: labels.join(', ') });
}

/** The bot or the assistant hands over to people: the waiting clock starts, then the conversation opens. */
export function handOver(place: Workplace, conversation: Conversation): void {
	if (conversation.waitingSince === null) {
		saveConversation(place, conversation, { waitingSince: place.clock.now });
	}
	setStatus(place, conversation, 'open');
}

/** The translation integration has found out what the contact speaks. */
export function detectLanguage(place: Workplace, conversation: Conversation): void {
	const { additionalAttributes, contact } = conversation;
	const written = { ...additionalAttributes, conversation_language: contact.language.code };
	saveConversation(place, conversation, { additionalAttributes: written });
}

/** A rule's action "send webhook event": the conversation, unsigned. */
export function runAutomation(place: Workplace, conversation: Conversation, trigger: string): void {
	const event = `automation_event.${trigger}`;
	place.outbox.dispatchUnsigned(event, conversation.displayId, (now) => ({
		...conversationObject(conversation, now),
		event,
	}));
}

/** A macro that sets the priority and sends a webhook event. */
export function runMacro(place: Workplace, conversation: Conversation, priority: Conversation['priority']): void {
	if (conversation.priority !== priority) saveConversation(place, conversation, { priority });
	place.outbox.dispatchUnsigned('macro.executed', conversation.displayId, (now) => ({
		...conversationObject(conversation, now),
		event: 'macro.executed',
	}));
}
