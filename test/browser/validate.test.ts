import { readFileSync } from 'node:fs';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startInspector, type RunningInspector } from '../running-inspector';
import { violationsInBothSchemes } from './axe';
import { InspectorPage } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;
let inspector: RunningInspector;
/** The page of all tests; each finds its panel as if it were opened for the first time. */
let panel: ValidatePage;

const guideSample = readFileSync(new URL('../guide-sample.txt', import.meta.url), 'utf8');

function body(name: string): Record<string, unknown> {
	const file = readFileSync(new URL(`../payloads/${name}.json`, import.meta.url), 'utf8');
	return (JSON.parse(file) as { body: Record<string, unknown> }).body;
}

/** The Validate panel as a person has it before them. */
class ValidatePage extends InspectorPage {
	async openPanel(): Promise<void> {
		await this.reopen();
		await this.page.getByRole('tab', { name: 'Validate' }).click();
		await this.editor.waitFor();
	}

	get editor(): Locator {
		return this.page.getByRole('textbox', { name: 'Payload to check' });
	}

	get findings(): Locator {
		return this.page.getByRole('region', { name: 'Findings' });
	}

	get verdict(): Locator {
		return this.findings.getByRole('heading', { level: 2 });
	}

	async expectVerdict(text: string | RegExp): Promise<void> {
		await this.findings.getByRole('heading', { level: 2, name: text }).waitFor();
	}

	/** Pastes in place of all that is there. */
	async paste(text: string): Promise<void> {
		await this.editor.focus();
		await this.page.keyboard.press('Control+a');
		await this.editor.evaluate((element, pasted) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', pasted);
			element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
		}, text);
	}

	/** What stands in the editor, as far as it is drawn: all of a short text. */
	async text(): Promise<string> {
		return this.editor.evaluate((element) =>
			[...element.querySelectorAll('.cm-line')]
				.map((line) =>
					[...line.childNodes]
						.filter((node) => !(node instanceof Element && node.matches('.cm-inserted, .cm-placeholder, img')))
						.map((node) => node.textContent)
						.join(''),
				)
				.join('\n'),
		);
	}

	/** What the browser's storage would bring back. */
	async kept(): Promise<unknown> {
		return this.page.evaluate(
			() =>
				new Promise((resolve) => {
					const opening = indexedDB.open('chatwoot-webhook-inspector', 1);
					opening.onsuccess = () => {
						const reading = opening.result.transaction('validate').objectStore('validate').get('text');
						reading.onsuccess = () => {
							opening.result.close();
							resolve(reading.result);
						};
					};
				}),
		);
	}

	async expectText(text: string): Promise<void> {
		await expect.poll(() => this.text()).toBe(text);
	}
}

beforeAll(async () => {
	[browser, inspector] = await Promise.all([launchBrowser(), startInspector()]);
	panel = new ValidatePage((await InspectorPage.open(browser, inspector.page)).page);
});
afterAll(async () => {
	await Promise.all([browser.close(), inspector.stop()]);
});
beforeEach(() => panel.openPanel());
afterEach(() => {
	expect(panel.complaints).toEqual([]);
});

test('the panel opens empty with examples, and is no part of the first load', async () => {
	const opened = await InspectorPage.open(browser, inspector.page);
	const loaded: string[] = [];
	opened.page.on('request', (request) => loaded.push(request.url()));
	await opened.page.getByRole('heading', { name: 'Waiting for the first delivery' }).waitFor();
	const scripts = await opened.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
	expect(scripts.filter((name) => /editor|Validate/.test(name))).toEqual([]);
	await opened.page.getByRole('tab', { name: 'Validate' }).click();
	await opened.page.getByRole('heading', { name: 'Paste a payload to check it' }).waitFor();
	await opened.page.getByRole('textbox', { name: 'Payload to check' }).waitFor();
	expect(loaded.some((name) => name.includes('editor'))).toBe(true);
	// Everything comes from the inspector itself.
	expect(loaded.filter((name) => !name.startsWith(inspector.origin))).toEqual([]);
	expect(opened.complaints).toEqual([]);
	await opened.close();
});

