import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { samples } from '../deliveries';
import { startInspector, type RunningInspector } from '../running-inspector';
import { violationsInBothSchemes } from './axe';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let inspector: RunningInspector;
let opened: InspectorPage;

type Body = Record<string, unknown>;

function sample(name: string): Body {
	const { body } = samples().find((one) => one.name === name)!;
	return JSON.parse(new TextDecoder().decode(body)) as Body;
}

const created = sample('message_created--agent-outgoing');
const receipt = sample('message_updated--read-receipt');
const resolved = sample('conversation_status_changed--resolved-null-changes');

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
	inspector = await startInspector();
	opened = await InspectorPage.open(browser, inspector.page);
});
afterEach(async () => {
	const { complaints } = opened;
	await opened.close();
	await inspector.stop();
	expect(complaints).toEqual([]);
});

/** Opens what another delivery has to do with this one. */
async function openAnother(id: number): Promise<Locator> {
	await opened.row(id).click();
	await opened.detail.getByRole('tab', { name: /^Changes/ }).click();
	const panel = opened.detail.getByRole('tabpanel');
	await panel.getByRole('radio', { name: 'Another delivery' }).click();
	return panel;
}

/** Waits for a sentence, however it is broken into lines. */
async function expectWords(panel: Locator, words: RegExp): Promise<void> {
	await expect.poll(async () => (await panel.innerText()).replace(/\s+/g, ' ')).toMatch(words);
}

test('a read receipt says in which delivery the message was seen before, and shows what changed', async () => {
	await post(inspector, created);
	await post(inspector, receipt);
	const panel = await openAnother(2);
	await expectWords(
		panel,
		/Message 90318 as it was in #1 message_created, nested in conversation\.messages, .* earlier/,
	);
	await expectWords(panel, /Its status was sent in #1 and is read here\./);
	await expectWords(panel, /"status": "sent",.*"status": "read",/);
	await panel.getByText(/^Not compared: conversation/).click();
	await expectWords(panel, /a record by itself\. conversation/);
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);

	await panel.getByRole('button', { name: '#1' }).first().click();
	await opened.detail.getByRole('heading', { name: 'message_created' }).waitFor();
	await opened.row(1).and(opened.page.locator('[aria-selected=true]')).waitFor();

	const again = await openAnother(2);
	await again.getByRole('button', { name: 'Open in Compare' }).click();
	await expect.poll(() => new URL(opened.page.url()).hash).toMatch(/^#\/compare\?.*left=1&right=2/);
});

test('a status change says what the status was and where, and other records can be chosen', async () => {
	await post(inspector, { ...resolved, status: 'open' });
	await post(inspector, resolved);
	const panel = await openAnother(2);
	await expectWords(panel, /Conversation 1401 as it was in #1 conversation_status_changed, .* earlier/);
	await expectWords(panel, /open in #1, resolved here\./);
	await expectWords(panel, /"status": "open",.*"status": "resolved",/);
	await panel.getByRole('radio', { name: 'Conversation' }).focus();
	await opened.page.keyboard.press('ArrowRight');
	await expectWords(panel, /Contact 518 as it was in #1 conversation_status_changed, in meta\.sender, .* earlier/);
	await expectWords(panel, /Nothing differs\./);
});

test('where no earlier delivery holds the message, that is said; a retry is told by its delivery id', async () => {
	const headers = { 'X-Chatwoot-Delivery': '0bde4b46-58e4-4d2f-8f5c-0f1b1a8b9c11' };
	await post(inspector, created, headers);
	await expectWords(await openAnother(1), /No earlier delivery holds message 90318\./);
	await post(inspector, created, headers);
	const panel = await openAnother(2);
	await panel.getByRole('radio', { name: 'Same delivery id' }).click();
	await expectWords(panel, /#1 carries the same X-Chatwoot-Delivery, .* earlier/);
	await expectWords(panel, /byte for byte/);
});
