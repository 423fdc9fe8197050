import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds on the page as it is, or in one part of it, a line each. In the dark only contrast is asked for: all
 * else is the same as in the light, where all rules are.
 */
export async function violations(page: Page, within?: string): Promise<string[]> {
	// Evaluated from outside: the page's policy lets no script in.
	await page.evaluate(axe.source);
	return page.evaluate(async (selector) => {
		const { axe } = window as unknown as { axe: typeof import('axe-core') };
		// What passes is not written out: on a full page that takes most of the time.
		const resultTypes: ['violations'] = ['violations'];
		const rules = { region: { enabled: selector === undefined } };
		const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
		const options = isDark ? { runOnly: ['color-contrast'], resultTypes } : { rules, resultTypes };
		const { violations } = await axe.run(selector ?? document, options);
		return violations.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
		);
	}, within);
}