test("the guide's sample is mended when asked, and undo brings it back", async () => {
	await panel.paste(guideSample);
	await panel.expectVerdict('Not JSON yet: 4 places');
	await panel.findings.getByText('Form: the guide’s printed sample').waitFor();
	await panel.findings.getByText('Remove 2 comments, add a comma in line 8, remove a comma in line 35.').waitFor();
	await panel.findings.getByRole('button', { name: 'Show the difference' }).click();
	await expect.poll(() => panel.page.locator('.cm-removed').count()).toBeGreaterThan(0);
	await panel.expectText(guideSample);
	await panel.findings.getByRole('button', { name: 'Apply repairs' }).click();
	await panel.expectVerdict(/^JSON, but no release sends this form/);
	const mended = await panel.text();
	expect(JSON.parse(mended)).toMatchObject({ event: 'message_created', account: { name: 'Chatwoot' } });
	expect(mended).not.toMatch(/[ \t]$/m);
	await panel.page.keyboard.press('Control+z');
	await panel.expectText(guideSample);
	await panel.expectVerdict('Not JSON yet: 4 places');
});

test('findings follow what is typed, and a click on one goes to its place', async () => {
	await panel.paste(JSON.stringify(body('message_created--webwidget-incoming'), null, 2));
	await panel.expectVerdict(/^As Chatwoot sends it, \d+ drift$/);
	await panel.paste(
		JSON.stringify({ ...body('message_created--webwidget-incoming'), message_type: 'incomin' }, null, 2),
	);
	await panel.expectVerdict('1 error');
	await panel.findings.getByRole('button', { name: 'Not a value that Chatwoot sends' }).click();
	// The value is selected: one step to the right is its end, one back is inside its closing quote.
	await panel.page.keyboard.press('ArrowRight');
	await panel.page.keyboard.press('ArrowLeft');
	await panel.page.keyboard.type('g');
	await panel.expectVerdict(/^As Chatwoot sends it/);
	await panel.page.keyboard.press('Control+z');
	await panel.expectVerdict('1 error');
});

test('the guide alone judges when it is chosen', async () => {
	await panel.paste(JSON.stringify(body('message_created--webwidget-incoming')));
	await panel.expectVerdict(/^As Chatwoot sends it/);
	await panel.page.getByRole('radio', { name: 'Guide only' }).click();
	await panel.expectVerdict(/errors/);
	await panel.page.getByRole('radio', { name: 'Both contracts' }).click();
	await panel.expectVerdict(/^As Chatwoot sends it/);
});

test('a payload that names no event says what it was taken for, or asks', async () => {
	const rest = body('message_created--webwidget-incoming');
	delete rest.event;
	await panel.paste(JSON.stringify(rest));
	const event = panel.findings.getByRole('combobox');
	await event.waitFor();
	expect(await event.locator('option:checked').innerText()).toBe('message_created, by its members');
	await event.selectOption('contact_created');
	await panel.expectVerdict(/error/);
	await panel.paste('{"hello": 1}');
	await panel.findings.getByText('Which event is it? The payload names none.').waitFor();
});

test('several payloads are stepped through, each with its verdict', async () => {
	const lines = [
		JSON.stringify(body('conversation_created--webwidget')),
		JSON.stringify({ ...body('message_created--webwidget-incoming'), private: 'no' }),
		JSON.stringify(body('contact_updated--profile-edited')),
	];
	await panel.paste(lines.join('\n'));
	await panel.findings.getByText('Payload 1 of 3').waitFor();
	await panel.page.getByRole('heading', { name: '3 payloads' }).waitFor();
	await panel.expectVerdict(/^As Chatwoot sends it/);
	await panel.findings.getByRole('button', { name: /^2 .*message_created.*1 error/ }).click();
	await panel.expectVerdict('1 error');
	await panel.findings.getByText('Payload 2 of 3').waitFor();
	await panel.findings.getByRole('button', { name: 'Next payload' }).click();
	await panel.findings.getByText('Payload 3 of 3').waitFor();
	await panel.expectVerdict(/^As Chatwoot sends it/);
	// The caret tells as well which one is looked at.
	await panel.editor.focus();
	await panel.page.keyboard.press('Control+Home');
	await panel.findings.getByText('Payload 1 of 3').waitFor();
});

