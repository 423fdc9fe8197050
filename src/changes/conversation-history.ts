import type { DeliveryId } from '../deliveries/delivery';
import type { ValueChange } from './conversation-state';

/**
 * Every value that the members of a conversation have had, by delivery: what a member was at any moment is found by
 * halving, so that moving through thousands of deliveries costs nothing that could be felt.
 */
export class ConversationHistory {
	readonly #members = new Map<string, ValueChange[]>();

	/** Members in the order in which they were first seen. */
	get members(): string[] {
		return [...this.#members.keys()];
	}

	/** Takes what further deliveries have changed, ascending by delivery. */
	add(changes: readonly ValueChange[]): void {
		for (const change of changes) {
			const known = this.#members.get(change.member);
			if (known) known.push(change);
			else this.#members.set(change.member, [change]);
		}
	}

	/** All values that a member has had, ascending by delivery; empty for one that nobody has seen. */
	valuesOf(member: string): readonly ValueChange[] {
		return this.#members.get(member) ?? [];
	}

	/** What a member was when a delivery had arrived; null when none up to then has shown it. */
	valueAt(member: string, id: DeliveryId): ValueChange | null {
		const index = this.#indexAt(member, id);
		return index === -1 ? null : this.#members.get(member)![index]!;
	}

	/** The value before that one, another than it; null when there is none. */
	valueBefore(member: string, id: DeliveryId): ValueChange | null {
		const changes = this.valuesOf(member);
		const now = this.#indexAt(member, id);
		for (let index = now - 1; index >= 0; index--) {
			if (changes[index]!.value !== changes[now]!.value) return changes[index]!;
		}
		return null;
	}

	#indexAt(member: string, id: DeliveryId): number {
		const changes = this.valuesOf(member);
		let from = 0;
		let to = changes.length;
		while (from < to) {
			const middle = (from + to) >>> 1;
			if (changes[middle]!.at <= id) from = middle + 1;
			else to = middle;
		}
		return from - 1;
	}
}
