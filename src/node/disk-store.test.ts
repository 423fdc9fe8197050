import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytes, delivery } from '../../test/deliveries';
import { storeContract } from '../../test/store-contract';
import { StoreError } from '../receiver/store';
import { DiskStore, type DiskStoreOptions } from './disk-store';

const threadFile = new URL('../../dist-node/disk-store-thread.js', import.meta.url);
const keep = { count: 1000, bytes: 1e9, ageMilliseconds: null };
const newFolder = () => mkdtempSync(join(tmpdir(), 'inspector-'));
const open = (directory: string, options: Partial<DiskStoreOptions> = {}) =>
	DiskStore.open({ directory, threadFile, keep, ...options });

storeContract('disk', (conditions) => open(newFolder(), conditions));

test('what was appended is there after a restart, with its answer, pin and totals, and ids go on', async () => {
	const directory = newFolder();
	const first = await open(directory);
	const id = await first.append(delivery({ body: bytes('{"event":"contact_created","id":5}') }));
	first.recordAnswer(id, { status: 200, headers: [['A', 'b']], body: '{}', milliseconds: 2 });
	await first.setPinned(id, true);
	const status = first.status();
	await first.close();
	const second = await open(directory);
	expect(await second.get(id)).toMatchObject({
		event: 'contact_created',
		answer: { status: 200, headers: [['A', 'b']] },
		state: { isPinned: true },
	});
	expect(second.status()).toEqual(status);
	expect(await second.append(delivery())).toBe(id + 1);
	await second.close();
});

test('a clear can still be undone after a restart, and ids of cleared deliveries never come back', async () => {
	const directory = newFolder();
	const first = await open(directory);
	const id = await first.append(delivery());
	await first.clear(id);
	await first.close();
	const second = await open(directory);
	expect(second.status()).toMatchObject({ count: 0 });
	expect(await second.restore()).toBe(1);
	expect(second.status()).toMatchObject({ count: 1, oldest: id });
	await second.clear(id);
	expect(await second.append(delivery())).toBe(id + 1);
	await second.close();
});

test('only the user who runs it may read what is stored', async () => {
	const directory = newFolder();
	const store = await open(directory);
	await store.append(delivery());
	for (const name of readdirSync(directory)) {
		expect(statSync(join(directory, name)).mode & 0o777, name).toBe(0o600);
	}
	await store.close();
});

test('a second store on the same folder is told that another process is using it', async () => {
	const directory = newFolder();
	const first = await open(directory);
	await expect(open(directory)).rejects.toThrow(/Another process is using .*deliveries\.sqlite.*--data/);
	await first.append(delivery());
	await first.close();
	const second = await open(directory);
	expect(second.status()).toMatchObject({ count: 1 });
	await second.close();
});

test('a file that is no store is left as it is, and the message says what to do', async () => {
	const directory = newFolder();
	const file = join(directory, 'deliveries.sqlite');
	writeFileSync(file, 'not a database '.repeat(500));
	await expect(open(directory)).rejects.toThrow(/is damaged or is no delivery file.*Nothing was changed.*Move it away/);
	expect(readFileSync(file, 'utf8')).toBe('not a database '.repeat(500));
});

test('a data folder that cannot be made is named', async () => {
	const file = join(newFolder(), 'a-file');
	writeFileSync(file, '');
	await expect(open(join(file, 'below'))).rejects.toThrow(/The folder .*below cannot be made.*--data/);
	await expect(open(file)).rejects.toThrow(/a-file is a file, and the deliveries need a folder\. .*--data/);
});

test('a full disk refuses the delivery, says so in the status, and takes deliveries again when there is room', async () => {
	const directory = newFolder();
	const store = await open(directory, { maximumPages: 40 });
	const large = () => store.append(delivery({ body: new Uint8Array(20_000) }));
	const outcomes: PromiseSettledResult<number>[] = [];
	for (let i = 0; i < 20; i++) outcomes.push((await Promise.allSettled([large()]))[0]);
	const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
	expect(failures.length).toBeGreaterThan(0);
	expect(failures[0]!.reason).toBeInstanceOf(StoreError);
	await expect.poll(() => store.status().problem).toMatch(/The disk is full/);
	const kept = outcomes.length - failures.length;
	expect(store.status().count).toBe(kept);
	await store.close();
	const roomier = await open(directory);
	expect(roomier.status()).toMatchObject({ count: kept });
	expect(roomier.status().problem).toBeUndefined();
	await roomier.append(delivery());
	await roomier.close();
});

test('bodies that are parts of one buffer are stored as what they are', async () => {
	const store = await open(newFolder());
	const both = bytes('{"first":1}{"second":2}');
	const parts = [both.subarray(0, 11), both.subarray(11)];
	const ids = await Promise.all(parts.map((body) => store.append(delivery({ body }))));
	const stored = await Promise.all(ids.map((id) => store.body(id)));
	expect(stored.map((body) => new TextDecoder().decode(body!))).toEqual(['{"first":1}', '{"second":2}']);
	await store.close();
});
