import { expect, onTestFinished, test } from 'vitest';
import { samples } from '../../test/deliveries';
import { newDataFolder, startInspector } from '../../test/running-inspector';
import type { Report } from '../chatwoot/check/report';
import type { Coverage, DeliveryDetail } from '../deliveries/api';

async function start(data: string) {
	const inspector = await startInspector({ data });
	onTestFinished(() => void inspector.stop());
	const read = async <Value>(path: string) => (await (await inspector.api(path)).json()) as Value;
	return { ...inspector, read };
}

test('over the network and a restart, every delivery is counted once, and has the findings that its row counts', async () => {
	const data = newDataFolder();
	const first = await start(data);
	const sent = samples().slice(0, 40);
	await Promise.all(sent.map(({ body }) => fetch(first.capture, { method: 'POST', body })));
	const coverage = await first.read<Coverage>('/api/coverage');
	const total = ({ events, otherDeliveries }: Coverage) =>
		events.reduce((sum, { deliveries }) => sum + deliveries, otherDeliveries);
	expect(total(coverage)).toBe(40);
	for (const { deliveries, members } of coverage.events.filter((event) => event.deliveries > 0)) {
		expect(members.find(({ pointer }) => pointer === '/event')).toMatchObject({ count: deliveries });
	}
	for (const id of [1, 20, 40]) {
		const { counts, verdict } = await first.read<DeliveryDetail>(`/api/deliveries/${id}`);
		expect(await first.read<Report>(`/api/deliveries/${id}/findings`)).toMatchObject({ counts, verdict });
	}
	await first.api('/api/deliveries?through=40', { method: 'DELETE' });
	await first.stop();
	const second = await start(data);
	expect(await second.read<Coverage>('/api/coverage')).toEqual(coverage);
	await fetch(second.capture, { method: 'POST', body: '{"event":"contact_created"}' });
	expect(total(await second.read<Coverage>('/api/coverage'))).toBe(41);
	expect((await fetch(`${second.origin}/api/coverage`)).status).toBe(401);
});
