import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { withBrowser } from '../browser/launch';
import { sampleOfAbout } from './capture';
import { startFilledInspector } from './filled-inspector';
import { clockOffset, waitForList, openProbedPage } from './page-probe';
import { printTable, quantile, rounded, type Cell } from './table';

/** A page that shows deliveries, and where they are sent. */
interface Subject {
	name: string;
	page: Page;
	/** From the page's clock to ours, in milliseconds. */
	offset: number;
	capture: string;
	/** What is drawn of the nth delivery sent, from 1: an element, and its text. */
	drawn(sent: number): [selector: string, text: string];
	stop(): Promise<void>;
}

const deliveries = 200;
const warmUp = 20;
const manyRows = 100_000;

/**
 * From the moment before a POST is written until its row is painted in Chromium, one delivery at a time, with an
 * empty list and with 100,000 rows, beside a bare page that stores nothing. The three take turns, and the pauses
 * between are random, so that no delivery is in step with the browser's frames.
 *
 * The page notes on its own clock when a frame with the row was painted; the difference of the clocks is measured
 * beforehand.
 */
export async function benchmarkFirstRow(): Promise<void> {
	const { body } = sampleOfAbout(5000);
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	await withBrowser(async (browser) => {
		const subjects = [
			await openBare(browser),
			await openInspector(browser, 0, 'inspector, empty list'),
			await openInspector(browser, manyRows, `inspector, ${manyRows.toLocaleString('en')} rows`),
		];
		const times = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
		try {
			for (let sent = 1; sent <= warmUp + deliveries; sent++) {
				if (sent % 50 === 0) process.stderr.write(`first-row: ${sent} of ${warmUp + deliveries}\n`);
				for (const subject of subjects) {
					await pause(20 + Math.random() * 40);
					const time = await show(subject, sent, body, agent);
					if (sent > warmUp) times.get(subject)!.push(time);
				}
			}
		} finally {
			agent.destroy();
			await Promise.all(subjects.map((subject) => subject.stop()));
		}
		const bare = times.get(subjects[0]!)!;
		printTable(
			`First row: from sending the POST until the row is painted, ${deliveries} deliveries of ${body.length} bytes`,
			['page', 'p50 ms', 'of bare', 'p90 ms', 'p99 ms', 'of bare'],
			subjects.map((subject) => row(subject.name, times.get(subject)!, bare)),
		);
	});
}

function row(name: string, times: readonly number[], bare: readonly number[]): Cell[] {
	const at = (share: number) => rounded(quantile(times, share), 1);
	const ratio = (share: number) => `${rounded((quantile(times, share) / quantile(bare, share)) * 100, 0)} %`;
	return [name, at(0.5), ratio(0.5), at(0.9), at(0.99), ratio(0.99)];
}

/** Milliseconds. */
async function show({ page, offset, capture, drawn }: Subject, sent: number, body: Uint8Array, agent: Agent) {
	await page.evaluate(([selector, text]) => window.probe.watch(selector, text), drawn(sent));
	const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
	const startedAt = performance.now();
	const outgoing = request(capture, { method: 'POST', agent, headers });
	const answered = once(outgoing, 'response') as Promise<[NodeJS.ReadableStream]>;
	outgoing.end(body);
	const paintedAt = await page.evaluate(() => window.probe.seen);
	// The connection is free again when the answer was read.
	const [answer] = await answered;
	await once(answer.resume(), 'end');
	return paintedAt + offset - startedAt;
}

async function openInspector(browser: Browser, count: number, name: string): Promise<Subject> {
	const inspector = await startFilledInspector(count);
	const page = await openProbedPage(browser);
	await page.goto(inspector.page);
	if (count === 0) await page.getByText('Waiting for the first delivery', { exact: true }).waitFor();
	else await waitForList(page, count);
	await page.getByText('Live', { exact: true }).first().waitFor();
	return {
		name,
		page,
		offset: await clockOffset(page),
		capture: inspector.capture,
		drawn: (sent) => ['[role=grid] [role=row][data-index] [aria-colindex="1"]', String(count + sent)],
		stop: async () => void (await inspector.stop()),
	};
}

async function openBare(browser: Browser): Promise<Subject> {
	const child = fork(fileURLToPath(new URL('bare-page-server.mjs', import.meta.url)));
	const [{ port }] = (await once(child, 'message')) as [{ port: number }];
	const ended = once(child, 'close');
	const page = await openProbedPage(browser);
	await page.goto(`http://127.0.0.1:${port}/`);
	return {
		name: 'bare page (stores nothing)',
		page,
		offset: await clockOffset(page),
		capture: `http://127.0.0.1:${port}/`,
		drawn: (sent) => [`#row-${sent}`, `${sent} message_created`],
		async stop() {
			child.kill('SIGKILL');
			await ended;
		},
	};
}
