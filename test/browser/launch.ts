import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from './find-browser';

const switches = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * Starts a Chromium without a window and with a new profile; whoever starts it closes it, and it ends with
 * this process at the latest. Rejects when there is none and none can be installed.
 *
 * @param args more switches, such as those that a benchmark needs
 */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
	return chromium.launch({
		executablePath: await findBrowser(),
		// As root, and in most containers, Chromium starts only without it; it sees our own pages alone.
		chromiumSandbox: false,
		args: [...switches, ...args],
	});
}

/** Does some work with a browser and closes it, whatever happens. */
export async function withBrowser<Result>(
	work: (browser: Browser) => Promise<Result>,
	args: readonly string[] = [],
): Promise<Result> {
	const browser = await launchBrowser(args);
	try {
		return await work(browser);
	} finally {
		await browser.close();
	}
}
