/** How conversations go that begin in a widget of the website. */
import {
	assign,
	eventInfo,
	giveToTeam,
	handOver,
	insertConversation,
	openBubble,
	runAutomation,
	runMacro,
	setLabels,
	setStatus,
	tellCreated,
	tellCreationBurst,
	type,
	widgetAttributes,
} from './conversations';
import { contactReads, receiveFirst, send, sendTemplate, touchContact, updateMessage } from './messages';
import type { ContactInbox, Conversation, Message } from './model';
import { saveContact } from './saves';
import { contactWrites, type Stage, type Story } from './story';
import type { Teller } from './teller';
import { assistantAnswers, campaignTexts, cards, choices, formFields, helpArticles } from './texts/shop-talk';
import { assistant, inboxes, parcelBot, teams } from './workplace';

/** The widget stores a conversation and its first message in one transaction, and its templates right after. */
function widgetConversation(teller: Teller, contactInbox: ContactInbox, templates: readonly string[]): Conversation {
	const { stage } = teller;
	const { place } = stage;
	const attributes = widgetAttributes(place, contactInbox);
	const conversation = insertConversation(place, contactInbox, attributes);
	if (place.random.chance(0.8)) tellCreationBurst(place, conversation, attributes);
	tellCreated(place, conversation);
	conversation.contactLastSeenAt = place.clock.now;
	receiveFirst(place, conversation, { content: stage.phrase(conversation, 'openings') });
	for (const content of templates) sendTemplate(place, conversation, { content });
	touchContact(place, conversation);
	return conversation;
}

export function* shopVisitor(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.shop);
	openBubble(place, contactInbox, null);
	yield;
	const isFirst = contactInbox.contact.email === null;
	const conversation = widgetConversation(teller, contactInbox, isFirst ? [inboxes.shop.greeting!] : []);
	yield;
	// A rule of the account: new conversations of the shop are labelled, and told to the warehouse.
	setLabels(place, conversation, ['delivery']);
	runAutomation(place, conversation, 'conversation_created');
	yield;
	if (isFirst) {
		const request = sendTemplate(place, conversation, {
			content: 'Get notified by email',
			contentType: 'input_email',
		});
		yield;
		if (place.random.chance(0.8)) {
			const email = place.population.emailOf(contactInbox.contact);
			saveContact(place, contactInbox.contact, { email });
			updateMessage(place, request, { contentAttributes: { submitted_email: email } });
			yield;
		}
	}
	yield* teller.handle(conversation, 3);
	openBubble(place, contactInbox, conversation);
	contactReads(place, conversation);
	yield;
	yield* teller.maybeReturn(conversation);
	place.population.remember(contactInbox);
}

export function* botVisitor(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.returns);
	openBubble(place, contactInbox, null);
	yield;
	const conversation = widgetConversation(teller, contactInbox, []);
	yield;
	assign(place, conversation, parcelBot);
	yield;
	const menu = botSays(stage, conversation, 'What do you need?', 'input_select', choices);
	yield;
	const choice = place.random.pick(choices);
	updateMessage(place, menu, { contentAttributes: { items: choices, submitted_values: [choice] } });
	yield;
	botSays(stage, conversation, 'Have a look', 'cards', cards);
	yield;
	botSays(stage, conversation, 'These may help', 'article', helpArticles);
	yield;
	const form = botSays(stage, conversation, 'Tell us more', 'form', formFields);
	yield;
	const email = place.population.emailOf(contactInbox.contact);
	updateMessage(place, form, {
		contentAttributes: {
			items: formFields,
			submitted_values: [
				{ name: 'email', value: email },
				{ name: 'size', value: place.random.pick(['s', 'm', 'l']) },
			],
		},
	});
	yield;
	yield* contactWrites(stage, conversation, choice.value as string);
	handOver(place, conversation);
	yield;
	giveToTeam(place, conversation, teams[0]!);
	setLabels(place, conversation, ['rücksendung']);
	yield;
	if (place.random.chance(0.5)) {
		runMacro(place, conversation, 'high');
		yield;
	}
	yield* teller.handle(conversation, 2);
	yield* teller.maybeReturn(conversation);
	place.population.remember(contactInbox);
}

function botSays(
	{ place }: Stage,
	conversation: Conversation,
	content: string,
	contentType: string,
	items: typeof choices,
): Message {
	type(place, conversation, parcelBot, 'on');
	type(place, conversation, parcelBot, 'off');
	return send(place, conversation, parcelBot, { content, contentType, contentAttributes: { items } });
}

export function* assistantVisitor(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.help);
	openBubble(place, contactInbox, null);
	yield;
	const conversation = widgetConversation(teller, contactInbox, []);
	yield;
	for (let turn = place.random.between(1, 3); turn > 0; turn--) {
		send(place, conversation, assistant, { content: place.random.pick(assistantAnswers) });
		yield;
		yield* contactWrites(stage, conversation, stage.phrase(conversation, 'followUps'));
	}
	if (place.random.chance(0.5)) {
		handOver(place, conversation);
		runAutomation(place, conversation, 'conversation_opened');
		yield;
		yield* teller.handle(conversation, 2);
	} else {
		setStatus(place, conversation, 'resolved');
		runAutomation(place, conversation, 'conversation_resolved');
		yield;
	}
	place.population.remember(contactInbox);
}

/** Nobody is there: the automatic answer is newer than the question. */
export function* nightVisitor(teller: Teller): Story {
	const { stage } = teller;
	const contactInbox = yield* teller.meet(inboxes.night);
	openBubble(stage.place, contactInbox, null);
	yield;
	const conversation = widgetConversation(teller, contactInbox, [inboxes.night.greeting!]);
	yield;
	yield* contactWrites(stage, conversation, stage.phrase(conversation, 'followUps'));
	// Another rule: who writes twice at night is called back.
	runAutomation(stage.place, conversation, 'message_created');
	yield;
	openBubble(stage.place, contactInbox, conversation);
	yield;
	yield* teller.handle(conversation, 1);
	stage.place.population.remember(contactInbox);
}

/** A campaign writes first; it has no sender. */
export function* campaignVisitor(teller: Teller): Story {
	const { stage } = teller;
	const { place } = stage;
	const contactInbox = yield* teller.meet(inboxes.shop);
	const attributes = eventInfo(place, contactInbox);
	const conversation = insertConversation(place, contactInbox, attributes);
	tellCreationBurst(place, conversation, attributes);
	tellCreated(place, conversation);
	send(place, conversation, null, {
		content: place.random.pick(campaignTexts),
		additionalAttributes: { campaign_id: 9 },
	});
	yield;
	openBubble(place, contactInbox, conversation);
	contactReads(place, conversation);
	yield;
	if (place.random.chance(0.6)) {
		yield* contactWrites(stage, conversation, stage.phrase(conversation, 'followUps'));
		yield* teller.handle(conversation, 1);
	} else {
		setStatus(place, conversation, 'resolved');
		yield;
	}
	place.population.remember(contactInbox);
}

/** Opens the bubble, and goes away without a word. */
export function* lurker(teller: Teller): Story {
	const { stage } = teller;
	const contactInbox = yield* teller.meet(inboxes.shop);
	openBubble(stage.place, contactInbox, null);
	yield;
	stage.place.population.remember(contactInbox);
}
