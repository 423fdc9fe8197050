import { expect, test } from 'vitest';
import { delivery } from '../../test/deliveries';
import type { Summary } from '../deliveries/api';
import { DeliveryLog } from '../deliveries/log';
import { summarize } from '../deliveries/summary';
import { ChainFollower } from './chain-follower';

const facts = summarize(delivery());
const state = { answer: null, isPinned: false, note: null, signature: null };

/** An update of conversation 1401 that sets its priority. */
function update(id: number, previous: string, current: string): Summary {
	const saved = JSON.stringify(new Date(1_781_000_000_000 + id * 1000).toISOString());
	const changed = [
		{ attribute: 'priority', previous: `"${previous}"`, current: `"${current}"` },
		{ attribute: 'updated_at', previous: 'null', current: saved },
	];
	return { ...facts, id, state, event: 'conversation_updated', conversationId: 1401, changed };
}

const span = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => update(from + index, `${from + index - 1}`, `${from + index}`));

/** A clock that moves with each look, and calls that are made when the test says so. */
function handTimer() {
	const calls = new Set<() => void>();
	let time = 0;
	return {
		now: () => (time += 1),
		later: (run: () => void) => {
			calls.add(run);
			return () => void calls.delete(run);
		},
		get pending() {
			return calls.size;
		},
		/** Makes the calls that are waiting, and those that they lead to. Returns how many. */
		run() {
			let count = 0;
			for (; calls.size > 0; count++) {
				const [next] = calls;
				calls.delete(next!);
				next!();
			}
			return count;
		},
	};
}

function following(summaries: readonly Summary[]) {
	const log = new DeliveryLog();
	log.append(summaries);
	const timer = handTimer();
	const changes = { count: 0 };
	const follower = new ChainFollower(log, () => void changes.count++, timer);
	return { log, timer, changes, follower };
}

test('nothing is said while older deliveries are on their way', () => {
	const { log, follower, timer } = following([update(3, '1', '3')]);
	follower.follow();
	expect([follower.gaps, timer.pending]).toEqual([[], 0]);
	log.prepend([update(1, '0', '1'), update(2, '1', '2')]);
	follower.restart();
	expect(follower.gaps).toEqual([3]);
});

test('what arrives is followed at once, so that a remark comes with its row', () => {
	const { log, follower, timer, changes } = following(span(1, 5));
	follower.restart();
	log.append([update(6, '5', '6')]);
	follower.follow();
	expect([follower.gaps, timer.pending, changes.count]).toEqual([[6], 0, 1]);
	log.append([update(7, '6', '7')]);
	follower.follow();
	expect(changes.count).toBe(1);
});

test('a long log is gone through in slices, and what arrives meanwhile is not forgotten', () => {
	const { log, follower, timer } = following([...span(1, 3000), ...span(3001, 6000)]);
	follower.restart();
	expect(follower.gaps).toEqual([]);
	log.append([update(6001, '5999', '6001'), update(6003, '6002', '6003')]);
	follower.follow();
	expect(timer.pending).toBe(1);
	expect(timer.run()).toBeGreaterThan(10);
	expect(follower.gaps).toEqual([3001, 6003]);
});

test('what was said stays until the log has been gone through anew', () => {
	const { log, follower, timer } = following([...span(1, 300), ...span(301, 600)]);
	follower.restart();
	timer.run();
	expect(follower.gaps).toEqual([301]);
	follower.wait();
	log.clear();
	log.append(span(1, 800));
	expect(follower.gaps).toEqual([301]);
	follower.restart();
	expect(follower.gaps).toEqual([301]);
	timer.run();
	expect(follower.gaps).toEqual([]);
});

test('deliveries that are gone have no remarks; what they taught is still known', () => {
	const { log, follower } = following([update(1, '0', '1'), update(3, '2', '3'), update(4, '3', '4')]);
	follower.restart();
	expect(follower.gaps).toEqual([3]);
	log.dropBefore(4);
	follower.forgetGone();
	expect(follower.gaps).toEqual([]);
	log.append([update(6, '5', '6')]);
	follower.follow();
	expect(follower.gaps).toEqual([6]);
});

test('a list that was cleared begins anew', () => {
	const { log, follower } = following([update(1, '0', '1'), update(3, '2', '3')]);
	follower.restart();
	log.clear();
	follower.forgetAll();
	expect([follower.gaps, follower.remarksOf(3)]).toEqual([[], []]);
	log.append([update(5, '4', '5')]);
	follower.follow();
	expect(follower.gaps).toEqual([]);
});

test('summaries that are derived anew one by one are followed once, when it is quiet', () => {
	const { log, follower, timer } = following([update(1, '0', '1'), update(3, '2', '3')]);
	follower.restart();
	log.update(update(3, '1', '3'));
	follower.restartSoon();
	follower.restartSoon();
	log.append([update(4, '3', '4')]);
	follower.follow();
	expect([follower.gaps, timer.pending]).toEqual([[3], 1]);
	timer.run();
	expect(follower.gaps).toEqual([]);
	log.append([update(6, '5', '6')]);
	follower.follow();
	expect(follower.gaps).toEqual([6]);
});
