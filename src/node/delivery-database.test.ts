import fc from 'fast-check';
import Database from 'libsql';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bytes, delivery } from '../../test/deliveries';
import type { CountedMembers, KeepLimits } from '../deliveries/api';
import type { Delivery } from '../deliveries/delivery';
import { summarize, summaryVersion } from '../deliveries/summary';
import { MemoryStore } from '../receiver/memory-store';
import { StoreError, undoMilliseconds, type StoreEvent } from '../receiver/store';
import { migrate } from './database-file';
import { DeliveryDatabase, type DatabaseOptions, type Summarizer } from './delivery-database';
import { migrations } from './delivery-schema';
import { DiskStore } from './disk-store';

const threadFile = new URL('../../dist-node/disk-store-thread.js', import.meta.url);
const summarizer: Summarizer = { version: summaryVersion, summarize };
const keep: KeepLimits = { count: 1000, bytes: 1e9, ageMilliseconds: null };
const answer = { status: 200, headers: [], body: '{}', milliseconds: 3 };
const newFolder = () => mkdtempSync(join(tmpdir(), 'inspector-'));
const newFile = () => join(newFolder(), 'deliveries.sqlite');

/** A delivery of whose signature nothing was found. */
const unsigned = (facts: Partial<Delivery> = {}) => ({ delivery: delivery(facts), signature: null });

/** Whoever opens it closes it. */
function open(options: Partial<DatabaseOptions> = {}): DeliveryDatabase {
	return new DeliveryDatabase({
		file: newFile(),
		keep,
		summarizer,
		maximumPages: 0,
		now: () => 1_781_000_000_000,
		...options,
	});
}

/** The rows that are really in the file, which no one else may have open. */
function rowsOf(file: string, table: string): number {
	const database = new Database(file);
	const { count } = database.prepare(`SELECT count(*) AS count FROM ${table}`).get([]) as { count: number };
	database.close();
	return count;
}

test('a file is taken from version to version, each step once, and keeps what is in it', () => {
	const database = new Database(newFile());
	onTestFinished(() => void database.close());
	const first = ['CREATE TABLE things (name TEXT)'];
	migrate(database, first);
	database.exec("INSERT INTO things VALUES ('kept')");
	const second = [...first, 'ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 5'];
	migrate(database, second);
	migrate(database, second);
	expect(database.prepare('SELECT name, size FROM things').all([])).toEqual([{ name: 'kept', size: 5 }]);
	expect(database.prepare('PRAGMA user_version').get([])).toMatchObject({ user_version: 2 });
});

test('a step that fails leaves the file at the version before', () => {
	const database = new Database(newFile());
	onTestFinished(() => void database.close());
	const steps = ['CREATE TABLE things (name TEXT)', 'CREATE TABLE more (name TEXT); INSERT INTO nowhere VALUES (1)'];
	expect(() => migrate(database, steps)).toThrow(/nowhere/);
	expect(database.prepare('PRAGMA user_version').get([])).toMatchObject({ user_version: 1 });
	expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'more'").all([])).toEqual([]);
	migrate(database, [steps[0]!, 'CREATE TABLE more (name TEXT)']);
	expect(database.prepare('PRAGMA user_version').get([])).toMatchObject({ user_version: 2 });
});

test('a conversation is found by an index, also in a file from before there was one', () => {
	const file = newFile();
	const before = new Database(file);
	migrate(before, migrations.slice(0, -1));
	const facts = summarize(delivery({ body: bytes('{"event":"conversation_created","id":7}') }));
	before.prepare('INSERT INTO deliveries (received_at, weight, summary) VALUES (1, 1, ?)').run([JSON.stringify(facts)]);
	before.exec('UPDATE store SET count = 1');
	before.close();
	const database = open({ file });
	const conversation = { conversationId: 7, accountId: 1, endpoint: 'main' };
	expect(database.list({ limit: 5, conversation }).deliveries).toMatchObject([{ id: 1, conversationId: 7 }]);
	database.close();
	const plain = new Database(file);
	onTestFinished(() => void plain.close());
	const plan = plain.prepare(
		"EXPLAIN QUERY PLAN SELECT id FROM deliveries d WHERE json_extract(d.summary, '$.conversationId') = ? AND d.id > ? ORDER BY d.id",
	);
	expect(plan.all([7, 0])).toMatchObject([{ detail: expect.stringContaining('deliveries_of_conversation') as string }]);
});

