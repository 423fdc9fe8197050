import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { followChain } from '../changes/chain';
import { conversationKey, type ChainEntry } from '../changes/chain-entry';
import type { ChainRemark, RemarkKind } from '../changes/chain-remarks';
import { readBody } from '../deliveries/body-reading';
import { readRecording } from '../deliveries/recording';
import { readFacts } from '../deliveries/summary';
import { UsageError } from './options';
import { counted, printable } from './report-lines';

const usage = 'Usage: chatwoot-webhook chain [options] RECORDING   (or - for standard input)';

const help = `${usage}

Tells whether deliveries are missing from a recording: consecutive conversation_updated of one conversation must fit
each other. Also what came twice, what was overtaken, and what its own body contradicts; these are remarks.

A recording has a delivery in each line (NDJSON), in order of arrival. The inspector writes one:
  curl -H "Authorization: Bearer TOKEN" http://127.0.0.1:4400/api/recording > recording.ndjson

  --format pretty|json   a line for each remark (the default), or an array of
                         { kind, at, since, attributes, message }

Lines are numbered from 1 in words, as editors do, and from 0 in at and since.

Exit code 0: no gap. 1: a delivery is missing. 2: the recording could not be read whole, or an option is wrong.`;

interface ChainOptions {
	format: 'pretty' | 'json';
	file: string;
}

/** The recording can't be read; the message says why. */
class UnreadableError extends Error {
	override name = 'UnreadableError';
}

/**
 * The command `chain`. Resolves to the exit code: 0 without a gap, 1 with one, 2 when the recording could not be read or
 * has lines that are no deliveries (the others are judged all the same), or an option is wrong.
 */
export async function chain(args: readonly string[]): Promise<number> {
	if (args.includes('--help') || args.includes('-h')) {
		console.log(help);
		return 0;
	}
	try {
		return await followFile(readOptions(args));
	} catch (error) {
		if (!(error instanceof UsageError) && !(error instanceof UnreadableError)) throw error;
		console.error(`${error.message}\n${usage}`);
		return 2;
	}
}

async function followFile({ file, format }: ChainOptions): Promise<number> {
	const recording = await readEntries(file);
	const remarks = followChain(recording.entries, (line) => `line ${line + 1}`);
	await write(format === 'json' ? jsonText(remarks) : prettyText(file, remarks, recording));
	if (!recording.isWhole) return 2;
	return remarks.some(({ kind }) => kind === 'gap') ? 1 : 0;
}

interface Recording {
	/** Without those that the chain passes over anyway. */
	entries: ChainEntry[];
	deliveries: number;
	conversations: number;
	/** Whether every line was a delivery. */
	isWhole: boolean;
}

/** Reads the recording in a stream; of each delivery only what the chain needs is kept. */
async function readEntries(file: string): Promise<Recording> {
	const recording: Recording = { entries: [], deliveries: 0, conversations: 0, isWhole: true };
	const accounts = new Map<string, Set<number>>();
	try {
		for await (const read of readRecording(file === '-' ? process.stdin : createReadStream(file))) {
			if ('problem' in read) {
				console.error(`${printable(file)}: ${read.problem}`);
				recording.isWhole = false;
				continue;
			}
			recording.deliveries++;
			const entry = entryOf(read.line, readFacts(read.delivery, readBody(read.delivery.body)));
			if (entry.conversationId !== null) countConversation(accounts, entry);
			if (entry.deliveryHeaderId !== null || entry.event === 'conversation_updated') recording.entries.push(entry);
		}
	} catch (error) {
		throw unreadable(file, error);
	}
	for (const known of accounts.values()) recording.conversations += Math.max(1, known.size);
	return recording;
}

/** A copy of what is needed: the rest of the facts would stay in memory for every line. */
function entryOf(line: number, facts: Omit<ChainEntry, 'id'>): ChainEntry {
	const { endpoint, event, accountId, conversationId, deliveryHeaderId, bodyHash } = facts;
	const changed = event === 'conversation_updated' ? facts.changed : [];
	return { id: line, endpoint, event, accountId, conversationId, changed, deliveryHeaderId, bodyHash };
}

function countConversation(accounts: Map<string, Set<number>>, entry: ChainEntry): void {
	const key = conversationKey(entry.endpoint, entry.conversationId!);
	let known = accounts.get(key);
	if (known === undefined) accounts.set(key, (known = new Set()));
	if (entry.accountId !== null) known.add(entry.accountId);
}

function unreadable(file: string, error: unknown): unknown {
	const { code, message } = error as NodeJS.ErrnoException;
	if (code === undefined) return error;
	const reasons: Record<string, string> = {
		ENOENT: 'there is no such file',
		EACCES: 'it may not be read',
		EISDIR: 'it is a folder',
	};
	return new UnreadableError(`${file} can't be read: ${reasons[code] ?? message}.`, { cause: error });
}

function jsonText(remarks: readonly ChainRemark[]): string {
	const lines = remarks.map(({ kind, at, since, attributes, message }) =>
		JSON.stringify({ kind, at, since, attributes, message }),
	);
	return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}

function prettyText(file: string, remarks: readonly ChainRemark[], recording: Recording): string {
	const isColoured = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
	const lines = remarks.map(({ kind, at, message }) => {
		const word = isColoured ? `\u001b[${kind === 'gap' ? 33 : 36}m${kind}\u001b[39m` : kind;
		return [`${printable(file)}:${at + 1}`, word, printable(message)].join('  ');
	});
	return [...lines, summaryLine(remarks, recording), ''].join('\n');
}

/** `1,204 deliveries, 83 conversations: 1 gap, 2 duplicates`. */
function summaryLine(remarks: readonly ChainRemark[], { deliveries, conversations }: Recording): string {
	const count = (kind: RemarkKind) => remarks.filter((remark) => remark.kind === kind).length;
	const found = [
		counted(count('gap'), 'gap'),
		counted(count('duplicate'), 'duplicate'),
		count('reordered') > 0 ? `${count('reordered').toLocaleString('en')} reordered` : '',
		count('contradiction') > 0 ? counted(count('contradiction'), 'contradiction') : '',
	].filter((text) => text !== '');
	const subject = `${counted(deliveries, 'delivery', 'deliveries')}, ${counted(conversations, 'conversation')}`;
	return `${subject}: ${found.join(', ')}`;
}

function readOptions(args: readonly string[]): ChainOptions {
	const { values, positionals } = parse(args);
	const format = values.format ?? 'pretty';
	if (format !== 'pretty' && format !== 'json') {
		throw new UsageError(`--format takes pretty or json, not "${format}".`);
	}
	const [file, ...others] = positionals;
	if (file === undefined) throw new UsageError('No recording is named.');
	if (others.length > 0) throw new UsageError('One recording is followed at a time.');
	return { format, file };
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({ args: [...args], options: { format: { type: 'string' } }, allowPositionals: true });
	} catch (error) {
		throw new UsageError(`${(error as Error).message.split('. ')[0]!}.`);
	}
}

/** A reader that goes away early is no fault: the exit code says what was found. */
async function write(text: string): Promise<void> {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
	if (process.stdout.write(text)) return;
	await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(() => undefined);
}
