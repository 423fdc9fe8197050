/**
 * The contract that the official guide "How to use webhooks?" states: its object tables and its eight events, with the
 * guide's own type names, nothing added and nothing mended. What releases really send is in `wire.ts`.
 *
 * Source of everything here: the guide's page, as it stood in 2026.
 */
import type { Contract, EventShape, ObjectShape, Value } from './contract';
import { always, eventName } from './values';

const source = 'Chatwoot user guide, How to use webhooks?';

const integer: Value = { types: ['integer'], words: 'integer' };
const text: Value = { types: ['string'], words: 'string' };
const boolean: Value = { types: ['boolean'], words: 'boolean' };
const unixTimestamp: Value = { types: ['integer'], format: 'unix-seconds', words: 'unix-timestamp' };
const anyObject: Value = { types: ['object'], words: 'object' };

function documented(name: string, words = `${name} object`): Value {
	return { types: ['object'], objects: [{ object: name }], words };
}

function constant(value: string): Value {
	return { types: ['string'], values: [{ value }], words: `the constant "${value}"` };
}

const browser = documented('Browser', 'object');

const conversation: ObjectShape['members'] = [
	always('additional_attributes', documented('ConversationAttributes', 'object')),
	always('can_reply', boolean),
	always('channel', text),
	always('id', integer),
	always('inbox_id', integer),
	always('contact_inbox', documented('ContactInbox', 'object')),
	always('messages', {
		types: ['array'],
		items: documented('Message'),
		words: 'array of Message objects',
	}),
	always('meta', documented('Meta', 'object')),
	always('status', text),
	always('unread_count', integer),
	always('agent_last_seen_at', unixTimestamp),
	always('contact_last_seen_at', unixTimestamp),
	always('timestamp', unixTimestamp),
	always('account_id', integer),
];

const message: ObjectShape['members'] = [
	always('id', integer),
	always('content', text),
	always('message_type', integer),
	always('created_at', unixTimestamp),
	always('private', boolean),
	always('source_id', { types: ['string', 'null'], words: 'string / null' }),
	always('content_type', text),
	always('content_attributes', anyObject),
	always('sender', {
		types: ['object'],
		objects: [{ object: 'User' }, { object: 'Contact' }],
		words: 'User or Contact object',
	}),
	always('account', documented('Account')),
	always('conversation', documented('Conversation')),
	always('inbox', documented('Inbox')),
];

const event = always('event', eventName);

const shapes: Omit<ObjectShape, 'source'>[] = [
	{ name: 'Account', title: 'account', members: [always('id', integer), always('name', text)] },
	{ name: 'Inbox', title: 'inbox', members: [always('id', integer), always('name', text)] },
	{
		name: 'Contact',
		title: 'contact',
		actor: 'contact',
		members: [
			always('id', integer),
			always('name', text),
			always('avatar', text),
			always('type', constant('contact')),
			always('account', documented('Account')),
		],
	},
	{
		name: 'User',
		title: 'user',
		actor: 'user',
		members: [always('id', integer), always('name', text), always('email', text), always('type', constant('user'))],
	},
	// Named as a possible `user` of typing events, and described nowhere.
	{ name: 'AgentBot', title: 'agent bot', actor: 'agent_bot', isOpen: true, members: [] },
	{ name: 'Captain', title: 'Captain', actor: 'captain_assistant', isOpen: true, members: [] },
	{ name: 'Conversation', title: 'conversation', members: conversation },
	{
		name: 'ConversationAttributes',
		title: 'additional attributes',
		isOpen: true,
		members: [
			always('browser', browser),
			always('referer', text),
			always('initiated_at', documented('InitiatedAt', 'object')),
		],
	},
	{
		name: 'Browser',
		title: 'browser',
		members: [
			always('device_name', text),
			always('browser_name', text),
			always('platform_name', text),
			always('browser_version', text),
			always('platform_version', text),
		],
	},
	{
		name: 'InitiatedAt',
		title: 'time of initiation',
		members: [always('timestamp', { types: ['string'], format: 'iso-datetime', words: 'iso-datetime' })],
	},
	{
		name: 'ContactInbox',
		title: 'contact inbox',
		members: [
			always('id', integer),
			always('contact_id', integer),
			always('inbox_id', integer),
			always('source_id', text),
			always('created_at', { types: ['string'], format: 'iso-datetime', words: 'datetime' }),
			always('updated_at', { types: ['string'], format: 'iso-datetime', words: 'datetime' }),
			always('hmac_verified', boolean),
		],
	},
	{
		name: 'Meta',
		title: 'meta',
		members: [always('sender', documented('Contact')), always('assignee', documented('User'))],
	},
	{ name: 'Message', title: 'message', members: message },
	{
		name: 'EventInfo',
		title: 'event info',
		members: [
			always('initiated_at', documented('WidgetInitiatedAt', 'object')),
			always('referer', text),
			always('widget_language', text),
			always('browser_language', text),
			always('browser', browser),
		],
	},
	{
		name: 'WidgetInitiatedAt',
		title: 'time of initiation',
		members: [always('timestamp', { types: ['string'], format: 'browser-date', words: 'date-string' })],
	},
	{ name: 'ConversationEvent', title: 'conversation', members: [event, ...conversation] },
	{
		name: 'ConversationUpdatedEvent',
		title: 'conversation',
		members: [
			event,
			always('changed_attributes', {
				types: ['array'],
				changes: { attributes: {}, neverCleared: [], isOpen: true },
				words: 'array of objects, each with one attribute and its current_value and previous_value',
			}),
			...conversation,
		],
	},
	{ name: 'MessageEvent', title: 'message', members: [event, ...message] },
	{
		name: 'WidgetEvent',
		title: 'contact inbox',
		members: [
			event,
			always('id', { types: ['string'], words: 'printed as ""' }),
			always('contact', documented('Contact')),
			always('inbox', documented('Inbox')),
			always('account', documented('Account')),
			always('current_conversation', documented('Conversation')),
			always('source_id', text),
			always('event_info', documented('EventInfo', 'object')),
		],
	},
	{
		name: 'TypingEvent',
		title: 'typing',
		members: [
			event,
			always('conversation', documented('Conversation')),
			always('user', {
				types: ['object'],
				objects: [{ object: 'User' }, { object: 'AgentBot' }, { object: 'Captain' }],
				words: 'User, AgentBot or Captain object',
			}),
			always('is_private', boolean),
		],
	},
];

