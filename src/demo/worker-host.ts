import { PortFetch } from '../inspector/port-fetch';
import type { DemoNews, DemoRequest, Source } from './demo-messages';
import type { SimulationChoice } from './simulation';

/** A receiver in the worker, as the page reaches it. */
export interface HostedReceiver {
	fetch(input: URL | Request, init?: RequestInit): Promise<Response>;
	/** Another way to it, for a worker of the page. */
	connect(): MessagePort;
}

type News<About> = Extract<DemoNews, { about: About }>;

/** The page's side of the worker that hosts receivers. One worker is enough for a page, however often things are opened. */
export class WorkerHost {
	readonly #worker: Worker;
	readonly #failing: Promise<void>;
	#lastRun = 0;
	/** Who listens to the run that each of the two is in; what an earlier one still has to say is passed over. */
	readonly #listeners = new Map<Source, { run: number; tell: (news: DemoNews) => void }>();

	/**
	 * @param base the page's address
	 * @param failing resolves when the worker's script can't be loaded
	 */
	constructor(base: string, worker: Worker, failing: Promise<void>) {
		this.#worker = worker;
		this.#failing = failing;
		this.ask({ task: 'begin', base });
		this.#worker.addEventListener('message', ({ data }: MessageEvent<DemoNews>) => {
			for (const { run, tell } of this.#listeners.values()) if (run === data.run) tell(data);
		});
		this.#worker.addEventListener('error', ({ message }) => {
			if (!message) return;
			for (const { run, tell } of this.#listeners.values()) tell({ about: 'failure', run, message });
		});
	}

	/** Starts a simulation in place of the one before. */
	simulate(
		choice: SimulationChoice,
		how: { isPlaying: boolean; speed: number },
		tell: (news: News<'simulation' | 'fault' | 'failure'>) => void,
	): HostedReceiver {
		return this.#open('simulation', tell as (news: DemoNews) => void, (run, port) => ({
			task: 'simulate',
			run,
			choice,
			...how,
			port,
		}));
	}

	/** Reads a recording in place of the one before. */
	record(file: Blob, tell: (news: News<'recording' | 'failure'>) => void): HostedReceiver {
		return this.#open('recording', tell as (news: DemoNews) => void, (run, port) => ({
			task: 'record',
			run,
			file,
			port,
		}));
	}

	/** Tells the simulation or the recording what to do. */
	ask(request: Exclude<DemoRequest, { port: MessagePort }>): void {
		this.#worker.postMessage(request);
	}

	#open(
		source: Source,
		tell: (news: DemoNews) => void,
		request: (run: number, port: MessagePort) => DemoRequest,
	): HostedReceiver {
		const run = ++this.#lastRun;
		this.#listeners.set(source, { run, tell });
		void this.#failing.then(() => tell({ about: 'failure', run, message: 'Its worker could not be started.' }));
		const { port1, port2 } = new MessageChannel();
		this.#worker.postMessage(request(run, port2), [port2]);
		const own = new PortFetch(port1);
		return {
			fetch: (input, init) => own.fetch(input, init),
			connect: () => {
				const channel = new MessageChannel();
				this.#worker.postMessage({ task: 'connect', source, port: channel.port2 } satisfies DemoRequest, [
					channel.port2,
				]);
				return channel.port1;
			},
		};
	}
}
