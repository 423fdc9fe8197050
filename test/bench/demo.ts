import type { Browser, CDPSession, Page } from 'playwright-core';
import { withBrowser } from '../browser/launch';
import { serveStatic, type StaticSite } from '../static-site';
import { openProbedPage } from './page-probe';
import { median, printTable, rounded, type Cell } from './table';
import { busyAt, watchMainThread, type MainThread } from './trace';

const rounds = 5;
const slowdown = 4;
const perSecond = 300;
const watchedMilliseconds = 10_000;
/** An hour of rush hour. */
const manyDeliveries = 180_000;
/** Some minutes on a quiet machine. */
const fillMilliseconds = 900_000;

/** A page that draws one row and nothing else. */
const barePage = `<!doctype html><title>bare</title><body><div id="row" role="row" data-index="0"></div><script type="module">
document.getElementById('row').textContent = '1 message_created';
</script>`;

/**
 * The demo on the built page from a static server: how soon its first row is there with a cold cache on a slow machine,
 * what 300 deliveries a second cost the main thread, beside bare pages; and what is held after an hour of rush hour, which
 * passes as fast as the demo can go.
 */
export async function benchmarkDemo(): Promise<void> {
	const site = await serveStatic();
	try {
		await withBrowser(async (browser) => {
			await measureOpening(browser, site);
			await measureFrames(browser, site);
			await measureMemory(browser, site);
		});
	} finally {
		await site.stop();
	}
}

async function measureOpening(browser: Browser, site: StaticSite): Promise<void> {
	const bare: number[] = [];
	const demo: number[] = [];
	for (let round = 1; round <= rounds; round++) {
		process.stderr.write(`demo: opening, round ${round} of ${rounds}\n`);
		bare.push(await firstRow(browser, `${site.origin}/bare`));
		demo.push(await firstRow(browser, `${site.page}?demo`));
	}
	printTable(
		`Opening the demo, cold cache, CPU slowed down ${slowdown} times, ${rounds} fresh browsers’ contexts`,
		['page', 'first row painted, median ms', 'slowest'],
		[
			['bare page that draws one row', rounded(median(bare), 0), rounded(Math.max(...bare), 0)],
			['the demo', rounded(median(demo), 0), rounded(Math.max(...demo), 0)],
		],
	);
}

/** Milliseconds from opening an address until its first row is painted. */
async function firstRow(browser: Browser, url: string): Promise<number> {
	const page = await openProbedPage(browser);
	await page.route('**/bare', (route) => route.fulfill({ contentType: 'text/html', body: barePage }));
	await page.addInitScript(() => window.probe.watch('[role=row][data-index]'));
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
	await page.goto(url, { waitUntil: 'commit' });
	const seen = await page.evaluate(() => window.probe.seen);
	await page.context().close();
	return seen;
}

async function measureFrames(browser: Browser, site: StaticSite): Promise<void> {
	process.stderr.write(`demo: ${perSecond} deliveries a second\n`);
	const idle = await openProbedPage(browser);
	const nothing = await watchMainThread(idle, watchedMilliseconds);
	await idle.context().close();
	const page = await openDemo(browser, `${site.page}?demo&scenario=rush-hour&rate=${perSecond}`);
	const before = await newest(page);
	const busy = await watchMainThread(page, watchedMilliseconds);
	const arrived = ((await newest(page)) - before) / (watchedMilliseconds / 1000);
	await page.context().close();
	const row = (name: string, deliveries: number, thread: MainThread): Cell[] => [
		name,
		rounded(deliveries, 0),
		rounded(busyAt(thread, 0.5), 1),
		rounded(busyAt(thread, 0.95), 1),
		rounded(busyAt(thread, 1), 1),
		rounded(thread.longestTask, 1),
	];
	printTable(
		`The main thread’s time in each frame, over ${watchedMilliseconds / 1000} s, ms`,
		['page', 'deliveries a second', 'p50', 'p95', 'most', 'longest task'],
		[row('a page that does nothing', 0, nothing), row('the demo', arrived, busy)],
	);
}

async function measureMemory(browser: Browser, site: StaticSite): Promise<void> {
	const page = await openDemo(browser, `${site.page}?demo&scenario=rush-hour`);
	await page.getByLabel('Speed').selectOption('20×');
	const until = performance.now() + fillMilliseconds;
	for (let arrived = 0, said = 0; arrived < manyDeliveries; arrived = await newest(page)) {
		if (performance.now() > until) throw new Error(`The demo has not simulated ${manyDeliveries} deliveries in time.`);
		if (arrived >= said) {
			process.stderr.write(`demo: ${said.toLocaleString('en')} of ${manyDeliveries.toLocaleString('en')} deliveries\n`);
			said += manyDeliveries / 6;
		}
		await page.waitForTimeout(500);
	}
	await page.getByRole('button', { name: 'Pause the simulation' }).click();
	const { kept, limit } = await page.evaluate(async () => {
		const list = (await (await fetch('api/deliveries?limit=1')).json()) as { oldest: number; newest: number };
		const { keep } = (await (await fetch('api/settings')).json()) as { keep: { bytes: number } };
		return { kept: list.newest - list.oldest + 1, limit: keep.bytes };
	});
	const session = await page.context().newCDPSession(page);
	const own = await heldBytes((method) => session.send(method as 'Runtime.getHeapUsage'));
	const workers = await workersHold(session);
	await page.context().close();
	const megabytes = (bytes: number) => rounded(bytes / 1e6, 1);
	printTable(
		`Held after collecting garbage, after ${manyDeliveries.toLocaleString('en')} deliveries, MB`,
		['deliveries kept', 'page', 'its workers, the store among them', 'together', 'the store’s limit'],
		[[kept, megabytes(own), megabytes(workers), megabytes(own + workers), megabytes(limit)]],
	);
}

interface HeapUsage {
	usedSize: number;
	embedderHeapUsedSize: number;
	backingStorageSize: number;
}

async function heldBytes(send: (method: string) => Promise<unknown>): Promise<number> {
	for (let time = 0; time < 3; time++) await send('HeapProfiler.collectGarbage');
	const usage = (await send('Runtime.getHeapUsage')) as HeapUsage;
	return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
}

/** Bytes that the page's workers hold; each is spoken to through the page's session. */
async function workersHold(session: CDPSession): Promise<number> {
	const attached: string[] = [];
	const waiting = new Map<number, (result: unknown) => void>();
	let lastId = 0;
	session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
		if (targetInfo.type === 'worker') attached.push(sessionId);
	});
	session.on('Target.receivedMessageFromTarget', ({ message }) => {
		const { id, result } = JSON.parse(message) as { id: number; result: unknown };
		waiting.get(id)?.(result);
	});
	await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
	let sum = 0;
	for (const sessionId of attached) {
		sum += await heldBytes((method) => {
			const id = ++lastId;
			const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
			void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
			return answered;
		});
	}
	return sum;
}

async function openDemo(browser: Browser, url: string): Promise<Page> {
	const page = await openProbedPage(browser);
	await page.goto(url);
	await page.locator('[role=row][data-index]').first().waitFor();
	// What it fetches ahead is no part of what is measured.
	await page.locator('html[data-ahead=complete]').waitFor({ state: 'attached' });
	return page;
}

async function newest(page: Page): Promise<number> {
	return Number(/newest (\d+)/.exec(await page.getByRole('contentinfo').innerText())?.[1] ?? 0);
}