test('a file of a newer version is refused, says so, and is left alone', () => {
	const file = newFile();
	const newer = new Database(file);
	migrate(newer, [...migrations, 'CREATE TABLE from_the_future (a)']);
	newer.close();
	const version = migrations.length + 1;
	expect(() => open({ file })).toThrow(
		`The file was written by a newer version of the inspector (its version is ${version}, this one knows ${migrations.length}). Update the inspector, or start with another --data folder.`,
	);
	expect(() => open({ file })).toThrow(StoreError);
	expect(rowsOf(file, 'from_the_future')).toBe(0);
});

test('a file of the first version is read by this one', () => {
	const file = newFile();
	const first = new Database(file);
	migrate(first, migrations.slice(0, 1));
	first.close();
	const database = open({ file });
	expect(database.write([unsigned()], [])).toMatchObject([{ id: 1 }]);
	database.clear(1);
	expect(database.restore()).toBe(1);
	database.close();
});

test('summaries of an older version are derived again after a start, also cleared ones, and the page is told', async () => {
	const directory = newFolder();
	const file = join(directory, 'deliveries.sqlite');
	const old: Summarizer = {
		version: 0,
		summarize: (arrived) => ({ ...summarize(arrived), version: 0, subject: 'as the old version saw it' }),
	};
	const before = new DeliveryDatabase({ file, keep, summarizer: old, maximumPages: 0, now: Date.now });
	before.refreshSome(0);
	const count = 250;
	before.write(
		Array.from({ length: count }, (_, id) => unsigned({ body: bytes(`{"event":"conversation_created","id":${id}}`) })),
		[],
	);
	before.setPinned(2, true);
	before.clear(1);
	before.close();

	const store = await DiskStore.open({ directory, threadFile, keep });
	onTestFinished(() => store.close());
	const events: StoreEvent[] = [];
	store.subscribe((event) => events.push(event));
	const updated = () => events.flatMap((event) => (event.type === 'update' ? [event.summary] : []));
	await expect.poll(() => updated().length).toBe(count - 1);
	expect(updated()[0]).toMatchObject({ id: 2, version: summaryVersion, subject: '#1', state: { isPinned: true } });
	expect(await store.restore()).toBe(1);
	const { deliveries } = await store.list({ after: 0, limit: 1000 });
	expect(deliveries).toHaveLength(count);
	expect(new Set(deliveries.map(({ version }) => version))).toEqual(new Set([summaryVersion]));
});

test('what was found of a signature outlives a closed file, and a summary that is derived again', () => {
	const file = newFile();
	const old: Summarizer = { version: 0, summarize: (arrived) => ({ ...summarize(arrived), version: 0 }) };
	const before = open({ file, summarizer: old });
	before.refreshSome(0);
	before.write([{ delivery: delivery(), signature: 'invalid' }, unsigned()], []);
	before.close();
	const after = open({ file });
	const { updated } = after.refreshSome(0);
	expect(updated).toMatchObject([
		{ id: 1, version: summaryVersion, state: { signature: 'invalid' } },
		{ id: 2, version: summaryVersion, state: { signature: null } },
	]);
	expect(after.get(1)).toMatchObject({ state: { signature: 'invalid' } });
	after.close();
});

test('the deliveries of a file from before signatures were checked are there, and not checked', () => {
	const file = newFile();
	const older = new Database(file);
	migrate(older, migrations.slice(0, 2));
	const summary = JSON.stringify(summarize(delivery()));
	older.prepare('INSERT INTO deliveries (received_at, weight, summary) VALUES (1, 2, ?)').run([summary]);
	older.close();
	const database = open({ file });
	expect(database.list({ limit: 9 }).deliveries).toMatchObject([{ id: 1, state: { signature: null } }]);
	database.close();
});

/** What was counted, whatever order its events are in. */
function byEvent({ events, otherDeliveries }: CountedMembers) {
	return { otherDeliveries, events: Object.fromEntries(events.map((event) => [event.event, event])) };
}

const contact = (...names: string[]) =>
	unsigned({
		body: bytes(JSON.stringify({ event: 'contact_created', ...Object.fromEntries(names.map((name) => [name, 1])) })),
	});

