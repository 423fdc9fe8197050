import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, CDPSession, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { DeliveryPage } from '../../src/deliveries/api';
import { writeRecordingLine } from '../../src/deliveries/recording';
import { delivery } from '../deliveries';
import { serveStatic, type StaticSite } from '../static-site';
import { violationsInBothSchemes } from './axe';
import { FreshInspector } from './fresh-inspector';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let site: StaticSite;

beforeAll(async () => {
	[browser, site] = await Promise.all([launchBrowser(), serveStatic()]);
});
afterAll(async () => {
	await browser.close();
	await site.stop();
});

async function open(query: string, options?: BrowserContextOptions): Promise<InspectorPage> {
	const opened = await InspectorPage.open(browser, site.page + query, options);
	onTestFinished(() => opened.close());
	return opened;
}

/** The demo, showing rows, with the service worker in its place. */
async function openDemo(query = '?demo'): Promise<InspectorPage> {
	const opened = await open(query);
	await opened.rows.first().waitFor();
	await isMocked(opened);
	return opened;
}

/** Waits until whatever in the page asks the API is answered by the receiver in the page. */
async function isMocked({ page }: InspectorPage): Promise<void> {
	const asksOwn = () => page.evaluate(async () => (await fetch('api/settings')).headers.has('x-inspector-demo'));
	await expect.poll(asksOwn).toBe(true);
}

const bar = ({ page }: InspectorPage): Locator => page.getByRole('region', { name: 'Demo' });
const newest = async ({ page }: InspectorPage): Promise<number> =>
	Number(/newest (\d+)/.exec(await page.getByRole('contentinfo').innerText())?.[1] ?? 0);
/** The same once all is shown that was under way when the simulation paused. */
async function newestAtRest(opened: InspectorPage): Promise<number> {
	const sent = await opened.page.evaluate(async () => {
		return ((await (await fetch('api/deliveries?limit=1')).json()) as DeliveryPage).newest ?? 0;
	});
	await expect.poll(() => newest(opened)).toBe(sent);
	return sent;
}
const registrations = (page: Page) =>
	page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope));

/** Static hosts know nothing of the API, and a page without a network asks for its icon again. */
function expectNoComplaints({ complaints }: InspectorPage): void {
	const own = complaints.filter((text) => !/Failed to load resource/.test(text));
	expect(own).toEqual([]);
}

async function expectToGrow(opened: InspectorPage): Promise<void> {
	const before = await newest(opened);
	await expect.poll(() => newest(opened)).toBeGreaterThan(before);
}

test('the demo shows live, signed deliveries by itself, below any path of a static host', async () => {
	const opened = await openDemo();
	await opened.page.getByText('Live', { exact: true }).waitFor();
	await expectToGrow(opened);
	expect(await bar(opened).getByText('seed 1').isVisible()).toBe(true);
	await opened.row(2).click();
	const request = await opened.openTab('Request');
	await request.getByText('x-chatwoot-signature', { exact: false }).first().waitFor();
	expectNoComplaints(opened);
});

test('whatever in the page asks the API or posts to the capture address reaches the receiver in the page', async () => {
	const opened = await openDemo();
	const answers = await opened.page.evaluate(async () => {
		const settings = (await (await fetch('api/settings')).json()) as unknown;
		const posted = await fetch('hooks/demo?own', { method: 'POST', body: '{"event":"message_created","id":1}' });
		const unknown = await fetch('hooks/other', { method: 'POST', body: '{}' });
		return { settings, posted: await posted.text(), unknown: unknown.status };
	});
	expect(answers).toMatchObject({ settings: { endpoints: ['demo'] }, posted: '{}', unknown: 404 });
	const { deliveries } = await opened.page.evaluate(async () => {
		return (await (await fetch('api/deliveries?limit=1000')).json()) as DeliveryPage;
	});
	expect(deliveries.some(({ path }) => path === '/hooks/demo')).toBe(true);
});

