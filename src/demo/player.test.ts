import { expect, onTestFinished, test, vi } from 'vitest';
import type { SimulatedRequest } from '../simulator/signed-request';
import { Player } from './player';

const start = Date.UTC(2026, 5, 9, 10);

/** A player of requests that are sent at these seconds, on a clock that the test moves. */
function play(seconds: readonly number[], { isPlaying = true, speed = 1 } = {}) {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const requests = seconds.map((at): SimulatedRequest => {
		return { sentAt: start + at * 1000, method: 'POST', headers: [], body: new Uint8Array(0), fault: null };
	});
	const sent: number[] = [];
	const player = new Player(
		{
			next: () => Promise.resolve(requests.shift() ?? null),
			deliver: ({ sentAt }) => Promise.resolve(void sent.push((sentAt - start) / 1000)),
			onchange: () => undefined,
			now: () => Date.now(),
		},
		{ isPlaying, speed },
	);
	const over = player.run();
	const pass = (realSeconds: number) => vi.advanceTimersByTimeAsync(realSeconds * 1000);
	return { player, sent, pass, over };
}

test('each request is sent when the clock has come to it', async () => {
	const { sent, pass, player } = play([0, 1, 3]);
	await pass(0.5);
	expect(sent).toEqual([0]);
	await pass(1);
	expect(sent).toEqual([0, 1]);
	expect(player.state).toMatchObject({ clock: start + 1500, sent: 2, isOver: false });
	await pass(2);
	expect(sent).toEqual([0, 1, 3]);
});

test('twice the speed takes half the time, also from the middle of a wait on', async () => {
	const { sent, pass, player } = play([0, 10, 20]);
	await pass(5);
	player.setSpeed(2);
	await pass(2.4);
	expect(sent).toEqual([0]);
	await pass(0.2);
	expect(sent).toEqual([0, 10]);
	player.setSpeed(20);
	await pass(0.5);
	expect(sent).toEqual([0, 10, 20]);
});

test('a pause stops the clock, and it goes on where it stood', async () => {
	const { sent, pass, player } = play([0, 2]);
	await pass(1);
	player.play(false);
	await pass(60);
	expect(sent).toEqual([0]);
	expect(player.clock).toBe(start + 1000);
	player.play(true);
	await pass(0.9);
	expect(sent).toEqual([0]);
	await pass(0.2);
	expect(sent).toEqual([0, 2]);
});

test('nothing is sent while nobody looks, and a person’s own pause outlasts that', async () => {
	const { sent, pass, player } = play([0, 1, 2]);
	await pass(0);
	player.suspend(true);
	await pass(60);
	expect(sent).toEqual([0]);
	player.play(false);
	player.suspend(false);
	await pass(60);
	expect(sent).toEqual([0]);
	expect(player.state.isPlaying).toBe(false);
});

test('a step sends one request while paused, and as many steps as many requests', async () => {
	const { sent, pass, player } = play([0, 5, 9, 30], { isPlaying: false });
	await pass(1);
	expect(sent).toEqual([]);
	player.step();
	await pass(1);
	expect(sent).toEqual([0]);
	player.step();
	player.step();
	await pass(1);
	expect(sent).toEqual([0, 5, 9]);
	expect(player.clock).toBe(start + 9000);
});

test('what is hurried comes at once, and the clock goes on from there', async () => {
	const { sent, pass, player } = play([0, 100, 200, 201]);
	player.hurry((count) => count < 3);
	await pass(0.1);
	expect(sent).toEqual([0, 100, 200]);
	await pass(1);
	expect(sent).toEqual([0, 100, 200, 201]);
});

test('at the end of the script the clock stands, and it says so', async () => {
	const { pass, player, over } = play([0, 1]);
	await pass(2);
	await over;
	expect(player.state).toMatchObject({ isOver: true, sent: 2, clock: start + 1000 });
});

test('a closed player sends nothing more', async () => {
	const { sent, pass, player, over } = play([0, 1]);
	await pass(0.5);
	player.close();
	await over;
	await pass(5);
	expect(sent).toEqual([0]);
});
