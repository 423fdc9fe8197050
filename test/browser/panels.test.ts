import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { signedSample } from '../signed-samples';
import { FreshInspector } from './fresh-inspector';
import { post, type InspectorPage } from './inspector-page';

let inspector: FreshInspector;
let opened: InspectorPage;

const { body, headers } = signedSample('message_created--agent-outgoing');

beforeAll(async () => {
	inspector = await FreshInspector.start();
	opened = inspector.opened;
});
afterAll(() => inspector.stop());
beforeEach(async () => {
	await inspector.renew();
	await post(inspector, body, headers);
	await post(inspector, body, headers);
	await opened.row(2).waitFor();
});
afterEach(async () => {
	expect(opened.complaints).toEqual([]);
	await opened.page.setViewportSize({ width: 1280, height: 800 });
});

const panel = (name: string) => opened.page.getByRole('tabpanel', { name, exact: true });

test('the way back from another panel is the browser’s own, and leads to the delivery that was open', async () => {
	await opened.row(1).click();
	await opened.openTab('Overview');
	await opened.detail.getByRole('button', { name: 'Show the conversation' }).click();
	await panel('Conversations').waitFor();
	await opened.page.goBack();
	await opened.detail.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
	expect(opened.page.url()).toContain('#/deliveries?id=1&tab=overview');
	await opened.page.goForward();
	await panel('Conversations').waitFor();
});

test('moving in the list leaves nothing to go back through', async () => {
	await opened.row(1).click();
	await opened.grid.press('ArrowDown');
	await opened.openTab('Request');
	const entries = await opened.page.evaluate(() => history.length);
	await opened.grid.press('ArrowUp');
	await opened.openTab('Payload');
	expect(await opened.page.evaluate(() => history.length)).toBe(entries);
});

test('the keyboard goes along to a panel that it opens, and back to the list', async () => {
	await opened.row(1).click();
	await opened.page.keyboard.press('d');
	await opened.page.keyboard.press('ArrowDown');
	await opened.page.keyboard.press('d');
	await opened.page.locator('[role=tabpanel][aria-label=Compare]:focus').waitFor();
	await opened.page.goBack();
	await opened.page.locator('[role=grid]:focus').waitFor();
});

test('← and → in the list go through the parts of the open delivery, and stop at the ends', async () => {
	await opened.row(1).click();
	const part = (name: string) => opened.detail.getByRole('tab', { name, exact: true, selected: true }).waitFor();
	await part('Payload');
	await opened.page.keyboard.press('ArrowLeft');
	await part('Overview');
	await opened.page.keyboard.press('ArrowLeft');
	await part('Overview');
	for (let times = 0; times < 5; times++) await opened.page.keyboard.press('ArrowRight');
	await part('Request');
});

test.each([360, 480, 600, 699, 700, 820, 960, 1024, 1280])(
	'every panel can be reached in a window of %i pixels, also while the list is paused',
	async (width) => {
		await opened.page.setViewportSize({ width, height: 800 });
		await opened.page.keyboard.press('Control+e');
		await opened.page.getByRole('button', { name: 'Paused, nothing new' }).waitFor();
		const choice = opened.page.getByRole('combobox', { name: 'Panel' });
		const tabs = opened.page.getByRole('tablist', { name: 'Panels' });
		await choice.or(tabs).waitFor();
		if (await choice.isVisible()) {
			expect(await choice.getByRole('option').count()).toBe(5);
			// Nothing lies over it.
			await choice.click({ trial: true, position: { x: (await choice.boundingBox())!.width - 4, y: 10 } });
		} else {
			const last = (await tabs.getByRole('tab', { name: 'Coverage' }).boundingBox())!;
			const all = (await tabs.boundingBox())!;
			expect(last.x + last.width).toBeLessThanOrEqual(all.x + all.width);
		}
		if (width < 700) return;
		// What the link does is said whole.
		const words = opened.page.getByRole('banner').getByText('Live', { exact: true });
		expect(await words.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
	},
);
