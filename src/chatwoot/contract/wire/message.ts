/** Messages, their attachments and what rides on them, as releases send them. */
import type { AllowedValue, Member, ObjectShape, Value } from '../contract';
import {
	always,
	anything,
	count,
	decimal,
	decimalOrNull,
	eventName,
	flag,
	flagOrNull,
	id,
	idOrNull,
	integerOrNull,
	isoTime,
	list,
	object,
	openObject,
	oneOf,
	orNull,
	orNullUntil,
	sometimes,
	text,
	textOrNull,
	unixSeconds,
	unixSecondsOrNull,
} from '../values';

const messageSource = 'app/models/message.rb (webhook_data), every tag';
const pushSource = 'app/models/message.rb (push_event_data), the whole row, every tag';
const attachmentSource = 'app/models/attachment.rb, every tag';

export const contentTypes = oneOf(
	'text',
	'input_text',
	'input_textarea',
	'input_email',
	'input_select',
	'cards',
	'form',
	'article',
	'incoming_email',
	{ value: 'input_csat', since: '1.18.0' },
	{ value: 'integrations', since: '2.13.0' },
	{ value: 'sticker', since: '3.4.0' },
	{ value: 'voice_call', since: '4.6.0' },
);

const messageTypeNames = oneOf(
	'incoming',
	'outgoing',
	{ value: 'template', since: '2.18.0' },
	{ value: 'activity', foreign: 'Chatwoot never sends activity messages; forks and relays do' },
);

const messageTypeNumbers: Value = {
	types: ['integer'],
	values: [
		{ value: 0, means: 'incoming' },
		{ value: 1, means: 'outgoing' },
		{ value: 3, means: 'template' },
	],
};

const attachmentMembers: Member[] = [
	always('id', id),
	always('message_id', id),
	always('file_type', { types: ['string'], values: fileTypes(), otherValues: 'later releases add file types' }),
	always('account_id', id),
];

const fallbackTitle = always('fallback_title', textOrNull, { mask: 'free-text' });

/** A file that is not stored may have no address (#13691); one that is always has. */
function urlMembers(dataUrl: Value): Member[] {
	return [
		always('data_url', dataUrl, { mask: 'open-url', note: 'Opens without a login.' }),
		always('thumb_url', text, { mask: 'open-url', note: 'Empty unless it is an image.' }),
	];
}

const fileMembers: Member[] = [
	...attachmentMembers,
	always('extension', textOrNull, { note: 'Null in practice before 4.13.0.' }),
	always('content_type', text, { since: '4.13.0', source: '#13945' }),
	...urlMembers(text),
	always('file_size', count, { since: '2.7.0', note: 'In bytes.' }),
	// Rails analyses images and videos, and has the sizes of videos as floats.
	always('width', decimalOrNull, { since: '3.7.0', note: 'Null until the file is analysed.' }),
	always('height', decimalOrNull, { since: '3.7.0', note: 'Null until the file is analysed.' }),
];

/** What a stored file has, and an attachment without one lacks (#13691). */
const fileMarks = ['extension', 'content_type', 'file_size', 'width', 'height', 'transcribed_text'];

const kindsOfFile = ['image', 'video', 'file', 'share', 'story_mention', 'ig_reel', 'ig_post', 'ig_story'];

function fileTypes(): AllowedValue[] {
	return [
		{ value: 'image' },
		{ value: 'video' },
		{ value: 'file' },
		{ value: 'audio' },
		{ value: 'location' },
		{ value: 'fallback' },
		{ value: 'contact', since: '2.14.0' },
		{ value: 'share', since: '2.3.0' },
		{ value: 'story_mention', since: '2.3.0' },
		{ value: 'ig_reel', since: '3.12.0' },
		{ value: 'ig_post', since: '4.9.0' },
		{ value: 'ig_story', since: '4.9.0' },
		{ value: 'embed', since: '4.9.0' },
	];
}

/** One kind of attachment, told by its `file_type`. */
function attachment(name: string, title: string, values: readonly string[], members: readonly Member[]): ObjectShape {
	return { name, title, discriminator: { member: 'file_type', values }, source: attachmentSource, members };
}

