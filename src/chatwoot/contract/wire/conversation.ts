/** The conversation as releases send it, at the top level of its own events and nested in messages, typing and widget. */
import type { Member, ObjectShape, Value } from '../contract';
import {
	always,
	count,
	decimalOrNull,
	flag,
	flagOrNull,
	id,
	idOrNull,
	isoTime,
	isoTimeOrNull,
	list,
	object,
	openObject,
	oneOf,
	orNull,
	sometimes,
	text,
	textOrNull,
	unixDecimal,
	unixSeconds,
} from '../values';
import { oldRowNote } from './people';

const presenter = 'app/presenters/conversations/event_data_presenter.rb, every tag';
const slaSource = 'enterprise/app/models/applied_sla.rb, sla_event.rb, sla_policy.rb; #9174, #9146';

/** Every channel that a release has had. */
export const channelNames = [
	{ value: 'Channel::WebWidget' },
	{ value: 'Channel::Api', since: '1.7.0' },
	{ value: 'Channel::Email' },
	{ value: 'Channel::FacebookPage' },
	{ value: 'Channel::TwitterProfile' },
	{ value: 'Channel::TwilioSms' },
	{ value: 'Channel::Telegram', since: '1.20.0' },
	{ value: 'Channel::Line', since: '1.20.0' },
	{ value: 'Channel::Whatsapp', since: '1.21.0' },
	{ value: 'Channel::Sms', since: '2.2.0' },
	{ value: 'Channel::Instagram', since: '4.1.0' },
	{ value: 'Channel::Voice', since: '4.4.0' },
	{ value: 'Channel::Tiktok', since: '4.9.0' },
];

export const statusNames = oneOf(
	'open',
	'resolved',
	{ value: 'pending', since: '1.18.2' },
	{ value: 'snoozed', since: '1.18.2' },
	{ value: 'bot', until: '1.18.1' },
);

export const priorityNames = orNull(oneOf('low', 'medium', 'high', 'urgent'));

const channel: Value = {
	types: ['string', 'null'],
	values: channelNames,
	otherValues: 'forks add channels',
};

const neverIsZero = '0 stands for never.';

/** The members of a conversation; a nested one tolerates what test doubles do to `meta`. */
function conversationMembers(meta: Value): Member[] {
	return [
		always('additional_attributes', orNull(openObject('ConversationAttributes')), {
			mask: 'personal',
			note: oldRowNote,
		}),
		always('can_reply', flag, {
			note: 'False when the reply window of the channel is closed.',
		}),
		always('channel', channel),
		always('contact_inbox', orNull(object('ContactInbox')), { since: '1.13.0', mask: 'secret' }),
		always('id', id, { note: 'The display id: counts from 1 in each account; not the database id.' }),
		always('inbox_id', id),
		always('messages', list(object('NestedMessage'), 1), {
			mask: 'personal',
			note: 'The newest message that is neither private nor an activity, or none.',
			source: '#14023',
		}),
		always('labels', list(text), { since: '2.11.0' }),
		always('meta', meta, { mask: 'personal' }),
		always('status', statusNames),
		always('custom_attributes', openObject('CustomAttributes'), { since: '2.2.0', mask: 'personal' }),
		always('snoozed_until', isoTimeOrNull, {
			since: '1.21.0',
			note: 'Null also when it is snoozed until the next reply.',
		}),
		always('unread_count', count, { note: 'Unread incoming messages, at most 10 since 3.0.0.', source: '#7704' }),
		always('first_reply_created_at', isoTimeOrNull, { since: '2.12.0' }),
		always('priority', priorityNames, { since: '2.17.0' }),
		always('waiting_since', unixSeconds, { since: '3.0.0', note: '0 stands for not waiting.' }),
		always('agent_last_seen_at', unixSeconds, { note: neverIsZero }),
		always('contact_last_seen_at', unixSeconds, { note: neverIsZero }),
		always('last_activity_at', unixSeconds, { since: '3.11.1' }),
		always('timestamp', unixSeconds, { note: 'The last activity.' }),
		always('created_at', unixSeconds, { since: '2.14.0' }),
		always('updated_at', unixDecimal, { since: '4.0.2', source: '#10875' }),
		sometimes('applied_sla', orNull(object('AppliedSla')), {
			since: '3.8.0',
			note: 'Enterprise edition with the SLA feature.',
		}),
		sometimes('sla_events', list(object('SlaEvent')), {
			since: '3.8.0',
			note: 'Enterprise edition with the SLA feature.',
		}),
		sometimes('sla_policy_id', idOrNull, { since: '3.8.0', note: 'Enterprise edition with the SLA feature.' }),
		always('account', object('Account'), { since: '4.14.2', source: '#12445' }),
	];
}

/** Of a conversation at the top level. */
export const topConversationMembers = conversationMembers(object('Meta'));

const browser = object('Browser');

