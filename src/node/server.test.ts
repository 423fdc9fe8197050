import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../test/local-server';
import { readEvents } from '../../test/raw-http';
import type { DeliveryDetail, StoreStatus } from '../deliveries/api';
import { BodyBudget, readBody } from '../receiver/body';
import { LiveFeed } from '../receiver/live-feed';
import { MemoryStore } from '../receiver/memory-store';
import type { DeliveryStore } from '../receiver/store';
import { DiskStore } from './disk-store';

const keep = { count: 1000, bytes: 1e9, ageMilliseconds: null };
const threadFile = new URL('../../dist-node/disk-store-thread.js', import.meta.url);

async function only(store: DeliveryStore): Promise<DeliveryDetail> {
	const { deliveries } = await store.list({ limit: 10 });
	expect(deliveries).toHaveLength(1);
	return (await store.get(deliveries[0]!.id))!;
}

async function bodyText(store: DeliveryStore, id: number): Promise<string> {
	return Buffer.from((await store.body(id))!).toString('latin1');
}

test('the target and the headers are kept as they were sent: order, case, repeats and bytes above ASCII', async () => {
	const { ask, store, port } = await serve();
	const head = ['POST /hooks/main//a?b=%7B&&c HTTP/1.1', 'x-Odd-CASE: 1', 'X-B: b\xe9', 'x-odd-case: 2', 'x-empty:'];
	expect((await ask(head.join('\n') + '\nContent-Length: 2', '{}')).status).toBe(200);
	expect(await only(store)).toMatchObject({
		method: 'POST',
		target: '/hooks/main//a?b=%7B&&c',
		headers: [
			['x-Odd-CASE', '1'],
			['X-B', 'b\xe9'],
			['x-odd-case', '2'],
			['x-empty', ''],
			['Content-Length', '2'],
			['Host', `127.0.0.1:${port}`],
			['Connection', 'close'],
		],
	});
});

test.each([
	'/hooks/main/a/./b/../c',
	'/hooks/other/../main',
	'/hooks/main/%2e%2e/main',
	'/hooks/main/a\\..\\b',
	'/hooks/main/%2e%2e%2f%2e%2e%2fapi/deliveries',
	'/hooks/main/<script>"',
	'/hooks/main?x=/../../api',
	'http://elsewhere.example/hooks/main/../main?x',
])('%s is captured, and keeps its target', async (target) => {
	const { ask, store } = await serve();
	expect((await ask(`GET ${target} HTTP/1.1`)).status).toBe(200);
	expect(await only(store)).toMatchObject({ target });
});

test.each([
	'/hooks/main/../../api/deliveries',
	'/hooks/main/%2e%2e/%2E%2E/api/deliveries',
	'/hooks/main/.%2e/%2e./api/deliveries',
	'/hooks/../api/deliveries',
	'http://127.0.0.1/hooks/main/../../api/deliveries',
])('%s is the API, and needs the token', async (target) => {
	const { ask, store, authorization } = await serve();
	expect((await ask(`GET ${target} HTTP/1.1`)).status).toBe(401);
	const allowed = await ask(`GET ${target} HTTP/1.1\n${authorization}`);
	expect([allowed.status, JSON.parse(allowed.body)]).toMatchObject([200, { deliveries: [] }]);
	expect(store.status().count).toBe(0);
});

test.each([
	'//hooks/main',
	'/hooks',
	'/hooks%2Fmain',
	'/Hooks/main',
	'/hooks/main\\..\\..\\api\\deliveries',
	'/%61pi/deliveries',
	'/api%2Fdeliveries',
	'/hooks/main/../../%61pi/deliveries',
	'*',
])('%s is neither capture nor API', async (target) => {
	const { ask, store, authorization } = await serve();
	const { status } = await ask(`GET ${target} HTTP/1.1\n${authorization}`);
	expect([400, 404]).toContain(status);
	expect(store.status().count).toBe(0);
});

test.each(['GET', 'HEAD', 'DELETE', 'TRACE', 'OPTIONS', 'PROPFIND', 'M-SEARCH', 'PURGE'])(
	'a %s is captured with its body',
	async (method) => {
		const { ask, store } = await serve();
		const { status, body } = await ask(`${method} /hooks/main HTTP/1.1\nContent-Length: 7`, '{"a":1}');
		expect([status, body]).toEqual([200, method === 'HEAD' ? '' : '{}']);
		const { id } = await only(store);
		expect(await store.get(id)).toMatchObject({ method, bodySize: 7, truncation: null });
		expect(await bodyText(store, id)).toBe('{"a":1}');
	},
);

