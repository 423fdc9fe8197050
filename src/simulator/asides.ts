/** What agents do beside answering: one of these now and then in every conversation. */
import {
	assign,
	detectLanguage,
	giveToTeam,
	runAutomation,
	runMacro,
	setLabels,
	setStatus,
	snooze,
	type,
} from './conversations';
import { incomingDraft } from './incoming-draft';
import { deleteMessage, note, receive, send } from './messages';
import type { Agent, Contact, Conversation } from './model';
import { saveContact, saveConversation } from './saves';
import { contactSendsFile, type Stage, type Story } from './story';
import { labelTitles, privateNotes } from './texts/shop-talk';
import { hour, minute } from './virtual-time';
import { agents, parcelBot, teams, type Workplace } from './workplace';

/** A thing to do beside, in a conversation that an agent has. */
export type Aside = (stage: Stage, conversation: Conversation, agent: Agent) => Story;

/** All of them; a deck deals them in turn. */
export const asides: Readonly<Record<string, Aside>> = {
	*note({ place }, conversation, agent) {
		type(place, conversation, agent, 'on', true);
		yield;
		type(place, conversation, agent, 'off', true);
		note(place, conversation, agent, place.random.pick(privateNotes));
		yield;
	},

	*labels({ place }, conversation) {
		const [first, second] = place.random.shuffled(labelTitles);
		setLabels(place, conversation, [first!]);
		yield;
		setLabels(place, conversation, [first!, second!]);
		yield;
		if (place.random.chance(0.4)) setLabels(place, conversation, []);
		yield;
	},

	*priority({ place }, conversation) {
		const others = (['low', 'medium', 'high', 'urgent', null] as const).filter(
			(priority) => priority !== conversation.priority,
		);
		saveConversation(place, conversation, { priority: place.random.pick(others) });
		yield;
	},

	*snoozeUntil({ place }, conversation) {
		const wakesAt = place.clock.now + place.random.between(1, 20) * hour;
		snooze(place, conversation, wakesAt - (wakesAt % (5 * minute)));
		yield;
		yield;
		// Somebody looks earlier than planned.
		setStatus(place, conversation, 'open');
		yield;
	},

	*snoozeUntilNextReply(stage, conversation) {
		snooze(stage.place, conversation, null);
		yield;
		yield;
		const content = stage.phrase(conversation, 'followUps');
		receive(stage.place, conversation, incomingDraft(stage.place, conversation, content));
		yield;
	},

	*customAttributes({ place }, conversation) {
		const number = conversation.order;
		const order = { number, items: ['boots'] };
		saveConversation(place, conversation, { customAttributes: { order, plan: null } });
		yield;
		saveConversation(place, conversation, {
			customAttributes: { order: { number, items: ['boots', 'laces'] }, plan: 'gold', refund: false },
		});
		yield;
	},

	*language({ place }, conversation) {
		if (!('conversation_language' in conversation.additionalAttributes)) detectLanguage(place, conversation);
		yield;
	},

	*team({ place }, conversation) {
		const others = teams.filter((team) => team !== conversation.team);
		giveToTeam(place, conversation, place.random.pick(others));
		yield;
	},

	*reassign({ place }, conversation, agent) {
		assign(place, conversation, null);
		yield;
		assign(place, conversation, place.random.pick(agents.filter((other) => other !== agent)));
		yield;
	},

	*botHelps({ place }, conversation) {
		assign(place, conversation, parcelBot);
		yield;
		type(place, conversation, parcelBot, 'on');
		yield;
		type(place, conversation, parcelBot, 'off');
		send(place, conversation, parcelBot, { content: `Your order ${conversation.order} is on its way 🚚` });
		yield;
		assign(place, conversation, place.random.pick(agents));
		yield;
	},

	*macro({ place }, conversation) {
		runMacro(place, conversation, 'high');
		yield;
	},

	/** A rule of the account: what becomes urgent is told to the warehouse. */
	*automation({ place }, conversation) {
		if (conversation.priority !== 'urgent') saveConversation(place, conversation, { priority: 'urgent' });
		yield;
		runAutomation(place, conversation, 'conversation_updated');
		yield;
	},

	*deletion({ place }, conversation, agent) {
		const message = send(place, conversation, agent, { content: 'Sorry, that was meant for another customer' });
		yield;
		deleteMessage(place, message);
		yield;
	},

	*file(stage, conversation) {
		yield* contactSendsFile(stage, conversation);
	},

	*profile({ place }, { contact }) {
		fillProfile(place, contact);
		yield;
	},

	*contactAttributes({ place }, conversation) {
		const { contact } = conversation;
		saveContact(place, contact, {
			customAttributes: {
				...contact.customAttributes,
				cart_total: place.random.between(10, 400) + 0.5,
				tags: place.random.shuffled(['boots', 'sale', 'returns']).slice(0, 2),
			},
		});
		yield;
	},
};

/** Somebody fills in the contact's profile: another name, an address, where they live and work. */
export function fillProfile(place: Workplace, contact: Contact): void {
	const name = place.population.otherName(contact);
	const { city, country, countryCode } = place.random.pick(contact.language.places);
	saveContact(place, contact, {
		name,
		email: place.population.emailOf({ ...contact, name }),
		additionalAttributes: {
			...contact.additionalAttributes,
			city,
			country,
			description: '',
			company_name: `${name} & Co.`,
			country_code: countryCode,
			social_profiles: { github: '', twitter: '', facebook: '', linkedin: 'customer-example', instagram: '' },
		},
	});
}
