import type { SimulatedRequest } from '../simulator/signed-request';

/** What became of the requests that were posted. */
export class PostingTally {
	readonly #answers = new Map<string, number>();
	readonly #faults = new Map<string, number>();
	#sent = 0;

	/** @param answer the status, or why there is none */
	add({ fault }: SimulatedRequest, answer: number | string): void {
		this.#sent++;
		count(this.#answers, typeof answer === 'number' ? `answered ${answer}` : answer);
		if (fault !== null) count(this.#faults, fault.kind);
	}

	/** A sentence: how many were sent, how they were answered, and which faults were planted. */
	summary(): string {
		if (this.#sent === 0) return 'Sent nothing.';
		const sent = this.#sent === 1 ? 'Sent 1 delivery' : `Sent ${this.#sent.toLocaleString('en')} deliveries`;
		const faults = this.#faults.size === 0 ? '' : ` Planted: ${listed(this.#faults)}.`;
		return `${sent}: ${listed(this.#answers)}.${faults}`;
	}
}

function count(counts: Map<string, number>, name: string): void {
	counts.set(name, (counts.get(name) ?? 0) + 1);
}

function listed(counts: ReadonlyMap<string, number>): string {
	return [...counts].map(([name, times]) => `${times.toLocaleString('en')} ${name}`).join(', ');
}
