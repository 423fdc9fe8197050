import { expect, test } from 'vitest';
import { followChain } from '../src/changes/chain';
import { summarize } from '../src/deliveries/summary';
import type { SimulatedRequest } from '../src/simulator/signed-request';
import { delivery } from './deliveries';
import { bodyOf, simulatedRequests } from './simulated-requests';

/** What the chain says of requests as they arrive; the first one is delivery 0. */
function remarksOn(requests: readonly SimulatedRequest[]) {
	return remarksOnEntries(requests.map(entryOf));
}

function entryOf({ sentAt, headers, body }: SimulatedRequest, id: number) {
	return { id, ...summarize(delivery({ receivedAt: sentAt, headers, body })) };
}

function remarksOnEntries(entries: Iterable<ReturnType<typeof entryOf>>) {
	return followChain(entries).map(({ kind, at, attributes }) => ({ kind, at, attributes }));
}

/** What the chain has to say of the planted faults, and nothing else. */
function expectedRemarks(requests: readonly SimulatedRequest[]) {
	return requests.flatMap(({ fault }, at): { kind: string; at: number; attributes?: string[] }[] => {
		if (fault?.kind === 'lost') return [{ kind: 'gap', at, attributes: [...fault.attributes] }];
		return fault?.kind === 'duplicate' || fault?.kind === 'reordered' ? [{ kind: fault.kind, at }] : [];
	});
}

test.for([
	['calm', 1],
	['calm', 2],
	['rush-hour', 3],
	['rush-hour', 4],
] as const)('a complete run of %s, seed %i, leaves the chain silent', async ([scenario, seed]) => {
	expect(remarksOn(await simulatedRequests(2500, { scenario, seed }))).toEqual([]);
});

test.for([5, 6])(
	'in chaos, seed %i, the chain finds what was lost, doubled and swapped, and nothing else',
	async (seed) => {
		const requests = await simulatedRequests(2500, { scenario: 'chaos', seed });
		const expected = expectedRemarks(requests);
		expect(new Set(expected.map(({ kind }) => kind))).toEqual(new Set(['gap', 'duplicate', 'reordered']));
		const found = remarksOn(requests);
		expect(found).toMatchObject(expected);
		expect(found).toHaveLength(expected.length);
	},
);

test('the tour has exactly one gap', async () => {
	const requests = await simulatedRequests(1000, { scenario: 'tour' });
	expect(remarksOn(requests)).toMatchObject(expectedRemarks(requests));
	expect(remarksOn(requests)).toHaveLength(1);
});

test('any change of a status that is left out of a complete run is missed where the next one starts from it', async () => {
	const requests = await simulatedRequests(1500, { seed: 7 });
	const changes = new Map<number, number[]>();
	for (const [at, request] of requests.entries()) {
		const { event, id, changed_attributes: changed } = bodyOf(request);
		if (event !== 'conversation_updated' || !JSON.stringify(changed).includes('{"status":')) continue;
		changes.set(id as number, [...(changes.get(id as number) ?? []), at]);
	}
	const long = [...changes.values()].filter(({ length }) => length >= 3);
	expect(long.length).toBeGreaterThan(3);
	const entries = requests.map(entryOf);
	for (const [, lost, next] of long) {
		const [gap] = remarksOnEntries(entries.toSpliced(lost!, 1));
		expect(gap).toMatchObject({ kind: 'gap', at: next });
		expect(gap!.attributes).toContain('status');
	}
});
