import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../receiver/store';

/** What is made once for a data folder and kept there. */
export interface Settings {
	token: string;
	endpoint: string;
}

/**
 * Reads the folder's `settings.json`, or makes it, with mode 0600. Call it when the store is open:
 * then no other process is at the same folder.
 * Throws a StoreError when the file can't be used; it is never overwritten then.
 */
export function loadSettings(directory: string): Settings {
	const file = join(directory, 'settings.json');
	if (existsSync(file)) return readSettings(file);
	const settings: Settings = { token: randomBytes(24).toString('base64url'), endpoint: makeEndpointName() };
	// Whole or not at all: a kill half way must not leave half a file.
	writeFileSync(`${file}.new`, `${JSON.stringify(settings, null, '\t')}\n`, { mode: 0o600 });
	renameSync(`${file}.new`, file);
	return settings;
}

function readSettings(file: string): Settings {
	try {
		const settings = JSON.parse(readFileSync(file, 'utf8')) as Partial<Settings>;
		if (typeof settings.token !== 'string' || typeof settings.endpoint !== 'string')
			throw new Error('token or endpoint is missing');
		chmodSync(file, 0o600);
		return { token: settings.token, endpoint: settings.endpoint };
	} catch (cause) {
		throw new StoreError(
			`${file} cannot be used (${(cause as Error).message}). Mend it, or remove it to get a new token and a new capture URL.`,
			{ cause },
		);
	}
}

/** Hard to guess, since whoever knows it can post; easy to read out: no letters that look alike. */
function makeEndpointName(): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	return Array.from(randomBytes(12), (byte) => letters[byte % letters.length]).join('');
}
