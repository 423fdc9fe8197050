import { parseArgs } from 'node:util';

/** A wrong option: the message says which and what it takes. */
export class UsageError extends Error {
	override name = 'UsageError';
}

export interface StartOptions {
	port: number;
	host: string;
	data: string;
	token: string | undefined;
	endpoint: string | undefined;
	/** Chatwoot's webhook secret; empty when the one that is kept is to be forgotten. */
	secret: string | undefined;
	allowHosts: string[];
	bodyLimitBytes: number;
	keepCount: number;
	keepBytes: number;
	keepAgeMilliseconds: number | null;
	open: boolean;
}

interface OptionText {
	variable: string;
	value: string;
	help: string;
}

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

/** Every option of `start`, in the order of the help text. */
const optionTexts: Record<string, OptionText> = {
	port: { variable: 'PORT', value: 'NUMBER', help: 'port to listen on; 0 takes a free one (4400)' },
	host: { variable: 'HOST', value: 'ADDRESS', help: 'address to listen on (127.0.0.1)' },
	data: { variable: 'DATA_DIR', value: 'FOLDER', help: 'where deliveries are kept (.data)' },
	token: { variable: 'TOKEN', value: 'TEXT', help: 'token of the inspector (made once, kept in the folder)' },
	endpoint: { variable: 'ENDPOINT', value: 'NAME', help: 'name in the capture URL (made once, kept in the folder)' },
	secret: {
		variable: 'SECRET',
		value: 'TEXT',
		help: "Chatwoot's webhook secret, to check signatures (kept in the folder once given; --secret= forgets it)",
	},
	'allow-host': {
		variable: 'ALLOW_HOST',
		value: 'NAME,…',
		help: 'host names that may show the inspector, besides loopback',
	},
	'body-limit': { variable: 'BODY_LIMIT', value: 'SIZE', help: 'longest body that is kept whole (10MiB)' },
	'keep-count': { variable: 'KEEP_COUNT', value: 'NUMBER', help: 'deliveries kept (1000000)' },
	'keep-bytes': { variable: 'KEEP_BYTES', value: 'SIZE', help: 'bytes kept (8GiB)' },
	'keep-age': { variable: 'KEEP_AGE', value: 'TIME', help: 'how long deliveries are kept: 90s, 30m, 12h, 7d (no end)' },
	open: { variable: 'OPEN', value: '', help: 'open the inspector in the browser' },
};

/** The help text of `start`. */
export function startHelp(): string {
	const lines = Object.entries(optionTexts).map(([name, { variable, value, help }]) => {
		const flag = value === '' ? `--${name}` : `--${name} ${value}`;
		return `  ${flag.padEnd(24)}${variable.padEnd(13)}${help}`;
	});
	return [
		'Usage: npm start -- [options]',
		'',
		'  option                  variable     meaning (default)',
		...lines,
	].join('\n');
}

/** Reads the flags, then the environment, then the defaults. Throws a UsageError. */
export function readStartOptions(args: readonly string[], environment: NodeJS.ProcessEnv): StartOptions {
	const flags = readFlags(args);
	const read = (name: string): string | undefined => {
		const flag = flags[name];
		const text = typeof flag === 'string' ? flag : environment[optionTexts[name]!.variable];
		return text === '' ? undefined : text;
	};
	const endpoint = read('endpoint');
	if (endpoint !== undefined && !isEndpointName(endpoint)) {
		throw new UsageError('--endpoint takes letters, digits and . _ ~ - (at most 100), and is neither . nor ..');
	}
	return {
		port: readCount('--port', read('port') ?? '4400', { least: 0, most: 65_535 }),
		host: read('host') ?? '127.0.0.1',
		data: read('data') ?? '.data',
		token: read('token'),
		endpoint,
		// Unlike others it may be given as empty; a variable that is set to nothing is still as good as not set.
		secret: flags.secret === '' ? '' : read('secret'),
		allowHosts: (read('allow-host') ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || []),
		bodyLimitBytes: readSize('--body-limit', read('body-limit')) ?? 10 * MiB,
		keepCount: readCount('--keep-count', read('keep-count') ?? '1000000', { least: 1 }),
		keepBytes: readSize('--keep-bytes', read('keep-bytes')) ?? 8 * GiB,
		keepAgeMilliseconds: readAge('--keep-age', read('keep-age')),
		open: flags.open === true || /^(1|true|yes)$/i.test(environment[optionTexts.open!.variable] ?? ''),
	};
}

/** Whether a name stands in the capture URL as it is: `.` and `..` lead elsewhere. */
export function isEndpointName(name: string): boolean {
	return /^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,100}$/.test(name);
}

function readFlags(args: readonly string[]): Record<string, string | boolean | undefined> {
	const options = Object.fromEntries(
		Object.entries(optionTexts).map(([name, { value }]) => [
			name,
			{ type: value === '' ? ('boolean' as const) : ('string' as const) },
		]),
	);
	try {
		return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
	} catch (error) {
		throw new UsageError((error as Error).message.split('. ')[0] + '.');
	}
}

function readCount(name: string, text: string, { least, most }: { least: number; most?: number }): number {
	const value = /^\d+$/.test(text) ? Number(text) : NaN;
	if (value >= least && value <= (most ?? Number.MAX_SAFE_INTEGER)) return value;
	const range = most === undefined ? `from ${least} on` : `from ${least} to ${most}`;
	throw new UsageError(`${name} takes a whole number ${range}, not "${text}".`);
}

/** Bytes. No size is none: "0" would keep nothing, and who writes it may well mean the opposite. */
function readSize(name: string, text: string | undefined): number | null {
	if (text === undefined) return null;
	const [, figure, unit = ''] = /^(\d+(?:\.\d+)?) ?(|B|kB|MB|GB|KiB|MiB|GiB)$/i.exec(text) ?? [];
	const bytes = Math.floor(Number(figure) * sizeUnits[unit.toLowerCase()]!);
	if (bytes >= 1) return bytes;
	throw new UsageError(`${name} takes a size such as 500kB, 10MiB or 8GiB, not "${text}".`);
}

const sizeUnits: Record<string, number> = {
	'': 1,
	b: 1,
	kb: 1e3,
	mb: 1e6,
	gb: 1e9,
	kib: 1024,
	mib: MiB,
	gib: GiB,
};

function readAge(name: string, text: string | undefined): number | null {
	if (text === undefined || text === 'none') return null;
	const [, figure, unit] = /^(\d+(?:\.\d+)?) ?(s|m|h|d)$/.exec(text) ?? [];
	const age = Number(figure) * { s: 1e3, m: 6e4, h: 36e5, d: 864e5 }[unit as 's' | 'm' | 'h' | 'd'];
	if (age > 0) return age;
	throw new UsageError(`${name} takes a time such as 90s, 30m, 12h or 7d, not "${text}".`);
}
