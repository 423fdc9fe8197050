import { expect, onTestFinished, test, vi } from 'vitest';
import { bytes, delivery } from '../../test/deliveries';
import { readEvents } from '../../test/raw-http';
import { sampleSecret, signedSample } from '../../test/signed-samples';
import { check } from '../chatwoot/check/check';
import type { Report } from '../chatwoot/check/report';
import type { CountedMembers, Coverage, DeliveryDetail, DeliveryPage, Summary, WholeDelivery } from '../deliveries/api';
import { readRecording, type RecordingLine } from '../deliveries/recording';
import { MemoryStore } from './memory-store';
import { createReceiver, type ReceiverOptions } from './receiver';
import { StoreError } from './store';

const keep = { count: 1000, bytes: 1e9, ageMilliseconds: null };
const origin = 'http://inspector.test';

function start(options: Partial<ReceiverOptions> = {}) {
	const store = new MemoryStore({ keep });
	const receiver = createReceiver({ store, endpoints: ['main'], keep, bodyLimitBytes: 1000, ...options });
	const get = async (path: string) => receiver.fetch(new Request(origin + path));
	const post = async (path: string, body: BodyInit) =>
		receiver.fetch(new Request(origin + path, { method: 'POST', body, duplex: 'half' } as RequestInit));
	return { store, receiver, get, post };
}

test('a delivery is stored before it is answered with 200 and an empty object', async () => {
	const { get, post } = start();
	const response = await post('/hooks/main/below?x=1', '{"event":"message_created","id":7}');
	expect([response.status, await response.text()]).toEqual([200, '{}']);
	const { deliveries } = (await (await get('/api/deliveries')).json()) as DeliveryPage;
	expect(deliveries).toMatchObject([
		{ id: 1, event: 'message_created', path: '/hooks/main/below', state: { answer: { status: 200 } } },
	]);
	const detail = (await (await get('/api/deliveries/1')).json()) as DeliveryDetail;
	expect(detail).toMatchObject({
		target: '/hooks/main/below?x=1',
		method: 'POST',
		bodySize: 34,
		answer: { status: 200, body: '{}' },
	});
});

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
	'a %s is captured like a POST',
	async (method) => {
		const { receiver, get } = start();
		const response = await receiver.fetch(new Request(`${origin}/hooks/main`, { method }));
		expect(response.status).toBe(200);
		expect(await (await get('/api/deliveries/1')).json()).toMatchObject({ method });
	},
);

test('an unknown capture address is answered with 404 and nothing is stored', async () => {
	const { post, store } = start();
	expect((await post('/hooks/other', '{}')).status).toBe(404);
	expect((await post('/hooks/', '{}')).status).toBe(404);
	expect(store.status().count).toBe(0);
});

test('the body comes back byte for byte, as a download that no browser will interpret', async () => {
	const { get, post } = start();
	const body = new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0x00, 0xff]);
	await post('/hooks/main', body);
	const response = await get('/api/deliveries/1/body');
	expect(new Uint8Array(await response.arrayBuffer())).toEqual(body);
	expect(response.headers.get('content-type')).toBe('application/octet-stream');
	expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
	expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a body at the limit is whole; one byte more is kept up to the limit, marked, and answered with 413', async () => {
	const { get, post } = start();
	expect((await post('/hooks/main', 'x'.repeat(1000))).status).toBe(200);
	expect((await post('/hooks/main', 'x'.repeat(1001))).status).toBe(413);
	expect(await (await get('/api/deliveries/1')).json()).toMatchObject({ isTruncated: false, truncation: null });
	expect(await (await get('/api/deliveries/2')).json()).toMatchObject({
		isTruncated: true,
		bodySize: 1000,
		truncation: { reason: 'limit' },
		answer: { status: 413 },
	});
});

