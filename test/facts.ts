import type { JsonValue } from '../src/json/value';

/**
 * What ground truth says of a member, for tests alone: written from the tables of sections 4 and 5 without a look at
 * the contract in `src`, so that a mistake there is not repeated here.
 */
export interface Fact {
	/**
	 * `id` (integer above 0), `integer`, `number`, `text`, `boolean`, `unix` (whole seconds), `seconds` (with fraction),
	 * `iso`, `word` (one of `values`), `open` (an object that callers fill freely), `free` (anything), `object`, `list`.
	 */
	kind: string;
	/** May be null. */
	isNullable: boolean;
	/** May be absent in releases that know it. */
	isOptional: boolean;
	/** The first release that has it; null when it is older than 1.8.0. */
	since: string | null;
	/** The table of an object or of a list's items (an attachment may be null, 4.1), or the words that are allowed. */
	argument: string | null;
}

/** One value in a body, and what the facts say of it. */
export interface Place {
	path: (string | number)[];
	value: JsonValue;
	/** The table that its holder follows, and its name there: `Conversation.status`; items of lists are `[]`. */
	name: string;
	/** Null when the tables do not know the member. */
	fact: Fact | null;
}

const words: Record<string, string> = {
	contentType:
		'text input_text input_textarea input_email input_select cards form article incoming_email input_csat integrations sticker voice_call',
	fileType: 'image video file audio location fallback contact share story_mention ig_reel ig_post ig_story embed',
	messageType: 'incoming outgoing template',
	messageNumber: '0 1 3',
	status: 'open resolved pending snoozed',
	sending: 'sent delivered read failed',
	senderType: 'Contact User AgentBot Captain::Assistant',
	priority: 'low medium high urgent',
	availability: 'online offline busy',
};

