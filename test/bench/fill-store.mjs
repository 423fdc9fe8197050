/**
 * Fills a data folder with deliveries, as a receiver would have stored them: the sample bodies in turn, each with
 * an id, a delivery id and a text of its own, about twenty to a conversation.
 *
 * Called with the folder and how many; ends when they are on the disk.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const batchSize = 1000;
const firstConversation = 1000;
const deliveriesOfConversation = 20;

// A variable, because the built file is not there yet when types are checked.
const built = '../../dist-node/disk-store.js';
/** @type {typeof import('../../src/node/disk-store')} */
const { DiskStore } = await import(built);

const [, , directory = '', count = '0'] = process.argv;
const folder = new URL('../payloads/', import.meta.url);
/** @type {Record<string, unknown>[]} */
const samples = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).body);

const store = await DiskStore.open({
	directory,
	threadFile: new URL('../../dist-node/disk-store-thread.js', import.meta.url),
	keep: { count: 1_000_000, bytes: 8 * 1024 ** 3, ageMilliseconds: null },
});
const startedAt = Date.now() - Number(count) * 500;
for (let from = 0; from < Number(count); from += batchSize) {
	const until = Math.min(Number(count), from + batchSize);
	await Promise.all(Array.from({ length: until - from }, (_, place) => append(from + place)));
}
await store.close();

/** @param {number} index */
async function append(index) {
	const id = await store.append({
		endpoint: 'main',
		receivedAt: startedAt + index * 500,
		method: 'POST',
		target: '/hooks/main',
		headers: [
			['Content-Type', 'application/json'],
			['X-Chatwoot-Delivery', randomUUID()],
		],
		body: new TextEncoder().encode(JSON.stringify(variation(index))),
		truncation: null,
	});
	store.recordAnswer(id, { status: 200, headers: [], body: '{}', milliseconds: 1 + (index % 9) });
}

/** @param {number} index */
function variation(index) {
	const sample = samples[index % samples.length] ?? {};
	const conversationId = firstConversation + Math.floor(index / deliveriesOfConversation);
	const varied = { ...sample, id: String(sample.event).startsWith('conversation') ? conversationId : index };
	if (typeof sample.content === 'string') Object.assign(varied, { content: `${sample.content} (${index})` });
	if (typeof sample.conversation === 'object') {
		Object.assign(varied, { conversation: { ...sample.conversation, id: conversationId } });
	}
	return varied;
}
