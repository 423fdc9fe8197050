/**
 * The contract that releases of Chatwoot keep, from 1.8.0 to the newest: every event, every sender, every member with
 * its type, its releases and what is personal or secret in it.
 *
 * Sources stand beside each object: paths in chatwoot/chatwoot, `#N` are its pull requests and issues. 4.14.2 is the
 * newest release whose source was read line by line.
 */
import type { Contract, EventShape, Member, ObjectShape, Sender } from '../contract';
import type { Release } from '../releases';
import { always, eventName, id, list, object, orNull, sometimes, text, textOrNull } from '../values';
import { alwaysNull, anyChanges, contactChanges, conversationChanges, inboxChanges } from './changed-attributes';
import { conversations, topConversationMembers } from './conversation';
import { inboxes } from './inbox';
import { messages } from './message';
import { people } from './people';

const event = always('event', eventName);
const listener = 'app/listeners/webhook_listener.rb, app/listeners/base_listener.rb';
const contactMembers = people.find(({ name }) => name === 'Contact')!.members;
const inboxMembers = inboxes.find(({ name }) => name === 'InboxEvent')!.members;

function conversationEvent(name: string, ...more: Member[]): ObjectShape {
	return {
		name,
		title: 'conversation',
		documentedAs: name,
		source: listener,
		members: [...topConversationMembers, event, ...more],
	};
}

const eventObjects: readonly ObjectShape[] = [
	conversationEvent('ConversationEvent'),
	conversationEvent(
		'ConversationUpdatedEvent',
		always('changed_attributes', conversationChanges, { note: 'Null for a change of the SLA alone.' }),
	),
	{
		...conversationEvent(
			'ConversationStatusEvent',
			always('changed_attributes', alwaysNull, { since: '2.4.0', note: 'Asked for after the save, so always null.' }),
		),
		documentedAs: 'ConversationEvent',
	},
	{
		...conversationEvent(
			'ConversationBotEvent',
			sometimes('changed_attributes', anyChanges, { note: 'In the account copies of 2.4.x only.' }),
		),
		documentedAs: 'ConversationEvent',
	},
	{
		name: 'TypingEvent',
		title: 'typing',
		documentedAs: 'TypingEvent',
		source:
			'app/listeners/webhook_listener.rb (typing), app/services/conversations/typing_status_manager.rb; #11423, #13705',
		members: [
			event,
			always('user', object('User', ['AgentBot', '4.12.0'], 'Contact'), { mask: 'personal' }),
			always('conversation', object('Conversation'), { mask: 'personal' }),
			always('is_private', { types: ['boolean'] }, { note: 'True while a private note is written.' }),
		],
	},
	{
		name: 'WidgetEvent',
		title: 'contact inbox',
		documentedAs: 'WidgetEvent',
		source: 'app/models/contact_inbox.rb (webhook_data), unchanged since 1.4.0',
		members: [
			always('id', id, { note: 'The id of the contact inbox.' }),
			always('contact', orNull(object('Contact')), { mask: 'personal' }),
			always('inbox', object('Inbox')),
			always('account', object('Account')),
			always('current_conversation', orNull(object('Conversation')), {
				mask: 'personal',
				note: 'Null on a first visit.',
			}),
			always('source_id', text, { mask: 'personal' }),
			event,
			always('event_info', object('EventInfo'), { since: '1.6.0', mask: 'personal' }),
		],
	},
	{
		name: 'EventInfo',
		title: 'event info',
		documentedAs: 'EventInfo',
		isOpen: true,
		source: 'app/controllers/api/v1/widget/events_controller.rb, app/javascript/widget/api/events.js, every tag',
		members: [
			// These two come unchecked from the visitor's browser.
			sometimes('initiated_at', orNull(object('InitiatedAt')), { since: '1.16.1' }),
			sometimes('referer', textOrNull, { since: '1.16.1', mask: 'personal' }),
			always('widget_language', textOrNull),
			always('browser_language', textOrNull),
			always('browser', object('EventBrowser')),
		],
	},
	{
		name: 'EventBrowser',
		title: 'browser',
		documentedAs: 'Browser',
		isOpen: true,
		source: 'app/controllers/api/v1/widget/events_controller.rb',
		members: [
			always('browser_name', text),
			always('browser_version', text),
			always('device_name', text),
			always('platform_name', text),
			always('platform_version', text),
		],
	},
	{
		name: 'ContactEvent',
		title: 'contact',
		actor: 'contact',
		source: 'app/models/contact.rb (webhook_data), app/listeners/webhook_listener.rb; #6415',
		members: [...contactMembers, event],
	},
	{
		name: 'ContactUpdatedEvent',
		title: 'contact',
		actor: 'contact',
		source: 'app/models/contact.rb (webhook_data), app/listeners/webhook_listener.rb; #6415',
		members: [...contactMembers, event, always('changed_attributes', contactChanges)],
	},
	{
		name: 'InboxUpdatedEvent',
		title: 'inbox',
		source: 'app/presenters/inbox/event_data_presenter.rb; #8006, #14504',
		members: [...inboxMembers, always('changed_attributes', inboxChanges)],
	},
	{
		name: 'AccountEvent',
		title: 'account',
		source: 'app/listeners/installation_webhook_listener.rb',
		members: [
			always('id', id),
			always('name', text),
			event,
			sometimes('users', list(object('User')), { since: '1.12.0', mask: 'personal', note: 'The administrators.' }),
		],
	},
];

