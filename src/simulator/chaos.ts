/** What goes wrong between Chatwoot and its receivers, planted on purpose and told. */
import type { Aside } from './asides';
import type { PlantedFault } from './fault';
import type { Letter } from './outbox';
import { Deck, type Random } from './random';
import type { WireObject } from './rails-json';
import { saveConversation } from './saves';
import { millisecond } from './virtual-time';

/** Faults in how a conversation is told: asides like any other. */
export const chaosAsides: Readonly<Record<string, Aside>> = {
	/** The second of three changes is lost: the third starts from a value that nobody was told of. */
	*lostPriority({ place }, conversation) {
		const [first, second, third] = place.random
			.shuffled(['low', 'medium', 'high', 'urgent'] as const)
			.filter((priority) => priority !== conversation.priority);
		saveConversation(place, conversation, { priority: first! });
		yield;
		saveConversation(place, conversation, { priority: second! });
		place.outbox.lose();
		yield;
		saveConversation(place, conversation, { priority: third! });
		const { displayId } = conversation;
		place.outbox.plant({ kind: 'lost', conversation: displayId, attributes: ['priority'] });
		yield;
	},

	*lostCustomAttributes({ place }, conversation) {
		const number = conversation.order;
		const change = (step: number) =>
			saveConversation(place, conversation, { customAttributes: { order: { number, items: step }, plan: 'gold' } });
		change(1);
		yield;
		change(2);
		place.outbox.lose();
		yield;
		change(3);
		const { displayId } = conversation;
		place.outbox.plant({ kind: 'lost', conversation: displayId, attributes: ['custom_attributes'] });
		yield;
	},

	/** Two quick changes of different attributes, of which the later one overtakes. */
	*overtaking({ place }, conversation) {
		const others = (['low', 'high'] as const).filter((priority) => priority !== conversation.priority);
		saveConversation(place, conversation, { priority: place.random.pick(others) });
		// Within one millisecond nobody could tell which was the first.
		place.clock.waitUntil(place.clock.now + 2 * millisecond);
		saveConversation(place, conversation, { customAttributes: { checked: place.orderNumber() } });
		place.outbox.swap();
		yield;
	},
};

type WireFault = Exclude<PlantedFault['kind'], 'lost' | 'reordered' | 'malformed'>;

/** Faults that happen to a request on its way, every couple of dozen deliveries, each kind in turn. */
export class Gremlin {
	readonly #random: Random;
	readonly #kinds: Deck<WireFault>;
	#next: WireFault;
	#wait: number;
	/** A copy that is sent again after some more. */
	#copy: { letter: Letter; wait: number } | null = null;

	constructor(random: Random) {
		this.#random = random;
		this.#kinds = new Deck(random, ['duplicate', 'wrong-signature', 'truncated', 'unknown-event', 'older-release']);
		this.#next = this.#kinds.deal();
		this.#wait = random.between(8, 20);
	}

	/** What becomes of one delivery: itself, perhaps spoilt, and what comes with it. */
	meddle(letter: Letter): Letter[] {
		const letters: Letter[] = [];
		if (this.#copy && --this.#copy.wait <= 0) {
			letters.push({ ...this.#copy.letter, sentAt: letter.sentAt, fault: { kind: 'duplicate' } });
			this.#copy = null;
		}
		if (--this.#wait > 0 || !isFitFor(this.#next, letter)) return [...letters, letter];
		letters.push(...this.#spoil(this.#next, letter));
		this.#next = this.#kinds.deal();
		this.#wait = this.#random.between(12, 30);
		return letters;
	}

	#spoil(kind: WireFault, letter: Letter): Letter[] {
		if (kind === 'duplicate') {
			this.#copy = { letter, wait: this.#random.between(1, 3) };
			return [letter];
		}
		if (kind === 'unknown-event') {
			const event = letter.event === 'message_updated' ? 'message_deleted' : 'conversation_contact_changed';
			const deliveryId = this.#random.uuid();
			const fault = { kind, event };
			return [letter, { ...letter, event, body: { ...letter.body, event }, deliveryId, fault }];
		}
		if (kind === 'older-release') return [{ ...letter, body: olderBody(letter.body), fault: { kind, release: '4.6' } }];
		if (kind === 'truncated') {
			const missingBytes = this.#random.between(200, 900);
			return [{ ...letter, fault: { kind, missingBytes } }];
		}
		return [{ ...letter, fault: { kind } }];
	}
}

/** Whether a fault of this kind shows on this delivery, and spoils nothing else: a chain must keep its updates. */
function isFitFor(kind: WireFault, { event, body, deliveryId, fault }: Letter): boolean {
	if (fault !== null || deliveryId === null) return false;
	if (kind === 'unknown-event') return event === 'message_updated' || event === 'conversation_created';
	if (kind === 'truncated') return event.startsWith('message_') || event.startsWith('conversation_typing');
	if (kind === 'older-release') {
		if (event !== 'message_created') return false;
		// Bots as assignees and the attachments' content types came later.
		const { messages, meta } = body.conversation as { messages: readonly WireObject[]; meta: WireObject };
		return !body.attachments && !messages[0]?.attachments && meta.assignee_type !== 'AgentBot';
	}
	return true;
}

/** A message as releases 4.2 to 4.7 wrote it: no `assignee_type`, no account in the conversation. */
function olderBody(body: WireObject): WireObject {
	const conversation = body.conversation as WireObject;
	const meta = without(conversation.meta as WireObject, 'assignee_type');
	return { ...body, conversation: { ...without(conversation, 'account'), meta } };
}

function without(value: WireObject, name: string): WireObject {
	return Object.fromEntries(Object.entries(value).filter(([candidate]) => candidate !== name));
}
