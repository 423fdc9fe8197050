import type { Browser, Page } from 'playwright-core';

/** What a benchmark asks inside a page. All times are the page's own clock, `performance.now()` in milliseconds. */
export interface PageProbe {
	/** When what was watched for last was painted. */
	seen: Promise<number>;
	/**
	 * Watches for an element; it may be there already. With `text`, for one that reads so and nothing else. After a
	 * minute `seen` rejects with a sentence that says what has not come.
	 */
	watch(selector: string, text?: string): void;
	/** When the first element that is as it should be was painted. Rejects as `seen` does. */
	appears(selector: string, holds?: (element: Element) => boolean): Promise<number>;
	/** When the document as it is now is on the screen as far as the page's main thread is concerned. */
	painted(): Promise<number>;
	/** When a button of the mouse went down last, and when it made a click. */
	pressedAt: number;
	clickedAt: number;
	/** Tasks of more than 50 ms since `startTasks`. */
	longTasks: number[];
	/** The longest time between two frames since `startTasks`. */
	longestGap: number;
	/** Forgets what was measured, and draws a frame whenever one is due, so that a gap between two can be seen. */
	startTasks(): void;
	stopTasks(): Promise<void>;
}

declare global {
	interface Window {
		probe: PageProbe;
	}
}

/** What kept the main thread of a page busy. */
export interface Busy {
	/** Milliseconds; empty when no task took more than 50. */
	longTasks: number[];
	/** Milliseconds between two frames, at most. */
	longestGap: number;
}

/** The place of the status bar that says how many deliveries the list has: of all only when it is complete. */
export const countSelector = 'footer.status > span:first-child';

/** What the status bar says of a list that has all deliveries. */
export function countText(count: number): string {
	return `${count.toLocaleString('en')} deliveries`;
}

/** Waits until the list has all deliveries, of which there are so many. */
export async function waitForList(page: Page, count: number): Promise<void> {
	await page.locator(countSelector, { hasText: new RegExp(`^${countText(count)}$`) }).waitFor();
}

/** Opens an empty page in a context of its own; the probe is in whatever is loaded into it. */
export async function openProbedPage(browser: Browser): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	context.setDefaultTimeout(60_000);
	await context.addInitScript(installProbe);
	return context.newPage();
}

/** Does something and says what kept the page's main thread busy meanwhile. */
export async function watchTasks(page: Page, work: () => Promise<void>): Promise<Busy> {
	await page.evaluate(() => window.probe.startTasks());
	await work();
	return page.evaluate(async () => {
		await window.probe.stopTasks();
		const { longTasks, longestGap } = window.probe;
		return { longTasks, longestGap };
	});
}

/**
 * What a page that does nothing sees in two seconds: gaps that other work on this machine makes, and which are
 * therefore no fault of a page measured beside it.
 */
export async function watchIdlePage(browser: Browser): Promise<Busy> {
	const page = await openProbedPage(browser);
	const busy = await watchTasks(page, () => page.waitForTimeout(2000));
	await page.context().close();
	return busy;
}

/**
 * Milliseconds to add to the page's clock to get this process's. Both count steadily, so that a few hundred
 * round trips settle it: in the quickest the page has looked at its clock half way, give or take a fraction of a
 * millisecond.
 */
export async function clockOffset(page: Page): Promise<number> {
	let best = { duration: Infinity, offset: 0 };
	for (let round = 0; round < 300; round++) {
		const before = performance.now();
		const there = await page.evaluate(() => performance.now());
		const after = performance.now();
		if (after - before < best.duration) best = { duration: after - before, offset: (before + after) / 2 - there };
	}
	return best.offset;
}

/**
 * Runs in the page, before its own scripts. A frame is painted when the first task after its animation callback
 * runs: style, layout and paint come between the two. (The next animation callback would come up to 16 ms later and
 * say nothing more.)
 */
function installProbe(): void {
	const painted = () =>
		new Promise<number>((resolve) => {
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => resolve(performance.now());
				port2.postMessage(null);
			});
		});
	/**
	 * Asked in a task this is the next frame, asked while a frame is made it is that one. (An animation callback asked
	 * for by another belongs to the frame after it: a page that draws in its animation callbacks would seem a frame late.)
	 */
	const inFrame = (element: Element) =>
		new Promise<number>((resolve) => {
			const observer = new IntersectionObserver(() => {
				observer.disconnect();
				resolve(performance.now());
			});
			observer.observe(element);
		});
	const patienceSeconds = 60;
	const appeared = (selector: string, holds: (element: Element) => boolean) =>
		new Promise<Element>((resolve, reject) => {
			const found = () => [...document.querySelectorAll(selector)].find(holds);
			const isThere = found();
			if (isThere) return resolve(isThere);
			const observer = new MutationObserver(() => {
				const element = found();
				if (element) end(() => resolve(element));
			});
			const timer = setTimeout(
				() => end(() => reject(new Error(`${selector} was not as awaited after ${patienceSeconds} seconds.`))),
				patienceSeconds * 1000,
			);
			const end = (settle: () => void) => {
				observer.disconnect();
				clearTimeout(timer);
				settle();
			};
			observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
		});
	let isDrawing = false;
	const draw = (before: number) => {
		requestAnimationFrame(() => {
			const now = performance.now();
			probe.longestGap = Math.max(probe.longestGap, now - before);
			if (isDrawing) draw(now);
		});
	};
	const probe: PageProbe = {
		seen: Promise.resolve(0),
		watch(selector, text) {
			probe.seen = probe.appears(selector, (element) => text === undefined || element.textContent === text);
			// Whoever waits for it is told; a page that nobody asks any more has no error to show.
			probe.seen.catch(() => undefined);
		},
		appears: (selector, holds = () => true) => appeared(selector, holds).then(inFrame),
		painted,
		pressedAt: 0,
		clickedAt: 0,
		longTasks: [],
		longestGap: 0,
		startTasks() {
			probe.longTasks = [];
			probe.longestGap = 0;
			isDrawing = true;
			draw(performance.now());
		},
		async stopTasks() {
			await painted();
			isDrawing = false;
			// What the observer has not been told yet comes with a later task.
			await new Promise((resolve) => setTimeout(resolve, 100));
		},
	};
	window.probe = probe;
	addEventListener('mousedown', (event) => (probe.pressedAt = event.timeStamp), { capture: true });
	addEventListener('click', (event) => (probe.clickedAt = event.timeStamp), { capture: true });
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) probe.longTasks.push(duration);
	}).observe({ type: 'longtask', buffered: true });
}
