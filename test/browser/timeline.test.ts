import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bytes, delivery, samples } from '../deliveries';
import { FreshInspector } from './fresh-inspector';
import { InspectorPage, post } from './inspector-page';

let inspector: FreshInspector;
let opened: InspectorPage;

beforeAll(async () => {
	inspector = await FreshInspector.start();
	opened = inspector.opened;
});
afterAll(() => inspector.stop());
beforeEach(() => inspector.renew());
afterEach(() => {
	expect(opened.complaints).toEqual([]);
});

async function postMany(count: number, conversation = (index: number) => index): Promise<void> {
	for (let index = 0; index < count; index++) {
		await post(inspector, { event: 'conversation_created', id: conversation(index), status: 'open', messages: [] });
	}
}

const visibleNumbers = () =>
	opened.rows.evaluateAll((rows) => rows.map((row) => Number(row.querySelector('[aria-colindex="1"]')?.textContent)));

test('a paused list stands still, counts what is new, and shows it when it goes on', async () => {
	await postMany(2);
	await opened.expectCount(2);
	await opened.page.keyboard.press('Control+e');
	await postMany(3);
	const goOn = opened.page.getByRole('button', { name: '3 new while paused' });
	await goOn.waitFor();
	await opened.expectCount(2);
	await goOn.click();
	await opened.expectCount(5);
});

test('clearing empties the list and can be undone', async () => {
	await postMany(3);
	await opened.expectCount(3);
	await opened.page.getByRole('button', { name: /^Clear the list/ }).click();
	await opened.page.getByRole('heading', { name: 'The list is cleared' }).waitFor();
	await postMany(1);
	await opened.expectCount(1);
	await opened.page.getByRole('button', { name: /Undo/ }).click();
	await opened.expectCount(4);
	expect(await visibleNumbers()).toEqual([1, 2, 3, 4]);
});

test('who clears, undoes and goes on after a pause by keyboard is in the list again', async () => {
	await postMany(3);
	await opened.expectCount(3);
	const { page, grid } = opened;
	const hasFocus = () => grid.evaluate((element) => element === document.activeElement);
	await grid.press('Control+k');
	await page.getByRole('heading', { name: 'The list is cleared' }).waitFor();
	await page.getByRole('button', { name: /Undo/ }).press('Enter');
	await opened.expectCount(3);
	await expect.poll(hasFocus).toBe(true);
	await page.keyboard.press('Control+e');
	await postMany(1);
	await page.getByRole('button', { name: '1 new while paused' }).press('Enter');
	await opened.expectCount(4);
	await expect.poll(hasFocus).toBe(true);
});

test('how long a clear can be undone is true while somebody reaches for it, and too late is said', async () => {
	await postMany(2);
	await opened.expectCount(2);
	const { page } = opened;
	await opened.grid.press('Control+k');
	const undo = page.getByRole('button', { name: /Undo/ });
	await undo.hover();
	const seconds = async () => Number(/(\d+) s/.exec(await undo.innerText())![1]);
	const first = await seconds();
	await expect.poll(seconds).toBeLessThan(first);
	// The receiver's answer when the time is over.
	await page.route('**/api/deliveries/restore', (route) =>
		route.fulfill({ headers: { 'X-Inspector': '1' }, json: { restored: 0 } }),
	);
	await undo.click();
	await page.getByText(/^Too late/).waitFor();
	await page.unroute('**/api/deliveries/restore');
});

test('a pinned delivery stays when the list is cleared', async () => {
	await postMany(3);
	await opened.row(2).click();
	await opened.page.keyboard.press('p');
	await opened.row(2).getByRole('img', { name: 'pinned' }).waitFor();
	await opened.grid.press('Control+k');
	await opened.expectCount(1);
	expect(await visibleNumbers()).toEqual([2]);
});

test('another tab sees a clear and its undo', async () => {
	await postMany(3);
	const other = await InspectorPage.open(inspector.browser, inspector.page);
	await other.expectCount(3);
	await opened.page.getByRole('button', { name: /^Clear the list/ }).click();
	await other.page.getByRole('heading', { name: 'Waiting for the first delivery' }).waitFor();
	await opened.page.getByRole('button', { name: /Undo/ }).click();
	await other.expectCount(3);
	expect(other.complaints).toEqual([]);
	await other.close();
});

