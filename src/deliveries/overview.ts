import type { JsonDocument } from '../json/scan';
import type { DeliveryDetail } from './api';
import { oneLine } from './one-line';
import { payloadFacts, requestFacts, type OverviewFact } from './overview-facts';
import { overviewHeading } from './overview-heading';
import { payloadNotes, requestNotes } from './overview-notes';
import { overviewSubject } from './overview-subject';
import { isObject, kindWords } from './payload-parts';

/** A delivery in plain words. */
export interface Overview {
	/** One sentence: what happened. */
	heading: string;
	facts: OverviewFact[];
	/** Sentences about what is odd, or easily misread. */
	notes: string[];
}

/**
 * What a delivery says, in plain words. `document` is its scanned body, null when it is no JSON. Whatever the body
 * holds there is a heading; who did something is said only where the body says it. Times are this machine's.
 */
export function describeDelivery(detail: DeliveryDetail, document: JsonDocument | null): Overview {
	const facts = requestFacts(detail);
	const notes = requestNotes(detail, document);
	if (document === null) return { heading: unreadableHeading(detail), facts, notes };
	if (!isObject(document, 0)) {
		return { heading: `The body is JSON, but ${kindWords(document, 0)} instead of an object.`, facts, notes };
	}
	const subject = overviewSubject(detail, document);
	return {
		heading: overviewHeading(subject),
		facts: [...payloadFacts(subject), ...facts],
		notes: [...notes, ...payloadNotes(subject)],
	};
}

function unreadableHeading({ kind, method, truncation }: DeliveryDetail): string {
	if (kind === 'empty')
		return method === 'POST' ? 'The body is empty.' : `A ${oneLine(method, 20)} request without a body.`;
	if (kind === 'not-utf8') return 'The body is not text: it is no valid UTF-8.';
	return truncation === null ? 'The body is not JSON.' : 'The body is cut off: what came is no whole JSON.';
}