function documentedEvent(name: string, shape: string, title: string): EventShape {
	return { event: name, object: shape, senders: ['account'], minimum: [], title };
}

/** What the guide promises. */
export const guide: Contract = {
	name: 'guide',
	objects: Object.fromEntries(shapes.map((shape) => [shape.name, { ...shape, source }])),
	events: [
		documentedEvent('conversation_created', 'ConversationEvent', 'A conversation is created in the account'),
		documentedEvent('conversation_updated', 'ConversationUpdatedEvent', 'Any attribute of a conversation changes'),
		documentedEvent('conversation_status_changed', 'ConversationEvent', 'The status of a conversation changes'),
		documentedEvent('message_created', 'MessageEvent', 'A message is created in a conversation'),
		documentedEvent('message_updated', 'MessageEvent', 'A message is updated in a conversation'),
		documentedEvent('webwidget_triggered', 'WidgetEvent', 'The end user opens the live-chat widget'),
		documentedEvent('conversation_typing_on', 'TypingEvent', 'An agent starts typing'),
		documentedEvent('conversation_typing_off', 'TypingEvent', 'An agent stops typing'),
	],
};

const digits: Value = { types: ['string'], format: 'digits', words: 'digits in quotes' };

const sampleShapes: Omit<ObjectShape, 'source'>[] = [
	{
		name: 'MessageEvent',
		title: 'message',
		members: [
			event,
			always('id', digits),
			always('content', text),
			always('created_at', { types: ['string'], format: 'sample-datetime', words: 'YYYY-MM-DD HH:MM:SS UTC' }),
			always('message_type', {
				types: ['string'],
				values: [{ value: 'incoming' }, { value: 'outgoing' }, { value: 'template' }],
				words: 'incoming, outgoing or template',
			}),
			always('content_type', {
				types: ['string'],
				values: [
					{ value: 'enum' },
					{ value: 'input_select' },
					{ value: 'cards' },
					{ value: 'form' },
					{ value: 'text' },
				],
				words: 'input_select, cards, form or text; printed as the placeholder "enum"',
			}),
			always('content_attributes', anyObject),
			always('source_id', text),
			always('sender', documented('SampleSender', 'object with id, name and email')),
			always('contact', documented('SampleContact', 'object with id and name')),
			always('conversation', documented('SampleConversation', 'object with display_id')),
			always('account', documented('Account', 'object with id and name')),
		],
	},
	{
		name: 'SampleSender',
		title: 'agent',
		members: [always('id', digits), always('name', text), always('email', text)],
	},
	{ name: 'SampleContact', title: 'contact', members: [always('id', digits), always('name', text)] },
	{
		name: 'SampleConversation',
		title: 'conversation',
		members: [always('display_id', digits), always('additional_attributes', documented('SampleAttributes', 'object'))],
	},
	{
		name: 'SampleAttributes',
		title: 'additional attributes',
		isOpen: true,
		members: [
			always('browser', browser),
			always('referer', text),
			always('initiated_at', { types: ['string'], format: 'browser-date', words: 'date as a browser prints it' }),
		],
	},
	{ name: 'Browser', title: 'browser', members: guide.objects.Browser!.members },
	{ name: 'Account', title: 'account', members: [always('id', digits), always('name', text)] },
];

/**
 * The guide's printed sample payload, which contradicts its object tables: ids as text, the conversation named by
 * `display_id`, a `contact`, a date with `UTC`. Test doubles are often made from it.
 */
export const guideSample: Contract = {
	name: 'guide',
	objects: Object.fromEntries(sampleShapes.map((shape) => [shape.name, { ...shape, source }])),
	events: [documentedEvent('message_created', 'MessageEvent', 'A message is created in a conversation')],
};