test('a body that takes too long is kept as far as it came and answered with 408', async () => {
	const { get, post } = start({ bodyTimeMilliseconds: 30 });
	let isCancelled = false;
	const slow = new ReadableStream({
		start: (controller) => controller.enqueue(bytes('{"half":')),
		cancel: () => void (isCancelled = true),
	});
	expect((await post('/hooks/main', slow)).status).toBe(408);
	expect(await (await get('/api/deliveries/1')).json()).toMatchObject({ bodySize: 8, truncation: { reason: 'slow' } });
	expect(isCancelled).toBe(true);
});

test('bodies that do not fit into memory together are refused with 503, and the next one is taken again', async () => {
	const { post, store } = start({ bodyBudgetBytes: 1500 });
	let finish!: () => void;
	const held = new ReadableStream({
		start(controller) {
			controller.enqueue(new Uint8Array(900));
			finish = () => controller.close();
		},
	});
	const first = post('/hooks/main', held);
	await new Promise((resolve) => setTimeout(resolve, 10));
	expect((await post('/hooks/main', 'x'.repeat(900))).status).toBe(503);
	finish();
	expect((await first).status).toBe(200);
	expect((await post('/hooks/main', 'x'.repeat(900))).status).toBe(200);
	expect(store.status().count).toBe(2);
});

test('a store that fails is answered with 503 to the sender and to the page, and health says so', async () => {
	const { store, get, post } = start();
	const reason = 'The disk is full.';
	store.append = () => Promise.reject(new StoreError(reason));
	store.list = () => Promise.reject(new StoreError(reason));
	const response = await post('/hooks/main', '{}');
	expect(response.status).toBe(503);
	expect(await response.json()).toEqual({ error: { code: 'store-failed', message: reason } });
	expect((await get('/api/deliveries')).status).toBe(503);
	const status = store.status();
	store.status = () => ({ ...status, problem: reason });
	expect((await get('/healthz')).status).toBe(503);
});

test('health is 200 while the store works', async () => {
	const response = await start().get('/healthz');
	expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
});

test('every answer of the API carries the marker, errors too, and none allows other origins', async () => {
	const { get } = start();
	for (const path of [
		'/api/deliveries',
		'/api/deliveries/9',
		'/api/nothing',
		'/api/deliveries?limit=x',
		'/api/settings',
	]) {
		const response = await get(path);
		expect(response.headers.get('x-inspector'), path).toBe('1');
		expect(response.headers.get('access-control-allow-origin')).toBeNull();
		expect(response.headers.get('cache-control')).toBe('no-store');
	}
});

test.each([
	['/api/deliveries?limit=0', 'limit'],
	['/api/deliveries?conversation=x', 'conversation'],
	['/api/deliveries?account=7', 'conversation'],
	['/api/deliveries?bodies=yes', 'bodies'],
	['/api/deliveries?limit=many', 'limit'],
	['/api/deliveries?after=-1', 'after'],
	['/api/deliveries?after=1&before=3', 'both'],
	['/api/stream?after=x', 'after'],
])('%s is a bad request that names what is wrong', async (path, word) => {
	const response = await start().get(path);
	expect(response.status).toBe(400);
	expect(await response.text()).toContain(word);
});

test('a conversation comes whole, a delivery a line, however many there are', async () => {
	const { get, post } = start();
	for (let index = 0; index < 450; index++) {
		await post('/hooks/main', JSON.stringify({ event: 'conversation_created', id: 1 + (index % 2), status: 'öffen' }));
	}
	await post('/hooks/main', new Uint8Array([0xff]));
	const read = async (path: string) => {
		const response = await get(path);
		expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
		const text = await response.text();
		return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as WholeDelivery]));
	};
	const whole = await read('/api/deliveries?conversation=2&endpoint=main&account=9&bodies=1');
	expect(whole.map(({ id }) => id)).toEqual(Array.from({ length: 225 }, (_, index) => 2 + index * 2));
	const { deliveries } = (await (await get('/api/deliveries?conversation=2&limit=1')).json()) as DeliveryPage;
	expect(whole.at(-1)).toEqual({
		...deliveries[0],
		headers: [['content-type', 'text/plain;charset=UTF-8']],
		body: '{"event":"conversation_created","id":2,"status":"öffen"}',
	});
	const ids = async (range: string) => (await read(`/api/deliveries?bodies=1&${range}`)).map(({ id }) => id);
	expect(await ids('conversation=2&after=446')).toEqual([448, 450]);
	expect(await ids('conversation=2&before=6')).toEqual([2, 4]);
	expect(await ids('conversation=2&limit=2')).toEqual([448, 450]);
	expect(await ids('conversation=2&limit=2&before=400')).toEqual([396, 398]);
	expect(await ids('conversation=2&limit=2&after=100')).toEqual([102, 104]);
	expect(await ids('conversation=3')).toEqual([]);
	expect(await ids('after=450')).toEqual([451]);
	expect((await read('/api/deliveries?bodies=1&after=450'))[0]).toMatchObject({ kind: 'not-utf8', bodyBase64: '/w==' });
});

