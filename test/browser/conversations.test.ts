import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConversationLife, fullLife, type LifeDelivery } from '../conversation-life';
import { startInspector, type RunningInspector } from '../running-inspector';
import { violations } from './axe';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Starts an inspector that has got these deliveries, in their order. */
async function startWith(deliveries: readonly LifeDelivery[]): Promise<RunningInspector> {
	const inspector = await startInspector();
	for (const { body, headers } of deliveries) await post(inspector, body, headers);
	return inspector;
}

class ConversationsPage {
	readonly opened: InspectorPage;

	constructor(opened: InspectorPage) {
		this.opened = opened;
	}

	static async open(
		inspector: RunningInspector,
		query = '',
		options: Parameters<typeof InspectorPage.open>[2] = {},
	): Promise<ConversationsPage> {
		const opened = await InspectorPage.open(browser, inspector.page, options);
		await opened.page.goto(`${inspector.origin}/#/conversations${query}`);
		return new ConversationsPage(opened);
	}

	get page(): Page {
		return this.opened.page;
	}

	get list(): Locator {
		return this.page.getByRole('grid', { name: 'Conversations' });
	}

	get rows(): Locator {
		return this.page.getByRole('grid', { name: 'Deliveries of the conversation' });
	}

	get selected(): Locator {
		return this.rows.locator('[role=row][aria-selected=true] [aria-colindex="1"]');
	}

	get moment(): Locator {
		return this.page.getByRole('slider', { name: 'Moment' });
	}

	get state(): Locator {
		return this.page.getByRole('region', { name: 'State of the conversation' });
	}

	/** Value and origin of a member at the cursor, as they are read. */
	async value(member: string): Promise<string> {
		const row = this.state.getByRole('row').filter({
			has: this.page.getByRole('rowheader', { name: member, exact: true }),
		});
		const texts = await row.getByRole('cell').allInnerTexts();
		return texts.map((text) => text.replace(/\s+/g, ' ').trim()).join(' | ');
	}

	/** Waits until every body has been read: then each value names its delivery. */
	async expectRead(): Promise<void> {
		await this.page.getByText(/deliver(y|ies) in/).waitFor();
		await this.state.getByText('–', { exact: true }).first().waitFor({ state: 'detached' });
	}

	async close(): Promise<void> {
		expect(this.opened.complaints).toEqual([]);
		await this.opened.close();
	}
}

test('a life is walked from the first row to the last: the state is right at each step, and names its delivery', async () => {
	const life = fullLife();
	const { deliveries } = life;
	const inspector = await startWith(deliveries);
	const panel = await ConversationsPage.open(inspector, '?id=1401');
	await panel.expectRead();
	await panel.moment.press('Home');
	const numberOf = (attribute: string, from = 0) =>
		deliveries.findIndex(
			({ body }, index) => index >= from && JSON.stringify(body.changed_attributes ?? '').includes(`"${attribute}"`),
		) + 1;
	const changes = {
		status: ['status', 'open | 2'],
		'meta.assignee': ['assignee_id', 'none | 2'],
		'meta.team': ['team_id', 'none | 2'],
		labels: ['label_list', 'none | 2'],
		priority: ['priority', 'none | 2'],
	} as const;
	/** What each member is, worked out from the bodies alone. */
	const expected: Record<string, string> = {};
	for (const [index, { body, event }] of deliveries.entries()) {
		const number = index + 1;
		await expect.poll(() => panel.selected.innerText()).toBe(String(number));
		expect(await panel.moment.getAttribute('aria-valuenow')).toBe(String(number));
		expect(await panel.moment.getAttribute('aria-valuetext')).toContain(event);
		const conversation = (body.conversation ?? body.current_conversation ?? body) as Record<string, unknown>;
		const meta = conversation.meta as Record<string, { id: number; name: string } | null>;
		const words: Record<string, string> = {
			status: String(conversation.status),
			'meta.assignee': meta.assignee ? `${meta.assignee.name} #${meta.assignee.id}` : 'none',
			'meta.team': meta.team ? `${meta.team.name} #${meta.team.id}` : 'none',
			labels: (conversation.labels as string[]).join('') || 'none',
			priority: (conversation.priority as string | null) ?? 'none',
		};
		for (const [member, [attribute, first]] of Object.entries(changes)) {
			const isListed = numberOf(attribute, index) === number;
			if (index === 0) expected[member] = first.replace('2', 'seen 1');
			else if (index === 1) expected[member] = first;
			else if (isListed) expected[member] = `${words[member]} | ${number}`;
			const shown = (await panel.value(member)).replace(/ was .* \|/, ' |').replaceAll(/(delivery) (vip)/g, '$1$2');
			expect(shown, `${member} at ${number}, ${event}`).toBe(expected[member]);
		}
		await panel.moment.press('ArrowRight');
	}
	expect(await panel.value('order.number')).toBe(`881 | ${numberOf('custom_attributes')}`);
	await panel.state.getByText('Please rate this conversation').waitFor();
	await panel.close();
	await inspector.stop();
});