/** `kind`, `?` when null is allowed, `~` when it may be absent, then the argument, then `@` and the first release. */
const tables: Record<string, Record<string, string>> = {
	// 4.1
	Message: {
		account: 'object Account',
		additional_attributes: 'open? @2.6.0',
		content_attributes: 'open',
		content_type: 'word? contentType',
		content: 'text?',
		conversation: 'object Conversation',
		created_at: 'iso',
		id: 'id',
		inbox: 'object Inbox',
		message_type: 'word messageType',
		private: 'boolean',
		sender: 'object? Person',
		source_id: 'text?',
		attachments: 'list~ Attachment @2.10.0',
		event: 'word',
	},
	// 4.2
	NestedMessage: {
		id: 'id',
		content: 'text?',
		account_id: 'id',
		inbox_id: 'id',
		conversation_id: 'id',
		message_type: 'word messageNumber',
		created_at: 'unix',
		updated_at: 'iso',
		private: 'boolean',
		status: 'word? sending',
		source_id: 'text?',
		content_type: 'word? contentType',
		content_attributes: 'open',
		sender_type: 'word? senderType',
		sender_id: 'id?',
		external_source_ids: 'open?',
		additional_attributes: 'open? @2.6.0',
		processed_message_content: 'text? @2.18.0',
		sentiment: 'open? @3.0.0',
		conversation: 'object? SmallConversation @1.22.0',
		attachments: 'list~ Attachment',
		sender: 'object~ PushPerson',
		call: 'object~ Call @4.14.0',
	},
	SmallConversation: {
		assignee_id: 'id? @1.22.0',
		unread_count: 'integer @2.12.1',
		last_activity_at: 'unix @2.17.0',
		contact_inbox: 'object SmallContactInbox @3.0.0',
	},
	SmallContactInbox: { source_id: 'text' },
	Call: {
		id: 'id',
		provider_call_id: 'free~',
		provider: 'word~ twilio whatsapp',
		direction: 'word~ incoming outgoing',
		status: 'free~',
		duration_seconds: 'free~',
		end_reason: 'free~',
		conference_sid: 'free~',
		accepted_by_agent_id: 'free~',
		accepted_by_agent_name: 'free~',
		started_at: 'unix?~',
		ended_at: 'unix?~',
		from_number: 'free~',
		to_number: 'free~',
		recording_url: 'free~',
		transcript: 'free~',
	},
	// 4.3
	Conversation: {
		additional_attributes: 'open?',
		can_reply: 'boolean',
		channel: 'text?',
		contact_inbox: 'object? ContactInbox @1.13.0',
		id: 'id',
		inbox_id: 'id',
		messages: 'list NestedMessage',
		labels: 'list text @2.11.0',
		meta: 'object Meta',
		status: 'word status',
		custom_attributes: 'open @2.2.0',
		snoozed_until: 'iso? @1.21.0',
		unread_count: 'integer',
		first_reply_created_at: 'iso? @2.12.0',
		priority: 'word? priority @2.17.0',
		waiting_since: 'unix @3.0.0',
		agent_last_seen_at: 'unix',
		contact_last_seen_at: 'unix',
		last_activity_at: 'unix @3.11.1',
		timestamp: 'unix',
		created_at: 'unix @2.14.0',
		updated_at: 'seconds @4.0.2',
		account: 'object Account @4.14.2',
		applied_sla: 'object?~ AppliedSla @3.8.0',
		sla_events: 'list~ SlaEvent @3.8.0',
		sla_policy_id: 'id?~ @3.8.0',
	},
	// 4.5
	Meta: {
		sender: 'object PushContact',
		assignee: 'object? Assignee',
		assignee_type: 'word? User AgentBot @4.8.0',
		team: 'object? Team @2.8.0',
		hmac_verified: 'boolean? @1.22.1',
	},
	Team: { id: 'id', name: 'text' },
	// 4.6
	ContactInbox: {
		id: 'id',
		contact_id: 'id',
		inbox_id: 'id',
		source_id: 'text',
		created_at: 'iso',
		updated_at: 'iso',
		hmac_verified: 'boolean',
		pubsub_token: 'text? @1.22.1',
	},
	// 4.7
	Widget: {
		id: 'id',
		contact: 'object? Contact',
		inbox: 'object Inbox',
		account: 'object Account',
		current_conversation: 'object? Conversation',
		source_id: 'text',
		event: 'word',
		event_info: 'object EventInfo',
	},
	// 4.8
	Contact: {
		account: 'object Account @1.21.0',
		additional_attributes: 'open? @2.14.0',
		avatar: 'text',
		custom_attributes: 'open @2.14.0',
		email: 'text? @2.14.0',
		id: 'id',
		identifier: 'text? @2.14.0',
		name: 'text?',
		phone_number: 'text? @2.14.0',
		thumbnail: 'text @2.14.0',
		blocked: 'boolean @4.0.2',
	},
	PushContact: {
		additional_attributes: 'open?',
		custom_attributes: 'open @1.18.0',
		email: 'text?',
		id: 'id',
		identifier: 'text?',
		name: 'text?',
		phone_number: 'text?',
		thumbnail: 'text',
		blocked: 'boolean @4.0.2',
		type: 'word contact',
	},
	// 4.9, 4.10
	User: { id: 'id', name: 'text', email: 'text', type: 'word user' },
	PushUser: {
		id: 'id',
		name: 'text',
		available_name: 'text',
		avatar_url: 'text',
		type: 'word user',
		availability_status: 'word? availability',
		thumbnail: 'text @1.20.0',
	},
	Bot: { id: 'id', name: 'text?', type: 'word agent_bot' },
	PushBot: { id: 'id', name: 'text?', avatar_url: 'text?', type: 'word agent_bot' },
	Captain: {
		id: 'id',
		name: 'text',
		avatar_url: 'text',
		description: 'text',
		created_at: 'iso',
		type: 'word captain_assistant',
	},
	Inbox: { id: 'id', name: 'text' },
	Account: { id: 'id', name: 'text' },
	// 4.11.3
	InboxEvent: {
		allow_messages_after_resolved: 'boolean',
		lock_to_single_conversation: 'boolean',
		enable_auto_assignment: 'boolean',
		enable_email_collect: 'boolean',
		greeting_enabled: 'boolean',
		csat_survey_enabled: 'boolean',
		working_hours_enabled: 'boolean',
		auto_assignment_config: 'open',
		greeting_message: 'text?',
		out_of_office_message: 'text?',
		business_name: 'text?',
		sender_name_type: 'word friendly professional',
		timezone: 'text',
		working_hours: 'list WorkingHour',
		created_at: 'iso',
		updated_at: 'iso',
		channel: 'open',
		account: 'object Account @4.14.2',
		event: 'word',
	},
	WorkingHour: {
		id: 'id',
		inbox_id: 'id',
		account_id: 'id',
		day_of_week: 'integer',
		closed_all_day: 'boolean',
		open_hour: 'integer?',
		open_minutes: 'integer?',
		close_hour: 'integer?',
		close_minutes: 'integer?',
		created_at: 'iso',
		updated_at: 'iso',
		open_all_day: 'boolean',
	},
	// 4.13
	AccountEvent: { id: 'id', name: 'text', event: 'word', users: 'list User @1.12.0' },
	// 4.14
	Attachment: {
		id: 'id',
		message_id: 'id',
		file_type: 'word fileType',
		account_id: 'id',
		extension: 'text?',
		content_type: 'text @4.13.0',
		data_url: 'text',
		thumb_url: 'text',
		file_size: 'integer @2.7.0',
		width: 'number? @3.7.0',
		height: 'number? @3.7.0',
		transcribed_text: 'text @4.3.0',
	},
	OtherAttachment: {
		id: 'id',
		message_id: 'id',
		file_type: 'word fileType',
		account_id: 'id',
		coordinates_lat: 'number',
		coordinates_long: 'number',
		fallback_title: 'text?',
		data_url: 'text?',
		meta: 'open @4.0.2',
	},
	// 4.17
	AppliedSla: {
		id: 'id',
		sla_id: 'id',
		sla_status: 'word active hit missed active_with_misses',
		created_at: 'unix',
		updated_at: 'unix',
		sla_description: 'text?',
		sla_name: 'text',
		sla_first_response_time_threshold: 'number?',
		sla_next_response_time_threshold: 'number?',
		sla_resolution_time_threshold: 'number?',
		sla_only_during_business_hours: 'boolean',
	},
	SlaEvent: { id: 'id', event_type: 'word frt nrt rt', meta: 'open', created_at: 'unix', updated_at: 'unix' },
	// 4.18: what comes before `widget_language` is the browser's word.
	EventInfo: {
		initiated_at: 'object?~ InitiatedAt @1.16.1',
		referer: 'text?~ @1.16.1',
		widget_language: 'text?',
		browser_language: 'text?',
		browser: 'object Browser',
	},
	InitiatedAt: { timestamp: 'text?~' },
	Browser: {
		browser_name: 'text',
		browser_version: 'text',
		device_name: 'text',
		platform_name: 'text',
		platform_version: 'text',
	},
	// 4.19
	Typing: {
		event: 'word',
		user: 'object Person',
		conversation: 'object Conversation',
		is_private: 'boolean',
	},
};

