import { mount } from 'svelte';
import './ui/tokens.css';
import './ui/base.css';
import './page.css';
import { readAddress } from './inspector/address';
import { ApiClient } from './inspector/api-client';
import App from './inspector/App.svelte';
import { Feed, type Surroundings } from './inspector/feed';
import { Inspector } from './inspector/inspector.svelte';
import { Preferences } from './inspector/preferences.svelte';
import { sharedSlots } from './inspector/stream-slots';

const tab: Surroundings = {
	isHidden: () => document.visibilityState === 'hidden',
	onChange(callback) {
		document.addEventListener('visibilitychange', callback);
		addEventListener('online', callback);
		return () => {
			document.removeEventListener('visibilitychange', callback);
			removeEventListener('online', callback);
		};
	},
	slots: sharedSlots(navigator.locks),
	now: Date.now,
};

/** A browser may forbid storage altogether. */
function storage(): Storage | null {
	try {
		return localStorage;
	} catch {
		return null;
	}
}

const inspector = new Inspector(new ApiClient(document.baseURI));
const feed = new Feed(inspector.api, inspector, tab);
inspector.reload = () => feed.reload();
inspector.show(readAddress(location.hash));
feed.start();
void inspector.loadSettings();

const target = document.getElementById('app')!;
target.replaceChildren();
mount(App, { target, props: { inspector, preferences: new Preferences(storage()) } });
