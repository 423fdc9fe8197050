import { expect, onTestFinished, test } from 'vitest';
import type { DeliveryDetail, DeliveryPage } from '../deliveries/api';
import type { ScenarioName } from '../simulator/scenarios';
import { Simulation, type SeenFault } from './simulation';

/** A simulation that has hurried to its first so many deliveries. */
async function simulated(scenario: ScenarioName, count: number, seed = 1) {
	const faults: SeenFault[] = [];
	const listener = { onchange: () => undefined, onfault: (fault: SeenFault) => faults.push(fault) };
	const simulation = new Simulation({ scenario, seed, rate: null }, { isPlaying: false, speed: 1 }, listener);
	onTestFinished(() => simulation.close());
	simulation.player.hurry((sent) => sent < count);
	void simulation.run();
	await expect.poll(() => simulation.player.state.sent).toBeGreaterThanOrEqual(count);
	const read = async <Value>(path: string): Promise<Value> => {
		const response = await simulation.receiver.fetch(new Request(`http://demo.test${path}`));
		return (await response.json()) as Value;
	};
	return { simulation, faults, read };
}

test('deliveries are the account’s own: signed so that it verifies, and received when they were sent', async () => {
	const { read } = await simulated('calm', 50);
	const { deliveries } = await read<DeliveryPage>('/api/deliveries?limit=50');
	const numbered = deliveries.filter(({ deliveryHeaderId }) => deliveryHeaderId !== null);
	expect(numbered.length).toBeGreaterThan(40);
	expect(numbered.map(({ state }) => state.signature)).toEqual(numbered.map(() => 'valid'));
	expect(deliveries[0]?.receivedAt).toBeGreaterThanOrEqual(Date.UTC(2026, 5, 9, 10));
	expect(deliveries.at(-1)!.receivedAt).toBeLessThan(Date.UTC(2026, 5, 9, 11));
	const detail = await read<DeliveryDetail>(`/api/deliveries/${numbered[0]!.id}`);
	// As they were written, which a Request does not keep.
	expect(detail.headers.map(([name]) => name)).toContain('X-Chatwoot-Signature');
	expect(detail).toMatchObject({ endpoint: 'demo', target: '/hooks/demo', method: 'POST', answer: { status: 200 } });
});

test('the same seed gives the same list, another seed another one', async () => {
	const list = async (seed: number) => {
		const { read } = await simulated('calm', 60, seed);
		return read<DeliveryPage>('/api/deliveries?after=0&limit=60');
	};
	const [one, again, other] = [await list(3), await list(3), await list(4)];
	expect(again).toEqual(one);
	expect(other).not.toEqual(one);
});

test('faults are told with the delivery that shows them', async () => {
	const { faults, read } = await simulated('chaos', 600, 2);
	const kinds = new Set(faults.map(({ kind }) => kind));
	expect([...kinds]).toEqual(
		expect.arrayContaining(['lost', 'duplicate', 'reordered', 'wrong-signature', 'truncated']),
	);
	const stateOf = async (kind: SeenFault['kind']) =>
		read<DeliveryDetail>(`/api/deliveries/${faults.find((fault) => fault.kind === kind)!.id}`);
	expect(await stateOf('wrong-signature')).toMatchObject({ state: { signature: 'invalid' } });
	const cut = await stateOf('truncated');
	expect(cut).toMatchObject({ isTruncated: true, truncation: { reason: 'stopped' } });
	expect(cut.truncation!.announced).toBeGreaterThan(cut.bodySize);
	expect(await stateOf('lost')).toMatchObject({ event: 'conversation_updated' });
});

test('chaos begins with a delivery that was lost, whatever the seed', async () => {
	for (const seed of [1, 2, 3]) {
		const faults: SeenFault[] = [];
		const listener = { onchange: () => undefined, onfault: (fault: SeenFault) => faults.push(fault) };
		const choice = { scenario: 'chaos', seed, rate: null } as const;
		const simulation = new Simulation(choice, { isPlaying: false, speed: 1 }, listener);
		void simulation.run();
		await expect.poll(() => faults.some(({ kind }) => kind === 'lost')).toBe(true);
		simulation.close();
	}
});

test('the tour has what its stops point at', async () => {
	const { faults } = await simulated('tour', 40);
	expect(faults.map(({ kind }) => kind)).toEqual(['lost', 'malformed', 'wrong-signature']);
});
