import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startInspector, type RunningInspector } from '../running-inspector';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let inspector: RunningInspector;
let opened: InspectorPage;

const body = {
	event: 'conversation_updated',
	id: 1401,
	'odd name': [{ deep: { deeper: { text: 'Blue Jacket' } } }, 'blue'],
	created_at: 1780999622,
};

beforeAll(async () => {
	browser = await launchBrowser();
	inspector = await startInspector();
	opened = await InspectorPage.open(browser, inspector.page, { permissions: ['clipboard-read', 'clipboard-write'] });
	await post(inspector, body);
	await opened.row(1).click();
	await opened.tree.waitFor();
});
afterEach(() => {
	expect(opened.complaints).toEqual([]);
});
afterAll(async () => {
	await browser.close();
	await inspector.stop();
});

const copied = () => opened.page.evaluate(() => navigator.clipboard.readText());
const rowCount = () => opened.tree.getByRole('treeitem').count();

async function chooseLevels(name: string): Promise<void> {
	await opened.detail.getByRole('button', { name: 'Expand and collapse' }).click();
	await opened.page.getByRole('menuitem', { name }).click();
}

/** Opens the menu of the row that shows a text, and chooses from it. */
async function choose(text: string, action: string): Promise<void> {
	const row = opened.tree.getByRole('treeitem').filter({ hasText: text });
	await row.hover();
	await row.getByRole('button', { name: 'Actions' }).click();
	await opened.page.getByRole('menuitem', { name: action }).click();
}

test('the tree opens and closes by level', async () => {
	await chooseLevels('Collapse to one level');
	expect(await rowCount()).toBe(5);
	await chooseLevels('Expand everything');
	await opened.tree.getByText('Blue Jacket').waitFor();
	expect(await rowCount()).toBe(10);
	await chooseLevels('Two levels');
	expect(await rowCount()).toBe(7);
});

test('a value, its JSON Pointer and its JSONPath can be copied', async () => {
	await chooseLevels('Expand everything');
	await choose('Blue Jacket', 'Copy value');
	expect(await copied()).toBe('Blue Jacket');
	await choose('Blue Jacket', 'Copy JSON Pointer');
	expect(await copied()).toBe('/odd name/0/deep/deeper/text');
	await choose('Blue Jacket', 'Copy JSONPath');
	expect(await copied()).toBe("$['odd name'][0].deep.deeper.text");
});

test('the whole body is copied as it was sent', async () => {
	await opened.detail.getByRole('button', { name: /Copy the (whole )?body|Copy body/i }).click();
	expect(await copied()).toBe(JSON.stringify(body));
});

test('a search counts what it finds, goes to the next and the one before, and opens what hides it', async () => {
	await chooseLevels('Collapse to one level');
	await opened.page.keyboard.press('Control+f');
	const search = opened.detail.getByRole('search').getByRole('textbox');
	await search.fill('blue');
	await opened.detail.getByText('1 of 2').waitFor();
	await opened.tree.getByText('Blue Jacket').waitFor();
	await search.press('Enter');
	await opened.detail.getByText('2 of 2').waitFor();
	await search.press('Shift+Enter');
	await opened.detail.getByText('1 of 2').waitFor();
	await search.fill('nowhere');
	await opened.detail
		.getByText(/^(0|none|no match)/i)
		.first()
		.waitFor();
	await search.press('Escape');
	await search.waitFor({ state: 'detached' });
	await opened.detail.waitFor();
});

test('unix times have the time beside them that a person can read', async () => {
	const row = opened.tree.getByRole('treeitem').filter({ hasText: 'created_at' });
	expect(await row.innerText()).toMatch(/1780999622\s+\d+ June 2026, \d\d:\d\d:\d\d/);
});

test('the same body can be read as text and as bytes', async () => {
	await opened.detail.getByRole('radio', { name: 'Text' }).check({ force: true });
	await opened.detail.getByText('"odd name"').first().waitFor();
	await opened.detail.getByRole('radio', { name: 'Hex' }).check({ force: true });
	await opened.detail
		.getByText(/^7b 22 65 76/i)
		.first()
		.waitFor();
	await opened.detail.getByRole('radio', { name: 'Tree' }).check({ force: true });
	await opened.tree.waitFor();
});

test('at 200 % the payload can still be read', async () => {
	// What a window of 1280 × 800 is then.
	await opened.page.setViewportSize({ width: 640, height: 400 });
	await expect
		.poll(() => opened.tree.evaluate((element) => element.getBoundingClientRect().height))
		.toBeGreaterThan(60);
	await opened.page.setViewportSize({ width: 1280, height: 800 });
});

test('a byte order mark is no fault, and is said', async () => {
	await post(inspector, new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('{"event":"message_created"}')]));
	await opened.row(2).click();
	await opened.tree.getByText('message_created').waitFor();
	await opened.detail
		.getByText(/byte order mark/i)
		.first()
		.waitFor();
});

test('a body that is cut off says why, and shows what came', async () => {
	const whole = JSON.stringify({ event: 'message_created', content: 'x'.repeat(11 * 1024 * 1024) });
	await post(inspector, whole).catch(() => undefined);
	await opened
		.row(3)
		.getByText(/cut off at 10 MiB/)
		.click();
	await opened.detail
		.getByText(/10 MiB/)
		.first()
		.waitFor();
	await opened.detail.getByText('"event":"message_created"').first().waitFor();
});

test('what was found in place of JSON is quoted as code, not between back-ticks', async () => {
	await post(inspector, 'hello world');
	await opened.row(4).click();
	const notes = opened.detail.getByRole('list', { name: 'About this body' });
	await notes.getByRole('code').getByText('hello', { exact: true }).waitFor();
	expect(await notes.innerText()).not.toContain('`');
});
