/** Worker scripts that are here already: their address, and that of the copy in memory. */
const copies = new Map<string, string>();

/** Starts a worker of the page, without the network where its script is here already. */
export function startWorker(address: string): Worker {
	return new Worker(copies.get(absolute(address)) ?? address, { type: 'module' });
}

/**
 * Resolves when a worker's script can't be loaded. To be asked as soon as the worker was started: it is said only once.
 */
export function failsToStart(worker: Worker): Promise<void> {
	return new Promise((resolve) => {
		worker.addEventListener('error', (event: Event) => {
			// One that runs gives an error's words as well.
			if (!(event instanceof ErrorEvent)) resolve();
		});
	});
}

/**
 * Keeps a worker's script: whether a browser may use one that it has fetched before without asking the server again is
 * for the server to say, and many say no.
 */
export function keepWorkerScript(address: string, script: Blob): void {
	const url = absolute(address);
	if (!copies.has(url)) copies.set(url, URL.createObjectURL(script));
}

function absolute(address: string): string {
	return new URL(address, document.baseURI).href;
}