test('bodies are read from the store no faster than they are taken', async () => {
	const store = new MemoryStore({ keep });
	for (let index = 0; index < 1000; index++) await store.append(delivery());
	const pages = vi.spyOn(store, 'listWhole');
	const receiver = createReceiver({ store, endpoints: ['main'], keep, bodyLimitBytes: 1000 });
	const response = await receiver.fetch(new Request(`${origin}/api/deliveries?bodies=1`));
	const reader = response.body!.getReader();
	await reader.read();
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(pages.mock.calls.length).toBeLessThanOrEqual(3);
	await reader.cancel();
});

test('what is stored can be had as a recording: all of it, or what is between two ids', async () => {
	const { get, post, store } = start();
	await post('/hooks/main/below?x=1', '{"id":1.0}');
	await store.append(delivery({ body: Uint8Array.of(0xff), truncation: { reason: 'stopped', announced: 5 } }));
	for (let id = 3; id <= 450; id++) await store.append(delivery());
	const response = await get('/api/recording');
	expect(response.headers.get('content-type')).toMatch('application/x-ndjson');
	expect(response.headers.get('content-disposition')).toBe('attachment; filename="recording.ndjson"');
	expect(response.headers.get('x-inspector')).toBe('1');
	const lines: RecordingLine[] = [];
	for await (const line of readRecording(response.body!)) lines.push(line);
	expect(lines).toHaveLength(450);
	expect(lines[0]).toMatchObject({ delivery: { target: '/hooks/main/below?x=1', body: bytes('{"id":1.0}') } });
	expect(lines[1]).toMatchObject({ delivery: { body: Uint8Array.of(0xff), truncation: { reason: 'stopped' } } });
	const count = async (path: string) => (await (await get(path)).text()).split('\n').length - 1;
	expect(await count('/api/recording?after=2&before=450')).toBe(447);
	expect(await count('/api/recording?after=450')).toBe(0);
	expect((await get('/api/recording?after=x')).status).toBe(400);
});

test('a recording is read from the store no faster than it is taken, and ends where it began to end', async () => {
	const { get, store } = start({ bodyLimitBytes: 1e6 });
	for (let id = 1; id <= 20; id++) await store.append(delivery({ body: new Uint8Array(100_000) }));
	const asked = vi.spyOn(store, 'body');
	const reader = (await get('/api/recording')).body!.getReader();
	await reader.read();
	expect(asked.mock.calls.length).toBeLessThan(5);
	await store.append(delivery());
	let rest = '';
	const decoder = new TextDecoder();
	for (let part = await reader.read(); !part.done; part = await reader.read()) rest += decoder.decode(part.value);
	expect(rest.split('\n')).toHaveLength(20);
});

test('at most 1,000 summaries come at once', async () => {
	const { store, get } = start();
	const keepAll = Array.from({ length: 1000 }, () => store.append(delivery()));
	await Promise.all(keepAll);
	const { deliveries } = (await (await get('/api/deliveries?limit=5000')).json()) as DeliveryPage;
	expect(deliveries).toHaveLength(1000);
});

