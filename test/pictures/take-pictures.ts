import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { DiskStore } from '../../src/node/disk-store';
import { SimulatedAccount } from '../../src/simulator/simulated-account';
import { tourConversation } from '../../src/simulator/tour';
import { InspectorPage } from '../browser/inspector-page';
import { launchBrowser } from '../browser/launch';
import { newDataFolder, startInspector, type RunningInspector } from '../running-inspector';

const folder = join(process.cwd(), 'test/pictures');

/**
 * Takes the pictures that the README shows, and draws the page's icon from `favicon.svg`. A browser asks for the icon at
 * every change of the address, and a drawing would be drawn by the page's own thread each time.
 *
 * The pictures are of a store that is empty, and of one that a simulated morning has filled.
 */
export async function takePictures(): Promise<void> {
	const browser = await launchBrowser();
	const data = newDataFolder();
	try {
		await drawIcon(browser);
		await withInspector({}, async (inspector) => {
			await picture(browser, inspector, 'empty-light', 'light', async () => {});
			await picture(browser, inspector, 'demo-dark', 'dark', async ({ page }) => {
				await page.goto(`${inspector.origin}/?demo&scenario=chaos`);
				await page.getByText('A delivery is missing here').first().waitFor();
				await page.getByRole('button', { name: 'Pause the simulation' }).click();
			});
		});
		const deliveries = await storeTour(data);
		await withInspector({ data }, (inspector) => pictureTour(browser, inspector, deliveries));
	} finally {
		await browser.close();
		rmSync(data, { recursive: true, force: true });
	}
}

async function drawIcon(browser: Browser): Promise<void> {
	const size = 64;
	const page = await browser.newPage({ viewport: { width: size, height: size } });
	const drawing = readFileSync(join(folder, 'favicon.svg'), 'utf8');
	await page.setContent(`<style>body { margin: 0 } svg { display: block; inline-size: ${size}px }</style>${drawing}`);
	await page.screenshot({ path: join(process.cwd(), 'public/favicon.png'), omitBackground: true });
	await page.close();
}

/** What the store has of the tour: which of its deliveries is which. */
interface StoredTour {
	count: number;
	/** The first delivery after the one that is missing, one with a finding, and a message with text. */
	afterGap: number;
	malformed: number;
	message: number;
}

/** Stores the deliveries of the tour at their own times. */
async function storeTour(directory: string): Promise<StoredTour> {
	const store = await DiskStore.open({
		directory,
		threadFile: pathToFileURL(join(process.cwd(), 'dist-node/disk-store-thread.js')),
		keep: { count: 1_000_000, bytes: 8 * 1024 ** 3, ageMilliseconds: null },
	});
	const stored: StoredTour = { count: 0, afterGap: 0, malformed: 0, message: 0 };
	const account = new SimulatedAccount({ seed: 1, scenario: 'tour', secret: 'secret' });
	for await (const { sentAt, method, headers, body, fault } of account.requests()) {
		// Asked first: the store takes the bytes away.
		const isMessage = new TextDecoder().decode(body).includes('"event":"message_created"');
		const isBad = fault?.kind === 'wrong-signature';
		const delivery = {
			...{ endpoint: 'main', receivedAt: sentAt, method, target: '/hooks/main' },
			...{ headers, body, truncation: null },
		};
		const id = await store.append(delivery, isBad ? 'invalid' : 'valid');
		store.recordAnswer(id, { status: 200, headers: [], body: '{}', milliseconds: 2 + (id % 3) });
		stored.count++;
		if (fault?.kind === 'lost') stored.afterGap = id;
		if (fault?.kind === 'malformed') stored.malformed = id;
		if (isMessage) stored.message ||= id;
	}
	await store.close();
	return stored;
}

async function pictureTour(browser: Browser, inspector: RunningInspector, tour: StoredTour): Promise<void> {
	const { count, afterGap, malformed, message } = tour;
	for (const theme of ['light', 'dark'] as const) {
		await picture(browser, inspector, `deliveries-${theme}`, theme, async (opened) => {
			await opened.show(`#/deliveries?id=${message}&tab=payload`);
			await opened.expectCount(count + 1);
			await opened.tree.waitFor();
		});
	}
	await picture(browser, inspector, 'findings-dark', 'dark', async (opened) => {
		await opened.show(`#/deliveries?id=${malformed}&tab=findings`);
		await opened.detail.getByText('Guide says').first().waitFor();
	});
	await picture(browser, inspector, 'changes-light', 'light', async (opened) => {
		await opened.show(`#/deliveries?id=${afterGap}&tab=changes`);
		await opened.detail.getByText('As sent').waitFor();
	});
	await picture(browser, inspector, 'conversations-dark', 'dark', async (opened) => {
		await opened.show(`#/conversations?id=${tourConversation}`);
		await opened.page.getByText('deliveries in').waitFor();
	});
	await picture(browser, inspector, 'validate-light', 'light', async (opened) => {
		await opened.show('#/validate');
		await opened.page.getByRole('button', { name: /printed sample/ }).click();
		await opened.page.getByText('Not JSON yet').waitFor();
	});
	await picture(browser, inspector, 'coverage-light', 'light', async (opened) => {
		await opened.show('#/coverage');
		await opened.page.getByText('deliveries counted').waitFor();
	});
}

async function withInspector(
	conditions: { data?: string },
	act: (inspector: RunningInspector) => Promise<void>,
): Promise<void> {
	const inspector = await startInspector({ ...conditions, args: ['--endpoint', 'main'] });
	try {
		await act(inspector);
	} finally {
		await inspector.stop();
	}
}

async function picture(
	browser: Browser,
	inspector: RunningInspector,
	name: string,
	colorScheme: 'light' | 'dark',
	prepare: (opened: InspectorPage) => Promise<void>,
): Promise<void> {
	const options = { colorScheme, viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1.5 };
	const opened = await InspectorPage.open(browser, inspector.page, options);
	await opened.page.getByText('Live', { exact: true }).waitFor();
	await prepare(opened);
	await opened.page.mouse.move(0, 0);
	await opened.page.screenshot({ path: join(folder, `${name}.png`) });
	await opened.close();
}
