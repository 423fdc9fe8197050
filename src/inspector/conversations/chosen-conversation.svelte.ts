import type { ChainRemark } from '../../changes/chain-remarks';
import { conversationLanes, type ConversationLanes } from '../../changes/conversation-lanes';
import { LiveChain } from '../../changes/live-chain';
import type { Summary } from '../../deliveries/api';
import type { DeliveryId } from '../../deliveries/delivery';
import type { DeliveryLog } from '../../deliveries/log';

/** Summaries that are read in one task. */
const atOnce = 250;

/** The deliveries of the conversation that is looked at, as far as their summaries tell. */
export class ChosenConversation {
	#entries = $state.raw<readonly Summary[]>([]);
	#gaps = $state.raw<readonly ChainRemark[]>([]);
	#lanes = $state.raw(conversationLanes([], []));
	#chain = new LiveChain();
	/** Grows when what is being taken is no longer wanted. */
	#turn = 0;
	/** The first delivery of the conversation that is being taken; null when none is. */
	#taking: DeliveryId | null = null;
	#waiting: { ids: readonly DeliveryId[]; log: DeliveryLog } | null = null;
	/** Entries that the chain has been given: it may be ahead, when a reading was given up. */
	#chained = 0;

	/** Ascending. */
	get entries(): readonly Summary[] {
		return this.#entries;
	}

	get lanes(): ConversationLanes {
		return this.#lanes;
	}

	/** Where deliveries are missing, ascending. */
	get gaps(): readonly ChainRemark[] {
		return this.#gaps;
	}

	/**
	 * Takes the deliveries that are known now, ascending, a few in each task. While that goes on the newest of further
	 * calls waits, so that a conversation that gets longer all the time is shown all the same.
	 */
	async take(ids: readonly DeliveryId[], log: DeliveryLog): Promise<void> {
		const isOther = this.#taking !== null && this.#taking !== ids[0];
		if (isOther) this.#turn++;
		else if (this.#taking !== null) {
			this.#waiting = { ids, log };
			return;
		}
		this.#taking = ids[0] ?? null;
		this.#waiting = { ids, log };
		const turn = this.#turn;
		while (this.#waiting) {
			const next = this.#waiting;
			this.#waiting = null;
			await this.#take(next.ids, next.log, turn);
			if (turn !== this.#turn) return;
		}
		this.#taking = null;
	}

	async #take(ids: readonly DeliveryId[], log: DeliveryLog, turn: number): Promise<void> {
		const goesOn = this.#entries.every(({ id }, index) => id === ids[index]);
		const entries = goesOn ? [...this.#entries] : [];
		const chain = goesOn && this.#chained === entries.length ? this.#chain : new LiveChain();
		if (chain !== this.#chain) chain.add(entries);
		this.#chain = chain;
		for (let from = entries.length; from < ids.length; from += atOnce) {
			const read = ids.slice(from, from + atOnce).flatMap((id) => log.get(id) ?? []);
			chain.add(read);
			entries.push(...read);
			this.#chained = entries.length;
			if (from + atOnce < ids.length) await nextTask();
			if (turn !== this.#turn) return;
		}
		this.#chained = entries.length;
		const gaps = chain.remarks().filter(({ kind }) => kind === 'gap');
		const lanes = conversationLanes(entries, gaps);
		// What draws them has a task of its own.
		if (ids.length > atOnce) await nextTask();
		if (turn !== this.#turn) return;
		this.#entries = entries;
		this.#gaps = gaps;
		this.#lanes = lanes;
	}

	/** Nothing is looked at. */
	forget(): void {
		this.#turn++;
		this.#taking = null;
		this.#waiting = null;
		this.#chain = new LiveChain();
		this.#chained = 0;
		this.#entries = [];
		this.#gaps = [];
		this.#lanes = conversationLanes([], []);
	}
}

function nextTask(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}
