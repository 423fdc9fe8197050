import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, delivery, samples } from '../../test/deliveries';
import { check } from '../chatwoot/check/check';
import type { SummaryFacts } from './api';
import type { Delivery } from './delivery';
import { summarize, summaryVersion } from './summary';

function ofBody(body: unknown, facts: Partial<Delivery> = {}): SummaryFacts {
	return summarize(delivery({ body: bytes(typeof body === 'string' ? body : JSON.stringify(body)), ...facts }));
}

/** What a row shows of each sample: ids as account/inbox/conversation/contact/message, then the words. */
const rows: Record<string, string> = {
	'account_created--installation': '8/-/-/-/- | Second Account | administrator Ana Petrov | - | - | -',
	'automation_event.message_created--webwidget':
		'7/11/1401/518/- | #1401 quiet-meadow-871 | open in web widget | open | - | -',
	'contact_created--email': '7/-/-/910/- | Odile Marchetti | odile.marchetti@example.com | - | - | -',
	'contact_created--webwidget': '7/-/-/518/- | quiet-meadow-871 | widget visitor | - | - | -',
	'contact_updated--blocked': '7/-/-/623/- | Teo Brandt |  | - | - | -',
	'contact_updated--custom-attributes': '7/-/-/518/- | quiet-meadow-871 |  | - | - | -',
	'contact_updated--last-activity-only': '7/-/-/623/- | Teo Brandt |  | - | - | -',
	'contact_updated--profile-edited': '7/-/-/955/- | Bao Lindqvist-Ray |  | - | - | -',
	'conversation_created--documented-object': '1/2/5/3/- | #5 Pat Example | open in web widget | open | - | -',
	'conversation_created--email': '7/12/1461/910/- | #1461 Odile Marchetti | open in e-mail | open | - | -',
	'conversation_created--sla-enterprise':
		'7/11/1401/518/- | #1401 quiet-meadow-871 | open in web widget | open | - | -',
	'conversation_created--template-message-first':
		'7/11/1462/518/- | #1462 quiet-meadow-871 | open in web widget | open | - | -',
	'conversation_created--webwidget': '7/11/1401/518/- | #1401 quiet-meadow-871 | open in web widget | open | - | -',
	'conversation_created--whatsapp-no-messages': '7/13/1460/623/- | #1460 Teo Brandt | open in WhatsApp | open | - | -',
	'conversation_opened--agent-bot': '7/11/1401/518/- | #1401 quiet-meadow-871 | open | open | - | -',
	'conversation_resolved--agent-bot': '7/11/1401/518/- | #1401 quiet-meadow-871 | resolved | resolved | - | -',
	'conversation_status_changed--documented-object': '1/2/5/3/- | #5 Pat Example | resolved | resolved | - | -',
	'conversation_status_changed--pending-api-4-6': '-/19/1440/955/- | #1440 Bao Lindqvist | pending | pending | - | -',
	'conversation_status_changed--resolved-null-changes':
		'7/11/1401/518/- | #1401 quiet-meadow-871 | resolved | resolved | - | -',
	'conversation_status_changed--snoozed': '7/11/1401/518/- | #1401 quiet-meadow-871 | snoozed | snoozed | - | -',
	'conversation_typing_off--agent': '7/11/1401/518/- | #1401 Joel Okafor | reply | open | - | -',
	'conversation_typing_off--agent-bot': '7/11/1401/518/- | #1401 Parcel Bot | reply | open | - | -',
	'conversation_typing_off--contact-api-4-6': '7/19/1440/955/- | #1440 Bao Lindqvist | reply | open | - | -',
	'conversation_typing_off--documented-object': '1/2/5/3/- | #5 Agent Example | private note | open | - | private',
	'conversation_typing_on--agent': '7/11/1401/518/- | #1401 Ana Petrov | reply | open | - | -',
	'conversation_typing_on--agent-private-note':
		'7/11/1401/518/- | #1401 Ana Petrov | private note | open | - | private',
	'conversation_typing_on--captain-assistant': '7/11/1401/518/- | #1401 Captain Scout | reply | open | - | -',
	'conversation_typing_on--contact-widget': '7/11/1401/518/- | #1401 quiet-meadow-871 | reply | open | - | -',
	'conversation_typing_on--documented-object': '1/2/5/3/- | #5 Agent Example | private note | open | - | private',
	'conversation_updated--agent-bot-assigned': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | pending | - | -',
	'conversation_updated--assignee-assigned': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--assignee-removed': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--conversation-language': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--creation-burst': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | pending | - | -',
	'conversation_updated--custom-attributes-nested': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--documented-object': '1/2/5/3/- | #5 Pat Example |  | resolved | - | -',
	'conversation_updated--first-reply-and-waiting': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--labels-added': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--labels-cleared': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--priority-urgent': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--seen-timestamps-with-assignee': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--sla-null-changed-attributes':
		'7/11/1401/518/- | #1401 quiet-meadow-871 | SLA active | open | - | -',
	'conversation_updated--snoozed-until': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | snoozed | - | -',
	'conversation_updated--status-resolved': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | resolved | - | -',
	'conversation_updated--team-with-auto-assignee': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'conversation_updated--waiting-since-touch': '7/11/1401/518/- | #1401 quiet-meadow-871 |  | open | - | -',
	'inbox_created--api-channel': '7/19/-/-/- | inbox 19 | API inbox | - | - | -',
	'inbox_updated--reauthorization-required': '7/12/-/-/- | inbox 12 |  | - | - | -',
	'inbox_updated--whatsapp-settings': '7/13/-/-/- | inbox 13 |  | - | - | -',
	'macro.executed--webwidget': '7/11/1401/518/- | #1401 quiet-meadow-871 | open in web widget | open | - | -',
	'message_created--activity-relayed':
		'7/19/1440/955/90396 | #1440 Bao Lindqvist | Conversation was marked resolved by Ana | open | activity | -',
	'message_created--agent-bot-article':
		'7/11/1450/518/90374 | #1450 quiet-meadow-871 | These may help | pending | outgoing | -',
	'message_created--agent-bot-cards':
		'7/11/1450/518/90372 | #1450 quiet-meadow-871 | Have a look | pending | outgoing | -',
	'message_created--agent-bot-form':
		'7/11/1450/518/90373 | #1450 quiet-meadow-871 | Tell us more | pending | outgoing | -',
	'message_created--agent-bot-input-select':
		'7/11/1450/518/90371 | #1450 quiet-meadow-871 | What do you need? | pending | outgoing | -',
	'message_created--agent-bot-retry-attempt-1':
		'7/11/1450/518/90379 | #1450 quiet-meadow-871 | track | pending | incoming | -',
	'message_created--agent-bot-retry-attempt-2':
		'7/11/1450/518/90379 | #1450 quiet-meadow-871 | track | pending | incoming | -',
	'message_created--agent-outgoing':
		'7/11/1401/518/90318 | #1401 quiet-meadow-871 | It left the depot this morning & should arrive by 6 pm. | open | outgoing | -',
	'message_created--api-inbox-delivery-id-only-4-12':
		'7/19/1440/955/80360 | #1440 Bao Lindqvist | Line one Line two | open | outgoing | -',
	'message_created--api-inbox-outgoing':
		'7/19/1440/955/90360 | #1440 Bao Lindqvist | Line one Line two | open | outgoing | -',
	'message_created--api-inbox-outgoing-account-copy':
		'7/19/1440/955/90360 | #1440 Bao Lindqvist | Line one Line two | open | outgoing | -',
	'message_created--burst-stale-nested-message':
		'7/13/1456/623/90395 | #1456 Teo Brandt | first of three | open | incoming | -',
	'message_created--campaign-null-sender':
		'7/11/1454/1520/90391 | #1454 silver-brook-302 | Summer sale starts today | open | outgoing | -',
	'message_created--captain-assistant':
		'7/11/1451/518/90380 | #1451 quiet-meadow-871 | You can return boots within 30 days. | pending | outgoing | -',
	'message_created--documented-object': '1/2/5/3/7 | #5 Pat Example | Hello | open | incoming | -',
	'message_created--documented-sample': '1/-/1/1/1 | #1 contact-name | Hi | - | incoming | -',
	'message_created--email-incoming':
		'7/12/1410/910/90330 | #1410 Odile Marchetti | Hello, my invoice is wrong. | open | incoming | -',
	'message_created--email-outgoing-cc-attachment':
		'7/12/1410/910/90336 | #1410 Odile Marchetti | Sorry about that, a corrected invoice is attached. | open | outgoing | -',
	'message_created--facebook-incoming':
		'7/15/1431/801/90351 | #1431 Dario Venn | Do you ship to Malta? | open | incoming | -',
	'message_created--html-rendered-content-4-10':
		'7/11/1101/518/90393 | #1101 quiet-meadow-871 | <p><strong>Bold</strong> move<br /> second line</p> | open | incoming | -',
	'message_created--instagram-story-reply': '7/16/1432/845/90352 | #1432 Runa Sol | love this! | open | incoming | -',
	'message_created--line-sticker': '7/18/1434/877/90354 | #1434 Hana Kobo | sticker | open | incoming | -',
	'message_created--private-note':
		'7/11/1401/518/90319 | #1401 quiet-meadow-871 | Courier says the van broke down. Do **not** promise a time. | open | outgoing | private',
	'message_created--telegram-incoming': '7/14/1430/731/90350 | #1430 Ilse Fontane | Guten Tag! | open | incoming | -',
	'message_created--template-csat-survey-link':
		'7/19/1440/955/90382 | #1440 Bao Lindqvist | Please rate this conversation, https://chat.example.com/survey/responses/6a4d4b0e-0000-4000-8000-000000001440 | resolved | template | -',
	'message_created--template-greeting-null-sender':
		'7/11/1452/518/90381 | #1452 quiet-meadow-871 | Welcome to Northwind! 👋 | open | template | -',
	'message_created--twilio-sms':
		'7/17/1433/866/90353 | #1433 +15550100666 | STOP calling me at work pls | open | incoming | -',
	'message_created--unicode-rtl-emoji':
		'7/11/1453/518/90390 | #1453 ליאור 🌙 | مرحبا 👩‍👩‍👧‍👦 — שלום naïve café ½ 漢字 𝄞 <b>not bold</b> & "quotes" \\ / | open | incoming | -',
	'message_created--voice-call': '7/13/1455/623/90392 | #1455 Teo Brandt | WhatsApp call | open | incoming | -',
	'message_created--webwidget-incoming':
		'7/11/1401/518/90311 | #1401 quiet-meadow-871 | Hi, where is my parcel? | open | incoming | -',
	'message_created--webwidget-incoming-4-6':
		'7/11/1401/518/90311 | #1401 quiet-meadow-871 | Hi, where is my parcel? | pending | incoming | -',
	'message_created--whatsapp-audio-transcribed':
		'7/13/1420/623/90341 | #1420 Teo Brandt | audio: I would like to change the delivery address. | open | incoming | -',
	'message_created--whatsapp-contact-card':
		'7/13/1420/623/90343 | #1420 Teo Brandt | Sam Example | open | incoming | -',
	'message_created--whatsapp-image-null-content':
		'7/13/1420/623/90340 | #1420 Teo Brandt | image | open | incoming | -',
	'message_created--whatsapp-location':
		'7/13/1420/623/90342 | #1420 Teo Brandt | location: Pickup point, 1 Sample Street | open | incoming | -',
	'message_created--whatsapp-template-outgoing':
		'7/13/1420/623/90344 | #1420 Teo Brandt | Hi Teo, your order 881 is ready for pickup. | open | outgoing | -',
	'message_created--whatsapp-three-attachments-reply':
		'7/13/1420/623/90345 | #1420 Teo Brandt | Your call: two clips and one sheet | open | incoming | -',
	'message_updated--deleted': '7/19/1440/955/90360 | #1440 Bao Lindqvist | message deleted | open | outgoing | -',
	'message_updated--documented-object': '1/2/5/3/7 | #5 Pat Example | Hello | open | outgoing | -',
	'message_updated--email-collected':
		'7/11/1452/518/90398 | #1452 quiet-meadow-871 | e-mail given: visitor@example.com | open | template | -',
	'message_updated--failed-external-error':
		'7/19/1440/955/90361 | #1440 Bao Lindqvist | failed: Net::ReadTimeout with #<TCPSocket:(closed)> | open | outgoing | -',
	'message_updated--form-submitted':
		'7/11/1450/518/90373 | #1450 quiet-meadow-871 | form filled in | pending | outgoing | -',
	'message_updated--input-select-submitted':
		'7/11/1450/518/90371 | #1450 quiet-meadow-871 | chose ↩️ Return | pending | outgoing | -',
	'message_updated--read-receipt':
		'7/11/1401/518/90318 | #1401 quiet-meadow-871 | It left the depot this morning & should arrive by 6 pm. | open | outgoing | -',
	'webwidget_triggered--documented-object': '1/2/5/3/- | #5 Pat Example | opened again, www.example.com | open | - | -',
	'webwidget_triggered--existing-conversation':
		'7/11/1401/518/- | #1401 quiet-meadow-871 | opened again, shop.example.com | open | - | -',
	'webwidget_triggered--first-open': '7/11/-/518/- | quiet-meadow-871 | first visit, shop.example.com | - | - | -',
};