export const conversations: readonly ObjectShape[] = [
	{
		name: 'Conversation',
		title: 'conversation',
		documentedAs: 'Conversation',
		source: presenter,
		members: conversationMembers({ ...object('Meta'), isNullTolerated: true }),
	},
	{
		name: 'Meta',
		title: 'meta',
		documentedAs: 'Meta',
		source: `${presenter} (push_meta)`,
		members: [
			always('sender', object('ContactPush'), { mask: 'personal' }),
			always('assignee', orNull(object('UserLong', ['AgentBotLong', '4.8.0'])), {
				mask: 'personal',
				note: 'Carries no e-mail address.',
			}),
			always('assignee_type', orNull(oneOf('User', 'AgentBot')), { since: '4.8.0', source: '#12836' }),
			always('team', orNull(object('Team')), { since: '2.8.0' }),
			always('hmac_verified', flagOrNull, { since: '1.22.1' }),
		],
	},
	{ name: 'Team', title: 'team', source: presenter, members: [always('id', id), always('name', text)] },
	{
		name: 'ContactInbox',
		title: 'contact inbox',
		documentedAs: 'ContactInbox',
		source: 'db/schema.rb contact_inboxes, the whole row; #3434',
		members: [
			always('id', id),
			always('contact_id', id),
			always('inbox_id', id),
			always('source_id', text, { mask: 'personal' }),
			always('created_at', isoTime),
			always('updated_at', isoTime),
			always('hmac_verified', flag),
			always('pubsub_token', textOrNull, {
				since: '1.22.1',
				mask: 'secret',
				note: 'Lets anybody follow the contact’s live stream.',
				source: '#3434',
			}),
		],
	},
	{
		name: 'ConversationAttributes',
		title: 'additional attributes of a conversation',
		documentedAs: 'ConversationAttributes',
		isOpen: true,
		isFree: true,
		channels: ['Channel::WebWidget', 'Channel::Email', 'Channel::Telegram'],
		source:
			'app/controllers/api/v1/widget/base_controller.rb, app/mailboxes/imap/imap_mailbox.rb, app/services/telegram',
		members: [
			sometimes('browser', browser, { note: 'The web widget writes it.' }),
			sometimes('referer', textOrNull, { mask: 'personal', note: 'The web widget writes it.' }),
			sometimes('initiated_at', orNull(object('InitiatedAt')), { note: 'The web widget writes it, and e-mail.' }),
			sometimes('browser_language', textOrNull, { note: 'The web widget writes it.' }),
			sometimes('source', textOrNull, { note: 'Incoming e-mail writes it.' }),
			sometimes('in_reply_to', textOrNull, { mask: 'personal', note: 'Incoming e-mail writes it.' }),
			sometimes('auto_reply', flagOrNull, { since: '4.5.0', note: 'Incoming e-mail writes it.' }),
			sometimes('mail_subject', textOrNull, { mask: 'personal', note: 'Incoming e-mail writes it.' }),
			sometimes('conversation_language', textOrNull, { note: 'The translation integration writes it.' }),
		],
	},
	{
		name: 'Browser',
		title: 'browser',
		documentedAs: 'Browser',
		isOpen: true,
		isFree: true,
		source: 'app/controllers/api/v1/widget/base_controller.rb',
		members: [
			sometimes('device_name', textOrNull),
			sometimes('browser_name', textOrNull),
			sometimes('platform_name', textOrNull),
			sometimes('browser_version', textOrNull),
			sometimes('platform_version', textOrNull),
		],
	},
	{
		name: 'InitiatedAt',
		title: 'time of initiation',
		documentedAs: 'InitiatedAt',
		isOpen: true,
		isFree: true,
		source: 'app/controllers/api/v1/widget/base_controller.rb, app/mailboxes/imap/imap_mailbox.rb',
		members: [
			sometimes(
				'timestamp',
				{ types: ['string', 'null'], format: 'browser-date' },
				{ note: 'The visitor’s own clock and zone in the web widget, ISO 8601 in e-mail.' },
			),
		],
	},
	{
		name: 'AppliedSla',
		title: 'applied SLA',
		source: slaSource,
		members: [
			always('id', id),
			always('sla_id', id),
			always('sla_status', oneOf('active', 'hit', 'missed', 'active_with_misses')),
			always('created_at', unixSeconds),
			always('updated_at', unixSeconds),
			always('sla_description', textOrNull),
			always('sla_name', text),
			always('sla_first_response_time_threshold', decimalOrNull),
			always('sla_next_response_time_threshold', decimalOrNull),
			always('sla_only_during_business_hours', flag),
			always('sla_resolution_time_threshold', decimalOrNull),
		],
	},
	{
		name: 'SlaEvent',
		title: 'SLA event',
		source: slaSource,
		members: [
			always('id', id),
			always('event_type', oneOf('frt', 'nrt', 'rt')),
			always('meta', object('SlaMeta')),
			always('created_at', unixSeconds),
			always('updated_at', unixSeconds),
		],
	},
	{ name: 'SlaMeta', title: 'meta of an SLA event', isOpen: true, isFree: true, source: slaSource, members: [] },
];
