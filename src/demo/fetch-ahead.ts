import { keepWorkerScript } from '../inspector/start-worker';

/** The files of the page that the build lists, relative to the page's address. */
interface AheadList {
	modules: string[];
	styles: string[];
	workers: string[];
}

/**
 * Fetches every part of the page that is loaded only when it is needed, while there is nothing else to do: what is here
 * works without a network, and when all is, the page's root carries `data-ahead`. Once is enough. Does nothing where
 * there is no list, as in development.
 */
export function fetchAhead(base: string): void {
	const whenIdle = 'requestIdleCallback' in globalThis ? requestIdleCallback : setTimeout;
	whenIdle(() => void fetchAll(base).catch(() => delete document.documentElement.dataset.ahead));
}

async function fetchAll(base: string): Promise<void> {
	const { dataset } = document.documentElement;
	if (dataset.ahead !== undefined) return;
	dataset.ahead = 'under way';
	const response = await fetch(new URL('ahead.json', base), { priority: 'low' });
	if (!response.headers.get('content-type')?.includes('json')) return;
	const { modules, styles, workers } = (await response.json()) as AheadList;
	// A module is kept by the page itself, however the server wants it to be cached, and is not run.
	const links = modules.map((path) => link('modulepreload', path, base));
	// Every rule is for one component, so that those of others change nothing.
	links.push(...styles.map((path) => link('stylesheet', path, base)));
	for (const path of workers) await fetchWorker(new URL(path, base));
	await Promise.all(links);
	dataset.ahead = 'complete';
}

async function fetchWorker(url: URL): Promise<void> {
	const response = await fetch(url, { priority: 'low' });
	const script = await response.blob();
	// Such a server allows no copy in memory. It is ours, and what it has sent once may be used again.
	const isStrict = response.headers.get('content-security-policy')?.includes("worker-src 'self'");
	if (response.ok && !isStrict) keepWorkerScript(url.href, new Blob([script], { type: 'text/javascript' }));
}

/** Resolves when the file is here. */
function link(rel: string, path: string, base: string): Promise<void> {
	const { href } = new URL(path, base);
	const links = [...document.head.querySelectorAll<HTMLLinkElement>(`link[rel="${rel}"]`)];
	if (links.some((one) => one.href === href)) return Promise.resolve();
	const element = document.createElement('link');
	element.rel = rel;
	element.href = href;
	element.fetchPriority = 'low';
	return new Promise((resolve, reject) => {
		element.onload = () => resolve();
		element.onerror = () => reject(new Error(`${href} could not be fetched.`));
		document.head.append(element);
	});
}
