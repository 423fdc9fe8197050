import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { RunningInspector } from '../running-inspector';

/** The page of an inspector in a browser of its own, as a person opens it. */
export class InspectorPage {
	readonly page: Page;
	/** What the page has complained about in the console; the tests expect nothing. */
	readonly complaints: string[] = [];

	constructor(page: Page) {
		this.page = page;
		page.on('console', (message) => {
			if (message.type() === 'warning' || message.type() === 'error') this.complaints.push(message.text());
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

	async openTab(name: 'Overview' | 'Payload' | 'Findings' | 'Request'): Promise<Locator> {
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
