import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { samples } from '../deliveries';
import { violationsInBothSchemes } from './axe';
import { FreshInspector } from './fresh-inspector';
import { post, type InspectorPage } from './inspector-page';

let inspector: FreshInspector;
let opened: InspectorPage;

const genuine = samples().find(({ name }) => name === 'message_created--webwidget-incoming')!;
const documented = samples().find(({ name }) => name === 'message_created--documented-object')!;

interface Message {
	[member: string]: unknown;
	conversation: Record<string, unknown>;
}

/** The genuine sample with something changed. */
function changed(change: (message: Message) => void): Message {
	const message = JSON.parse(new TextDecoder().decode(genuine.body)) as Message;
	change(message);
	return message;
}

const withBadTime = changed((message) => (message.created_at = '01/07/2026 10:07'));

beforeAll(async () => {
	// So tall that the whole payload is drawn.
	inspector = await FreshInspector.start({ viewport: { width: 1280, height: 1600 } });
	opened = inspector.opened;
});
afterAll(() => inspector.stop());
beforeEach(() => inspector.renew());
afterEach(() => {
	expect(opened.complaints).toEqual([]);
});

const verdictOf = (id: number): Locator => opened.row(id).getByRole('img', { name: /good|error|warning/ });
const findingsTab = () => opened.detail.getByRole('tab', { name: /^Findings/ });
const finding = (name: string | RegExp) => opened.detail.getByRole('tabpanel').getByRole('button', { name });
const treeRow = (name: RegExp) => opened.tree.getByRole('treeitem', { name });

async function openFindings(id: number): Promise<Locator> {
	await opened.row(id).click();
	await findingsTab().click();
	const panel = opened.detail.getByRole('tabpanel');
	await panel.getByRole('radio', { name: 'Guide only' }).waitFor();
	return panel;
}

test('a genuine delivery is good, with a muted count of places where guide and wire disagree', async () => {
	await post(inspector, genuine.body, genuine.headers);
	await verdictOf(1).waitFor();
	expect(await verdictOf(1).getAttribute('aria-label')).toMatch(/^good, \d+ drift$/);
	const panel = await openFindings(1);
	await panel.getByText(/^Nothing to report but \d+ places where guide and wire disagree/).waitFor();
	const drift = finding(/^Drift \d+, guide and wire disagree; the delivery is fine/);
	expect(await drift.getAttribute('aria-expanded')).toBe('false');
	await drift.click();
	await panel.getByRole('table').waitFor();
	await panel.getByRole('heading', { name: /^Chatwoot 4\.14\.2 or later/ }).waitFor();
	await panel.getByRole('button', { name: 'Why?' }).click();
	await panel.getByRole('button', { name: 'conversation.account' }).waitFor();
	expect(await opened.page.getByText(/\d+ errors?$/).count()).toBe(0);
});

test('an error stands in the row, the status bar, the tab and the tree, and leads to its place', async () => {
	await post(inspector, genuine.body, genuine.headers);
	await post(inspector, withBadTime, genuine.headers);
	await verdictOf(2).waitFor();
	expect(await verdictOf(2).getAttribute('aria-label')).toMatch(/^1 error/);
	await opened.page.getByRole('contentinfo').getByText('1 error').waitFor();
	const panel = await openFindings(2);
	await findingsTab().getByRole('img', { name: '1 error' }).waitFor();
	await panel.getByText('"01/07/2026 10:07"').waitFor();
	await panel.getByText('unix-timestamp').first().waitFor();
	await finding('Not a time that Chatwoot sends').click();
	const row = treeRow(/^created_at: "01\/07\/2026 10:07".*error$/);
	await row.waitFor();
	expect(await row.getAttribute('aria-selected')).toBe('true');
	await opened.detail.getByRole('region', { name: 'What the contracts say' }).getByText('unix-timestamp').waitFor();
});

test('a finding inside a closed object is announced on it, and opened on the way to it', async () => {
	const message = changed(({ conversation }) => {
		(conversation.meta as { sender: Record<string, unknown> }).sender.id = 'x';
	});
	await post(inspector, message, genuine.headers);
	await opened.row(1).click();
	await opened.tree.waitFor();
	await treeRow(/^meta: .* inside$/).waitFor();
	await openFindings(1);
	await finding('Not the type that Chatwoot sends').click();
	await treeRow(/^id: "x".*error$/).waitFor();
});

test('a missing member is shown on the object that lacks it', async () => {
	await post(
		inspector,
		changed((message) => delete message.message_type),
		genuine.headers,
	);
	await openFindings(1);
	await finding('message_type is missing').click();
	const row = treeRow(/message_type is missing, error$/);
	await row.waitFor();
	expect(await row.getAttribute('aria-level')).toBe('1');
});

test('text that is almost JSON names each departure and leads to its line', async () => {
	await post(inspector, '{\n"event": "message_created", // why\n"id": 1\n}');
	await openFindings(1);
	await finding('JSON has no comments').click();
	await opened.detail.getByRole('radio', { name: 'Text', checked: true }).waitFor();
	await opened.detail.getByRole('region', { name: 'Text of the body' }).getByText('// why').waitFor();
});

