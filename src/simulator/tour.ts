/** One conversation from the first visit to the survey, with one of each thing that the inspector is for. */
import {
	insertConversation,
	openAndTake,
	openBubble,
	setLabels,
	setStatus,
	snooze,
	tellCreated,
	tellCreationBurst,
	tellNewContact,
	type,
	widgetAttributes,
} from './conversations';
import { contactReads, files, note, receive, receiveFirst, send, sendTemplate, touchContact } from './messages';
import { saveConversation } from './saves';
import { answerSurvey, type Stage, type Story } from './story';
import { pictures } from './texts/shop-talk';
import { agents, inboxes } from './workplace';

/** The number of the only conversation. */
export const tourConversation = 1401;

/** Always the same, about 40 deliveries: nothing in it is left to chance but what has no meaning. */
export function* tour(stage: Stage): Story {
	const { place } = stage;
	const ana = agents[0]!;
	const contactInbox = place.population.newcomer(inboxes.shop);
	const { contact } = contactInbox;
	tellNewContact(place, contactInbox);
	yield;
	openBubble(place, contactInbox, null);
	yield;

	const attributes = widgetAttributes(place, contactInbox);
	const conversation = insertConversation(place, contactInbox, attributes);
	tellCreationBurst(place, conversation, attributes);
	tellCreated(place, conversation);
	receiveFirst(place, conversation, { content: 'Hi, where is my parcel? Order 10881' });
	sendTemplate(place, conversation, { content: inboxes.shop.greeting! });
	touchContact(place, conversation);
	yield;

	openAndTake(place, conversation, ana);
	yield;
	type(place, conversation, ana, 'on');
	yield;
	type(place, conversation, ana, 'off');
	send(place, conversation, ana, { content: 'It left the depot this morning & should arrive by 6 pm.' });
	yield;
	contactReads(place, conversation);
	type(place, conversation, contact, 'on');
	yield;
	type(place, conversation, contact, 'off');
	receive(place, conversation, { content: null, attach: files(place, [pictures[1]!]) });
	yield;

	note(place, conversation, ana, 'Courier says the van broke down.\nDo **not** promise a time.');
	yield;
	saveConversation(place, conversation, { priority: 'low' });
	yield;
	saveConversation(place, conversation, {
		customAttributes: { order: { number: 10881, items: ['boots'] }, plan: null },
	});
	yield;
	// The gap: what raises the priority to high never arrives.
	saveConversation(place, conversation, { priority: 'high' });
	place.outbox.lose();
	yield;
	setLabels(place, conversation, ['delivery', 'vip']);
	yield;
	saveConversation(place, conversation, { priority: 'urgent' });
	place.outbox.plant({ kind: 'lost', conversation: conversation.displayId, attributes: ['priority'] });
	yield;

	send(place, conversation, ana, { content: 'Sorry about the zip. A new jacket is on its way.' });
	yield;
	// The finding: the number that belongs to the nested form.
	note(place, conversation, ana, 'Replacement booked, see #881.');
	place.outbox.plant({ kind: 'malformed', pointer: '/message_type' }, (body) => ({ ...body, message_type: 1 }));
	yield;

	snooze(place, conversation, null);
	yield;
	receive(place, conversation, { content: 'It fits. Thank you, that was quick 👍' });
	yield;
	type(place, conversation, ana, 'on');
	yield;
	type(place, conversation, ana, 'off');
	send(place, conversation, ana, { content: 'Wonderful. Have a nice day!' });
	yield;
	contactReads(place, conversation);
	place.outbox.plant({ kind: 'wrong-signature' });
	yield;
	setStatus(place, conversation, 'resolved');
	yield;
	const survey = sendTemplate(place, conversation, {
		content: 'Please rate this conversation',
		contentType: 'input_csat',
		contentAttributes: { display_type: 'emoji' },
	});
	yield;
	yield* answerSurvey(stage, survey, 5);
}
