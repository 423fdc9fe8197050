import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { PortFetch } from '../inspector/port-fetch';
import { servePort } from './port-server';

const base = 'https://static.test/some/where/?demo';

/** The page's side of a port, and the receiver that answers at the other end. */
function connected(answer: (request: Request) => Response | Promise<Response>): PortFetch {
	const { port1, port2 } = new MessageChannel();
	const stop = servePort(port2, { fetch: answer }, base);
	const client = new PortFetch(port1);
	onTestFinished(() => {
		stop();
		client.close();
	});
	return client;
}

test('a request arrives as it was made, below the page’s address, and so does the answer', async () => {
	const seen: unknown[] = [];
	const client = connected(async (request) => {
		seen.push([request.method, request.url, request.headers.get('x-one'), await request.text()]);
		return new Response('{"ok":true}', { status: 201, headers: { 'X-Inspector': '1' } });
	});
	const init = { method: 'PATCH', headers: { 'X-One': '1' }, body: '{"isPinned":true}' };
	const response = await client.fetch(new URL('api/deliveries/7?x=1', base), init);
	expect(seen).toEqual([['PATCH', 'https://static.test/api/deliveries/7?x=1', '1', '{"isPinned":true}']]);
	expect(response.status).toBe(201);
	expect(response.headers.get('x-inspector')).toBe('1');
	expect(await response.json()).toEqual({ ok: true });
});

test('any body comes over byte for byte, in whatever pieces it was written', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 3000 }), { maxLength: 12 }), async (pieces) => {
			const client = connected(() => new Response(new Blob(pieces).stream()));
			const response = await client.fetch(new URL('api/x', base));
			const bytes = new Uint8Array(await response.arrayBuffer());
			expect(bytes).toEqual(new Uint8Array(pieces.flatMap((piece) => [...piece])));
		}),
		{ numRuns: 30 },
	);
});

test('several requests at once get each its own answer', async () => {
	const client = connected(async (request) => {
		const wait = Number(new URL(request.url).searchParams.get('wait'));
		await new Promise((resolve) => setTimeout(resolve, wait));
		return new Response(String(wait));
	});
	const ask = async (wait: number) => (await client.fetch(new URL(`api/x?wait=${wait}`, base))).text();
	expect(await Promise.all([30, 0, 15].map(ask))).toEqual(['30', '0', '15']);
});

test('a body is read only as fast as somebody takes it', async () => {
	let made = 0;
	const endless = new ReadableStream(
		{ pull: (controller) => controller.enqueue(new Uint8Array([made++])) },
		{ highWaterMark: 0 },
	);
	const client = connected(() => new Response(endless));
	const reader = (await client.fetch(new URL('api/x', base))).body!.getReader();
	await reader.read();
	await reader.read();
	await new Promise((resolve) => setTimeout(resolve, 30));
	expect(made).toBe(2);
	await reader.cancel();
});

test('whoever stops reading ends the receiver’s stream, and so does an aborted request', async () => {
	const cancelled: string[] = [];
	const client = connected((request) => {
		const name = new URL(request.url).pathname;
		const stream = new ReadableStream({
			pull: (controller) => controller.enqueue(new Uint8Array(1)),
			cancel: () => void cancelled.push(name),
		});
		return new Response(stream);
	});
	await (await client.fetch(new URL('api/read', base))).body!.cancel();
	await expect.poll(() => cancelled).toEqual(['/api/read']);
	const stopping = new AbortController();
	const response = await client.fetch(new URL('api/abort', base), { signal: stopping.signal });
	stopping.abort();
	await expect(response.text()).rejects.toThrow();
	await expect.poll(() => cancelled).toEqual(['/api/read', '/api/abort']);
});

test('a request that is given up before its answer rejects, and the late answer is let go', async () => {
	let isCancelled = false;
	let answer: (response: Response) => void = () => undefined;
	const client = connected(() => new Promise((resolve) => (answer = resolve)));
	const stopping = new AbortController();
	const asked = client.fetch(new URL('api/x', base), { signal: stopping.signal });
	await new Promise((resolve) => setTimeout(resolve, 20));
	stopping.abort();
	await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
	await new Promise((resolve) => setTimeout(resolve, 20));
	answer(new Response(new ReadableStream({ cancel: () => void (isCancelled = true) })));
	await expect.poll(() => isCancelled).toBe(true);
});

test('a receiver that fails is like a network that fails', async () => {
	const client = connected(() => Promise.reject(new Error('broken')));
	await expect(client.fetch(new URL('api/x', base))).rejects.toThrow(TypeError);
	const breaking = connected(
		() => new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('broken')) })),
	);
	const response = await breaking.fetch(new URL('api/x', base));
	await expect(response.text()).rejects.toThrow(TypeError);
});

test('what a live stream says within a moment comes in one piece', async () => {
	let pending = '';
	let wake: () => void = () => undefined;
	const push = (text: string) => {
		pending += text;
		wake();
	};
	const stream = new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				while (pending === '') await new Promise<void>((resolve) => (wake = resolve));
				controller.enqueue(new TextEncoder().encode(pending));
				pending = '';
			},
		},
		{ highWaterMark: 0 },
	);
	const headers = { 'Content-Type': 'text/event-stream; charset=utf-8' };
	const client = connected(() => new Response(stream, { headers }));
	const reader = (await client.fetch(new URL('api/stream', base))).body!.getReader();
	push('first');
	expect(new TextDecoder().decode((await reader.read()).value)).toBe('first');
	const next = reader.read();
	for (const text of ['a', 'b', 'c']) {
		push(text);
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
	expect(new TextDecoder().decode((await next).value)).toBe('abc');
	await reader.cancel();
});
