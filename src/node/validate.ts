import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { ContractChoice, Report } from '../chatwoot/check/report';
import { checkFile } from './checked-file';
import { UsageError } from './options';
import { findingLine, shownFindings, Summary, type PrintOptions } from './report-lines';

const usage = 'Usage: chatwoot-webhook validate [options] FILE…   (or - for standard input)';

const help = `${usage}

Checks payloads of Chatwoot webhooks. A file holds a payload, an object with headers and body, or one of these in
each line.

  --contract both|guide   who judges: guide and wire (the default), or the guide alone
  --format pretty|json    a line for each finding (the default), or an array of reports
  --drift                 also print where guide and wire differ
  --quiet                 print errors only

Exit code 0: no error found. 1: errors found. 2: a file could not be read, or an option is wrong.`;

interface ValidateOptions extends PrintOptions {
	contract: ContractChoice;
	format: 'pretty' | 'json';
	files: string[];
}

/** A file that can't be read; the message says why. */
class UnreadableError extends Error {
	override name = 'UnreadableError';
}

/**
 * The command `validate`. Resolves to the exit code: 0 without an error in any payload, 1 with one, 2 when a file could
 * not be read (the others are checked all the same) or an option is wrong.
 */
export async function validate(args: readonly string[]): Promise<number> {
	if (args.includes('--help') || args.includes('-h')) {
		console.log(help);
		return 0;
	}
	try {
		return await checkFiles(readOptions(args));
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		console.error(`${error.message}\n${usage}`);
		return 2;
	}
}

async function checkFiles(options: ValidateOptions): Promise<number> {
	const output = new Output(options);
	let isComplete = true;
	for (const file of options.files) {
		try {
			const bytes = file === '-' ? await buffer(process.stdin) : await readBytes(file);
			for (const { report, line } of checkFile(bytes, options.contract)) await output.add(file, line, report);
		} catch (error) {
			if (!(error instanceof UnreadableError)) throw error;
			console.error(error.message);
			isComplete = false;
		}
	}
	await output.end();
	if (!isComplete) console.error(usage);
	return isComplete ? (output.summary.counts.error > 0 ? 1 : 0) : 2;
}

/** Longer ones do not fit into one JavaScript string. */
const longestFile = 512 * 1024 * 1024 - 32;

async function readBytes(file: string): Promise<Uint8Array> {
	try {
		const facts = await stat(file);
		if (facts.isDirectory()) throw new UnreadableError(`${file} is a folder. Name the files in it.`);
		if (facts.size > longestFile) throw new UnreadableError(`${file} is too long; a file may have 512 MiB.`);
		return await readFile(file);
	} catch (error) {
		if (error instanceof UnreadableError) throw error;
		const { code, message } = error as NodeJS.ErrnoException;
		const reasons: Record<string, string> = { ENOENT: 'there is no such file', EACCES: 'it may not be read' };
		throw new UnreadableError(`${file} can't be read: ${reasons[code ?? ''] ?? message}.`, { cause: error });
	}
}

function readOptions(args: readonly string[]): ValidateOptions {
	const { values, positionals } = parse(args);
	const contract = oneOf('--contract', values.contract ?? 'both', ['both', 'guide'] as const);
	const format = oneOf('--format', values.format ?? 'pretty', ['pretty', 'json'] as const);
	if (positionals.length === 0) throw new UsageError('No file is named.');
	if (positionals.filter((file) => file === '-').length > 1) {
		throw new UsageError('Standard input (-) can be read once only.');
	}
	const isColoured = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
	return {
		contract,
		format,
		files: positionals,
		showsDrift: values.drift ?? false,
		isQuiet: values.quiet ?? false,
		isColoured,
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			options: {
				contract: { type: 'string' },
				format: { type: 'string' },
				drift: { type: 'boolean' },
				quiet: { type: 'boolean' },
			},
			allowPositionals: true,
		});
	} catch (error) {
		throw new UsageError(`${(error as Error).message.split('. ')[0]!}.`);
	}
}

function oneOf<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
	const found = choices.find((choice) => choice === text);
	if (found === undefined) throw new UsageError(`${name} takes ${choices.join(' or ')}, not "${text}".`);
	return found;
}

/** Standard output. When whoever reads it stops reading, printing ends, and the judgement goes on for the exit code. */
class Output {
	readonly summary = new Summary();
	readonly #options: ValidateOptions;
	#isOpen = true;
	#count = 0;

	constructor(options: ValidateOptions) {
		this.#options = options;
		process.stdout.on('error', (error: NodeJS.ErrnoException) => {
			if (error.code !== 'EPIPE') throw error;
			this.#isOpen = false;
		});
	}

	async add(file: string, line: number | null, report: Report): Promise<void> {
		this.summary.add(file, report);
		if (this.#options.format === 'json') {
			const findings = this.#options.isQuiet ? shownFindings(report.findings, this.#options) : report.findings;
			const entry = { file, ...(line === null ? {} : { line }), ...report, findings };
			await this.#write(`${this.#count === 0 ? '[\n' : ',\n'}${JSON.stringify(entry)}`);
		} else {
			const lines = shownFindings(report.findings, this.#options).map((finding) =>
				findingLine(file, finding, this.#options),
			);
			if (lines.length > 0) await this.#write(`${lines.join('\n')}\n`);
		}
		this.#count++;
	}

	async end(): Promise<void> {
		if (this.#options.format === 'json') await this.#write(this.#count === 0 ? '[]\n' : '\n]\n');
		else if (!this.#options.isQuiet && this.#count > 0) await this.#write(`${this.summary.line(this.#options)}\n`);
	}

	/** Waits while the reader is slow, so that output never piles up in memory. */
	async #write(text: string): Promise<void> {
		if (!this.#isOpen || process.stdout.write(text)) return;
		await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(() => undefined);
	}
}
