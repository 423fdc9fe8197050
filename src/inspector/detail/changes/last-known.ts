import type { RecordText } from '../../../changes/comparable-records';
import { placesOf, recordsIn, type RecordForm, type RecordInBody } from '../../../changes/records';
import type { Summary } from '../../../deliveries/api';
import type { DeliveryId } from '../../../deliveries/delivery';
import type { DeliveryLog } from '../../../deliveries/log';
import type { JsonDocument } from '../../../json/scan';
import { findBefore, sameRecord } from '../../previous-delivery';

/** Bodies that are read in search of a record. */
export const mostReads = 50;

/** Where a record was last shown before a delivery. */
export type LastKnown = Found | NotFound;

interface Found {
	kind: 'found';
	delivery: Summary;
	before: RecordText;
	/** The record in the delivery itself, in the same form where it has that. */
	now: RecordText;
	/** Whether deliveries in between may show a later state, and were not read because they are too many. */
	hasUnread: boolean;
}

interface NotFound {
	kind: 'none';
	/** Earlier deliveries that were read; they show another record, or none. */
	read: number;
	/** Whether there are older ones that may show it and were not read. */
	hasUnread: boolean;
}

export interface LastKnownQuestion {
	log: DeliveryLog;
	/** The delivery that the record is looked for before. */
	delivery: Summary;
	document: JsonDocument;
	/** One of the records that its body shows. */
	record: RecordInBody;
	/** The earlier body as JSON; null when it is none, or gone. */
	read: (id: DeliveryId, signal: AbortSignal) => Promise<JsonDocument | null>;
	/** How many bodies have been read. */
	onprogress: (read: number) => void;
	signal: AbortSignal;
}

/**
 * Goes back through the deliveries that may show a record, newest first, and stops at the first one that does. A
 * message stands also inside its conversation, as long as it is the newest one there (ground truth 4.2); where that
 * leaves too many to read, the last delivery that is about the message itself is taken.
 *
 * Null when the signal stopped it. Rejects with what `read` rejects with.
 */
export async function findLastKnown(question: LastKnownQuestion): Promise<LastKnown | null> {
	const { log, delivery, document, record, read, onprogress, signal } = question;
	const own = placesOf(recordsIn(document), record);
	const { likely, sure } = candidates(log, delivery, record);
	let reads = 0;
	let id = await next(delivery.id, likely);
	for (; id !== null && reads < mostReads; id = await next(id, likely)) {
		const found = await look(id);
		if (signal.aborted) return null;
		if (found) return { ...found, hasUnread: false };
	}
	if (signal.aborted) return null;
	if (id === null) return { kind: 'none', read: reads, hasUnread: false };
	// One after it: it may be the one itself.
	const last = await next(id + 1, sure);
	const found = last === null ? null : await look(last);
	if (signal.aborted) return null;
	return found ? { ...found, hasUnread: last !== id } : { kind: 'none', read: reads, hasUnread: true };

	async function next(before: DeliveryId, fits: Fits | null): Promise<DeliveryId | null> {
		return fits && findBefore(log, before, fits, signal);
	}

	async function look(candidate: DeliveryId): Promise<Omit<Found, 'hasUnread'> | null> {
		const body = await read(candidate, signal);
		onprogress(++reads);
		const pair = body && choosePair(own, placesOf(recordsIn(body), record));
		const summary = log.get(candidate);
		if (!pair || !summary) return null;
		const [now, before] = pair;
		const place = { document: body, record: before };
		return { kind: 'found', delivery: summary, before: place, now: { document, record: now } };
	}
}

type Fits = (index: number) => boolean;

/** Which rows may show the record, and which surely do. */
function candidates(
	log: DeliveryLog,
	delivery: Summary,
	{ kind, id }: RecordInBody,
): { likely: Fits | null; sure: Fits | null } {
	if (kind !== 'message') {
		const own = kind === 'conversation' ? { ...delivery, conversationId: id } : { ...delivery, contactId: id };
		return { likely: sameRecord(log, own, kind), sure: null };
	}
	const sure = sameRecord(log, { ...delivery, messageId: id }, kind);
	// A private note never stands inside a conversation (rule 11).
	const isNested = delivery.conversationId !== null && delivery.isPrivate !== true;
	return { likely: isNested ? sameRecord(log, delivery, 'conversation') : sure, sure };
}

/**
 * The nested form of a message comes first: it alone has the status. Then whatever both bodies have in one form, since
 * two forms of a record share fewer members.
 */
const preference: readonly RecordForm[] = ['nested', 'whole', 'webhook', 'top-level', 'push'];

function choosePair(
	own: readonly RecordInBody[],
	earlier: readonly RecordInBody[],
): [now: RecordInBody, before: RecordInBody] | null {
	for (const form of preference) {
		const now = own.find((record) => record.form === form);
		const before = earlier.find((record) => record.form === form);
		if (now && before) return [now, before];
	}
	return own[0] && earlier[0] ? [own[0], earlier[0]] : null;
}