test('a raw request and a curl command are recognised, and their payload is judged', async () => {
	const payload = JSON.stringify(body('message_created--webwidget-incoming'));
	await panel.paste(`POST /hooks/main HTTP/1.1\nContent-Type: application/json\n\n${payload}`);
	await panel.page.getByRole('heading', { name: 'HTTP request' }).waitFor();
	await panel.expectVerdict(/^As Chatwoot sends it/);
	await panel.paste(`curl http://a.example -d '${payload}'`);
	await panel.page.getByRole('heading', { name: 'curl command' }).waitFor();
	await panel.expectVerdict(/^As Chatwoot sends it/);
});

test('laying out keeps numbers as they are written', async () => {
	await panel.paste('{"event":"message_created","id":12345678901234567890,"a":[1.0]}');
	await panel.page.getByRole('button', { name: 'Format' }).click();
	await panel.expectText('{\n  "event": "message_created",\n  "id": 12345678901234567890,\n  "a": [\n    1.0\n  ]\n}');
});

test('files are opened with the button, and dropped on the editor', async () => {
	const payload = JSON.stringify(body('contact_updated--profile-edited'));
	const chosen = panel.page.waitForEvent('filechooser');
	await panel.page.getByRole('button', { name: 'Open a file' }).click();
	await (await chosen).setFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(payload) });
	await panel.expectVerdict(/^As Chatwoot sends it/);
	await panel.editor.evaluate((element, text) => {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([text], 'a.json'));
		dataTransfer.items.add(new File([text], 'b.json'));
		for (const type of ['dragover', 'drop']) {
			element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
		}
	}, payload);
	await panel.findings.getByText('Payload 1 of 2').waitFor();
	const again = panel.page.waitForEvent('filechooser');
	await panel.page.getByRole('button', { name: 'Open a file' }).click();
	await (await again).setFiles({ name: 'big', mimeType: 'text/plain', buffer: Buffer.alloc(5 * 1024 * 1024, 32) });
	await panel.page.getByText(/at most 4 MiB/).waitFor();
});

test('the text is there after a reload', async () => {
	await panel.paste('{"event":"message_created"}');
	await panel.expectVerdict(/error/);
	await expect.poll(() => panel.kept()).toBe('{"event":"message_created"}');
	await panel.page.reload();
	await panel.expectText('{"event":"message_created"}');
	await panel.expectVerdict(/error/);
});

