import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { compareDocuments } from '../../src/changes/comparison';
import { ComparisonWork } from '../../src/inspector/differences/comparison-work';
import { findDifferences } from '../../src/json/difference';
import { scanJson, type JsonDocument } from '../../src/json/scan';
import { withBrowser } from '../browser/launch';
import { bytes, samples } from '../deliveries';
import { startInspector } from '../running-inspector';
import { openProbedPage, watchIdlePage, watchTasks, type Busy } from './page-probe';
import { median, printTable, rounded, type Cell } from './table';

/** Two bodies in every form that a contender reads. */
interface Pair {
	name: string;
	left: Uint8Array<ArrayBuffer>;
	right: Uint8Array<ArrayBuffer>;
	texts: readonly [string, string];
	documents: readonly [JsonDocument, JsonDocument];
	values: readonly [object, object];
}

/** What the other libraries find: the differences, or a tree of them. */
interface Others {
	microdiff: (left: object, right: object) => unknown[];
	jsondiffpatch: { diff: (left: object, right: object) => unknown };
}

type Work = [name: string, run: (pair: Pair) => unknown];

const versions = ['microdiff@1.6.0', 'jsondiffpatch@0.7.7'];
const sampleRounds = 40;
const largeRounds = 9;
const shownRounds = 9;
const itemCount = 10_000;

/**
 * What a difference costs: ours beside two well-known libraries, over neighbouring sample bodies and over documents of
 * 1 MB with 10,000 changed items, from parsed values and from bytes; and a pair of 1 MB shown in the page. The rounds
 * are interleaved. The other libraries are put into a temporary folder; without the network they are left out.
 */
export async function benchmarkDiff(): Promise<void> {
	const others = installOthers();
	measureSamples(others);
	measureLarge(others);
	await measureShown();
}

