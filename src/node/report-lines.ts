import type { BodyForm, Finding, FindingCounts, Report, Severity } from '../chatwoot/check/report';
import { releaseWords } from '../chatwoot/contract/releases';

/** What is printed of findings. */
export interface PrintOptions {
	/** Also findings of severity info, where guide and wire differ. */
	showsDrift: boolean;
	/** Errors alone, and no summary. */
	isQuiet: boolean;
	isColoured: boolean;
}

const colours: Readonly<Record<Severity, string>> = { error: '31', warning: '33', info: '36' };

/** The findings that are to be printed. */
export function shownFindings(findings: readonly Finding[], { showsDrift, isQuiet }: PrintOptions): Finding[] {
	return findings.filter(
		({ severity }) => severity === 'error' || (!isQuiet && (severity === 'warning' || showsDrift)),
	);
}

/**
 * A finding as one line for people and for programs that read lines, such as editors:
 * `FILE:LINE:COLUMN  severity  code  pointer  message`. The root's pointer, an empty text, is written `(root)`. What
 * comes from a payload can neither begin a new line nor command the terminal.
 */
export function findingLine(file: string, finding: Finding, { isColoured }: PrintOptions): string {
	const { severity, code, pointer, message, line, column } = finding;
	const word = isColoured ? `\u001b[${colours[severity]}m${severity}\u001b[39m` : severity;
	const place = printable(pointer === '' ? '(root)' : pointer);
	return [`${printable(file)}:${line ?? 1}:${column ?? 1}`, word, code, place, printable(message)].join('  ');
}

/** Text that may come from a payload, so that it can neither begin a line nor command the terminal. */
export function printable(text: string): string {
	return text.replace(
		/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** What all files together gave. */
export class Summary {
	readonly counts: FindingCounts = { error: 0, warning: 0, info: 0 };
	#payloads = 0;
	#faulty = 0;
	readonly #files = new Set<string>();
	#first: Report | null = null;

	add(file: string, report: Report): void {
		for (const severity of ['error', 'warning', 'info'] as const) this.counts[severity] += report.counts[severity];
		if (report.counts.error > 0) this.#faulty++;
		this.#payloads++;
		this.#files.add(file);
		this.#first ??= report;
	}

	/** One line; of a single payload it also says what it is. */
	line({ showsDrift }: PrintOptions): string {
		const { error, warning, info } = this.counts;
		const subject =
			this.#payloads === 1
				? describe(this.#first!)
				: `${counted(this.#payloads, 'payload')} in ${counted(this.#files.size, 'file')}`;
		const where = error > 0 && this.#payloads > 1 ? ` in ${counted(this.#faulty, 'payload')}` : '';
		const hint = info > 0 && !showsDrift ? ' (--drift lists them)' : '';
		return `${subject}: ${counted(error, 'error')}${where}, ${counted(warning, 'warning')}, ${counted(info, 'note')} on drift${hint}`;
	}
}

const formWords: Readonly<Record<BodyForm, string | null>> = {
	wire: 'as releases send it',
	guide: 'as the guide lists it',
	'guide-sample': 'as the guide’s sample',
	unknown: null,
};

function describe({ event, form, releases }: Report): string {
	const range = releaseWords(releases.from, releases.to);
	const parts = [event === null ? 'Payload' : printable(event), formWords[form], range && `Chatwoot ${range}`];
	return parts.filter((part) => part !== null).join(', ');
}

/** `1,204 deliveries`, `1 gap`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
	return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}