test('every sample gives the row that a person expects', () => {
	const shown = samples().map(({ name, headers, body }) => {
		const facts = summarize(delivery({ headers: Object.entries(headers), body }));
		const { accountId, inboxId, conversationId, contactId, messageId } = facts;
		const ids = [accountId, inboxId, conversationId, contactId, messageId].map((id) => id ?? '-').join('/');
		const { status, messageType, isPrivate } = facts;
		const words = [facts.subject, facts.excerpt, status, messageType, isPrivate ? 'private' : null];
		return [name, `${ids} | ${words.map((word) => word ?? '-').join(' | ')}`];
	});
	expect(Object.fromEntries(shown)).toEqual(rows);
});

test('the request is kept beside what the body says', () => {
	const headers: Delivery['headers'] = [
		['x-chatwoot-DELIVERY', 'e14b2776-68d5-429f-9773-505f7d123688'],
		['X-Chatwoot-Signature', 'sha256=00'],
	];
	const facts = summarize(delivery({ headers, target: '/hooks/main/../a?token=1?2', method: 'PUT' }));
	expect(facts).toMatchObject({
		version: summaryVersion,
		method: 'PUT',
		path: '/hooks/main/../a',
		deliveryHeaderId: 'e14b2776-68d5-429f-9773-505f7d123688',
		isSigned: true,
		isTruncated: false,
	});
	expect(ofBody({})).toMatchObject({ deliveryHeaderId: null, isSigned: false });
});

