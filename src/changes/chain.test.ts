import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conversations, inThisOrder, play, type History, type Save } from '../../test/conversation-history';
import type { SummaryChange } from '../deliveries/api';
import { followChain } from './chain';
import type { ChainEntry } from './chain-entry';
import type { ChainRemark } from './chain-remarks';
import { LiveChain } from './live-chain';

const t0 = Date.UTC(2026, 5, 9, 10);

/** A `conversation_updated` with these changes, saved so many seconds after ten. */
function update(
	id: number,
	seconds: number | null,
	changes: Record<string, [previous: unknown, current: unknown, shown?: unknown]>,
	facts: Partial<ChainEntry> = {},
): ChainEntry {
	const text = (value: unknown) => (typeof value === 'string' && value.startsWith('#') ? value : JSON.stringify(value));
	const changed = Object.entries(changes).map(([attribute, [previous, current, shown]]): SummaryChange => {
		const both = { attribute, previous: text(previous), current: text(current) };
		return shown === undefined ? both : { ...both, shown: text(shown) };
	});
	if (seconds !== null) {
		const current = JSON.stringify(new Date(t0 + seconds * 1000).toISOString());
		changed.push({ attribute: 'updated_at', previous: 'null', current });
	}
	return {
		id,
		endpoint: 'main',
		event: 'conversation_updated',
		accountId: 7,
		conversationId: 1401,
		changed,
		deliveryHeaderId: `delivery ${id}`,
		bodyHash: null,
		...facts,
	};
}

const short = ({ kind, at, since, attributes }: ChainRemark) =>
	[kind, at, since, ...(attributes.length > 0 ? [attributes.join()] : [])].join(' ');
const follow = (...entries: ChainEntry[]) => followChain(entries).map(short);

test('a previous value that is not the last known one means that a delivery is missing', () => {
	const remarks = followChain([
		update(128, 0, { status: ['pending', 'open'] }),
		update(130, 5, { priority: [null, 'low'] }),
		update(131, 9, { status: ['snoozed', 'open'], snoozed_until: ['2026-06-09T16:00:00.000Z', null] }),
	]);
	expect(remarks.map(short)).toEqual(['gap 131 128 status']);
	expect(remarks[0]!.message).toBe(
		'A delivery is missing here. #1401 was `open` in 128, but 131 starts from `snoozed`',
	);
	expect(remarks[0]!.broken).toMatchObject([
		{ attribute: 'status', known: '"open"', since: 128, previous: '"snoozed"' },
	]);
});

test('the delivery before a gap is the one that stated a value last, and the words are about that value', () => {
	const [remark] = followChain(
		[
			update(0, 0, { priority: [null, 'low'], status: ['pending', 'open'] }),
			update(1, 1, { custom_attributes: [{}, { plan: 'gold' }] }),
			update(2, 2, { priority: ['low', 'high'] }),
			update(3, 3, { status: ['snoozed', 'open'], priority: ['urgent', null], custom_attributes: ['#1', '#2'] }),
		],
		(id) => `line ${id + 1}`,
	);
	expect(short(remark!)).toBe('gap 3 2 status,priority,custom_attributes');
	expect(remark!.message).toBe(
		'A delivery is missing here. `priority` of #1401 was `high` in line 3, but line 4 starts from `urgent`; `status` and `custom_attributes` do not fit either',
	);
});

test.each([
	[
		'custom_attributes',
		{ custom_attributes: [{}, { a: 1 }] },
		{ custom_attributes: [{ a: 2 }, {}] },
		'#1401 starts from other `custom_attributes` in 2 than 1 left',
	],
	[
		'labels',
		{ label_list: [[], ['vip']] },
		{ label_list: [['vip', 'late'], []] },
		'#1401 did not have the label `late` in 1, but 2 starts with it',
	],
	['a team', { team_id: [null, 3] }, { team_id: [4, 5] }, '`team_id` of #1401 was `3` in 1, but 2 starts from `4`'],
	[
		'a cleared value',
		{ priority: ['low', null] },
		{ priority: ['high', 'low'] },
		'`priority` of #1401 was none in 1, but 2 starts from `high`',
	],
] as const)('a gap is put into words that fit %s', (_name, first, second, words) => {
	const messages = followChain([update(1, 1, first as never), update(2, 2, second as never)]).map(
		({ message }) => message,
	);
	expect(messages).toEqual([`A delivery is missing here. ${words}`]);
});