/** Null when they can't be installed. */
function installOthers(): Others | null {
	process.stderr.write(`diff: installing ${versions.join(' and ')} into a temporary folder\n`);
	const folder = mkdtempSync(join(tmpdir(), 'inspector-bench-'));
	try {
		writeFileSync(join(folder, 'package.json'), '{"private":true}');
		const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefix', folder];
		execFileSync('npm', ['install', ...options, ...versions], { stdio: ['ignore', 'ignore', 'inherit'] });
		const require = createRequire(join(folder, 'package.json'));
		const microdiff = require('microdiff') as { default: Others['microdiff'] };
		const patch = require('jsondiffpatch') as { create: (options: object) => Others['jsondiffpatch'] };
		const objectHash = (item: { id?: number }, index: number) =>
			item.id === undefined ? `$${index}` : String(item.id);
		// Without its text differences, which nobody else makes.
		const jsondiffpatch = patch.create({ objectHash, textDiff: { minLength: Infinity } });
		return { microdiff: microdiff.default, jsondiffpatch };
	} catch (error) {
		process.stderr.write(
			`diff: without the other libraries: ${error instanceof Error ? error.message : String(error)}\n`,
		);
		return null;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function worksFrom(others: Others | null): Work[] {
	const parsed = (text: string) => JSON.parse(text) as object;
	const works: Work[] = [
		['ours, of scanned documents', ({ documents }) => findDifferences(...documents)],
		['ours, from bytes', ({ left, right }) => findDifferences(scanned(left), scanned(right))],
	];
	if (!others) return works;
	const { microdiff, jsondiffpatch } = others;
	return [
		['microdiff, of parsed values', ({ values }) => microdiff(...values)],
		['microdiff, from text', ({ texts }) => microdiff(parsed(texts[0]), parsed(texts[1]))],
		['jsondiffpatch, of parsed values', ({ values }) => jsondiffpatch.diff(...values)],
		['jsondiffpatch, from text', ({ texts }) => jsondiffpatch.diff(parsed(texts[0]), parsed(texts[1]))],
		...works,
	];
}

function measureSamples(others: Others | null): void {
	const all = samples();
	const pairs = all.slice(1).map(({ body }, index) => pairOf('', all[index]!.body, body));
	const works: Work[] = [
		...worksFrom(others),
		['the rows of a view, from bytes', ({ left, right }) => new ComparisonWork(left, right, []).rows(0, 200)],
	];
	process.stderr.write(`diff: ${sampleRounds} rounds over ${pairs.length} pairs of samples\n`);
	const times = measure(works, pairs, sampleRounds);
	const size = pairs.reduce((sum, { left }) => sum + left.length, 0) / pairs.length;
	printTable(
		`Difference: microseconds a pair, ${pairs.length} pairs of neighbouring samples of ${rounded(size, 0)} bytes on average`,
		['what', 'median', 'of the first'],
		works.map(([name], index): Cell[] => [
			name,
			rounded((median(times[index]!) * 1000) / pairs.length, 0),
			rounded(median(times[index]!) / median(times[0]!), 2),
		]),
	);
}

function measureLarge(others: Others | null): void {
	const [left, right] = largePair();
	const inserted = largeBody(1, '{"id":-1,"new":true},');
	const pairs = [
		pairOf(`${itemCount.toLocaleString('en')} changed items`, left, right),
		pairOf('1 item inserted at the front', left, inserted),
	];
	const works: Work[] = [
		...worksFrom(others),
		['ours, from bytes, with counts and what is ignored', ({ left, right }) => compareBytes(left, right)],
		['the first 200 rows of a view, from bytes', ({ left, right }) => new ComparisonWork(left, right, []).rows(0, 200)],
	];
	const rows = pairs.flatMap((pair): Cell[][] => {
		process.stderr.write(`diff: ${largeRounds} rounds of 1 MB, ${pair.name}\n`);
		const times = measure(works, [pair], largeRounds);
		return works.map(([name, run], index) => {
			const found = run(pair);
			return [
				pair.name,
				name,
				rounded(median(times[index]!), 1),
				rounded(median(times[index]!) / median(times[0]!), 2),
				Array.isArray(found) && !name.startsWith('the first') ? found.length : null,
			];
		});
	});
	printTable(
		`Difference: milliseconds for documents of ${rounded(left.length / 1e6, 2)} MB, medians of ${largeRounds} rounds`,
		['pair', 'what', 'median', 'of the first', 'differences told'],
		rows,
	);
}

function compareBytes(left: Uint8Array, right: Uint8Array): unknown {
	return compareDocuments(scanned(left), scanned(right), ['updated_at', '/items/*/note']);
}

/** Milliseconds a round, for each work; the first round warms up. */
function measure(works: readonly Work[], pairs: readonly Pair[], rounds: number): number[][] {
	const times: number[][] = works.map(() => []);
	for (let round = 0; round <= rounds; round++) {
		for (const [index, [, run]] of works.entries()) {
			const startedAt = performance.now();
			for (const pair of pairs) run(pair);
			if (round > 0) times[index]!.push(performance.now() - startedAt);
		}
	}
	return times;
}

function pairOf(name: string, left: Uint8Array<ArrayBuffer>, right: Uint8Array<ArrayBuffer>): Pair {
	const decoder = new TextDecoder();
	const texts = [decoder.decode(left), decoder.decode(right)] as const;
	const values = [JSON.parse(texts[0]) as object, JSON.parse(texts[1]) as object] as const;
	return { name, left, right, texts, documents: [scanned(left), scanned(right)], values };
}

function scanned(body: Uint8Array): JsonDocument {
	const result = scanJson(body);
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

function largePair(): [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] {
	return [largeBody(1), largeBody(2)];
}

/** About 1 MB: members that stay, and items of which each has a value that goes with the factor. */
function largeBody(factor: number, front = ''): Uint8Array<ArrayBuffer> {
	const kept = Array.from({ length: 20 }, (_, index) => `"kept_${index}":${index}`);
	const items = Array.from(
		{ length: itemCount },
		(_, id) =>
			`{"id":${id},"name":"Item ${id}","value":${(id + 1) * factor},"tags":["a","b"],"note":"as it was before"}`,
	);
	return bytes(`{${kept.join(',')},"items":[${front}${items.join(',')}]}`);
}

/** What one look at a comparison took, in milliseconds. */
interface Look extends Busy {
	/** A bare page: both bodies fetched and parsed. */
	bare: number;
	/** From the address to the first rows, fetching both bodies included. */
	shown: number;
}

async function measureShown(): Promise<void> {
	const inspector = await startInspector();
	try {
		for (const body of [...largePair(), bytes('{"a":1}'), bytes('{"a":2}')]) {
			const headers = { 'Content-Type': 'application/json' };
			await fetch(inspector.capture, { method: 'POST', body, headers });
		}
		await withBrowser(async (browser) => {
			const page = await openProbedPage(browser);
			await page.goto(inspector.page);
			await page.locator('[role=grid] [role=row][aria-selected]').first().waitFor();
			const barePage = await page.context().newPage();
			await barePage.goto(`${inspector.origin}/favicon.png`);
			const looks: Look[] = [];
			for (let round = 0; round <= shownRounds; round++) {
				process.stderr.write(`diff: look ${round} of ${shownRounds}\n`);
				const look = { bare: await fetchAndParse(barePage), ...(await lookAtPair(page)) };
				// The first one loads the panel.
				if (round > 0) looks.push(look);
			}
			printShown(looks, await watchIdlePage(browser));
		});
	} finally {
		await inspector.stop();
	}
}

/** The small pair first, which has no folded lines; those of the large one are its first row. */
async function lookAtPair(page: Page): Promise<Omit<Look, 'bare'>> {
	const fold = '[aria-label="Differences"] .fold';
	await page.bringToFront();
	await page.evaluate(() => (location.hash = '#/compare?left=3&right=4'));
	await page.locator('[aria-label="Differences"] mark').first().waitFor();
	await page.locator(fold).first().waitFor({ state: 'detached' });
	let shown = 0;
	const busy = await watchTasks(page, async () => {
		shown = await page.evaluate(async (selector) => {
			const startedAt = performance.now();
			window.probe.watch(selector);
			location.hash = '#/compare?left=1&right=2';
			return (await window.probe.seen) - startedAt;
		}, fold);
	});
	return { shown, ...busy };
}

/** Milliseconds until both bodies have been fetched and parsed, and a frame was painted. */
async function fetchAndParse(page: Page): Promise<number> {
	await page.bringToFront();
	return page.evaluate(async () => {
		const startedAt = performance.now();
		const read = async (id: number) => (await (await fetch(`/api/deliveries/${id}/body`)).json()) as object;
		const values = await Promise.all([1, 2].map(read));
		document.documentElement.setAttribute('data-values', String(values.length));
		return (await window.probe.painted()) - startedAt;
	});
}

function printShown(looks: readonly Look[], idle: Busy): void {
	const longTasks = looks.flatMap((look) => look.longTasks);
	const bare = median(looks.map((look) => look.bare));
	const row = (what: string, read: (look: Look) => number): Cell[] => {
		const times = looks.map(read);
		return [what, rounded(median(times), 0), rounded(Math.max(...times), 0), rounded(median(times) / bare, 2)];
	};
	printTable(
		`Difference: two deliveries of ${rounded(largeBody(1).length / 1e6, 2)} MB with 10,000 changed items side by side, ms, ${looks.length} looks`,
		['what', 'median', 'slowest', 'of bare'],
		[
			row('bare page: both bodies fetched and parsed', (look) => look.bare),
			row('first rows painted, both bodies fetched and compared (goal: 200)', (look) => look.shown),
			row('longest time between frames', (look) => look.longestGap),
			[
				`tasks over 50 ms on the page’s main thread: ${longTasks.length}`,
				null,
				Math.max(...longTasks, 0) || null,
				null,
			],
			['a page that does nothing: longest time between frames', null, rounded(idle.longestGap, 0), null],
		],
	);
}
