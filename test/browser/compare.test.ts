import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startInspector, type RunningInspector } from '../running-inspector';
import { signedSample } from '../signed-samples';
import { violationsInBothSchemes } from './axe';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let inspector: RunningInspector;
let opened: InspectorPage;

const sample = signedSample('message_created--agent-outgoing');
const text = new TextDecoder().decode(sample.body);
/** The same message with another text, a later time and another token. */
const edited = text
	.replace('It left the depot', 'It has left the depot')
	.replace(/"updated_at":\d+(?:\.\d+)?/, '"updated_at":1780999999.5')
	.replace(/"pubsub_token":"[^"]+"/, '"pubsub_token":"another-token-7Q"');

// 1 the message, 2 edited, 3 the first again, 4 no JSON, 5 with more headers.
beforeAll(async () => {
	browser = await launchBrowser();
	inspector = await startInspector();
	await post(inspector, sample.body, sample.headers);
	await post(inspector, edited, sample.headers);
	await post(inspector, sample.body, sample.headers);
	await post(inspector, '{"event":"message_created","content":"cut off he');
	await post(inspector, sample.body, { ...sample.headers, 'x-relay': 'one', 'user-agent': 'Relay/2' });
});
afterAll(() => Promise.all([browser.close(), inspector.stop()]));
afterEach(async () => {
	const { complaints } = opened;
	await opened.close();
	expect(complaints).toEqual([]);
});

async function openPage(fragment = '#/deliveries'): Promise<void> {
	opened = await InspectorPage.open(browser, inspector.page, { permissions: ['clipboard-read', 'clipboard-write'] });
	await opened.page.goto(`${inspector.origin}/${fragment}`);
}

const panel = () => opened.page.getByRole('tabpanel', { name: 'Compare' });
const lines = () => panel().getByRole('region', { name: 'Differences' });
const copied = () => opened.page.evaluate(() => navigator.clipboard.readText());
const columnHeads = () => panel().locator('.heads.side-by-side, .heads.inline').innerText();

/** Waits until a line says so to a screen reader: `removed: "a": 1`. */
async function line(words: RegExp, within: Locator = lines()): Promise<void> {
	await within.getByText(words).first().waitFor();
}