test('bodies, findings, changes and the conversation’s life work as anywhere', async () => {
	const opened = await openDemo('?demo&scenario=chaos&seed=1');
	const { page, detail } = opened;
	await bar(opened)
		.getByRole('button', { name: /^lost [1-9]/ })
		.click();
	await detail.getByRole('tab', { name: 'Changes', selected: true }).waitFor();
	await detail.getByText(/was missed before this one/).waitFor();
	await opened.openTab('Payload');
	await opened.tree.getByText('additional_attributes').first().waitFor();
	await opened.openTab('Findings');
	await detail.getByText(/fits this body/).waitFor();
	await page.getByRole('tab', { name: 'Conversations' }).click();
	const panel = page.getByRole('tabpanel', { name: 'Conversations' });
	await conversation(panel, 0).click();
	// The worker of this panel asks the receiver itself.
	await panel.getByText('meta.assignee').waitFor();
	await panel
		.getByRole('button', { name: /^Go to delivery \d+/ })
		.first()
		.waitFor();
	expectNoComplaints(opened);
});

test('pausing, clearing and undoing work as anywhere', async () => {
	const opened = await openDemo('?demo&scenario=rush-hour');
	const { page } = opened;
	await page.getByRole('button', { name: 'Record' }).click();
	await page.getByRole('button', { name: /new while paused/ }).click();
	await page.getByRole('button', { name: 'Pause the simulation' }).click();
	const before = await newestAtRest(opened);
	await page.getByRole('button', { name: 'Clear the list' }).click();
	await page.getByRole('heading', { name: 'The list is cleared' }).waitFor();
	await page.getByRole('button', { name: /^Undo/ }).click();
	await opened.row(before).waitFor();
});

test('the simulation is paused, stepped, sped up and started again from its bar', async () => {
	const opened = await openDemo('?demo&seed=5');
	const { page } = opened;
	await page.getByRole('button', { name: 'Pause the simulation' }).click();
	await page.getByRole('button', { name: 'Go on with the simulation' }).waitFor();
	const count = await newestAtRest(opened);
	await opened.grid.press('Home');
	const first = await opened.row(1).innerText();
	await page.getByRole('button', { name: 'Send one delivery' }).click();
	await expect.poll(() => newest(opened)).toBe(count + 1);
	await page.getByRole('button', { name: 'Go on with the simulation' }).click();
	await page.getByLabel('Speed').selectOption('20×');
	await expect.poll(() => newest(opened)).toBeGreaterThan(count + 20);
	await page.getByRole('button', { name: 'Start the scenario again' }).click();
	await opened.row(1).waitFor();
	expect(await opened.row(1).innerText()).toBe(first);
	await page.getByLabel('Scenario', { exact: true }).selectOption('Rush hour');
	await expect.poll(() => newest(opened)).toBeGreaterThan(60);
	expect(new URL(page.url()).search).toBe('?demo&scenario=rush-hour&seed=5');
	expectNoComplaints(opened);
});

test('a reload shows the same again, and a second tab has a simulation of its own', async () => {
	const opened = await openDemo('?demo&seed=11');
	const texts = async (page: Page) =>
		page.evaluate(async () => {
			const { deliveries } = (await (await fetch('api/deliveries?after=0&limit=20')).json()) as DeliveryPage;
			return deliveries.map(({ subject, receivedAt }) => `${receivedAt} ${subject}`);
		});
	const first = await texts(opened.page);
	await opened.page.reload();
	await opened.rows.first().waitFor();
	await isMocked(opened);
	expect(await texts(opened.page)).toEqual(first);
	const second = new InspectorPage(await opened.page.context().newPage());
	// An address in another order is put right.
	await second.page.goto(`${site.page}?seed=12&demo`);
	await second.rows.first().waitFor();
	await isMocked(second);
	expect(await texts(second.page)).not.toEqual(first);
	expect(await texts(opened.page)).toEqual(first);
	expect(await registrations(second.page)).toEqual([`${site.page}?demo`]);
});