test('a link carries the text without its secrets, and opens it elsewhere', async () => {
	await panel.paste('{"event": "message_created", "pubsub_token": "abc123"}');
	await panel.expectVerdict(/error/);
	await panel.page.getByRole('button', { name: 'Share in a link' }).click();
	const dialog = panel.page.getByRole('dialog', { name: 'Share this text in a link' });
	await dialog.getByText(/1 token, secret or signature is masked/).waitFor();
	await dialog.getByText(/can read the names, e-mail addresses/).waitFor();
	const link = await dialog.getByRole('textbox').inputValue();
	expect(link).toMatch(/#\/validate\?text=[\w-]+$/);
	expect(link).not.toContain('token=');
	await dialog.getByRole('button', { name: 'Copy the link' }).click();
	await dialog
		.getByRole('status')
		.filter({ hasText: /copied|Copying is not allowed/ })
		.waitFor();

	const other = await InspectorPage.open(browser, inspector.page);
	await other.page.goto(link);
	const opened = new ValidatePage(other.page);
	await opened.expectText('{"event": "message_created", "pubsub_token": "••••••"}');
	// The address is free again: what is typed now is not undone by a reload.
	await expect.poll(() => other.page.url()).toMatch(/#\/validate$/);
	await opened.page.goto(`${inspector.origin}/#/validate?text=AAAA`);
	await opened.page.getByText('The link is damaged').waitFor();
	expect(other.complaints).toEqual([]);
	await other.close();
});

test('a text that is too long for a link is said to be', async () => {
	const noise = Array.from({ length: 4000 }, (_, index) => Math.sin(index)).join();
	await panel.paste(`{"event":"message_created","a":[${noise}]}`);
	await panel.expectVerdict(/error/);
	await panel.page.getByRole('button', { name: 'Share in a link' }).click();
	await panel.page.getByText(/More than 16,384 do not get through/).waitFor();
});

test('everything is reached with the keyboard alone', async () => {
	await panel.page.getByRole('tab', { name: 'Validate' }).focus();
	const focused = async (locator: Locator): Promise<void> => {
		for (let presses = 0; presses < 30; presses++) {
			await panel.page.keyboard.press('Tab');
			if (await locator.evaluate((element) => element.matches(':focus')).catch(() => false)) return;
		}
		throw new Error(`Not reached: ${String(locator)}`);
	};
	await focused(panel.page.getByRole('button', { name: 'A payload with faults' }));
	await panel.page.keyboard.press('Enter');
	await panel.expectVerdict('3 errors, 1 warning');
	// F8 goes round the findings in the order of the text.
	const current = panel.findings.locator('[aria-current=true]');
	await panel.page.keyboard.press('F8');
	await expect.poll(() => current.allInnerTexts()).toEqual(['No contract knows this member']);
	await panel.page.keyboard.press('F8');
	await expect.poll(() => current.allInnerTexts()).toEqual(['Not a time that Chatwoot sends']);
	await panel.page.keyboard.press('Shift+F8');
	await panel.page.keyboard.press('Shift+F8');
	await expect.poll(() => current.allInnerTexts()).toEqual(['Not the type that Chatwoot sends']);
	// The tab key leaves the editor, to the findings.
	await focused(panel.findings.locator('[data-stop][tabindex="0"]').first());
	await panel.page.keyboard.press('Home');
	await panel.page.keyboard.press('ArrowDown');
	await panel.page.keyboard.press('Enter');
	await expect.poll(() => panel.editor.evaluate((element) => element.matches(':focus'))).toBe(true);
});

test('a megabyte in one line is checked, marked and can be edited', async () => {
	const payload = body('message_created--webwidget-incoming');
	const conversation = payload.conversation as Record<string, unknown>;
	conversation.custom_attributes = Object.fromEntries(
		Array.from({ length: 12_000 }, (_, index) => [`attribute_${index}`, `value ${'x'.repeat(60)}`]),
	);
	await panel.paste(JSON.stringify(payload));
	await panel.expectVerdict(/^As Chatwoot sends it/);
	await panel.page.keyboard.press('Control+End');
	await panel.page.keyboard.type(',');
	await panel.expectVerdict('Not JSON yet: 1 place');
	await panel.findings.getByRole('button', { name: 'Apply repairs' }).click();
	await panel.expectVerdict(/^As Chatwoot sends it/);
});

test('nobody is kept out of the Validate panel', async () => {
	expect(await violationsInBothSchemes(panel.page)).toEqual([]);
	await panel.paste(guideSample);
	await panel.expectVerdict('Not JSON yet: 4 places');
	await panel.findings.getByRole('button', { name: 'Show the difference' }).click();
	await panel.findings.getByRole('button', { name: /^Drift/ }).click();
	expect(await violationsInBothSchemes(panel.page)).toEqual([]);
	await panel.paste(`${JSON.stringify(body('conversation_created--webwidget'))}\n{"a":1}`);
	await panel.findings.getByText('Payload 1 of 2').waitFor();
	await panel.findings.getByRole('button', { name: 'Next payload' }).click();
	await panel.findings.getByRole('combobox').waitFor();
	expect(await violationsInBothSchemes(panel.page)).toEqual([]);
	await panel.page.getByRole('button', { name: 'Share in a link' }).click();
	await panel.page.getByRole('dialog').waitFor();
	expect(await violationsInBothSchemes(panel.page)).toEqual([]);
	await panel.page.keyboard.press('Escape');
	await panel.editor.focus();
	await panel.page.keyboard.press('Control+f');
	await panel.page.locator('.cm-search').waitFor();
	expect(await violationsInBothSchemes(panel.page)).toEqual([]);
});
