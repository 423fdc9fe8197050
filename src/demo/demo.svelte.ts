import { mount, unmount } from 'svelte';
import { firstView } from '../inspector/address';
import { ApiClient } from '../inspector/api-client';
import type { Inspector } from '../inspector/inspector.svelte';
import type { ScenarioName } from '../simulator/scenarios';
import { firstChoice, writeDemoAddress } from './demo-address';
import type { DemoNews } from './demo-messages';
import DemoBar from './DemoBar.svelte';
import type { Mock } from './mock';
import { registerMock } from './mock-registration';
import type { PlayerState } from './player';
import type { SeenFault, SimulationChoice } from './simulation';
import type { Home, Stage } from './stage';
import type { HostedReceiver, WorkerHost } from './worker-host';

/** The deliveries that show faults of one kind: how many there were, and the newest ones, ascending. */
export interface FaultsOfKind {
	total: number;
	ids: readonly number[];
}

const mostIds = 50;
const notBegun: PlayerState = { clock: null, isPlaying: true, speed: 1, sent: 0, isOver: false };

/** The demo: a simulated account in a worker, its receiver behind the page's own addresses, and the bar above. */
export class Demo implements Home {
	readonly #stage: Stage;
	readonly #host: WorkerHost;
	readonly #onlive: () => void;
	readonly #onleave: () => void;
	#hosted: HostedReceiver;
	/** Begins when the page is live, and has time for it. */
	#starting: Promise<Mock | null> | null = null;
	/** Null until it stands, and where no service worker takes the page. */
	#mock: Mock | null = null;
	#choice = $state.raw<SimulationChoice>(firstChoice);
	#player = $state.raw<PlayerState>(notBegun);
	#faults = $state.raw<ReadonlyMap<SeenFault['kind'], FaultsOfKind>>(new Map());
	#inspector = $state.raw<Inspector | null>(null);
	#failure = $state<string | null>(null);
	#isDirect = $state(false);
	#bar: object | null = null;
	#isHidden = false;
	/** Whether the guide stands on the page. */
	isTouring = $state(false);