const attachmentShapes: readonly ObjectShape[] = [
	{ ...attachment('FileAttachment', 'file', kindsOfFile, fileMembers), marks: fileMarks },
	{
		...attachment(
			'AudioAttachment',
			'audio file',
			['audio'],
			[
				...fileMembers,
				always('transcribed_text', text, {
					since: '4.3.0',
					mask: 'free-text',
					note: 'Empty until it is transcribed.',
				}),
			],
		),
		marks: fileMarks,
	},
	attachment(
		'LinkedAttachment',
		'file that is not stored',
		[...kindsOfFile, 'audio'],
		[...attachmentMembers, ...urlMembers(textOrNull)],
	),
	attachment(
		'LocationAttachment',
		'location',
		['location'],
		[
			...attachmentMembers,
			always('coordinates_lat', decimal, { mask: 'personal' }),
			always('coordinates_long', decimal, { mask: 'personal' }),
			fallbackTitle,
			always('data_url', textOrNull, { mask: 'open-url' }),
		],
	),
	attachment(
		'FallbackAttachment',
		'link',
		['fallback'],
		[...attachmentMembers, fallbackTitle, always('data_url', textOrNull, { mask: 'open-url' })],
	),
	attachment(
		'EmbedAttachment',
		'embedded post',
		['embed'],
		[...attachmentMembers, always('data_url', textOrNull, { mask: 'open-url' })],
	),
	attachment(
		'ContactAttachment',
		'contact card',
		['contact'],
		[
			...attachmentMembers,
			fallbackTitle,
			always('meta', openObject('OpenObject'), { since: '4.0.2', mask: 'personal' }),
		],
	),
	{ name: 'OtherAttachment', title: 'attachment', isOpen: true, source: attachmentSource, members: attachmentMembers },
];

const anyAttachment: Value = {
	...orNull(object(...attachmentShapes.map(({ name }) => name))),
	words: 'attachment object or null',
};

const attachments: Value = { ...list(anyAttachment, 15), words: 'array of attachment objects' };

const messageMembers: Member[] = [
	always('account', object('Account')),
	always('additional_attributes', orNull(openObject('MessageAttributes')), { since: '2.6.0', mask: 'free-text' }),
	always('content_attributes', openObject('ContentAttributes'), { mask: 'free-text' }),
	always('content_type', orNullUntil(contentTypes, '1.22.1')),
	always('content', textOrNull, {
		mask: 'free-text',
		note: 'HTML or channel markup in 4.9.0 to 4.12.0; null with attachments only.',
		source: '#12600, #13896, #13950, #14272',
	}),
	always('conversation', object('Conversation'), { mask: 'personal' }),
	always('created_at', isoTime, { note: 'Unix seconds stand in conversation.messages[] only.' }),
	always('id', id, { note: 'The database id, counted over the whole installation.' }),
	always('inbox', object('Inbox')),
	always('message_type', messageTypeNames, {
		note: 'Text at the top level; the numbers 0, 1 and 3 stand in conversation.messages[] only.',
	}),
	always('private', flag, { note: 'True for a private note.' }),
	always('sender', orNull(object('Contact', 'User', 'AgentBot', ['CaptainAssistant', '4.2.0'])), {
		mask: 'personal',
		note: 'Null for template, automation and campaign messages, and when whoever sent it was deleted.',
	}),
	always('source_id', textOrNull, { mask: 'personal', note: 'The channel’s own id of the message.' }),
	sometimes('attachments', attachments, {
		since: '2.10.0',
		mask: 'open-url',
		note: 'Absent, not empty, without attachments.',
	}),
	sometimes('status', anything, { note: 'Proposed for a coming release.', source: '#15908' }),
	sometimes('changed_attributes', anything, { note: 'Proposed for a coming release.', source: '#15908' }),
];

