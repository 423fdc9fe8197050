import type { Browser, CDPSession, Page } from 'playwright-core';
import { withBrowser } from '../browser/launch';
import type { RunningInspector } from '../running-inspector';
import { startFilledInspector } from './filled-inspector';
import {
	countSelector,
	countText,
	openProbedPage,
	waitForList,
	watchIdlePage,
	watchTasks,
	type Busy,
} from './page-probe';
import { median, printTable, rounded, type Cell } from './table';

/** How a fresh page took the whole list. All in milliseconds since the address was opened. */
interface Opening {
	usable: number;
	/** From pressing the mouse on a row of the page that has just become usable until the row is painted as selected. */
	clickAnswered: number;
	complete: number;
	busy: Busy;
}

interface Scrolling extends Busy {
	how: string;
	/** Frames in which some part of the list showed no row. */
	blankFrames: number | null;
	frames: number | null;
}

const manyRows = 100_000;
/** More than a screen, so that the page that is compared draws as many rows. */
const fewRows = 100;
const rounds = 3;

/**
 * 100,000 deliveries: how soon the page can be used and has them all, beside a bare page that only fetches and
 * parses the same list; what scrolling costs; what a row costs in memory.
 */
export async function benchmarkScroll(): Promise<void> {
	const many = await startFilledInspector(manyRows);
	const few = await startFilledInspector(fewRows);
	try {
		await withBrowser(async (browser) => {
			await open(browser, few, fewRows);
			const openings: Opening[] = [];
			const bare: number[] = [];
			for (let round = 1; round <= rounds; round++) {
				process.stderr.write(`scroll: opening, round ${round} of ${rounds}\n`);
				bare.push(await fetchAll(browser, many));
				openings.push(await open(browser, many, manyRows));
			}
			printOpenings(openings, bare);
			process.stderr.write('scroll: scrolling\n');
			printScrolling([...(await scroll(browser, many)), await idle(browser)]);
			process.stderr.write('scroll: memory\n');
			printMemory(await memory(browser, few, fewRows), await memory(browser, many, manyRows));
		});
	} finally {
		await many.stop();
		await few.stop();
	}
}

async function open(browser: Browser, inspector: RunningInspector, count: number): Promise<Opening> {
	const page = await openProbedPage(browser);
	const row = '[role=grid] [role=row][data-index] [aria-colindex="1"]';
	await page.addInitScript((selector) => window.probe.watch(selector), row);
	await page.goto(inspector.page, { waitUntil: 'commit' });
	const usable = await page.evaluate(() => window.probe.seen);
	await page.evaluate(() => window.probe.startTasks());
	await page.evaluate(() => window.probe.watch('[role=row][aria-selected=true]'));
	await page.mouse.click(300, 300);
	const clickAnswered = await page.evaluate(async () => (await window.probe.seen) - window.probe.pressedAt);
	await page.evaluate(([selector, text]) => window.probe.watch(selector, text), [
		countSelector,
		countText(count),
	] as const);
	const complete = await page.evaluate(() => window.probe.seen);
	const busy = await page.evaluate(async () => {
		await window.probe.stopTasks();
		return { longTasks: window.probe.longTasks, longestGap: window.probe.longestGap };
	});
	await page.context().close();
	return { usable, clickAnswered, complete, busy };
}

/** Milliseconds that a page without anything else takes to fetch and parse the list, in the inspector's own pages. */
async function fetchAll(browser: Browser, inspector: RunningInspector): Promise<number> {
	const page = await openProbedPage(browser);
	await page.goto(inspector.page);
	await page.goto(`${inspector.origin}/favicon.png`);
	const taken = await page.evaluate(async () => {
		const startedAt = performance.now();
		let range = 'limit=500';
		for (;;) {
			const response = await fetch(`/api/deliveries?${range}`);
			const { deliveries } = (await response.json()) as { deliveries: { id: number }[] };
			if (deliveries[0] === undefined || deliveries[0].id === 1) return performance.now() - startedAt;
			range = `limit=1000&before=${deliveries[0].id}`;
		}
	});
	await page.context().close();
	return taken;
}

async function scroll(browser: Browser, inspector: RunningInspector): Promise<Scrolling[]> {
	const page = await openProbedPage(browser);
	await page.goto(inspector.page);
	await waitForList(page, manyRows);
	await page.mouse.move(300, 300);
	const results = [
		await watchFrames(page, 'slowly: 120 turns of the wheel by 2 rows, upwards', () => wheel(page, -44, 120)),
		await watchFrames(page, 'fast: 120 turns of the wheel by 4 screens', () => wheel(page, -3000, 120)),
		await watchFrames(page, 'the bar, dragged through the list in 120 steps', () => dragBar(page, 120)),
		await watchFrames(page, 'the bar, 120 jumps to anywhere', () => jumpBar(page, 120)),
	];
	await page.context().close();
	return results;
}

async function idle(browser: Browser): Promise<Scrolling> {
	return {
		how: 'a page that does nothing, for 2 s',
		...(await watchIdlePage(browser)),
		frames: null,
		blankFrames: null,
	};
}

async function wheel(page: Page, pixels: number, turns: number): Promise<void> {
	for (let turn = 0; turn < turns; turn++) {
		await page.mouse.wheel(0, pixels);
		await page.evaluate(() => window.probe.painted());
	}
}

