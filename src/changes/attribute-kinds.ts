import type { PayloadShape } from '../deliveries/payload-parts';

/** What an attribute's values are, and so how they are shown. `other`: no release is known to list it; its value tells. */
export type AttributeKind =
	| 'status'
	| 'priority'
	| 'agent'
	| 'bot'
	| 'team'
	| 'inbox'
	| 'contact'
	| 'account'
	| 'time'
	| 'labels'
	| 'label-text'
	| 'object'
	| 'text'
	| 'flag'
	| 'number'
	| 'id'
	| 'other';

/**
 * How the body writes a value that `changed_attributes` has too. `same`: as there. `seconds`: a time as Unix seconds, 0
 * for null. `decimal`: Unix seconds with decimals, `.0` when whole. `record`: the object that an id stands for.
 * `assignee`: the same, where agent and agent bot share one place.
 */
export type PlaceForm = 'same' | 'seconds' | 'decimal' | 'record' | 'assignee';

/** One place of the body that shows an attribute's value. */
export interface BodyPlace {
	/** From the root. */
	path: readonly (string | number)[];
	form: PlaceForm;
}

/** What is known of one attribute. */
export interface AttributeFacts {
	kind: AttributeKind;
	/** The first one shows it always, the others only where they say the same. Empty when the body does not show it. */
	places: readonly BodyPlace[];
	/** Why the body does not show it, as a clause; null where it does. */
	reason: string | null;
}

/** Whose attributes they are. */
export type AttributeFamily = 'conversation' | 'contact' | 'inbox' | 'other';

/** The family of the attributes that a body of this shape lists. */
export function attributeFamily(shape: PayloadShape): AttributeFamily {
	return shape === 'conversation' || shape === 'contact' || shape === 'inbox' ? shape : 'other';
}

/**
 * What is known of an attribute, whatever its name is. A column of an inbox that is not in the table stands at top
 * level, if the body has it at all; of other families nothing is known of such a name.
 *
 * Source: ground truth 5.2 (attributes, their formats and the same value in the body), 4.3, 4.5, 4.8 and 4.11.3 (the
 * bodies); app/models/conversation.rb (list_of_keys), app/presenters/conversations/event_data_presenter.rb.
 */
export function attributeFacts(family: AttributeFamily, attribute: string): AttributeFacts {
	const known = tables[family].get(attribute);
	if (known) return known;
	if (family === 'inbox') return shown('other', [attribute]);
	return hidden('other', 'no release is known to show it in the body');
}

function shown(kind: AttributeKind, path: BodyPlace['path'], form: PlaceForm = 'same'): AttributeFacts {
	return { kind, places: [{ path, form }], reason: null };
}

function hidden(kind: AttributeKind, reason: string): AttributeFacts {
	return { kind, places: [], reason };
}

const noMember = 'the body has no such member';

/** The newest message repeats two values of its conversation (ground truth 4.2). */
const inNewestMessage = ['messages', 0, 'conversation'] as const;

const conversation: Record<string, AttributeFacts> = {
	status: shown('status', ['status']),
	priority: shown('priority', ['priority']),
	assignee_id: {
		kind: 'agent',
		places: [
			{ path: ['meta', 'assignee'], form: 'assignee' },
			{ path: [...inNewestMessage, 'assignee_id'], form: 'same' },
		],
		reason: null,
	},
	assignee_agent_bot_id: shown('bot', ['meta', 'assignee'], 'assignee'),
	team_id: shown('team', ['meta', 'team'], 'record'),
	label_list: shown('labels', ['labels']),
	cached_label_list: hidden('label-text', 'the body has the labels only as a list'),
	custom_attributes: shown('object', ['custom_attributes']),
	additional_attributes: shown('object', ['additional_attributes']),
	snoozed_until: shown('time', ['snoozed_until']),
	first_reply_created_at: shown('time', ['first_reply_created_at']),
	waiting_since: shown('time', ['waiting_since'], 'seconds'),
	updated_at: shown('time', ['updated_at'], 'decimal'),
	created_at: shown('time', ['created_at'], 'seconds'),
	last_activity_at: {
		kind: 'time',
		places: [
			{ path: ['last_activity_at'], form: 'seconds' },
			{ path: ['timestamp'], form: 'seconds' },
			{ path: [...inNewestMessage, 'last_activity_at'], form: 'seconds' },
		],
		reason: null,
	},
	agent_last_seen_at: shown('time', ['agent_last_seen_at'], 'seconds'),
	contact_last_seen_at: shown('time', ['contact_last_seen_at'], 'seconds'),
	assignee_last_seen_at: hidden('time', noMember),
	sla_policy_id: shown('id', ['sla_policy_id']),
	id: hidden('id', 'it is the number in the database; the body’s `id` counts within the account'),
	display_id: shown('id', ['id']),
	account_id: shown('account', ['account'], 'record'),
	inbox_id: shown('inbox', ['inbox_id']),
	contact_id: shown('contact', ['meta', 'sender'], 'record'),
	contact_inbox_id: shown('id', ['contact_inbox'], 'record'),
	campaign_id: hidden('id', noMember),
	uuid: hidden('text', noMember),
	identifier: hidden('text', noMember),
};

const contact: Record<string, AttributeFacts> = {
	id: shown('id', ['id']),
	account_id: shown('account', ['account'], 'record'),
	name: shown('text', ['name']),
	email: shown('text', ['email']),
	phone_number: shown('text', ['phone_number']),
	identifier: shown('text', ['identifier']),
	blocked: shown('flag', ['blocked']),
	custom_attributes: shown('object', ['custom_attributes']),
	additional_attributes: shown('object', ['additional_attributes']),
	label_list: hidden('labels', 'the body of a contact has no labels'),
	location: hidden('text', 'the body has it only as `additional_attributes.city`'),
	country_code: hidden('text', 'the body has it only as `additional_attributes.country`'),
	contact_type: hidden('text', noMember),
	middle_name: hidden('text', noMember),
	last_name: hidden('text', noMember),
	company_id: hidden('id', noMember),
	last_activity_at: hidden('time', 'the body of a contact has no times'),
	created_at: hidden('time', 'the body of a contact has no times'),
	updated_at: hidden('time', 'the body of a contact has no times'),
};

const inbox: Record<string, AttributeFacts> = {
	id: hidden('id', 'the body of an inbox has no `id`'),
	name: shown('text', ['name']),
	account_id: shown('account', ['account'], 'record'),
	created_at: shown('time', ['created_at']),
	updated_at: shown('time', ['updated_at']),
	reauthorization_required: hidden('flag', 'it is no column of the inbox, and the body has no such member'),
	// What a stranger may name: these members are the event's own.
	event: hidden('other', 'the body’s `event` is no column of the inbox'),
	changed_attributes: hidden('other', 'the body’s `changed_attributes` is no column of the inbox'),
};

const tables: Record<AttributeFamily, ReadonlyMap<string, AttributeFacts>> = {
	conversation: new Map(Object.entries(conversation)),
	contact: new Map(Object.entries(contact)),
	inbox: new Map(Object.entries(inbox)),
	other: new Map(),
};
