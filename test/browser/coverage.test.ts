import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../deliveries';
import { startInspector, type RunningInspector } from '../running-inspector';
import { violations } from './axe';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

/** As releases send them: what forks, relays and the guide's own form add is unknown to some place. */
const sent = samples().filter(({ name, provenance }) => !/documented|fork|relay/i.test(`${name} ${provenance}`));
/** Two more are posted below. */
const deliveries = sent.length + 2;

let browser: Browser;
let filled: RunningInspector;

beforeAll(async () => {
	browser = await launchBrowser();
	filled = await startInspector();
	for (const { body, headers } of sent) await post(filled, body, headers);
	await post(filled, { event: 'contact_created', id: 1, nobody_knows_me: true });
	await post(filled, 'not json');
});
afterAll(async () => {
	await Promise.all([browser.close(), filled.stop()]);
});

/** The panel as a person opens it. */
class CoveragePage {
	readonly opened: InspectorPage;
	readonly page: Page;

	constructor(opened: InspectorPage) {
		this.opened = opened;
		this.page = opened.page;
	}

	static async open(inspector: RunningInspector, options: Parameters<typeof InspectorPage.open>[2] = {}) {
		const opened = await InspectorPage.open(browser, inspector.page, options);
		const isNarrow = (options.viewport?.width ?? 1280) < 700;
		if (isNarrow) await opened.page.getByRole('combobox', { name: 'Panel' }).selectOption('Coverage');
		else await opened.page.getByRole('tab', { name: 'Coverage' }).click();
		return new CoveragePage(opened);
	}

	get grid(): Locator {
		return this.page.getByRole('grid', { name: 'Members by event' });
	}

	get detail(): Locator {
		return this.page.getByRole('region', { name: 'Member', exact: true });
	}

	get activeCell(): Locator {
		return this.grid.locator('.active');
	}

	row(name: string | RegExp): Locator {
		return this.grid.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name, exact: true }) });
	}

	/** The cell of a member and an event, by the place of the event's column. */
	async cell(member: string, event: string): Promise<Locator> {
		const column = await this.grid
			.getByRole('columnheader')
			.filter({ has: this.page.getByText(event, { exact: true }) })
			.getAttribute('aria-colindex');
		return this.row(member).first().locator(`[aria-colindex="${column}"]`);
	}

	async close(): Promise<void> {
		expect(this.opened.complaints).toEqual([]);
		await this.opened.close();
	}
}

test('each event that came is a column with its deliveries, and each member says what it is and how often it came', async () => {
	const coverage = await CoveragePage.open(filled);
	await coverage.page.getByLabel('Fold equal rows').uncheck();
	const created = sent.filter(({ name }) => name.startsWith('message_created--')).length;
	const header = coverage.grid
		.getByRole('columnheader')
		.filter({ hasText: /message_created/ })
		.first();
	await header.getByText(`${created} deliveries`).waitFor();
	const id = await coverage.cell('id', 'message_created');
	await id.getByText('guide and wire, seen').waitFor();
	await id.getByText(String(created), { exact: true }).waitFor();
	await coverage.page.getByText(`${deliveries} deliveries counted`).waitFor();
	await coverage.page.getByText('1 of no known event').waitFor();
	await coverage.page.getByText('1 unknown', { exact: true }).waitFor();
	await coverage.close();
});

test('a member opens beside the grid with what guide and wire say, and leads to a delivery that has it', async () => {
	const coverage = await CoveragePage.open(filled);
	await coverage.page.getByLabel('Fold equal rows').uncheck();
	for (const name of ['Message', 'Conversation']) {
		await coverage.page.getByRole('rowheader', { name, exact: true }).click();
	}
	await coverage.row('nobody_knows_me').waitFor();
	const cell = await coverage.cell('nobody_knows_me', 'contact_created');
	await cell.getByText('unknown to guide and wire').waitFor();
	await cell.click();
	await coverage.detail.getByText('not listed').waitFor();
	await coverage.detail.getByText('no release sends it').waitFor();
	await coverage.detail.getByRole('list', { name: 'Value' }).getByText('true').waitFor();
	expect(new URL(coverage.page.url()).hash).toContain('member=%2Fnobody_knows_me');
	await coverage.page.reload();
	await coverage.detail.getByRole('button', { name: `Open delivery ${deliveries - 1}` }).click();
	await coverage.opened.tree.getByRole('treeitem', { name: /nobody_knows_me/ }).waitFor();
	await coverage.page.getByRole('tab', { name: 'Coverage' }).click();
	await coverage.detail.getByText('not listed').waitFor();
	await coverage.close();
});

