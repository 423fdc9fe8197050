import { canonicalText, children, keyText, member, stringPreview, stringValue, valueText } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import { personName, isObject } from '../deliveries/payload-parts';
import { textHash } from '../deliveries/text-hash';

/** A value longer than so many bytes is only shown by its beginning. */
const longestValue = 2000;
const longestPreview = 300;
/** Of `custom_attributes`, so that a body made to hurt cannot. */
const mostLeaves = 200;

/** One member of a conversation as one body shows it. */
export interface ShownMember {
	/** Its path, such as `meta.assignee` or `custom_attributes.order.number`. */
	member: string;
	/** Compact JSON text; of a long value its beginning, as a text that ends in `…`. */
	value: string;
	/** A text by which two values are told apart, and told from what `changed_attributes` says of them. */
	key: string;
}

/** Members that are followed one by one, in the order in which they are shown (ground truth 4.3, 4.5). */
export const followedMembers = [
	'status',
	'meta.assignee',
	'meta.team',
	'labels',
	'priority',
	'snoozed_until',
	'waiting_since',
	'unread_count',
	'first_reply_created_at',
	'can_reply',
	'agent_last_seen_at',
	'contact_last_seen_at',
	'meta.sender',
] as const;

/** What `custom_attributes.` and a name stand for: everything below that member. */
export const customPrefix = 'custom_attributes.';

/** Which member an attribute of `changed_attributes` is about (ground truth 5.2); null for those that are not shown. */
export function memberOfAttribute(attribute: string): string | null {
	const renamed: Record<string, string> = {
		assignee_id: 'meta.assignee',
		assignee_agent_bot_id: 'meta.assignee',
		team_id: 'meta.team',
		label_list: 'labels',
	};
	if (Object.hasOwn(renamed, attribute)) return renamed[attribute] ?? null;
	if (attribute === 'custom_attributes') return attribute;
	return followedMembers.find((name) => name === attribute) ?? null;
}

/** What a Conversation shows of the members that are followed; one that an older release does not send is left out. */
export function shownMembers(document: JsonDocument, conversation: number): ShownMember[] {
	const shown: ShownMember[] = [];
	for (const path of followedMembers) {
		const [first, second] = path.split('.') as [string, string | undefined];
		const outer = member(document, conversation, first);
		const node = second === undefined ? outer : member(document, outer, second);
		if (node === -1) continue;
		const isPerson = second !== undefined && isObject(document, node);
		shown.push({ member: path, ...(isPerson ? namedValue(document, node) : plainValue(document, node)) });
	}
	return shown;
}

/** The values inside `custom_attributes`, each by its path; null when the body has no such object. */
export function customMembers(document: JsonDocument, conversation: number): ShownMember[] | null {
	const root = member(document, conversation, 'custom_attributes');
	if (!isObject(document, root)) return null;
	const shown: ShownMember[] = [];
	/** Containers still to be walked, the first one last. */
	const pending: { path: string; node: number }[] = [{ path: 'custom_attributes', node: root }];
	while (pending.length > 0 && shown.length < mostLeaves) {
		const { path, node } = pending.pop()!;
		if (isObject(document, node) && document.childCount[node]! > 0) {
			const inner = [...children(document, node)].slice(0, mostLeaves);
			pending.push(...inner.reverse().map((child) => ({ path: `${path}.${nameOf(document, child)}`, node: child })));
		} else if (node !== root) {
			const value = plainValue(document, node);
			shown.push({ member: path, ...(isSecretName(nameOf(document, node)) ? masked(value) : value) });
		}
	}
	return shown;
}

/** Whether a person's own attribute is likely to open something; its value stays where it is asked for. */
function isSecretName(name: string): boolean {
	return /(?:^|[_-])(?:tokens?|secrets?|passwords?|api_?keys?)$/i.test(name);
}

function masked({ key }: Pick<ShownMember, 'key'>): Pick<ShownMember, 'value' | 'key'> {
	return { value: '"••••••••"', key: `#${textHash(key)}` };
}

function nameOf(document: JsonDocument, node: number): string {
	const name = keyText(document, node) ?? '';
	return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}

function plainValue(document: JsonDocument, node: number): Pick<ShownMember, 'value' | 'key'> {
	const kind = document.kind[node];
	if (document.end[node]! - document.start[node]! > longestValue) {
		const text = canonicalText(document, node);
		const { text: start } = stringPreview(document, node, longestPreview);
		return { value: JSON.stringify(`${start}…`), key: `#${textHash(text)}` };
	}
	const isContainer = kind === JsonKind.object || kind === JsonKind.array;
	const value = isContainer || kind === JsonKind.string ? canonicalText(document, node) : valueText(document, node);
	return { value, key: value };
}

/** A person or team is its id and name: whether somebody is online is no change of the conversation. */
function namedValue(document: JsonDocument, node: number): Pick<ShownMember, 'value' | 'key'> {
	const id = member(document, node, 'id');
	const idText = id === -1 ? 'null' : canonicalText(document, id);
	if (idText.length > 64) return plainValue(document, node);
	const name = personName(document, node);
	const type = stringValue(document, member(document, node, 'type'))?.slice(0, 40) ?? null;
	const value = `{"id":${idText},"name":${JSON.stringify(name)},"type":${JSON.stringify(type)}}`;
	return { value, key: idText };
}
