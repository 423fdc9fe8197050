import type { DeliveryId } from '../deliveries/delivery';
import { isBroken } from './attribute-trust';
import type { ChainUpdate } from './chain-entry';
import type { Break } from './chain-words';

/** An update at its place in the order in which changes were saved. */
export interface PlacedUpdate extends ChainUpdate {
	/** `savedAt`, or where the diff has none that of the newest update before its arrival. */
	time: number;
	/** In order of arrival. */
	arrival: number;
}

/** Puts an update at its place. A copy by spreading would have a hidden shape of its own, as big as itself. */
export function placed(update: ChainUpdate, arrival: number, newest: { time: number } | null): PlacedUpdate {
	const { id, account, conversationId, savedAt, changes, birth } = update;
	return { id, account, conversationId, savedAt, changes, birth, arrival, time: savedAt ?? newest?.time ?? -Infinity };
}

/** The last value that a diff stated of an attribute. */
interface Known {
	value: string;
	previous: string | null;
	savedAt: number | null;
	/** The last delivery that stated it, and its place in the order of saving. */
	statedBy: DeliveryId;
	statedAt: number;
	/** Of the delivery whose diff stated it. */
	account: number | null;
}

/** What is known of a conversation after some updates. */
export interface Knowledge {
	attributes: Map<string, Known>;
	/** The conversation's id in the database; null until a birth has told. */
	life: string | null;
}

export function nothingKnown(): Knowledge {
	return { attributes: new Map(), life: null };
}

export function copyOf({ attributes, life }: Knowledge): Knowledge {
	return { attributes: new Map([...attributes].map(([name, known]) => [name, { ...known }])), life };
}

/** The order in which changes were saved. */
export function inOrderOfSaving(left: PlacedUpdate, right: PlacedUpdate): number {
	return left.time - right.time || left.arrival - right.arrival;
}

/**
 * Takes the next update, in order of saving, into what is known, and returns where it does not fit. Only diffs teach:
 * bodies are read later than the change (ground truth 1.7). A birth forgets whatever was known before it.
 */
export function takeUpdate(knowledge: Knowledge, update: PlacedUpdate): Break[] {
	const { attributes } = knowledge;
	const isBirth = update.birth !== null && update.birth !== knowledge.life;
	if (isBirth) {
		attributes.clear();
		knowledge.life = update.birth;
	}
	const broken: Break[] = [];
	for (const { attribute, previous, current } of update.changes) {
		const known = attributes.get(attribute);
		if (known && isToldAgain(known, update, previous, current)) continue;
		if (known && previous !== null && isBroken(attribute, known.value, previous)) {
			broken.push({ attribute, known: known.value, since: known.statedBy, sinceTime: known.statedAt, previous });
		}
		if (current === null) attributes.delete(attribute);
		else {
			const { savedAt, id: statedBy, time: statedAt, account } = update;
			attributes.set(attribute, { value: current, previous, savedAt, statedBy, statedAt, account });
		}
	}
	return broken;
}

/** Whether a diff says once more what another one said of the same save. */
function isToldAgain(known: Known, update: PlacedUpdate, previous: string | null, current: string | null): boolean {
	return (
		update.savedAt !== null &&
		known.savedAt === update.savedAt &&
		known.previous === previous &&
		known.value === current
	);
}