test('clearing and undoing go through the API', async () => {
	const { store, receiver, post } = start();
	await post('/hooks/main', '{}');
	const cleared = await receiver.fetch(new Request(`${origin}/api/deliveries?through=1`, { method: 'DELETE' }));
	expect(await cleared.json()).toMatchObject({ cleared: 1 });
	expect(store.status().count).toBe(0);
	const restored = await receiver.fetch(new Request(`${origin}/api/deliveries/restore`, { method: 'POST' }));
	expect(await restored.json()).toEqual({ restored: 1 });
	expect(store.status().count).toBe(1);
	const wrong = await receiver.fetch(new Request(`${origin}/api/deliveries`, { method: 'DELETE' }));
	expect(wrong.status).toBe(400);
});

test('a delivery can be pinned and let go', async () => {
	const { receiver, post } = start();
	await post('/hooks/main', '{}');
	const patch = async (id: number, body: string) =>
		receiver.fetch(new Request(`${origin}/api/deliveries/${id}`, { method: 'PATCH', body }));
	expect(await (await patch(1, '{"isPinned":true}')).json()).toMatchObject({ id: 1, state: { isPinned: true } });
	expect((await patch(1, '{"isPinned":1}')).status).toBe(400);
	expect((await patch(2, '{"isPinned":true}')).status).toBe(404);
});

test('the stream gives what is after the cursor, then what arrives, each once and in order', async () => {
	const { store, get } = start();
	for (let i = 0; i < 1200; i++) await store.append(delivery());
	const response = await get('/api/stream?after=100');
	const seen: number[] = [];
	for await (const { event, id, data } of readEvents(response)) {
		if (event !== 'delivery') continue;
		expect((JSON.parse(data) as Summary).id).toBe(Number(id));
		seen.push(Number(id));
		if (seen.length % 200 === 0 && seen.length <= 1000) await store.append(delivery());
		if (Number(id) === 1205) break;
	}
	// The store keeps 1,000: a cursor older than the oldest is no error.
	expect(seen).toEqual([...seen].sort((a, b) => a - b));
	expect(new Set(seen).size).toBe(seen.length);
	expect(seen.at(0)).toBeGreaterThan(100);
	expect(seen.slice(-5)).toEqual([1201, 1202, 1203, 1204, 1205]);
});

test('the stream starts with the store, says when a state changes, and knows Last-Event-ID better than the address', async () => {
	const { store, receiver, post } = start();
	await post('/hooks/main', '{}');
	await post('/hooks/main', '{}');
	const request = new Request(`${origin}/api/stream?after=0`, { headers: { 'last-event-id': '1' } });
	const events = readEvents(await receiver.fetch(request));
	expect((await events.next()).value).toMatchObject({ event: 'delivery', id: '2' });
	expect((await events.next()).value).toMatchObject({ event: 'store', data: JSON.stringify(store.status()) });
	await store.setPinned(1, true);
	const { value } = (await events.next()) as { value: { event: string; data: string } };
	expect(value.event).toBe('update');
	expect(JSON.parse(value.data)).toMatchObject({ id: 1, state: { isPinned: true } });
	await events.return(undefined);
});

test('what arrives while nobody reads the stream comes in one piece', async () => {
	const { get, post } = start();
	const reader = (await get('/api/stream')).body!.getReader();
	await reader.read();
	for (let i = 0; i < 3; i++) await post('/hooks/main', '{}');
	const piece = new TextDecoder().decode((await reader.read()).value);
	expect(piece.match(/^event: delivery$/gm)).toHaveLength(3);
	await reader.cancel();
});

test('without a cursor the stream gives new deliveries only', async () => {
	const { get, post } = start();
	await post('/hooks/main', '{}');
	const events = readEvents(await get('/api/stream'));
	const next = events.next();
	await post('/hooks/main', '{}');
	expect((await next).value).toMatchObject({ event: 'delivery', id: '2' });
	await events.return(undefined);
});

test('a silent stream is kept alive by comments', async () => {
	const { get } = start({ heartbeatMilliseconds: 5 });
	const reader = (await get('/api/stream')).body!.getReader();
	let text = '';
	while (!text.includes(': still here')) text += new TextDecoder().decode((await reader.read()).value);
	await reader.cancel();
});