test('counts of members outlive a closed file, and summaries that are derived again count nothing twice', () => {
	const file = newFile();
	const old: Summarizer = { version: 0, summarize: (arrived) => ({ ...summarize(arrived), version: 0 }) };
	const before = open({ file, summarizer: old });
	before.write([contact('id', 'made_up'), contact('id'), unsigned(), unsigned({ body: bytes('no') })], []);
	const counted = byEvent(before.countedMembers());
	expect(counted).toMatchObject({
		otherDeliveries: 1,
		events: { contact_created: { deliveries: 2 }, message_created: { deliveries: 1 } },
	});
	before.close();
	const after = open({ file });
	expect(byEvent(after.countedMembers())).toEqual(counted);
	let next: number | null = 0;
	while (next !== null) ({ next } = after.refreshSome(next));
	expect(byEvent(after.countedMembers())).toEqual(counted);
	after.write([contact('id', 'another')], []);
	expect(after.countedMembers().events.find(({ event }) => event === 'contact_created')).toEqual({
		event: 'contact_created',
		deliveries: 3,
		others: 0,
		members: [
			{ pointer: '/event', count: 3, example: 5 },
			{ pointer: '/id', count: 3, example: 5 },
			{ pointer: '/made_up', count: 1, example: 1 },
			{ pointer: '/another', count: 1, example: 5 },
		],
	});
	after.close();
});

test('what a failed transaction was about to count is not counted, neither now nor after a restart', () => {
	const file = newFile();
	const full = open({ file, maximumPages: 40 });
	full.write([contact('id')], []);
	const counted = full.countedMembers();
	const large = {
		...contact('id', 'made_up').delivery,
		body: bytes(`{"event":"message_created"${' '.repeat(500_000)}}`),
	};
	expect(() =>
		full.write([contact('made_up'), { delivery: large, signature: null }, unsigned({ body: bytes('') })], []),
	).toThrow(/disk is full/);
	expect(full.countedMembers()).toEqual(counted);
	full.write([contact('other')], []);
	expect(full.countedMembers().events[0]).toMatchObject({ deliveries: 2 });
	const later = full.countedMembers();
	full.close();
	const again = open({ file });
	expect(again.countedMembers()).toEqual(later);
	again.close();
});

test('a file from before members were counted counts from now on', () => {
	const file = newFile();
	const older = new Database(file);
	migrate(older, migrations.slice(0, 3));
	older.close();
	const database = open({ file });
	expect(database.countedMembers()).toEqual({ events: [], otherDeliveries: 0 });
	database.write([contact('id')], []);
	expect(database.countedMembers().events).toMatchObject([{ event: 'contact_created', deliveries: 1 }]);
	database.close();
});

test('a file whose summaries are of this version is not gone through again', () => {
	const file = newFile();
	const first = open({ file });
	first.write([unsigned(), unsigned()], []);
	let next: number | null = 0;
	while (next !== null) ({ next } = first.refreshSome(next));
	first.close();
	const second = open({ file, summarizer: { version: summaryVersion, summarize: () => expect.unreachable() } });
	expect(second.refreshSome(0)).toEqual({ updated: [], next: null });
	second.close();
});

test('what was cleared is deleted for good when it can no longer be restored, bit by bit, but for the pinned', () => {
	const file = newFile();
	let now = 1_781_000_000_000;
	const database = open({ file, now: () => now, keep: { ...keep, count: 5000 } });
	const ids = database
		.write(
			Array.from({ length: 1200 }, () => unsigned()),
			[],
		)
		.map(({ id }) => id);
	database.write([], [{ id: ids[3]!, answer }]);
	database.setPinned(ids[5]!, true);
	database.clear(ids[1149]!);
	expect(database.purgeSome()).toBe(false);
	now += undoMilliseconds + 1;
	expect(database.purgeSome()).toBe(true);
	while (database.purgeSome());
	expect(database.status().count).toBe(51);
	expect(database.list({ after: 0, limit: 1 }).deliveries).toMatchObject([{ id: ids[5] }]);
	database.close();
	expect(['deliveries', 'requests', 'answers', 'spared'].map((table) => rowsOf(file, table))).toEqual([51, 51, 0, 1]);
	const again = open({ file, now: () => now });
	expect(again.restore()).toBe(0);
	expect(again.write([unsigned()], [])).toMatchObject([{ id: 1201 }]);
	again.close();
});

test('an answer or a pin for what is not there leaves nothing behind', () => {
	const database = open({ keep: { ...keep, count: 1 } });
	database.write([unsigned(), unsigned()], []);
	database.write(
		[],
		[1, 2, 3].map((id) => ({ id, answer })),
	);
	expect(database.get(2)).toMatchObject({ answer });
	expect(database.write([unsigned()], [])).toMatchObject([{ id: 3, state: { answer: null } }]);
	expect(database.get(3)).toMatchObject({ answer: null });
	expect(database.setPinned(4, true)).toBeNull();
	expect(database.write([unsigned()], [])).toMatchObject([{ id: 4, state: { isPinned: false } }]);
	expect(database.get(4)).toMatchObject({ state: { isPinned: false } });
	database.close();
});