test.each([
	['a deleted team', { team_id: [null, 3] }, { team_id: [null, 4] }],
	['a removed agent', { assignee_id: [null, 31] }, { assignee_id: [null, 32] }],
	['a deleted bot', { assignee_agent_bot_id: [null, 9] }, { assignee_agent_bot_id: [null, 8] }],
	['a renamed label', { label_list: [[], ['vip', 'late']] }, { label_list: [['late', 'gold'], ['late']] }],
	['a deleted label', { label_list: [[], ['vip', 'late']] }, { label_list: [['late'], []] }],
	['labels of which only a hash is known', { label_list: [[], '#1'] }, { label_list: ['#2', []] }],
	[
		'a waiting clock that stopped',
		{ waiting_since: [null, '2026-06-09T10:00:00.000Z'] },
		{ waiting_since: [null, 'x'] },
	],
	['silent saves', { additional_attributes: [{}, { a: 1 }] }, { additional_attributes: [{ b: 1 }, {}] }],
	['a last-seen time', { agent_last_seen_at: [null, 'x'] }, { agent_last_seen_at: ['y', 'z'] }],
	['an attribute of a fork', { sentiment: [null, 'x'] }, { sentiment: ['y', 'z'] }],
	['an empty object instead of null', { custom_attributes: [{ a: 1 }, null] }, { custom_attributes: [{}, { a: 1 }] }],
] as const)('what Chatwoot changes silently is no gap: %s', (_name, first, second) => {
	expect(follow(update(1, 1, first as never), update(2, 2, second as never))).toEqual([]);
});

test('copies to webhook, API inbox and bot are silent, whichever comes when', () => {
	const first = { status: ['open', 'resolved'] } as const;
	const second = { status: ['resolved', 'open'] } as const;
	const entries = [
		update(1, 1, first as never),
		update(2, 1, first as never),
		update(3, 2, second as never),
		update(4, 1, first as never),
		update(5, 2, second as never),
	];
	expect(follow(...entries)).toEqual([]);
});

test('a relay that drops updated_at costs the order, not the chain: the same change made again is no copy', () => {
	const close = { status: ['open', 'resolved'] };
	const open = { status: ['resolved', 'open'] };
	const all = [close, close, open, close, open] as never[];
	expect(follow(...all.map((changes, index) => update(index, null, changes)))).toEqual([]);
	expect(follow(update(1, null, close as never), update(2, null, { status: ['pending', 'open'] }))).toEqual([
		'gap 2 1 status',
	]);
});

test('the same delivery id on one endpoint is a duplicate, whatever the event; elsewhere it is another delivery', () => {
	const message = (id: number, facts: Partial<ChainEntry> = {}) =>
		update(id, null, {}, { event: 'message_created', deliveryHeaderId: 'same', ...facts });
	expect(follow(message(1), message(2), message(3, { endpoint: 'other' }), message(4))).toEqual([
		'duplicate 2 1',
		'duplicate 4 1',
	]);
});

test('equal bytes are a duplicate only of updates, and only where neither has a delivery id', () => {
	const close = { status: ['open', 'resolved'] } as const;
	const facts = { deliveryHeaderId: null, bodyHash: 'same' };
	const [first, second] = [update(1, 1, close as never, facts), update(2, 1, close as never, facts)];
	expect(follow(first, second, update(3, 2, { status: ['resolved', 'open'] }))).toEqual(['duplicate 2 1']);
	const message = (id: number) => update(id, null, {}, { event: 'message_updated', deliveryHeaderId: null });
	expect(follow(message(1), message(2))).toEqual([]);
});

test('an update that arrives after a newer one is a remark, and the order of saving is what counts for gaps', () => {
	const remarks = followChain([
		update(1, 1, { status: ['open', 'pending'] }),
		update(2, 3, { status: ['snoozed', 'open'] }),
		update(3, 2, { status: ['pending', 'snoozed'] }),
	]);
	expect(remarks.map(short)).toEqual(['reordered 3 2']);
	expect(remarks[0]!.message).toContain('Saved before 2, which arrived first');
});

test('a body that shows another value is a contradiction unless a later update explains it', () => {
	const early = update(1, 1, { status: ['open', 'pending', 'resolved'] });
	expect(follow(early)).toEqual(['contradiction 1  status']);
	expect(follow(early, update(2, 2, { status: ['pending', 'resolved'] }))).toEqual([]);
	expect(follow(update(2, 0, { status: ['resolved', 'open'] }), early)).toEqual(['contradiction 1  status']);
	expect(follow(update(1, 1, { team_id: [null, 3, null], label_list: [[], ['a', 'b'], ['b']] }))).toEqual([]);
	expect(followChain([early])[0]!.message).toBe(
		'`status` became `pending`, but the body shows `resolved`, and no later update here explains it',
	);
});

