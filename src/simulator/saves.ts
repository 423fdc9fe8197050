import type { Change, Contact, Conversation } from './model';
import { storedJson, type WireObject, type WireValue } from './rails-json';
import { isoTime, type Moment } from './virtual-time';
import { contactObject, conversationObject } from './wire-forms';
import type { Workplace } from './workplace';

/** One column of a table: its name, and what stands in it. Times are kept as moments and compared as such. */
interface Column<Row> {
	name: string;
	read: (row: Row) => WireValue;
	isTime?: true;
}

/** Columns of the conversations table that a save may change, in the table's order; labels are no column, and last. */
const conversationColumns: readonly Column<Conversation>[] = [
	{ name: 'status', read: (row) => row.status },
	{ name: 'assignee_id', read: (row) => row.assignee?.id ?? null },
	{ name: 'updated_at', read: (row) => row.updatedAt, isTime: true },
	{ name: 'agent_last_seen_at', read: (row) => row.agentLastSeenAt, isTime: true },
	{ name: 'additional_attributes', read: (row) => row.additionalAttributes },
	{ name: 'team_id', read: (row) => row.team?.id ?? null },
	{ name: 'snoozed_until', read: (row) => row.snoozedUntil, isTime: true },
	{ name: 'custom_attributes', read: (row) => row.customAttributes },
	{ name: 'assignee_last_seen_at', read: (row) => row.assigneeLastSeenAt, isTime: true },
	{ name: 'first_reply_created_at', read: (row) => row.firstReplyAt, isTime: true },
	{ name: 'priority', read: (row) => row.priority },
	{ name: 'waiting_since', read: (row) => row.waitingSince, isTime: true },
	{ name: 'cached_label_list', read: (row) => row.cachedLabels },
	{ name: 'assignee_agent_bot_id', read: (row) => row.assigneeBot?.id ?? null },
	{ name: 'label_list', read: (row) => row.labels },
];

const contactColumns: readonly Column<Contact>[] = [
	{ name: 'name', read: (row) => row.name },
	{ name: 'email', read: (row) => row.email },
	{ name: 'phone_number', read: (row) => row.phoneNumber },
	{ name: 'updated_at', read: (row) => row.updatedAt, isTime: true },
	{ name: 'additional_attributes', read: (row) => row.additionalAttributes },
	{ name: 'identifier', read: (row) => row.identifier },
	{ name: 'custom_attributes', read: (row) => row.customAttributes },
	{ name: 'last_activity_at', read: (row) => row.lastActivityAt, isTime: true },
	{ name: 'contact_type', read: (row) => row.contactType },
	{ name: 'location', read: (row) => row.location },
	{ name: 'country_code', read: (row) => row.countryCode },
	{ name: 'blocked', read: (row) => row.isBlocked },
];

/** A save that touches one of these is told; all else that it changes rides along (ground truth 5.2). */
const triggers = new Set([
	'status',
	'assignee_id',
	'assignee_agent_bot_id',
	'team_id',
	'snoozed_until',
	'custom_attributes',
	'label_list',
	'first_reply_created_at',
	'priority',
	'waiting_since',
]);

/**
 * Saves a conversation and queues what the account's webhook is told of it: `conversation_status_changed` where the
 * status changes, then `conversation_updated` with the difference. Only a snoozed conversation keeps a time to wake up,
 * and resolving stops the waiting clock without a word.
 */
export function saveConversation(place: Workplace, conversation: Conversation, values: Partial<Conversation>): void {
	const isWoken = values.status !== undefined && values.status !== 'snoozed' && conversation.snoozedUntil !== null;
	const changes = save(conversationColumns, conversation, place.clock.tick(), {
		...values,
		...(isWoken ? { snoozedUntil: null } : {}),
	});
	keepAsStored(conversation, values);
	const isStatusChanged = changes.some(({ attribute }) => attribute === 'status');
	if (isStatusChanged) {
		if (conversation.status === 'resolved') conversation.waitingSince = null;
		tellConversation(place, 'conversation_status_changed', conversation, { changed_attributes: null });
	}
	const isTold =
		changes.some(({ attribute }) => triggers.has(attribute)) ||
		(values.additionalAttributes !== undefined && 'conversation_language' in values.additionalAttributes);
	if (isTold) tellUpdate(place, conversation, changes);
}

/** Queues `conversation_updated`; some installations tell of labels twice. */
export function tellUpdate(place: Workplace, conversation: Conversation, changes: readonly Change[]): void {
	const isLabels = changes.some(({ attribute }) => attribute === 'label_list');
	const times = isLabels && place.random.chance(0.15) ? 2 : 1;
	for (let time = 0; time < times; time++) {
		tellConversation(place, 'conversation_updated', conversation, { changed_attributes: changeList(changes) });
	}
}

/** Queues an event whose body is the conversation. */
export function tellConversation(
	place: Workplace,
	event: string,
	conversation: Conversation,
	more: WireObject = {},
): void {
	place.outbox.dispatch(event, conversation.displayId, (now) => ({
		...conversationObject(conversation, now),
		event,
		...more,
	}));
}

/** Saves a contact, and queues `contact_updated` where anything changed; city and country are copied into columns. */
export function saveContact(place: Workplace, contact: Contact, values: Partial<Contact>): void {
	const after = { ...contact, ...values };
	const changes = save(contactColumns, contact, place.clock.tick(), {
		...values,
		location: textOf(after.additionalAttributes.city) ?? after.location,
		countryCode: textOf(after.additionalAttributes.country) ?? after.countryCode,
		contactType: after.email !== null || after.phoneNumber !== null ? 'lead' : after.contactType,
	});
	keepAsStored(contact, values);
	place.outbox.dispatch('contact_updated', null, () => ({
		...contactObject(contact),
		event: 'contact_updated',
		changed_attributes: changeList(changes),
	}));
}

type Attributes = Pick<Conversation, 'additionalAttributes' | 'customAttributes'>;

/** The diff shows an object as it was written, every later body as the database gives it back. */
function keepAsStored(row: Attributes, values: Partial<Attributes>): void {
	if (values.additionalAttributes) row.additionalAttributes = storedJson(row.additionalAttributes);
	if (values.customAttributes) row.customAttributes = storedJson(row.customAttributes);
}

function textOf(value: WireValue | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** `changed_attributes` as it is written (5.1). */
export function changeList(changes: readonly Change[]): WireObject[] {
	return changes.map(({ attribute, previous, current }) => ({
		[attribute]: { previous_value: previous, current_value: current },
	}));
}

function save<Row extends { updatedAt: Moment }>(
	columns: readonly Column<Row>[],
	row: Row,
	now: Moment,
	values: Partial<Row>,
): Change[] {
	const before = columns.map(({ read }) => read(row));
	Object.assign(row, values);
	row.updatedAt = now;
	return columns.flatMap(({ name, read, isTime }, index): Change[] => {
		const previous = before[index]!;
		const current = read(row);
		if (previous === current) return [];
		return [{ attribute: name, previous: written(previous, isTime), current: written(current, isTime) }];
	});
}

function written(value: WireValue, isTime: true | undefined): WireValue {
	return isTime && typeof value === 'number' ? isoTime(value) : value;
}
