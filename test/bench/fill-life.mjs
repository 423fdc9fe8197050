/**
 * Fills a data folder with the deliveries of a life, each body with so many bytes, as a receiver would have stored
 * them.
 *
 * Called with the folder, the file with the deliveries and the bytes; ends when they are on the disk.
 */
import { readFileSync } from 'node:fs';

// A variable, because the built file is not there yet when types are checked.
const built = '../../dist-node/disk-store.js';
/** @type {typeof import('../../src/node/disk-store')} */
const { DiskStore } = await import(built);

const [, , directory = '', file = '', size = '0'] = process.argv;
/** @type {import('../conversation-life').LifeDelivery[]} */
const deliveries = JSON.parse(readFileSync(file, 'utf8'));

const store = await DiskStore.open({
	directory,
	threadFile: new URL('../../dist-node/disk-store-thread.js', import.meta.url),
	keep: { count: 1_000_000, bytes: 8 * 1024 ** 3, ageMilliseconds: null },
});
for (const { at, body, headers } of deliveries) {
	const id = await store.append({
		endpoint: 'main',
		receivedAt: at,
		method: 'POST',
		target: '/hooks/main',
		headers: Object.entries(headers),
		body: new TextEncoder().encode(withBytes(body, Number(size))),
		truncation: null,
	});
	store.recordAnswer(id, { status: 200, headers: [], body: '{}', milliseconds: 2 });
}
await store.close();

/**
 * A visitor comes from a page with a long address.
 * @param {Record<string, any>} body
 * @param {number} size
 */
function withBytes(body, size) {
	const conversation = body.conversation ?? body.current_conversation ?? body;
	const missing = Math.max(0, size - JSON.stringify(body).length);
	const { referer } = conversation.additional_attributes;
	conversation.additional_attributes.referer = `${referer}&from=${'a'.repeat(missing)}`;
	return JSON.stringify(body);
}
