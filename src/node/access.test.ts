import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localToken, serve, type LocalServer } from '../../test/local-server';
import { isLoopback } from './access';
import { securityHeaders } from './content-security-policy';
import { StaticFiles } from './static-files';

/** A server with a page of one script, next to a file that is not of the page. */
function serveWithPage(allowedHosts: string[] = []): Promise<LocalServer> {
	const folder = mkdtempSync(join(tmpdir(), 'inspector-page-'));
	mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
	writeFileSync(join(folder, 'secret.txt'), 'secret');
	writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>page</title>');
	writeFileSync(join(folder, 'page', 'favicon.png'), 'a drawing');
	writeFileSync(join(folder, 'page', 'assets', 'main-1a2b.js'), 'console.log("page");\n'.repeat(100));
	const files = new StaticFiles(join(folder, 'page'));
	return serve({}, { allowedHosts, page: (request, path) => files.answer(request, path) });
}

test('whoever comes by a tunnel reaches the capture addresses and nothing else', async () => {
	const { ask, store, authorization } = await serveWithPage();
	const tunnel = 'Host: quick-fox.tunnel.example';
	expect((await ask(`POST /hooks/main HTTP/1.1\n${tunnel}\nContent-Length: 2`, '{}')).status).toBe(200);
	expect(store.status().count).toBe(1);
	for (const target of [
		'/',
		'/assets/main-1a2b.js',
		'/healthz',
		'/api/deliveries',
		'/api/stream',
		'/hooks/main/../../api/deliveries',
		`/?token=${localToken}`,
	]) {
		const answer = await ask(`GET ${target} HTTP/1.1\n${tunnel}\n${authorization}`);
		expect([answer.status, answer.headers.get('set-cookie')], target).toEqual([403, undefined]);
		expect(answer.body, target).toContain('host-not-allowed');
	}
});

test.each([
	['127.0.0.1', 200],
	['127.0.0.1:9', 200],
	['localhost', 200],
	['LOCALHOST.:80', 200],
	['[::1]:4400', 200],
	['inspector.example:4400', 200],
	['[fd00::2]:4400', 200],
	['xn--mnchen-3ya.example', 200],
	['[fd00::3]:4400', 403],
	['127.0.0.1.example.com', 403],
	['localhost.example.com', 403],
	['example.com', 403],
	['inspector.example.com', 403],
	['1270.0.0.1', 403],
])('the host %s is answered with %i', async (host, status) => {
	const { ask } = await serveWithPage(['inspector.example', 'fd00:0::2', 'münchen.example']);
	expect((await ask(`GET / HTTP/1.1\nHost: ${host}`)).status).toBe(status);
});

test('a request without a host captures, and sees nothing', async () => {
	const { ask, connect, store } = await serveWithPage();
	expect((await ask('POST /hooks/main HTTP/1.0\nHost:')).status).toBe(200);
	expect((await ask('GET / HTTP/1.0\nHost:')).status).toBe(403);
	await connect()
		.send('POST /hooks/main HTTP/1.1\r\n\r\n')
		.until(/^HTTP\/1.1 200 /);
	await connect()
		.send('GET / HTTP/1.1\r\n\r\n')
		.until(/^HTTP\/1.1 403 [^]*Content-Security-Policy/);
	expect(store.status().count).toBe(2);
});

test('the address decides nothing when the Host says otherwise', async () => {
	const { ask, authorization } = await serveWithPage();
	const head = `GET http://127.0.0.1/api/deliveries HTTP/1.1\nHost: evil.example\n${authorization}`;
	expect((await ask(head)).status).toBe(403);
});

test('only this machine is loopback', () => {
	expect(['127.0.0.1', '127.8.9.10', 'localhost', '::1', '[::1]'].every(isLoopback)).toBe(true);
	expect(['', '0.0.0.0', '128.0.0.1', '127.0.0', '127.0.0.1.nip.io', 'localhost.'].some(isLoopback)).toBe(false);
});

test('the printed address sets a cookie, and the token leaves the address', async () => {
	const { ask, port } = await serveWithPage();
	const { status, headers } = await ask(`GET /?token=${localToken}&demo HTTP/1.1`);
	expect([status, headers.get('location'), headers.get('cache-control')]).toEqual([303, '/?demo=', 'no-store']);
	const [pair, ...attributes] = headers.get('set-cookie')!.split('; ');
	expect(pair).toBe(`inspector_${port}=${localToken}`);
	expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']));
	expect((await ask(`GET /api/deliveries HTTP/1.1\nCookie: a=b; ${pair}; c=d`)).status).toBe(200);
	expect((await ask(`GET /api/deliveries HTTP/1.1\nCookie: inspector_1=${localToken}`)).status).toBe(401);
});

test('a wrong token in the address sets no cookie', async () => {
	const { ask } = await serveWithPage();
	const { status, headers } = await ask('GET /?token=wrong HTTP/1.1');
	expect([status, headers.get('set-cookie')]).toEqual([401, undefined]);
});

