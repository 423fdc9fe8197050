import { mount } from 'svelte';
import ToastRegion from '../ui/ToastRegion.svelte';
import { Toasts } from '../ui/toasts.svelte';
import { mockScope, readDemoAddress, writeDemoAddress } from './demo-address';
import { Demo } from './demo.svelte';
import { fetchAhead } from './fetch-ahead';
import { readOpenedFiles } from './opened-files';
import { ShownRecording } from './shown-recording.svelte';
import type { Stage } from './stage';
import { Traces } from './traces';
import { WorkerHost } from './worker-host';

/** What the page can do without a receiver: the demo, and files that a person opens. Loaded when one of them is needed. */
export class DemoTools {
	readonly #stage: Stage;
	readonly #host: WorkerHost;
	readonly #toasts = new Toasts();
	#recording: ShownRecording | null = null;

	/**
	 * @param worker hosts receivers, for as long as the page is there
	 * @param failing resolves when its script can't be loaded
	 */
	constructor(stage: Stage, worker: Worker, failing: Promise<void>) {
		this.#stage = stage;
		this.#host = new WorkerHost(stage.base, worker, failing);
		mount(ToastRegion, { target: document.body, props: { toasts: this.#toasts } });
	}

	/** Fetches what the page may need later, while it has nothing else to do. */
	prepare(): void {
		fetchAhead(this.#stage.base);
	}

	/** Starts the demo that the address names, in this page. */
	startDemo(): void {
		const choice = readDemoAddress(location.search);
		if (!location.href.startsWith(mockScope(this.#stage.base))) {
			// The same demo, at the address that the service worker is registered for.
			location.replace(new URL(`./${writeDemoAddress(choice)}${location.hash}`, this.#stage.base));
			return;
		}
		this.#closeRecording();
		const { home: before } = this.#stage;
		before.hide();
		const traces = new Traces();
		const leave = () => {
			void traces.remove();
			void this.#goTo(new URL('./', this.#stage.base), () => {
				this.#stage.home = before;
				before.show();
			});
		};
		const demo = new Demo(this.#stage, this.#host, choice, () => this.prepare(), leave);
		this.#stage.home = demo;
		demo.show();
	}

	/** Opens the demo: loads its address, or starts it here where the address can't be loaded. */
	openDemo(): Promise<void> {
		const address = new URL(writeDemoAddress(readDemoAddress('')), this.#stage.base);
		return this.#goTo(address, () => this.startDemo());
	}

	/** Shows a recording in place of what is shown, and payloads in Validate. */
	async openFiles(files: readonly File[]): Promise<void> {
		const opened = await readOpenedFiles(files);
		if (opened.kind === 'refused') this.#toasts.show(opened.reason);
		else if (opened.kind === 'payload') this.#stage.inspector.offer(opened);
		else {
			if (opened.others > 0) this.#toasts.show(`Only ${opened.file.name} was opened: one recording at a time.`);
			this.#showRecording(opened.file);
		}
	}

	#showRecording(file: File): void {
		if (!this.#closeRecording()) this.#stage.home.hide();
		this.#recording = new ShownRecording(this.#stage, this.#host, file, () => {
			this.#closeRecording();
			this.#stage.home.show();
		});
	}

	#closeRecording(): boolean {
		const recording = this.#recording;
		this.#recording = null;
		recording?.close();
		return recording !== null;
	}

	/** Loads an address of this page; without a network, only writes it and does here what would be done there. */
	async #goTo(address: URL, here: () => void): Promise<void> {
		const isThere = await fetch(address, { method: 'HEAD', cache: 'no-store' }).then(
			() => true,
			() => false,
		);
		if (isThere) return location.assign(address);
		history.replaceState(null, '', address);
		here();
	}
}