test('closing the receiver ends its streams', async () => {
	const { get, receiver } = start();
	const response = await get('/api/stream');
	const text = response.text();
	receiver.close();
	expect(await text).toContain(': open');
});

test('an error of ours is told to the caller and not to the page', async () => {
	const told: unknown[] = [];
	const { store, get } = start({ onerror: (error) => told.push(error) });
	const failure = new Error('secret detail');
	store.list = () => Promise.reject(failure);
	const response = await get('/api/deliveries');
	expect(response.status).toBe(500);
	expect(await response.text()).not.toContain('secret');
	expect(told).toEqual([failure]);
});

const signedMessage = signedSample('message_created--agent-outgoing');

/** What the receiver finds of the signature of one request. */
async function signatureOf(
	changes: { headers?: Record<string, string | undefined>; body?: Uint8Array<ArrayBuffer> },
	options: Partial<ReceiverOptions> = {},
) {
	const { receiver, get } = start({ secret: sampleSecret, bodyLimitBytes: 100_000, ...options });
	const headers = { ...signedMessage.headers, ...changes.headers };
	const sent = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
	const body = changes.body ?? signedMessage.body;
	const response = await receiver.fetch(new Request(`${origin}/hooks/main`, { method: 'POST', headers: sent, body }));
	const { state } = (await (await get('/api/deliveries/1')).json()) as DeliveryDetail;
	return { status: response.status, signature: state.signature };
}

const neither = { 'x-chatwoot-signature': undefined, 'x-chatwoot-timestamp': undefined };
const changedBody = signedMessage.body.slice();
changedBody[changedBody.length - 3]! ^= 1;

test.each([
	['valid', 'a signed delivery', {}],
	['invalid', 'one whose body was changed', { body: changedBody }],
	['invalid', 'one with another timestamp', { headers: { 'x-chatwoot-timestamp': '1780999375' } }],
	['invalid', 'one without a timestamp', { headers: { 'x-chatwoot-timestamp': undefined } }],
	['invalid', 'one with a timestamp alone', { headers: { 'x-chatwoot-signature': undefined } }],
	['invalid', 'one with an odd signature', { headers: { 'x-chatwoot-signature': 'sha256=no' } }],
	['absent', 'one without signature and timestamp', { headers: neither }],
	['absent', 'one with an empty body and neither', { headers: neither, body: bytes('') }],
])('with a secret, the signature is %s: %s; the answer is 200 all the same', async (signature, _what, changes) => {
	expect(await signatureOf(changes)).toEqual({ status: 200, signature });
});

test('without a secret nothing is said of a signature', async () => {
	expect(await signatureOf({}, { secret: undefined })).toEqual({ status: 200, signature: null });
	expect(await signatureOf({ headers: neither }, { secret: '' })).toEqual({ status: 200, signature: null });
});

test('of a signed body that is cut off nothing can be said; one that is not signed is still not signed', async () => {
	const short = { bodyLimitBytes: 1000 };
	expect(await signatureOf({}, short)).toEqual({ status: 413, signature: null });
	expect(await signatureOf({ headers: neither }, short)).toEqual({ status: 413, signature: 'absent' });
});

test('where signatures cannot be checked the delivery is stored and answered all the same, and the error told', async () => {
	const errors: unknown[] = [];
	const subtle = vi.spyOn(crypto.subtle, 'sign').mockRejectedValue(new Error('no cryptography here'));
	onTestFinished(() => subtle.mockRestore());
	expect(await signatureOf({}, { onerror: (error) => errors.push(error) })).toEqual({ status: 200, signature: null });
	expect(errors).toEqual([new Error('no cryptography here')]);
});