test('the verdict and the counts are those that the findings give, whatever the body is', () => {
	const { headers, body } = samples().find(({ name }) => name === 'message_created--agent-outgoing')!;
	const text = new TextDecoder().decode(body);
	const bodies: (string | Uint8Array<ArrayBuffer>)[] = [
		...samples().map((sample) => sample.body),
		'',
		'event=message_created&id=1',
		'[1,2]',
		'{"event":7}',
		new Uint8Array([0x22, 0xc3, 0x22]),
		'['.repeat(2000),
		'['.repeat(2000) + ']'.repeat(2000),
		// Nearly JSON: a finding for each departure, and those of the mended text.
		text.replace('"id"', '/* number */ "id"').replace(/}$/, ',}'),
		text.replaceAll('"', "'"),
		text.slice(0, 300),
	];
	for (const one of bodies) {
		for (const truncation of [null, { reason: 'limit', announced: null } as const]) {
			const arrived = delivery({
				headers: Object.entries(headers),
				body: typeof one === 'string' ? bytes(one) : one,
				truncation,
			});
			const options = { headers: arrived.headers, receivedAt: arrived.receivedAt, isTruncated: truncation !== null };
			const { verdict, counts } = check(arrived.body, options);
			const { counts: guideCounts } = check(arrived.body, { ...options, contract: 'guide' });
			const facts = summarize(arrived);
			expect({ verdict: facts.verdict, counts: facts.counts, guideCounts: facts.guideCounts }).toEqual({
				verdict,
				counts,
				guideCounts,
			});
		}
	}
});