test('the guide alone judges everywhere when it is asked to, and still does after a reload', async () => {
	await post(inspector, genuine.body, genuine.headers);
	await post(inspector, documented.body, documented.headers);
	await verdictOf(1).waitFor();
	const panel = await openFindings(1);
	await panel.getByRole('radio', { name: 'Guide only' }).click();
	await findingsTab().getByRole('img', { name: /error/ }).waitFor();
	await finding(/is missing|Not the type that the guide lists/)
		.first()
		.waitFor();
	await opened
		.row(1)
		.getByRole('img', { name: /^\d+ errors/ })
		.waitFor();
	await opened.row(2).getByRole('img', { name: /^good/ }).waitFor();
	await opened.page.reload();
	await opened
		.row(1)
		.getByRole('img', { name: /^\d+ errors/ })
		.waitFor();
	await opened.detail.getByRole('radio', { name: 'Guide only', checked: true }).waitFor();
	await opened.detail.getByRole('radio', { name: 'Guide and wire' }).click();
	await verdictOf(1)
		.and(opened.page.getByRole('img', { name: /^good/ }))
		.waitFor();
});

test('drift can be kept out of the tree', async () => {
	await post(inspector, genuine.body, genuine.headers);
	await opened.row(1).click();
	await treeRow(/^message_type: "incoming" .*drift$/).waitFor();
	await opened.detail.getByRole('button', { name: 'Drift', pressed: true }).click();
	await treeRow(/^message_type: "incoming"$/).waitFor();
});

test('the keyboard alone reads the findings and what the contracts say of a member', async () => {
	await post(inspector, withBadTime, genuine.headers);
	await opened.row(1).waitFor();
	const { page } = opened;
	await opened.grid.focus();
	await page.keyboard.press('Home');
	await page.keyboard.press('Enter');
	await page.keyboard.press('3');
	const errors = finding(/^Errors 1/);
	await errors.waitFor();
	await findingsTab().focus();
	const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
	for (let presses = 0; presses < 12 && !(await focused()).startsWith('Errors'); presses++) {
		await page.keyboard.press('Tab');
	}
	expect(await focused()).toMatch(/^Errors/);
	await page.keyboard.press('ArrowLeft');
	expect(await errors.getAttribute('aria-expanded')).toBe('false');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowDown');
	expect(await focused()).toBe('Not a time that Chatwoot sends');
	await page.keyboard.press('End');
	expect(await focused()).toMatch(/^Drift/);
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await treeRow(/^created_at.*error$/).waitFor();
	await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree');
	const foot = opened.detail.getByRole('region', { name: 'What the contracts say' });
	await foot.getByText('Not a time that Chatwoot sends.').waitFor();
	await page.keyboard.press('ArrowDown');
	await foot.getByText('Not a time that Chatwoot sends.').waitFor({ state: 'detached' });
});

test('ten thousand findings are counted, and shown a few hundred at a time', async () => {
	const attachments = Array.from({ length: 10_000 }, (_, id) => ({ id: `x${id}`, message_id: 1, file_type: 'image' }));
	await post(
		inspector,
		changed((message) => (message.attachments = attachments)),
		genuine.headers,
	);
	await openFindings(1);
	const more = finding(/^Show 200 more of \d+,\d{3}$/).first();
	await more.waitFor();
	const items = () => opened.detail.getByRole('tabpanel').locator('[data-stop]').count();
	const before = await items();
	expect(before).toBeLessThan(1000);
	await more.click();
	await expect.poll(items).toBeGreaterThan(before + 150);
});

test('panels can be changed, and the list stays as it was left', async () => {
	await Promise.all(Array.from({ length: 60 }, () => post(inspector, genuine.body, genuine.headers)));
	await opened.expectCount(60);
	await opened.grid.press('Home');
	await opened.row(3).click();
	const panels = opened.page.getByRole('tablist', { name: 'Panels' });
	await panels.getByRole('tab', { name: 'Deliveries' }).focus();
	await opened.page.keyboard.press('ArrowRight');
	await panels.getByRole('tab', { name: 'Conversations', selected: true }).waitFor();
	await expect.poll(() => opened.page.url()).toMatch(/#\/conversations$/);
	await opened.grid.waitFor({ state: 'hidden' });
	await opened.page.keyboard.press('ArrowLeft');
	await opened.row(3).waitFor();
	expect(await opened.row(3).getAttribute('aria-selected')).toBe('true');
	await expect.poll(() => opened.page.url()).toMatch(/#\/deliveries\?id=3&tab=payload$/);
	await opened.row(1).waitFor();
});

test('nobody is kept out of findings', async () => {
	const message = changed((changedMessage) => {
		changedMessage.created_at = '01/07/2026 10:07';
		changedMessage.conversation.asignee_id = 31;
	});
	await post(inspector, message, genuine.headers);
	await post(inspector, genuine.body, genuine.headers);
	await verdictOf(1).waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.row(1).click();
	await treeRow(/^created_at: "01.*error$/).waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await openFindings(1);
	await finding(/^Drift/).click();
	await opened.detail.getByRole('button', { name: 'Why?' }).click();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
	await opened.detail.getByRole('radio', { name: 'Guide only' }).click();
	await finding(/^Errors/).waitFor();
	expect(await violationsInBothSchemes(opened.page)).toEqual([]);
});