test('a conversation that is created begins a life of its own: its number may have been another one’s', () => {
	const birth = (id: number, seconds: number, databaseId: number) =>
		update(id, seconds, { id: [null, databaseId], status: ['open', 'pending'] });
	expect(
		follow(update(1, 1, { priority: [null, 'low'] }), birth(2, 2, 91), update(3, 3, { priority: ['high', null] })),
	).toEqual([]);
	expect(follow(birth(1, 1, 91), update(2, 2, { status: ['open', 'resolved'] }))).toEqual(['gap 2 1 status']);
	expect(follow(birth(1, 1, 91), birth(2, 1, 91), update(3, 2, { status: ['pending', 'open'] }))).toEqual([]);
});

test('one number in two accounts is two conversations; updates without an account then stand apart', () => {
	const of = (id: number, accountId: number | null, previous: string, current: string) =>
		update(id, id, { status: [previous, current] }, { accountId });
	expect(follow(of(1, null, 'open', 'pending'), of(2, 7, 'open', 'resolved'))).toEqual(['gap 2 1 status']);
	const three = [of(1, null, 'open', 'pending'), of(2, 7, 'open', 'resolved'), of(3, 8, 'pending', 'open')];
	expect(follow(...three)).toEqual([]);
	expect(follow(...three, of(4, 7, 'open', 'pending'), of(5, null, 'pending', 'open'))).toEqual(['gap 4 2 status']);
});

test('a complete recording in order says nothing', () => {
	fc.assert(
		fc.property(conversations, (conversation) => {
			expect(followChain(play(conversation).entries)).toEqual([]);
		}),
		{ numRuns: 500 },
	);
});

test('a delivery that was lost is noticed exactly where it carried a change that the chain can see', () => {
	let noticed = 0;
	fc.assert(
		fc.property(conversations, fc.noBias(fc.nat()), (conversation, which) => {
			const history = play(conversation);
			const lost = which % Math.max(1, history.saves.length);
			const gone = new Set(history.saves[lost]?.entries);
			const left = history.entries.filter((entry) => !gone.has(entry));
			const gaps = followChain(left).filter(({ kind }) => kind === 'gap');
			const expected = visibleGaps(history, lost);
			expect(gaps.map(({ at, attributes }) => ({ at, attributes }))).toEqual(expected);
			const from = Math.min(...[...gone].map(({ id }) => id));
			for (const { at, since } of gaps) expect(since! < from && from < at).toBe(true);
			noticed += gaps.length;
		}),
		{ numRuns: 1000 },
	);
	expect(noticed).toBeGreaterThan(20);
});

/** Where a lost save shows, found without the chain: at the next change of each attribute that it carried. */
function visibleGaps({ saves }: History, lost: number): { at: number; attributes: string[] }[] {
	const gaps = new Map<number, string[]>();
	const isFirst = (save: Save) => save.changes.some(({ attribute }) => attribute === 'id');
	for (const { attribute } of saves[lost]?.changes ?? []) {
		const changeIn = (save: Save) => save.changes.find((change) => change.attribute === attribute);
		const before = saves.slice(0, lost).findLast(changeIn);
		const next = saves.slice(lost + 1).find(changeIn);
		if (!before || !next || isFirst(saves[lost]!)) continue;
		if (!canSee(attribute, changeIn(before)!.current!, changeIn(next)!.previous!)) continue;
		const at = next.entries[0]!.id;
		// In the order in which the diff lists them.
		gaps.set(
			at,
			next.changes
				.map((change) => change.attribute)
				.filter((name) => name === attribute || gaps.get(at)?.includes(name)),
		);
	}
	return [...gaps].map(([at, attributes]) => ({ at, attributes })).sort((left, right) => left.at - right.at);
}

/** Ground truth 5.5, said once more in other words. */
function canSee(attribute: string, known: string, previous: string): boolean {
	if (['waiting_since', 'additional_attributes', 'updated_at'].includes(attribute)) return false;
	if (attribute === 'label_list') return count(previous) > count(known);
	if (attribute === 'custom_attributes' && [known, previous].every((value) => ['{}', 'null'].includes(value)))
		return false;
	return known !== previous && !(['team_id', 'assignee_id'].includes(attribute) && previous === 'null');
}

function count(labels: string): number {
	return (JSON.parse(labels) as string[]).length;
}

test('a delivery that came twice is a duplicate and nothing else, however late', () => {
	fc.assert(
		fc.property(conversations, fc.noBias(fc.nat()), fc.noBias(fc.nat()), (conversation, which, later) => {
			const { entries } = play(conversation);
			fc.pre(entries.length > 0);
			const index = which % entries.length;
			const place = index + 1 + (later % (entries.length - index));
			const twice = inThisOrder([...entries.slice(0, place), entries[index]!, ...entries.slice(place)]);
			expect(followChain(twice).map(short)).toEqual([`duplicate ${place + 1} ${index + 1}`]);
		}),
	);
});

