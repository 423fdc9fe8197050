import { expect, test } from 'vitest';
import type { KeepLimits, Summary } from '../src/deliveries/api';
import type { Header } from '../src/deliveries/delivery';
import {
	undoMilliseconds,
	wholePageBytes,
	type ConversationChoice,
	type DeliveryStore,
	type ListRange,
	type StoredDelivery,
	type StoreEvent,
} from '../src/receiver/store';
import { bytes, delivery } from './deliveries';

/** What a store is opened with; `now` may be moved by the test. */
export interface StoreConditions {
	keep: KeepLimits;
	now: () => number;
}

const plenty: KeepLimits = { count: 1000, bytes: 1e9, ageMilliseconds: null };
const answer = { status: 200, headers: [], body: '{}', milliseconds: 3 };

/** What every delivery store promises. */
export function storeContract(name: string, open: (conditions: StoreConditions) => Promise<DeliveryStore>): void {
	const promise = (
		sentence: string,
		work: (start: (conditions?: Partial<StoreConditions>) => Promise<DeliveryStore>) => Promise<void>,
	) => {
		test(`${name}: ${sentence}`, async () => {
			const opened: DeliveryStore[] = [];
			try {
				await work(async (conditions) => {
					const store = await open({ keep: plenty, now: () => 1_781_000_000_000, ...conditions });
					opened.push(store);
					return store;
				});
			} finally {
				await Promise.all(opened.map((store) => store.close()));
			}
		});
	};

	promise('a delivery comes back exactly as it arrived', async (start) => {
		const store = await start();
		const body = new Uint8Array([0, 255, 128, 10, 13, 0]);
		const id = await store.append(
			delivery({
				body: body.slice(),
				method: 'PURGE',
				target: '/hooks/main/../a//b?x=%00',
				headers: [
					['X-A', '1'],
					['x-a', '\u00e9'],
				],
				truncation: { reason: 'stopped', announced: 9 },
			}),
		);
		expect(await store.body(id)).toEqual(body);
		expect(await store.get(id)).toMatchObject({
			id,
			method: 'PURGE',
			target: '/hooks/main/../a//b?x=%00',
			headers: [
				['X-A', '1'],
				['x-a', '\u00e9'],
			],
			bodySize: 6,
			truncation: { reason: 'stopped', announced: 9 },
			isTruncated: true,
			answer: null,
		});
	});

	promise('an empty body stays empty', async (start) => {
		const store = await start();
		const id = await store.append(delivery({ body: bytes('') }));
		expect(await store.body(id)).toEqual(bytes(''));
	});

	promise('ids ascend in the order of the calls, also for appends at the same time', async (start) => {
		const store = await start();
		const ids = await Promise.all(Array.from({ length: 50 }, () => store.append(delivery())));
		expect(ids).toEqual([...ids].sort((a, b) => a - b));
		expect(new Set(ids).size).toBe(50);
	});

	promise('the list gives the newest, the next after an id, or those before an id, always ascending', async (start) => {
		const store = await start();
		const ids = await appendMany(store, 10);
		const listed = async (range: { after?: number; before?: number; limit: number }) =>
			(await store.list(range)).deliveries.map(({ id }) => id);
		expect(await listed({ limit: 3 })).toEqual(ids.slice(7));
		expect(await listed({ after: ids[1], limit: 3 })).toEqual(ids.slice(2, 5));
		expect(await listed({ before: ids[8], limit: 3 })).toEqual(ids.slice(5, 8));
		expect(await listed({ after: 0, limit: 100 })).toEqual(ids);
		expect(await listed({ after: ids[9], limit: 5 })).toEqual([]);
		expect(await store.list({ limit: 1 })).toMatchObject({ oldest: ids[0], newest: ids[9] });
	});

	promise('the list as text says the same as the list', async (start) => {
		const store = await start();
		const ids = await appendMany(store, 4);
		const odd = await store.append(
			delivery({ target: '/hooks/main/\u{1F4E6}?"\\', body: bytes('{"event":"\u2028"}') }),
			'valid',
		);
		store.recordAnswer(ids[1]!, { status: 200, headers: [], body: '{}', milliseconds: 0.1 + 0.2 });
		store.recordAnswer(odd, { status: 413, headers: [], body: '{}', milliseconds: 12 });
		await store.setPinned(ids[0]!, true);
		await store.clear(ids[2]!);
		for (const range of [{ limit: 10 }, { limit: 2 }, { after: ids[0]!, limit: 2 }, { before: odd, limit: 10 }]) {
			const text = new TextDecoder().decode(await store.listText(range));
			expect(JSON.parse(text)).toEqual(await store.list(range));
		}
		expect((await store.list({ limit: 10 })).deliveries.map(({ state }) => state)).toEqual([
			{ answer: null, isPinned: true, note: null, signature: null },
			{ answer: null, isPinned: false, note: null, signature: null },
			{ answer: { status: 413, milliseconds: 12 }, isPinned: false, note: null, signature: 'valid' },
		]);
		await store.restore();
		expect((await store.list({ limit: 10 })).deliveries[1]?.state.answer?.milliseconds).toBe(0.1 + 0.2);
	});

	promise('the list of one conversation has its deliveries alone, and those that name no account', async (start) => {
		const store = await start();
		const sent = (account: number | null, conversation: number, endpoint = 'main') => {
			const body = { event: 'conversation_created', id: conversation, ...(account && { account: { id: account } }) };
			return store.append(delivery({ endpoint, body: bytes(JSON.stringify(body)) }));
		};
		const ids: number[] = [];
		for (const [account, conversation, endpoint] of [
			[7, 1],
			[7, 2],
			[8, 1],
			[null, 1],
			[7, 1, 'other'],
			[7, 1],
		] as const) {
			ids.push(await sent(account, conversation, endpoint));
		}
		await store.append(delivery());
		const places = async (choice: Partial<ConversationChoice>, range: Partial<ListRange> = {}) => {
			const conversation = { conversationId: 1, accountId: null, endpoint: null, ...choice };
			const { deliveries } = await store.list({ limit: 10, ...range, conversation });
			return deliveries.map(({ id }) => ids.indexOf(id));
		};
		expect(await places({})).toEqual([0, 2, 3, 4, 5]);
		expect(await places({ accountId: 7 })).toEqual([0, 3, 4, 5]);
		expect(await places({ accountId: 7, endpoint: 'main' })).toEqual([0, 3, 5]);
		expect(await places({ conversationId: 3 })).toEqual([]);
		expect(await places({ endpoint: 'main' }, { limit: 2 })).toEqual([3, 5]);
		expect(await places({ endpoint: 'main' }, { after: ids[0]!, limit: 2 })).toEqual([2, 3]);
		expect(await places({ endpoint: 'main' }, { before: ids[5]!, limit: 2 })).toEqual([2, 3]);
		await store.setPinned(ids[2]!, true);
		await store.clear(ids[4]!);
		expect(await places({})).toEqual([2, 5]);
		expect(await places({}, { after: 0, limit: 1 })).toEqual([2]);
		await store.restore();
		expect(await places({})).toEqual([0, 2, 3, 4, 5]);
	});

	promise('deliveries come whole, in pages that hold at least one and not much more than the bytes', async (start) => {
		const store = await start();
		const bodies = [600_000, 600_000, 5, 3 * wholePageBytes, 7].map((size, index) => new Uint8Array(size).fill(index));
		const ids: number[] = [];
		for (const body of bodies) {
			const headers: Header[] = [['X-Place', String(ids.length)]];
			ids.push(await store.append(delivery({ body: body.slice(), headers, method: 'PUT', target: '/hooks/main?a' })));
		}
		const pages: StoredDelivery[][] = [];
		for (let after = 0; ;) {
			const page = await store.listWhole({ after, limit: 10 });
			if (page.length === 0) break;
			pages.push(page);
			after = page.at(-1)!.summary.id;
		}
		expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
		const all = pages.flat();
		expect(all.map(({ summary }) => summary)).toEqual((await store.list({ limit: 10 })).deliveries);
		const isWhole = (body: Uint8Array, index: number) =>
			body.length === bodies[index]!.length && body.every((byte) => byte === index);
		expect(all.map(({ delivery: { body } }, index) => isWhole(body, index))).toEqual(bodies.map(() => true));
		expect(all.at(-1)?.delivery).toMatchObject({ method: 'PUT', target: '/hooks/main?a', headers: [['X-Place', '4']] });
		expect((await store.listWhole({ after: ids[1]!, limit: 1 })).map(({ summary }) => summary.id)).toEqual([ids[2]]);
		// What was given away is still there.
		expect(isWhole((await store.body(ids[0]!))!, 0)).toBe(true);
	});

	promise('an empty store has no ends and nothing to show', async (start) => {
		const store = await start();
		expect(await store.list({ limit: 10 })).toEqual({ deliveries: [], oldest: null, newest: null });
		expect(store.status()).toMatchObject({ oldest: null, newest: null, count: 0, bytes: 0 });
		expect(await store.get(1)).toBeNull();
		expect(await store.body(1)).toBeNull();
	});

	promise('listeners hear of a delivery, then of its answer, with the summary that the list shows', async (start) => {
		const store = await start();
		const events: StoreEvent[] = [];
		store.subscribe((event) => events.push(event));
		const id = await store.append(delivery());
		store.recordAnswer(id, answer);
		const { deliveries } = await store.list({ limit: 1 });
		const [first, ...others] = events.filter(({ type }) => type !== 'store');
		expect(first).toMatchObject({
			type: 'delivery',
			summary: { id, event: 'message_created', state: { answer: null } },
		});
		expect(others).toEqual([{ type: 'update', summary: deliveries[0] }]);
		expect(deliveries[0]).toMatchObject({ state: { answer: { status: 200, milliseconds: 3 } } });
		expect(await store.get(id)).toMatchObject({ answer });
	});

	promise(
		'what was found of a signature stays with its delivery, through answer, pin, clear and restore',
		async (start) => {
			const store = await start();
			const events: StoreEvent[] = [];
			store.subscribe((event) => events.push(event));
			const states = ['valid', 'invalid', 'absent', null, undefined] as const;
			const ids: number[] = [];
			for (const state of states) ids.push(await store.append(delivery(), state));
			for (const id of ids) store.recordAnswer(id, answer);
			await store.setPinned(ids[0]!, true);
			await store.clear(ids[4]!);
			await store.restore();
			const found = ['valid', 'invalid', 'absent', null, null];
			const signatures = (summaries: readonly Summary[]) => summaries.map(({ state }) => state.signature);
			const told = (type: string) =>
				events.flatMap((event) => (event.type === type && 'summary' in event ? event.summary : []));
			expect(signatures((await store.list({ limit: 10 })).deliveries)).toEqual(found);
			expect(signatures(told('delivery'))).toEqual(found);
			expect(signatures(told('update'))).toEqual([...found, 'valid']);
			expect((await store.get(ids[1]!))?.state.signature).toBe('invalid');
		},
	);

	promise('a listener that stopped hears nothing more', async (start) => {
		const store = await start();
		const events: StoreEvent[] = [];
		store.subscribe((event) => events.push(event))();
		await store.append(delivery());
		expect(events).toEqual([]);
	});

	promise('clearing takes what came up to an id, tells the listeners, and can be undone', async (start) => {
		const store = await start();
		const ids = await appendMany(store, 5);
		const before = store.status();
		const events: StoreEvent[] = [];
		store.subscribe((event) => events.push(event));
		const { cleared, undoUntil } = await store.clear(ids[2]!);
		expect({ cleared, undoUntil }).toEqual({ cleared: 3, undoUntil: 1_781_000_000_000 + undoMilliseconds });
		expect((await store.list({ after: 0, limit: 10 })).deliveries.map(({ id }) => id)).toEqual(ids.slice(3));
		expect(await store.get(ids[0]!)).toBeNull();
		expect(await store.body(ids[0]!)).toBeNull();
		expect(events.at(-1)).toMatchObject({ type: 'store', status: { oldest: ids[3], newest: ids[4], count: 2 } });
		expect(await store.restore()).toBe(3);
		expect((await store.list({ after: 0, limit: 10 })).deliveries.map(({ id }) => id)).toEqual(ids);
		expect(store.status()).toEqual(before);
		expect(await store.restore()).toBe(0);
	});

	promise('pinned deliveries outlive a clear, and a later one takes them when they were let go', async (start) => {
		const store = await start();
		const ids = await appendMany(store, 4);
		expect(await store.setPinned(ids[1]!, true)).toMatchObject({ id: ids[1], state: { isPinned: true } });
		expect(await store.clear(ids[3]!)).toMatchObject({ cleared: 3 });
		const later = await store.append(delivery());
		expect((await store.list({ after: 0, limit: 10 })).deliveries.map(({ id }) => id)).toEqual([ids[1], later]);
		expect((await store.list({ before: later, limit: 10 })).deliveries.map(({ id }) => id)).toEqual([ids[1]]);
		expect(store.status()).toMatchObject({ oldest: ids[1], newest: later, count: 2 });
		await store.setPinned(ids[1]!, false);
		expect(await store.get(ids[1]!)).toMatchObject({ state: { isPinned: false } });
		expect(await store.clear(later)).toMatchObject({ cleared: 2 });
		expect(store.status()).toMatchObject({ oldest: null, newest: null, count: 0, bytes: 0 });
	});

	promise('a clear is final when its time is over, and so is the one before the last', async (start) => {
		let now = 1_781_000_000_000;
		const store = await start({ now: () => now });
		const ids = await appendMany(store, 4);
		await store.clear(ids[0]!);
		await store.clear(ids[1]!);
		expect(await store.restore()).toBe(1);
		expect((await store.list({ after: 0, limit: 10 })).deliveries.map(({ id }) => id)).toEqual(ids.slice(1));
		await store.clear(ids[3]!);
		now += undoMilliseconds + 1;
		expect(await store.restore()).toBe(0);
		expect(store.status()).toMatchObject({ count: 0, bytes: 0 });
	});

	promise('ids are never used again, not even after clearing everything', async (start) => {
		const store = await start();
		const ids = await appendMany(store, 3);
		await store.clear(ids[2]!);
		expect(await store.append(delivery())).toBeGreaterThan(ids[2]!);
	});

	promise('more than the count allowed pushes the oldest out, but not the pinned ones', async (start) => {
		const store = await start({ keep: { ...plenty, count: 3 } });
		const ids = await appendMany(store, 2);
		await store.setPinned(ids[0]!, true);
		const later = await appendMany(store, 3);
		expect((await store.list({ after: 0, limit: 10 })).deliveries.map(({ id }) => id)).toEqual([
			ids[0],
			later[1],
			later[2],
		]);
		expect(store.status()).toMatchObject({ oldest: ids[0], count: 3, dropped: 2 });
	});

	promise('more than the bytes allowed pushes the oldest out', async (start) => {
		const store = await start({ keep: { ...plenty, bytes: 25_000 } });
		const ids: number[] = [];
		for (let i = 0; i < 5; i++) ids.push(await store.append(delivery({ body: new Uint8Array(10_000) })));
		expect((await store.list({ after: 0, limit: 10 })).deliveries.map(({ id }) => id)).toEqual(ids.slice(3));
		expect(store.status().bytes).toBeLessThanOrEqual(25_000);
	});

	promise('what is older than the age allowed goes when the next one arrives', async (start) => {
		let now = 1_781_000_000_000;
		const store = await start({ keep: { ...plenty, ageMilliseconds: 60_000 }, now: () => now });
		await store.append(delivery({ receivedAt: now }));
		now += 61_000;
		const id = await store.append(delivery({ receivedAt: now }));
		expect((await store.list({ after: 0, limit: 10 })).deliveries.map((summary) => summary.id)).toEqual([id]);
		expect(store.status()).toMatchObject({ count: 1, dropped: 1 });
	});

	promise('each delivery counts once for each member that it has, and for its event', async (start) => {
		const store = await start();
		const bodies = [
			'{"event":"contact_created","id":1,"name":"a"}',
			'{"event":"contact_created","id":2,"asignee_id":null}',
			'{"event":"made_up","id":3}',
			'not json',
		];
		await Promise.all(bodies.map((body) => store.append(delivery({ body: bytes(body) }))));
		const { events, otherDeliveries } = await store.countedMembers();
		expect(otherDeliveries).toBe(2);
		expect(events).toMatchObject([{ event: 'contact_created', deliveries: 2, others: 0 }]);
		expect(events[0]!.members).toEqual([
			{ pointer: '/event', count: 2, example: 2 },
			{ pointer: '/id', count: 2, example: 2 },
			{ pointer: '/name', count: 1, example: 1 },
			{ pointer: '/asignee_id', count: 1, example: 2 },
		]);
	});

	promise(
		'nothing is counted at first, and neither clearing nor the limits nor a pin changes a count',
		async (start) => {
			const store = await start({ keep: { ...plenty, count: 2 } });
			expect(await store.countedMembers()).toEqual({ events: [], otherDeliveries: 0 });
			const ids = await appendMany(store, 4);
			const counted = await store.countedMembers();
			expect(counted.events).toMatchObject([{ event: 'message_created', deliveries: 4 }]);
			await store.setPinned(ids[3]!, true);
			await store.clear(ids[3]!);
			await store.restore();
			expect(await store.countedMembers()).toEqual(counted);
		},
	);

	promise('pinning or answering what is not there changes nothing', async (start) => {
		const store = await start();
		expect(await store.setPinned(7, true)).toBeNull();
		store.recordAnswer(7, answer);
		expect(await store.list({ limit: 10 })).toMatchObject({ deliveries: [] });
	});
}

async function appendMany(store: DeliveryStore, count: number): Promise<number[]> {
	const ids: number[] = [];
	for (let i = 0; i < count; i++) ids.push(await store.append(delivery()));
	return ids;
}
