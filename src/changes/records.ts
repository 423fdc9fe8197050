import {
	actorNode,
	contactNode,
	conversationId,
	conversationNode,
	idValue,
	isContact,
	isObject,
	lineAt,
	payloadShape,
} from '../deliveries/payload-parts';
import { children, member } from '../json/document';
import { pointerOf } from '../json/pointer';
import type { JsonDocument } from '../json/scan';

/** What Chatwoot keeps a row of, and shows in several events. */
export type RecordKind = 'conversation' | 'message' | 'contact';

/**
 * In which of its shapes a record is written: a message at `top-level` or `nested` in a conversation (ground truth 4.1,
 * 4.2), a contact in the `webhook` or the `push` form (4.8). A conversation has one shape, wherever it stands (4.3).
 */
export type RecordForm = 'whole' | 'top-level' | 'nested' | 'webhook' | 'push';

/** One place where a body shows a record. */
export interface RecordInBody {
	kind: RecordKind;
	/** Of a conversation the display id: unique within an account only. */
	id: number;
	/** JSON pointer of its object; empty at top level. */
	pointer: string;
	node: number;
	form: RecordForm;
}

/**
 * Every record that a body shows, the same one as often as it stands there: first what is at top level, then the
 * conversation and what is inside it. One without an id that can be told, such as one beyond 2^53, is left out.
 *
 * Source: ground truth 4.1 to 4.8.
 */
export function recordsIn(document: JsonDocument): RecordInBody[] {
	const shape = payloadShape(document, lineAt(document, member(document, 0, 'event'), 200));
	const conversation = conversationNode(document, shape);
	const found: (RecordInBody | null)[] = [];
	if (shape === 'message') found.push(record(document, 'message', 0, 'top-level'));
	if (shape === 'contact') found.push(record(document, 'contact', 0, 'webhook'));
	const actor = actorNode(document, shape);
	if (isContact(document, actor)) found.push(record(document, 'contact', actor, 'webhook'));
	// The widget's event has it always; messages had it up to 1.5.3, and the guide's sample still has it.
	if (shape === 'message' || shape === 'widget') {
		found.push(record(document, 'contact', member(document, 0, 'contact'), 'webhook'));
	}
	found.push(record(document, 'conversation', conversation, 'whole'));
	const sender = member(document, member(document, conversation, 'meta'), 'sender');
	found.push(record(document, 'contact', sender, 'push'));
	found.push(...nestedMessages(document, conversation));
	return found.filter((one) => one !== null);
}

/** The record that an event is about; null for events about none of the three, and where its id can't be told. */
export function recordFor(event: string | null, document: JsonDocument): RecordInBody | null {
	const shape = payloadShape(document, event);
	const conversation = conversationNode(document, shape);
	switch (shape) {
		case 'message':
			return record(document, 'message', 0, 'top-level');
		case 'contact':
			return record(document, 'contact', 0, 'webhook');
		case 'widget':
			return (
				record(document, 'contact', member(document, 0, 'contact'), 'webhook') ??
				record(document, 'contact', contactNode(document, shape, conversation), 'push')
			);
		default:
			return record(document, 'conversation', conversation, 'whole');
	}
}

/** Of the places where a body shows records, those of one of them. */
export function placesOf(records: readonly RecordInBody[], wanted: Pick<RecordInBody, 'kind' | 'id'>): RecordInBody[] {
	return records.filter(({ kind, id }) => kind === wanted.kind && id === wanted.id);
}

/** Releases send at most one; the guide's form may hold several. */
function* nestedMessages(document: JsonDocument, conversation: number): Generator<RecordInBody | null> {
	const messages = member(document, conversation, 'messages');
	if (messages === -1 || isObject(document, messages)) return;
	for (const message of children(document, messages)) {
		yield record(document, 'message', message, 'nested');
		const sender = member(document, message, 'sender');
		if (isContact(document, sender)) yield record(document, 'contact', sender, 'push');
	}
}

function record(document: JsonDocument, kind: RecordKind, node: number, form: RecordForm): RecordInBody | null {
	if (!isObject(document, node)) return null;
	const id = kind === 'conversation' ? conversationId(document, node) : idValue(document, member(document, node, 'id'));
	return id === null ? null : { kind, id, pointer: pointerOf(document, node), node, form };
}
