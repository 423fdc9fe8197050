/** Worker scripts that are here already: their address, and that of the copy in memory. */
const copies = new Map<string, string>();

/** Starts a worker of the page, without the network where its script is here already. */
export function startWorker(address: string): Worker {
	return new Worker(copies.get(absolute(address)) ?? address, { type: 'module' });
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
