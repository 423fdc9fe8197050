import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { DiskStore } from '../../src/node/disk-store';
import { StaticFiles } from '../../src/node/static-files';
import { localToken, serve } from '../local-server';
import { newDataFolder } from '../running-inspector';
import { InspectorPage, post } from './inspector-page';
import { launchBrowser } from './launch';

let browser: Browser;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

test('when the disk is full the sender gets 503 and the page says so', async () => {
	const store = await DiskStore.open({
		directory: newDataFolder(),
		threadFile: new URL('../../dist-node/disk-store-thread.js', import.meta.url),
		keep: { count: 1000, bytes: 1e9, ageMilliseconds: null },
		maximumPages: 60,
	});
	const files = new StaticFiles(fileURLToPath(new URL('../../dist', import.meta.url)));
	const { origin } = await serve({ store }, { page: (request, path) => files.answer(request, path) });
	const opened = await InspectorPage.open(browser, `${origin}/?token=${localToken}`);
	const statuses: number[] = [];
	for (let index = 0; index < 20; index++) {
		const { status } = await post({ capture: `${origin}/hooks/main` }, 'x'.repeat(20_000));
		statuses.push(status);
	}
	expect(statuses).toContain(200);
	expect(statuses).toContain(503);
	await opened.page
		.getByRole('alert')
		.getByText(/The disk is full/)
		.waitFor();
	await opened.close();
});