test('the headers and the moment of arrival are judged too', () => {
	const { headers, body } = samples().find(({ name }) => name === 'message_created--agent-outgoing')!;
	const genuine = summarize(delivery({ headers: Object.entries(headers), body }));
	const early = summarize(delivery({ headers: Object.entries(headers), body, receivedAt: 1000 }));
	expect(genuine.counts).toMatchObject({ error: 0, warning: 0 });
	expect(early.counts!.error + early.counts!.warning).toBeGreaterThan(0);
});

test('a body is what its bytes are', () => {
	expect(ofBody('').kind).toBe('empty');
	expect(ofBody('{"event":').kind).toBe('not-json');
	expect(summarize(delivery({ body: new Uint8Array([0x22, 0xc3, 0x22]) })).kind).toBe('not-utf8');
	for (const text of ['[]', 'null', '"text"', '12', '\ufeff{"event":"x"}', '['.repeat(100_000) + ']'.repeat(100_000)]) {
		expect(ofBody(text).kind).toBe('json');
	}
	expect(ofBody('\ufeff{"event":"message_created"}').event).toBe('message_created');
});

test('what is no Chatwoot payload still says what it is', () => {
	expect(ofBody('').excerpt).toBe('empty body');
	expect(ofBody('event=message_created\n&id=1').excerpt).toBe('not JSON: event=message_created &id=1');
	expect(summarize(delivery({ body: new Uint8Array([0xff]) })).excerpt).toBe('not text (UTF-8)');
	const gzip: Delivery['headers'] = [['Content-Encoding', 'gzip']];
	expect(summarize(delivery({ body: new Uint8Array([0x1f, 0x8b, 8]), headers: gzip })).excerpt).toBe(
		'compressed (gzip)',
	);
	expect(ofBody('[1,2]').excerpt).toBe('an array of 2 items');
	expect(ofBody('"hello"').excerpt).toBe('a text: hello');
	expect(ofBody('null').excerpt).toBe('just null');
	expect(ofBody('{}').excerpt).toBe('an empty object');
	expect(ofBody({ id: 1, name: 'x' }).excerpt).toBe('no event; id, name');
	expect(ofBody({ event: { name: 'message_created' }, id: 1 }).excerpt).toBe('the event is an object');
	expect(ofBody({ event: null }).excerpt).toBe('the event is null');
});

