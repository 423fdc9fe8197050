import { check, countFindings, type CheckOptions, type Counted } from '../chatwoot/check/check';
import type { JsonDocument } from '../json/scan';
import type { Delivery } from './delivery';

/** What the contracts need to know of a delivery besides its body. */
export function checkOptions({
	headers,
	receivedAt,
	truncation,
}: Pick<Delivery, 'headers' | 'receivedAt' | 'truncation'>): CheckOptions {
	return { headers, receivedAt, isTruncated: truncation !== null };
}

/**
 * Counts the findings of a delivery, as `check` would report them. Whatever the bytes are there is a verdict.
 * @param document the body, or null when it is no JSON
 */
export function judgeDelivery(delivery: Delivery, document: JsonDocument | null): Counted {
	const options = checkOptions(delivery);
	if (document) return countFindings(document, options);
	const { form, verdict, counts } = check(delivery.body, options);
	// What can't be mended, or is of no known event, is the same to both contracts: a large body is not gone through again.
	const guideCounts =
		form === 'unknown' ? { ...counts } : check(delivery.body, { ...options, contract: 'guide' }).counts;
	return { verdict, counts, guideCounts };
}
