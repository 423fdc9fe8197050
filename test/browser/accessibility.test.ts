import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../deliveries';
import { startInspector, type RunningInspector } from '../running-inspector';
import { violationsInBothSchemes } from './axe';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let empty: RunningInspector;
let filled: RunningInspector;

beforeAll(async () => {
	browser = await launchBrowser();
	[empty, filled] = await Promise.all([startInspector(), startInspector()]);
	for (const { body, headers } of samples()) await post(filled, body, headers);
	await post(filled, 'not json');
	await post(filled, '');
});
afterAll(async () => {
	await Promise.all([browser.close(), empty.stop(), filled.stop()]);
});

test('nobody is kept out before the first delivery', async () => {
	const opened = await InspectorPage.open(browser, empty.page);
	await opened.page.getByRole('heading', { name: 'Waiting for the first delivery' }).waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.close();
});

test('nobody is kept out of the list, the detail and the key sheet', async () => {
	const opened = await InspectorPage.open(browser, filled.page);
	await opened.rows.first().waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.grid.press('Home');
	await opened.row(8).click();
	await opened.tree.waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	for (const tab of ['Overview', 'Request'] as const) {
		await opened.openTab(tab);
		expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	}
	await opened.page.keyboard.press('?');
	await opened.page.getByRole('dialog', { name: 'Keys' }).waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.close();
});

test('nobody is kept out on a phone', async () => {
	const opened = await InspectorPage.open(browser, filled.page, {
		viewport: { width: 390, height: 800 },
	});
	await opened.rows.first().waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.rows.nth(4).click();
	await opened.tree.waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.close();
});

test('where the system forces its colours nothing shows through what stands at the end of a long row', async () => {
	const opened = await InspectorPage.open(browser, filled.page, { forcedColors: 'active' });
	await post(filled, { event: 'message_created', content: 'long '.repeat(200) });
	await opened.grid.press('End');
	await opened.grid.press('Enter');
	const end = opened.tree.getByRole('button', { name: /^Show all/ }).locator('..');
	expect(await end.evaluate((element) => getComputedStyle(element).backgroundColor)).toMatch(/^rgb\(/);
	await opened.close();
});

test('on the narrowest phone nothing is cut off at the side', async () => {
	const opened = await InspectorPage.open(browser, filled.page, { viewport: { width: 320, height: 640 } });
	await opened.rows.first().waitFor();
	await opened.grid.press('End');
	expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
	await opened.close();
});
