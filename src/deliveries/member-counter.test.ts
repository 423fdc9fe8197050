import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samples } from '../../test/deliveries';
import { presentMembers, type PresentMembers } from '../chatwoot/check/coverage';
import type { CountedMembers } from './api';
import { readBody } from './body-reading';
import { MemberCounter, mostUnlisted } from './member-counter';

/** What a store keeps of a counter, and counts on from. */
function reloaded(counter: MemberCounter): MemberCounter {
	const { events, otherDeliveries } = counter.changes();
	const copy = new MemberCounter();
	for (const { event, tally } of events) copy.load(event, structuredClone(tally));
	copy.loadOtherDeliveries(otherDeliveries ?? 0);
	return copy;
}

function members({ events }: CountedMembers, event: string): Record<string, [count: number, example: number]> {
	const found = events.find((counted) => counted.event === event)?.members ?? [];
	return Object.fromEntries(found.map(({ pointer, count, example }) => [pointer, [count, example]]));
}

const present = (event: string, ...pointers: string[]): PresentMembers => ({ event, pointers });

/** Deliveries of three events, or of none that releases send. */
const arrivals = fc.array(
	fc.option(
		fc.record({
			event: fc.constantFrom('message_created', 'contact_created', 'macro.executed'),
			pointers: fc.uniqueArray(fc.constantFrom('/id', '/event', '/content', '/nobody_knows', '/odd~1name')),
		}),
	),
	{ maxLength: 40 },
);

test('each delivery counts once for each member that it has, and is its newest example', () => {
	const counter = new MemberCounter();
	counter.add(present('contact_created', '/id', '/event'), 4);
	counter.add(present('contact_created', '/id'), 7);
	counter.add(null, 8);
	expect(counter.counted()).toMatchObject({ otherDeliveries: 1, events: [{ deliveries: 2, others: 0 }] });
	expect(members(counter.counted(), 'contact_created')).toEqual({ '/id': [2, 7], '/event': [1, 4] });
});

test('counting in groups, taking groups back and going on from what was kept give the totals of one by one', () => {
	const groups = fc.array(fc.record({ arrived: arrivals, fails: fc.boolean() }), { maxLength: 8 });
	fc.assert(
		fc.property(groups, fc.nat(7), (all, reloadAfter) => {
			const expected = new MemberCounter();
			const kept = new MemberCounter();
			let counter = new MemberCounter();
			let id = 0;
			for (const [index, { arrived, fails }] of all.entries()) {
				for (const one of arrived) {
					counter.add(one, ++id);
					if (fails) continue;
					expected.add(one, id);
					kept.add(one, id);
				}
				if (fails) counter.revert();
				else counter.settle();
				if (index === reloadAfter) counter = reloaded(kept);
			}
			const byEvent = ({ events, otherDeliveries }: CountedMembers) => ({
				otherDeliveries,
				events: Object.fromEntries(events.map((event) => [event.event, event])),
			});
			expect(byEvent(counter.counted())).toEqual(byEvent(expected.counted()));
		}),
	);
});

test('changes name what a store has to write, and nothing after they are settled', () => {
	const counter = new MemberCounter();
	counter.add(present('contact_created', '/id'), 1);
	counter.settle();
	counter.add(present('contact_created', '/id', '/name'), 2);
	expect(counter.changes()).toEqual({
		otherDeliveries: null,
		events: [
			{
				event: 'contact_created',
				knownPointers: 1,
				tally: { deliveries: 2, others: 0, pointers: ['/id', '/name'], counts: [2, 1], examples: [2, 2] },
			},
		],
	});
	counter.settle();
	expect(counter.changes()).toEqual({ otherDeliveries: null, events: [] });
});

test('names that strangers make up are kept up to a limit, and never crowd out what the contracts list', () => {
	const counter = new MemberCounter();
	for (let id = 0; id < mostUnlisted + 50; id++) counter.add(present('contact_created', `/made_up_${id}`), id + 1);
	counter.add(present('contact_created', '/id', '/made_up_0', '/one_more'), 5000);
	const { events } = counter.counted();
	expect(events[0]).toMatchObject({ deliveries: mostUnlisted + 51, others: 51 });
	expect(events[0]!.members).toHaveLength(mostUnlisted + 1);
	expect(members(counter.counted(), 'contact_created')).toMatchObject({ '/id': [1, 5000], '/made_up_0': [2, 5000] });
	const again = reloaded(counter);
	again.add(present('contact_created', '/still_one_more'), 5001);
	expect(again.counted().events[0]).toMatchObject({ others: 52 });
});

test('no more than the events that releases send are kept', () => {
	const counter = new MemberCounter();
	for (const text of ['{"event":"made_up"}', '{"event":7}', '{}', '[]', 'null', '', 'text']) {
		const { document } = readBody(new TextEncoder().encode(text));
		counter.add(document && presentMembers(document), 1);
	}
	expect(counter.counted()).toEqual({ events: [], otherDeliveries: 7 });
});

test('a member of several items counts once for a delivery', () => {
	const counter = new MemberCounter();
	const { body } = samples().find(({ name }) => name === 'message_created--whatsapp-three-attachments-reply')!;
	counter.add(presentMembers(readBody(body).document!), 1);
	expect(members(counter.counted(), 'message_created')).toMatchObject({
		'/attachments': [1, 1],
		'/attachments/*/id': [1, 1],
	});
});