test('a service worker that the browser stops in the middle of the stream is not noticed', async () => {
	const opened = await openDemo('?demo&scenario=rush-hour');
	const session = await opened.page.context().newCDPSession(opened.page);
	await session.send('ServiceWorker.enable');
	for (let time = 0; time < 3; time++) {
		await expectToGrow(opened);
		await stopServiceWorkers(session);
		await expectToGrow(opened);
	}
	expect(await opened.page.getByText('Live', { exact: true }).isVisible()).toBe(true);
	expect(await opened.page.getByText(/^Back after/).count()).toBe(0);
	await opened.grid.press('Home');
	await opened.row(1).click();
	await opened.tree.waitFor();
	// It answers again, and not the page alone.
	const answer = await opened.page.evaluate(async () => (await fetch('api/settings')).headers.get('x-inspector'));
	expect(answer).toBe('1');
});

test('the list comes at once and lives, however long the service worker takes, which then takes over unnoticed', async () => {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	onTestFinished(() => context.close());
	await context.addInitScript(() => {
		const { serviceWorker } = navigator;
		const register = serviceWorker.register.bind(serviceWorker);
		const released = new Promise((resolve) => addEventListener('release', resolve));
		serviceWorker.register = (...given) => released.then(() => register(...given));
	});
	const opened = new InspectorPage(await context.newPage());
	await opened.page.goto(`${site.page}?demo&scenario=rush-hour`);
	const isLive = () => opened.page.getByText('Live', { exact: true }).isVisible();
	await expect.poll(isLive).toBe(true);
	await expectToGrow(opened);
	await opened.page.evaluate(() => dispatchEvent(new Event('release')));
	await isMocked(opened);
	await expectToGrow(opened);
	expect(await isLive()).toBe(true);
	expect(await opened.page.getByText(/^Back after/).count()).toBe(0);
	expectNoComplaints(opened);
});

const stopServiceWorkers = (session: CDPSession) => session.send('ServiceWorker.stopAllWorkers');

test('the demo, pasting and opening a file go on without a network, once the page is loaded', async () => {
	const opened = await openDemo('?demo&scenario=chaos&seed=1');
	const { page } = opened;
	await ahead(page);
	await page.context().setOffline(true);
	await expectToGrow(opened);
	await bar(opened)
		.getByRole('button', { name: /^lost [1-9]/ })
		.click();
	await opened.detail.getByText(/was missed before this one/).waitFor();
	await page.getByRole('tab', { name: 'Conversations' }).click();
	const panel = page.getByRole('tabpanel', { name: 'Conversations' });
	for (const place of [0, 1, 2]) {
		await conversation(panel, place).click();
		await panel
			.getByRole('button', { name: /^Go to delivery \d+/ })
			.first()
			.waitFor();
	}
	for (const name of ['Coverage', 'Compare', 'Validate']) await page.getByRole('tab', { name, exact: true }).click();
	await page.getByRole('button', { name: /^A raw HTTP request/ }).click();
	await page.getByRole('heading', { name: 'As Chatwoot sends it' }).waitFor();
	await page
		.getByLabel('Files to check')
		.setInputFiles({ name: 'a.json', mimeType: '', buffer: Buffer.from('{"a":1,}') });
	await page
		.getByText(/^Not JSON yet/)
		.first()
		.waitFor();
	await drop(page, 'mine.ndjson', recordingText(3));
	await opened.expectCount(3);
	expectNoComplaints(opened);
});