test.each([
	['no token', '', 401],
	['a wrong bearer', 'Authorization: Bearer wrong', 401],
	['an empty bearer', 'Authorization: Bearer ', 401],
	['the token under another scheme', `Authorization: Basic ${localToken}`, 401],
	['a wrong cookie', 'Cookie: inspector_PORT=wrong', 401],
	['a cookie that is no escaped text', 'Cookie: inspector_PORT=%E0%A4', 401],
	['the token as bearer', `Authorization: bearer ${localToken}`, 200],
	['the token as cookie', `Cookie: inspector_PORT=${localToken}`, 200],
	['the cookie from a page of ours', `Cookie: inspector_PORT=${localToken}\nSec-Fetch-Site: same-origin`, 200],
	['the cookie from another site', `Cookie: inspector_PORT=${localToken}\nSec-Fetch-Site: cross-site`, 403],
	['the cookie from another port', `Cookie: inspector_PORT=${localToken}\nSec-Fetch-Site: same-site`, 403],
	['the token in the address', '', 401, `?token=${localToken}`],
])('the API with %s', async (_name, header, status, query = '') => {
	const { ask, port } = await serveWithPage();
	const line = header === '' ? '' : `\n${header.replace('PORT', String(port))}`;
	expect((await ask(`GET /api/deliveries${query} HTTP/1.1${line}`)).status).toBe(status);
});

test('no answer allows another origin, not to a preflight either', async () => {
	const { ask } = await serveWithPage();
	for (const method of ['GET', 'OPTIONS']) {
		for (const target of ['/', '/healthz', '/api/deliveries', '/hooks/main']) {
			const { headers } = await ask(
				`${method} ${target} HTTP/1.1\nOrigin: https://evil.example\nAccess-Control-Request-Method: GET`,
			);
			expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
		}
	}
});

test('whatever is served carries the policy and the usual headers', async () => {
	const { ask, authorization } = await serveWithPage();
	for (const head of [
		'GET / HTTP/1.1',
		'GET /nothing HTTP/1.1',
		'POST / HTTP/1.1',
		'GET /assets/main-1a2b.js HTTP/1.1',
		`GET /?token=${localToken} HTTP/1.1`,
		'GET /healthz HTTP/1.1',
		'GET /api/deliveries HTTP/1.1',
		`GET /api/deliveries HTTP/1.1\n${authorization}`,
		`GET /api/deliveries?limit=x HTTP/1.1\n${authorization}`,
		'POST /hooks/main HTTP/1.1',
		'POST /hooks/nobody HTTP/1.1',
		'GET / HTTP/1.1\nHost: evil.example',
		'GET nonsense HTTP/1.1',
		'GET / HTTP/1.1\nX-A: \x01',
	]) {
		const { headers } = await ask(head);
		for (const [name, value] of Object.entries(securityHeaders)) {
			expect(headers.get(name.toLowerCase()), `${name} of ${head}`).toBe(value);
		}
	}
	expect(securityHeaders['Content-Security-Policy']).not.toContain('unsafe');
});

test('no odd path leaves the folder of the page', async () => {
	const { ask } = await serveWithPage();
	for (const target of [
		'/../secret.txt',
		'/assets/../../secret.txt',
		'/%2e%2e/secret.txt',
		'/..%2fsecret.txt',
		'/assets/..%5c..%5csecret.txt',
		'/\\..\\secret.txt',
		'//secret.txt',
		'/assets',
		'/index.html/',
		'/%00',
		'/__proto__',
	]) {
		const { status, body } = await ask(`GET ${target} HTTP/1.1`);
		expect(status, target).toBe(404);
		expect(body, target).not.toBe('secret');
	}
});

test('files are compressed for who takes it, known again by their tag, and only read', async () => {
	const { ask, origin } = await serveWithPage();
	const script = '/assets/main-1a2b.js';
	const plain = await ask(`GET ${script} HTTP/1.1`);
	expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
	expect(plain.headers.get('cache-control')).toContain('immutable');
	expect(plain.headers.get('content-encoding')).toBeUndefined();
	const zipped = await fetch(origin + script, { headers: { 'accept-encoding': 'gzip' } });
	expect([zipped.headers.get('content-encoding'), await zipped.text()]).toEqual(['gzip', plain.body]);
	const again = await ask(`GET ${script} HTTP/1.1\nIf-None-Match: ${plain.headers.get('etag')}`);
	expect([again.status, again.body]).toEqual([304, '']);
	const head = await ask('HEAD / HTTP/1.1');
	expect([head.status, head.body, head.headers.get('cache-control')]).toEqual([200, '', 'no-cache']);
	expect((await ask('DELETE / HTTP/1.1')).status).toBe(405);
});

test('a tab that shows an answer of the API gets the icon that a browser asks for there', async () => {
	const { ask } = await serveWithPage();
	const { status, headers } = await ask('GET /favicon.ico HTTP/1.1');
	expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
});

test('what is asked for compressed is shorter on the wire', async () => {
	const { ask } = await serveWithPage();
	const length = async (header: string) =>
		Number((await ask(`GET /assets/main-1a2b.js HTTP/1.1${header}`)).headers.get('content-length'));
	expect(await length('\nAccept-Encoding: gzip, br')).toBeLessThan(await length(''));
});