test('the cursor, the row and the address are one: it is dragged, stepped, clicked and shared', async () => {
	const inspector = await startWith(fullLife().deliveries);
	const panel = await ConversationsPage.open(inspector, '?id=1401&at=5');
	const count = fullLife().deliveries.length;
	await expect.poll(() => panel.selected.innerText()).toBe('5');
	const box = (await panel.moment.boundingBox())!;
	await panel.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	await panel.page.mouse.down();
	await panel.page.mouse.move(box.x + 2000, box.y + 60, { steps: 8 });
	await panel.page.mouse.up();
	await expect.poll(() => panel.selected.innerText()).toBe(String(count));
	await panel.state.getByRole('button', { name: 'Delivery before' }).click();
	await expect.poll(() => panel.selected.innerText()).toBe(String(count - 1));
	await expect.poll(() => panel.page.url()).toContain(`at=${count - 1}`);
	await panel.rows.press('Home');
	await expect.poll(() => panel.moment.getAttribute('aria-valuenow')).toBe('1');
	await panel.moment.press('PageDown');
	await expect.poll(() => panel.selected.innerText()).toBe('11');
	await panel.moment.press('End');
	await panel.expectRead();
	await panel.state
		.getByRole('button', { name: /Go to delivery/ })
		.first()
		.click();
	const set = await panel.selected.innerText();
	await expect.poll(() => panel.page.url()).toContain(`at=${set}`);
	await panel.page.reload();
	await expect.poll(() => panel.selected.innerText()).toBe(set);
	await panel.close();
	await inspector.stop();
});

test('from a row to its conversation and back', async () => {
	const inspector = await startWith(fullLife().deliveries);
	const opened = await InspectorPage.open(browser, inspector.page);
	await opened.row(8).click();
	await opened.openTab('Overview');
	await opened.detail.getByRole('button', { name: 'Show the conversation' }).click();
	const panel = new ConversationsPage(opened);
	await expect.poll(() => panel.selected.innerText()).toBe('8');
	await panel.rows.press('ArrowDown');
	await panel.rows.press('Enter');
	await expect.poll(() => opened.page.url()).toContain('#/deliveries?id=9');
	await opened.row(9).waitFor();
	await opened.page.getByRole('tab', { name: 'Conversations' }).click();
	await expect.poll(() => panel.selected.innerText()).toBe('9');
	await panel.close();
	await inspector.stop();
});

