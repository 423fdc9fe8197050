/** The worker that hosts receivers for the page, so that the page is left to draw. */
import type { Receiver } from '../receiver/receiver';
import type { DemoNews, DemoRequest } from './demo-messages';
import { servePort } from './port-server';
import { OpenedRecording } from './recording';
import { Simulation, type SeenFault } from './simulation';

/** How often the page is told how far it is, at most. In milliseconds. */
const newsEvery = 200;

/** A receiver, what fills it, and the ports that it answers. */
class Hosted<Filled extends { receiver: Receiver; close(): void }> {
	readonly filled: Filled;
	readonly #stops: (() => void)[] = [];
	readonly #timer: ReturnType<typeof setInterval>;

	constructor(filled: Filled, tell: () => void) {
		this.filled = filled;
		this.#timer = setInterval(tell, newsEvery);
	}

	/** @param ready when there is something to answer with */
	serve(port: MessagePort, ready: Promise<unknown> = Promise.resolve()): void {
		const { receiver } = this.filled;
		this.#stops.push(servePort(port, { fetch: (request) => ready.then(() => receiver.fetch(request)) }, base));
	}

	/** Nothing changes any more. */
	rest(): void {
		clearInterval(this.#timer);
	}

	close(): void {
		this.rest();
		for (const stop of this.#stops) stop();
		this.filled.close();
	}
}

let base = '';
let simulation: Hosted<Simulation> | null = null;
let recording: Hosted<OpenedRecording> | null = null;
const seen = new Set<SeenFault['kind']>();

addEventListener('message', ({ data }: MessageEvent<DemoRequest>) => {
	const player = simulation?.filled.player;
	switch (data.task) {
		case 'begin':
			base = data.base;
			return;
		case 'simulate':
			return simulate(data);
		case 'record':
			return record(data);
		case 'connect':
			return (data.source === 'simulation' ? simulation : recording)?.serve(data.port);
		case 'play':
			return player?.play(data.isPlaying);
		case 'speed':
			return player?.setSpeed(data.speed);
		case 'suspend':
			return player?.suspend(data.isSuspended);
		case 'step':
			return player?.step();
		case 'hurry': {
			const { until } = data;
			return player?.hurry(() => until === null || !seen.has(until));
		}
		case 'stop-reading':
			return recording?.filled.stop();
		case 'close-recording':
			recording?.close();
			recording = null;
	}
});

function simulate({ run, choice, isPlaying, speed, port }: Extract<DemoRequest, { task: 'simulate' }>): void {
	simulation?.close();
	seen.clear();
	const onfault = (fault: SeenFault) => {
		seen.add(fault.kind);
		tell({ about: 'fault', run, fault });
	};
	let isNew = true;
	const onchange = () => (isNew = true);
	const filled = new Simulation(choice, { isPlaying, speed }, { onchange, onfault });
	const say = () => {
		const { state } = filled.player;
		if (isNew || (state.isPlaying && !state.isOver)) tell({ about: 'simulation', run, state });
		isNew = false;
	};
	simulation = new Hosted(filled, say);
	simulation.serve(port, filled.begun);
	filled.run().then(say, (error: unknown) => fail(run, error));
}

function record({ run, file, port }: Extract<DemoRequest, { task: 'record' }>): void {
	recording?.close();
	const filled = new OpenedRecording(file);
	const say = () => {
		tell({ about: 'recording', run, state: filled.state });
		if (filled.state.ending !== null) hosted.rest();
	};
	const hosted = new Hosted(filled, say);
	recording = hosted;
	recording.serve(port);
	void filled.read().then(say);
}

function fail(run: number, error: unknown): void {
	tell({ about: 'failure', run, message: error instanceof Error ? error.message : String(error) });
}

function tell(news: DemoNews): void {
	postMessage(news);
}
