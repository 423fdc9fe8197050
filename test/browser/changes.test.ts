import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { samples } from '../deliveries';
import { violationsInBothSchemes } from './axe';
import { FreshInspector } from './fresh-inspector';
import { post } from './inspector-page';

let inspector: FreshInspector;

beforeAll(async () => {
	inspector = await FreshInspector.start({ timezoneId: 'Europe/Amsterdam' });
});
afterAll(() => inspector.stop());

beforeEach(() => inspector.renew());
afterEach(() => {
	const complaints = inspector.opened.complaints.splice(0);
	expect(complaints).toEqual([]);
});

const page = () => inspector.opened.page;
const panel = () => inspector.opened.detail.getByRole('tabpanel');
const tab = () => inspector.opened.detail.getByRole('tab', { name: /^Changes/ });
const look = (name: string) => panel().getByRole('radio', { name });
const rows = () => panel().getByRole('table', { name: 'Changed attributes' }).locator('tbody tr');
/** The row of an attribute. */
const row = (attribute: string) =>
	rows().filter({ has: page().getByRole('rowheader', { name: attribute, exact: true }) });

function sample(name: string): Record<string, unknown> {
	const { body } = samples().find((candidate) => candidate.name === name)!;
	return JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
}

/** What a person reads, blanks made one. */
async function textOf(attribute: string): Promise<string> {
	return (await row(attribute).innerText()).replace(/\s+/g, ' ').trim();
}

/** Sends bodies and opens the changes of the last one. */
async function openChanges(...bodies: unknown[]): Promise<void> {
	for (const body of bodies) await post(inspector, body);
	await inspector.opened.row(bodies.length).click();
	await tab().click();
	await look('As sent').waitFor();
}

const entry = (attribute: string, previous: unknown, current: unknown) => ({
	[attribute]: { previous_value: previous, current_value: current },
});

/** A conversation of which many kinds of attributes changed. */
const rich = {
	...sample('conversation_updated--team-with-auto-assignee'),
	labels: ['delivery', 'vip'],
	changed_attributes: [
		entry('updated_at', '2026-06-09T10:38:20.110Z', '2026-06-09T10:39:05.912Z'),
		entry('status', 'snoozed', 'open'),
		entry('assignee_id', 31, 32),
		entry('label_list', ['delivery', 'waiting'], ['delivery', 'vip']),
		entry('cached_label_list', 'delivery, waiting', 'delivery, vip'),
		entry('custom_attributes', { order: { items: ['boots'] } }, { order: { items: ['boots', 'laces'] }, gift: true }),
	],
};

test('each changed attribute has a row, and what rides along comes last', async () => {
	await openChanges(rich);
	await panel().getByText('4 changes, 2 ride along').waitFor();
	await expect.poll(async () => (await tab().innerText()).replace(/\s+/g, ' ').trim()).toBe('Changes 4');
	expect(await textOf('status')).toBe('status snoozed open');
	expect(await textOf('assignee_id')).toBe('assignee_id #31 not named in the body JO Joel Okafor #32');
	expect(await textOf('label_list')).toBe('label_list delivery vip waiting');
	await row('label_list').getByRole('img', { name: 'removed' }).waitFor();
	expect(await textOf('cached_label_list')).toBe('cached_label_list says the same as label_list');
	expect(await textOf('updated_at')).toBe(
		'updated_at 9 June 2026, 12:38:20 "2026-06-09T10:38:20.110Z" ' +
			'9 June 2026, 12:39:05 45.8 s later "2026-06-09T10:39:05.912Z" 1781001545.912334 in the body',
	);
	expect(await rows().last().getByRole('rowheader').innerText()).toBe('cached_label_list');
	await panel().getByText('"laces"').waitFor();
	await row('custom_attributes').getByRole('button', { name: 'Hide difference' }).click();
	await panel().getByText('"laces"').waitFor({ state: 'detached' });
	expect(await violationsInBothSchemes(page(), '#detail-panel')).toEqual([]);
});

test('a value is copied as it was sent, and all changes as words', async () => {
	await page().context().grantPermissions(['clipboard-read', 'clipboard-write']);
	const copied = () => page().evaluate(() => navigator.clipboard.readText());
	await openChanges(rich);
	await row('label_list').getByRole('button', { name: 'Copy label_list now' }).click();
	await panel().getByText('Value copied').waitFor();
	expect(await copied()).toBe('["delivery","vip"]');
	await panel().getByRole('button', { name: 'Copy the changes as words' }).click();
	await panel().getByText('Changes copied').waitFor();
	expect((await copied()).split('\n').slice(0, 3)).toEqual([
		'status: snoozed → open',
		'assignee_id: #31 → Joel Okafor #32',
		'label_list: delivery, + vip, − waiting',
	]);
});