test('from a static page the demo starts without a network as well', async () => {
	const opened = await open('');
	await opened.page.getByRole('heading', { name: 'No receiver here' }).waitFor();
	await ahead(opened.page);
	await opened.page.context().setOffline(true);
	await opened.page.getByRole('link', { name: 'Start the demo' }).click();
	await opened.rows.first().waitFor();
	await expectToGrow(opened);
	await bar(opened).getByRole('button', { name: 'Leave the demo' }).click();
	await opened.page.getByText('The receiver does not answer.', { exact: false }).waitFor();
	await opened.page.context().setOffline(false);
	await opened.page.getByRole('heading', { name: 'No receiver here' }).waitFor();
});

const conversation = (panel: Locator, place: number): Locator =>
	panel.getByRole('grid', { name: 'Conversations' }).locator(`[data-index="${place}"]`);

/** Waits until the page has fetched its parts ahead. */
async function ahead(page: Page): Promise<void> {
	await page.locator('html[data-ahead=complete]').waitFor({ state: 'attached' });
}

test('a page without a service worker says so, and the demo runs all the same', async () => {
	const opened = await open('?demo', { serviceWorkers: 'block' });
	await opened.page.getByText('No service worker takes this page, so the demo answers it directly.').waitFor();
	await expectToGrow(opened);
	await opened.row(1).click();
	await opened.tree.waitFor();
});

test('leaving the demo leaves nothing behind in the browser', async () => {
	const opened = await openDemo('?demo&scenario=tour');
	const { page } = opened;
	for (let stop = 1; stop <= 6; stop++) await page.getByRole('dialog').press('ArrowRight');
	await page.getByRole('button', { name: /^Colours/ }).click();
	await page.locator('[data-theme=light]').waitFor();
	await page.getByRole('button', { name: 'Leave the demo' }).click();
	await page.getByRole('heading', { name: 'No receiver here' }).waitFor();
	expect(page.url()).toBe(`${site.page}#/deliveries`);
	const kept = () =>
		page.evaluate(async () => ({
			registrations: (await navigator.serviceWorker.getRegistrations()).length,
			local: Object.keys(localStorage),
			session: Object.keys(sessionStorage),
			databases: (await indexedDB.databases()).map(({ name }) => name),
			caches: await caches.keys(),
		}));
	await expect.poll(kept).toEqual({ registrations: 0, local: [], session: [], databases: [], caches: [] });
});

test('a demo that is left before it has a service worker gets none', async () => {
	const opened = await open('?demo');
	await bar(opened).getByRole('button', { name: 'Leave the demo' }).click();
	await opened.page.getByRole('heading', { name: 'No receiver here' }).waitFor();
	await ahead(opened.page);
	expect(await registrations(opened.page)).toEqual([]);
});

test('closing the last tab of the demo takes its service worker away', async () => {
	const plain = await open('');
	const demo = new InspectorPage(await plain.page.context().newPage());
	await demo.page.goto(`${site.page}?demo`);
	await isMocked(demo);
	expect(await registrations(plain.page)).toHaveLength(1);
	await demo.page.close({ runBeforeUnload: true });
	await expect.poll(() => registrations(plain.page)).toEqual([]);
});