test('a body that is not whole says why', () => {
	const cut = (truncation: Delivery['truncation'], size: number): string =>
		ofBody('{'.padEnd(size, ' '), { truncation }).excerpt;
	expect(cut({ reason: 'limit', announced: 20_000_000 }, 1024 * 1024)).toBe('cut off at 1 MiB');
	expect(cut({ reason: 'stopped', announced: 5200 }, 3100)).toBe('the sender stopped after 3.1 kB of 5.2 kB');
	expect(cut({ reason: 'stopped', announced: null }, 3100)).toBe('the sender stopped after 3.1 kB');
	expect(cut({ reason: 'slow', announced: 5200 }, 3100)).toBe('too slow, cut off after 3.1 kB of 5.2 kB');
});

test('ids that JavaScript cannot hold exactly are none; texts of digits are ids', () => {
	const conversation = (id: unknown): number | null => ofBody({ event: 'conversation_created', id }).conversationId;
	expect(conversation(1401)).toBe(1401);
	expect(conversation('1401')).toBe(1401);
	expect([1.5, '1e3', '', '-1', null, {}, '9007199254740993', true].map(conversation)).toEqual(Array(8).fill(null));
	expect(ofBody('{"event":"conversation_created","id":9007199254740993}').conversationId).toBeNull();
	expect(ofBody('{"event":"conversation_created","id":5.0}').conversationId).toBeNull();
});

test('an event that only a fork sends finds its record by shape', () => {
	const fork = { event: 'conversation_deleted', id: 5, messages: [], meta: { sender: { id: 3, name: 'Pat' } } };
	expect(ofBody(fork)).toMatchObject({ conversationId: 5, contactId: 3, messageId: null, subject: '#5 Pat' });
	const message = { event: 'message_deleted', id: 9, message_type: 'incoming', conversation: { id: 5 } };
	expect(ofBody(message)).toMatchObject({ conversationId: 5, messageId: 9, subject: '#5' });
});

test('a contact without a name is named by what else is known of them', () => {
	const contact = {
		event: 'contact_created',
		id: 1,
		name: '',
		email: null,
		phone_number: '+15550100',
		identifier: null,
	};
	expect(ofBody(contact).subject).toBe('+15550100');
	expect(ofBody({ ...contact, email: 'pat@example.com' }).subject).toBe('pat@example.com');
	expect(ofBody({ ...contact, phone_number: null })).toMatchObject({
		subject: '',
		excerpt: 'no e-mail, no phone number',
	});
});

test('a subject is one line of at most 80 characters', () => {
	const { subject } = ofBody({ event: 'contact_created', name: `Maria\n\u0007${'𝄞'.repeat(100)}` });
	expect(subject.startsWith('Maria 𝄞')).toBe(true);
	expect(subject.length).toBeLessThanOrEqual(80);
	expect(subject).not.toMatch(/\p{Cs}/u);
});

