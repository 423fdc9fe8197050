import type { JsonDocument } from '../json/scan';
import type { DeliveryDetail } from './api';
import {
	actorNode,
	contactNode,
	conversationNode,
	lineAt,
	payloadShape,
	personName,
	type PayloadShape,
} from './payload-parts';
import { member } from '../json/document';

/** A delivery whose body is a JSON object, with the places that the overview speaks of. */
export interface OverviewSubject {
	detail: DeliveryDetail;
	document: JsonDocument;
	shape: PayloadShape;
	/** Nodes, -1 when there is none. */
	conversation: number;
	contact: number;
	actor: number;
}

/** Finds the places; the document's root must be an object. */
export function overviewSubject(detail: DeliveryDetail, document: JsonDocument): OverviewSubject {
	const shape = payloadShape(document, detail.event);
	const conversation = conversationNode(document, shape);
	const contact = contactNode(document, shape, conversation);
	return { detail, document, shape, conversation, contact, actor: actorNode(document, shape) };
}

/** Who wrote or types, with what it is where that is no person; null when the body does not say. */
export function actorWords({ document, actor }: OverviewSubject): string | null {
	const name = personName(document, actor);
	if (name === null) return null;
	const type = lineAt(document, member(document, actor, 'type'), 40);
	if (type === 'agent_bot') return `${name} (agent bot)`;
	return type === 'captain_assistant' ? `${name} (Captain assistant)` : name;
}

/** What changed, without the attributes that ride along with every change. */
export function changedNames({ changed }: DeliveryDetail): string[] {
	return changed
		.map(({ attribute }) => attribute)
		.filter((name) => name !== 'updated_at' && name !== 'cached_label_list');
}
