import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../receiver/store';
import { isEndpointName } from './options';

/** What is kept in a data folder beside the deliveries. */
export interface Settings {
	/** Made once. */
	token: string;
	/** Made once. */
	endpoint: string;
	/** Chatwoot's webhook secret; missing until somebody gives it. */
	secret?: string;
}

/**
 * Reads the folder's `settings.json`, or makes it, with mode 0600. Call it when the store is open:
 * then no other process is at the same folder.
 * Throws a StoreError when the file can't be used; it is never overwritten then.
 * @param secret the webhook secret to keep from now on; empty to forget it, undefined to leave it as it is
 */
export function loadSettings(directory: string, secret?: string): Settings {
	const file = join(directory, 'settings.json');
	const kept = existsSync(file) ? readSettings(file) : null;
	const settings: Settings = kept ?? { token: randomBytes(24).toString('base64url'), endpoint: makeEndpointName() };
	const isOtherSecret = secret !== undefined && secret !== (settings.secret ?? '');
	if (secret) settings.secret = secret;
	else if (secret === '') delete settings.secret;
	if (kept === null || isOtherSecret) writeSettings(file, settings);
	return settings;
}

/** Whole or not at all: a kill half way must not leave half a file. */
function writeSettings(file: string, settings: Settings): void {
	try {
		// What a kill has left behind would keep its own mode.
		rmSync(`${file}.new`, { force: true });
		writeFileSync(`${file}.new`, `${JSON.stringify(settings, null, '\t')}\n`, { mode: 0o600 });
		renameSync(`${file}.new`, file);
	} catch (cause) {
		throw new StoreError(`${file} cannot be written (${(cause as Error).message}).`, { cause });
	}
}

function readSettings(file: string): Settings {
	try {
		const { token, endpoint, secret } = parseSettings(readFileSync(file, 'utf8'));
		if (typeof token !== 'string' || typeof endpoint !== 'string') throw new Error('token or endpoint is missing');
		// An empty token would let everybody in.
		if (token === '' || !isEndpointName(endpoint)) throw new Error('token or endpoint cannot be used');
		if (secret !== undefined && typeof secret !== 'string') throw new Error('secret is no text');
		chmodSync(file, 0o600);
		return { token, endpoint, ...(secret && { secret }) };
	} catch (cause) {
		throw new StoreError(
			`${file} cannot be used (${(cause as Error).message}). Mend it, or remove it to get a new token and a new capture URL.`,
			{ cause },
		);
	}
}

function parseSettings(text: string): Partial<Record<keyof Settings, unknown>> {
	try {
		return (JSON.parse(text) as Partial<Settings> | null) ?? {};
	} catch {
		// The parser's own message quotes the text, and with it token and secret.
		throw new Error('it is not JSON');
	}
}

/** Hard to guess, since whoever knows it can post; easy to read out: no letters that look alike. */
function makeEndpointName(): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	return Array.from(randomBytes(12), (byte) => letters[byte % letters.length]).join('');
}
