import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { samples } from '../../test/deliveries';
import { scanJson } from '../json/scan';
import { find, stringValue } from '../json/document';
import { ChangeList } from './change-list';
import { changeWords } from './change-words';
import { conversationBefore } from './conversation-before';

// What the page shows as local time is that of this zone.
beforeAll(() => vi.stubEnv('TZ', 'Europe/Amsterdam'));
afterAll(() => vi.unstubAllEnvs());

/** What the Changes tab says of a body: the rows as sent, then what the body before could not have. */
function wordsOf(body: Uint8Array): string[] {
	const result = scanJson(body);
	if (!result.ok) throw new Error(result.error.message);
	const { document } = result;
	const event = stringValue(document, find(document, 'event'));
	const list = new ChangeList(document, event);
	const rows = list.changes.map((change) => changeWords(change.attribute, list.contentOf(change)));
	const { notShown } = conversationBefore(document, event);
	return [
		...(list.words === null ? [] : [list.words]),
		...(list.countWords === '' ? [] : [list.countWords]),
		...(list.isCreation ? [list.creationWords] : []),
		...rows,
		...notShown.map(({ attribute, reason }) => `not in the body: ${attribute}, ${reason}`),
	];
}

const touchedAsIso =
	'updated_at: 9 June 2026, 12:38:20 ("2026-06-09T10:38:20.110Z") → 9 June 2026, 12:39:05 ("2026-06-09T10:39:05.912Z"), 45.8 s later';
const touched =
	'updated_at: 9 June 2026, 12:38:20 ("2026-06-09T10:38:20.110Z") → 9 June 2026, 12:39:05 ("2026-06-09T10:39:05.912Z", 1781001545.912334 in the body), 45.8 s later';
const messageUpdated = '`message_updated` never says what changed. The last known state of the message can tell.';
const statusChanged =
	'`changed_attributes` is null, as always in `conversation_status_changed`: Chatwoot asks for the changes after the save, when there are none left. The `conversation_updated` of the same save lists them.';

