import type { ChainRemark } from '../../changes/chain-remarks';
import { valueWords } from '../../changes/chain-words';
import type { ConversationHistory } from '../../changes/conversation-history';
import { customPrefix, followedMembers, memberOfAttribute } from '../../changes/conversation-members';
import { newestMessage, type NewestMessage, type ValueChange } from '../../changes/conversation-state';
import type { DeliveryId } from '../../deliveries/delivery';

/** One member of the conversation at the cursor. */
export interface StateRow {
	member: string;
	/** JSON text; null while it is not known. */
	value: string | null;
	/** Null while only this one delivery was looked at. */
	change: ValueChange | null;
	/** The value before, where the delivery at the cursor has changed it; JSON text. */
	was: string | null;
	/** Why the value is not certain, sentences with names and values in back-ticks. */
	doubts: string[];
}

export interface ConversationState {
	members: StateRow[];
	custom: StateRow[];
	message: (StateRow & { read: NewestMessage }) | null;
}

/** How a member is known at the cursor. */
export type ValueSource = (member: string) => { change: ValueChange; isSettled: boolean; was: string | null } | null;

/** What was known when a delivery had arrived, by all deliveries up to then. */
export function fromHistory(history: ConversationHistory, at: DeliveryId): ValueSource {
	return (member) => {
		const change = history.valueAt(member, at);
		if (!change) return null;
		const before = change.at === at ? history.valueBefore(member, at) : null;
		return { change, isSettled: true, was: before?.value ?? null };
	};
}

/** What one body alone shows. */
export function fromLook(changes: readonly ValueChange[]): ValueSource {
	return (member) => {
		const change = changes.find((one) => one.member === member);
		return change ? { change, isSettled: false, was: null } : null;
	};
}

/**
 * The conversation at the cursor.
 * @param members all that are known at some time, so that rows stay where they are while the cursor moves
 * @param gaps where deliveries are missing
 */
export function conversationState(
	source: ValueSource,
	members: readonly string[],
	gaps: readonly ChainRemark[],
	at: DeliveryId,
): ConversationState {
	const open = gaps.filter((gap) => (gap.since ?? -Infinity) < at && at < gap.at);
	const row = (member: string): StateRow => {
		const found = source(member);
		return {
			member,
			value: found?.change.value ?? null,
			change: found?.isSettled ? found.change : null,
			was: found?.was ?? null,
			doubts: open.flatMap((gap) => doubtsOf(gap, member)),
		};
	};
	const shown = followedMembers.filter((member) => members.includes(member));
	const custom = members.filter((member) => member.startsWith(customPrefix)).sort();
	const message = row(newestMessage);
	return {
		members: shown.map(row),
		custom: custom.map(row).filter(({ value, was }) => value !== null || was !== null),
		message: message.value === null ? null : { ...message, read: JSON.parse(message.value) as NewestMessage },
	};
}

/** What a missing delivery leaves uncertain of a member. */
function doubtsOf(gap: ChainRemark, member: string): string[] {
	return gap.broken.flatMap(({ attribute, previous, since }) => {
		const name = memberOfAttribute(attribute);
		if (name === null || (name !== member && !member.startsWith(`${name}.`))) return [];
		const became = valueWords(previous);
		const between = `A delivery between ${since} and ${gap.at} is missing`;
		return [became === null ? `${between}; it changed this.` : `${between}: this became ${became}.`];
	});
}
