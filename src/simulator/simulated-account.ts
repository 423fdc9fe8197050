import { asides } from './asides';
import { chaosAsides, Gremlin } from './chaos';
import { Life } from './life';
import type { Letter } from './outbox';
import { Random } from './random';
import { scenarios, type ScenarioName } from './scenarios';
import { Signer, type SimulatedRequest } from './signed-request';
import { stories } from './stories';
import { Stage } from './story';
import { Teller } from './teller';
import { tour, tourConversation } from './tour';
import { VirtualClock } from './virtual-clock';
import { Workplace } from './workplace';

export interface SimulationOptions {
	/** Any number: the same one gives the same bytes. The tour is the same for all. */
	seed: number;
	scenario: ScenarioName;
	/** The webhook's secret. Empty: nothing is signed. */
	secret: string;
	/** When the virtual clock starts, in Unix milliseconds; 2026-06-09T10:00:00Z by default. */
	start?: number;
	/** Deliveries a second on the virtual clock, above 0; the scenario's own by default. Part of what decides the bytes. */
	rate?: number;
	/** The `Host` header. */
	host?: string;
}

/** Where the virtual clock starts unless told otherwise: 2026-06-09T10:00:00Z. */
export const defaultStart = Date.UTC(2026, 5, 9, 10);

/** Its visitor speaks English, as the script does. */
const tourSeed = 2030;

/**
 * A Chatwoot account that lives: contacts, agents, a bot and an assistant go through conversations, and every step
 * sends what release 4.14.2 sends to an account webhook, in its order, with consistent ids and values, for as long as
 * it is asked. The same options give the same bytes on every machine; nothing depends on the machine's clock.
 *
 * Where several deliveries are asked for at once, they come in order. Memory is bounded: people and conversations that
 * are over are forgotten.
 */
export class SimulatedAccount {
	readonly #life: Life;
	readonly #place: Workplace;
	readonly #gremlin: Gremlin | null;
	readonly #signer: Signer;
	#letters: Letter[] = [];

	constructor({
		seed,
		scenario: name,
		secret,
		start = defaultStart,
		rate,
		host = 'hooks.example.com',
	}: SimulationOptions) {
		const scenario = scenarios[name];
		const pace = { rate: rate ?? scenario.rate, together: scenario.together };
		if (!(pace.rate > 0 && pace.rate < Infinity)) throw new Error('The rate of a simulation is a number above 0.');
		const random = new Random(name === 'tour' ? tourSeed : seed);
		const clock = new VirtualClock(Math.round(start) * 1000, pace.rate, random);
		// Another seed is another account: what two of them send to one receiver is seldom of the same conversation.
		const firstDisplayId = name === 'tour' ? tourConversation : random.between(1000, 9000);
		this.#place = new Workplace(random, clock, scenario.contacts, firstDisplayId);
		this.#signer = new Signer(secret, host);
		this.#gremlin = scenario.isChaotic ? new Gremlin(random) : null;
		const stage = new Stage(this.#place);
		const stories = name === 'tour' ? onlyOnce(() => tour(stage)) : toldBy(stage, scenario.isChaotic);
		this.#life = new Life(this.#place, pace, stories);
	}

	/** The next request; null when the script is over, which only the tour's ever is. */
	async next(): Promise<SimulatedRequest | null> {
		const letter = this.#take();
		return letter === null ? null : await this.#signer.sign(letter);
	}

	/** One request after another, to the end of the script or without end. */
	async *requests(): AsyncGenerator<SimulatedRequest, void, void> {
		for (let request = await this.next(); request !== null; request = await this.next()) yield request;
	}

	/** How much it holds: conversations that go on, and contacts that may come back. Neither grows without bound. */
	get sizes(): { conversations: number; contacts: number } {
		return { conversations: this.#life.size, contacts: this.#place.population.size };
	}

	#take(): Letter | null {
		while (this.#letters.length === 0) {
			const letters = this.#life.step();
			if (letters === null) return null;
			const gremlin = this.#gremlin;
			this.#letters = gremlin === null ? letters : letters.flatMap((letter) => gremlin.meddle(letter));
		}
		return this.#letters.shift()!;
	}
}

function toldBy(stage: Stage, isChaotic: boolean) {
	const teller = new Teller(stage, stories, isChaotic ? { ...asides, ...chaosAsides } : asides);
	return () => teller.begin();
}

function onlyOnce<Story>(begin: () => Story): () => Story | null {
	let isBegun = false;
	return () => {
		if (isBegun) return null;
		isBegun = true;
		return begin();
	};
}
