import type { DeliveryId } from '../deliveries/delivery';
import type { BodySource } from '../receiver/body';
import { MemoryStore } from '../receiver/memory-store';
import { createReceiver, type Receiver } from '../receiver/receiver';
import type { PlantedFault } from '../simulator/fault';
import type { ScenarioName } from '../simulator/scenarios';
import type { SimulatedRequest } from '../simulator/signed-request';
import { SimulatedAccount } from '../simulator/simulated-account';
import { Player } from './player';

export interface SimulationChoice {
	scenario: ScenarioName;
	seed: number;
	/** Deliveries a second on the virtual clock; null for the scenario's own. */
	rate: number | null;
}

/** A fault that was planted, and the delivery that shows it. */
export interface SeenFault {
	id: DeliveryId;
	kind: PlantedFault['kind'];
}

/** The name of the capture address. */
export const endpoint = 'demo';

/** What the simulated account signs with and the receiver knows, so that signatures are checked as anywhere. */
const secret = 'simulatedWebhookSecret01';

/** What fits into a page beside everything else. */
const keep = { count: 20_000, bytes: 100_000_000, ageMilliseconds: null };

/** A day that begins with an empty list would seem dead: so many deliveries are there from the start. */
const headStart: Record<ScenarioName, number> = { calm: 24, 'rush-hour': 60, chaos: 40, tour: 8 };
/** Chaos begins with what it is about: a delivery that was lost, unless the first one takes longer than this. */
const mostHeadStart = 300;

/** The real receiver over a store in memory, and a simulated account that sends its webhooks to it. */
export class Simulation {
	readonly receiver: Receiver;
	readonly player: Player;
	/** Resolves with the first delivery: a page that asks sooner would say that it waits for it. */
	readonly begun: Promise<void>;
	#hasBegun: () => void = () => undefined;
	readonly #store: MemoryStore;
	readonly #onfault: (fault: SeenFault) => void;
	/** When what is received now was sent, on the virtual clock. */
	#clock = 0;
	#hasLost = false;

	constructor(
		{ scenario, seed, rate }: SimulationChoice,
		start: { isPlaying: boolean; speed: number },
		listener: { onchange: () => void; onfault: (fault: SeenFault) => void },
	) {
		this.#onfault = listener.onfault;
		this.begun = new Promise((resolve) => (this.#hasBegun = resolve));
		// Undoing takes the person's own seconds, so the store keeps real time.
		this.#store = new MemoryStore({ keep });
		this.receiver = createReceiver({
			store: this.#store,
			endpoints: [endpoint],
			keep,
			secret,
			bodyLimitBytes: 10 * 1024 * 1024,
			now: () => this.#clock,
		});
		const account = new SimulatedAccount({ scenario, seed, secret, ...(rate !== null && { rate }) });
		const deliver = (request: SimulatedRequest) => this.#deliver(request);
		this.player = new Player({ next: () => account.next(), deliver, onchange: listener.onchange }, start);
		const isTooCalm = (sent: number) => scenario === 'chaos' && !this.#hasLost && sent < mostHeadStart;
		this.player.hurry((sent) => sent < headStart[scenario] || isTooCalm(sent));
	}

	/** Lets the account live, until it is closed or its script is over. */
	async run(): Promise<void> {
		try {
			await this.player.run();
		} finally {
			this.#hasBegun();
		}
	}

	close(): void {
		this.player.close();
		this.receiver.close();
		void this.#store.close();
	}

	/** As the Node entry hands a request over: the raw header list beside the Request, and the body as it comes. */
	async #deliver({ sentAt, method, headers, body, fault }: SimulatedRequest): Promise<void> {
		this.#clock = sentAt;
		const target = `/hooks/${endpoint}`;
		const isCut = fault?.kind === 'truncated';
		const request = new Request(`http://simulated.example${target}`, { method });
		await this.receiver.fetch(request, { method, target, headers, body: bodyOf(body, isCut) });
		this.#hasBegun();
		if (!fault) return;
		this.#hasLost ||= fault.kind === 'lost';
		this.#onfault({ id: this.#store.status().newest!, kind: fault.kind });
	}
}

/** A sender that goes away in the middle leaves a body that is not whole. */
function bodyOf(body: Uint8Array, isCut: boolean): BodySource {
	return {
		start(sink) {
			sink.chunk(body);
			if (isCut) sink.stopped();
			else sink.end();
			return () => undefined;
		},
	};
}
