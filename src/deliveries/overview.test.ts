import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, samples } from '../../test/deliveries';
import { scanJson } from '../json/scan';
import type { DeliveryDetail } from './api';
import type { Delivery } from './delivery';
import { describeDelivery, type Overview } from './overview';
import { summarize } from './summary';

const allSamples = samples();
const arrival = Date.parse('2026-06-09T10:39:06.000Z');

function overviewOf(facts: Partial<Delivery>, state: Partial<DeliveryDetail['state']> = {}): Overview {
	const delivery: Delivery = {
		endpoint: 'main',
		receivedAt: arrival,
		method: 'POST',
		target: '/hooks/main',
		headers: [],
		body: bytes(''),
		truncation: null,
		...facts,
	};
	const { headers, target, body, truncation } = delivery;
	const detail: DeliveryDetail = {
		...summarize(delivery),
		id: 1,
		state: { answer: { status: 200, milliseconds: 3 }, isPinned: false, note: null, signature: null, ...state },
		target,
		headers,
		bodySize: body.length,
		truncation,
		answer: null,
	};
	const scan = detail.kind === 'json' ? scanJson(body) : null;
	return describeDelivery(detail, scan?.ok ? scan.document : null);
}

function ofSample(name: string, state?: Partial<DeliveryDetail['state']>): Overview {
	const sample = allSamples.find((candidate) => candidate.name === name);
	if (sample === undefined) throw new Error(`There is no sample ${name}.`);
	return overviewOf({ headers: Object.entries(sample.headers), body: sample.body }, state);
}

function fact(overview: Overview, label: string): string | undefined {
	return overview.facts.find((candidate) => candidate.label === label)?.value;
}

