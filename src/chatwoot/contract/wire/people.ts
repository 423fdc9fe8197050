/** Contacts, agents, bots and Captain assistants as releases send them. */
import type { ObjectShape } from '../contract';
import {
	always,
	flag,
	id,
	idOrNull,
	isoTime,
	object,
	openObject,
	oneOf,
	orNull,
	sometimes,
	text,
	textOrNull,
} from '../values';

const contactSource = 'app/models/contact.rb (webhook_data, push_event_data), every tag; #6415, #10899';
const userSource = 'app/models/user.rb, app/models/concerns/user_attribute_helpers.rb, every tag';
const botSource = 'app/models/agent_bot.rb, every tag';

/** db/migrate (AddDefaultValueToJsonbColums) gave the column a default and left the rows that were there as they were. */
export const oldRowNote = 'Null where the row is older than the column’s default, {}.';

const availability = orNull(oneOf('online', 'offline', 'busy'));

const contactNote = 'Tell a contact by its members, not by its type: the webhook form has had none since 2.14.0.';

export const people: readonly ObjectShape[] = [
	{
		name: 'Contact',
		title: 'contact',
		documentedAs: 'Contact',
		actor: 'contact',
		source: contactSource,
		members: [
			always('account', object('Account'), { since: '1.21.0' }),
			always('additional_attributes', orNull(openObject('ContactAttributes')), {
				since: '2.14.0',
				mask: 'personal',
				note: oldRowNote,
			}),
			always('avatar', text, { since: '1.4.0', mask: 'open-url', note: 'Empty text or a URL.' }),
			always('custom_attributes', openObject('CustomAttributes'), { since: '2.14.0', mask: 'personal' }),
			always('email', textOrNull, { since: '2.14.0', mask: 'personal' }),
			always('id', id),
			always('identifier', textOrNull, { since: '2.14.0', mask: 'personal' }),
			always('name', textOrNull, { mask: 'personal' }),
			always('phone_number', textOrNull, { since: '2.14.0', mask: 'personal' }),
			always('thumbnail', text, { since: '2.14.0', mask: 'open-url', note: 'Equals avatar.' }),
			always('blocked', flag, { since: '4.0.2', source: '#10899' }),
			sometimes('type', oneOf('contact'), { since: '1.4.0', until: '2.13.1', note: contactNote, source: '#6415' }),
		],
	},
	{
		name: 'ContactPush',
		title: 'contact',
		documentedAs: 'Contact',
		actor: 'contact',
		source: contactSource,
		members: [
			always('additional_attributes', orNull(openObject('ContactAttributes')), {
				since: '1.5.0',
				mask: 'personal',
				note: oldRowNote,
			}),
			always('custom_attributes', openObject('CustomAttributes'), { since: '1.18.0', mask: 'personal' }),
			always('email', textOrNull, { since: '1.5.0', mask: 'personal' }),
			always('id', id),
			always('identifier', textOrNull, { since: '1.5.0', mask: 'personal' }),
			always('name', textOrNull, { mask: 'personal' }),
			always('phone_number', textOrNull, { since: '1.5.0', mask: 'personal' }),
			always('thumbnail', text, { mask: 'open-url' }),
			always('blocked', flag, { since: '4.0.2', source: '#10899' }),
			always('type', oneOf('contact'), { since: '1.4.0' }),
			sometimes('company_id', idOrNull, {
				since: '4.15.0',
				note: 'Where the account has the Companies feature; null without a company.',
				source: '#14496',
			}),
			sometimes('pubsub_token', textOrNull, { until: '2.3.2', mask: 'secret' }),
		],
	},
	{
		name: 'ContactAttributes',
		title: 'additional attributes of a contact',
		isOpen: true,
		isFree: true,
		source: 'app/jobs/contact_ip_lookup_job.rb, app/services/telegram, twilio, line, instagram incoming messages',
		members: [],
	},
	{
		name: 'CustomAttributes',
		title: 'custom attributes',
		isOpen: true,
		isFree: true,
		source: 'defined by each account',
		members: [],
	},
	{
		name: 'User',
		title: 'user',
		documentedAs: 'User',
		actor: 'user',
		discriminator: { member: 'type', values: ['user'] },
		source: userSource,
		members: [
			always('id', id),
			always('name', text, { mask: 'personal' }),
			always('email', text, { mask: 'personal', note: 'An agent’s address is in this short form only.' }),
			always('type', oneOf('user'), { since: '1.4.0' }),
		],
	},
	{
		name: 'UserLong',
		title: 'user',
		documentedAs: 'User',
		actor: 'user',
		discriminator: { member: 'type', values: ['user'] },
		source: userSource,
		members: [
			always('id', id, { since: '1.4.0' }),
			always('name', text, { mask: 'personal' }),
			always('available_name', text, { since: '1.7.0', mask: 'personal' }),
			always('avatar_url', text, { mask: 'open-url' }),
			always('type', oneOf('user'), { since: '1.4.0' }),
			always('availability_status', availability, {
				since: '1.6.0',
				note: 'Null in most account deliveries: the job that sends them has no current account.',
			}),
			always('thumbnail', text, { since: '1.20.0', mask: 'open-url', note: 'Equals avatar_url.' }),
		],
	},
	{
		name: 'AgentBot',
		title: 'agent bot',
		documentedAs: 'AgentBot',
		actor: 'agent_bot',
		discriminator: { member: 'type', values: ['agent_bot'] },
		source: botSource,
		members: [always('id', id), always('name', textOrNull), always('type', oneOf('agent_bot'))],
	},
	{
		name: 'AgentBotLong',
		title: 'agent bot',
		documentedAs: 'AgentBot',
		actor: 'agent_bot',
		discriminator: { member: 'type', values: ['agent_bot'] },
		source: botSource,
		members: [
			always('id', id),
			always('name', textOrNull),
			always('avatar_url', textOrNull),
			always('type', oneOf('agent_bot')),
		],
	},
	{
		name: 'CaptainAssistant',
		title: 'Captain assistant',
		documentedAs: 'Captain',
		actor: 'captain_assistant',
		discriminator: { member: 'type', values: ['captain_assistant'] },
		source: 'enterprise/app/models/captain/assistant.rb, 4.2.0 to 4.14.2',
		members: [
			always('id', id),
			always('name', text),
			always('avatar_url', text, { note: 'Begins with / where the installation has no public URL.' }),
			always('description', text, { mask: 'free-text' }),
			always('created_at', isoTime),
			always('type', oneOf('captain_assistant')),
		],
	},
	{
		name: 'Account',
		title: 'account',
		documentedAs: 'Account',
		source: 'app/models/account.rb (webhook_data), every tag',
		members: [always('id', id), always('name', text)],
	},
];