/** The guide's own objects (webhook-docs.md): nothing may be absent, and null stands only beside `source_id`. */
const guideTables: Record<string, Record<string, string>> = {
	Account: { id: 'integer', name: 'text' },
	Inbox: { id: 'integer', name: 'text' },
	Contact: { id: 'integer', name: 'text', avatar: 'text', type: 'word contact', account: 'object Account' },
	User: { id: 'integer', name: 'text', email: 'text', type: 'word user' },
	Conversation: {
		additional_attributes: 'object AdditionalAttributes',
		can_reply: 'boolean',
		channel: 'text',
		id: 'integer',
		inbox_id: 'integer',
		contact_inbox: 'object ContactInbox',
		messages: 'list Message',
		meta: 'object Meta',
		status: 'text',
		unread_count: 'integer',
		agent_last_seen_at: 'number',
		contact_last_seen_at: 'number',
		timestamp: 'number',
		account_id: 'integer',
		event: 'word',
	},
	AdditionalAttributes: { browser: 'object Browser', referer: 'text', initiated_at: 'object InitiatedAt' },
	InitiatedAt: { timestamp: 'iso' },
	Browser: tables.Browser!,
	ContactInbox: {
		id: 'integer',
		contact_id: 'integer',
		inbox_id: 'integer',
		source_id: 'text',
		created_at: 'iso',
		updated_at: 'iso',
		hmac_verified: 'boolean',
	},
	Meta: { sender: 'object Contact', assignee: 'object User' },
	Message: {
		id: 'integer',
		content: 'text',
		message_type: 'integer',
		created_at: 'number',
		private: 'boolean',
		source_id: 'text?',
		content_type: 'text',
		content_attributes: 'open',
		sender: 'object Person',
		account: 'object Account',
		conversation: 'object Conversation',
		inbox: 'object Inbox',
		event: 'word',
	},
	Widget: {
		id: 'free',
		contact: 'object Contact',
		inbox: 'object Inbox',
		account: 'object Account',
		current_conversation: 'object Conversation',
		source_id: 'text',
		event: 'word',
		event_info: 'object EventInfo',
	},
	EventInfo: {
		initiated_at: 'object DateString',
		referer: 'text',
		widget_language: 'text',
		browser_language: 'text',
		browser: 'object Browser',
	},
	DateString: { timestamp: 'text' },
	Typing: { event: 'word', user: 'object Person', conversation: 'object Conversation', is_private: 'boolean' },
};