const headings: Record<string, string> = {
	'account_created--installation': 'Account Second Account was created.',
	'automation_event.message_created--webwidget':
		'An automation rule ran on conversation #1401, triggered by message_created.',
	'contact_created--email': 'Contact Odile Marchetti was created.',
	'contact_created--webwidget': 'Contact quiet-meadow-871 was created.',
	'contact_updated--blocked': 'Contact Teo Brandt was blocked.',
	'contact_updated--custom-attributes': 'Contact quiet-meadow-871 was changed: custom_attributes.',
	'contact_updated--last-activity-only': 'Contact Teo Brandt was active.',
	'contact_updated--profile-edited':
		'Contact Bao Lindqvist-Ray was changed: name, email, additional_attributes, location, country_code.',
	'conversation_created--documented-object': 'Conversation #5 with Pat Example was created.',
	'conversation_created--email': 'Conversation #1461 with Odile Marchetti was created.',
	'conversation_created--sla-enterprise': 'Conversation #1401 with quiet-meadow-871 was created.',
	'conversation_created--template-message-first': 'Conversation #1462 with quiet-meadow-871 was created.',
	'conversation_created--webwidget': 'Conversation #1401 with quiet-meadow-871 was created.',
	'conversation_created--whatsapp-no-messages': 'Conversation #1460 with Teo Brandt was created.',
	'conversation_opened--agent-bot': 'Conversation #1401 was opened.',
	'conversation_resolved--agent-bot': 'Conversation #1401 was resolved.',
	'conversation_status_changed--documented-object': 'The status of conversation #5 changed to resolved.',
	'conversation_status_changed--pending-api-4-6': 'The status of conversation #1440 changed to pending.',
	'conversation_status_changed--resolved-null-changes': 'The status of conversation #1401 changed to resolved.',
	'conversation_status_changed--snoozed': 'The status of conversation #1401 changed to snoozed.',
	'conversation_typing_off--agent-bot': 'Parcel Bot (agent bot) stopped typing a reply in conversation #1401.',
	'conversation_typing_off--agent': 'Joel Okafor stopped typing a reply in conversation #1401.',
	'conversation_typing_off--contact-api-4-6': 'Bao Lindqvist stopped typing in conversation #1440.',
	'conversation_typing_off--documented-object': 'Agent Example stopped typing a private note in conversation #5.',
	'conversation_typing_on--agent-private-note': 'Ana Petrov is typing a private note in conversation #1401.',
	'conversation_typing_on--agent': 'Ana Petrov is typing a reply in conversation #1401.',
	'conversation_typing_on--captain-assistant':
		'Captain Scout (Captain assistant) is typing a reply in conversation #1401.',
	'conversation_typing_on--contact-widget': 'quiet-meadow-871 is typing in conversation #1401.',
	'conversation_typing_on--documented-object': 'Agent Example is typing a private note in conversation #5.',
	'conversation_updated--agent-bot-assigned': 'Conversation #1401 was given to the agent bot Parcel Bot.',
	'conversation_updated--assignee-assigned': 'Conversation #1401 was assigned to Ana Petrov.',
	'conversation_updated--assignee-removed': 'Conversation #1401 no longer has an agent.',
	'conversation_updated--conversation-language': 'The additional attributes of conversation #1401 changed.',
	'conversation_updated--creation-burst': 'Conversation #1401 was created; all its first values are listed as changes.',
	'conversation_updated--custom-attributes-nested': 'The custom attributes of conversation #1401 changed.',
	'conversation_updated--documented-object': 'The status of conversation #5 changed from open to resolved.',
	'conversation_updated--first-reply-and-waiting': 'Conversation #1401 got its first reply; 1 more attribute changed.',
	'conversation_updated--labels-added': 'The labels of conversation #1401 changed: vip added.',
	'conversation_updated--labels-cleared': 'The labels of conversation #1401 changed: vip removed.',
	'conversation_updated--priority-urgent': 'The priority of conversation #1401 changed from none to urgent.',
	'conversation_updated--seen-timestamps-with-assignee':
		'Conversation #1401 was assigned to Ana Petrov; 2 more attributes changed.',
	'conversation_updated--sla-null-changed-attributes': 'The SLA status of conversation #1401 changed.',
	'conversation_updated--snoozed-until':
		'The status of conversation #1401 changed from open to snoozed; 1 more attribute changed.',
	'conversation_updated--status-resolved': 'The status of conversation #1401 changed from open to resolved.',
	'conversation_updated--team-with-auto-assignee':
		'Conversation #1401 was assigned to Joel Okafor; 1 more attribute changed.',
	'conversation_updated--waiting-since-touch': 'The waiting clock of conversation #1401 started.',
	'inbox_created--api-channel': 'Inbox 19 was created.',
	'inbox_updated--reauthorization-required': 'Inbox 12 must be authorised again.',
	'inbox_updated--whatsapp-settings': 'Inbox 13 was changed: greeting_enabled, greeting_message.',
	'macro.executed--webwidget': 'A macro ran on conversation #1401.',
	'message_created--activity-relayed': 'An activity message was added in conversation #1440.',
	'message_created--agent-bot-article': 'Parcel Bot (agent bot) replied in conversation #1450.',
	'message_created--agent-bot-cards': 'Parcel Bot (agent bot) replied in conversation #1450.',
	'message_created--agent-bot-form': 'Parcel Bot (agent bot) replied in conversation #1450.',
	'message_created--agent-bot-input-select': 'Parcel Bot (agent bot) replied in conversation #1450.',
	'message_created--agent-bot-retry-attempt-1': 'quiet-meadow-871 wrote in conversation #1450.',
	'message_created--agent-bot-retry-attempt-2': 'quiet-meadow-871 wrote in conversation #1450.',
	'message_created--agent-outgoing': 'Joel Okafor replied in conversation #1401.',
	'message_created--api-inbox-delivery-id-only-4-12': 'Ana Petrov replied in conversation #1440.',
	'message_created--api-inbox-outgoing-account-copy': 'Ana Petrov replied in conversation #1440.',
	'message_created--api-inbox-outgoing': 'Ana Petrov replied in conversation #1440.',
	'message_created--burst-stale-nested-message': 'Teo Brandt wrote in conversation #1456.',
	'message_created--campaign-null-sender': 'A campaign’s message was sent in conversation #1454.',
	'message_created--captain-assistant': 'Captain Scout (Captain assistant) replied in conversation #1451.',
	'message_created--documented-object': 'Pat Example wrote in conversation #5.',
	'message_created--documented-sample': 'Agent wrote in conversation #1.',
	'message_created--email-incoming': 'Odile Marchetti wrote in conversation #1410.',
	'message_created--email-outgoing-cc-attachment': 'Ana Petrov replied in conversation #1410.',
	'message_created--facebook-incoming': 'Dario Venn wrote in conversation #1431.',
	'message_created--html-rendered-content-4-10': 'quiet-meadow-871 wrote in conversation #1101.',
	'message_created--instagram-story-reply': 'Runa Sol wrote in conversation #1432.',
	'message_created--line-sticker': 'Hana Kobo wrote in conversation #1434.',
	'message_created--private-note': 'Joel Okafor left a private note in conversation #1401.',
	'message_created--telegram-incoming': 'Ilse Fontane wrote in conversation #1430.',
	'message_created--template-csat-survey-link': 'Chatwoot sent a satisfaction survey in conversation #1440.',
	'message_created--template-greeting-null-sender': 'Chatwoot sent an automatic message in conversation #1452.',
	'message_created--twilio-sms': '+15550100666 wrote in conversation #1433.',
	'message_created--unicode-rtl-emoji': 'ליאור 🌙 wrote in conversation #1453.',
	'message_created--voice-call': 'A voice call was added in conversation #1455.',
	'message_created--webwidget-incoming-4-6': 'quiet-meadow-871 wrote in conversation #1401.',
	'message_created--webwidget-incoming': 'quiet-meadow-871 wrote in conversation #1401.',
	'message_created--whatsapp-audio-transcribed': 'Teo Brandt wrote in conversation #1420.',
	'message_created--whatsapp-contact-card': 'Teo Brandt wrote in conversation #1420.',
	'message_created--whatsapp-image-null-content': 'Teo Brandt wrote in conversation #1420.',
	'message_created--whatsapp-location': 'Teo Brandt wrote in conversation #1420.',
	'message_created--whatsapp-template-outgoing': 'Ana Petrov replied in conversation #1420.',
	'message_created--whatsapp-three-attachments-reply': 'Teo Brandt wrote in conversation #1420.',
	'message_updated--deleted': 'A message by Ana Petrov in conversation #1440 was deleted.',
	'message_updated--documented-object': 'A message by Agent Example in conversation #5 was updated.',
	'message_updated--email-collected': 'An e-mail address was given in conversation #1452.',
	'message_updated--failed-external-error': 'A message by Ana Petrov in conversation #1440 could not be sent.',
	'message_updated--form-submitted': 'A form in conversation #1450 was filled in.',
	'message_updated--input-select-submitted': 'A choice was made in conversation #1450.',
	'message_updated--read-receipt': 'A message by Joel Okafor in conversation #1401 was updated.',
	'webwidget_triggered--documented-object':
		'Pat Example opened the web widget on www.example.com; the current one is conversation #5.',
	'webwidget_triggered--existing-conversation':
		'quiet-meadow-871 opened the web widget on shop.example.com; the current one is conversation #1401.',
	'webwidget_triggered--first-open':
		'quiet-meadow-871 opened the web widget on shop.example.com; there is no conversation yet.',
};

