import { canonicalText, children, member } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import { isNull, isObject, lineAt } from './payload-parts';

/**
 * What the body of a `conversation_updated` shows for an attribute, as the text that two of them are compared by, and
 * the current value of its diff likewise. Null where nothing can be said: the body has no counterpart (an older
 * release, a time in another form), or the value is no value of that attribute.
 *
 * Source: ground truth 5.2.
 */
export function shownBeside(
	document: JsonDocument,
	attribute: string,
	current: number,
): { shown: string; current: string } | null {
	const shown = counterpart(document, attribute);
	if (shown === null || current === -1) return null;
	if (attribute === 'label_list') return bothAs(labelSet, document, shown, current);
	if (attribute === 'custom_attributes') return bothAs(objectText, document, shown, current);
	return bothAs(canonicalText, document, shown, current);
}

type NodeText = (document: JsonDocument, node: number) => string | null;

function bothAs(
	text: NodeText,
	document: JsonDocument,
	shownNode: number,
	currentNode: number,
): { shown: string; current: string } | null {
	const shown = shownNode === absentValue ? 'null' : text(document, shownNode);
	const current = text(document, currentNode);
	return shown === null || current === null ? null : { shown, current };
}

/** Stands for the null of a member whose holder is null: `meta.team.id` where `meta.team` is null. */
const absentValue = -2;

const sameName = new Set(['status', 'priority', 'snoozed_until', 'first_reply_created_at', 'custom_attributes']);

/** The node that shows the attribute, `absentValue` where the body says that there is none, null where it says nothing. */
function counterpart(document: JsonDocument, attribute: string): number | null {
	if (sameName.has(attribute)) return nodeOrNull(member(document, 0, attribute));
	if (attribute === 'label_list') return nodeOrNull(member(document, 0, 'labels'));
	const meta = member(document, 0, 'meta');
	if (attribute === 'team_id') return idWithin(document, member(document, meta, 'team'));
	if (attribute !== 'assignee_id' && attribute !== 'assignee_agent_bot_id') return null;
	const assignee = member(document, meta, 'assignee');
	const isBot = lineAt(document, member(document, meta, 'assignee_type'), 40) === 'AgentBot';
	// Of an agent and a bot the body shows one only; what the other is then is not said.
	const isOther = isObject(document, assignee) && isBot !== (attribute === 'assignee_agent_bot_id');
	return isOther ? null : idWithin(document, assignee);
}

function idWithin(document: JsonDocument, holder: number): number | null {
	if (isNull(document, holder)) return absentValue;
	return nodeOrNull(member(document, holder, 'id'));
}

function nodeOrNull(node: number): number | null {
	return node === -1 ? null : node;
}

/** Labels in one order, each once; null counts as none. */
function labelSet(document: JsonDocument, node: number): string | null {
	if (isNull(document, node)) return '[]';
	if (document.kind[node] !== JsonKind.array) return null;
	const labels = new Set([...children(document, node)].map((label) => canonicalText(document, label)));
	return `[${[...labels].sort().join(',')}]`;
}

/** Null and `{}` say the same. */
function objectText(document: JsonDocument, node: number): string {
	return isNull(document, node) ? '{}' : canonicalText(document, node);
}
