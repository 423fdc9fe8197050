/** A release of Chatwoot, such as `4.14.2`. */
export type Release = string;

/**
 * The last release before each one that changed something on the wire: a member that is absent although every release
 * since X sends it shows that the sender was at most the one before X.
 *
 * Source: the tags of chatwoot/chatwoot.
 */
const before: Readonly<Record<Release, Release>> = {
	'1.13.0': '1.12.1',
	'1.16.1': '1.16.0',
	'1.18.0': '1.17.2',
	'1.18.2': '1.18.1',
	'1.20.0': '1.19.0',
	'1.21.0': '1.20.1',
	'1.22.0': '1.21.1',
	'1.22.1': '1.22.0',
	'2.2.0': '2.1.1',
	'2.4.0': '2.3.2',
	'2.6.0': '2.5.0',
	'2.7.0': '2.6.0',
	'2.8.0': '2.7.0',
	'2.10.0': '2.9.1',
	'2.11.0': '2.10.0',
	'2.12.0': '2.11.0',
	'2.12.1': '2.12.0',
	'2.14.0': '2.13.1',
	'2.17.0': '2.16.1',
	'2.18.0': '2.17.1',
	'3.0.0': '2.18.0',
	'3.7.0': '3.6.0',
	'3.8.0': '3.7.0',
	'3.11.1': '3.11.0',
	'4.0.2': '4.0.1',
	'4.3.0': '4.2.0',
	'4.8.0': '4.7.0',
	'4.13.0': '4.12.1',
	'4.14.2': '4.14.1',
};

/** The oldest release whose payloads the wire contract describes. */
export const oldestRelease: Release = '1.8.0';

/**
 * The last release before this one. Throws for a release that the table does not have: a member that every delivery
 * carries since then needs its entry.
 */
export function releaseBefore(release: Release): Release {
	const found = before[release];
	if (found === undefined) throw new Error(`No release is known before ${release}.`);
	return found;
}

/** Negative when `left` is older, positive when it is newer, 0 when they are the same. */
export function compareReleases(left: Release, right: Release): number {
	return orderOf(left) - orderOf(right);
}

const orders = new Map<Release, number>();

/** Numbers of a release put into one, so that comparing costs nothing: none has a part beyond 999. */
function orderOf(release: Release): number {
	const known = orders.get(release);
	if (known !== undefined) return known;
	const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number);
	const order = (major * 1000 + minor) * 1000 + patch;
	orders.set(release, order);
	return order;
}

/** A range in words: `4.8.0 or later`, `up to 2.13.1`, `1.4.0 to 2.13.1`; null for every release. */
export function releaseWords(since: Release | null | undefined, until: Release | null | undefined): string | null {
	if (since && until) return since === until ? since : `${since} to ${until}`;
	if (since) return `${since} or later`;
	return until ? `up to ${until}` : null;
}