/** 5.2: the attributes whose values have a known form; of all others anything is right. */
const changedValues: Record<string, Record<string, string>> = {
	conversation: {
		status: 'word status',
		assignee_id: 'id?',
		assignee_agent_bot_id: 'id? @4.8.0',
		team_id: 'id?',
		snoozed_until: 'iso?',
		custom_attributes: 'open',
		label_list: 'list text @2.11.0',
		first_reply_created_at: 'iso? @2.12.0',
		priority: 'word? priority @2.17.0',
		waiting_since: 'iso? @3.0.0',
		additional_attributes: 'open? @2.16.0',
		sla_policy_id: 'id? @3.8.0',
		cached_label_list: 'text? @3.4.0',
		updated_at: 'iso',
		last_activity_at: 'iso?',
		created_at: 'iso?',
		agent_last_seen_at: 'iso?',
		contact_last_seen_at: 'iso?',
		assignee_last_seen_at: 'iso?',
	},
	contact: {
		name: 'text?',
		email: 'text?',
		phone_number: 'text?',
		identifier: 'text?',
		additional_attributes: 'open?',
		custom_attributes: 'open',
		blocked: 'boolean @4.0.2',
		last_activity_at: 'iso?',
		updated_at: 'iso',
	},
	inbox: { updated_at: 'iso', sender_name_type: 'word friendly professional' },
};

/** Releases in which an event first left as a webhook (section 3). */
const eventSince: [name: RegExp, since: string][] = [
	[/^conversation_typing_/, '4.2.0'],
	[/^conversation_updated$/, '2.4.0'],
	[/^conversation_created$/, '2.2.0'],
	[/^conversation_status_changed$/, '1.16.1'],
	[/^contact_/, '2.14.0'],
	[/^inbox_/, '3.2.0'],
	[/^automation_event/, '2.5.0'],
	[/^macro\./, '4.1.0'],
];

/** The first release that sends an event; null when all since 1.8.0 do. */
export function firstReleaseOf(event: string): string | null {
	return eventSince.find(([name]) => name.test(event))?.[1] ?? null;
}

/** Reads the notation of the tables. */
function readFact(text: string): Fact {
	const [, kind, marks, rest] = /^(\w+)([?~]*)\s*(.*)$/.exec(text)!;
	const [argument, since] = rest!.split('@');
	return {
		kind: kind!,
		isNullable: marks!.includes('?'),
		isOptional: marks!.includes('~'),
		since: since ?? null,
		argument: argument!.trim() || null,
	};
}

const parsed = new Map<string, Fact>();

function factFrom(text: string | undefined): Fact | null {
	if (text === undefined) return null;
	let fact = parsed.get(text);
	if (!fact) parsed.set(text, (fact = readFact(text)));
	return fact;
}

/** The words that a `word` may be; null when the facts do not close the list. */
export function wordsOf(fact: Fact): string[] | null {
	if (fact.kind !== 'word' || fact.argument === null) return null;
	return (words[fact.argument] ?? fact.argument).split(' ');
}

/** -1, 0 or 1: releases such as `4.8.0` in their order. */
export function compareReleases(left: string, right: string): number {
	const rightParts = right.split('.').map(Number);
	for (const [index, part] of left.split('.').map(Number).entries()) {
		const difference = part - (rightParts[index] ?? 0);
		if (difference !== 0) return Math.sign(difference);
	}
	return 0;
}

/** Whether a value is an object, and no array. */
export function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name of a body's event; empty when it has none. */
export function eventOf(body: { [name: string]: JsonValue }): string {
	return typeof body.event === 'string' ? body.event : '';
}

/** Whose words a body follows. */
export type Form = 'wire' | 'guide';

