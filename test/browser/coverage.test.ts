import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../deliveries';
import { startInspector, type RunningInspector } from '../running-inspector';
import { violationsInBothSchemes } from './axe';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

/** As releases send them: what forks, relays and the guide's own form add is unknown to some place. */
const sent = samples().filter(({ name, provenance }) => !/documented|fork|relay/i.test(`${name} ${provenance}`));
/** Two more are posted below. */
const deliveries = sent.length + 2;

let browser: Browser;
let filled: RunningInspector;
/** The page of the filled inspector; each test opens it again. */
let shared: InspectorPage;

beforeAll(async () => {
	[browser, filled] = await Promise.all([launchBrowser(), startInspector()]);
	for (const { body, headers } of sent) await post(filled, body, headers);
	await post(filled, { event: 'contact_created', id: 1, nobody_knows_me: true });
	await post(filled, 'not json');
	shared = await InspectorPage.open(browser, filled.page);
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

	static async openFilled(viewport = { width: 1280, height: 800 }): Promise<CoveragePage> {
		await shared.page.setViewportSize(viewport);
		await shared.reopen();
		return new CoveragePage(shared).show();
	}

	static async openEmpty(inspector: RunningInspector): Promise<CoveragePage> {
		return new CoveragePage(await InspectorPage.open(browser, inspector.page)).show();
	}

	async show(): Promise<CoveragePage> {
		const isNarrow = this.page.viewportSize()!.width < 700;
		if (isNarrow) await this.page.getByRole('combobox', { name: 'Panel' }).selectOption('Coverage');
		else await this.page.getByRole('tab', { name: 'Coverage' }).click();
		return this;
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

	expectNoComplaints(): void {
		expect(this.opened.complaints).toEqual([]);
	}
}

test('each event that came is a column with its deliveries, and each member says what it is and how often it came', async () => {
	const coverage = await CoveragePage.openFilled();
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
	coverage.expectNoComplaints();
});

test('a member opens beside the grid with what guide and wire say, and leads to a delivery that has it', async () => {
	const coverage = await CoveragePage.openFilled();
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
	coverage.expectNoComplaints();
});

test('the keyboard goes from cell to cell, opens and closes groups and members, and comes back to its cell', async () => {
	const coverage = await CoveragePage.openFilled();
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
	coverage.expectNoComplaints();
});

test('counts follow what arrives while the panel is open, and an example that is gone is said to be gone', async () => {
	const inspector = await startInspector();
	const coverage = await CoveragePage.openEmpty(inspector);
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
	coverage.expectNoComplaints();
	await coverage.opened.close();
	await inspector.stop();
});

test('before anything came all members that guide and wire list can be looked at', async () => {
	const inspector = await startInspector();
	const coverage = await CoveragePage.openEmpty(inspector);
	await coverage.page.getByRole('button', { name: 'Show all members' }).click();
	await coverage.grid.getByRole('columnheader').filter({ hasText: 'macro.executed' }).waitFor();
	await coverage.page.getByLabel('Fold equal rows').uncheck();
	await (await coverage.cell('id', 'message_created')).getByText('on the wire, not seen yet').waitFor();
	await (await coverage.cell('id', 'message_created')).click();
	await coverage.detail.getByText('no delivery of this event yet').waitFor();
	coverage.expectNoComplaints();
	await coverage.opened.close();
	await inspector.stop();
});

for (const width of [1280, 390]) {
	test(`nobody is kept out of the coverage, ${width} pixels wide`, async () => {
		const coverage = await CoveragePage.openFilled({ width, height: 800 });
		await coverage.page.getByLabel('Fold equal rows').uncheck();
		await coverage.row('account').first().waitFor();
		expect(await violationsInBothSchemes(coverage.page)).toEqual([]);
		await (await coverage.cell('account', 'message_created')).click();
		await coverage.detail.getByRole('list', { name: 'Value' }).waitFor();
		expect(await violationsInBothSchemes(coverage.page)).toEqual([]);
		const { scrollWidth, innerWidth } = await coverage.page.evaluate(() => ({
			scrollWidth: document.documentElement.scrollWidth,
			innerWidth: window.innerWidth,
		}));
		expect(scrollWidth).toBeLessThanOrEqual(innerWidth);
		coverage.expectNoComplaints();
	});
}
