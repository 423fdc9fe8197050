import type { Summary } from '../deliveries/api';
import type { DeliveryId } from '../deliveries/delivery';
import { trustOf } from './attribute-trust';

/** What the chain needs to know of a delivery; a summary is one. */
export type ChainEntry = Pick<
	Summary,
	'id' | 'endpoint' | 'event' | 'accountId' | 'conversationId' | 'changed' | 'deliveryHeaderId' | 'bodyHash'
>;

/** One change of an attribute that may be trusted; values as a summary has them. */
export interface TrustedChange {
	attribute: string;
	/** Null when the body does not say. */
	previous: string | null;
	current: string | null;
	/** What the body shows, if that is another value than `current`. */
	shown: string | null;
}

/** A `conversation_updated` that lists changes. */
export interface ChainUpdate {
	id: DeliveryId;
	account: number | null;
	conversationId: number;
	/** When the change was saved: `updated_at` of its diff, in Unix ms; null when the diff has none. */
	savedAt: number | null;
	/** Each attribute once. */
	changes: readonly TrustedChange[];
	/** The conversation's id in the database, of the update with which it begins; else null. */
	birth: string | null;
}

/** One for all updates of times alone, which are many. */
const noChanges: readonly TrustedChange[] = [];

/** The update that a delivery is; null for all others, and for one that lists no changes. */
export function readUpdate(entry: ChainEntry): ChainUpdate | null {
	const { id, accountId, conversationId, changed } = entry;
	if (entry.event !== 'conversation_updated' || conversationId === null || changed.length === 0) return null;
	const idChange = changed.find(({ attribute }) => attribute === 'id');
	return {
		id,
		account: accountId,
		conversationId,
		savedAt: timeOf(changed.find(({ attribute }) => attribute === 'updated_at')?.current ?? null),
		changes: trustedChanges(changed) ?? noChanges,
		birth: idChange?.previous === 'null' && idChange.current !== 'null' ? idChange.current : null,
	};
}

/** Display ids repeat across accounts, and endpoints are worlds of their own. */
export function conversationKey(endpoint: string, conversationId: number): string {
	return `${conversationId} ${endpoint}`;
}

/**
 * What a retry has in common with the delivery that it repeats: its id; where there is none, for an update its bytes.
 * Null for a delivery that can't be told from another.
 */
export function repeatKey({ endpoint, deliveryHeaderId, bodyHash }: ChainEntry): string | null {
	if (deliveryHeaderId !== null) return `id ${deliveryHeaderId} ${endpoint}`;
	// Summaries of older versions have none.
	return bodyHash ? `body ${bodyHash} ${endpoint}` : null;
}

/**
 * Whether two updates, saved at the same time, say the same: copies go to webhook, API inbox and bot under delivery ids
 * of their own. What the bodies show is not asked, since a bot's copy is made earlier (ground truth 1.7).
 */
export function isCopyOf(update: ChainUpdate, other: ChainUpdate): boolean {
	const { account, birth, changes } = update;
	if (account !== other.account || birth !== other.birth || changes.length !== other.changes.length) return false;
	return changes.every(({ attribute, previous, current }, index) => {
		const same = other.changes[index]!;
		return same.attribute === attribute && same.previous === previous && same.current === current;
	});
}

/** Of an attribute that is listed twice the first previous and the last current value count. */
function trustedChanges(changed: ChainEntry['changed']): TrustedChange[] | null {
	let changes: TrustedChange[] | null = null;
	for (const { attribute, previous, current, shown = null } of changed) {
		if (trustOf(attribute) === 'never') continue;
		changes ??= [];
		const first = changes.findIndex((change) => change.attribute === attribute);
		if (first === -1) changes.push({ attribute, previous, current, shown });
		else changes[first] = { attribute, previous: changes[first]!.previous, current, shown };
	}
	// An array that grew by pushing holds room for sixteen more.
	return changes && changes.slice();
}

function timeOf(json: string | null): number | null {
	if (json === null || !/^"\d{4}-\d\d-\d\dT[^"]*"$/.test(json)) return null;
	const time = Date.parse(json.slice(1, -1));
	return Number.isNaN(time) ? null : time;
}
