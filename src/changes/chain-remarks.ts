import type { DeliveryId } from '../deliveries/delivery';
import type { ChainUpdate, TrustedChange } from './chain-entry';
import {
	contradictionWords,
	duplicateWords,
	gapTitle,
	gapWords,
	leadingBreak,
	reorderedWords,
	type Break,
	type NameOf,
} from './chain-words';

export type RemarkKind = 'gap' | 'duplicate' | 'reordered' | 'contradiction';

/** Something that the chain of a conversation says of a delivery. Only a gap means that a delivery was missed. */
export interface ChainRemark {
	kind: RemarkKind;
	/** The delivery at which it shows: of a gap the first one that does not fit. */
	at: DeliveryId;
	/**
	 * Of a gap the last delivery that still stated the known value: what is missing was saved between the two. Of a
	 * duplicate the first one, of a reordered one a newer one that came before; null where there is none.
	 */
	since: DeliveryId | null;
	/** Those concerned, in the order sent. */
	attributes: string[];
	/** In words for a person, names and values in backticks. */
	message: string;
	/** Of a gap, by attribute what was known and what the delivery starts from. */
	broken: readonly Break[];
}

/** A delivery that was missed between the last one that fits and this one. */
export function gapRemark(update: ChainUpdate, broken: readonly Break[], nameOf: NameOf): ChainRemark {
	return {
		kind: 'gap',
		at: update.id,
		since: leadingBreak(broken).since,
		attributes: broken.map(({ attribute }) => attribute),
		message: `${gapTitle}. ${gapWords(update.conversationId, update.id, broken, nameOf)}`,
		broken,
	};
}

/** A delivery that came twice: under one delivery id, or with the same bytes and no id at all. */
export function duplicateRemark(at: DeliveryId, since: DeliveryId, isSameId: boolean, nameOf: NameOf): ChainRemark {
	return {
		kind: 'duplicate',
		at,
		since,
		attributes: [],
		message: duplicateWords(since, isSameId, nameOf),
		broken: [],
	};
}

/** An update that arrived after a newer one. */
export function reorderedRemark(at: DeliveryId, since: DeliveryId, nameOf: NameOf): ChainRemark {
	return { kind: 'reordered', at, since, attributes: [], message: reorderedWords(since, nameOf), broken: [] };
}

/** A current value that the body does not show, and that no later update explains. */
export function contradictionRemark(at: DeliveryId, { attribute, current, shown }: TrustedChange): ChainRemark {
	const message = contradictionWords(attribute, current ?? 'null', shown ?? 'null');
	return { kind: 'contradiction', at, since: null, attributes: [attribute], message, broken: [] };
}

const kindOrder: readonly RemarkKind[] = ['gap', 'duplicate', 'reordered', 'contradiction'];

/** By delivery, then by kind, then as they were found. */
export function sortRemarks(remarks: readonly ChainRemark[]): ChainRemark[] {
	return remarks.toSorted(
		(left, right) => left.at - right.at || kindOrder.indexOf(left.kind) - kindOrder.indexOf(right.kind),
	);
}
