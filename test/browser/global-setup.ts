import { findBrowser } from './find-browser';

/** Once, before the test files: several of them at once must not install a browser at the same time. */
export default async function setup(): Promise<void> {
	await findBrowser();
}