test('the stream tells what was found of a signature', async () => {
	const { receiver, get } = start({ secret: sampleSecret, bodyLimitBytes: 100_000 });
	const { headers, body } = signedMessage;
	for (const sent of [body, changedBody]) {
		await receiver.fetch(new Request(`${origin}/hooks/main`, { method: 'POST', headers, body: sent }));
	}
	const found: unknown[] = [];
	for await (const { event, data } of readEvents(await get('/api/stream?after=0'))) {
		if (event !== 'delivery') break;
		found.push((JSON.parse(data) as Summary).state.signature);
	}
	expect(found).toEqual(['valid', 'invalid']);
});

test('the findings of a delivery are what `check` says of its body, headers and arrival', async () => {
	const { receiver, get } = start({ bodyLimitBytes: 100_000, now: () => 1_000 });
	const { headers, body } = signedMessage;
	await receiver.fetch(new Request(`${origin}/hooks/main`, { method: 'POST', headers, body }));
	const detail = (await (await get('/api/deliveries/1')).json()) as DeliveryDetail;
	const response = await get('/api/deliveries/1/findings');
	const report = (await response.json()) as Report;
	expect(response.headers.get('x-inspector')).toBe('1');
	expect(report).toEqual(check(body, { headers: detail.headers, receivedAt: 1_000 }));
	expect(report).toMatchObject({ event: 'message_created', form: 'wire', counts: detail.counts });
	// Sent long after it arrived: what only the headers and the arrival can tell.
	expect(report.findings.map(({ code }) => code)).toContain('invariant');
	const guide = (await (await get('/api/deliveries/1/findings?contract=guide')).json()) as Report;
	expect(guide.counts).toEqual(detail.guideCounts);
	expect(guide.counts).not.toEqual(report.counts);
	expect((await get('/api/deliveries/1/findings?contract=wire')).status).toBe(400);
	expect((await get('/api/deliveries/2/findings')).status).toBe(404);
	expect((await get('/api/deliveries/x/findings')).status).toBe(404);
});

test.each([
	['', 'empty'],
	['event=message_created', 'not-json'],
	['[1]', 'not-an-object'],
	['{"event":"message_created","id":"'.padEnd(2000, 'x'), 'truncated'],
])('a body that is no payload has findings too: %j', async (body, code) => {
	const { get, post } = start();
	await post('/hooks/main', body);
	const report = (await (await get('/api/deliveries/1/findings')).json()) as Report;
	expect(report.findings).toMatchObject([{ code, pointer: '' }]);
	expect((await (await get('/api/deliveries/1')).json()) as DeliveryDetail).toMatchObject({ counts: report.counts });
});

test('coverage tells of each event and member what the contracts say and how often it came', async () => {
	const { get, post } = start();
	await post('/hooks/main', '{"event":"contact_created","id":1,"asignee_id":2}');
	await post('/hooks/main', '{"event":"contact_created","id":2}');
	await post('/hooks/main', 'text');
	const response = await get('/api/coverage');
	expect(response.headers.get('x-inspector')).toBe('1');
	const { events, otherDeliveries } = (await response.json()) as Coverage;
	expect(otherDeliveries).toBe(1);
	const contact = events.find(({ event }) => event === 'contact_created')!;
	expect(contact.deliveries).toBe(2);
	const member = (pointer: string) => contact.members.find((one) => one.pointer === pointer);
	expect(member('/id')).toMatchObject({ count: 2, example: 2, wire: 'positive integer', guide: null });
	expect(member('/asignee_id')).toMatchObject({ count: 1, example: 1, wire: null, guide: null });
	expect(member('/name')).toMatchObject({ count: 0, example: null });
	expect(events.find(({ event }) => event === 'message_created')).toMatchObject({ deliveries: 0 });
	const counted = (await (await get('/api/coverage?members=counted')).json()) as CountedMembers;
	expect(counted).toEqual({
		otherDeliveries: 1,
		events: [
			{
				event: 'contact_created',
				deliveries: 2,
				others: 0,
				members: [
					{ pointer: '/event', count: 2, example: 2 },
					{ pointer: '/id', count: 2, example: 2 },
					{ pointer: '/asignee_id', count: 1, example: 1 },
				],
			},
		],
	});
	expect((await get('/api/coverage?members=some')).status).toBe(400);
});
