import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { get, type ClientRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { withBrowser } from '../browser/launch';
import { startInspector, type RunningInspector } from '../running-inspector';
import { measure, sampleOfAbout, startBare, type Seen } from './capture';
import { openProbedPage } from './page-probe';
import { median, printTable, rounded, type Cell } from './table';

/** The receiver at one moment. */
interface Moment {
	when: string;
	requestsPerSecond: number;
	/** Of what bare `node:http` did in the same seconds, 1 for as many. */
	ofBare: number;
	/** Resident memory in bytes. */
	memory: number;
	openFiles: number;
}

const streamClients = 100;
const realPages = 30;
/** Of real pages, open at the same time. */
const pagesAtOnce = 5;
const rounds = 5;
const concurrency = 10;
const milliseconds = 1000;

/**
 * Whether pages that come and go leave anything behind: how many deliveries the receiver takes, its memory and its
 * open files, before, while 100 streams are open, and after those and 30 real pages were closed; beside bare
 * `node:http` over the same kind of store, in turns.
 */
export async function benchmarkPages(): Promise<void> {
	const { body } = sampleOfAbout(5000);
	const text = new TextDecoder().decode(body);
	const load = fork(fileURLToPath(new URL('load-generator.mjs', import.meta.url)));
	const inspector = await startInspector();
	const bare = await startBare();
	const look = async (when: string): Promise<Moment> => {
		process.stderr.write(`pages: ${when}\n`);
		const own: Seen[] = [];
		const ratios: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const task = { body: text, concurrency, milliseconds };
			const seen = await measure(load, { ...task, port: inspector.port, path: new URL(inspector.capture).pathname });
			const limit = await measure(load, { ...task, port: bare.port, path: bare.path });
			own.push(seen);
			ratios.push(seen.requestsPerSecond / limit.requestsPerSecond);
		}
		return {
			when,
			requestsPerSecond: median(own.map((seen) => seen.requestsPerSecond)),
			ofBare: median(ratios),
			...held(inspector.processId),
		};
	};
	try {
		await look('warming up');
		const moments = [await look('before any page')];
		const clients = await Promise.all(Array.from({ length: streamClients }, () => openStream(inspector)));
		moments.push(await look(`while ${streamClients} streams are open`));
		for (const client of clients) client.destroy();
		await withBrowser((browser) => visit(inspector, browser));
		// Closed connections are noticed a moment later.
		await pause(500);
		moments.push(await look(`after ${streamClients} streams and ${realPages} pages`));
		print(moments);
	} finally {
		load.kill();
		await inspector.stop();
		await bare.stop();
	}
}

/** A client that reads the live stream; resolves when the first bytes have come. */
function openStream({ origin, token }: RunningInspector): Promise<ClientRequest> {
	return new Promise((resolve, reject) => {
		const headers = { Authorization: `Bearer ${token}` };
		const request = get(`${origin}/api/stream`, { headers, agent: false }, (response) => {
			response.once('data', () => resolve(request));
			response.on('error', () => undefined);
		});
		request.on('error', reject);
	});
}

/** Opens real pages, a few at a time, until each is live, and closes them. */
async function visit(inspector: RunningInspector, browser: Browser): Promise<void> {
	for (let opened = 0; opened < realPages; opened += pagesAtOnce) {
		process.stderr.write(`pages: ${opened} of ${realPages}\n`);
		const pages = await Promise.all(Array.from({ length: pagesAtOnce }, () => openProbedPage(browser)));
		for (const page of pages) {
			await page.goto(inspector.page);
			await page.getByText('Live', { exact: true }).first().waitFor();
		}
		await Promise.all(pages.map((page) => page.context().close()));
	}
}

/** Zero where the system has no `/proc`. */
function held(processId: number): { memory: number; openFiles: number } {
	try {
		const status = readFileSync(`/proc/${processId}/status`, 'utf8');
		const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
		return { memory: kilobytes * 1024, openFiles: readdirSync(`/proc/${processId}/fd`).length };
	} catch {
		return { memory: 0, openFiles: 0 };
	}
}

function print(moments: readonly Moment[]): void {
	const first = moments[0]!;
	printTable(
		`Pages that come and go: concurrency ${concurrency}, medians of ${rounds} rounds of ${milliseconds / 1000} s`,
		['when', 'requests/s', 'of before', 'of bare', 'memory MB', 'of before', 'open files'],
		moments.map(({ when, requestsPerSecond, ofBare, memory, openFiles }): Cell[] => [
			when,
			rounded(requestsPerSecond, 0),
			percent(requestsPerSecond / first.requestsPerSecond),
			percent(ofBare),
			rounded(memory / 1e6, 1),
			percent(memory / first.memory),
			openFiles,
		]),
	);
}

function percent(share: number): string {
	return `${rounded(share * 100, 0)} %`;
}
