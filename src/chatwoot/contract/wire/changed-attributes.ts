/** What may stand in `changed_attributes`, by event. */
import type { ChangedAttributes, Value } from '../contract';
import { anything, flagOrNull, idOrNull, integerOrNull, list, orNull, text, textOrNull } from '../values';
import { priorityNames, statusNames } from './conversation';

/** ISO 8601 in every release; test doubles write Unix seconds. */
const time: Value = { types: ['string', 'integer', 'null'], format: 'iso-milliseconds' };
const labels = orNull(list(text));
const anyObject: Value = { types: ['object', 'null'], takesEmptyList: true };

/**
 * Columns of the conversations table and `label_list`. Any column that was saved together with one that triggers the
 * event rides along.
 *
 * Source: app/models/conversation.rb (list_of_keys, allowed_keys?), enterprise/app/models/enterprise/conversation.rb,
 * db/schema.rb, every tag.
 */
const conversation: ChangedAttributes = {
	isOpen: false,
	neverCleared: ['id', 'account_id', 'inbox_id', 'status', 'created_at', 'updated_at', 'uuid', 'custom_attributes'],
	attributes: {
		id: idOrNull,
		account_id: idOrNull,
		inbox_id: idOrNull,
		status: orNull(statusNames),
		assignee_id: idOrNull,
		created_at: time,
		updated_at: time,
		contact_id: idOrNull,
		display_id: idOrNull,
		contact_last_seen_at: time,
		agent_last_seen_at: time,
		assignee_last_seen_at: time,
		additional_attributes: anyObject,
		contact_inbox_id: idOrNull,
		uuid: textOrNull,
		identifier: textOrNull,
		last_activity_at: time,
		team_id: idOrNull,
		campaign_id: idOrNull,
		snoozed_until: time,
		custom_attributes: anyObject,
		label_list: labels,
		first_reply_created_at: time,
		priority: priorityNames,
		sla_policy_id: idOrNull,
		waiting_since: time,
		cached_label_list: textOrNull,
		assignee_agent_bot_id: idOrNull,
	},
};

/**
 * Columns of the contacts table and `label_list`.
 *
 * Source: app/models/contact.rb, app/services/contacts/sync_attributes.rb, db/schema.rb.
 */
const contact: ChangedAttributes = {
	isOpen: false,
	neverCleared: ['id', 'account_id', 'created_at', 'updated_at', 'blocked', 'custom_attributes'],
	attributes: {
		id: idOrNull,
		account_id: idOrNull,
		name: textOrNull,
		email: textOrNull,
		phone_number: textOrNull,
		identifier: textOrNull,
		additional_attributes: anyObject,
		custom_attributes: anyObject,
		blocked: flagOrNull,
		last_activity_at: time,
		created_at: time,
		updated_at: time,
		contact_type: { types: ['string', 'integer', 'null'] },
		location: textOrNull,
		country_code: textOrNull,
		middle_name: textOrNull,
		last_name: textOrNull,
		company_id: integerOrNull,
		label_list: labels,
	},
};

function changes(of: ChangedAttributes, isNullable: boolean): Value {
	return {
		types: isNullable ? ['array', 'null'] : ['array'],
		changes: of,
		words: `list of changed attributes, each with previous_value and current_value${isNullable ? ', or null' : ''}`,
	};
}

/** Null when only the SLA's status changed, which is no column of the conversation. */
export const conversationChanges = changes(conversation, true);

export const contactChanges = changes(contact, false);

/** Any column of the inboxes table, and `reauthorization_required`. */
export const inboxChanges = changes(
	{
		isOpen: true,
		neverCleared: ['updated_at'],
		attributes: { reauthorization_required: flagOrNull, updated_at: time, name: textOrNull },
	},
	false,
);

/** Chatwoot asks for the changes after the save, when there are none left. */
export const alwaysNull: Value = { types: ['array', 'null'], changes: conversation, words: 'null' };

export const anyChanges: Value = anything;