test('a live tab beside a demo stays live, and what is cleared in the demo stays with the real receiver', async () => {
	const inspector = await FreshInspector.start();
	onTestFinished(() => inspector.stop());
	const { opened: live } = inspector;
	await live.page.getByRole('link', { name: 'Start the demo' }).waitFor();
	await post(inspector, { event: 'message_created', id: 1 });
	await live.row(1).waitFor();
	const demo = new InspectorPage(await live.page.context().newPage());
	await demo.page.goto(`${inspector.origin}/?demo&scenario=rush-hour`);
	await isMocked(demo);
	await live.page.reload();
	await post(inspector, { event: 'message_created', id: 2 });
	await live.expectCount(2);
	expect(await live.page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
	const session = await demo.page.context().newCDPSession(demo.page);
	await session.send('ServiceWorker.enable');
	await stopServiceWorkers(session);
	await demo.page.getByRole('button', { name: 'Clear the list' }).click();
	await demo.page.getByText(/deliveries cleared/).waitFor();
	await expectToGrow(demo);
	expect(await newest(demo)).toBeGreaterThan(2);
	expect(inspector.store.status()).toMatchObject({ count: 2, newest: 2 });
	await demo.page.getByRole('button', { name: 'Leave the demo' }).click();
	await demo.expectCount(2);
	await expect.poll(() => registrations(demo.page)).toEqual([]);
	expect(live.complaints).toEqual([]);
});

test('the tour leads through the real page by keyboard alone, and can be left', async () => {
	const opened = await openDemo();
	const { page } = opened;
	await page.getByLabel('Scenario', { exact: true }).selectOption('Guided tour');
	const card = page.getByRole('dialog');
	const isFocused = () => card.evaluate((element) => element === document.activeElement);
	const titles: string[] = [];
	const expectStop = async (title: string) => {
		await page.getByRole('dialog', { name: title }).waitFor();
		titles.push(title);
		await expect.poll(isFocused).toBe(true);
	};
	await expectStop('Deliveries, live');
	await page.keyboard.press('ArrowRight');
	await expectStop('A payload with its findings');
	await opened.detail.getByText('/message_type').waitFor();
	await page.keyboard.press('ArrowRight');
	await expectStop('A delivery that never came');
	await opened.grid.getByText('A delivery is missing here').waitFor();
	await expect.poll(() => isPointedAt(page, opened.grid.getByText('A delivery is missing here'))).toBe(true);
	await page.keyboard.press('ArrowRight');
	await expectStop('What changed');
	await opened.detail.getByText(/was missed before this one/).waitFor();
	await page.setViewportSize({ width: 1024, height: 640 });
	await expect.poll(() => isPointedAt(page, opened.detail)).toBe(true);
	await page.keyboard.press('ArrowLeft');
	await expectStop('A delivery that never came');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expectStop('A conversation’s life');
	await page.getByRole('tabpanel', { name: 'Conversations' }).getByText('#1401').first().waitFor();
	await page.keyboard.press('ArrowRight');
	await expectStop('Check your own');
	await page.getByRole('tabpanel', { name: 'Validate' }).waitFor();
	await page.keyboard.press('Escape');
	await expect.poll(() => card.count()).toBe(0);
	const again = page.getByRole('button', { name: 'Show the tour' });
	await expect.poll(() => again.evaluate((element) => element === document.activeElement)).toBe(true);
	await page.keyboard.press('Enter');
	await page.getByRole('dialog', { name: 'Deliveries, live' }).getByRole('button', { name: 'Next' }).click();
	await expectStop('A payload with its findings');
	expectNoComplaints(opened);
});

/** Whether the frame of the tour is around something. */
async function isPointedAt(page: Page, what: Locator): Promise<boolean> {
	const [frame, box] = await Promise.all([page.locator('.highlight').boundingBox(), what.boundingBox()]);
	if (!frame || !box) return false;
	return frame.y <= box.y + 1 && frame.y + frame.height >= box.y + box.height - 1 && frame.x <= box.x + 1;
}

test('without a receiver the page offers the demo, checking and opening, and says so in a sentence', async () => {
	const opened = await open('');
	const { page } = opened;
	await page.getByRole('heading', { name: 'No receiver here' }).waitFor();
	await page.getByText('nothing behind it captures webhooks', { exact: false }).waitFor();
	await page.getByRole('button', { name: 'Check a payload' }).click();
	await page.getByRole('tab', { name: 'Validate', selected: true }).waitFor();
	await page.getByRole('tab', { name: 'Deliveries' }).click();
	await page.getByRole('link', { name: 'Start the demo' }).click();
	await opened.rows.first().waitFor();
	expect(new URL(page.url()).search).toBe('?demo&scenario=calm&seed=1');
});

test('a payload that is opened or dropped anywhere is checked', async () => {
	const opened = await open('');
	const { page } = opened;
	const sample = readFileSync(new URL('../payloads/message_created--agent-outgoing.json', import.meta.url), 'utf8');
	await page
		.getByLabel('A payload or a recording')
		.setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(sample) });
	await page.getByRole('heading', { name: /^As Chatwoot sends it/ }).waitFor();
	await page.getByText('Opened mine.json').waitFor();
	await page.getByRole('tab', { name: 'Deliveries' }).click();
	await drop(page, 'other.json', '{"event":"message_created",}');
	await page
		.getByText(/^Not JSON yet/)
		.first()
		.waitFor();
	await drop(page, 'huge.json', ' '.repeat(5 * 1024 * 1024));
	await page.getByText(/too much to check here/).waitFor();
	expectNoComplaints(opened);
});

