import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInspector, type RunningInspector } from '../running-inspector';
import { sampleSecret, signedSample } from '../signed-samples';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const { headers, body } = signedSample('message_created--agent-outgoing');

async function withInspector(
	args: readonly string[],
	work: (opened: InspectorPage, inspector: RunningInspector) => Promise<void>,
): Promise<void> {
	const inspector = await startInspector({ args });
	const opened = await InspectorPage.open(browser, inspector.page);
	try {
		await work(opened, inspector);
		expect(opened.complaints).toEqual([]);
	} finally {
		await opened.close();
		await inspector.stop();
	}
}

test('each row says in a word what was found of its signature, and the request tab says it in a sentence', async () => {
	await withInspector(['--secret', sampleSecret], async (opened, inspector) => {
		const tampered = body.slice();
		tampered[tampered.length - 3]! ^= 1;
		await post(inspector, body, headers);
		await post(inspector, tampered, headers);
		await post(inspector, { event: 'macro.executed', id: 5 });
		await opened.expectCount(3);
		await opened.page.getByRole('columnheader', { name: 'Signature' }).waitFor();
		await opened.row(1).getByRole('img', { name: 'valid signature', exact: true }).waitFor();
		await opened.row(2).getByRole('img', { name: 'invalid signature', exact: true }).waitFor();
		await opened.row(3).getByRole('img', { name: 'not signed, though a secret is known' }).waitFor();
		const sentences = [
			'Valid: it fits the body',
			'Invalid: it does not fit the body',
			'Not signed, though a secret is known',
		];
		for (const [index, sentence] of sentences.entries()) {
			await opened.row(index + 1).click();
			await (await opened.openTab('Request')).getByText(sentence).waitFor();
		}
	});
});

test('without a secret a signed delivery is shown as not checked, and the page tells how to have it checked', async () => {
	await withInspector([], async (opened, inspector) => {
		await post(inspector, body, headers);
		await post(inspector, { event: 'macro.executed', id: 5 });
		await opened.expectCount(2);
		await opened.row(1).getByRole('img', { name: 'signed, not checked' }).waitFor();
		await opened.row(2).getByRole('img', { name: 'not signed', exact: true }).waitFor();
		await opened.row(1).click();
		await (await opened.openTab('Request')).getByText('Start with --secret').waitFor();
	});
});