test('two neighbours that overtook each other are a remark at most, and no gap', () => {
	let remarked = 0;
	fc.assert(
		fc.property(conversations, fc.noBias(fc.nat()), (conversation, which) => {
			const { entries, saves } = play(conversation);
			fc.pre(entries.length > 1);
			const index = which % (entries.length - 1);
			const [one, other] = [entries[index]!, entries[index + 1]!];
			const swapped = inThisOrder([...entries.slice(0, index), other, one, ...entries.slice(index + 2)]);
			const saveOf = (entry: ChainEntry) => saves.findIndex((save) => save.entries.includes(entry));
			const isOnlyCopy = (entry: ChainEntry) => saves[saveOf(entry)]?.entries[0] === entry;
			const isOvertaken =
				saveOf(one) !== -1 && saveOf(other) !== -1 && saveOf(one) !== saveOf(other) && isOnlyCopy(one);
			const expected = isOvertaken ? [`reordered ${index + 2} ${index + 1}`] : [];
			expect(followChain(swapped).map(short)).toEqual(expected);
			remarked += expected.length;
		}),
		{ numRuns: 500 },
	);
	expect(remarked).toBeGreaterThan(5);
});

/** Several conversations, some under one number, with deliveries lost, repeated and overtaken. */
const mixtures = fc
	.tuple(
		fc.array(conversations, { minLength: 1, maxLength: 4 }),
		fc.infiniteStream(fc.nat(99)),
		fc.constantFrom(0, 3, 1000),
	)
	.map(([lives, random, disorder]) => {
		const next = () => random.next().value as number;
		const all = lives.flatMap((life, index) =>
			play(life).entries.map((entry, place) => ({
				entry: { ...entry, accountId: next() < 15 ? null : entry.accountId === null ? null : 7 + (index % 2) },
				place: place + (disorder * next()) / 99,
			})),
		);
		const sorted = all.sort((left, right) => left.place - right.place).map(({ entry }) => entry);
		const kept = sorted.flatMap((entry) => {
			const dice = next();
			if (dice < 10) return [];
			if (dice > 94) return [entry, entry];
			return dice > 88 ? [{ ...entry, deliveryHeaderId: null, bodyHash: `${entry.id}` }] : [entry];
		});
		return inThisOrder(kept);
	});

test('followed as deliveries arrive, the chain says what it says of the whole', () => {
	fc.assert(
		fc.property(mixtures, fc.integer({ min: 1, max: 9 }), (entries, burst) => {
			const live = new LiveChain();
			for (let from = 0; from < entries.length; from += burst) {
				live.add(entries.slice(from, from + burst));
				const whole = followChain(entries.slice(0, from + burst));
				expect(live.remarks()).toEqual(whole);
				expect(live.gaps).toEqual(whole.filter(({ kind }) => kind === 'gap').map(({ at }) => at));
			}
			for (const { id } of entries) {
				expect(live.remarksOf(id)).toEqual(live.remarks().filter(({ at }) => at === id));
			}
		}),
		{ numRuns: 300 },
	);
});

test('a chain that remembers little says the same while nothing comes later than that', () => {
	fc.assert(
		fc.property(conversations, fc.integer({ min: 2, max: 4 }), (conversation, updates) => {
			const { entries } = play(conversation);
			const live = new LiveChain(String, { updates: updates * 3, repeats: 4 });
			const swapped = entries.flatMap((_, index) =>
				index % updates === 0 ? entries.slice(index, index + updates).reverse() : [],
			);
			live.add(inThisOrder(swapped));
			expect(live.remarks()).toEqual(followChain(inThisOrder(swapped)));
		}),
	);
});

test('an update that comes later than is remembered is a remark, and what was said stays', () => {
	const live = new LiveChain(String, { updates: 2, repeats: 2 });
	const at = (id: number, seconds: number, previous: string, current: string) =>
		update(id, seconds, { status: [previous, current] });
	live.add([at(1, 1, 'a', 'b'), at(2, 3, 'c', 'd'), at(3, 4, 'd', 'e'), at(4, 5, 'e', 'f')]);
	live.add([at(5, 2, 'b', 'c')]);
	expect(live.remarks().map(short)).toEqual(['gap 2 1 status', 'reordered 5 4']);
	live.keepOnly((id) => id > 2);
	expect(live.remarks().map(short)).toEqual(['reordered 5 4']);
	expect(live.gaps).toEqual([]);
	live.add([at(6, 6, 'f', 'g')]);
	expect(live.gaps).toEqual([]);
});
