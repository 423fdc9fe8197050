import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConversationLife, fullLife, type LifeDelivery } from '../../test/conversation-life';
import { bytes, delivery } from '../../test/deliveries';
import type { Summary } from '../deliveries/api';
import { summarize } from '../deliveries/summary';
import { followChain } from './chain';
import { bandNames, conversationLanes, longestTyping, tickNames, tickOf } from './conversation-lanes';

const state = { answer: null, isPinned: false, note: null, signature: null };

/** As the log has them, numbered from 1. */
function summaries(deliveries: readonly LifeDelivery[]): Summary[] {
	return deliveries.map(({ at, body, headers }, index) => ({
		...summarize(delivery({ receivedAt: at, body: bytes(JSON.stringify(body)), headers: Object.entries(headers) })),
		id: index + 1,
		state,
	}));
}

const lanesOf = (entries: readonly Summary[]) =>
	conversationLanes(
		entries,
		followChain(entries).filter(({ kind }) => kind === 'gap'),
	);

test('each delivery is in one lane, by who wrote and what happened', () => {
	const entries = summaries(fullLife().deliveries);
	const { ticks } = lanesOf(entries);
	expect(
		Object.values(ticks)
			.flat()
			.sort((one, other) => one - other),
	).toEqual(entries.map((_, place) => place));
	const texts = (name: (typeof tickNames)[number]) => ticks[name].map((place) => entries[place]!.excerpt);
	expect(texts('contact')).toEqual(['Hi, where is my parcel?', 'OK, thanks! I’ll wait until six.']);
	expect(texts('agent')).toEqual(['It left the depot this morning & should arrive before six.']);
	expect(texts('note')).toEqual(['Courier says the van broke down, be kind.']);
	expect(texts('template')).toEqual(['We are with you in a minute.', 'Please rate this conversation']);
	expect(ticks.widget).toEqual([0]);
	expect(ticks.automation).toEqual([entries.length - 1]);
	expect(tickOf({ ...entries[0]!, event: 'message_updated' })).toBe('update');
	expect(tickOf({ ...entries[0]!, event: 'invented_by_a_fork' })).toBe('update');
});

test('a band goes from one value to the next; what was before is known from the first change', () => {
	const entries = summaries(fullLife().deliveries);
	const { bands } = lanesOf(entries);
	expect(bands.status.map(({ value }) => value)).toEqual(['"open"', '"snoozed"', '"open"', '"resolved"']);
	expect(bands.assignee.map(({ value, by }) => [value, by])).toEqual([
		['null', null],
		['31', 5],
		['32', entries.findLastIndex(({ changed }) => changed.some((one) => one.attribute === 'assignee_id')) + 1],
	]);
	expect(bands.labels.map(({ value }) => value)).toEqual(['[]', '["delivery"]', '["delivery","vip"]']);
	expect(bands.priority.map(({ value }) => value)).toEqual(['null', '"high"']);
});

test('what no delivery tells is not known', () => {
	const { bands } = lanesOf(summaries(new ConversationLife().begin('Hi').wait(900).message('Hello?').deliveries));
	expect(bands.priority).toMatchObject([{ value: null, by: null }]);
	expect(bands.status).toMatchObject([{ value: '"open"', by: 1 }]);
});

test('where a delivery is missing, the value that it changed is not known, and the others are', () => {
	const { deliveries } = fullLife();
	const isReopening = ({ body }: LifeDelivery) =>
		JSON.stringify(body.changed_attributes ?? '').includes('"previous_value":"snoozed"');
	const lost = deliveries.findIndex(isReopening);
	const entries = summaries(deliveries.filter((_, index) => index !== lost && index !== lost + 1));
	const { bands, gaps } = lanesOf(entries);
	expect(gaps).toHaveLength(1);
	const unknown = bands.status.filter(({ value }) => value === null);
	expect(unknown).toMatchObject([gaps[0]]);
	expect(bands.assignee.every(({ value }) => value !== null)).toBe(true);
});

test('bands fill the life without a hole, whatever arrives in whatever order', () => {
	const { deliveries } = fullLife();
	fc.assert(
		fc.property(fc.shuffledSubarray(deliveries, { minLength: 1 }), (some) => {
			const entries = summaries(some);
			const { bands, times } = lanesOf(entries);
			for (const [index, time] of times.entries()) expect(time).toBeGreaterThanOrEqual(times[index - 1] ?? time);
			for (const name of bandNames) {
				expect(bands[name][0]?.start).toBe(times[0]);
				expect(bands[name].at(-1)?.end).toBe(times.at(-1));
				for (const [index, band] of bands[name].entries()) {
					if (index > 0) expect(band.start).toBe(bands[name][index - 1]!.end);
				}
			}
		}),
	);
});

test('a change that was overtaken by a newer one moves no band', () => {
	const life = new ConversationLife().begin('Hi').wait(900).prioritize('low').wait(900).prioritize('urgent').wait(9);
	const [created, message, low, urgent] = life.deliveries;
	const { bands } = lanesOf(summaries([created!, message!, urgent!, low!]));
	expect(bands.priority.map(({ value }) => value)).toEqual(['"low"', '"urgent"']);
});

test('somebody types from on to off, and without an end until a page of Chatwoot would stop saying so', () => {
	const life = new ConversationLife().begin('Hi').wait(100).typing(4000).wait(100).typing(5000, undefined, true);
	life.wait(60_000).message('Hello?');
	const { deliveries } = life;
	const [first, second] = lanesOf(summaries(deliveries)).typing;
	expect([first!.end - first!.start, first!.isPrivate]).toEqual([4000, false]);
	expect([second!.end - second!.start, second!.isPrivate]).toEqual([5000, true]);
	const withoutEnds = deliveries.filter(({ event }) => event !== 'conversation_typing_off');
	const open = lanesOf(summaries(withoutEnds)).typing;
	// Said again while it goes on, it is one.
	expect(open.map(({ start, end }) => end - start)).toEqual([4100 + longestTyping]);
});

test('nothing is no life', () => {
	expect(lanesOf([])).toMatchObject({ typing: [], gaps: [], bands: { status: [] } });
});