test('a body in chunks is put together, whatever the chunks and the trailers', async () => {
	const { connect, store } = await serve();
	const connection = connect();
	connection.send('POST /hooks/main HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: x\r\n\r\n');
	for (const chunk of ['1\r\n{\r\n', '3;name=value\r\n"\xff"\r\n', '00004\r\n:12}\r\n', '0\r\nX: y\r\n\r\n']) {
		connection.send(chunk);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	await connection.until(/200 OK[^]*\{\}/);
	expect(await bodyText(store, (await only(store)).id)).toBe('{"\xff":12}');
});

test('a sender that waits for 100 Continue gets it', async () => {
	const { connect, store } = await serve();
	const connection = connect().send(
		'POST /hooks/main HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n',
	);
	await connection.until(/^HTTP\/1.1 100 Continue\r\n\r\n/);
	connection.send('{}');
	await connection.until(/200 OK/);
	expect(await only(store)).toMatchObject({ bodySize: 2 });
});

test.each(['Expect: something-else', 'Connection: upgrade\nUpgrade: websocket'])(
	'"%s" is captured like any other header',
	async (header) => {
		const { connect, store } = await serve();
		const head = `POST /hooks/main HTTP/1.1\nHost: a\n${header}\nContent-Length: 2\n\n`;
		await connect()
			.send(`${head.replaceAll('\n', '\r\n')}{}`)
			.until(/200 OK/);
		expect(await only(store)).toMatchObject({ bodySize: 2 });
	},
);

test('deliveries that follow each other on one connection are answered in their order', async () => {
	const { connect, store } = await serve();
	const post = (path: string) => `POST /hooks/${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}`;
	const text = await connect()
		.send(post('main/1') + post('unknown') + post('main/2'))
		.until(/200 OK[^]*404 Not Found[^]*200 OK/);
	expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
	const { deliveries } = await store.list({ limit: 10 });
	expect(deliveries.map(({ path }) => path)).toEqual(['/hooks/main/1', '/hooks/main/2']);
});

test('500 headers are kept', async () => {
	const { ask, store } = await serve();
	const names = Array.from({ length: 500 }, (_, index) => `X-Header-${index}: ${index}`);
	expect((await ask(['POST /hooks/main HTTP/1.1', ...names].join('\n'))).status).toBe(200);
	const { headers } = await only(store);
	expect(headers.slice(0, 500).map(([name, value]) => `${name}: ${value}`)).toEqual(names);
});

test.each(['\x00', '\x01', '\x1f', '\x7f', '\r', 'a\rb'])(
	'the control character %j in a header value is refused with 400, and nothing is stored',
	async (character) => {
		const { connect, store } = await serve();
		const connection = connect().send(`POST /hooks/main HTTP/1.1\r\nHost: a\r\nX-A: b${character}c\r\n\r\n`);
		await connection.until(/^HTTP\/1.1 400 /);
		expect(store.status().count).toBe(0);
	},
);

test('more headers than 64 KiB are refused with 431, and a body that is no longer HTTP ends the delivery', async () => {
	const { connect, store } = await serve();
	await connect()
		.send(`POST /hooks/main HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(70_000)}\r\n\r\n`)
		.until(/^HTTP\/1.1 431 /);
	expect(store.status().count).toBe(0);
	const broken = connect().send(
		'POST /hooks/main HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz',
	);
	await broken.until(/^HTTP\/1.1 400 /);
	await expect.poll(() => store.status().count).toBe(1);
	expect(await only(store)).toMatchObject({ bodySize: 2, truncation: { reason: 'stopped' } });
});

test('a body longer than its sender says is kept as long as that, and the answer that is recorded is the one that goes out', async () => {
	const store = new MemoryStore({ keep });
	const append = store.append.bind(store);
	// What follows the body is read while the store is at work.
	store.append = (...delivery) => new Promise((resolve) => setTimeout(resolve, 50)).then(() => append(...delivery));
	const { connect } = await serve({ store });
	const post = 'POST /hooks/main HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n';
	const connection = connect().send(`${post}{"a": 1}${post}{"a":"\xc3\xbc"}`);
	await expect.poll(() => connection.isClosed).toBe(true);
	expect(connection.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
	expect(await store.get(2)).toMatchObject({ bodySize: 8, answer: { status: 200 } });
});

test.each(['content-length', 'chunked'])(
	'a body at the limit is whole, one byte more is cut off and answered with 413 (%s)',
	async (framing) => {
		const { ask, store } = await serve({ bodyLimitBytes: 5000 });
		const post = (body: string) =>
			framing === 'chunked'
				? ask(
						'POST /hooks/main HTTP/1.1\nTransfer-Encoding: chunked',
						`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
					)
				: ask(`POST /hooks/main HTTP/1.1\nContent-Length: ${body.length}`, body);
		expect((await post('x'.repeat(5000))).status).toBe(200);
		expect(await store.get(1)).toMatchObject({ bodySize: 5000, truncation: null });
		const { status, body } = await post('x'.repeat(5001));
		expect([status, JSON.parse(body)]).toMatchObject([413, { error: { code: 'too-large' } }]);
		expect(await store.get(2)).toMatchObject({
			bodySize: 5000,
			truncation: { reason: 'limit', announced: framing === 'chunked' ? null : 5001 },
		});
	},
);

test('a sender that has much more than the limit still reads its 413', async () => {
	const { ask, store } = await serve({ bodyLimitBytes: 1000 });
	const body = 'x'.repeat(5_000_000);
	expect((await ask(`PUT /hooks/main HTTP/1.1\nContent-Length: ${body.length}`, body)).status).toBe(413);
	expect(await only(store)).toMatchObject({ bodySize: 1000, truncation: { reason: 'limit', announced: 5_000_000 } });
});

test.each(['POST', 'GET'])(
	'a %s whose sender stops half way is kept as far as it came, with the reason',
	async (method) => {
		const { connect, store } = await serve();
		const connection = connect().send(
			`${method} /hooks/main HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"half":`,
		);
		// The head and the half body must have been read, else there is nothing to keep.
		await new Promise((resolve) => setTimeout(resolve, 50));
		connection.close();
		await expect.poll(() => store.status().count).toBe(1);
		expect(await only(store)).toMatchObject({
			bodySize: 8,
			isTruncated: true,
			truncation: { reason: 'stopped', announced: 100 },
			answer: null,
		});
	},
);

test('a sender of one byte after the other runs out of time: what came is kept, and its connection ends', async () => {
	const { connect, store } = await serve({ bodyTimeMilliseconds: 150 });
	const connection = connect().send('POST /hooks/main HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n');
	const drip = setInterval(() => connection.send('x'), 20);
	onTestFinished(() => clearInterval(drip));
	await connection.until(/408 Request Timeout/);
	const { bodySize, truncation } = await only(store);
	expect(truncation).toEqual({ reason: 'slow', announced: 1000 });
	expect(bodySize).toBeGreaterThan(0);
	expect(bodySize).toBeLessThan(100);
	await expect.poll(() => connection.isClosed).toBe(true);
});

test('many slow large senders share a bounded memory: those beyond get 503, and when they go there is room again', async () => {
	const { connect, ask, store } = await serve({ bodyBudgetBytes: 500_000 });
	const head = 'POST /hooks/main HTTP/1.1\r\nHost: a\r\nContent-Length: 90001\r\n\r\n';
	const senders = Array.from({ length: 12 }, () => connect().send(head).send('x'.repeat(90_000)));
	const refused = () => senders.filter(({ text }) => text.startsWith('HTTP/1.1 503'));
	await expect.poll(() => refused().length).toBe(7);
	expect(refused()[0]!.text).toContain('"code":"busy"');
	expect(store.status().count).toBe(0);
	const post = () => ask('POST /hooks/main HTTP/1.1\nContent-Length: 60000', 'x'.repeat(60_000));
	expect((await post()).status).toBe(503);
	for (const sender of senders) sender.close();
	await expect.poll(() => store.status().count).toBe(5);
	expect((await post()).status).toBe(200);
});

test('a body in thousands of small pieces takes the memory of its bytes, not that of the pieces', async () => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const body = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
	const pieces: WeakRef<Uint8Array>[] = [];
	let end!: () => void;
	const reading = readBody(
		{
			start(sink) {
				for (const byte of body) {
					const piece = Uint8Array.of(byte);
					pieces.push(new WeakRef(piece));
					sink.chunk(piece);
				}
				end = () => sink.end();
				return () => undefined;
			},
		},
		{ limitBytes: 100_000, timeMilliseconds: 10_000, budget: new BodyBudget(100_000) },
	);
	// What was looked at in this turn of the event loop is held until its end.
	await new Promise((resolve) => setTimeout(resolve));
	collectGarbage();
	expect(pieces.filter((piece) => piece.deref()).length).toBeLessThan(500);
	end();
	expect(await reading).toEqual({ kept: true, bytes: body, truncation: null });
});

test('an unknown capture address answers 404 and stores nothing', async () => {
	const { ask, store } = await serve();
	const { status, body } = await ask('POST /hooks/nobody HTTP/1.1\nContent-Length: 2', '{}');
	expect([status, JSON.parse(body)]).toMatchObject([404, { error: { code: 'unknown-endpoint' } }]);
	expect(store.status().count).toBe(0);
});

test('stopping waits for a sender for a while, then keeps what came', async () => {
	const { connect, server, store } = await serve();
	const head = 'POST /hooks/main HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n';
	const finishing = connect().send(`${head}12345`);
	const hanging = connect().send(`${head}123`);
	await new Promise((resolve) => setTimeout(resolve, 50));
	const stopped = server.stop(300);
	finishing.send('67890');
	await finishing.until(/200 OK[^]*Connection: close[^]*\{\}/);
	await stopped;
	expect(hanging.text).toBe('');
	await expect.poll(() => store.status().count).toBe(2);
	expect(await store.get(1)).toMatchObject({ bodySize: 10, truncation: null });
	expect(await store.get(2)).toMatchObject({ bodySize: 3, truncation: { reason: 'stopped', announced: 10 } });
});

test('a hundred streams opened and closed leave no listener behind', async () => {
	const store = new MemoryStore({ keep });
	const feed = new LiveFeed(store);
	const { connect, ask, authorization, port } = await serve({ store, feed });
	const get = `GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${authorization}\r\n`;
	for (let round = 0; round < 2; round++) {
		const streams = Array.from({ length: 100 }, () => connect().send(get));
		await expect.poll(() => feed.waiting).toBe(100);
		await ask('POST /hooks/main HTTP/1.1\nContent-Length: 2', '{}');
		await Promise.all(streams.map((stream) => stream.until(/event: delivery/)));
		for (const stream of streams) stream.close();
		await expect.poll(() => feed.waiting).toBe(0);
	}
	expect(store.status().count).toBe(2);
});

test('a full store answers 503 with the reason, and the page hears of it and of its end', async () => {
	const store = await DiskStore.open({
		directory: mkdtempSync(join(tmpdir(), 'inspector-')),
		threadFile,
		keep,
		maximumPages: 40,
	});
	const { ask, origin, authorization } = await serve({ store });
	const { value: token } = /Bearer (?<value>\S+)/.exec(authorization)!.groups as { value: string };
	const stream = readEvents(await fetch(`${origin}/api/stream`, { headers: { authorization: `Bearer ${token}` } }));
	const nextStatus = async () => {
		for await (const { event, data } of { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) })
			if (event === 'store') return JSON.parse(data) as StoreStatus;
		throw new Error('The stream ended.');
	};
	const post = (size: number) => ask(`POST /hooks/main HTTP/1.1\nContent-Length: ${size}`, 'x'.repeat(size));
	const { status, body } = await post(99_000);
	expect(status).toBe(200);
	expect(await nextStatus()).not.toHaveProperty('problem');
	const full = await post(99_000);
	expect([full.status, full.body]).toEqual([503, expect.stringContaining('The disk is full')]);
	expect(body).toBe('{}');
	expect(await nextStatus()).toMatchObject({
		count: 1,
		problem: expect.stringContaining('The disk is full') as string,
	});
	expect((await ask('GET /healthz HTTP/1.1')).status).toBe(503);
	expect((await post(10)).status).toBe(200);
	expect(await nextStatus()).not.toHaveProperty('problem');
	expect((await ask('GET /healthz HTTP/1.1')).status).toBe(200);
	await stream.return(undefined);
});