test('the list follows the newest only while its end is in view; otherwise nothing moves', async () => {
	await postMany(80);
	await opened.expectCount(80);
	await opened.row(80).waitFor();
	await opened.grid.hover();
	await opened.page.mouse.wheel(0, -400);
	await expect.poll(() => opened.row(80).isVisible()).toBe(false);
	expect(await opened.page.getByRole('checkbox', { name: 'Follow' }).isChecked()).toBe(false);
	const before = await visibleNumbers();
	await postMany(5);
	await opened.expectCount(85);
	expect(await visibleNumbers()).toEqual(before);
	await opened.grid.press('End');
	await opened.row(85).waitFor();
	await postMany(1);
	await opened.row(86).waitFor();
});

test('the keyboard alone reaches every row, opens and closes the detail and walks a conversation', async () => {
	await postMany(60, (index) => (index % 20 === 0 ? 7 : 100 + index));
	await opened.expectCount(60);
	const { page, grid } = opened;
	await grid.focus();
	await grid.press('Home');
	const active = () =>
		grid.evaluate((element) =>
			document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-rowindex'),
		);
	expect(await active()).toBe('2');
	await grid.press('ArrowDown');
	await grid.press('j');
	expect(await active()).toBe('4');
	await grid.press('PageDown');
	expect(Number(await active())).toBeGreaterThan(10);
	await grid.press('End');
	expect(await active()).toBe('61');
	await grid.press('Home');
	await grid.press('Enter');
	await opened.detail.waitFor();
	await page.keyboard.press(']');
	await expect.poll(() => page.url()).toContain('id=21');
	await page.keyboard.press(']');
	await page.keyboard.press('[');
	await expect.poll(() => page.url()).toContain('id=21');
	await page.keyboard.press('1');
	await opened.detail.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
	await page.keyboard.press('Escape');
	await opened.detail.waitFor({ state: 'detached' });
	expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('single letters can be switched off', async () => {
	await postMany(1);
	await opened.row(1).click();
	await opened.page.keyboard.press('?');
	const sheet = opened.page.getByRole('dialog', { name: 'Keys' });
	await sheet.getByRole('checkbox', { name: /Single letters/ }).uncheck();
	await opened.page.keyboard.press('Escape');
	await sheet.waitFor({ state: 'hidden' });
	await opened.page.keyboard.press('p');
	await opened.page.keyboard.press('1');
	await opened.detail.getByRole('tab', { name: 'Payload', selected: true }).waitFor();
	expect(await opened.row(1).getByRole('img', { name: 'pinned' }).count()).toBe(0);
});

test('several rows can be selected, and the status bar counts them', async () => {
	await postMany(6);
	await opened.row(2).click();
	await opened.row(4).click({ modifiers: ['Shift'] });
	await opened.row(6).click({ modifiers: ['Control'] });
	await opened.page.getByText('4 selected').waitFor();
	expect(await opened.grid.locator('[role=row][aria-selected=true]').count()).toBe(4);
	await opened.grid.press('Control+a');
	await opened.page.getByText('6 selected').waitFor();
});

test('selection and tab are in the address: a reload and a shared link show the same', async () => {
	await postMany(120);
	await opened.expectCount(120);
	await opened.grid.press('Home');
	await opened.row(3).click();
	await opened.openTab('Request');
	await expect.poll(() => opened.page.url()).toMatch(/#\/deliveries\?id=3&tab=request$/);
	await opened.page.reload();
	await opened.detail.getByRole('tab', { name: 'Request', selected: true }).waitFor();
	await opened.row(3).waitFor();
	expect(await opened.row(3).getAttribute('aria-selected')).toBe('true');
	await opened.detail.getByText(`POST ${new URL(inspector.capture).pathname}`).waitFor();
});

test('a delivery that is gone says so', async () => {
	await postMany(1);
	await opened.page.goto(`${inspector.origin}/#/deliveries?id=77&tab=payload`);
	await opened.detail.getByText(/Delivery 77 is not here any more/).waitFor();
	// The browser itself notes the 404 that the answer is.
	opened.complaints.splice(0);
});

test('nothing sticks out of a row: the browser would paint all rows anew whenever one arrives', async () => {
	for (const { body, headers } of samples()) await post(inspector, body, headers);
	await opened.row(samples().length).waitFor();
	const higher = await opened.rows
		.locator('[role=gridcell]')
		.evaluateAll((cells) =>
			cells.filter((cell) => cell.scrollHeight > cell.clientHeight).map((cell) => cell.textContent),
		);
	expect(higher).toEqual([]);
});

test('a window of 1024 pixels shows all columns, and what an attribute is now whole', async () => {
	const changed_attributes = [{ assignee_id: { previous_value: null, current_value: 35 } }, { x: {} }, { y: {} }];
	await post(inspector, { event: 'conversation_updated', id: 7, status: 'open', messages: [], changed_attributes });
	for (const [width, columns] of [
		[1024, 10],
		[800, 7],
	] as const) {
		await opened.page.setViewportSize({ width, height: 600 });
		await expect.poll(() => opened.grid.getByRole('columnheader').count()).toBe(columns);
		const current = opened.row(1).getByText('35', { exact: true });
		await expect.poll(() => current.evaluate((element) => element.clientWidth >= element.scrollWidth)).toBe(true);
		expect(await current.evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThan(8);
	}
	await opened.page.setViewportSize({ width: 1280, height: 800 });
});

test('beside an open detail a narrow list cuts no time off, and says what a delivery is as a wide one does', async () => {
	await post(inspector, { event: 'conversation_typing_on', conversation: { id: 7 }, user: {}, is_private: false });
	await post(inspector, '[1]');
	const { page } = opened;
	await page.setViewportSize({ width: 800, height: 600 });
	await opened.rows.nth(1).click();
	await opened.detail.waitFor();
	await opened.rows.nth(1).getByText('no event', { exact: true }).waitFor();
	const ends = await opened.rows.evaluateAll((rows) =>
		rows.map((row) => {
			const time = [...row.querySelectorAll('span')].find((span) => /^\d\d:\d\d:\d\d$/.test(span.textContent));
			return row.getBoundingClientRect().right - time!.getBoundingClientRect().right;
		}),
	);
	expect(Math.min(...ends)).toBeGreaterThanOrEqual(0);
	await page.setViewportSize({ width: 1280, height: 800 });
});

test('a phone’s list still follows the newest when a detail was open', async () => {
	await postMany(40);
	const { page, grid } = opened;
	await page.setViewportSize({ width: 390, height: 844 });
	// Without a header there is one row less.
	await opened.expectCount(39);
	const isAtEnd = () => grid.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop < 5);
	await expect.poll(isAtEnd).toBe(true);
	await page.mouse.click(200, 790);
	await opened.detail.waitFor();
	await page.keyboard.press('Escape');
	await opened.detail.waitFor({ state: 'detached' });
	await postMany(3);
	await opened.expectCount(42);
	await expect.poll(isAtEnd).toBe(true);
	await page.setViewportSize({ width: 1280, height: 800 });
});

test('the row that opens the detail stays in view, also where the list gets narrower or lower', async () => {
	await postMany(80);
	await opened.expectCount(80);
	const { page, grid } = opened;
	for (const [width, height] of [
		[1024, 700],
		[390, 844],
	] as const) {
		await page.setViewportSize({ width, height });
		await grid.evaluate((element) => (element.scrollTop = 200));
		await expect.poll(() => opened.rows.count()).toBeGreaterThan(10);
		await page.mouse.click(200, height - 60);
		await opened.detail.waitFor();
		const isInView = () =>
			grid.evaluate((element) => {
				const row = document.getElementById(element.getAttribute('aria-activedescendant')!)!.getBoundingClientRect();
				const under = document.elementFromPoint(row.left + 60, row.bottom - 3);
				return under?.closest('[role=row]')?.getAttribute('aria-selected') === 'true';
			});
		await expect.poll(isInView).toBe(true);
		await page.keyboard.press('Escape');
		await opened.detail.waitFor({ state: 'detached' });
	}
	await page.setViewportSize({ width: 1280, height: 800 });
});

test('ten thousand deliveries are all there and can be reached', async () => {
	const appended = Array.from({ length: 10_000 }, (_, index) =>
		inspector.store.append(delivery({ body: bytes(`{"event":"contact_created","id":${index}}`) })),
	);
	await Promise.all(appended);
	await opened.reopen();
	await opened.expectCount(10_000);
	await opened.row(10_000).waitFor();
	await opened.grid.press('Home');
	await opened.row(1).waitFor();
	expect(await opened.rows.count()).toBeLessThan(60);
});
