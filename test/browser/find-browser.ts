import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

/** What the search depends on; a parameter, so that it can be tested without installing anything. */
export interface Machine {
	platform: NodeJS.Platform;
	isRoot: boolean;
	env: Readonly<Record<string, string | undefined>>;
	/** Where playwright-core's own download would be. */
	downloaded: string;
	isExecutable: (file: string) => boolean;
	/** Runs a command to its end; false when it fails, is not there, or takes longer. */
	run: (command: readonly string[], limitMilliseconds: number) => Promise<boolean>;
	say: (text: string) => void;
}

const stepLimit = 180_000;
/** First the one that can't show a window: it opens a page in half the processor's time. */
const names = [
	'chromium-headless-shell',
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
];

const usualPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
	linux: [
		'/usr/bin/chromium-headless-shell',
		'/usr/bin/chromium',
		'/usr/bin/chromium-browser',
		'/usr/bin/google-chrome',
		'/opt/google/chrome/chrome',
		'/snap/bin/chromium',
	],
	darwin: [
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
	],
	win32: [
		'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
		'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
		'C:\\Program Files\\Chromium\\Application\\chrome.exe',
	],
};

const debianUpdate = ['apt-get', 'update'] as const;
const debianInstall = ['apt-get', 'install', '-y', '--no-install-recommends'] as const;
/** The second where a release has no package of the first. */
const debianPackages = ['chromium-headless-shell', 'chromium'] as const;

const downloadInstall = [
	process.execPath,
	join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js'),
	'install',
	'chromium',
] as const;

/**
 * The path of a Chromium or Chrome: the one that `CHROMIUM_PATH` or `CHROME_BIN` names, else an installed
 * one, else one that it installs, saying what it does. Each step of installing may take three minutes.
 * The result is kept in `CHROMIUM_PATH` for the rest of the run. Throws with the commands to run by hand
 * when nothing works.
 */
export async function findBrowser(machine: Machine = thisMachine()): Promise<string> {
	const found = installedBrowser(machine) ?? (await installBrowser(machine));
	if (found === null) throw new Error(advice(machine));
	process.env.CHROMIUM_PATH = found;
	return found;
}

/** A browser that is there already, or null. A variable that names none is said and passed over. */
export function installedBrowser(machine: Machine): string | null {
	for (const variable of ['CHROMIUM_PATH', 'CHROME_BIN']) {
		const file = machine.env[variable];
		if (file === undefined || file === '') continue;
		if (machine.isExecutable(file)) return file;
		machine.say(`${variable} names ${file}, which is no program. Looking elsewhere.`);
	}
	const suffix = machine.platform === 'win32' ? '.exe' : '';
	const folders = (machine.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	const candidates = [
		...names.flatMap((name) => folders.map((folder) => join(folder, name + suffix))),
		...(usualPlaces[machine.platform] ?? []),
		machine.downloaded,
	];
	return candidates.find((file) => machine.isExecutable(file)) ?? null;
}

async function installBrowser(machine: Machine): Promise<string | null> {
	machine.say('No Chromium or Chrome was found.');
	// Debian's package first: it brings the libraries that a download lacks on a bare machine.
	if (isDebianRoot(machine) && (await runStep(machine, debianUpdate))) {
		for (const name of debianPackages) {
			if (!(await runStep(machine, [...debianInstall, name]))) continue;
			const installed = installedBrowser(machine);
			if (installed !== null) return installed;
		}
	}
	await runStep(machine, downloadInstall);
	return installedBrowser(machine);
}

async function runStep(machine: Machine, command: readonly string[]): Promise<boolean> {
	const text = command.join(' ');
	machine.say(`Running (at most ${stepLimit / 60_000} minutes): ${text}`);
	const isDone = await machine.run(command, stepLimit);
	if (!isDone) machine.say(`This failed: ${text}`);
	return isDone;
}

function isDebianRoot({ platform, isRoot, isExecutable }: Machine): boolean {
	return platform === 'linux' && isRoot && isExecutable('/usr/bin/apt-get');
}

function advice({ platform, isRoot }: Machine): string {
	const sudo = isRoot ? '' : 'sudo ';
	const commands = [debianUpdate, [...debianInstall, 'chromium']];
	const debian = `  ${commands.map((command) => sudo + command.join(' ')).join(' && ')}`;
	return [
		'The browser tests need a Chromium or Chrome, and none could be installed. Run one of these, then try again:',
		...(platform === 'linux' ? [debian] : []),
		'  npx playwright-core install chromium',
		'or name a browser that is there already:',
		'  CHROMIUM_PATH=/path/to/chromium npm test',
	].join('\n');
}

function thisMachine(): Machine {
	return {
		platform: process.platform,
		isRoot: process.getuid?.() === 0,
		env: process.env,
		downloaded: chromium.executablePath(),
		isExecutable,
		run,
		say: (text) => process.stderr.write(`${text}\n`),
	};
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}

/** The command's output goes to standard error; a group of its own, so that its children end with it. */
export function run([command, ...args]: readonly string[], limitMilliseconds: number): Promise<boolean> {
	return new Promise((resolve) => {
		const child = spawn(command!, args, {
			stdio: ['ignore', 2, 2],
			detached: process.platform !== 'win32',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		const timer = setTimeout(() => {
			if (process.platform === 'win32') child.kill('SIGKILL');
			else process.kill(-child.pid!, 'SIGKILL');
		}, limitMilliseconds);
		const finish = (isDone: boolean) => {
			clearTimeout(timer);
			resolve(isDone);
		};
		child.once('error', () => finish(false));
		child.once('close', (code) => finish(code === 0));
	});
}