const expected: Record<string, string[]> = {
	'contact_updated--blocked': [
		'1 change, 1 rides along',
		'blocked: false → true',
		touchedAsIso,
		'not in the body: updated_at, the body of a contact has no times',
	],
	'contact_updated--custom-attributes': [
		'1 change, 1 rides along',
		'custom_attributes: 2 members added',
		touchedAsIso,
		'not in the body: updated_at, the body of a contact has no times',
	],
	'contact_updated--last-activity-only': [
		'Only times changed: nothing that people did. Chatwoot sends this after every incoming message of a contact.',
		'1 change, 1 rides along',
		'last_activity_at: 8 June 2026, 10:59:59 ("2026-06-08T08:59:59.500Z") → 9 June 2026, 12:39:05 ("2026-06-09T10:39:05.900Z"), 1 d 2 h later',
		touchedAsIso,
		'not in the body: updated_at, the body of a contact has no times',
		'not in the body: last_activity_at, the body of a contact has no times',
	],
	'contact_updated--profile-edited': [
		'5 changes, 1 rides along',
		'name: "Bao Lindqvist" → "Bao Lindqvist-Ray"',
		'email: "bao@example.com" → "bao.ray@example.com"',
		'additional_attributes: 6 members added',
		'location: none → "Malmö"',
		'country_code: none → "Sweden"',
		touchedAsIso,
		'not in the body: updated_at, the body of a contact has no times',
		'not in the body: location, the body has it only as `additional_attributes.city`',
		'not in the body: country_code, the body has it only as `additional_attributes.country`',
	],
	'conversation_status_changed--documented-object': [
		'`conversation_status_changed` says that the status is another one, not what it was. The `conversation_updated` of the same save lists it. `changed_attributes` itself is missing here: releases since 2.4.0 send null.',
	],
	'conversation_status_changed--pending-api-4-6': [statusChanged],
	'conversation_status_changed--resolved-null-changes': [statusChanged],
	'conversation_status_changed--snoozed': [statusChanged],
	'conversation_updated--agent-bot-assigned': [
		'1 change, 1 rides along',
		'assignee_agent_bot_id: none → Parcel Bot #5',
		touched,
	],
	'conversation_updated--assignee-assigned': ['1 change, 1 rides along', 'assignee_id: none → Ana Petrov #31', touched],
	'conversation_updated--assignee-removed': ['1 change, 1 rides along', 'assignee_id: #31 → none', touched],
	'conversation_updated--conversation-language': [
		'Nothing that people did: Chatwoot noticed the language, or the state of a call.',
		'1 change, 1 rides along',
		'additional_attributes: 1 member added',
		touched,
	],
	'conversation_updated--creation-burst': [
		'11 changes, 1 rides along',
		'The whole creation: 11 attributes, from nothing',
		'id: none → 55812',
		'account_id: none → Northwind Outfitters #7',
		'inbox_id: none → #11',
		'status: open → pending',
		'created_at: none → 9 June 2026, 12:00:00 ("2026-06-09T10:00:00.155Z", 1780999200 in the body)',
		'contact_id: none → quiet-meadow-871 #518',
		'additional_attributes: 4 members added',
		'contact_inbox_id: none → 4401',
		'uuid: none → "0b8a7c52-0000-4000-8000-000000001401"',
		'last_activity_at: none → 9 June 2026, 12:00:00 ("2026-06-09T10:00:00.151Z", 1780999200 in the body)',
		'waiting_since: none → 9 June 2026, 12:00:00 ("2026-06-09T10:00:00.155Z", 1780999200 in the body)',
		'updated_at: none → 9 June 2026, 12:00:00 ("2026-06-09T10:00:00.155Z", 1780999200.230474 in the body)',
		'not in the body: id, it is the number in the database; the body’s `id` counts within the account',
		'not in the body: uuid, the body has no such member',
	],
	'conversation_updated--custom-attributes-nested': [
		'1 change, 1 rides along',
		'custom_attributes: 1 member added, 2 changed',
		touched,
	],
	'conversation_updated--documented-object': ['1 change', 'status: open → resolved'],
	'conversation_updated--first-reply-and-waiting': [
		'2 changes, 1 rides along',
		'first_reply_created_at: none → 9 June 2026, 12:02:00 ("2026-06-09T10:02:00.550Z")',
		'waiting_since: 9 June 2026, 12:00:00 ("2026-06-09T10:00:00.155Z") → none (null, 0 in the body)',
		touched,
	],
	'conversation_updated--labels-added': [
		'1 change, 2 ride along',
		'label_list: delivery, + vip',
		touched,
		'cached_label_list: says the same as label_list',
		'not in the body: cached_label_list, the body has the labels only as a list',
	],
	'conversation_updated--labels-cleared': [
		'1 change, 2 ride along',
		'label_list: − vip',
		touched,
		'cached_label_list: says the same as label_list',
		'not in the body: cached_label_list, the body has the labels only as a list',
	],
	'conversation_updated--priority-urgent': ['1 change, 1 rides along', 'priority: none → urgent', touched],
	'conversation_updated--seen-timestamps-with-assignee': [
		'3 changes, 1 rides along',
		'assignee_id: none → Ana Petrov #31',
		'agent_last_seen_at: none → 9 June 2026, 12:39:05 ("2026-06-09T10:39:05.900Z", 1781001545 in the body)',
		'assignee_last_seen_at: none → 9 June 2026, 12:39:05 ("2026-06-09T10:39:05.900Z")',
		touched,
		'not in the body: assignee_last_seen_at, the body has no such member',
	],
	'conversation_updated--sla-null-changed-attributes': [
		'`changed_attributes` is null: only the state of an SLA changed, which is no attribute of the conversation (enterprise, since 3.8.0).',
	],
	'conversation_updated--snoozed-until': [
		'2 changes, 1 rides along',
		'status: open → snoozed',
		'snoozed_until: none → 10 June 2026, 12:00:00 ("2026-06-10T10:00:00.000Z")',
		touched,
	],
	'conversation_updated--status-resolved': ['1 change, 1 rides along', 'status: open → resolved', touched],
	'conversation_updated--team-with-auto-assignee': [
		'2 changes, 1 rides along',
		'assignee_id: #31 → Joel Okafor #32',
		'team_id: none → returns #4',
		touched,
	],
	'conversation_updated--waiting-since-touch': [
		'Only times changed: nothing that people did. The waiting clock starts and stops with messages.',
		'1 change, 1 rides along',
		'waiting_since: none → 9 June 2026, 12:39:05 ("2026-06-09T10:39:05.900Z", 1781001545 in the body)',
		touched,
	],
	'inbox_updated--reauthorization-required': [
		'1 change',
		'reauthorization_required: false → true',
		'not in the body: reauthorization_required, it is no column of the inbox, and the body has no such member',
	],
	'inbox_updated--whatsapp-settings': [
		'2 changes, 1 rides along',
		'greeting_enabled: false → true',
		'greeting_message: none → "Hi! 👋"',
		touchedAsIso,
	],
	'message_updated--deleted': [messageUpdated],
	'message_updated--documented-object': [messageUpdated],
	'message_updated--email-collected': [messageUpdated],
	'message_updated--failed-external-error': [messageUpdated],
	'message_updated--form-submitted': [messageUpdated],
	'message_updated--input-select-submitted': [messageUpdated],
	'message_updated--read-receipt': [messageUpdated],
};

const events = [
	'conversation_updated',
	'conversation_status_changed',
	'contact_updated',
	'inbox_updated',
	'message_updated',
];
const listed = samples().filter(({ name }) => events.includes(name.split('--', 1)[0]!));

test('every file of an event that is about a change has its words below', () => {
	expect(Object.keys(expected)).toEqual(listed.map(({ name }) => name));
});

for (const { name, body } of listed) {
	test(`${name} reads as the page shows it`, () => {
		expect(wordsOf(body)).toEqual(expected[name]);
	});
}