	/**
	 * @param onlive called when all of the demo is there, and the page has time for other things
	 * @param onleave called when the demo is over and nothing of it is on the page any more
	 */
	constructor(stage: Stage, host: WorkerHost, choice: SimulationChoice, onlive: () => void, onleave: () => void) {
		this.#stage = stage;
		this.#host = host;
		this.#onlive = onlive;
		this.#onleave = onleave;
		this.#choice = choice;
		this.#hosted = this.#simulate();
		this.isTouring = choice.scenario === 'tour';
		document.addEventListener('visibilitychange', () => this.#suspend());
	}

	get choice(): SimulationChoice {
		return this.#choice;
	}

	get player(): PlayerState {
		return this.#player;
	}

	get faults(): ReadonlyMap<SeenFault['kind'], FaultsOfKind> {
		return this.#faults;
	}

	/** The inspector that shows the simulation. */
	get inspector(): Inspector {
		return this.#inspector ?? this.#stage.inspector;
	}

	/** Why there is no simulation, in a sentence. */
	get failure(): string | null {
		return this.#failure;
	}

	/** Whether the page is answered without a service worker. */
	get isDirect(): boolean {
		return this.#isDirect;
	}

	show(): void {
		this.#isHidden = false;
		this.#suspend();
		this.#inspector = this.#stage.show(this.#api());
		this.#bar = mount(DemoBar, { target: this.#stage.bar, props: { demo: this, onleave: () => void this.leave() } });
	}

	hide(): void {
		this.#isHidden = true;
		this.#suspend();
		this.#takeBarAway();
	}

	play(isPlaying: boolean): void {
		this.#player = { ...this.#player, isPlaying };
		this.#host.ask({ task: 'play', isPlaying });
	}

	setSpeed(speed: number): void {
		this.#player = { ...this.#player, speed };
		this.#host.ask({ task: 'speed', speed });
	}

	step(): void {
		this.#host.ask({ task: 'step' });
	}

	/** Brings what is still missing until a fault of this kind, or all of it. */
	hurry(until: SeenFault['kind'] | null): void {
		this.#host.ask({ task: 'hurry', until });
	}

	choose(scenario: ScenarioName): void {
		this.#choice = { ...this.#choice, scenario, rate: null };
		history.replaceState(history.state, '', writeDemoAddress(this.#choice));
		this.restart();
	}

	/** Begins the scenario anew: the same deliveries with the same numbers. */
	restart(): void {
		this.#player = { ...notBegun, speed: this.#player.speed };
		this.#faults = new Map();
		this.#failure = null;
		this.#hosted = this.#simulate();
		this.#inspector = this.#stage.show(this.#api(), { ...firstView, panel: this.inspector.panel });
		this.isTouring = this.#choice.scenario === 'tour';
	}

	/** Ends the demo: nothing of it stays in the browser. */
	async leave(): Promise<void> {
		this.hide();
		// One that has not begun to start need not start any more.
		const mock = await (this.#starting ??= Promise.resolve(null));
		await mock?.stop();
		this.#onleave();
	}

	#simulate(): HostedReceiver {
		const { isPlaying, speed } = this.#player;
		return this.#host.simulate(this.#choice, { isPlaying, speed }, (news) => this.#hear(news));
	}

	async #startMock(): Promise<Mock | null> {
		const { base } = this.#stage;
		const registering = registerMock(base);
		try {
			const { startMock } = await import('./mock');
			this.#mock = await startMock(base, registering, () => this.#hosted);
			this.#isDirect = this.#mock === null;
			return this.#mock;
		} catch {
			// What it needs could not be fetched, or the browser does not let it.
			this.#isDirect = true;
			return null;
		}
	}

	/**
	 * The page's own client: through the service worker as soon as that takes the page. Until then the receiver is asked
	 * directly: to register a service worker and to load the mock takes longer than all else that a first row needs.
	 */
	#api(): ApiClient {
		const hosted = this.#hosted;
		const ask = async (url: URL, init?: RequestInit) => {
			const response = await (this.#mock ?? hosted).fetch(url, init);
			return response.headers.get('content-type')?.startsWith('text/event-stream') ? this.#goLive(response) : response;
		};
		return new ApiClient(this.#stage.base, ask, () => hosted.connect());
	}

	/** A stream that comes directly ends in good order when there is a service worker, which the next one comes through. */
	#goLive(stream: Response): Response {
		const onlive = this.#onlive;
		if (this.#mock !== null) {
			onlive();
			return stream;
		}
		const starting = (this.#starting ??= this.#startMock());
		const untilThen = new TransformStream<Uint8Array, Uint8Array>({
			start(controller) {
				void starting.then((mock) => (mock === null ? onlive() : controller.terminate()));
			},
		});
		return new Response(stream.body!.pipeThrough(untilThen), stream);
	}

	#hear(news: DemoNews): void {
		if (news.about === 'simulation') this.#player = news.state;
		else if (news.about === 'fault') this.#addFault(news.fault);
		else if (news.about === 'failure') this.#failure = news.message;
	}

	#addFault({ kind, id }: SeenFault): void {
		const { total, ids } = this.#faults.get(kind) ?? { total: 0, ids: [] };
		this.#faults = new Map(this.#faults).set(kind, { total: total + 1, ids: [...ids, id].slice(-mostIds) });
	}

	/** Nothing is simulated for nobody. */
	#suspend(): void {
		const isSuspended = this.#isHidden || document.visibilityState === 'hidden';
		this.#host.ask({ task: 'suspend', isSuspended });
	}

	#takeBarAway(): void {
		if (this.#bar) void unmount(this.#bar);
		this.#bar = null;
	}
}
