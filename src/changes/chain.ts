import type { DeliveryId } from '../deliveries/delivery';
import { conversationKey, isCopyOf, readUpdate, repeatKey, type ChainEntry, type ChainUpdate } from './chain-entry';
import {
	contradictionRemark,
	duplicateRemark,
	gapRemark,
	reorderedRemark,
	sortRemarks,
	type ChainRemark,
} from './chain-remarks';
import { inOrderOfSaving, nothingKnown, placed, takeUpdate, type PlacedUpdate } from './chain-walk';
import type { NameOf } from './chain-words';
import { contradictionsOf, doesExplain } from './conversation-chain';

/**
 * Follows the chain of every conversation in a whole recording: what was missed, sent twice, overtaken, or shown
 * otherwise than said. Consecutive updates of a conversation must fit: a previous value that is not the last known
 * one, of an attribute that nothing moves silently, means that a delivery was missed (ground truth 5.5).
 *
 * Updates are ordered by the `updated_at` of their diff, so that deliveries that overtook each other are no gap; copies
 * of an update are passed over. A complete recording gives no gap.
 * @param entries of any conversations, in order of arrival
 * @param nameOf how messages call a delivery
 */
export function followChain(entries: Iterable<ChainEntry>, nameOf: NameOf = String): ChainRemark[] {
	const remarks: ChainRemark[] = [];
	const seen = new Map<string, DeliveryId>();
	const conversations = new Map<string, ChainUpdate[]>();
	for (const entry of entries) {
		const repeat = repeatKey(entry);
		const first = repeat === null ? undefined : seen.get(repeat);
		if (first !== undefined) {
			const isSameId = entry.deliveryHeaderId !== null;
			remarks.push(duplicateRemark(entry.id, first, isSameId, nameOf));
			if (isSameId) continue;
		} else if (repeat !== null) seen.set(repeat, entry.id);
		const update = readUpdate(entry);
		if (update === null) continue;
		const key = conversationKey(entry.endpoint, update.conversationId);
		const updates = conversations.get(key);
		if (updates) updates.push(update);
		else conversations.set(key, [update]);
	}
	for (const updates of conversations.values()) {
		for (const chain of byAccount(updates)) remarks.push(...followOne(chain, nameOf));
	}
	return sortRemarks(remarks);
}

/** Updates without an account belong to the one that is known, and together when there are several. */
function byAccount(updates: readonly ChainUpdate[]): Iterable<ChainUpdate[]> {
	const chains = new Map<number | null, ChainUpdate[]>();
	for (const update of updates) {
		const chain = chains.get(update.account);
		if (chain) chain.push(update);
		else chains.set(update.account, [update]);
	}
	return chains.size - (chains.has(null) ? 1 : 0) > 1 ? chains.values() : [[...updates]];
}

/** One conversation. */
function followOne(updates: readonly ChainUpdate[], nameOf: NameOf): ChainRemark[] {
	const { remarks, inPlace } = place(updates, nameOf);
	const ordered = inPlace.toSorted(inOrderOfSaving);
	const knowledge = nothingKnown();
	for (const update of ordered) {
		const broken = takeUpdate(knowledge, update);
		if (broken.length > 0) remarks.push(gapRemark(update, broken, nameOf));
	}
	return [...remarks, ...contradictions(ordered)];
}

/** Gives each update but the copies its place in the order of saving, and tells which were overtaken. */
function place(updates: readonly ChainUpdate[], nameOf: NameOf): { remarks: ChainRemark[]; inPlace: PlacedUpdate[] } {
	const remarks: ChainRemark[] = [];
	const inPlace: PlacedUpdate[] = [];
	const bySaving = new Map<number, PlacedUpdate[]>();
	let newest: PlacedUpdate | null = null;
	for (const [arrival, update] of updates.entries()) {
		const { savedAt } = update;
		if (isCopy(update, savedAt === null ? inPlace.slice(-1) : (bySaving.get(savedAt) ?? []))) continue;
		const own = placed(update, arrival, newest);
		inPlace.push(own);
		if (savedAt !== null) bySaving.set(savedAt, (bySaving.get(savedAt) ?? []).concat(own));
		if (newest !== null && own.time < newest.time) remarks.push(reorderedRemark(own.id, newest.id, nameOf));
		else newest = own;
	}
	return { remarks, inPlace };
}

/** Without a time only the very next one can be told from the same change made again. */
function isCopy(update: ChainUpdate, candidates: readonly PlacedUpdate[]): boolean {
	return candidates.some((other) => other.savedAt === update.savedAt && isCopyOf(update, other));
}

function contradictions(ordered: readonly PlacedUpdate[]): ChainRemark[] {
	return ordered.flatMap((update, index) =>
		contradictionsOf(update)
			.filter((change) => !ordered.some((later, place) => place > index && doesExplain(later, change)))
			.map((change) => contradictionRemark(update.id, change)),
	);
}