test('every sample is told in one sentence', () => {
	const told = allSamples.map(({ name }) => [name, ofSample(name).heading]);
	expect(Object.fromEntries(told)).toEqual(headings);
});

test('a message has the facts that people look for', () => {
	const { facts } = ofSample('message_created--agent-outgoing');
	const {
		Arrived: arrived,
		'Sent by': sender,
		...rest
	} = Object.fromEntries(facts.map(({ label, value }) => [label, value]));
	expect(rest).toEqual({
		Event: 'message_created',
		Conversation: '#1401',
		Contact: 'quiet-meadow-871 (518)',
		Sender: 'Joel Okafor',
		Message: '90318, outgoing',
		Text: 'It left the depot this morning & should arrive by 6 pm.',
		Inbox: 'Shop widget (11)',
		Channel: 'web widget',
		Account: 'Northwind Outfitters (7)',
		Status: 'open',
		Assignee: 'Joel Okafor',
		Team: 'returns',
		Labels: 'delivery, vip',
		Size: '3.4 kB',
		Request: 'POST /hooks/main',
		Signature: 'present, not checked',
		'Delivery id': '39f1ae5a-1c57-475c-b809-f07d55a7f704',
		Answer: '200 after 3 ms',
	});
	expect(arrived).toMatch(/^2026-06-(09|10|08) \d\d:\d\d:06\.000$/);
	expect(sender).toBe('User-Agent “Ruby”: fits Chatwoot 4.14.0 and later');
});

test('the User-Agent is read no further than it goes', () => {
	const sender = (userAgent: string): string | undefined =>
		fact(overviewOf({ headers: [['User-Agent', userAgent]] }), 'Sent by');
	expect(sender('rest-client/2.1.0 (linux-musl x86_64) ruby/3.3.3p89')).toMatch(
		/3\.11\.0 to 4\.2, if it is the official/,
	);
	expect(sender('rest-client/2.1.0 (linux x86_64) ruby/3.3.3p89')).toMatch(/fits Chatwoot up to 4\.13$/);
	expect(sender('curl/8.5.0')).toBe('User-Agent “curl/8.5.0”');
	expect(fact(overviewOf({}), 'Sent by')).toBe('no User-Agent');
});

