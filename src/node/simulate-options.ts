import { parseArgs } from 'node:util';
import { scenarioNames, scenarios, type ScenarioName } from '../simulator/scenarios';
import { defaultStart } from '../simulator/simulated-account';
import { UsageError } from './options';

/** What signs unless told otherwise: 24 letters and digits, as Chatwoot makes them. */
export const defaultSecret = 'simulatedWebhookSecret01';

const defaultCount = 1000;
const mostRate = 10_000;

export interface SimulateOptions {
	/** Where requests are posted; null for a recording. */
	to: URL | null;
	/** The file that the recording is written to, `-` for standard output; null when requests are posted. */
	out: string | null;
	scenario: ScenarioName;
	seed: number;
	/** Deliveries a second. */
	rate: number;
	/** When to stop; null when only the script or the person ends it. */
	count: number | null;
	secret: string;
	/** In Unix milliseconds. */
	start: number;
	/** How many requests may be under way at once. */
	concurrency: number;
}

export const simulateUsage = 'Usage: chatwoot-webhook simulate (--to URL | --out FILE) [options]';

/** The help text of `simulate`. */
export function simulateHelp(): string {
	const rates = scenarioNames.map((name) => `${name} ${scenarios[name].rate}`).join(', ');
	return [
		simulateUsage,
		'',
		'Sends what a Chatwoot account sends to its webhook, release 4.14.2: an invented shop whose agents, bot and customers',
		'go through conversations, signed, with consistent ids and values. The same options give the same bytes.',
		'',
		'  --to URL           post to this address, in real time; Ctrl+C ends it',
		'  --out FILE         write a recording instead, as fast as it goes (- for standard output)',
		'  --scenario NAME    one of those below (calm)',
		'  --seed NUMBER      a whole number; another one is another account (with --to a new one each time, with --out 1)',
		`  --rate NUMBER      deliveries a second, up to ${mostRate} (${rates})`,
		`  --count NUMBER     stop after so many (with --to no end, with --out ${defaultCount})`,
		`  --secret TEXT      the webhook's secret (${defaultSecret}); --secret= signs nothing`,
		'  --start TIME       when the account’s clock starts, such as 2026-06-09T10:00:00Z, or now',
		'                     (with --to now, so that timestamps are fresh; with --out 2026-06-09T10:00:00Z)',
		'  --concurrency N    requests under way at once with --to, 1 to 8 (1, which keeps their order)',
		'',
		...scenarioNames.map((name) => `  ${name.padEnd(19)}${scenarios[name].description}`),
		'',
		'Exit code 0: done. 1: the address can’t be reached. 2: an option is wrong, or the file can’t be written.',
	].join('\n');
}

/**
 * Reads the flags of `simulate`. Throws a UsageError that says what an option takes.
 * @param now in Unix milliseconds
 */
export function readSimulateOptions(args: readonly string[], now: number): SimulateOptions {
	const values = parse(args);
	if ((values.to === undefined) === (values.out === undefined)) {
		throw new UsageError(`Name one of --to URL and --out FILE${values.to === undefined ? '' : ', not both'}.`);
	}
	if (values.out === '') throw new UsageError('--out takes a file’s name, or - for standard output.');
	const isPosting = values.to !== undefined;
	const scenario = readScenario(values.scenario ?? 'calm');
	// A receiver that has had one run already would take the same delivery ids for retries.
	const defaultSeed = isPosting ? String(Math.floor(now / 1000)) : '1';
	const isEndless = isPosting || scenario === 'tour';
	return {
		to: values.to === undefined ? null : readUrl(values.to),
		out: values.out ?? null,
		scenario,
		seed: readWhole('--seed', values.seed ?? defaultSeed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
		rate: values.rate === undefined ? scenarios[scenario].rate : readRate(values.rate),
		count:
			values.count === undefined
				? isEndless
					? null
					: defaultCount
				: readWhole('--count', values.count, 1, Number.MAX_SAFE_INTEGER),
		secret: values.secret ?? defaultSecret,
		start: values.start === undefined ? (isPosting ? now : defaultStart) : readStart(values.start, now),
		concurrency: readWhole('--concurrency', values.concurrency ?? '1', 1, 8),
	};
}

function parse(args: readonly string[]) {
	const text = { type: 'string' } as const;
	const options = {
		to: text,
		out: text,
		scenario: text,
		seed: text,
		rate: text,
		count: text,
		secret: text,
		start: text,
		concurrency: text,
	};
	try {
		return parseArgs({ args: joined(args), options, strict: true, allowPositionals: false }).values;
	} catch (error) {
		throw new UsageError(`${(error as Error).message.split('. ')[0]!}.`);
	}
}

/** A value that begins with a minus would be taken for an option: `--seed -5`, `--out -`. */
function joined(args: readonly string[]): string[] {
	const list: string[] = [];
	for (const argument of args) {
		const isValue = /^-(\d.*)?$/.test(argument) && /^--[a-z]+$/.test(list.at(-1) ?? '');
		if (isValue) list.push(`${list.pop()!}=${argument}`);
		else list.push(argument);
	}
	return list;
}

function readUrl(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) {
		throw new UsageError(`--to takes an address such as http://127.0.0.1:4400/hooks/NAME, not "${text}".`);
	}
	return url;
}

function readScenario(text: string): ScenarioName {
	const found = scenarioNames.find((name) => name === text);
	if (found === undefined) throw new UsageError(`--scenario takes ${scenarioNames.join(', ')}, not "${text}".`);
	return found;
}

function readWhole(name: string, text: string, least: number, most: number): number {
	const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
	if (value >= least && value <= most) return value;
	const range = most < 1e9 ? ` from ${least} to ${most}` : least > 0 ? ` from ${least} on` : '';
	throw new UsageError(`${name} takes a whole number${range}, not "${text}".`);
}

function readRate(text: string): number {
	const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
	if (value > 0 && value <= mostRate) return value;
	throw new UsageError(`--rate takes a number above 0 and up to ${mostRate}, not "${text}".`);
}

function readStart(text: string, now: number): number {
	if (text === 'now') return now;
	const isWhole = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/.test(text);
	const time = isWhole ? Date.parse(text) : NaN;
	if (!Number.isNaN(time)) return time;
	throw new UsageError(`--start takes a time such as 2026-06-09T10:00:00Z, or now, not "${text}".`);
}
