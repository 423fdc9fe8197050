/**
 * The limit that the receiver is measured against: bare `node:http` that reads a body and appends it to the
 * same store, as safely. No routing, no access, no limits, no stream.
 *
 * Called with a data folder; tells its parent the port.
 */
import { createServer } from 'node:http';

// A variable, because the built file is not there yet when types are checked.
const built = '../../dist-node/disk-store.js';
/** @type {typeof import('../../src/node/disk-store')} */
const { DiskStore } = await import(built);

const store = await DiskStore.open({
	directory: process.argv[2] ?? '',
	threadFile: new URL('../../dist-node/disk-store-thread.js', import.meta.url),
	keep: { count: 1_000_000, bytes: 8 * 1024 ** 3, ageMilliseconds: null },
});

const server = createServer((incoming, outgoing) => {
	/** @type {Buffer[]} */
	const chunks = [];
	incoming.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
	incoming.on('end', () => {
		const { rawHeaders, method = '', url = '' } = incoming;
		/** @type {[string, string][]} */
		const headers = [];
		for (let index = 0; index < rawHeaders.length; index += 2) {
			headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
		}
		const body = new Uint8Array(Buffer.concat(chunks));
		void store
			.append({ endpoint: 'bare', receivedAt: Date.now(), method, target: url, headers, body, truncation: null })
			.then(() => outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 }).end('{}'));
	});
});
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	if (typeof address === 'object') process.send?.({ port: address?.port });
});