test('a recording that is opened is shown with what could not be read of it, and there is a way back', async () => {
	const opened = await open('');
	const { page } = opened;
	await page.getByRole('heading', { name: 'No receiver here' }).waitFor();
	await drop(page, 'mine.ndjson', `${recordingText(40)}{"broken\n`);
	await opened.expectCount(40);
	const recording = page.getByRole('region', { name: 'Opened recording' });
	await recording.getByText('40 deliveries').waitFor();
	await recording.getByText('1 line could not be read').click();
	await recording.getByText(/^Line 41 is no JSON/).waitFor();
	expect(await violationsInBothSchemes(page)).toEqual([]);
	await opened.row(3).click();
	await opened.tree.getByText('message_created').waitFor();
	await drop(page, 'next.ndjson', recordingText(2));
	await opened.expectCount(2);
	await recording.getByRole('button', { name: 'Close the recording' }).click();
	await page.getByRole('heading', { name: 'No receiver here' }).waitFor();
	expectNoComplaints(opened);
});

test('a recording of the demo’s own deliveries is what was shown, and closing it goes back to the demo', async () => {
	const opened = await openDemo('?demo&scenario=chaos&seed=2');
	const { page } = opened;
	await page.getByRole('button', { name: 'Pause the simulation' }).click();
	const text = await page.evaluate(async () => (await fetch('api/recording')).text());
	const lines = text.trimEnd().split('\n').length;
	const subjects = () => opened.rows.first().innerText();
	await opened.grid.press('Home');
	await opened.row(1).waitFor();
	const first = (await subjects()).replace(/\s+200.*/s, '');
	await drop(page, 'demo.ndjson', text);
	await page.getByRole('region', { name: 'Opened recording' }).getByText(`${lines} deliveries`).waitFor();
	expect((await subjects()).replace(/\s+none$/s, '')).toBe(first);
	await page.getByRole('button', { name: 'Close the recording' }).click();
	await bar(opened).waitFor();
	await expect.poll(() => newest(opened)).toBeGreaterThanOrEqual(lines);
});

function recordingText(count: number): string {
	const body = new TextEncoder().encode('{"event":"message_created","id":1}');
	return Array.from({ length: count }, (_, index) => writeRecordingLine(delivery({ receivedAt: index, body }))).join(
		'',
	);
}

/** Drops a file on the page, as from the desktop. */
async function drop(page: Page, name: string, text: string): Promise<void> {
	await page.evaluate(
		([fileName, content]) => {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([content!], fileName!));
			for (const type of ['dragover', 'drop']) {
				document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
			}
		},
		[name, text],
	);
}

test('nobody is kept out of the demo, the tour and the page without a receiver', async () => {
	const alone = await open('');
	await alone.page.getByRole('heading', { name: 'No receiver here' }).waitFor();
	expect(await violationsInBothSchemes(alone.page)).toEqual([]);
	const opened = await openDemo('?demo&scenario=chaos');
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.page.getByLabel('Scenario', { exact: true }).selectOption('Guided tour');
	await opened.page.getByRole('dialog').waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.page.setViewportSize({ width: 390, height: 800 });
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
});