test('what arrives while the panel is open is in it, and the search finds a conversation', async () => {
	const life = new ConversationLife(7).begin('Hi');
	const inspector = await startWith(life.deliveries);
	const panel = await ConversationsPage.open(inspector, '?id=7');
	await panel.expectRead();
	const before = life.deliveries.length;
	life.wait(500).prioritize('urgent');
	for (const { body, headers } of life.deliveries.slice(before)) await post(inspector, body, headers);
	await expect.poll(() => panel.value('priority')).toMatch(new RegExp(`^urgent.* \\| ${before + 1}$`));
	for (const id of [8, 19]) {
		for (const { body, headers } of new ConversationLife(id).begin('Hi').deliveries)
			await post(inspector, body, headers);
	}
	await panel.page.getByText('3 conversations', { exact: true }).waitFor();
	await panel.page.getByRole('searchbox', { name: 'Search conversations' }).fill('#19');
	await panel.page.getByText('1 of 3 conversations').waitFor();
	await panel.list.press('ArrowDown');
	await panel.page.getByRole('heading', { name: /#19/ }).waitFor();
	await panel.close();
	await inspector.stop();
});

test('where a delivery is missing the values that it concerns are not certain, until the next one tells', async () => {
	const { deliveries } = fullLife();
	const opened = deliveries.findIndex(({ body }) =>
		JSON.stringify(body.changed_attributes ?? '').includes('"previous_value":"snoozed"'),
	);
	// The update that opens it again is lost, and so is the other event of that change.
	const kept = deliveries.filter((_, index) => index !== opened && index !== opened + 1);
	const inspector = await startWith(kept);
	const panel = await ConversationsPage.open(inspector, '?id=1401');
	await panel.expectRead();
	await panel.rows.getByText('A delivery is missing here').waitFor();
	await panel.moment.press('End');
	expect(await panel.state.getByText('Not certain').count()).toBe(0);
	const resolved = kept.findIndex(({ body }) =>
		JSON.stringify(body.changed_attributes ?? '').includes('"current_value":"resolved"'),
	);
	for (let at = kept.length; at > resolved; at--) await panel.moment.press('ArrowLeft');
	const doubts = panel.state.getByRole('row').filter({ hasText: 'Not certain' });
	expect(await doubts.evaluateAll((rows) => rows.map((row) => row.previousElementSibling?.textContent))).toEqual([
		expect.stringContaining('status'),
	]);
	await doubts.getByText('open', { exact: true }).waitFor();
	await panel.close();
	await inspector.stop();
});

test('each empty state says what it is', async () => {
	const inspector = await startInspector();
	const panel = await ConversationsPage.open(inspector);
	await panel.page.getByRole('heading', { name: 'No conversations yet' }).waitFor();
	for (const { body, headers } of new ConversationLife(7).begin('Hi').deliveries) await post(inspector, body, headers);
	await panel.page.getByRole('heading', { name: 'Choose a conversation' }).waitFor();
	await panel.page.goto(`${inspector.origin}/#/conversations?id=99`);
	await panel.page.getByRole('heading', { name: 'The deliveries of #99 are gone' }).waitFor();
	await panel.close();
	await inspector.stop();
});

for (const colorScheme of ['light', 'dark'] as const) {
	for (const viewport of [
		{ width: 1280, height: 800 },
		{ width: 390, height: 800 },
	]) {
		test(`nobody is kept out of the conversations, ${colorScheme}, ${viewport.width} pixels wide`, async () => {
			const { deliveries } = fullLife();
			const inspector = await startWith(deliveries.filter((_, index) => index !== 16 && index !== 17));
			const panel = await ConversationsPage.open(inspector, '?id=1401', { colorScheme, viewport });
			await panel.moment.waitFor();
			expect(await violations(panel.page)).toEqual([]);
			if (viewport.width < 700) {
				for (const name of ['Conversations', 'State']) {
					await panel.page.getByRole('tablist', { name: 'Parts of the panel' }).getByRole('tab', { name }).click();
					expect(await violations(panel.page)).toEqual([]);
				}
			}
			const { scrollWidth, innerWidth } = await panel.page.evaluate(() => ({
				scrollWidth: document.documentElement.scrollWidth,
				innerWidth: window.innerWidth,
			}));
			expect(scrollWidth).toBeLessThanOrEqual(innerWidth);
			await panel.close();
			await inspector.stop();
		});
	}
}