/** The place of every value in a body of that form, root excluded, in the order of the text. */
export function placesOf(body: { [name: string]: JsonValue }, form: Form = 'wire'): Place[] {
	const event = eventOf(body);
	const places: Place[] = [];
	const root = rootTable(event);
	for (const [name, value] of Object.entries(body)) {
		const text = name === 'event' ? 'word' : tablesOf(form)[root]![name];
		if (name === 'changed_attributes') visitChanges(value, event, form, places);
		else visit([name], value, `${root}.${name}`, factFrom(text), form, places);
	}
	return places;
}

function tablesOf(form: Form): Record<string, Record<string, string>> {
	return form === 'wire' ? tables : guideTables;
}

/** The table that the members of an event's body follow. */
export function rootTable(event: string): string {
	if (event.startsWith('message_')) return 'Message';
	if (event.startsWith('conversation_typing_')) return 'Typing';
	if (event.startsWith('contact_')) return 'Contact';
	if (event.startsWith('inbox_')) return 'InboxEvent';
	if (event.startsWith('account_')) return 'AccountEvent';
	if (event === 'webwidget_triggered') return 'Widget';
	return 'Conversation';
}

function visit(
	path: (string | number)[],
	value: JsonValue,
	name: string,
	fact: Fact | null,
	form: Form,
	places: Place[],
): void {
	places.push({ path, value, name, fact });
	const isFree = fact?.kind === 'open' || fact?.kind === 'free';
	const known = tablesOf(form);
	if (Array.isArray(value)) {
		const argument = fact?.kind === 'list' ? fact.argument : null;
		const itemText = isFree
			? 'free'
			: argument !== null && argument in known
				? `object${argument === 'Attachment' ? '?' : ''} ${argument}`
				: argument;
		for (const [index, item] of value.entries()) {
			visit([...path, index], item, `${name}[]`, factFrom(itemText ?? undefined), form, places);
		}
	} else if (isObject(value)) {
		const table = fact?.kind === 'object' ? tableFor(fact.argument!, value, form) : null;
		for (const [member, child] of Object.entries(value)) {
			const text = isFree ? 'free' : table === null ? undefined : known[table]![member];
			visit([...path, member], child, isFree ? `${name}.*` : `${table}.${member}`, factFrom(text), form, places);
		}
	}
}

/** Which of several tables an object follows, by what it is. */
function tableFor(argument: string, value: { [name: string]: JsonValue }, form: Form): string {
	if (argument === 'Attachment') return 'extension' in value || 'file_size' in value ? 'Attachment' : 'OtherAttachment';
	if (argument === 'Person' || argument === 'PushPerson' || argument === 'Assignee') {
		const isPush = argument !== 'Person';
		if (form === 'guide') return value.type === 'user' ? 'User' : 'Contact';
		if (value.type === 'user') return isPush ? 'PushUser' : 'User';
		if (value.type === 'agent_bot') return isPush ? 'PushBot' : 'Bot';
		if (value.type === 'captain_assistant') return 'Captain';
		return isPush ? 'PushContact' : 'Contact';
	}
	return argument;
}

/** 5.1: an array of one-member objects; null where nothing is listed. */
function visitChanges(value: JsonValue, event: string, form: Form, places: Place[]): void {
	const isList = form === 'guide' || event === 'contact_updated' || event === 'inbox_updated';
	const path = ['changed_attributes'];
	places.push({ path, value, name: 'changed_attributes', fact: factFrom(isList ? 'list~' : 'list?~') });
	if (!Array.isArray(value)) return;
	const known = (form === 'wire' ? changedValues[event.split('_')[0]!] : undefined) ?? {};
	for (const [index, item] of value.entries()) {
		places.push({ path: [...path, index], value: item, name: 'Change', fact: factFrom('object Change') });
		for (const [attribute, change] of Object.entries(item as Record<string, JsonValue>)) {
			places.push({
				path: [...path, index, attribute],
				value: change,
				name: `Change.${attribute}`,
				fact: factFrom('object ChangedValue'),
			});
			for (const [member, side] of Object.entries(change as Record<string, JsonValue>)) {
				const fact = factFrom(known[attribute] ?? 'free');
				visit([...path, index, attribute, member], side, `Change.${attribute}.${member}`, fact, form, places);
			}
		}
	}
}
