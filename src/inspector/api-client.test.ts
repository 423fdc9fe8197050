import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bytes, delivery } from '../../test/deliveries';
import { receiverHandlers } from '../demo/handlers';
import { MemoryStore } from '../receiver/memory-store';
import { createReceiver } from '../receiver/receiver';
import { ApiClient, type StreamMessage } from './api-client';

// The page's client talks to the real receiver, through the handlers that the demo uses, below a sub-path.

const base = 'https://static.test/inspector/index.html';
const keep = { count: 1000, bytes: 1e9, ageMilliseconds: null };
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function start() {
	const store = new MemoryStore({ keep });
	const receiver = createReceiver({ store, endpoints: ['main'], keep, bodyLimitBytes: 1e6 });
	server.use(...receiverHandlers(receiver, base));
	return { store, receiver, api: new ApiClient(base) };
}

test('a delivery that is posted below the page is listed, read whole and its body comes byte for byte', async () => {
	const { api } = start();
	const body = bytes('{"event":"message_created","id":12345678901234567890123}');
	await fetch(api.captureUrl('main'), { method: 'POST', body });
	expect(await api.list({ limit: 10 })).toMatchObject({ deliveries: [{ id: 1, event: 'message_created' }], newest: 1 });
	expect(await api.detail(1)).toMatchObject({ id: 1, bodySize: body.length, target: '/hooks/main' });
	expect(await api.body(1)).toEqual(body);
});

test('what is not there is null', async () => {
	const { api } = start();
	expect(await api.detail(9)).toBeNull();
	expect(await api.body(9)).toBeNull();
});

test('clearing, undoing, pinning and the settings reach the receiver', async () => {
	const { api, store } = start();
	await store.append(delivery());
	expect(await api.setPinned(1, true)).toMatchObject({ state: { isPinned: true } });
	expect(await api.setPinned(1, false)).toMatchObject({ state: { isPinned: false } });
	expect(await api.clear(1)).toMatchObject({ cleared: 1 });
	expect(await api.restore()).toBe(1);
	expect(await api.settings()).toMatchObject({ endpoints: ['main'], bodyLimitBytes: 1e6 });
});

test('the stream brings deliveries, changed states and the store, and ends when it is told to', async () => {
	const { api, store } = start();
	await store.append(delivery());
	const stopping = new AbortController();
	const seen: StreamMessage[] = [];
	for await (const messages of api.stream(0, stopping.signal)) {
		seen.push(...messages);
		if (seen.some(({ type }) => type === 'update')) break;
		if (seen.some(({ type }) => type === 'store')) await store.setPinned(1, true);
	}
	stopping.abort();
	expect(seen.map(({ type }) => type)).toEqual(['delivery', 'store', 'update']);
});

test('an answer without the marker is not taken for a receiver, whatever its status', async () => {
	server.use(http.all('*', () => HttpResponse.html('<!doctype html>')));
	await expect(new ApiClient(base).list({ limit: 1 })).rejects.toMatchObject({ code: 'no-receiver' });
});

test('a refusal and a failing store are told apart, with the words of the receiver', async () => {
	const headers = { 'X-Inspector': '1' };
	const error = (code: string, message: string) => ({ error: { code, message } });
	server.use(
		http.get('*/api/settings', () => HttpResponse.json(error('token-needed', 'No token.'), { status: 401, headers })),
	);
	server.use(
		http.get('*/api/deliveries', () =>
			HttpResponse.json(error('store-failed', 'Disk full.'), { status: 503, headers }),
		),
	);
	const api = new ApiClient(base);
	await expect(api.settings()).rejects.toMatchObject({ code: 'refused', message: 'No token.' });
	await expect(api.list({ limit: 1 })).rejects.toMatchObject({ code: 'store-failed', message: 'Disk full.' });
});

test('a receiver that does not answer is unreachable', async () => {
	server.use(http.all('*', () => HttpResponse.error()));
	await expect(new ApiClient(base).list({ limit: 1 })).rejects.toMatchObject({ code: 'unreachable' });
});
