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
afterEach(() => {
	expect(opened.complaints).toEqual([]);
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
