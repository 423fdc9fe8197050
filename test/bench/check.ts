import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import standaloneCode from 'ajv/dist/standalone';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { check } from '../../src/chatwoot/check/check';
import { wire } from '../../src/chatwoot/contract/wire/wire';
import { jsonSchema } from '../../src/chatwoot/export/json-schema';
import { scanJson, type JsonDocument } from '../../src/json/scan';
import type { JsonValue } from '../../src/json/value';
import { withBrowser } from '../browser/launch';
import { samples } from '../deliveries';
import type * as Checking from './check-subject';
import type { CheckDone, CheckOrder } from './check-worker';
import { startFilledInspector } from './filled-inspector';
import { openProbedPage, watchIdlePage, watchTasks } from './page-probe';
import { median, printTable, quantile, rounded, type Cell } from './table';

/** One genuine body in every form that a contender reads. */
interface Subject {
	body: Uint8Array;
	text: string;
	document: JsonDocument;
	value: JsonValue;
	headers: [string, string][];
	validate: ValidateFunction;
}

const rounds = 60;
const warmUpRounds = 20;
const recheckedCount = 10_000;

/**
 * What checking costs: a full report against both contracts of a parsed payload, beside ajv with code compiled ahead
 * for our own exported schema of the wire, with all errors on; and how a page fares while its worker checks 10,000
 * deliveries. Both are measured as one program, as they are shipped. The rounds are interleaved, so that all meet the
 * same machine.
 */
export async function benchmarkCheck(): Promise<void> {
	process.stderr.write('check: compiling schemas\n');
	const subjects = readSubjects();
	const checking = loadProgram<typeof Checking>(await bundled('check-subject.ts', 'cjs'));
	const { checkDocument, countFindings, scanJson } = checking;
	const works: [string, (subject: Subject) => unknown][] = [
		['report: findings by both contracts', ({ document, headers }) => checkDocument(document, { headers })],
		['counts only, for a summary', ({ document, headers }) => countFindings(document, { headers })],
		['ajv: schema of the wire, standalone, all errors', ({ validate, value }) => validate(value)],
		['parsing with positions (scanJson)', ({ body }) => scanJson(body)],
		['JSON.parse', ({ text }) => JSON.parse(text) as unknown],
	];
	process.stderr.write(`check: ${rounds} rounds over ${subjects.length} payloads\n`);
	const times = measure(subjects, works);
	const ajv = median(times[2]!);
	const rows = works.map(([name], index): Cell[] => {
		const own = times[index]!;
		return [name, rounded(median(own), 1), rounded(quantile(own, 0.9), 1), rounded(median(own) / ajv, 2)];
	});
	const bytes = subjects.reduce((sum, { body }) => sum + body.length, 0) / subjects.length;
	printTable(
		`Check: microseconds a payload, ${subjects.length} genuine payloads of ${rounded(bytes, 0)} bytes on average, ${rounds} rounds`,
		['what', 'median', '90 %', 'of ajv'],
		rows,
	);
	await benchmarkWorker(subjects);
}

/** All samples that releases send, as the check itself says. */
function readSubjects(): Subject[] {
	const ajv = new Ajv2020({ allErrors: true, strict: false, code: { source: true } });
	const validators = new Map<string, ValidateFunction>();
	return samples().flatMap((sample) => {
		const text = new TextDecoder().decode(sample.body);
		const value = JSON.parse(text) as { event: string };
		const headers = Object.entries(sample.headers);
		const scan = scanJson(sample.body);
		const { form, event } = check(sample.body, { headers });
		if (!scan.ok || form !== 'wire' || event === null) return [];
		let validate = validators.get(event);
		if (!validate) {
			validate = compiledAhead(ajv, ajv.compile(jsonSchema(wire, event)));
			validators.set(event, validate);
		}
		return [{ body: sample.body, text, document: scan.document, value, headers, validate }];
	});
}

/** The validator as a program of its own, as it would be shipped. */
function compiledAhead(ajv: Ajv2020, validate: ValidateFunction): ValidateFunction {
	return loadProgram(standaloneCode(ajv, validate));
}

/** What a CommonJS program exports. */
function loadProgram<Exported>(code: string): Exported {
	const loaded = { exports: {} as Exported };
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- ajv's output and our own bundle, here alone
	const load = new Function('module', 'exports', 'require', code) as (
		module: typeof loaded,
		exports: Exported,
		require: NodeJS.Require,
	) => void;
	load(loaded, loaded.exports, createRequire(import.meta.url));
	return loaded.exports;
}

/** Microseconds a payload, per round, for each work. */
function measure(subjects: readonly Subject[], works: readonly [string, (subject: Subject) => unknown][]): number[][] {
	const times: number[][] = works.map(() => []);
	for (let round = -warmUpRounds; round < rounds; round++) {
		for (const [index, [, work]] of works.entries()) {
			const startedAt = performance.now();
			for (const subject of subjects) work(subject);
			const taken = ((performance.now() - startedAt) * 1000) / subjects.length;
			if (round >= 0) times[index]!.push(taken);
		}
	}
	return times;
}

async function benchmarkWorker(subjects: readonly Subject[]): Promise<void> {
	process.stderr.write(`check: ${recheckedCount} deliveries in a worker\n`);
	const code = await bundled('check-worker.ts', 'es');
	const inspector = await startFilledInspector(1000);
	try {
		await withBrowser(async (browser) => {
			const page = await openProbedPage(browser);
			await page.route('**/bench-check-worker.js', (route) =>
				route.fulfill({ contentType: 'text/javascript', body: code }),
			);
			await page.goto(inspector.page);
			await page.locator('[role=grid] [role=row][aria-selected]').first().waitFor();
			const before = await watchIdlePage(browser);
			const texts = subjects.map(({ text }) => text);
			let done: CheckDone = { milliseconds: 0, findings: 0 };
			const busy = await watchTasks(page, async () => {
				done = await page.evaluate(
					([all, count]) =>
						new Promise<CheckDone>((resolve, reject) => {
							const worker = new Worker('/bench-check-worker.js', { type: 'module' });
							worker.onerror = (event) => reject(new Error(event.message));
							worker.onmessage = ({ data }: MessageEvent<CheckDone>) => resolve(data);
							const bodies = all.map((text) => new TextEncoder().encode(text));
							worker.postMessage({ bodies, count } satisfies CheckOrder);
						}),
					[texts, recheckedCount] as const,
				);
			});
			printTable(
				`Check: ${recheckedCount.toLocaleString('en')} deliveries parsed and checked in a worker of the open page`,
				['what', 'value'],
				[
					['seconds', rounded(done.milliseconds / 1000, 2)],
					['microseconds a delivery', rounded((done.milliseconds * 1000) / recheckedCount, 0)],
					['longest time between two frames of the page, ms', rounded(busy.longestGap, 1)],
					['tasks over 50 ms on the page’s main thread', busy.longTasks.length],
					['a page that does nothing: longest time between two frames, ms', rounded(before.longestGap, 1)],
				],
			);
		});
	} finally {
		await inspector.stop();
	}
}

/** A file of this folder and all that it imports as one program. */
async function bundled(name: string, format: 'es' | 'cjs'): Promise<string> {
	const entry = fileURLToPath(new URL(name, import.meta.url));
	const built = await build({
		configFile: false,
		logLevel: 'warn',
		build: { write: false, minify: false, lib: { entry, formats: [format], fileName: 'program' } },
	});
	const [output] = Array.isArray(built) ? built : [built];
	if (!output || !('output' in output)) throw new Error(`${name} could not be built.`);
	return output.output[0].code;
}
