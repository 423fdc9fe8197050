/** What the stories are made of: each `yield` ends a step, and others live on in between. */
import { assign, handOver, look, openAndTake, setStatus, type } from './conversations';
import { channelId, incomingDraft } from './incoming-draft';
import { contactReads, files, receive, send, sendTemplate, updateMessage, type Draft } from './messages';
import type { Agent, Conversation, Message } from './model';
import { Deck } from './random';
import { clipsAndSheet, papers, pickupPoints, pictures, platformErrors, voices } from './texts/shop-talk';
import type { languages } from './texts/languages';
import { cardAttachment, locationAttachment } from './wire-forms';
import { agents, type Workplace } from './workplace';

/** One step after another; what a step does is queued in the outbox, and sent before the next begins. */
export type Story = Generator<void, void, void>;

/** The place of work, and the decks that see to it that everything comes up in turn. */
export class Stage {
	readonly place: Workplace;
	readonly attachments: Deck<'picture' | 'voice' | 'place' | 'card' | 'three files'>;
	readonly fates: Deck<'read' | 'failed'>;
	readonly endings: Deck<'friendly' | 'blocked'>;
	readonly tempers: Deck<'patient' | 'impatient'>;

	constructor(place: Workplace) {
		this.place = place;
		this.attachments = new Deck(place.random, ['picture', 'voice', 'place', 'card', 'three files']);
		this.fates = new Deck(place.random, ['read', 'read', 'failed']);
		this.tempers = new Deck(place.random, ['patient', 'patient', 'patient', 'impatient']);
		this.endings = new Deck(place.random, ['friendly', 'friendly', 'blocked']);
	}

	/** Some phrase in the contact's language. */
	phrase(conversation: Conversation, kind: PhraseKind): string {
		const text = this.place.random.pick(conversation.contact.language[kind]);
		return text.replaceAll('{order}', String(conversation.order));
	}
}

type PhraseKind = keyof Pick<(typeof languages)[number], 'openings' | 'followUps' | 'thanks' | 'replies'>;

/** The contact types, where the channel tells it, and writes. */
export function* contactWrites(stage: Stage, conversation: Conversation, content: string): Story {
	const { place } = stage;
	const isSeenTyping = ['widget', 'api'].includes(conversation.inbox.kind) && place.random.chance(0.6);
	if (isSeenTyping) {
		if (place.random.chance(0.5)) contactReads(place, conversation);
		type(place, conversation, conversation.contact, 'on');
		yield;
		type(place, conversation, conversation.contact, 'off');
	}
	receive(place, conversation, incomingDraft(place, conversation, content));
	yield;
}

/** Somebody of the team takes the conversation, in one of the ways there are. */
export function* agentTakes(stage: Stage, conversation: Conversation): Generator<void, Agent, void> {
	const { place } = stage;
	if (conversation.status === 'pending') {
		handOver(place, conversation);
		yield;
	}
	if (conversation.assignee !== null) return conversation.assignee;
	const agent = place.random.pick(agents);
	if (place.random.chance(0.5)) openAndTake(place, conversation, agent);
	else {
		look(place, conversation, agent);
		assign(place, conversation, agent);
	}
	yield;
	return agent;
}

/** An agent types and answers; then what becomes of the answer in the channel. */
export function* agentAnswers(stage: Stage, conversation: Conversation, agent: Agent, draft?: Draft): Story {
	const { place } = stage;
	if (place.random.chance(0.6)) {
		type(place, conversation, agent, 'on');
		yield;
		type(place, conversation, agent, 'off');
	}
	const message = send(place, conversation, agent, draft ?? { content: stage.phrase(conversation, 'replies') });
	yield;
	yield* fateOf(stage, message);
}

/** The receipts of a message that was sent to the contact. */
export function* fateOf(stage: Stage, message: Message): Story {
	const { place } = stage;
	const { conversation } = message;
	const { kind } = conversation.inbox;
	if (kind === 'widget') {
		if (place.random.chance(0.7)) contactReads(place, conversation);
		yield;
		return;
	}
	if (kind === 'email') {
		updateMessage(place, message, {
			sourceId: `conversation/${conversation.uuid}/messages/${message.id}@example.com`,
		});
		yield;
		return;
	}
	if (kind === 'api') {
		if (stage.fates.deal() === 'failed') yield* fails(stage, message, platformErrors[2]!);
		else contactReads(place, conversation);
		yield;
		return;
	}
	updateMessage(place, message, { sourceId: channelId(place, conversation)! });
	yield;
	if (kind === 'telegram') return;
	if (stage.fates.deal() === 'failed') {
		yield* fails(stage, message, place.random.pick(platformErrors.slice(0, 2)));
		return;
	}
	updateMessage(place, message, { status: 'delivered' });
	yield;
	if (message.status === 'delivered') updateMessage(place, message, { status: 'read' });
	yield;
}

