/** How conversations go in the channels that are not the website's own. */
import { fillProfile } from './asides';
import { assign, detectLanguage, insertConversation, runAutomation, tellCreated } from './conversations';
import { incomingDraft } from './incoming-draft';
import { receive, send, sendTemplate } from './messages';
import { saveContact } from './saves';
import {
	agentAnswers,
	agentTakes,
	contactSendsFile,
	contactWrites,
	fateOf,
	paper,
	resolveAndAsk,
	type Story,
} from './story';
import type { Teller } from './teller';
import { mailSubjects } from './texts/shop-talk';
import { isoTime } from './virtual-time';
import { agents, inboxes } from './workplace';

export function* whatsappCustomer(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.whatsapp);
	const conversation = insertConversation(place, contactInbox);
	tellCreated(place, conversation);
	yield;
	if (place.random.chance(0.4)) {
		// Three at once: by the time the first is written out, the third is the newest one.
		const phrases = [stage.phrase(conversation, 'openings'), stage.phrase(conversation, 'followUps'), '?'];
		for (const content of phrases) receive(place, conversation, incomingDraft(place, conversation, content));
		yield;
	} else {
		yield* contactWrites(stage, conversation, stage.phrase(conversation, 'openings'));
	}
	yield* contactSendsFile(stage, conversation);
	if (place.random.chance(0.5)) {
		detectLanguage(place, conversation);
		yield;
	}
	yield* teller.handle(conversation, 3);
	if (stage.endings.deal() === 'blocked') {
		saveContact(place, conversation.contact, { isBlocked: true });
		yield;
	} else {
		yield* teller.maybeReturn(conversation);
	}
	place.population.remember(contactInbox);
}

/** The shop writes first, with a template, since the contact's day is over; so a reply in free text is not possible. */
export function* whatsappNotice(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.whatsapp);
	const conversation = insertConversation(place, contactInbox);
	tellCreated(place, conversation);
	yield;
	const agent = place.random.pick(agents);
	assign(place, conversation, agent);
	yield;
	const { order } = conversation;
	const [name] = contactInbox.contact.name.split(' ');
	const message = send(place, conversation, agent, {
		content: `Hi ${name}, your order ${order} is ready for pickup.`,
		additionalAttributes: {
			template_params: {
				name: 'order_ready',
				category: 'UTILITY',
				language: 'en',
				processed_params: { body: { 1: name!, 2: String(order) } },
			},
		},
	});
	yield;
	yield* fateOf(stage, message);
	if (place.random.chance(0.5)) {
		yield* contactWrites(stage, conversation, stage.phrase(conversation, 'thanks'));
	}
	yield* resolveAndAsk(stage, conversation);
	place.population.remember(contactInbox);
}

export function* mailCustomer(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.mail);
	const subject = place.random.pick(mailSubjects).replace('{order}', String(place.orderNumber()));
	const conversation = insertConversation(place, contactInbox, {
		source: 'email',
		in_reply_to: place.random.chance(0.3) ? `<${place.population.messageId()}>` : null,
		auto_reply: false,
		mail_subject: subject,
		initiated_at: { timestamp: isoTime(place.clock.now) },
	});
	tellCreated(place, conversation);
	yield;
	receive(place, conversation, incomingDraft(place, conversation, stage.phrase(conversation, 'openings')));
	yield;
	if (subject.startsWith('Invoice')) {
		runAutomation(place, conversation, 'message_created');
		yield;
	}
	const agent = yield* agentTakes(stage, conversation);
	const content = stage.phrase(conversation, 'replies');
	yield* agentAnswers(stage, conversation, agent, {
		content,
		contentAttributes: {
			cc_emails: ['archive@example.com'],
			bcc_emails: [],
			to_emails: [],
			email: {
				html_content: { full: `<p>${content}</p>`, reply: `<p>${content}</p>` },
				text_content: { full: content, reply: content },
			},
		},
		attach: paper(stage),
	});
	yield* contactWrites(stage, conversation, stage.phrase(conversation, 'followUps'));
	yield* teller.handle(conversation, 1);
	place.population.remember(contactInbox);
}

export function* telegramCustomer(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.telegram);
	const conversation = insertConversation(place, contactInbox, {
		chat_id: Number(contactInbox.sourceId),
		business_connection_id: null,
	});
	tellCreated(place, conversation);
	yield;
	receive(place, conversation, incomingDraft(place, conversation, stage.phrase(conversation, 'openings')));
	sendTemplate(place, conversation, { content: inboxes.telegram.greeting! });
	yield;
	if (stage.tempers.deal() === 'impatient') {
		for (let count = place.random.between(10, 13); count > 0; count--) {
			yield* contactWrites(stage, conversation, '?'.repeat(place.random.between(1, 4)));
		}
	}
	yield* teller.handle(conversation, 2);
	yield* teller.maybeReturn(conversation);
	place.population.remember(contactInbox);
}

/** A member of the shop's club, through the API: their records come along. */
export function* bridgeMember(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.bridge);
	const order = { number: place.orderNumber(), paid: place.random.chance(0.8) };
	const conversation = insertConversation(place, contactInbox, {}, { order });
	conversation.order = order.number;
	tellCreated(place, conversation);
	yield;
	yield* contactWrites(stage, conversation, stage.phrase(conversation, 'openings'));
	const agent = yield* agentTakes(stage, conversation);
	yield* agentAnswers(stage, conversation, agent, { content: 'Line one\nLine two' });
	if (place.random.chance(0.3)) {
		fillProfile(place, contactInbox.contact);
		yield;
	}
	yield* teller.handle(conversation, 2);
	place.population.remember(contactInbox);
}
