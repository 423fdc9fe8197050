import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInspector, type RunningInspector } from '../running-inspector';
import { violations } from './axe';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let inspector: RunningInspector;
let opened: InspectorPage;

beforeAll(async () => {
	[browser, inspector] = await Promise.all([launchBrowser(), startInspector()]);
	await post(inspector, { event: 'contact_created', id: 1 });
	opened = await InspectorPage.open(browser, inspector.page);
});
afterAll(async () => {
	await Promise.all([browser.close(), inspector.stop()]);
});

async function openList() {
	const { page } = opened;
	await opened.reopen();
	await page.getByRole('tab', { name: 'Coverage' }).click();
	const button = page.getByRole('button', { name: 'Contracts' });
	await button.click();
	return { page, button, list: page.getByRole('dialog', { name: 'Download the contracts' }) };
}

test('both contracts and the types can be downloaded from the Coverage panel, each under a name that says what it is', async () => {
	const { page, list } = await openList();
	const schema = list.getByRole('link', { name: 'JSON Schema of message_created, guide' });
	const [download] = await Promise.all([page.waitForEvent('download'), schema.click()]);
	expect(download.suggestedFilename()).toBe('message_created.guide.schema.json');
	const links = await list
		.getByRole('link')
		.evaluateAll((all) => all.map((link) => [(link as HTMLAnchorElement).href, link.getAttribute('download')!]));
	expect(links).toHaveLength(1 + 25 + 8);
	expect(new Set(links.map(([, name]) => name)).size).toBe(links.length);
	for (const [address] of links) {
		const response = await page.request.get(address!);
		expect(response.status(), address).toBe(200);
		expect(await response.text()).toMatch(address!.endsWith('.json') ? /2020-12/ : /WebhookEvent/);
	}
});

test('the list stays inside the window, passes axe, and closes with Escape or its button alone', async () => {
	const { page, button, list } = await openList();
	const box = (await list.boundingBox())!;
	const { width, height } = page.viewportSize()!;
	expect(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
	expect(await violations(page, '[role=dialog]')).toEqual([]);
	await page.keyboard.press('Escape');
	await expect.poll(() => list.isVisible()).toBe(false);
	expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
	expect(await page.getByRole('grid', { name: 'Members by event' }).isVisible()).toBe(true);
	await button.click();
	await expect.poll(() => list.isVisible()).toBe(true);
	await button.click();
	await expect.poll(() => list.isVisible()).toBe(false);
});