test('one delivery is marked with d, and d on another compares the two, the older one on the left', async () => {
	await openPage();
	await opened.row(2).click();
	await opened.page.keyboard.press('Escape');
	await opened.page.keyboard.press('d');
	await opened.page.getByText('#2 marked for comparison').waitFor();
	await opened.page.keyboard.press('d');
	await opened.page.getByText('#2 marked for comparison').waitFor({ state: 'detached' });
	await opened.page.keyboard.press('d');
	await opened.page.keyboard.press('Escape');
	await opened.page.getByText('#2 marked for comparison').waitFor({ state: 'detached' });
	await opened.page.keyboard.press('d');
	await opened.page.keyboard.press('ArrowUp');
	await opened.page.keyboard.press('d');
	await line(/^removed: {0,1}"content": "It left the depot/);
	await line(/^added: {0,1}"content": "It has left the depot/);
	expect(opened.page.url()).toContain('#/compare?left=1&right=2');
	expect(await lines().locator('mark').allInnerTexts()).toEqual(['has ']);
	await panel().getByText('1 change', { exact: true }).waitFor();
});

test('two selected rows are compared by a button in the status bar', async () => {
	await openPage();
	await opened.row(1).click();
	await opened.row(2).click({ modifiers: ['Control'] });
	await opened.page.getByRole('button', { name: 'Compare', exact: true }).click();
	await line(/added: ?"content": "It has left/);
	await panel().getByRole('button', { name: '#2' }).click();
	await opened.detail.getByRole('heading', { name: 'message_created' }).waitFor();
});

test('changes are stepped through by keyboard, unchanged lines unfolded, and the way of showing them is kept', async () => {
	await openPage('#/compare?left=1&right=2');
	await panel().getByRole('button', { name: 'Edit the list' }).click();
	for (const name of ['updated_at', 'pubsub_token']) {
		await panel()
			.getByRole('button', { name: `No longer ignore ${name}` })
			.click();
	}
	await panel().getByText('3 changes', { exact: true }).waitFor();
	for (const [key, place] of [
		['F7', 'Change 1 of 3'],
		['F7', 'Change 2 of 3'],
		['F7', 'Change 3 of 3'],
		['F7', 'The last change'],
		['Shift+F7', 'Change 2 of 3'],
	] as const) {
		await opened.page.keyboard.press(key);
		await panel().getByText(place, { exact: true }).waitFor();
	}
	// What is masked stays masked, also where it differs.
	await line(/removed: ?"pubsub_token": ••••/);
	expect(await lines().innerText()).not.toContain('another-token');
	await panel().getByRole('button', { name: 'Show masked values' }).click();
	await line(/added: ?"pubsub_token": "another-token-7Q"/);

	const fold = lines().getByRole('button', { name: /unchanged lines/ });
	const name = await fold.first().innerText();
	await fold.first().press('Enter');
	await expect.poll(() => fold.allInnerTexts()).not.toContain(name);
	expect(await lines().evaluate((element) => element === document.activeElement)).toBe(true);
	await panel().getByRole('button', { name: 'Show unchanged lines' }).click();
	await expect.poll(() => fold.count()).toBe(0);

	await panel().getByRole('radio', { name: 'Inline' }).click();
	await panel().locator('.heads.inline').waitFor();
	await opened.page.reload();
	await panel().locator('.heads.inline').waitFor();
});

test('differences are copied as JSON Patch and as words, without a secret', async () => {
	await openPage('#/compare?left=1&right=2');
	const copy = async (name: string) => {
		await panel().getByRole('button', { name: 'Copy the differences' }).click();
		await opened.page.getByRole('menuitem', { name }).click();
	};
	await copy('Copy as JSON Patch');
	await panel()
		.getByText(/^JSON Patch copied/)
		.waitFor();
	const patch = JSON.parse(await copied()) as { op: string; path: string; value: string }[];
	expect(patch).toMatchObject([{ op: 'replace', path: '/content' }]);
	expect(patch[0]!.value).toContain('It has left the depot');

	await panel().getByRole('button', { name: 'Edit the list' }).click();
	await panel().getByRole('button', { name: 'No longer ignore pubsub_token' }).click();
	await panel().getByText('2 changes', { exact: true }).waitFor();
	await copy('Copy as words');
	await panel().getByText('Words copied, 2 secrets masked').waitFor();
	expect(await copied()).toContain('pubsub_token');
	expect(await copied()).toContain('It has left the depot');
	expect(await copied()).not.toContain('another-token');
});

test('what is ignored is said, can be changed, and is found again; the defaults can be had back', async () => {
	await openPage('#/compare?left=1&right=2');
	await panel()
		.getByText(/^2 differences ignored: ?updated_at, pubsub_token$/)
		.waitFor();
	await panel().getByRole('button', { name: 'Edit the list' }).click();
	const field = panel().getByRole('textbox', { name: 'Member to ignore' });
	await field.fill('/content');
	await field.press('Enter');
	await panel().getByText('No difference but 3 that are ignored.').waitFor();
	await opened.page.reload();
	await panel().getByText('No difference but 3 that are ignored.').waitFor();
	await panel().getByRole('button', { name: 'Edit the list' }).click();
	await panel().getByRole('button', { name: 'Restore defaults' }).click();
	await panel().getByText('1 change', { exact: true }).waitFor();
	expect(await panel().getByRole('button', { name: 'No longer ignore /content' }).count()).toBe(0);
});

test('a side is chosen by number, by what came before, or by pasting; swapped it is the other one', async () => {
	await openPage('#/compare');
	await panel().getByRole('heading', { name: 'Compare two deliveries' }).waitFor();
	await panel().getByRole('button', { name: 'Choose the right side' }).click();
	const dialog = opened.page.getByRole('dialog');
	await dialog.getByRole('textbox', { name: 'A delivery by its number' }).fill('no number');
	await opened.page.keyboard.press('Enter');
	await dialog.getByText('The number of a delivery is in the first column').waitFor();
	await dialog.getByRole('textbox', { name: 'A delivery by its number' }).fill('#2');
	await opened.page.keyboard.press('Enter');
	await panel().getByRole('button', { name: 'Choose the left side' }).first().click();
	await dialog.getByRole('button', { name: /^Same message #1/ }).click();
	await line(/added: ?"content": "It has left/);
	expect(opened.page.url()).toContain('#/compare?left=1&right=2');

	await panel().getByRole('button', { name: 'Swap the sides' }).click();
	await line(/removed: ?"content": "It has left/);
	expect(opened.page.url()).toContain('#/compare?left=2&right=1');

	await panel().getByRole('button', { name: 'Choose the left side' }).click();
	await dialog.getByRole('textbox', { name: 'A text' }).fill('{"account":1.0,"event":"message_created"}');
	await dialog.getByRole('button', { name: 'Compare this text' }).click();
	await line(/removed: ?"account": 1\.0/);
	expect(await columnHeads()).toContain('Pasted');
	expect(opened.page.url()).toContain('left=pasted&right=1');
	expect(opened.page.url()).not.toContain('account');
	await opened.page.reload();
	await panel().getByText('The pasted text was not kept').waitFor();
});

test('headers are compared by name, with what was signed masked', async () => {
	await openPage('#/compare?left=1&right=5');
	await panel().getByText('No difference: the two are equal byte for byte.').waitFor();
	await panel().getByRole('radio', { name: 'Headers' }).click();
	const row = (name: string) => panel().getByRole('row', { name: new RegExp(`^(\\w+: ?)?${name}`, 'i') });
	await row('x-relay').getByText('one').waitFor();
	expect(await row('x-relay').getByText('not there').count()).toBe(1);
	expect(await row('user-agent').innerText()).toMatch(/Ruby[^]*Relay\/2/);
	const signature = sample.headers['x-chatwoot-signature']!;
	expect(await panel().innerText()).not.toContain(signature);
	await panel().getByRole('button', { name: 'Show masked values' }).click();
	await row('x-chatwoot-signature').getByText(signature).first().waitFor();
	expect(opened.page.url()).toContain('part=headers');
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
});

test('what is no JSON is compared as text and says so; what is gone says so too', async () => {
	await openPage('#/compare?left=1&right=4');
	await panel()
		.getByText(/Compared as text: the right side is not JSON/)
		.waitFor();
	await line(/added: ?\{"event":"message_created","content":"cut off he/);
	await opened.page.goto(`${inspector.origin}/#/compare?left=1&right=99`);
	await panel().getByText('Delivery 99 is not here any more').waitFor();
	// The browser tells of the 404 itself.
	opened.complaints.length = 0;
});

test('in a narrow window it is inline by itself', async () => {
	await openPage('#/compare?left=1&right=2');
	await panel().locator('.heads.side-by-side').waitFor();
	await opened.page.setViewportSize({ width: 400, height: 800 });
	await panel().locator('.heads.inline').waitFor();
	await line(/removed: ?"content"/);
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	// The lines are scrolled sideways by their own bar, never the page.
	expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
});

test('nobody is kept out of the comparison, its list and its dialog', async () => {
	await openPage('#/compare');
	await panel().getByRole('heading', { name: 'Compare two deliveries' }).waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.page.goto(`${inspector.origin}/#/compare?left=1&right=2`);
	await line(/removed: ?"content"/);
	await opened.page.keyboard.press('F7');
	await panel().getByRole('button', { name: 'Edit the list' }).click();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await panel().getByRole('button', { name: 'Choose the left side' }).click();
	await opened.page.getByRole('dialog').waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
});
