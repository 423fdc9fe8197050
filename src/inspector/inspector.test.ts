import { expect, onTestFinished, test, vi } from 'vitest';
import { delivery } from '../../test/deliveries';
import type { StoreStatus, Summary } from '../deliveries/api';
import { summarize } from '../deliveries/summary';
import { ApiClient } from './api-client';
import { Inspector } from './inspector.svelte';

const facts = summarize(delivery());
const state = { answer: null, isPinned: false, note: null, signature: null };

function summary(id: number, differing: Partial<Summary> = {}): Summary {
	return { ...facts, id, state, ...differing };
}

/** An inspector that has heard of deliveries 1 to `count`; nothing answers its requests. */
function inspectorWith(count: number): Inspector & { reloads: number } {
	const api = new ApiClient('http://inspector.test/', () => Promise.reject(new TypeError('Failed to fetch')));
	const inspector = Object.assign(new Inspector(api), { reloads: 0 });
	inspector.reload = () => void inspector.reloads++;
	arrive(inspector, ...Array.from({ length: count }, (_, index) => index + 1));
	inspector.receiveOlder([], true);
	return inspector;
}

function arrive(inspector: Inspector, ...ids: number[]): void {
	inspector.receive(ids.map((id) => ({ type: 'delivery', summary: summary(id) })));
}

function hear(inspector: Inspector, status: Partial<StoreStatus>): void {
	const whole = { oldest: null, newest: null, count: 0, bytes: 0, dropped: 0, ...status };
	inspector.receive([{ type: 'store', status: whole }]);
}

const shownIds = (inspector: Inspector) =>
	Array.from({ length: inspector.shownCount }, (_, index) => inspector.log.idAt(index));

test('why older deliveries cannot be read is said until they are read', () => {
	const inspector = inspectorWith(2);
	inspector.olderFailed('The file is damaged.');
	expect(inspector.olderProblem).toBe('The file is damaged.');
	inspector.receiveOlder([], true);
	expect(inspector.olderProblem).toBeNull();
});

test('a paused list shows what it showed, and counts what is new', () => {
	const inspector = inspectorWith(2);
	inspector.pause();
	arrive(inspector, 3, 4);
	expect(shownIds(inspector)).toEqual([1, 2]);
	expect(inspector.newWhilePaused).toBe(2);
	inspector.resume();
	expect(shownIds(inspector)).toEqual([1, 2, 3, 4]);
});

test('a delivery that comes twice is shown once', () => {
	const inspector = inspectorWith(2);
	arrive(inspector, 2, 3, 3);
	expect(shownIds(inspector)).toEqual([1, 2, 3]);
});

test('an answer that comes along with its delivery is shown, also where the delivery comes a second time', () => {
	const inspector = inspectorWith(2);
	const answered = { state: { ...state, answer: { status: 200, milliseconds: 3 } } };
	inspector.receive([
		{ type: 'delivery', summary: summary(2) },
		{ type: 'update', summary: summary(2, answered) },
		{ type: 'delivery', summary: summary(3) },
		{ type: 'delivery', summary: summary(4) },
		{ type: 'update', summary: summary(3, answered) },
	]);
	expect(shownIds(inspector)).toEqual([1, 2, 3, 4]);
	expect(shownIds(inspector).map((id) => inspector.log.get(id)?.state.answer?.status ?? null)).toEqual([
		null,
		200,
		200,
		null,
	]);
});

test('a list that was emptied in the middle of a burst holds what came after', () => {
	const inspector = inspectorWith(2);
	const status = { bytes: 0, dropped: 0 };
	inspector.receive([
		{ type: 'delivery', summary: summary(3) },
		{ type: 'store', status: { ...status, oldest: null, newest: null, count: 0 } },
		{ type: 'delivery', summary: summary(4) },
		{ type: 'store', status: { ...status, oldest: 4, newest: 4, count: 1 } },
	]);
	expect(shownIds(inspector)).toEqual([4]);
	expect(inspector.status?.count).toBe(1);
});

test('what the limits dropped leaves the list, and pinned ones stay wherever they are', () => {
	const inspector = inspectorWith(5);
	inspector.receive([{ type: 'update', summary: summary(1, { state: { ...state, isPinned: true } }) }]);
	hear(inspector, { oldest: 1, newest: 5, count: 5 });
	hear(inspector, { oldest: 1, newest: 5, count: 3, dropped: 2 });
	expect(shownIds(inspector)).toEqual([1, 4, 5]);
	expect(inspector.reloads).toBe(0);
});

test('when another tab has cleared, the list is emptied; when it undoes that, the list is read anew', () => {
	const inspector = inspectorWith(3);
	hear(inspector, { oldest: null, newest: null, count: 0 });
	expect(shownIds(inspector)).toEqual([]);
	hear(inspector, { oldest: 1, newest: 3, count: 3 });
	expect(inspector.reloads).toBe(1);
});

test('a count that the stream is about to make good is no reason to read anew', () => {
	const inspector = inspectorWith(3);
	hear(inspector, { oldest: 1, newest: 5, count: 5 });
	expect(inspector.reloads).toBe(0);
});

test('rows are selected alone, in addition, and as a range', () => {
	const inspector = inspectorWith(6);
	inspector.select(2);
	inspector.select(4, { extend: true });
	expect([...inspector.selected]).toEqual([2, 3, 4]);
	inspector.select(6, { toggle: true });
	inspector.select(3, { toggle: true });
	expect([...inspector.selected]).toEqual([2, 4, 6]);
	inspector.select(1);
	expect([...inspector.selected]).toEqual([1]);
	inspector.selectAll();
	expect(inspector.selected.size).toBe(6);
	inspector.unselect();
	expect(inspector.selected.size).toBe(0);
});

