import { expect, onTestFinished, test } from 'vitest';
import { delivery } from '../../test/deliveries';
import type { DeliveryPage } from '../deliveries/api';
import { writeRecordingLine } from '../deliveries/recording';
import { OpenedRecording } from './recording';

const lines = (count: number) =>
	Array.from({ length: count }, (_, index) => writeRecordingLine(delivery({ receivedAt: index, endpoint: 'main' })));

async function opened(text: string, most?: number) {
	const recording = new OpenedRecording(new Blob([text]), most);
	onTestFinished(() => recording.close());
	await recording.read();
	const list = async () =>
		(await (await recording.receiver.fetch(new Request('http://demo.test/api/deliveries'))).json()) as DeliveryPage;
	return { recording, list };
}

test('the deliveries of a recording are listed by the receiver as they were received', async () => {
	const { recording, list } = await opened(lines(3).join(''));
	const { deliveries } = await list();
	expect(deliveries.map(({ id, receivedAt, endpoint }) => [id, receivedAt, endpoint])).toEqual([
		[1, 0, 'main'],
		[2, 1, 'main'],
		[3, 2, 'main'],
	]);
	expect(recording.state).toMatchObject({ count: 3, damaged: 0, ending: 'complete' });
	expect(recording.state.read).toBe(recording.state.size);
});

test('what was recorded by one receiver is read by the next, byte for byte', async () => {
	const text = lines(20).join('');
	const { recording } = await opened(text);
	const response = await recording.receiver.fetch(new Request('http://demo.test/api/recording'));
	expect(await response.text()).toBe(text);
});

test('damaged lines are counted and named, and the rest is read all the same', async () => {
	const [one, two] = lines(2);
	const { recording } = await opened(`${one}{"broken\n[]\n${two}`);
	expect(recording.state).toMatchObject({ count: 2, damaged: 2, ending: 'complete' });
	expect(recording.state.problems[0]).toMatch(/^Line 2 is no JSON/);
	expect(recording.state.problems[1]).toMatch(/^Line 3 is no object/);
});

test('a file of nothing but damaged lines names only the first ones', async () => {
	const { recording } = await opened('nonsense\n'.repeat(500));
	expect(recording.state).toMatchObject({ count: 0, damaged: 500, ending: 'complete' });
	expect(recording.state.problems).toHaveLength(20);
});

test('more than a page holds is left out, and it says so', async () => {
	const { recording } = await opened(lines(1000).join(''), 100_000);
	expect(recording.state.ending).toBe('full');
	expect(recording.state.count).toBeGreaterThan(10);
	expect(recording.state.count).toBeLessThan(1000);
});

test('a reading that is stopped keeps what it has', async () => {
	const recording = new OpenedRecording(new Blob(lines(5000)));
	onTestFinished(() => recording.close());
	const reading = recording.read();
	await expect.poll(() => recording.state.count).toBeGreaterThan(0);
	recording.stop();
	await reading;
	expect(recording.state.ending).toBe('stopped');
});

test('a file that can’t be read any more says so', async () => {
	const blob = new Blob(['x']);
	const failing = Object.assign(Object.create(blob) as Blob, {
		stream: () => new ReadableStream({ start: (controller) => controller.error(new Error('gone')) }),
	});
	Object.defineProperty(failing, 'size', { value: 1 });
	const recording = new OpenedRecording(failing);
	await recording.read();
	expect(recording.state.ending).toBe('failed');
});

test('nothing can be captured into a recording', async () => {
	const { recording } = await opened(lines(1).join(''));
	const post = new Request('http://demo.test/hooks/main', { method: 'POST', body: '{}' });
	expect((await recording.receiver.fetch(post)).status).toBe(404);
});