test('the body before stands beside the body, and what cannot be put back is named with its reason', async () => {
	await openChanges(rich);
	await look('Body before and now').click();
	await panel().getByText('5 of 6 attributes put back where the body shows them.').waitFor();
	await panel().getByText('Of assignee_id before, only its id is known.').waitFor();
	await panel().getByRole('button', { name: 'Why?' }).click();
	await panel().getByText('the body has the labels only as a list').waitFor();
	await panel().getByText('waiting', { exact: true }).waitFor();
	expect(await violationsInBothSchemes(page(), '#detail-panel')).toEqual([]);
	// The choice goes along to the next delivery, where there is something to put back.
	await post(inspector, sample('conversation_updated--priority-urgent'));
	await inspector.opened.row(2).click();
	await panel().getByText('2 of 2 attributes put back').waitFor();
});

test('a creation is one line that can be opened, and an update of times alone says that it is noise', async () => {
	await openChanges(sample('contact_updated--last-activity-only'), sample('conversation_updated--creation-burst'));
	const fold = panel().getByRole('button', { name: 'The whole creation: 11 attributes, from nothing' });
	await fold.waitFor();
	expect(await rows().count()).toBe(0);
	await fold.click();
	await row('contact_id').getByText('quiet-meadow-871').waitFor();
	await inspector.opened.row(1).click();
	await panel().getByText('Only times changed: nothing that people did.').waitFor();
	await row('last_activity_at').getByText('1 d 2 h later').waitFor();
});

test('an event that lists nothing says what that means, and is compared with another delivery by itself', async () => {
	await openChanges(sample('conversation_status_changed--snoozed'));
	expect(await look('Another delivery').isChecked()).toBe(true);
	expect(await look('Body before and now').count()).toBe(0);
	await look('As sent').click();
	await panel()
		.getByText(/changed_attributes is null, as always in conversation_status_changed/)
		.waitFor();
});

test('what is odd stands at its row with what the contracts say, and nothing is dropped', async () => {
	await openChanges({
		...rich,
		changed_attributes: [
			{ status: { previous_value: 'snoozed', current_value: 'open', by: 31 } },
			'status',
			{ priority: 'high' },
			entry('updated_at', null, null),
		],
	});
	await panel().getByText('No contract knows this member.').waitFor();
	await panel().getByText('Also sent there: by 31').waitFor();
	await panel().getByText('Sent instead of the two values: "high"').waitFor();
	await panel().getByRole('heading', { name: 'In the list, but no change' }).waitFor();
	expect(await violationsInBothSchemes(page(), '#detail-panel')).toEqual([]);
	await page().setViewportSize({ width: 390, height: 800 });
	expect(await violationsInBothSchemes(page(), '#detail-panel')).toEqual([]);
	await page().setViewportSize({ width: 1280, height: 800 });
	await post(inspector, 'no JSON');
	await inspector.opened.row(2).click();
	await panel().getByText('The body is not JSON: it lists no changes, and can only be compared as text.').waitFor();
});

test('a secret stays masked until it is asked for', async () => {
	await openChanges({
		...sample('inbox_updated--whatsapp-settings'),
		changed_attributes: [entry('hmac_token', 'oldSecret', 'newSecret')],
	});
	await row('hmac_token').waitFor();
	expect(await panel().innerText()).not.toMatch(/Secret/);
	await row('hmac_token').getByRole('button', { name: 'Show both values' }).click();
	expect(await textOf('hmac_token')).toBe('hmac_token "oldSecret" "newSecret"');
});

test('the keyboard alone goes through the rows: one tab stop, arrows between their buttons', async () => {
	await openChanges(rich);
	await page().getByRole('region', { name: 'Changes as sent' }).focus();
	const focused = () => page().evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
	await page().keyboard.press('Tab');
	expect(await focused()).toBe('Copy status before');
	await page().keyboard.press('ArrowRight');
	expect(await focused()).toBe('Copy status now');
	await page().keyboard.press('ArrowDown');
	expect(await focused()).toBe('Copy assignee_id now');
	await page().keyboard.press('ArrowUp');
	expect(await focused()).toBe('Copy status now');
	await page().keyboard.press('End');
	expect(await focused()).toBe('Copy cached_label_list now');
	await page().keyboard.press('Home');
	expect(await focused()).toBe('Copy status before');
});

test('hundreds of attributes are shown in parts, hostile names and narrow panes included', async () => {
	const many = Array.from({ length: 250 }, (_, index) =>
		entry(`<b>custom_${index}\u202e"`, { a: index }, 'x'.repeat(900)),
	);
	await openChanges({ ...rich, changed_attributes: many });
	await page().setViewportSize({ width: 390, height: 800 });
	await panel().getByText('250 changes').waitFor();
	await panel().getByRole('button', { name: 'Show 50 more' }).click();
	expect(await panel().getByRole('rowheader').count()).toBe(250);
	const overflow = await panel()
		.getByRole('region', { name: 'Changes as sent' })
		.evaluate((region) => region.scrollWidth - region.clientWidth);
	expect(overflow).toBe(0);
	await page().setViewportSize({ width: 1280, height: 800 });
});
