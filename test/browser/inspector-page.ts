import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { RunningInspector } from '../running-inspector';

/** The page of an inspector in a browser context of its own, as a person opens it. */
export class InspectorPage {
	readonly page: Page;
	/** What the page has complained about in the console; the tests expect nothing. */
	readonly complaints: string[] = [];

	constructor(page: Page) {
		this.page = page;
		page.on('console', (message) => {
			if (message.type() !== 'warning' && message.type() !== 'error') return;
			this.complaints.push(`${message.text()} (${message.location().url})`);
		});
		page.on('pageerror', (error) => this.complaints.push(String(error)));
	}

	/** Opens the printed address, or another one, in a context of its own. */
	static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<InspectorPage> {
		const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
		context.setDefaultTimeout(30_000);
		const inspector = new InspectorPage(await context.newPage());
		await inspector.page.goto(url);
		return inspector;
	}

	/**
	 * Opens the page again as if for the first time, but for the session, which stays. It takes a third of the time that
	 * another context takes. What the inspector holds stays; sizes and media that a test has set do as well.
	 */
	async reopen(): Promise<void> {
		await this.leave();
		await this.page.goto(new URL('/', this.page.url()).href);
	}

	/** Leaves the page for a bare answer of the same inspector, and forgets what it has kept and complained about. */
	async leave(): Promise<void> {
		const { page } = this;
		// Removed from outside: no code of the page is left that could write it again.
		await page.goto(new URL('/healthz', page.url()).href);
		await page.evaluate(forgetAll);
		// Nothing lies under the pointer.
		await page.mouse.move(0, 0);
		this.complaints.splice(0);
	}

	/** Goes to a fragment of the address, as a shared link would. */
	async show(fragment: string): Promise<void> {
		await this.page.evaluate((hash) => (location.hash = hash), fragment);
	}

	get grid(): Locator {
		return this.page.getByRole('grid', { name: 'Deliveries' });
	}

	/** The rows that are drawn, without the header. */
	get rows(): Locator {
		return this.grid.locator('[role=row][data-index]');
	}

	/** The row of a delivery, when it is drawn. */
	row(id: number): Locator {
		return this.rows.filter({
			has: this.page.locator(`[aria-colindex="1"]`, { hasText: new RegExp(`^\\s*${id}\\s*$`) }),
		});
	}

	get detail(): Locator {
		return this.page.getByRole('region', { name: 'Delivery', exact: true });
	}

	get tree(): Locator {
		return this.detail.getByRole('tree');
	}

	async openTab(name: 'Overview' | 'Payload' | 'Findings' | 'Changes' | 'Request'): Promise<Locator> {
		await this.detail.getByRole('tab', { name }).click();
		return this.detail.getByRole('tabpanel');
	}

	/** Waits until the grid says that it has so many deliveries. */
	async expectCount(count: number): Promise<void> {
		await this.page.locator(`[role=grid][aria-rowcount="${count + 1}"]`).waitFor();
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}
}

/** Runs in the browser: empties its storage. */
async function forgetAll(): Promise<void> {
	localStorage.clear();
	sessionStorage.clear();
	for (const { name } of await indexedDB.databases()) {
		await new Promise<void>((resolve, reject) => {
			const removing = indexedDB.deleteDatabase(name!);
			removing.onsuccess = () => resolve();
			removing.onerror = () => reject(new Error(`${name} was not removed.`));
		});
	}
}

/** Headers that describe the connection, not the delivery: the client sets its own. */
const ownHeaders = new Set(['accept-encoding', 'connection', 'content-length', 'host']);

/** Posts a body to the capture address; text or bytes as they are, anything else as JSON. */
export async function post(
	inspector: Pick<RunningInspector, 'capture'>,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<Response> {
	const isRaw = typeof body === 'string' || body instanceof Uint8Array;
	const content = isRaw ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body);
	const sent = Object.entries(headers).filter(([name]) => !ownHeaders.has(name));
	return fetch(inspector.capture, {
		method: 'POST',
		body: content,
		headers: { 'content-type': 'application/json', ...Object.fromEntries(sent) },
	});
}
