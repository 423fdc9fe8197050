import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { withBrowser } from '../browser/launch';
import { ana, ConversationLife, joel, type LifeDelivery } from '../conversation-life';
import { newDataFolder, startInspector, type RunningInspector } from '../running-inspector';
import { openProbedPage, waitForList, watchIdlePage, watchTasks, type Busy } from './page-probe';
import { median, printTable, quantile, rounded } from './table';

/** How a fresh page came to show the conversation. Milliseconds from choosing it. */
interface Opening {
	lanes: number;
	state: number;
	complete: number;
	busy: Busy;
}

interface Dragging {
	/** Milliseconds of the main thread for each frame in which the cursor moved. */
	frames: number[];
	busy: Busy;
}

const manyDeliveries = 5000;
const bodyBytes = 5000;
const rounds = 5;
const dragSteps = 240;
const conversationId = 1401;

/**
 * One conversation of 5,000 deliveries of 5 KB: how soon its lanes, its state at the cursor and everything are there,
 * beside a bare page that only fetches and parses the same lines; what dragging the cursor costs. The rounds are
 * interleaved.
 */
export async function benchmarkConversation(): Promise<void> {
	const inspector = await startWithLongLife();
	try {
		await withBrowser(async (browser) => {
			await choose(browser, inspector);
			const openings: Opening[] = [];
			const bare: number[] = [];
			for (let round = 1; round <= rounds; round++) {
				process.stderr.write(`conversation: choosing, round ${round} of ${rounds}\n`);
				bare.push(await fetchAndParse(browser, inspector));
				openings.push(await choose(browser, inspector));
			}
			printOpenings(openings, bare);
			process.stderr.write('conversation: dragging\n');
			printDragging(await drag(browser, inspector), await watchIdlePage(browser));
		});
	} finally {
		await inspector.stop();
	}
}

/** Everything that happens to a conversation, over and over, in the order in which it happens. */
function longLife(): LifeDelivery[] {
	const life = new ConversationLife(conversationId, Date.now() - 6 * 3_600_000).begin('Hi, where is my parcel?');
	for (let turn = 1; life.deliveries.length < manyDeliveries; turn++) {
		life.wait(900).message(`Message ${turn}: is there any news about my parcel?`);
		life
			.wait(1500)
			.typing(2000, turn % 2 ? ana : joel)
			.reply(`Answer ${turn}: it is on its way.`);
		life.wait(700).message(`Message ${turn}: thank you, I will wait.`);
		if (turn % 3 === 0) life.wait(800).label('delivery', `turn-${turn % 7}`);
		if (turn % 4 === 0) life.wait(800).assign(turn % 8 ? ana : joel);
		if (turn % 5 === 0) life.wait(800).customize({ order: { number: 880 + turn }, plan: 'gold' });
		if (turn % 6 === 0) life.wait(800).become('resolved').wait(4000).become('open');
		if (turn % 7 === 0) life.wait(800).note(`Note ${turn}`);
	}
	return life.deliveries.slice(0, manyDeliveries);
}

async function startWithLongLife(): Promise<RunningInspector> {
	const data = newDataFolder();
	const remove = () => rmSync(data, { recursive: true, force: true });
	process.stderr.write(`storing ${manyDeliveries} deliveries\n`);
	const file = join(data, 'life.json');
	writeFileSync(file, JSON.stringify(longLife()));
	const filler = fork(fileURLToPath(new URL('fill-life.mjs', import.meta.url)), [data, file, String(bodyBytes)]);
	const [code] = (await once(filler, 'close')) as [number | null];
	if (code !== 0) {
		remove();
		throw new Error(`The store could not be filled: its process ended with ${code}.`);
	}
	const inspector = await startInspector({ data });
	const { stop } = inspector;
	return Object.assign(inspector, {
		async stop(signal?: NodeJS.Signals) {
			const code = await stop(signal);
			remove();
			return code;
		},
	});
}

/** Opens the panel, waits until the log is there, and chooses the conversation. */
async function openPanel(browser: Browser, inspector: RunningInspector): Promise<Page> {
	const page = await openProbedPage(browser);
	await page.goto(inspector.page);
	await waitForList(page, manyDeliveries);
	await page.getByRole('tab', { name: 'Conversations' }).click();
	await page.getByText('1 conversation', { exact: true }).waitFor();
	return page;
}

