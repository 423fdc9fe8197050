import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { InspectorServer } from '../../src/node/server';
import { StaticFiles } from '../../src/node/static-files';
import { MemoryStore } from '../../src/receiver/memory-store';
import { createReceiver, type Receiver } from '../../src/receiver/receiver';
import type { DeliveryStore } from '../../src/receiver/store';
import { localToken } from '../local-server';
import { InspectorPage } from './inspector-page';
import { launchBrowser } from './launch';

const keep = { count: 100_000, bytes: 1e9, ageMilliseconds: null };

/**
 * A browser, the built page in it and a receiver in this process, which a file of tests about the page shares: to start
 * them for each test takes longer than most tests. `renew` makes all of it new that a test can change. What a test says
 * of the built program, its store on disk or its end needs `startInspector`.
 */
export class FreshInspector {
	readonly browser: Browser;
	readonly opened: InspectorPage;
	readonly origin: string;
	/** The address that opens the page in another browser context. */
	readonly page: string;
	readonly capture: string;
	readonly #server: InspectorServer;
	readonly #received: SwappedReceiver;

	private constructor(browser: Browser, opened: InspectorPage, server: InspectorServer, received: SwappedReceiver) {
		this.browser = browser;
		this.opened = opened;
		this.origin = originOf(server);
		this.page = pageOf(server);
		this.capture = `${this.origin}/hooks/main`;
		this.#server = server;
		this.#received = received;
	}

	static async start(options: BrowserContextOptions = {}): Promise<FreshInspector> {
		const received = new SwappedReceiver();
		const files = new StaticFiles(fileURLToPath(new URL('../../dist', import.meta.url)));
		const server = await InspectorServer.listen(
			{ receiver: received, token: localToken, allowedHosts: [], page: (request, path) => files.answer(request, path) },
			{ host: '127.0.0.1', port: 0 },
		);
		const browser = await launchBrowser();
		return new FreshInspector(browser, await InspectorPage.open(browser, pageOf(server), options), server, received);
	}

	get store(): DeliveryStore {
		return this.#received.store;
	}

	/** An empty inspector, and its page as if it were opened for the first time. */
	async renew(): Promise<void> {
		// First nobody is left who would ask the receiver that goes.
		await this.opened.leave();
		this.#received.renew();
		await this.opened.page.goto(this.origin);
	}

	async stop(): Promise<void> {
		await this.browser.close();
		await this.#server.stop();
		await this.#received.store.close();
	}
}

/** One receiver to the server, which is a new one over a new store after each `renew`. */
class SwappedReceiver implements Receiver {
	store!: DeliveryStore;
	#current!: Receiver;

	constructor() {
		this.#open();
	}

	fetch(...request: Parameters<Receiver['fetch']>): Response | Promise<Response> {
		return this.#current.fetch(...request);
	}

	close(): void {
		this.#current.close();
	}

	renew(): void {
		this.#current.close();
		void this.store.close();
		this.#open();
	}

	#open(): void {
		this.store = new MemoryStore({ keep });
		this.#current = createReceiver({ store: this.store, endpoints: ['main'], keep, bodyLimitBytes: 10 * 1024 ** 2 });
	}
}

const originOf = ({ port }: InspectorServer) => `http://127.0.0.1:${port}`;
const pageOf = (server: InspectorServer) => `${originOf(server)}/?token=${localToken}`;
