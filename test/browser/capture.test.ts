import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { samples } from '../deliveries';
import { newDataFolder, startInspector, type RunningInspector } from '../running-inspector';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let inspector: RunningInspector;
let opened: InspectorPage;

// One inspector for all: deliveries of one test do not disturb another.
beforeAll(async () => {
	browser = await launchBrowser();
	inspector = await startInspector();
	opened = await InspectorPage.open(browser, inspector.page);
});
afterEach(() => {
	expect(opened.complaints).toEqual([]);
});
afterAll(async () => {
	await browser.close();
	await inspector.stop();
});

/** Posts a delivery and gives its row when it has appeared. */
async function deliver(body: unknown, headers?: Record<string, string>): Promise<Locator> {
	await post(inspector, body, headers);
	return newestRow();
}

async function newestRow(): Promise<Locator> {
	const { newest } = (await (await inspector.api('/api/deliveries?limit=1')).json()) as { newest: number };
	const row = opened.row(newest);
	await row.waitFor();
	return row;
}

const message = samples().find(({ name }) => name === 'message_created--webwidget-incoming')!;

test('the printed address shows what to do before the first delivery, and the token is gone from it', async () => {
	const { page } = opened;
	await page.getByRole('heading', { name: 'Waiting for the first delivery' }).waitFor();
	expect(page.url()).not.toContain('token');
	await page.getByText(inspector.capture, { exact: true }).waitFor();
	for (const step of [
		'Settings',
		'Add new webhook',
		'conversation_typing_off',
		'SAFE_FETCH_ALLOW_PRIVATE_NETWORK=true',
	]) {
		await page.getByText(step, { exact: true }).first().waitFor();
	}
});

test('a delivery appears by itself, with its number, event, subject, size and answer', async () => {
	const cells = (await deliver(message.body, message.headers)).getByRole('gridcell');
	expect(await cells.nth(2).innerText()).toBe('message_created');
	expect(await cells.nth(3).innerText()).toMatch(/^#1401 /);
	expect(await cells.nth(4).innerText()).toContain('Hi, where is my parcel?');
	expect(await cells.nth(7).innerText()).toMatch(/^2\.\d kB$/);
	await expect.poll(() => cells.nth(9).innerText()).toMatch(/^200\s+\d+ ms$/);
});

test('numbers stay as they were sent, however long, and a click opens the payload', async () => {
	const row = await deliver('{"event":"message_created","id":12345678901234567890123,"ratio":1.0,"tiny":-0.0e-7}');
	await row.click();
	await opened.openTab('Payload');
	const tree = opened.tree;
	await tree.getByText('12345678901234567890123', { exact: true }).waitFor();
	await tree.getByText('1.0', { exact: true }).waitFor();
	await tree.getByText('-0.0e-7', { exact: true }).waitFor();
});

test('markup in names, values, headers and paths is shown as text', async () => {
	const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
	await fetch(`${inspector.capture}/${encodeURIComponent('<b>')}<i>?<u>`, {
		method: 'POST',
		headers: { 'X-Evil': evil },
		body: JSON.stringify({ event: evil, [evil]: evil, id: 1 }),
	});
	await (await newestRow()).click();
	await opened.openTab('Payload');
	await opened.tree.getByText(evil).first().waitFor();
	await opened.openTab('Request');
	await opened.detail.getByText(evil).first().waitFor();
	await opened.openTab('Overview');
	expect(await opened.page.locator('main img, main script, main i, main u').count()).toBe(0);
});

test.each([
	['', 'empty body'],
	['not json at all', 'not JSON'],
	['[1,2]', 'no event'],
	['null', 'no event'],
	['"text"', 'no event'],
])('the body %j is shown as what it is', async (body, word) => {
	const row = await deliver(body);
	await row.getByText(word, { exact: true }).first().click();
	const overview = await opened.openTab('Overview');
	await overview.getByRole('heading').waitFor();
	expect(opened.complaints).toEqual([]);
});

test('bytes that are no text are shown in hexadecimal', async () => {
	const row = await deliver(new Uint8Array([0xff, 0xfe, 0x00, 0x41]));
	await row.getByText('not text', { exact: true }).click();
	await opened.openTab('Payload');
	await opened.detail.getByText(/ff fe 00 41/i).waitFor();
});

test('a body that is nested too deep is shown as text, and says so', async () => {
	const row = await deliver('['.repeat(100_000) + ']'.repeat(100_000));
	await row.click();
	await opened.openTab('Payload');
	await opened.detail.getByText(/more than 1,000 levels/).waitFor();
	await opened.detail.getByText('[[[[[[[[').first().waitFor();
});

test('a second member of the same name and __proto__ are both there', async () => {
	const row = await deliver('{"a":1,"a":2,"__proto__":{"x":3}}');
	await row.click();
	await opened.openTab('Payload');
	await opened.tree.getByText('__proto__').waitFor();
	expect(
		await opened.tree
			.getByRole('treeitem')
			.filter({ hasText: /^\s*a:/ })
			.count(),
	).toBe(2);
	await opened.detail.getByText(/twice/).first().waitFor();
	await opened.tree.getByRole('treeitem', { name: /a.*2.*the last one counts/ }).waitFor();
});

test('tokens are masked until they are asked for', async () => {
	const row = await deliver(message.body, message.headers);
	await row.click();
	await opened.openTab('Payload');
	const secret = (
		JSON.parse(new TextDecoder().decode(message.body)) as { conversation: { contact_inbox: { pubsub_token: string } } }
	).conversation.contact_inbox.pubsub_token;
	await opened.tree
		.getByRole('treeitem', { name: /contact_inbox/ })
		.first()
		.click();
	await opened.page.keyboard.press('ArrowRight');
	await opened.tree.getByText('pubsub_token').waitFor();
	expect(await opened.tree.getByText(secret).count()).toBe(0);
	await opened.tree.getByRole('button', { name: /show/i }).first().click();
	await opened.tree.getByText(secret).waitFor();
});

test('what was captured is there again after a restart, and the same address still works', async () => {
	const data = newDataFolder();
	const first = await startInspector({ data });
	await post(first, message.body);
	await first.stop();
	const second = await startInspector({ data });
	const page = await InspectorPage.open(browser, second.page);
	await page.row(1).getByText('message_created').waitFor();
	expect(second.token).toBe(first.token);
	expect(new URL(second.capture).pathname).toBe(new URL(first.capture).pathname);
	await page.close();
	await second.stop();
});
