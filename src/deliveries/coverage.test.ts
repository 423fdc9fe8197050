import { expect, test } from 'vitest';
import { samples } from '../../test/deliveries';
import { presentMembers } from '../chatwoot/check/coverage';
import { readBody } from './body-reading';
import { countUnseenEvents, coverageOf } from './coverage';
import { MemberCounter } from './member-counter';

/** What a store with these bodies answers; ids from 1. */
function coverageOfBodies(bodies: readonly Uint8Array[]) {
	const counter = new MemberCounter();
	for (const [index, body] of bodies.entries()) {
		const { document } = readBody(body);
		counter.add(document && presentMembers(document), index + 1);
	}
	return coverageOf(counter.counted());
}

const ofText = (...texts: string[]) => coverageOfBodies(texts.map((text) => new TextEncoder().encode(text)));

test('before anything came every event and every member of the contracts is there, never seen', () => {
	const { events, otherDeliveries } = ofText();
	expect(otherDeliveries).toBe(0);
	const names = events.map(({ event }) => event);
	expect(names).toEqual(expect.arrayContaining(['message_created', 'conversation_updated', 'macro.executed']));
	expect(new Set(names).size).toBe(names.length);
	for (const { deliveries, members, others } of events) {
		expect([deliveries, others]).toEqual([0, 0]);
		expect(members.length).toBeGreaterThan(5);
		expect(members.filter(({ count, example }) => count !== 0 || example !== null)).toEqual([]);
		expect(members.filter(({ guide, wire }) => guide === null && wire === null)).toEqual([]);
	}
});

test('what guide and wire say stands beside the count, and a name that neither knows comes last', () => {
	const { events } = ofText('{"event":"contact_created","id":1,"asignee_id":2}', '{"event":"contact_created","id":2}');
	const contact = events.find(({ event }) => event === 'contact_created')!;
	expect(contact.deliveries).toBe(2);
	expect(contact.members.find(({ pointer }) => pointer === '/id')).toMatchObject({
		object: 'contact',
		guide: null,
		wire: 'positive integer',
		count: 2,
		example: 2,
	});
	expect(contact.members.at(-1)).toEqual({
		pointer: '/asignee_id',
		object: 'contact',
		guide: null,
		wire: null,
		doAgree: false,
		releases: null,
		count: 1,
		example: 1,
	});
});

test('nothing that a genuine sender sent is unknown, and every count is at most that of its event', () => {
	const genuine = samples().filter(({ name, provenance }) => !/documented|fork|relay/i.test(`${name} ${provenance}`));
	const { events, otherDeliveries } = coverageOfBodies(genuine.map(({ body }) => body));
	const unknown = events.flatMap(({ event, members }) =>
		members.filter(({ guide, wire }) => guide === null && wire === null).map(({ pointer }) => `${event} ${pointer}`),
	);
	expect(unknown).toEqual([]);
	for (const { deliveries, members } of events) {
		expect(members.filter(({ count }) => count > deliveries)).toEqual([]);
	}
	expect(events.reduce((sum, { deliveries }) => sum + deliveries, otherDeliveries)).toBe(genuine.length);
});

test('events that never came can be left out, and are counted', () => {
	const counter = new MemberCounter();
	const all = coverageOf(counter.counted()).events.length;
	expect(coverageOf(counter.counted(), false).events).toEqual([]);
	expect(countUnseenEvents(counter.counted())).toBe(all);
	counter.add({ event: 'contact_created', pointers: ['/id'] }, 1);
	expect(coverageOf(counter.counted(), false).events.map(({ event }) => event)).toEqual(['contact_created']);
	expect(countUnseenEvents(counter.counted())).toBe(all - 1);
});
