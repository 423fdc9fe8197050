import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataFolder, startInspector } from '../running-inspector';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const dist = new URL('../../dist/', import.meta.url);

test('a receiver that is restarted is found again, and what came meanwhile is filled in and marked', async () => {
	const data = newDataFolder();
	const first = await startInspector({ data });
	const opened = await InspectorPage.open(browser, first.page);
	await post(first, { event: 'message_created', id: 1 });
	await opened.expectCount(1);
	await first.stop();
	await opened.page.getByText(/^Link down since \d\d:\d\d:\d\d, trying again$/).waitFor();
	// A delivery arrives before the page has noticed that the receiver is back.
	await opened.page.context().setOffline(true);
	const second = await startInspector({ data, args: ['--port', String(first.port)] });
	await post(second, { event: 'message_created', id: 2 });
	await post(second, { event: 'message_created', id: 3 });
	await opened.page.context().setOffline(false);
	await opened.grid.getByText(/Back after .*, 2 deliveries filled in/).waitFor();
	await opened.expectCount(4);
	await opened.page.getByText('Live, newest 3').waitFor();
	await post(second, { event: 'message_created', id: 4 });
	await opened.row(4).waitFor();
	await opened.close();
	await second.stop();
});

test('a delivery that could not be read while the link was down is read when it is back', async () => {
	const data = newDataFolder();
	const first = await startInspector({ data });
	const opened = await InspectorPage.open(browser, first.page);
	await post(first, { event: 'message_created', id: 1, content: 'Where is my parcel?' });
	await opened.row(1).waitFor();
	await first.stop();
	await opened.page.getByText(/^Link down since \d\d:\d\d:\d\d, trying again$/).waitFor();
	await opened.row(1).click();
	await opened.detail.getByText('The receiver does not answer.').waitFor();
	// What the list knows of it is said nevertheless.
	await opened.detail.getByRole('heading', { name: 'message_created' }).waitFor();
	const second = await startInspector({ data, args: ['--port', String(first.port)] });
	await opened.tree.getByText('Where is my parcel?').waitFor();
	await opened.close();
	await second.stop();
});

test('an empty list whose receiver is gone says since when', async () => {
	const inspector = await startInspector();
	const opened = await InspectorPage.open(browser, inspector.page);
	await opened.page.getByRole('heading', { name: 'Waiting for the first delivery' }).waitFor();
	await inspector.stop();
	await opened.page.getByRole('heading', { name: /^Link down since/ }).waitFor();
	await opened.close();
});

test('a paused list that was empty says that deliveries are still received', async () => {
	const inspector = await startInspector();
	const opened = await InspectorPage.open(browser, inspector.page);
	await opened.page.getByRole('heading', { name: 'Waiting for the first delivery' }).waitFor();
	await opened.page.keyboard.press('Control+e');
	await opened.page.getByRole('heading', { name: 'Paused before the first delivery' }).waitFor();
	await post(inspector, { event: 'message_created', id: 1 });
	await opened.page.getByText(/Deliveries are still received: 1 so far/).waitFor();
	await opened.page.getByRole('button', { name: 'Show them' }).click();
	await opened.row(1).waitFor();
	await opened.close();
	await inspector.stop();
});

test('without the token the page shows what to do and none of the deliveries', async () => {
	const inspector = await startInspector();
	await post(inspector, { event: 'message_created', id: 1 });
	const opened = await InspectorPage.open(browser, inspector.origin);
	await opened.page.getByRole('heading', { name: 'This page has no key' }).waitFor();
	await opened.page
		.getByText(/address that it printed/)
		.first()
		.waitFor();
	expect(await opened.grid.count()).toBe(0);
	await opened.close();
	await inspector.stop();
});

test('a hidden tab closes its stream and catches up when it is shown', async () => {
	const inspector = await startInspector();
	const opened = await InspectorPage.open(browser, inspector.page);
	await opened.page.getByText('Live', { exact: true }).waitFor();
	const setHidden = (isHidden: boolean) =>
		opened.page.evaluate((hidden) => {
			Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
			document.dispatchEvent(new Event('visibilitychange'));
		}, isHidden);
	await setHidden(true);
	await opened.page.getByText('Resting', { exact: true }).waitFor();
	await post(inspector, { event: 'message_created', id: 1 });
	await setHidden(false);
	await opened.row(1).waitFor();
	await opened.page.getByText('Live', { exact: true }).waitFor();
	expect(opened.complaints).toEqual([]);
	await opened.close();
	await inspector.stop();
});

test('eight tabs at once all show what arrives', async () => {
	const inspector = await startInspector();
	const opened = await InspectorPage.open(browser, inspector.page);
	const others = Array.from({ length: 7 }, async () => {
		const tab = new InspectorPage(await opened.page.context().newPage());
		await tab.page.goto(inspector.origin);
		return tab;
	});
	const tabs = [opened, ...(await Promise.all(others))];
	await post(inspector, { event: 'message_created', id: 1 });
	await Promise.all(tabs.map((tab) => tab.row(1).waitFor()));
	await tabs[7]!.row(1).click();
	await tabs[7]!.tree.getByText('message_created').waitFor();
	expect(tabs.flatMap(({ complaints }) => complaints)).toEqual([]);
	await opened.close();
	await inspector.stop();
});

test('the page opened as a file says how to serve it', async () => {
	const page = await browser.newPage();
	await page.goto(new URL('index.html', dist).href);
	await page.getByText('The inspector cannot run from a file.').waitFor();
	expect(await page.getByText('npm start').isVisible()).toBe(true);
	await page.close();
});

test('the static build works below any path, has its policy with it, and says that there is no receiver', async () => {
	const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
	const server = createServer((request, response) => {
		const path = request.url!.replace(/^\/some\/where\//, '').replace(/\?.*$/, '');
		// A static host that answers everything with its page, as many do.
		const file = /\.\w+$/.test(path) ? path : 'index.html';
		response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
		response.end(readFileSync(fileURLToPath(new URL(file, dist))));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const opened = await InspectorPage.open(browser, `http://127.0.0.1:${port}/some/where/`);
	await opened.page.getByRole('heading', { name: 'No receiver here' }).waitFor();
	const policy = await opened.page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
	expect(policy).toContain("default-src 'none'");
	expect(policy).not.toContain('unsafe');
	expect(opened.complaints).toEqual([]);
	await opened.close();
	server.close();
});
