import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startInspector, type RunningInspector } from '../running-inspector';
import { violations } from './axe';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let inspector: RunningInspector;
let opened: InspectorPage;

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

const sample = JSON.parse(
	readFileSync(new URL('../payloads/conversation_updated--status-resolved.json', import.meta.url), 'utf8'),
) as { body: Record<string, unknown> };

/** Sends an update of conversation 1401 that was saved so many seconds after ten. */
async function send(
	seconds: number,
	previous: string,
	current: string,
	deliveryId = `delivery-${seconds}`,
): Promise<void> {
	const at = new Date(Date.UTC(2026, 5, 9, 10, 0, seconds)).toISOString();
	const changed_attributes = [
		{ status: { previous_value: previous, current_value: current } },
		{ updated_at: { previous_value: at, current_value: at } },
	];
	const body = { ...sample.body, id: 1401, status: current, changed_attributes };
	await post(inspector, body, { 'x-chatwoot-delivery': deliveryId });
}

const gapRows = () => opened.grid.getByText('A delivery is missing here', { exact: true });

test('a complete conversation says nothing, also while deliveries overtake each other', async () => {
	await send(1, 'open', 'pending');
	await send(3, 'snoozed', 'open');
	await gapRows().waitFor();
	await send(2, 'pending', 'snoozed');
	await gapRows().waitFor({ state: 'detached' });
	await opened.expectCount(3);
	await opened.row(3).getByText('out of order').waitFor();
});

test('a delivery that was left out has a row, the changes explain it, and lead to the one before', async () => {
	await send(1, 'open', 'pending');
	for (let id = 2; id <= 4; id++) await post(inspector, { event: 'conversation_typing_on', is_private: false });
	await send(9, 'snoozed', 'open');
	await opened.row(5).waitFor();
	expect(await gapRows().locator('..').innerText()).toMatch(
		/A delivery is missing here\s+#1401 was pending in 1, but 5 starts from snoozed/,
	);
	await gapRows().click();
	const { detail } = opened;
	await detail.getByRole('tab', { name: 'Changes', selected: true }).waitFor();
	const banner = detail.getByRole('region', { name: 'A delivery of #1401 was missed before this one' });
	await banner.getByText('Delivery 1 left status at pending; this one starts from snoozed.').waitFor();
	await banner.getByText('What can keep deliveries away').click();
	await banner.getByText('Five seconds, one attempt.').waitFor();
	expect(await violations(opened.page)).toEqual([]);
	await opened.page.emulateMedia({ colorScheme: 'dark' });
	expect(await violations(opened.page)).toEqual([]);
	await banner.getByRole('button', { name: 'Go to 1' }).click();
	await expect.poll(() => opened.page.url()).toContain('id=1&');
	await banner.waitFor({ state: 'detached' });
	expect(await opened.row(1).getAttribute('aria-selected')).toBe('true');
});

test('the keyboard passes over the row of a gap, and a reload finds it again', async () => {
	await send(1, 'open', 'pending');
	await send(9, 'snoozed', 'open');
	await gapRows().waitFor();
	await opened.page.reload();
	await gapRows().waitFor();
	await opened.grid.focus();
	await opened.grid.press('Home');
	await opened.grid.press('ArrowDown');
	expect(await opened.row(2).getAttribute('aria-selected')).toBe('true');
	await opened.grid.press('ArrowUp');
	expect(await opened.row(1).getAttribute('aria-selected')).toBe('true');
});

test('a delivery that came twice is marked and leads to the first one', async () => {
	await send(1, 'open', 'pending');
	await send(1, 'open', 'pending');
	await opened.row(2).getByText('duplicate').waitFor();
	expect(await gapRows().count()).toBe(0);
	await opened.row(2).click();
	await opened.detail.getByRole('tab', { name: 'Changes' }).click();
	await opened.detail.getByText(/The same delivery as 1, sent again/).waitFor();
	await opened.detail.getByRole('button', { name: 'Go to 1' }).click();
	await expect.poll(() => opened.page.url()).toContain('id=1&');
});

test('what the chain finds above does not move what a person reads', async () => {
	await send(1, 'open', 'pending');
	await send(9, 'pending', 'open');
	for (let index = 0; index < 90; index++) {
		await post(inspector, { event: 'conversation_typing_on', is_private: false });
	}
	await opened.expectCount(92);
	await opened.grid.hover();
	await opened.page.mouse.wheel(0, -300);
	await expect.poll(() => opened.row(92).isVisible()).toBe(false);
	const places = () =>
		opened.rows.evaluateAll((rows) => rows.map((row) => `${row.textContent} ${row.getBoundingClientRect().top}`));
	const before = await places();
	// Saved between the first two, so that the second no longer fits.
	await send(5, 'pending', 'resolved');
	await opened.expectCount(94);
	expect(await places()).toEqual(before);
	await opened.grid.press('Home');
	await gapRows().waitFor();
});
