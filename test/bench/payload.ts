import type { Page } from 'playwright-core';
import { withBrowser } from '../browser/launch';
import { startInspector } from '../running-inspector';
import { largePayload } from './large-payload';
import { openProbedPage, watchIdlePage, watchTasks, type Busy } from './page-probe';
import { median, printTable, rounded, type Cell } from './table';

/** What one look at a payload took, in milliseconds. */
interface Look {
	/** A bare page: fetched and parsed. */
	bare: number;
	/** From the click on its row until the first rows of its tree are painted. */
	firstRows: number;
	/** From choosing "Expand everything" until its rows are painted. */
	expanded: number;
	longTasks: number[];
	longestGap: number;
}

const sizes = [1_000_000, 10_000_000];
const rounds = 9;

/**
 * Opening large payloads: from the click on a delivery until the first rows of its tree are painted, and expanding
 * everything; beside a bare page that only fetches and parses the same body. The rounds are interleaved.
 */
export async function benchmarkPayload(): Promise<void> {
	const inspector = await startInspector();
	try {
		for (const size of sizes) {
			const headers = { 'Content-Type': 'application/json' };
			await fetch(inspector.capture, { method: 'POST', body: largePayload(size), headers });
		}
		await withBrowser(async (browser) => {
			const page = await openProbedPage(browser);
			await page.goto(inspector.page);
			const barePage = await page.context().newPage();
			await barePage.goto(`${inspector.origin}/favicon.png`);
			const looks = new Map<number, Look[]>(sizes.map((size) => [size, []]));
			for (let round = 0; round <= rounds; round++) {
				process.stderr.write(`payload: round ${round} of ${rounds}\n`);
				for (const [place, size] of sizes.entries()) {
					const id = place + 1;
					const bare = await fetchAndParse(barePage, id);
					const look = { bare, ...(await lookAt(page, id)) };
					// The first round warms up.
					if (round > 0) looks.get(size)!.push(look);
				}
			}
			print(looks, await watchIdlePage(browser));
		});
	} finally {
		await inspector.stop();
	}
}

async function lookAt(page: Page, id: number): Promise<Omit<Look, 'bare'>> {
	let firstRows = 0;
	let expanded = 0;
	await page.bringToFront();
	await page.locator(`[role=grid] [role=row][aria-rowindex="${id + 1}"]`).waitFor();
	const busy = await watchTasks(page, async () => {
		await page.evaluate(() => window.probe.watch('[role=treeitem]'));
		await page.locator(`[role=grid] [role=row][aria-rowindex="${id + 1}"] [aria-colindex="2"]`).click();
		firstRows = await page.evaluate(async () => (await window.probe.seen) - window.probe.clickedAt);
		await page.getByRole('button', { name: 'Expand and collapse' }).click();
		// The second level is open only when everything is.
		await page.evaluate(() => window.probe.watch('[role=treeitem][aria-level="3"]'));
		await page.getByRole('menuitem', { name: 'Expand everything' }).click();
		expanded = await page.evaluate(async () => (await window.probe.seen) - window.probe.clickedAt);
	});
	await page.keyboard.press('Escape');
	if (await page.locator('[role=treeitem]').count()) await page.getByRole('button', { name: 'Close' }).click();
	await page.locator('[role=treeitem]').first().waitFor({ state: 'detached' });
	return { firstRows, expanded, ...busy };
}

/** Milliseconds until the body has been fetched and parsed, and a frame was painted. */
async function fetchAndParse(page: Page, id: number): Promise<number> {
	await page.bringToFront();
	return page.evaluate(async (address) => {
		const startedAt = performance.now();
		const response = await fetch(address);
		const value: unknown = await response.json();
		document.documentElement.setAttribute('data-members', String(Object.keys(value as object).length));
		return (await window.probe.painted()) - startedAt;
	}, `/api/deliveries/${id}/body`);
}

function print(looks: ReadonlyMap<number, readonly Look[]>, idle: Busy): void {
	const rows = [...looks].flatMap(([size, seen]): Cell[][] => {
		const name = `${size / 1e6} MB`;
		const bare = median(seen.map((look) => look.bare));
		const row = (what: string, read: (look: Look) => number): Cell[] => {
			const times = seen.map(read);
			const ratio = `${rounded((median(times) / bare) * 100, 0)} %`;
			return [name, what, rounded(median(times), 0), rounded(Math.max(...times), 0), ratio];
		};
		const longTasks = seen.flatMap((look) => look.longTasks);
		return [
			row('bare page: fetched and parsed', (look) => look.bare),
			row('first rows of the tree painted', (look) => look.firstRows),
			row('everything expanded', (look) => look.expanded),
			row('longest time between frames', (look) => look.longestGap),
			[
				name,
				`tasks over 50 ms: ${longTasks.length} in ${seen.length} looks`,
				null,
				Math.max(...longTasks, 0) || null,
				null,
			],
		];
	});
	rows.push([null, 'a page that does nothing: longest time between frames', null, rounded(idle.longestGap, 0), null]);
	printTable(
		`Payload: medians of ${rounds} looks, from the click`,
		['size', 'what', 'ms', 'slowest ms', 'of bare'],
		rows,
	);
}
