import { delimiter } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findBrowser, installedBrowser, run, type Machine } from './browser/find-browser';

// What is found is remembered in the environment; no test may leave it there.
beforeEach(() => void vi.stubEnv('CHROMIUM_PATH', undefined));
afterEach(() => void vi.unstubAllEnvs());

interface Facts extends Partial<Omit<Machine, 'run' | 'isExecutable' | 'say'>> {
	files?: string[];
	/** What a command, known by a part of its text, leaves behind; false: it fails. Anything else succeeds and leaves nothing. */
	commands?: Record<string, string | false>;
}

function machine({ files = [], commands = {}, ...facts }: Facts = {}) {
	const there = new Set(files);
	const ran: string[] = [];
	const said: string[] = [];
	const made: Machine = {
		platform: 'linux',
		isRoot: false,
		env: {},
		downloaded: '/cache/chrome',
		isExecutable: (file) => there.has(file),
		run(command) {
			const text = command.join(' ');
			ran.push(text);
			const effect = Object.entries(commands).find(([part]) => text.includes(part))?.[1];
			if (typeof effect === 'string') there.add(effect);
			return Promise.resolve(effect !== false);
		},
		say: (text) => said.push(text),
		...facts,
	};
	return { made, ran, said };
}

test('a variable beats everything that is installed', () => {
	const files = ['/mine/chromium', '/yours/chrome', '/usr/bin/chromium'];
	const { made } = machine({ files, env: { CHROMIUM_PATH: '/mine/chromium', CHROME_BIN: '/yours/chrome' } });
	expect(installedBrowser(made)).toBe('/mine/chromium');
});

test('a variable that names nothing is said and passed over', () => {
	const { made, said } = machine({ files: ['/usr/bin/chromium'], env: { CHROME_BIN: '/gone' } });
	expect(installedBrowser(made)).toBe('/usr/bin/chromium');
	expect(said.join()).toContain('CHROME_BIN names /gone');
});

test('the search path comes before the usual places, and those before a download', () => {
	const env = { PATH: ['/first', '/second'].join(delimiter) };
	const files = ['/cache/chrome', '/usr/bin/chromium', '/second/google-chrome'];
	expect(installedBrowser(machine({ env, files }).made)).toBe('/second/google-chrome');
	expect(installedBrowser(machine({ files }).made)).toBe('/usr/bin/chromium');
	expect(installedBrowser(machine({ files: ['/cache/chrome'] }).made)).toBe('/cache/chrome');
	expect(installedBrowser(machine().made)).toBeNull();
});

test('macOS and Windows have places of their own', () => {
	const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
	const windows = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
	expect(installedBrowser(machine({ platform: 'darwin', files: [mac, windows] }).made)).toBe(mac);
	expect(installedBrowser(machine({ platform: 'win32', files: [mac, windows] }).made)).toBe(windows);
});

test('what was found is remembered for the rest of the run, and nothing is run', async () => {
	const { made, ran } = machine({ files: ['/usr/bin/chromium'] });
	expect(await findBrowser(made)).toBe('/usr/bin/chromium');
	expect(process.env.CHROMIUM_PATH).toBe('/usr/bin/chromium');
	expect(ran).toEqual([]);
});

test("root on Debian gets Debian's package before a download", async () => {
	const { made, ran, said } = machine({
		isRoot: true,
		files: ['/usr/bin/apt-get'],
		commands: { 'apt-get install': '/usr/bin/chromium-headless-shell' },
	});
	expect(await findBrowser(made)).toBe('/usr/bin/chromium-headless-shell');
	expect(ran).toEqual(['apt-get update', 'apt-get install -y --no-install-recommends chromium-headless-shell']);
	expect(said).toContain('Running (at most 3 minutes): apt-get update');
});

test('root on a Debian without the small package gets the large one', async () => {
	const { made, ran } = machine({
		isRoot: true,
		files: ['/usr/bin/apt-get'],
		commands: { 'headless-shell': false, 'recommends chromium': '/usr/bin/chromium' },
	});
	expect(await findBrowser(made)).toBe('/usr/bin/chromium');
	expect(ran).toHaveLength(3);
});

test('of two browsers the one without windows is taken', () => {
	const files = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'];
	expect(installedBrowser(machine({ files }).made)).toBe('/usr/bin/chromium-headless-shell');
	expect(installedBrowser(machine({ files, env: { PATH: '/usr/bin' } }).made)).toBe('/usr/bin/chromium-headless-shell');
});

test.each(['apt-get update', 'apt-get install'])('root on Debian gets the download when "%s" fails', async (step) => {
	const { made, ran, said } = machine({
		isRoot: true,
		files: ['/usr/bin/apt-get'],
		commands: { [step]: false, 'cli.js install chromium': '/cache/chrome' },
	});
	expect(await findBrowser(made)).toBe('/cache/chrome');
	expect(ran.at(-1)).toMatch(/playwright-core.cli\.js install chromium$/);
	expect(said.join('\n')).toContain(`This failed: ${step}`);
});

test.each([
	['somebody who is not root', { files: ['/usr/bin/apt-get'] }],
	['root without apt', { isRoot: true }],
	['macOS', { platform: 'darwin' as const, isRoot: true, files: ['/usr/bin/apt-get'] }],
])('%s gets the download', async (_who, facts) => {
	const { made, ran } = machine({ ...facts, commands: { 'cli.js install chromium': '/cache/chrome' } });
	expect(await findBrowser(made)).toBe('/cache/chrome');
	expect(ran).toHaveLength(1);
});

test('when nothing works, the commands to run are in the error', async () => {
	const { made } = machine({ commands: { 'cli.js': false } });
	await expect(findBrowser(made)).rejects.toThrow(
		/sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium\n.*npx playwright-core install chromium\n[^]*CHROMIUM_PATH=/,
	);
	expect(process.env.CHROMIUM_PATH).toBeUndefined();
	const mac = machine({ platform: 'darwin', commands: { 'cli.js': false } });
	await expect(findBrowser(mac.made)).rejects.not.toThrow(/apt-get/);
});

test('a command says whether it worked, and one that takes too long is ended with its children', async () => {
	const node = process.execPath;
	expect(await run([node, '-e', ''], 10_000)).toBe(true);
	expect(await run([node, '-e', 'process.exit(3)'], 10_000)).toBe(false);
	expect(await run(['/no/such/program'], 10_000)).toBe(false);
	const child = `require('node:child_process').spawnSync(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])`;
	expect(await run([node, '-e', child], 300)).toBe(false);
});
