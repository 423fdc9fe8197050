import type { DeliveryId } from '../deliveries/delivery';
import { labelsOf, trustOf, type Trust } from './attribute-trust';

/** How a delivery is called where the words stand: `130` in the page, `line 131` for a recording. */
export type NameOf = (id: DeliveryId) => string;

/** Where an attribute's chain is broken. Values are JSON text as a summary has them. */
export interface Break {
	attribute: string;
	/** The value that was known, and the last delivery that still stated it. */
	known: string;
	since: DeliveryId;
	/** The place of `since` in the order of saving. */
	sinceTime: number;
	/** What the next diff starts from. */
	previous: string;
}

/** What the gap's row says after its title; the break that says it is the one whose value was stated last. */
export function gapWords(conversationId: number, at: DeliveryId, broken: readonly Break[], nameOf: NameOf): string {
	const lead = leadingBreak(broken);
	const also = broken.filter((other) => other !== lead).map(({ attribute }) => `\`${attribute}\``);
	const rest = also.length === 0 ? '' : `; ${listed(also)} ${also.length === 1 ? 'does' : 'do'} not fit either`;
	return `${leadWords(conversationId, lead, nameOf(lead.since), nameOf(at))}${rest}`;
}

/** The title of a gap. */
export const gapTitle = 'A delivery is missing here';

/** The break that tells most: the value that was stated last, and of those the first in people's order. */
export function leadingBreak(broken: readonly Break[]): Break {
	return broken.reduce((lead, other) => (isLater(other, lead) ? other : lead));
}

function isLater(one: Break, other: Break): boolean {
	return one.sinceTime === other.sinceTime ? one.since > other.since : one.sinceTime > other.sinceTime;
}

function leadWords(conversationId: number, lead: Break, since: string, at: string): string {
	const { attribute, known, previous } = lead;
	const before = valueWords(known);
	const after = valueWords(previous);
	if (attribute === 'status' && before !== null && after !== null) {
		return `#${conversationId} was ${before} in ${since}, but ${at} starts from ${after}`;
	}
	if (attribute === 'label_list') {
		const had = labelsOf(known) ?? new Set<string>();
		const unknown = [...(labelsOf(previous) ?? [])].filter((label) => !had.has(label)).map(code);
		return `#${conversationId} did not have ${unknown.length === 1 ? 'the label' : 'the labels'} ${listed(unknown)} in ${since}, but ${at} starts with ${unknown.length === 1 ? 'it' : 'them'}`;
	}
	if (before === null || after === null) {
		return `#${conversationId} starts from other \`${attribute}\` in ${at} than ${since} left`;
	}
	return `\`${attribute}\` of #${conversationId} was ${before} in ${since}, but ${at} starts from ${after}`;
}

/** A value in a sentence; null for what only its hash is known of, and for objects. */
export function valueWords(json: string): string | null {
	if (json === 'null') return 'none';
	if (json.startsWith('#') || json.startsWith('{') || json.startsWith('[')) return null;
	return code(json.startsWith('"') ? (JSON.parse(json) as string) : json);
}

function code(text: string): string {
	return text === '' ? 'an empty text' : `\`${text.replaceAll('`', "'")}\``;
}

const trustWords: Readonly<Record<Trust, string>> = {
	always: 'never changed without an update',
	'unless-emptied': 'changed without an update only by being emptied, when the team, agent or bot is deleted',
	'grown-labels': 'grown by an update only; renaming and deleting labels is silent',
	never: 'often changed silently, which tells nothing',
};

/** Why what does not fit means that a delivery is missing: reasons in words, and the attributes that each is about. */
export function trustReasons(attributes: readonly string[]): { words: string; attributes: string[] }[] {
	const words = new Set(attributes.map((attribute) => trustWords[trustOf(attribute)]));
	return [...words].map((reason) => ({
		words: reason,
		attributes: attributes.filter((attribute) => trustWords[trustOf(attribute)] === reason),
	}));
}

export function duplicateWords(since: DeliveryId, isSameId: boolean, nameOf: NameOf): string {
	return isSameId
		? `The same delivery as ${nameOf(since)}, sent again: both have one \`X-Chatwoot-Delivery\``
		: `The same bytes as ${nameOf(since)}, and neither has an \`X-Chatwoot-Delivery\`: sent twice, or to two receivers`;
}

export function reorderedWords(since: DeliveryId, nameOf: NameOf): string {
	return `Saved before ${nameOf(since)}, which arrived first: Chatwoot's queues run in parallel`;
}

export function contradictionWords(attribute: string, current: string, shown: string): string {
	const says = valueWords(current);
	const shows = valueWords(shown);
	const became = says === null ? `\`${attribute}\` changed` : `\`${attribute}\` became ${says}`;
	const instead = shows === null ? 'shows another value' : `shows ${shows}`;
	return `${became}, but the body ${instead}, and no later update here explains it`;
}

function listed(parts: readonly string[]): string {
	return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}