test('a delivery that cannot be stored takes its neighbours in the same transaction along neither in nor out', async () => {
	const store = await DiskStore.open({ directory: newFolder(), threadFile, keep, maximumPages: 60 });
	onTestFinished(() => store.close());
	const append = (size: number) => store.append(delivery({ body: new Uint8Array(size) }));
	const outcomes = await Promise.allSettled([append(10), append(10), append(1_000_000), append(10)]);
	expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
	expect((await store.list({ limit: 10 })).deliveries).toHaveLength(3);
	expect(store.status().count).toBe(3);
});

type Step =
	| { do: 'append'; size: number; pause: number }
	| { do: 'answer' | 'pin' | 'unpin' | 'clear'; id: number }
	| { do: 'restore' }
	| { do: 'wait'; milliseconds: number }
	| { do: 'restart' };

const id = fc.nat({ max: 14 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('append' as const),
			size: fc.nat({ max: 400 }),
			pause: fc.nat({ max: 900 }),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('answer' as const), id }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constantFrom('pin' as const, 'unpin' as const, 'clear' as const), id }) },
	{ weight: 2, arbitrary: fc.constant({ do: 'restore' as const }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.nat({ max: 15_000 }) }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);
const limits = fc.record({
	count: fc.integer({ min: 1, max: 12 }),
	bytes: fc.integer({ min: 1, max: 12_000 }),
	ageMilliseconds: fc.option(fc.integer({ min: 500, max: 20_000 })),
});

/** An undo of a clear that found nothing: what has become too old goes all the same. */
const undoOfNothing: [{ count: number; bytes: number; ageMilliseconds: number | null }, Step[]] = [
	{ count: 1, bytes: 542, ageMilliseconds: 500 },
	[{ do: 'clear', id: 0 }, { do: 'append', size: 0, pause: 0 }, { do: 'wait', milliseconds: 501 }, { do: 'restore' }],
];

test(
	'whatever is done to it in whatever order, the file holds what a store in memory would hold',
	{ timeout: 20_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(limits, fc.array(step, { minLength: 5, maxLength: 40 }), async (keepLimits, steps) => {
				let now = 1_781_000_000_000;
				const clock = () => now;
				const memory = new MemoryStore({ keep: keepLimits, now: clock });
				const options = { file: newFile(), keep: keepLimits, summarizer, maximumPages: 0, now: clock };
				let database = new DeliveryDatabase(options);
				try {
					for (const taken of steps) {
						switch (taken.do) {
							case 'append': {
								now += taken.pause;
								// Some are JSON, some of an event that is counted, with names that come and come back.
								const event = ['contact_created', 'message_created', 'made_up'][taken.size % 4];
								const body = bytes(JSON.stringify({ event, [`member_${taken.size % 7}`]: ' '.repeat(taken.size) }));
								const arrived: Delivery = delivery({ receivedAt: now, body: taken.size % 5 === 0 ? bytes('') : body });
								const expected = await memory.append(arrived);
								expect(database.write([{ delivery: arrived, signature: null }], [])).toMatchObject([{ id: expected }]);
								break;
							}
							case 'answer':
								// Memory takes no answer for what is cleared; whether it is kept for a restore is nobody's promise.
								if ((await memory.get(taken.id)) === null) break;
								memory.recordAnswer(taken.id, answer);
								database.write([], [{ id: taken.id, answer }]);
								break;
							case 'pin':
							case 'unpin':
								expect(database.setPinned(taken.id, taken.do === 'pin')).toEqual(
									await memory.setPinned(taken.id, taken.do === 'pin'),
								);
								break;
							case 'clear':
								expect(database.clear(taken.id)).toEqual(await memory.clear(taken.id));
								break;
							case 'restore':
								expect(database.restore()).toEqual(await memory.restore());
								break;
							case 'wait':
								now += taken.milliseconds;
								database.purgeSome();
								break;
							case 'restart':
								database.close();
								database = new DeliveryDatabase(options);
						}
						expect(database.status()).toEqual(memory.status());
						expect(byEvent(database.countedMembers())).toEqual(byEvent(await memory.countedMembers()));
						for (const range of [
							{ limit: 100 },
							{ after: 0, limit: 3 },
							{ after: 4, limit: 2 },
							{ before: 6, limit: 3 },
						]) {
							expect(database.list(range)).toEqual(await memory.list(range));
						}
						expect(database.get(5)).toEqual(await memory.get(5));
					}
				} finally {
					database.close();
				}
			}),
			{ numRuns: 12, examples: [undoOfNothing] },
		);
	},
);