test('what a message shows without text is what it holds', () => {
	const message = (members: object): string =>
		ofBody({ event: 'message_created', message_type: 'incoming', content: null, ...members }).excerpt;
	expect(message({ attachments: [{ file_type: 'image' }] })).toBe('image');
	expect(message({ attachments: [{ file_type: 'ig_reel' }] })).toBe('Instagram reel');
	expect(message({ attachments: [{ file_type: 'hologram' }] })).toBe('hologram');
	expect(message({ attachments: [null] })).toBe('1 attachment');
	expect(message({ attachments: [{}, {}, {}] })).toBe('3 attachments');
	expect(message({ attachments: [{ file_type: 'contact', fallback_title: '+1555' }] })).toBe('contact card: +1555');
	expect(message({ content_type: 'input_csat' })).toBe('satisfaction survey');
	expect(message({})).toBe('no text');
});

test('a rating is told from the answered survey', () => {
	const rated = { submitted_values: { csat_survey_response: { rating: 5, feedback_message: 'good' } } };
	const body = { event: 'message_updated', content: 'Rate us', content_type: 'input_csat', content_attributes: rated };
	expect(ofBody(body).excerpt).toBe('rated 5');
});

test('changes keep their order, absent members stay absent, and long values become hashes', () => {
	const long = { b: 'x'.repeat(80), a: 1 };
	const { changed } = ofBody({
		event: 'conversation_updated',
		changed_attributes: [
			{ status: { previous_value: 'open', current_value: 'resolved' } },
			{ custom_attributes: { previous_value: null, current_value: long } },
			{ priority: { current_value: { b: 2, a: 1 } } },
		],
	});
	expect(changed).toEqual([
		{ attribute: 'status', previous: '"open"', current: '"resolved"' },
		{ attribute: 'custom_attributes', previous: 'null', current: expect.stringMatching(/^#[\da-f]{14}$/) as string },
		{ attribute: 'priority', previous: null, current: '{"a":1,"b":2}' },
	]);
	const reordered = ofBody({ changed_attributes: [{ x: { current_value: { a: 1, b: long.b } } }] }).changed[0];
	expect(reordered?.current).toBe(changed[1]?.current);
});

test('malformed changes are taken as far as they go', () => {
	const attributes = (value: unknown): string[] =>
		ofBody({ event: 'conversation_updated', changed_attributes: value }).changed.map(({ attribute }) => attribute);
	const value = { previous_value: 1, current_value: 2 };
	expect(attributes({ status: value, priority: value })).toEqual(['status', 'priority']);
	expect(attributes([{ status: value, priority: value }, 5, null, [], 'x', { labels: 'x' }])).toEqual([
		'status',
		'priority',
		'labels',
	]);
	for (const nothing of [null, [], {}, 'status', 7, [[]]]) expect(attributes(nothing)).toEqual([]);
	expect(attributes(Array(1000).fill({ status: value }))).toHaveLength(64);
});

test('whatever the bytes, there is a summary', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
			expect(summarize(delivery({ body: new Uint8Array(body) })).size).toBe(body.length);
		}),
	);
});

test('whatever JSON stands where Chatwoot has its members, there is a summary that fits a row', () => {
	const names =
		'id event account conversation meta sender user contact inbox messages channel labels status content name'
			.concat(
				' content_attributes attachments changed_attributes previous_value current_value working_hours is_private',
			)
			.concat(' message_type current_conversation event_info referer submitted_values users applied_sla __proto__')
			.split(' ');
	const events = samples().map(({ name }) => name.replace(/--.*/, ''));
	const { value } = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 5 },
			fc.constantFrom(null, true, '', 'contact', 7, '12', 1.5, 1e300),
			fc.string({ unit: 'binary' }),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
		),
	}));
	fc.assert(
		fc.property(
			fc.dictionary(fc.constantFrom(...names), value),
			fc.constantFrom(...events, 'other'),
			(members, event) => {
				const facts = ofBody({ ...members, event });
				expect(facts.kind).toBe('json');
				expect(facts.event).toBe(event);
				expect(facts.subject.length).toBeLessThanOrEqual(80);
				expect(facts.excerpt.length).toBeLessThanOrEqual(160);
				for (const id of [facts.accountId, facts.inboxId, facts.conversationId, facts.contactId, facts.messageId]) {
					expect(id === null || Number.isSafeInteger(id)).toBe(true);
				}
			},
		),
	);
});