test('the assignee is named only where the body still shows the one that the change names', () => {
	const body = (assignee: number): Uint8Array<ArrayBuffer> =>
		bytes(
			JSON.stringify({
				id: 5,
				messages: [],
				status: 'open',
				meta: { assignee: { id: assignee, name: 'Ana Petrov', type: 'user' } },
				event: 'conversation_updated',
				changed_attributes: [{ assignee_id: { previous_value: null, current_value: 31 } }],
			}),
		);
	expect(overviewOf({ body: body(31) }).heading).toBe('Conversation #5 was assigned to Ana Petrov.');
	expect(overviewOf({ body: body(32) }).heading).toBe('Conversation #5 was assigned to agent 31.');
});

test('what is easily misread has a note', () => {
	const notesOf = (name: string): string => ofSample(name).notes.join(' ');
	expect(notesOf('message_created--private-note')).toMatch(/is another one/);
	expect(notesOf('contact_updated--last-activity-only')).toMatch(/^Noise: .* after every incoming message/);
	expect(notesOf('conversation_status_changed--snoozed')).toMatch(/and conversation_updated/);
	expect(notesOf('macro.executed--webwidget')).toMatch(/never sign/);
	expect(notesOf('automation_event.message_created--webwidget')).toMatch(/body is the conversation/);
	expect(notesOf('message_updated--read-receipt')).toMatch(/does not say what changed/);
	expect(notesOf('message_created--documented-object')).toMatch(/message type is a number/);
	expect(notesOf('inbox_created--api-channel')).toMatch(/secrets/);
	expect(notesOf('message_created--webwidget-incoming')).toBe('');
});

test('a refused delivery of Chatwoot says that nothing comes again', () => {
	const { notes } = ofSample('contact_created--email', { answer: { status: 500, milliseconds: 1 } });
	expect(notes).toEqual([
		'Chatwoot does not repeat a failed delivery; only agent bots do, since 4.12.0, on 429 and 500.',
	]);
});

test('a body that says nothing readable is told as what it is', () => {
	expect(overviewOf({}).heading).toBe('The body is empty.');
	expect(overviewOf({ method: 'GET' })).toMatchObject({
		heading: 'A GET request without a body.',
		notes: ['Chatwoot always sends POST; this is GET.'],
	});
	expect(overviewOf({ body: new Uint8Array([0xff, 0xfe]) }).heading).toBe(
		'The body is not text: it is no valid UTF-8.',
	);
	expect(overviewOf({ body: bytes('event=x') }).heading).toBe('The body is not JSON.');
	expect(overviewOf({ body: bytes('{"event":'), truncation: { reason: 'stopped', announced: 200 } }).heading).toBe(
		'The body is cut off: what came is no whole JSON.',
	);
	expect(overviewOf({ body: bytes('[1]') }).heading).toBe('The body is JSON, but an array instead of an object.');
	expect(overviewOf({ body: bytes('null') }).heading).toBe('The body is JSON, but null instead of an object.');
	expect(overviewOf({ body: bytes('{"id":1}') }).heading).toBe('A JSON object without an event.');
	expect(overviewOf({ body: bytes('{"event":"message_deleted"}') }).heading).toBe(
		'message_deleted is no event that a Chatwoot release sends.',
	);
});

test('what is wrong with the bytes is noted', () => {
	const truncated = overviewOf({ body: bytes('{"a'), truncation: { reason: 'stopped', announced: 5200 } });
	expect(truncated.notes).toEqual(['The body is not whole: the sender stopped after 3 B of 5.2 kB.']);
	const compressed = overviewOf({ body: new Uint8Array([0x1f, 0x8b]), headers: [['Content-Encoding', 'gzip']] });
	expect(compressed.notes[0]).toMatch(/compressed \(gzip\)/);
	const form = overviewOf({ body: bytes('a=b'), headers: [['content-type', 'application/x-www-form-urlencoded']] });
	expect(form.notes[0]).toMatch(/before 1\.7\.0/);
	expect(overviewOf({ body: bytes('\ufeff{"event":"contact_created","id":1}') }).notes[0]).toMatch(/byte order mark/);
	expect(overviewOf({ body: bytes('{"event":"contact_created","id":1,"id":2}') }).notes[0]).toMatch(/twice/);
});

test('whatever JSON arrives is described', () => {
	const key = fc.oneof(
		fc.constantFrom('id', 'event', 'conversation', 'meta', 'sender', 'changed_attributes'),
		fc.string(),
	);
	const event = fc.constantFrom(...Object.keys(headings).map((name) => name.replace(/--.*/, '')));
	const members = fc.dictionary(key, fc.jsonValue({ maxDepth: 4 }));
	fc.assert(
		fc.property(members, fc.option(event), (value, name) => {
			const body = bytes(JSON.stringify(name === null ? value : { ...value, event: name }));
			expect(overviewOf({ body }).heading).not.toBe('');
		}),
	);
});
