import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on the page as it is, or in one part of it, a line each. In the dark only contrast is asked for: all
 * else is the same as in the light, where all rules are.
 */
export async function violations(page: Page, within?: string): Promise<string[]> {
	// Evaluated from outside: the page's policy lets no script in. Once is enough until the page is loaded again.
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
	return page.evaluate(async (selector) => {
		const { axe } = window as unknown as { axe: typeof import('axe-core') };
		// What passes is not written out: on a full page that takes most of the time.
		const resultTypes: ['violations'] = ['violations'];
		const rules = { region: { enabled: selector === undefined } };
		const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
		const options = isDark ? { runOnly: ['color-contrast'], resultTypes } : { rules, resultTypes };
		const { violations } = await axe.run(selector ?? document, options);
		const scheme = isDark ? 'dark' : 'light';
		return violations.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${scheme}: ${id} ${target.join(' ')}: ${failureSummary}`),
		);
	}, within);
}

/**
 * What axe finds in the light and then in the dark, as `violations` does. To ask both of one page takes half as long as
 * to lead two pages to the same state. The page is in the light again afterwards.
 */
export async function violationsInBothSchemes(page: Page, within?: string): Promise<string[]> {
	const found: string[] = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		found.push(...(await violations(page, within)));
	}
	await page.emulateMedia({ colorScheme: 'light' });
	return found;
}
