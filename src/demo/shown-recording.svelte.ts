import { mount, unmount } from 'svelte';
import { firstView } from '../inspector/address';
import { ApiClient } from '../inspector/api-client';
import type { RecordingState } from './recording';
import RecordingBar from './RecordingBar.svelte';
import type { Stage } from './stage';
import type { WorkerHost } from './worker-host';

/** A recording that is on the page: its deliveries behind the real receiver, and a bar that says what they are. */
export class ShownRecording {
	readonly name: string;
	readonly #host: WorkerHost;
	readonly #bar: object;
	#state: RecordingState = $state.raw({ read: 0, size: 0, count: 0, damaged: 0, problems: [], ending: null });
	#failure = $state<string | null>(null);

	/** @param onclose called when the person wants to go back */
	constructor(stage: Stage, host: WorkerHost, file: File, onclose: () => void) {
		this.name = file.name;
		this.#host = host;
		const hosted = host.record(file, (news) => {
			if (news.about === 'recording') this.#state = news.state;
			else this.#failure = news.message;
		});
		this.#bar = mount(RecordingBar, { target: stage.bar, props: { recording: this, onclose } });
		const client = new ApiClient(
			stage.base,
			(url, init) => hosted.fetch(url, init),
			() => hosted.connect(),
		);
		stage.show(client, firstView).follow = false;
	}

	get state(): RecordingState {
		return this.#state;
	}

	/** Why it can't be read, in a sentence. */
	get failure(): string | null {
		return this.#failure;
	}

	/** Ends the reading; what has been read stays. */
	stop(): void {
		this.#host.ask({ task: 'stop-reading' });
	}

	/** Takes its bar and its deliveries away; somebody else shows the page then. */
	close(): void {
		this.#host.ask({ task: 'close-recording' });
		void unmount(this.#bar);
	}
}