async function dragBar(page: Page, steps: number): Promise<void> {
	for (let step = 0; step <= steps; step++) await moveBar(page, step / steps);
}

async function jumpBar(page: Page, jumps: number): Promise<void> {
	for (let jump = 0; jump < jumps; jump++) await moveBar(page, Math.random());
}

/** Puts the bar at a share of its way, as a pointer that holds it does. */
async function moveBar(page: Page, share: number): Promise<void> {
	await page.evaluate(async (to) => {
		const grid = document.querySelector('[role=grid]')!;
		grid.scrollTop = to * (grid.scrollHeight - grid.clientHeight);
		await window.probe.painted();
	}, share);
}

/** Looks at every frame while something scrolls: a place of the list without a row, or a row without text, is blank. */
async function watchFrames(page: Page, how: string, work: () => Promise<void>): Promise<Scrolling> {
	await page.evaluate(() => {
		const seen = { frames: 0, blank: 0, isOver: false };
		Object.assign(window, { seenFrames: seen });
		const grid = document.querySelector('[role=grid]')!;
		const look = async () => {
			while (!seen.isOver) {
				await window.probe.painted();
				seen.frames++;
				if (isBlank()) seen.blank++;
			}
		};
		const isBlank = () => {
			const bottom = grid.getBoundingClientRect().top + grid.clientHeight;
			let filledTo = grid.querySelector('[role=row]')!.getBoundingClientRect().bottom;
			const rows = [...grid.querySelectorAll('[role=row][data-index]')]
				.map((row) => ({ row, box: row.getBoundingClientRect() }))
				.sort((one, other) => one.box.top - other.box.top);
			for (const { row, box } of rows) {
				if (box.bottom <= filledTo) continue;
				if (box.top > filledTo + 1 || row.textContent.trim() === '') return true;
				filledTo = box.bottom;
			}
			return filledTo < bottom - 1;
		};
		void look();
	});
	const busy = await watchTasks(page, work);
	const { frames, blank } = await page.evaluate(() => {
		const { seenFrames } = window as unknown as { seenFrames: { frames: number; blank: number; isOver: boolean } };
		seenFrames.isOver = true;
		return seenFrames;
	});
	return { how, ...busy, frames, blankFrames: blank };
}

/**
 * Bytes that the page's script and documents hold when everything is loaded, what follows in the background is done (the
 * chain of every conversation), and the garbage is collected.
 */
async function memory(browser: Browser, inspector: RunningInspector, count: number): Promise<number> {
	const page = await openProbedPage(browser);
	await page.goto(inspector.page);
	await waitForList(page, count);
	const session = await page.context().newCDPSession(page);
	let bytes = await heldBytes(session);
	for (let look = 0; look < 20; look++) {
		await page.waitForTimeout(1000);
		const before = bytes;
		bytes = await heldBytes(session);
		if (Math.abs(bytes - before) < before / 1000) break;
	}
	await page.context().close();
	return bytes;
}

async function heldBytes(session: CDPSession): Promise<number> {
	for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
	const usage = await session.send('Runtime.getHeapUsage');
	return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
}

function printOpenings(openings: readonly Opening[], bare: readonly number[]): void {
	const middle = (read: (opening: Opening) => number) => median(openings.map(read));
	const bareTime = median(bare);
	const timeRow = (name: string, time: number): Cell[] => [
		name,
		rounded(time, 0),
		`${rounded((time / bareTime) * 100, 0)} %`,
	];
	printTable(
		`Opening ${manyRows.toLocaleString('en')} deliveries, medians of ${rounds} fresh pages`,
		['until', 'ms', 'of bare'],
		[
			timeRow('bare page: list fetched and parsed', bareTime),
			timeRow(
				'inspector: usable, first rows painted',
				middle(({ usable }) => usable),
			),
			timeRow(
				'inspector: complete',
				middle(({ complete }) => complete),
			),
			[
				'from a click meanwhile to the selected row',
				rounded(
					middle(({ clickAnswered }) => clickAnswered),
					0,
				),
				null,
			],
			['longest task after it was usable', longestTask(openings.flatMap(({ busy }) => busy.longTasks)), null],
			['longest time between frames', rounded(Math.max(...openings.map(({ busy }) => busy.longestGap)), 0), null],
		],
	);
}

function printScrolling(results: readonly Scrolling[]): void {
	printTable(
		`Scrolling ${manyRows.toLocaleString('en')} deliveries`,
		['how', 'frames', 'blank', 'longest task', 'longest time between frames, ms'],
		results.map(({ how, frames, blankFrames, longTasks, longestGap }) => [
			how,
			frames,
			blankFrames,
			longestTask(longTasks),
			rounded(longestGap, 0),
		]),
	);
}

function printMemory(few: number, many: number): void {
	const rows = manyRows - fewRows;
	printTable(
		'Memory of the page at rest, after collecting garbage',
		['page', 'MB', 'bytes a row'],
		[
			[`${fewRows} deliveries`, rounded(few / 1e6, 2), null],
			[`${manyRows.toLocaleString('en')} deliveries`, rounded(many / 1e6, 2), rounded((many - few) / rows, 0)],
		],
	);
}

/** The browser reports tasks of more than 50 ms only. */
function longestTask(longTasks: readonly number[]): string {
	return longTasks.length === 0 ? 'none over 50 ms' : `${rounded(Math.max(...longTasks), 0)} ms`;
}