function* fails(stage: Stage, message: Message, reason: string): Story {
	updateMessage(stage.place, message, {
		status: 'failed',
		contentAttributes: { ...message.contentAttributes, external_error: reason },
	});
	yield;
}

/** Something that the contact sends along, each kind that the channel can carry in turn. */
export function* contactSendsFile(stage: Stage, conversation: Conversation): Story {
	const { place } = stage;
	const canCarryAll = ['whatsapp', 'telegram'].includes(conversation.inbox.kind);
	const kind = canCarryAll ? stage.attachments.deal() : 'picture';
	if (kind === 'voice') {
		yield* contactSpeaks(stage, conversation);
		return;
	}
	receive(place, conversation, attachmentDraft(stage, conversation, kind));
	yield;
}

/** A voice message, which is written out a little later. */
function* contactSpeaks({ place }: Stage, conversation: Conversation): Story {
	const { transcript, ...voice } = place.random.pick(voices);
	const draft = { ...incomingDraft(place, conversation, null), attach: files(place, [voice]) };
	const message = receive(place, conversation, draft);
	yield;
	const attachments = message.attachments.map((file) => ({ ...file, transcribed_text: transcript }));
	updateMessage(place, message, { attachments });
	yield;
}

function attachmentDraft(
	{ place }: Stage,
	conversation: Conversation,
	kind: 'picture' | 'place' | 'card' | 'three files',
): Draft {
	const { random } = place;
	if (kind === 'picture') {
		const content = conversation.inbox.kind === 'email' ? '[image: photo.jpeg]' : null;
		return { ...incomingDraft(place, conversation, content), attach: files(place, [random.pick(pictures)]) };
	}
	if (kind === 'place') {
		const { place: coordinates, title } = random.pick(pickupPoints);
		const attach = (id: number) => [locationAttachment(place.nextAttachmentId(), id, coordinates, title)];
		return { ...incomingDraft(place, conversation, null), attach };
	}
	if (kind === 'card') {
		const attach = (id: number) => [cardAttachment(place.nextAttachmentId(), id, '+12025550199', 'Sam', 'Example')];
		return { ...incomingDraft(place, conversation, 'Sam Example'), attach };
	}
	const replied = conversation.newestPublic;
	return {
		...incomingDraft(place, conversation, 'Your call: two clips and one sheet'),
		contentAttributes: { in_reply_to_external_id: replied?.sourceId ?? null, in_reply_to: replied?.id ?? null },
		attach: files(place, clipsAndSheet),
	};
}

/** The case is closed; the contact is asked how it went, and mostly says so. */
export function* resolveAndAsk(stage: Stage, conversation: Conversation): Story {
	const { place } = stage;
	setStatus(place, conversation, 'resolved');
	yield;
	const survey = sendTemplate(place, conversation, {
		content: 'Please rate this conversation',
		contentType: 'input_csat',
		contentAttributes: { display_type: place.random.pick(['emoji', 'star']) },
	});
	yield;
	if (place.random.chance(0.25)) return;
	yield* answerSurvey(stage, survey, place.random.between(1, 5));
}

const remarks = ['', 'Fast and friendly', 'Took a while, but it worked out.', 'سريع جدا ✨', 'The courier, not you <3'];

export function* answerSurvey(stage: Stage, survey: Message, rating: number): Story {
	updateMessage(stage.place, survey, {
		contentAttributes: {
			...survey.contentAttributes,
			submitted_values: {
				csat_survey_response: { rating, feedback_message: stage.place.random.pick(remarks) },
			},
		},
	});
	yield;
}

/** A paper that an agent attaches. */
export function paper(stage: Stage): (messageId: number) => ReturnType<ReturnType<typeof files>> {
	return files(stage.place, [stage.place.random.pick(papers)]);
}