test('the neighbours in a conversation are of the same endpoint and account', () => {
	const inspector = inspectorWith(0);
	const of = (id: number, differing: Partial<Summary>) =>
		({ type: 'delivery', summary: summary(id, { conversationId: 7, accountId: 1, ...differing }) }) as const;
	inspector.receive([
		of(1, {}),
		of(2, { accountId: 2 }),
		of(3, { conversationId: 8 }),
		of(4, { endpoint: 'other' }),
		of(5, { accountId: null }),
	]);
	inspector.select(1);
	expect(inspector.neighbourInConversation(1)).toBe(5);
	expect(inspector.neighbourInConversation(-1)).toBeNull();
	inspector.select(5);
	expect(inspector.neighbourInConversation(-1)).toBe(2);
});

test('an interruption that filled in nothing is not marked', () => {
	const inspector = inspectorWith(3);
	inspector.interrupted({ afterId: 1, from: 0, to: 1, filledIn: 0 });
	expect(inspector.rows.count).toBe(3);
	inspector.interrupted({ afterId: 1, from: 0, to: 1, filledIn: 2 });
	expect(inspector.rows.count).toBe(4);
});

test('after a clear the newest that was heard of is still known', () => {
	const inspector = inspectorWith(3);
	hear(inspector, { count: 0 });
	expect(inspector.newestKnown).toBe(3);
	expect(inspectorWith(0).newestKnown).toBeNull();
});

test('a missing delivery has a row before the one that does not fit, and remarks come and go with deliveries', () => {
	const inspector = inspectorWith(0);
	const update = (id: number, seconds: number, previous: string, current: string) => ({
		type: 'delivery' as const,
		summary: summary(id, {
			event: 'conversation_updated',
			conversationId: 1401,
			changed: [
				{ attribute: 'status', previous: `"${previous}"`, current: `"${current}"` },
				{ attribute: 'updated_at', previous: 'null', current: `"2026-06-09T10:00:0${seconds}.000Z"` },
			],
		}),
	});
	inspector.receive([update(1, 1, 'open', 'pending'), update(3, 3, 'snoozed', 'open')]);
	expect(inspector.rows.count).toBe(3);
	expect(inspector.rows.at(1)).toEqual({ kind: 'gap', at: 3 });
	expect(inspector.remarksOf(3)).toMatchObject([{ kind: 'gap', since: 1, attributes: ['status'] }]);
	inspector.receive([update(4, 2, 'pending', 'snoozed')]);
	expect(inspector.rows.count).toBe(3);
	expect(inspector.remarksOf(3)).toEqual([]);
	expect(inspector.remarksOf(4)).toMatchObject([{ kind: 'reordered', since: 3 }]);
	inspector.receive([update(6, 6, 'resolved', 'open')]);
	inspector.pause();
	inspector.receive([update(8, 8, 'pending', 'open')]);
	expect(inspector.rows.at(inspector.rows.count - 2)).toEqual({ kind: 'gap', at: 6 });
	hear(inspector, { oldest: 8, newest: 8, count: 1, dropped: 4 });
	inspector.resume();
	expect([inspector.rows.count, inspector.remarksOf(6)]).toEqual([1, []]);
});

test('another panel leaves the deliveries as they were, and the address says which one is shown', () => {
	const inspector = inspectorWith(3);
	inspector.openDetail(2);
	inspector.show({ ...inspector.view, panel: 'validate', id: null, query: 'text=abc' });
	expect(inspector.view).toMatchObject({ panel: 'validate', query: 'text=abc' });
	expect(inspector.opened.id).toBe(2);
	inspector.showPanel('deliveries');
	expect(inspector.view).toMatchObject({ panel: 'deliveries', id: 2, query: '' });
	expect([...inspector.openedPanels]).toEqual(['deliveries', 'validate']);
});

test('a delivery that another panel names is opened and looked for in the list', () => {
	const inspector = inspectorWith(3);
	inspector.showPanel('coverage');
	inspector.showDelivery(2, 'findings');
	expect(inspector.view).toEqual({ panel: 'deliveries', id: 2, tab: 'findings', query: '' });
	expect([...inspector.selected]).toEqual([2]);
	expect(inspector.sought).toBe(2);
	expect(inspector.follow).toBe(false);
});

test('an inspector that is closed leaves no worker behind', () => {
	const started: { isTerminated: boolean }[] = [];
	class FakeWorker extends EventTarget {
		isTerminated = false;

		constructor() {
			super();
			started.push(this);
		}

		terminate(): void {
			this.isTerminated = true;
		}
	}
	vi.stubGlobal('Worker', FakeWorker);
	vi.stubGlobal('document', { baseURI: 'http://inspector.test/' });
	onTestFinished(() => void vi.unstubAllGlobals());
	const inspector = inspectorWith(1);
	inspector.receive([{ type: 'delivery', summary: summary(2, { size: 20_000_000 }) }]);
	inspector.openDetail(2);
	expect(started.map(({ isTerminated }) => isTerminated)).toEqual([false]);
	inspector.close();
	expect(started.map(({ isTerminated }) => isTerminated)).toEqual([true]);
	expect(inspector.isDetailOpen).toBe(false);
});
