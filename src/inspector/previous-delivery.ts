import { isSameConversation } from '../changes/same-conversation';
import type { Summary } from '../deliveries/api';
import type { DeliveryId } from '../deliveries/delivery';
import type { DeliveryLog } from '../deliveries/log';

/** What two deliveries have in common; `delivery-header` is the id in `X-Chatwoot-Delivery`, which a retry repeats. */
export type PreviousBy = 'conversation' | 'message' | 'contact' | 'delivery-header';

/** A few milliseconds. */
const rowsATask = 100_000;

/** A UUID costs far more to read than another value. */
const mostHeadersRead = 20_000;

/** What is asked of the delivery that others are compared with. */
type Row = Pick<
	Summary,
	'id' | 'endpoint' | 'event' | 'accountId' | 'conversationId' | 'contactId' | 'messageId' | 'deliveryHeaderId'
>;

/**
 * The nearest earlier delivery that is of the same conversation, is about the same message, names the same contact, or
 * carries the same webhook delivery id; null when there is none, or the delivery is not in the log.
 *
 * Reads single columns: a few ten milliseconds where a million rows have none. Not reactive.
 */
export function previousOf(
	inspector: { readonly log: DeliveryLog },
	id: DeliveryId,
	by: PreviousBy,
): DeliveryId | null {
	const { log } = inspector;
	const own = log.get(id);
	if (!own) return null;
	const fits = by === 'delivery-header' ? sameHeader(log, own) : sameRecord(log, own, by);
	const found = fits ? lastFitting(0, log.indexOf(id), fits) : -1;
	return found === -1 ? null : log.idAt(found);
}

/**
 * The same for a delivery that may not be in the log itself, in tasks so short that the page stays free. Null also when
 * the signal stopped it.
 */
export async function findPrevious(
	log: DeliveryLog,
	own: Row,
	by: PreviousBy,
	signal: AbortSignal,
): Promise<DeliveryId | null> {
	const fits = by === 'delivery-header' ? sameHeader(log, own) : sameRecord(log, own, by);
	return fits && findBefore(log, own.id, fits, signal);
}

/**
 * The nearest delivery before an id, whether that is here or not, whose row (an index) fits; null when none does, or the
 * signal stopped it. In tasks of a few milliseconds: the log may change in between, and `fits` must not depend on that.
 */
export async function findBefore(
	log: DeliveryLog,
	id: DeliveryId,
	fits: (index: number) => boolean,
	signal: AbortSignal,
): Promise<DeliveryId | null> {
	let before = id;
	while (!signal.aborted) {
		const end = log.indexAfter(before - 1);
		const first = Math.max(0, end - rowsATask);
		const found = lastFitting(first, end, fits);
		if (found !== -1) return log.idAt(found);
		if (first === 0) return null;
		before = log.idAt(first);
		await new Promise((resolve) => setTimeout(resolve));
	}
	return null;
}

function lastFitting(first: number, end: number, fits: (index: number) => boolean): number {
	for (let index = end - 1; index >= first; index--) if (fits(index)) return index;
	return -1;
}

/** Whether a row shows the record that a delivery is about; null when the delivery names none. */
export function sameRecord(
	log: DeliveryLog,
	own: Row,
	by: 'conversation' | 'message' | 'contact',
): ((index: number) => boolean) | null {
	const column = columns[by];
	const wanted = own[column];
	if (wanted === null) return null;
	// Ids of all three may meet those of another account or installation, and the same rule tells them apart.
	const key = { endpoint: own.endpoint, accountId: own.accountId, conversationId: wanted };
	return (index) =>
		log.value(index, column) === wanted &&
		isSameConversation(key, {
			endpoint: log.value(index, 'endpoint'),
			accountId: log.value(index, 'accountId'),
			conversationId: wanted,
		});
}

const columns = { conversation: 'conversationId', message: 'messageId', contact: 'contactId' } as const;

/**
 * A retry repeats the body (ground truth, rule 41), so that only rows of the same event and records are asked for their
 * header, and rows whose body could not be read: the try before may have been cut off.
 */
function sameHeader(log: DeliveryLog, own: Row): ((index: number) => boolean) | null {
	const { deliveryHeaderId, event, messageId, conversationId, endpoint } = own;
	if (deliveryHeaderId === null) return null;
	let left = mostHeadersRead;
	return (index) => {
		const otherEvent = log.value(index, 'event');
		if (event !== null && otherEvent !== null) {
			if (otherEvent !== event || log.value(index, 'messageId') !== messageId) return false;
			if (log.value(index, 'conversationId') !== conversationId) return false;
		}
		if (log.value(index, 'endpoint') !== endpoint) return false;
		return left-- > 0 && log.value(index, 'deliveryHeaderId') === deliveryHeaderId;
	};
}