const accountAndInbox: readonly Sender[] = ['account', 'api-inbox'];
const everybody: readonly Sender[] = ['account', 'api-inbox', 'agent-bot'];

const minimumOfMessage = ['/event', '/id', '/message_type', '/conversation', '/conversation/id'];
const minimumOfConversation = ['/event', '/id', '/status'];
const minimumOfTyping = ['/event', '/conversation', '/user', '/is_private'];

function automationEvent(event: string, since: Release, until?: Release): EventShape {
	return {
		event,
		object: 'ConversationEvent',
		since,
		...(until === undefined ? {} : { until }),
		senders: ['automation'],
		minimum: minimumOfConversation,
		title: 'An automation rule ran its action “send webhook event”',
	};
}

const events: readonly EventShape[] = [
	{
		event: 'message_created',
		object: 'MessageEvent',
		senders: everybody,
		minimum: minimumOfMessage,
		title: 'A message was stored: incoming, outgoing or by template; private notes too',
	},
	{
		event: 'message_updated',
		object: 'MessageEvent',
		senders: everybody,
		minimum: minimumOfMessage,
		title: 'A message changed: its status, text, choice or form, or it was deleted',
	},
	{
		event: 'conversation_created',
		object: 'ConversationEvent',
		since: '2.2.0',
		senders: accountAndInbox,
		minimum: minimumOfConversation,
		title: 'A conversation was stored',
	},
	{
		event: 'conversation_updated',
		object: 'ConversationUpdatedEvent',
		since: '2.4.0',
		senders: everybody,
		minimum: minimumOfConversation,
		title: 'A listed attribute of a conversation changed, or its SLA',
	},
	{
		event: 'conversation_status_changed',
		object: 'ConversationStatusEvent',
		since: '1.16.1',
		senders: everybody,
		minimum: minimumOfConversation,
		title: 'The status of a conversation changed',
	},
	{
		event: 'conversation_opened',
		object: 'ConversationBotEvent',
		senders: everybody,
		minimum: minimumOfConversation,
		title: 'A conversation was opened',
	},
	{
		event: 'conversation_resolved',
		object: 'ConversationBotEvent',
		senders: everybody,
		minimum: minimumOfConversation,
		title: 'A conversation was resolved',
	},
	{
		event: 'conversation_typing_on',
		object: 'TypingEvent',
		since: '4.2.0',
		senders: accountAndInbox,
		minimum: minimumOfTyping,
		title: 'An agent, a contact or a bot started typing',
	},
	{
		event: 'conversation_typing_off',
		object: 'TypingEvent',
		since: '4.2.0',
		senders: accountAndInbox,
		minimum: minimumOfTyping,
		title: 'An agent, a contact or a bot stopped typing',
	},
	{
		event: 'webwidget_triggered',
		object: 'WidgetEvent',
		senders: ['account', 'agent-bot'],
		minimum: ['/event', '/contact', '/source_id', '/current_conversation'],
		title: 'A visitor opened the widget',
	},
	{
		event: 'contact_created',
		object: 'ContactEvent',
		since: '2.14.0',
		senders: ['account'],
		minimum: ['/event', '/id'],
		title: 'A contact was stored',
	},
	{
		event: 'contact_updated',
		object: 'ContactUpdatedEvent',
		since: '2.14.0',
		senders: ['account'],
		minimum: ['/event', '/id'],
		title: 'A contact changed, its last activity included',
	},
	{
		event: 'inbox_created',
		object: 'InboxEvent',
		since: '3.2.0',
		senders: ['account'],
		minimum: ['/event'],
		title: 'An inbox was stored; only where ENABLE_INBOX_EVENTS is set',
	},
	{
		event: 'inbox_updated',
		object: 'InboxUpdatedEvent',
		since: '3.2.0',
		senders: ['account'],
		minimum: ['/event'],
		title: 'An inbox changed; only where ENABLE_INBOX_EVENTS is set',
	},
	{
		event: 'macro.executed',
		object: 'ConversationEvent',
		since: '4.1.0',
		senders: ['macro'],
		minimum: minimumOfConversation,
		title: 'A macro ran its action “send webhook event”',
	},
	{
		event: 'account_created',
		object: 'AccountEvent',
		since: '1.8.0',
		senders: ['installation'],
		minimum: ['/event', '/id'],
		title: 'An account was created on the installation',
	},
	{
		event: 'account_destroyed',
		object: 'AccountEvent',
		since: '1.8.0',
		until: '1.11.1',
		senders: ['installation'],
		minimum: ['/event', '/id'],
		title: 'An account was deleted on the installation',
	},
	automationEvent('automation_event.conversation_created', '2.5.0'),
	automationEvent('automation_event.conversation_updated', '2.5.0'),
	automationEvent('automation_event.message_created', '2.5.0'),
	automationEvent('automation_event.conversation_opened', '2.14.0'),
	automationEvent('automation_event.conversation_resolved', '4.5.0'),
	// The spelling of the first releases that had it.
	automationEvent('automation_event: conversation_created', '2.3.2', '2.4.3'),
	automationEvent('automation_event: conversation_updated', '2.3.2', '2.4.3'),
	automationEvent('automation_event: message_created', '2.3.2', '2.4.3'),
];

const all = [...people, ...conversations, ...messages, ...inboxes, ...eventObjects];

/** What releases send. */
export const wire: Contract = {
	name: 'wire',
	objects: Object.fromEntries(all.map((shape) => [shape.name, shape])),
	events,
};