async function choose(browser: Browser, inspector: RunningInspector): Promise<Opening> {
	const page = await openPanel(browser, inspector);
	const opening = { lanes: 0, state: 0, complete: 0 };
	const busy = await watchTasks(page, async () => {
		const times = page.evaluate(async () => {
			const { probe } = window;
			const hasText = (text: string) => (element: Element) => element.textContent.includes(text);
			const lanes = await probe.appears('svg path.contact[d]', (path) => path.getAttribute('d') !== '');
			const state = await probe.appears('section[aria-label="State of the conversation"] tbody td', hasText('open'));
			const complete = await probe.appears('header .count', hasText('deliveries in'));
			return { lanes, state, complete, from: window.probe.pressedAt };
		});
		await page.getByRole('grid', { name: 'Conversations' }).locator('[role=row]').first().click();
		const { from, ...found } = await times;
		opening.lanes = found.lanes - from;
		opening.state = found.state - from;
		opening.complete = found.complete - from;
	});
	await page.context().close();
	return { ...opening, busy };
}

/** Milliseconds that a page without anything else takes to fetch and parse the same lines. */
async function fetchAndParse(browser: Browser, inspector: RunningInspector): Promise<number> {
	const page = await openProbedPage(browser);
	await page.goto(inspector.page);
	await page.goto(`${inspector.origin}/favicon.png`);
	const taken = await page.evaluate(async (id) => {
		const startedAt = performance.now();
		const text = await (await fetch(`/api/deliveries?conversation=${id}&endpoint=main&bodies=1&after=0`)).text();
		const parsed: unknown[] = [];
		for (const line of text.split('\n')) {
			if (line === '') continue;
			parsed.push(JSON.parse((JSON.parse(line) as { body: string }).body));
		}
		return performance.now() - startedAt;
	}, conversationId);
	await page.context().close();
	return taken;
}

/** Drags the cursor from the end to the start and back, a step in each frame. */
async function drag(browser: Browser, inspector: RunningInspector): Promise<Dragging> {
	const page = await openPanel(browser, inspector);
	await page.getByRole('grid', { name: 'Conversations' }).locator('[role=row]').first().click();
	await page.getByText('deliveries in').waitFor();
	const handle = page.getByRole('slider', { name: 'Moment' });
	const box = (await handle.boundingBox())!;
	const plot = (await page.locator('svg:has(path.contact)').boundingBox())!;
	await page.mouse.move(box.x + box.width / 2, box.y + 8);
	await page.mouse.down();
	let frames: number[] = [];
	const busy = await watchTasks(page, async () => {
		frames = await page.evaluate(
			async ({ steps, left, width, y }) => {
				const target = document.querySelector('[role=slider]')!.closest('.plot')!;
				const taken: number[] = [];
				for (let step = 0; step <= steps; step++) {
					const clientX = left + width * Math.abs(1 - (2 * step) / steps);
					// Asked for before the panel asks, so that the time runs from the frame's first callback until it is painted.
					const frame = new Promise<number>((resolve) => {
						requestAnimationFrame(() => {
							const from = performance.now();
							const { port1, port2 } = new MessageChannel();
							port1.onmessage = () => resolve(performance.now() - from);
							port2.postMessage(null);
						});
					});
					target.dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, clientX, clientY: y, bubbles: true }));
					taken.push(await frame);
				}
				return taken;
			},
			{ steps: dragSteps, left: plot.x, width: plot.width, y: box.y + 8 },
		);
	});
	await page.mouse.up();
	await page.context().close();
	return { frames, busy };
}

function printOpenings(openings: readonly Opening[], bare: readonly number[]): void {
	const middle = (read: (opening: Opening) => number) => rounded(median(openings.map(read)), 0);
	printTable(
		`Choosing a conversation of ${manyDeliveries.toLocaleString('en')} deliveries of 5 KB, medians of ${rounds} fresh pages`,
		['until', 'ms'],
		[
			['bare page: all lines fetched, bodies parsed', rounded(median(bare), 0)],
			['lanes painted', middle(({ lanes }) => lanes)],
			['state at the cursor painted', middle(({ state }) => state)],
			['every body read', middle(({ complete }) => complete)],
			['longest task', longestTask(openings.flatMap(({ busy }) => busy.longTasks))],
			['longest time between frames', rounded(Math.max(...openings.map(({ busy }) => busy.longestGap)), 0)],
		],
	);
}

function printDragging({ frames, busy }: Dragging, idle: Busy): void {
	printTable(
		`Dragging the cursor, ${frames.length} frames`,
		['main thread of a frame', 'ms'],
		[
			['median', rounded(median(frames), 1)],
			['p95', rounded(quantile(frames, 0.95), 1)],
			['most', rounded(Math.max(...frames), 1)],
			['longest task', longestTask(busy.longTasks)],
			['longest time between frames', rounded(busy.longestGap, 0)],
			['the same of a page that does nothing', rounded(idle.longestGap, 0)],
		],
	);
}

/** The browser reports tasks of more than 50 ms only. */
function longestTask(longTasks: readonly number[]): string {
	return longTasks.length === 0 ? 'none over 50 ms' : `${rounded(Math.max(...longTasks), 0)} ms`;
}