test('the keyboard goes from cell to cell, opens and closes groups and members, and comes back to its cell', async () => {
	const coverage = await CoveragePage.open(filled);
	const press = (key: string) => coverage.page.keyboard.press(key);
	await coverage.grid.focus();
	await press('ArrowDown');
	await coverage.page.getByRole('rowheader', { name: 'Message', exact: true, expanded: true }).waitFor();
	await press('ArrowLeft');
	await coverage.page.getByRole('rowheader', { name: 'Message', exact: true, expanded: false }).waitFor();
	await press('Enter');
	await coverage.page.getByRole('rowheader', { name: 'Message', exact: true, expanded: true }).waitFor();
	await press('ArrowDown');
	const bundle = coverage.grid.locator('[role=rowheader].active');
	const before = await coverage.grid.getAttribute('aria-rowcount');
	expect(await bundle.getAttribute('aria-expanded')).toBe('false');
	await press('ArrowRight');
	expect(await bundle.getAttribute('aria-expanded')).toBe('true');
	expect(Number(await coverage.grid.getAttribute('aria-rowcount'))).toBeGreaterThan(Number(before) + 2);
	await press('ArrowDown');
	await press('ArrowRight');
	expect(await coverage.activeCell.getAttribute('aria-colindex')).toBe('2');
	const id = await coverage.activeCell.getAttribute('id');
	expect(await coverage.grid.getAttribute('aria-activedescendant')).toBe(id);
	await press('Enter');
	await coverage.detail.getByText('message_created', { exact: true }).waitFor();
	await press('Escape');
	await coverage.detail.waitFor({ state: 'detached' });
	await expect.poll(() => coverage.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
	expect(await coverage.activeCell.getAttribute('id')).toBe(id);
	await press('Control+End');
	await press('End');
	const last = await coverage.activeCell.getAttribute('aria-colindex');
	expect(last).toBe(await coverage.grid.getAttribute('aria-colcount'));
	const box = (await coverage.activeCell.boundingBox())!;
	expect(box.x).toBeGreaterThan(300);
	expect(box.x + box.width).toBeLessThanOrEqual(1280);
	await coverage.close();
});

test('counts follow what arrives while the panel is open, and an example that is gone is said to be gone', async () => {
	const inspector = await startInspector();
	const coverage = await CoveragePage.open(inspector);
	await coverage.page.getByRole('heading', { name: 'Nothing counted yet' }).waitFor();
	await post(inspector, { event: 'contact_created', id: 1 });
	const id = await coverage.cell('id', 'contact_created');
	await id.getByText('1', { exact: true }).waitFor();
	await post(inspector, { event: 'contact_created', id: 2 });
	await id.getByText('2', { exact: true }).waitFor();
	await inspector.api('/api/deliveries?through=2', { method: 'DELETE' });
	await coverage.page.getByText('0 deliveries', { exact: true }).first().waitFor();
	await id.click();
	await coverage.detail.getByText('is gone').waitFor();
	await coverage.detail.getByText('2 of 2').waitFor();
	await coverage.close();
	await inspector.stop();
});

test('before anything came all members that guide and wire list can be looked at', async () => {
	const inspector = await startInspector();
	const coverage = await CoveragePage.open(inspector);
	await coverage.page.getByRole('button', { name: 'Show all members' }).click();
	await coverage.grid.getByRole('columnheader').filter({ hasText: 'macro.executed' }).waitFor();
	await coverage.page.getByLabel('Fold equal rows').uncheck();
	await (await coverage.cell('id', 'message_created')).getByText('on the wire, not seen yet').waitFor();
	await (await coverage.cell('id', 'message_created')).click();
	await coverage.detail.getByText('no delivery of this event yet').waitFor();
	await coverage.close();
	await inspector.stop();
});

for (const colorScheme of ['light', 'dark'] as const) {
	for (const viewport of [
		{ width: 1280, height: 800 },
		{ width: 390, height: 800 },
	]) {
		test(`nobody is kept out of the coverage, ${colorScheme}, ${viewport.width} pixels wide`, async () => {
			const coverage = await CoveragePage.open(filled, { colorScheme, viewport });
			await coverage.page.getByLabel('Fold equal rows').uncheck();
			await coverage.row('account').first().waitFor();
			expect(await violations(coverage.page)).toEqual([]);
			await (await coverage.cell('account', 'message_created')).click();
			await coverage.detail.getByRole('list', { name: 'Value' }).waitFor();
			expect(await violations(coverage.page)).toEqual([]);
			const { scrollWidth, innerWidth } = await coverage.page.evaluate(() => ({
				scrollWidth: document.documentElement.scrollWidth,
				innerWidth: window.innerWidth,
			}));
			expect(scrollWidth).toBeLessThanOrEqual(innerWidth);
			await coverage.close();
		});
	}
}