export const messages: readonly ObjectShape[] = [
	{
		name: 'MessageEvent',
		title: 'message',
		documentedAs: 'MessageEvent',
		source: messageSource,
		members: [...messageMembers, always('event', eventName)],
	},
	{
		name: 'NestedMessage',
		title: 'message',
		documentedAs: 'Message',
		source: pushSource,
		members: [
			always('id', id),
			always('content', textOrNull, { mask: 'free-text' }),
			always('account_id', id),
			always('inbox_id', id),
			always('conversation_id', id, { note: 'The display id, as the conversation’s own id.' }),
			always('message_type', messageTypeNumbers, {
				note: 'A number here; text stands at the top level of message events only.',
			}),
			always('created_at', unixSeconds, { note: 'ISO 8601 stands at the top level of message events only.' }),
			always('updated_at', isoTime),
			always('private', flag),
			always('status', orNull(oneOf('sent', 'delivered', 'read', 'failed'))),
			always('source_id', textOrNull, { mask: 'personal' }),
			always('content_type', orNullUntil(contentTypes, '1.22.1')),
			always('content_attributes', openObject('ContentAttributes'), { mask: 'free-text' }),
			always('sender_type', {
				types: ['string', 'null'],
				values: [
					{ value: 'Contact' },
					{ value: 'User' },
					{ value: 'AgentBot' },
					{ value: 'Captain::Assistant', since: '4.2.0' },
				],
			}),
			always('sender_id', idOrNull),
			always('external_source_ids', orNull(openObject('OpenObject'))),
			always('additional_attributes', orNull(openObject('MessageAttributes')), { since: '2.6.0', mask: 'free-text' }),
			always('processed_message_content', textOrNull, { since: '2.18.0', mask: 'free-text' }),
			always('sentiment', orNull(openObject('OpenObject')), { since: '3.0.0' }),
			always('conversation', orNull(object('MessageConversation')), { since: '1.22.0', mask: 'personal' }),
			sometimes('attachments', attachments, { mask: 'open-url' }),
			sometimes('sender', object('ContactPush', 'UserLong', 'AgentBotLong', ['CaptainAssistant', '4.2.0']), {
				mask: 'personal',
				note: 'Absent, not null, without a sender.',
			}),
			sometimes('call', object('Call'), {
				since: '4.14.0',
				mask: 'personal',
				note: 'Voice calls of the enterprise edition.',
				source: '#14091',
			}),
		],
	},
	{
		name: 'MessageConversation',
		title: 'brief conversation',
		source: pushSource,
		members: [
			always('assignee_id', idOrNull),
			always('unread_count', count, { since: '2.12.1' }),
			always('last_activity_at', unixSeconds, { since: '2.17.0' }),
			always('contact_inbox', object('MessageContactInbox'), { since: '3.0.0', mask: 'personal' }),
		],
	},
	{
		name: 'MessageContactInbox',
		title: 'brief contact inbox',
		source: pushSource,
		members: [always('source_id', text, { mask: 'personal' })],
	},
	{
		name: 'Call',
		title: 'call',
		source: 'enterprise/app/models/call.rb; #14091',
		members: [
			always('id', id),
			sometimes('provider_call_id', textOrNull),
			sometimes('provider', { ...oneOf('twilio', 'whatsapp'), otherValues: 'providers are added' }),
			sometimes('direction', oneOf('incoming', 'outgoing')),
			sometimes('status', textOrNull),
			sometimes('duration_seconds', integerOrNull),
			sometimes('end_reason', textOrNull),
			sometimes('conference_sid', textOrNull),
			sometimes('accepted_by_agent_id', idOrNull),
			sometimes('accepted_by_agent_name', textOrNull, { mask: 'personal' }),
			sometimes('started_at', unixSecondsOrNull),
			sometimes('ended_at', unixSecondsOrNull),
			sometimes('from_number', textOrNull, { mask: 'personal' }),
			sometimes('to_number', textOrNull, { mask: 'personal' }),
			sometimes('recording_url', textOrNull, { mask: 'open-url' }),
			sometimes('transcript', anything, { mask: 'free-text' }),
		],
	},
	...attachmentShapes,
	{
		name: 'MessageAttributes',
		title: 'additional attributes of a message',
		isOpen: true,
		isFree: true,
		source: 'app/builders/messages/message_builder.rb; app/models/message.rb (TEMPLATE_PARAMS_SCHEMA)',
		members: [],
	},
	{
		name: 'ContentAttributes',
		title: 'content attributes',
		documentedAs: 'ContentAttributes',
		isOpen: true,
		isFree: true,
		source: 'app/models/message.rb (store accessors), app/validators/content_attribute_validator.rb',
		members: [
			sometimes('in_reply_to', anything, { note: 'A message id, or null.' }),
			sometimes('deleted', flagOrNull, { note: 'True for a deleted message.' }),
			sometimes('external_error', textOrNull, { note: 'Why it could not be delivered.' }),
			sometimes('items', anything, { note: 'Choices, cards or form fields.' }),
			sometimes('submitted_values', anything, { mask: 'personal', note: 'What was chosen or filled in.' }),
			sometimes('submitted_email', textOrNull, { mask: 'personal' }),
			sometimes('email', anything, { mask: 'personal', note: 'The e-mail in parts.' }),
		],
	},
	{ name: 'OpenObject', title: 'object', isOpen: true, isFree: true, source: 'anything may stand here', members: [] },
];
