/** Who tells how conversations go, until nothing more is to be said. */
import type { Aside } from './asides';
import { handOver, setStatus, tellNewContact } from './conversations';
import type { ContactInbox, Conversation, Inbox } from './model';
import { Deck } from './random';
import { saveContact } from './saves';
import { agentAnswers, agentTakes, contactWrites, resolveAndAsk, type Stage, type Story } from './story';
import { agents } from './workplace';

/** A way in which a conversation begins, and all that follows. */
export type Plot = (this: void, teller: Teller) => Story;

/** What tells stories: a stage, and plots and asides in turn. */
export class Teller {
	readonly stage: Stage;
	readonly #asides: Deck<Aside>;
	readonly #plots: Deck<Plot>;

	constructor(stage: Stage, plots: readonly Plot[], asides: Readonly<Record<string, Aside>>) {
		this.stage = stage;
		this.#asides = new Deck(stage.place.random, Object.values(asides));
		this.#plots = new Deck(stage.place.random, plots);
	}

	/** The next story to tell. */
	begin(): Story {
		return this.#plots.deal()(this);
	}

	/** An agent takes the conversation, answers, and does this and that beside, until it is solved. */
	*handle(conversation: Conversation, most: number): Story {
		const { stage } = this;
		const { place } = stage;
		const agent = yield* agentTakes(stage, conversation);
		if (place.random.chance(0.5)) yield* this.#asides.deal()(stage, conversation, agent);
		yield* agentAnswers(stage, conversation, conversation.assignee ?? agent);
		for (let turn = place.random.between(1, most); turn > 0; turn--) {
			for (let count = place.random.between(1, 3); count > 0; count--) {
				yield* this.#asides.deal()(stage, conversation, agent);
			}
			const isLast = turn === 1;
			const content = stage.phrase(conversation, isLast ? 'thanks' : 'followUps');
			yield* contactWrites(stage, conversation, content);
			if (!isLast) yield* agentAnswers(stage, conversation, conversation.assignee ?? agent);
		}
		yield* resolveAndAsk(stage, conversation);
	}

	/** After a while the contact writes again, so that the conversation opens once more. */
	*maybeReturn(conversation: Conversation): Story {
		const { stage } = this;
		const { place } = stage;
		if (!place.random.chance(0.35)) return;
		yield;
		yield* contactWrites(stage, conversation, stage.phrase(conversation, 'followUps'));
		if (conversation.status === 'pending') handOver(place, conversation);
		const agent = conversation.assignee ?? place.random.pick(agents);
		yield* agentAnswers(stage, conversation, agent);
		setStatus(place, conversation, 'resolved');
		yield;
	}

	/** Somebody known, or somebody new who is told of. */
	*meet(inbox: Inbox): Generator<void, ContactInbox, void> {
		const { place } = this.stage;
		const known = place.random.chance(0.3) ? place.population.returning(inbox) : null;
		if (known !== null) return known;
		const contactInbox = place.population.newcomer(inbox);
		tellNewContact(place, contactInbox);
		if (inbox.kind === 'widget') {
			yield;
			if (place.random.chance(0.6)) {
				const found = place.population.whereabouts(contactInbox.contact);
				saveContact(place, contactInbox.contact, { additionalAttributes: found });
			}
		}
		return contactInbox;
	}
}
