import { mount, unmount } from 'svelte';
import './ui/tokens.css';
import './ui/base.css';
import './page.css';
import type { DemoTools } from './demo/demo-tools';
import hostAddress from './demo/demo-worker?worker&url';
import type { Stage } from './demo/stage';
import { readAddress } from './inspector/address';
import { ApiClient } from './inspector/api-client';
import App from './inspector/App.svelte';
import { Feed, type Surroundings } from './inspector/feed';
import { takeDroppedFiles } from './inspector/file-drop';
import { Inspector } from './inspector/inspector.svelte';
import { Preferences } from './inspector/preferences.svelte';
import { failsToStart, startWorker } from './inspector/start-worker';
import { sharedSlots } from './inspector/stream-slots';
import { tabStorage } from './inspector/tab-storage';

const mostFrameMilliseconds = 100;

/** A receiver in the page costs no connection, so that a place for its stream is always free. */
function surroundings(isHosted: boolean): Surroundings {
	return {
		isHidden: () => document.visibilityState === 'hidden',
		onChange(callback) {
			document.addEventListener('visibilitychange', callback);
			addEventListener('online', callback);
			return () => {
				document.removeEventListener('visibilitychange', callback);
				removeEventListener('online', callback);
			};
		},
		slots: sharedSlots(isHosted ? undefined : navigator.locks),
		frame: nextFrame,
		now: Date.now,
	};
}

/** A page that draws no frames, as one behind others, goes on all the same. */
function nextFrame(): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, mostFrameMilliseconds);
		requestAnimationFrame(() => {
			clearTimeout(timer);
			resolve();
		});
	});
}

/** A browser may forbid storage altogether. */
function storage(name: 'localStorage' | 'sessionStorage'): Storage | null {
	try {
		return globalThis[name];
	} catch {
		return null;
	}
}

const isDemo = new URLSearchParams(location.search).has('demo');
const base = document.baseURI;
const kept = storage('localStorage');
// Of a demo the browser keeps nothing.
const preferences = new Preferences(isDemo ? tabStorage(kept, storage('sessionStorage')) : kept);
const target = document.getElementById('app')!;
const bar = document.createElement('div');
target.replaceChildren();
target.before(bar);

let shown = new Inspector(new ApiClient(base));
let close: () => void = () => undefined;
let tools: Promise<DemoTools> | null = null;

const stage: Stage = {
	base,
	bar,
	get inspector() {
		return shown;
	},
	home: {
		show: () => void stage.show(new ApiClient(base)),
		hide: () => undefined,
	},
	show(api, view = readAddress(location.hash)) {
		close();
		const inspector = new Inspector(api);
		const feed = new Feed(api, inspector, surroundings(api.connect !== null));
		inspector.reload = () => feed.reload();
		inspector.show(view);
		const stop = feed.start();
		void inspector.loadSettings();
		const props = { inspector, preferences, onstartdemo, onfiles, onalone };
		const app = mount(App, { target, props });
		close = () => {
			stop();
			void unmount(app);
			inspector.close();
		};
		shown = inspector;
		return inspector;
	},
};

/** The demo and opened files are no part of the page until one of them is asked for. */
function loadTools(): Promise<DemoTools> {
	return (tools ??= openTools(startWorker(hostAddress)));
}

/** The worker takes as long to start as the rest takes to load, so that both begin at once. */
async function openTools(worker: Worker): Promise<DemoTools> {
	const failing = failsToStart(worker);
	const { DemoTools } = await import('./demo/demo-tools');
	return new DemoTools(stage, worker, failing);
}

function onstartdemo(): void {
	void loadTools().then((loaded) => loaded.openDemo());
}

function onfiles(files: readonly File[]): void {
	void loadTools().then((loaded) => loaded.openFiles(files));
}

function onalone(): void {
	void loadTools().then((loaded) => loaded.prepare());
}

takeDroppedFiles(onfiles);
if (isDemo) void loadTools().then((loaded) => loaded.startDemo());
else stage.home.show();
