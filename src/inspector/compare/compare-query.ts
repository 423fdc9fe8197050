import type { DeliveryId } from '../../deliveries/delivery';

/** What stands on a side: a delivery, a text that was pasted, or nothing yet. */
export type Choice = DeliveryId | 'pasted' | null;
export type ComparedPart = 'body' | 'headers';

/** What is compared. */
export interface CompareView {
	left: Choice;
	right: Choice;
	part: ComparedPart;
}

/** Reads a query such as `left=41&right=57&part=headers`; what it does not say or says wrongly is not chosen yet. */
export function readCompareQuery(query: string): CompareView {
	const parameters = new URLSearchParams(query);
	return {
		left: readChoice(parameters.get('left') ?? ''),
		right: readChoice(parameters.get('right') ?? ''),
		part: parameters.get('part') === 'headers' ? 'headers' : 'body',
	};
}

/** The query of a view; empty when nothing is chosen. A pasted text is named in it, never written into it. */
export function writeCompareQuery({ left, right, part }: CompareView): string {
	const parameters: string[] = [];
	if (left !== null) parameters.push(`left=${left}`);
	if (right !== null) parameters.push(`right=${right}`);
	if (part === 'headers') parameters.push('part=headers');
	return parameters.join('&');
}

function readChoice(text: string): Choice {
	if (text === 'pasted') return text;
	return readId(text);
}

/** The number of a delivery as a person writes it, with or without `#`; null when it can't be one. */
export function readId(text: string): DeliveryId | null {
	const [, digits] = /^\s*#?([1-9]\d{0,14})\s*$/.exec(text) ?? [];
	return digits === undefined ? null : Number(digits);
}
