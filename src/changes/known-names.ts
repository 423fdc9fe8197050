import { item, member, stringPreview } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import { conversationNode, isContact, isObject, lineAt, personName, payloadShape } from '../deliveries/payload-parts';

/** What an id can stand for. */
export type RecordKind = 'agent' | 'bot' | 'team' | 'inbox' | 'contact' | 'account';

/** Chatwoot puts in one message, relays may put in more. */
const mostMessages = 20;

/** The names that a body gives to ids. Ids are compared by their text, so that no digit is lost. */
export class KnownNames {
	readonly #names = new Map<string, string>();

	/**
	 * Reads every place of the body where a person, a team, an inbox or an account stands with id and name (ground truth
	 * 4.1 to 4.12). A body of any shape gives what it has.
	 */
	static read(document: JsonDocument, event: string | null): KnownNames {
		const names = new KnownNames();
		const shape = payloadShape(document, event);
		const conversation = conversationNode(document, shape);
		names.#addPart(document, conversation);
		names.#addPart(document, 0);
		const meta = member(document, conversation, 'meta');
		names.#add(document, 'team', member(document, meta, 'team'));
		names.#addPerson(document, member(document, meta, 'sender'), 'contact');
		const isBot = lineAt(document, member(document, meta, 'assignee_type'), 20) === 'AgentBot';
		names.#addPerson(document, member(document, meta, 'assignee'), isBot ? 'bot' : 'agent');
		const messages = member(document, conversation, 'messages');
		for (let index = 0; index < Math.min(mostMessages, document.childCount[messages] ?? 0); index++) {
			names.#addPart(document, item(document, messages, index));
		}
		if (shape === 'contact') names.#add(document, 'contact', 0);
		return names;
	}

	/** On one line; null when the body does not tell. */
	nameOf(kind: RecordKind, id: string): string | null {
		return this.#names.get(`${kind} ${id}`) ?? null;
	}

	/** Members that an event, a conversation and a message share. */
	#addPart(document: JsonDocument, node: number): void {
		for (const name of ['sender', 'user', 'contact']) this.#addPerson(document, member(document, node, name), null);
		this.#add(document, 'inbox', member(document, node, 'inbox'));
		this.#add(document, 'account', member(document, node, 'account'));
	}

	/** @param otherwise what a person without a telling type is */
	#addPerson(document: JsonDocument, node: number, otherwise: RecordKind | null): void {
		const type = lineAt(document, member(document, node, 'type'), 20);
		const named = type === 'user' ? 'agent' : type === 'agent_bot' ? 'bot' : type === 'contact' ? 'contact' : null;
		const kind = named ?? otherwise ?? (type === null && isContact(document, node) ? 'contact' : null);
		if (kind !== null) this.#add(document, kind, node);
	}

	#add(document: JsonDocument, kind: RecordKind, node: number): void {
		if (!isObject(document, node)) return;
		const id = idText(document, member(document, node, 'id'));
		const name = personName(document, node);
		if (id !== null && name !== null) this.#names.set(`${kind} ${id}`, name);
	}
}

/** An id as it is written, a number or a text; null for anything else and for node -1. */
export function idText(document: JsonDocument, node: number): string | null {
	const kind = document.kind[node];
	if (kind !== JsonKind.number && kind !== JsonKind.string) return null;
	const { text, isCut } = stringPreview(document, node, 64);
	return isCut || text === '' ? null : text;
}
