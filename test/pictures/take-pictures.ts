import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { InspectorPage, post } from '../browser/inspector-page';
import { launchBrowser } from '../browser/launch';
import { samples } from '../deliveries';
import { startInspector, type RunningInspector } from '../running-inspector';

const folder = join(process.cwd(), 'test/pictures');

/** A morning in a shop: what one widget conversation, and some others beside it, send. */
const story = [
	'webwidget_triggered--first-open',
	'contact_created--webwidget',
	'conversation_updated--creation-burst',
	'conversation_created--webwidget',
	'message_created--webwidget-incoming',
	'contact_updated--last-activity-only',
	'message_created--template-greeting-null-sender',
	'conversation_updated--assignee-assigned',
	'conversation_typing_on--agent',
	'message_created--agent-outgoing',
	'conversation_updated--waiting-since-touch',
	'conversation_typing_off--agent',
	'message_created--whatsapp-three-attachments-reply',
	'message_created--email-incoming',
	'conversation_typing_on--agent-private-note',
	'message_created--private-note',
	'conversation_updated--labels-added',
	'conversation_updated--priority-urgent',
	'message_updated--read-receipt',
	'message_created--whatsapp-location',
	'contact_updated--profile-edited',
	'conversation_updated--snoozed-until',
	'conversation_status_changed--resolved-null-changes',
	'conversation_updated--status-resolved',
	'message_created--template-csat-survey-link',
	'macro.executed--webwidget',
];

/** Takes the pictures that the README shows, in both themes. */
export async function takePictures(): Promise<void> {
	const browser = await launchBrowser();
	const inspector = await startInspector({ args: ['--endpoint', 'main'] });
	try {
		await picture(browser, inspector, 'empty-light', 'light', async () => {});
		const named = new Map(samples().map((sample) => [sample.name, sample]));
		for (const name of story) {
			const { body, headers } = named.get(name)!;
			await post(inspector, body, headers);
		}
		await post(inspector, 'event=message_created&id=1', { 'content-type': 'application/x-www-form-urlencoded' });
		for (const theme of ['light', 'dark'] as const) {
			await picture(browser, inspector, `deliveries-${theme}`, theme, async (opened) => {
				await opened.expectCount(story.length + 1);
				await opened.row(10).click();
				await opened.tree.waitFor();
			});
		}
		await post(inspector, brokenBody(named.get('message_created--webwidget-incoming')!.body));
		await picture(browser, inspector, 'findings-dark', 'dark', async (opened) => {
			await opened.expectCount(story.length + 2);
			await opened.row(story.length + 2).click();
			await (await opened.openTab('Findings')).getByText('Not a time that Chatwoot sends').waitFor();
		});
		await picture(browser, inspector, 'validate-light', 'light', async ({ page }) => {
			await page.getByRole('tab', { name: 'Validate' }).click();
			await page.getByRole('button', { name: /printed sample/ }).click();
			await page.getByText('Not JSON yet').waitFor();
		});
		await picture(browser, inspector, 'coverage-light', 'light', async ({ page }) => {
			await page.getByRole('tab', { name: 'Coverage' }).click();
			await page.getByText('deliveries counted').waitFor();
		});
	} finally {
		await browser.close();
		await inspector.stop();
	}
}

/** A time of another country, a slip of the pen, and a conversation that was created after its last activity. */
function brokenBody(body: Uint8Array): string {
	const payload = JSON.parse(new TextDecoder().decode(body)) as { created_at: string; conversation: object };
	payload.created_at = '01/07/2026 10:07';
	Object.assign(payload.conversation, { created_at: 1780999622, asignee_id: 31 });
	return JSON.stringify(payload);
}

async function picture(
	browser: Browser,
	inspector: RunningInspector,
	name: string,
	colorScheme: 'light' | 'dark',
	prepare: (opened: InspectorPage) => Promise<void>,
): Promise<void> {
	const options = { colorScheme, viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1.5 };
	const opened = await InspectorPage.open(browser, inspector.page, options);
	await opened.page.getByText('Live', { exact: true }).waitFor();
	await prepare(opened);
	await opened.page.mouse.move(0, 0);
	await opened.page.screenshot({ path: join(folder, `${name}.png`) });
	await opened.close();
}
