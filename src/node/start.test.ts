import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RawConnection, readEvents } from '../../test/raw-http';
import { newDataFolder, runToEnd, startInspector, type InspectorConditions } from '../../test/running-inspector';
import { sampleSecret, signedSample } from '../../test/signed-samples';
import type { DeliveryDetail, DeliveryPage, ReceiverSettings, StoreStatus, Summary } from '../deliveries/api';

async function start(conditions: InspectorConditions = {}) {
	const inspector = await startInspector(conditions);
	onTestFinished(async () => void (await inspector.stop('SIGKILL')));
	return inspector;
}

async function everyPath(api: (path: string) => Promise<Response>): Promise<string[]> {
	const paths: string[] = [];
	for (let after = 0; ;) {
		const page = (await (await api(`/api/deliveries?after=${after}&limit=1000`)).json()) as DeliveryPage;
		if (page.deliveries.length === 0) return paths;
		paths.push(...page.deliveries.map(({ path }) => path));
		after = page.deliveries.at(-1)!.id;
	}
}

test('the printed addresses work: the page, the capture URL, and the line to try', async () => {
	const { page, capture, origin, output, api } = await start();
	const login = await fetch(page, { redirect: 'manual' });
	expect([login.status, login.headers.get('location')]).toEqual([303, '/']);
	expect(await (await fetch(origin)).text()).toContain('<!doctype html>');
	expect(output).toContain(
		`curl -H 'Content-Type: application/json' -d '{"event":"message_created","id":1}' ${capture}`,
	);
	const posted = await fetch(capture, { method: 'POST', body: '{"event":"message_created","id":1}' });
	expect([posted.status, await posted.text()]).toEqual([200, '{}']);
	expect((await (await api('/api/deliveries/1')).json()) as DeliveryDetail).toMatchObject({ event: 'message_created' });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
	'%s: what was accepted is answered and stored, streams end, and the exit code is 0',
	async (signal) => {
		const data = newDataFolder();
		const inspector = await start({ data });
		const stream = await inspector.api('/api/stream');
		const half = new RawConnection(inspector.port);
		onTestFinished(() => half.close());
		half.send(`POST ${new URL(inspector.capture).pathname} HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{"id":`);
		await new Promise((resolve) => setTimeout(resolve, 100));
		const stopped = inspector.stop(signal);
		expect(await stream.text()).toContain(': open');
		half.send('123}');
		await half.until(/200 OK[^]*\{\}$/);
		expect(await stopped).toBe(0);
		const again = await start({ data });
		const { deliveries } = (await (await again.api('/api/deliveries')).json()) as DeliveryPage;
		expect(deliveries).toMatchObject([{ id: 1, size: 10, isTruncated: false, state: { answer: { status: 200 } } }]);
	},
);

test('a data folder that went away meanwhile is told of in a sentence when it stops', async () => {
	const inspector = await start();
	await fetch(inspector.capture, { method: 'POST', body: '{}' });
	rmSync(inspector.data, { recursive: true });
	expect(await inspector.stop('SIGTERM')).toBe(1);
	const [told, ...more] = inspector.output.trimEnd().split('\n').slice(3);
	expect(told).toMatch(/deliveries\.sqlite cannot be used .* start with another --data folder\.$/);
	expect(more).toEqual([]);
});

test('a stream that resumes after a restart misses nothing and repeats nothing', async () => {
	const data = newDataFolder();
	const first = await start({ data });
	const post = async ({ capture }: { capture: string }, count: number) => {
		for (let index = 0; index < count; index++) await fetch(capture, { method: 'POST', body: '{}' });
	};
	const seen: number[] = [];
	const read = async (response: Response, until: number) => {
		for await (const { event, data: text } of readEvents(response)) {
			if (event !== 'delivery') continue;
			seen.push((JSON.parse(text) as Summary).id);
			if (seen.at(-1) === until) return;
		}
	};
	const firstStream = first.api('/api/stream?after=0');
	await post(first, 5);
	await read(await firstStream, 3);
	await post(first, 2);
	expect(await first.stop()).toBe(0);
	const second = await start({ data });
	await post(second, 2);
	const reading = read(await second.api('/api/stream', { headers: { 'Last-Event-ID': '3' } }), 12);
	await post(second, 3);
	await reading;
	expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('killed under load, it has everything that it had answered', async () => {
	const data = newDataFolder();
	const inspector = await start({ data });
	const answered: string[] = [];
	let next = 0;
	let isKilled = false;
	const send = async () => {
		while (!isKilled) {
			const url = `${inspector.capture}/${++next}`;
			const response = await fetch(url, { method: 'POST', body: `{"n":"${'x'.repeat(2000)}"}` }).catch(() => null);
			if (response?.status === 200) answered.push(new URL(url).pathname);
		}
	};
	const senders = Array.from({ length: 20 }, send);
	await new Promise((resolve) => setTimeout(resolve, 1500));
	await inspector.stop('SIGKILL');
	isKilled = true;
	await Promise.all(senders);
	const again = await start({ data });
	const stored = await everyPath(again.api);
	expect(answered.length).toBeGreaterThan(20);
	expect(answered.filter((path) => !new Set(stored).has(path))).toEqual([]);
	expect(new Set(stored).size).toBe(stored.length);
});

test('a second inspector on the same folder is told so and ends, and the first goes on', async () => {
	const { data, capture } = await start();
	const second = await runToEnd(['start', '--port', '0', '--data', data]);
	expect(second.code).toBe(1);
	expect(second.stderr).toMatch(/^Another process is using .*deliveries\.sqlite.*--data folder\.\n$/);
	expect(second.stdout).toBe('');
	expect((await fetch(capture, { method: 'POST' })).status).toBe(200);
});

test('a port that is taken is named', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => void other.close());
	await new Promise((resolve) => other.once('listening', resolve));
	const { port } = other.address() as AddressInfo;
	const { code, stderr } = await runToEnd(['start', '--port', String(port), '--data', newDataFolder()]);
	expect(code).toBe(1);
	expect(stderr).toBe(
		`Port ${port} is taken by another program. Choose another with --port, or a free one with --port 0.\n`,
	);
});

test.each([
	[['--no-such'], '--no-such'],
	[['--port', 'many'], '--port'],
	[['--body-limit', '10 apples'], '--body-limit'],
	// Nothing would be kept, where the writer may have meant "no limit".
	[['--body-limit', '0'], '--body-limit'],
	[['--keep-count', '0'], '--keep-count'],
	[['--keep-bytes', '0GiB'], '--keep-bytes'],
	[['--keep-age', '0d'], '--keep-age'],
	[['--endpoint', 'a/b'], '--endpoint'],
	[['--endpoint', '..'], '--endpoint'],
	[['extra'], 'extra'],
])('the wrong options %j end with 2, the reason and the help', async (args, word) => {
	const { code, stdout, stderr } = await runToEnd(['start', '--data', newDataFolder(), ...args]);
	expect([code, stdout]).toEqual([2, '']);
	expect(stderr.split('\n')[0]).toContain(word);
	expect(stderr).toContain('Usage: npm start -- [options]');
});

test('the help is printed on demand, and an unknown command is refused', async () => {
	const help = await runToEnd(['start', '--help']);
	expect([help.code, help.stderr]).toEqual([0, '']);
	expect(help.stdout).toContain('--keep-age');
	for (const option of ['--help', '-h']) {
		const commands = await runToEnd([option]);
		expect([commands.code, commands.stderr]).toEqual([0, '']);
		expect(commands.stdout).toMatch(/validate[^]*chain[^]*simulate/);
	}
	expect((await runToEnd(['fly'])).code).toBe(2);
	expect((await runToEnd(['--port', 'many'])).stderr).toContain('--port takes a whole number');
});

test('token and capture address are made once, for this user alone, and survive a restart', async () => {
	const first = await start({ data: newDataFolder() });
	const file = join(first.data, 'settings.json');
	expect(statSync(file).mode & 0o777).toBe(0o600);
	await first.stop();
	chmodSync(file, 0o644);
	const second = await start({ data: first.data });
	const addresses = ({ token, capture }: typeof first) => [token, new URL(capture).pathname];
	expect(addresses(second)).toEqual(addresses(first));
	expect(first.token.length).toBeGreaterThanOrEqual(32);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect((await start()).token).not.toBe(first.token);
});

test('a flag beats its environment variable, and that beats the default', async () => {
	const env = { TOKEN: 'from-the-environment', ENDPOINT: 'from-the-environment', BODY_LIMIT: '5kB', KEEP_COUNT: '7' };
	const { token, capture, api } = await start({ env, args: ['--token', 'from-a-flag', '--body-limit', '6kB'] });
	expect(token).toBe('from-a-flag');
	expect(new URL(capture).pathname).toBe('/hooks/from-the-environment');
	const settings = (await (await api('/api/settings')).json()) as ReceiverSettings;
	expect(settings).toEqual({
		endpoints: ['from-the-environment'],
		bodyLimitBytes: 6000,
		keep: { count: 7, bytes: 8 * 1024 ** 3, ageMilliseconds: null },
	});
});

const signedMessage = signedSample('message_created--agent-outgoing');

/** Sends the signed sample, or another body under its signature. */
async function postSigned(capture: string, body = signedMessage.body): Promise<void> {
	const headers = Object.entries(signedMessage.headers).filter(([name]) => !/^(host|content-length)$/.test(name));
	expect((await fetch(capture, { method: 'POST', headers, body })).status).toBe(200);
}

async function signatures(api: (path: string) => Promise<Response>): Promise<unknown[]> {
	const { deliveries } = (await (await api('/api/deliveries')).json()) as DeliveryPage;
	return deliveries.map(({ state }) => state.signature);
}

test('with a secret, a signed delivery is valid and a tampered one invalid, in the list and in the stream', async () => {
	const { capture, api } = await start({ args: ['--secret', sampleSecret] });
	const stream = readEvents(await api('/api/stream'));
	const tampered = signedMessage.body.slice();
	tampered[20]! ^= 1;
	await postSigned(capture);
	await postSigned(capture, tampered);
	await fetch(capture, { method: 'POST', body: '{}' });
	const found = ['valid', 'invalid', 'absent'];
	expect(await signatures(api)).toEqual(found);
	const streamed: unknown[] = [];
	for await (const { event, data } of stream) {
		if (event === 'delivery') streamed.push((JSON.parse(data) as Summary).state.signature);
		if (streamed.length === 3) break;
	}
	expect(streamed).toEqual(found);
});

test('the secret is kept for this user alone, survives restarts, is replaced, and is forgotten when given as empty', async () => {
	const data = newDataFolder();
	const file = join(data, 'settings.json');
	const kept = () => (JSON.parse(readFileSync(file, 'utf8')) as { secret?: string }).secret;
	const runs: { conditions: InspectorConditions; kept: string | undefined; found: string | null }[] = [
		{ conditions: {}, kept: undefined, found: null },
		{
			conditions: { env: { SECRET: 'another one' }, args: ['--secret', sampleSecret] },
			kept: sampleSecret,
			found: 'valid',
		},
		{ conditions: {}, kept: sampleSecret, found: 'valid' },
		{ conditions: { env: { SECRET: '' } }, kept: sampleSecret, found: 'valid' },
		{ conditions: { env: { SECRET: 'another one' } }, kept: 'another one', found: 'invalid' },
		{ conditions: {}, kept: 'another one', found: 'invalid' },
		{ conditions: { env: { SECRET: sampleSecret }, args: ['--secret', ''] }, kept: undefined, found: null },
		{ conditions: {}, kept: undefined, found: null },
	];
	const tokens = new Set<string>();
	let found: unknown[] = [];
	for (const run of runs) {
		const inspector = await start({ ...run.conditions, data });
		await postSigned(inspector.capture);
		found = await signatures(inspector.api);
		tokens.add(inspector.token);
		expect(kept()).toBe(run.kept);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		await inspector.stop();
	}
	// What was found when a delivery arrived stays, whatever the secret is now.
	expect(found).toEqual(runs.map((run) => run.found));
	expect(tokens.size).toBe(1);
});

test('no answer, no page and no printed line holds the secret', async () => {
	const secret = 'never5een8yAnyone0utside';
	const inspector = await start({ args: ['--secret', secret] });
	const { origin, page, capture, api } = inspector;
	await postSigned(capture);
	const login = await fetch(page, { redirect: 'manual' });
	const html = await (await fetch(origin)).text();
	const files = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => `/${path}`);
	const paths = [
		'/api/deliveries',
		'/api/deliveries/1',
		'/api/deliveries/1/body',
		'/api/settings',
		'/healthz',
		'/api/no',
	];
	const answers = [login, ...(await Promise.all([...paths, ...files].map((path) => api(path))))];
	const told = await Promise.all(
		answers.map(async (answer) => JSON.stringify([...answer.headers]) + (await answer.text())),
	);
	expect(files.length).toBeGreaterThan(1);
	const stream = readEvents(await api('/api/stream?after=0'));
	for await (const { event, data } of stream) {
		told.push(data);
		if (event === 'store') break;
	}
	told.push(html, inspector.output);
	expect(told.filter((text) => text.includes(secret))).toEqual([]);
});

test('a broken settings file is not quoted in the message, since it may hold the secret', async () => {
	const data = newDataFolder();
	writeFileSync(join(data, 'settings.json'), '{"token":"a","endpoint":"b","secret":"hush"x}');
	const { stdout, stderr } = await runToEnd(['start', '--port', '0', '--data', data]);
	expect(stderr).toContain('settings.json cannot be used (it is not JSON)');
	expect(stdout + stderr).not.toContain('hush');
});

test.each([
	'{"token":"a","endpoint":"b","secret":7}',
	'{"token":"half',
	'{"token":7,"endpoint":"a"}',
	'{"token":"","endpoint":"a"}',
	'{"token":"a","endpoint":"../a"}',
	'null',
	'',
])('a settings file with %j is left alone, and the message says what to do', async (content) => {
	const data = newDataFolder();
	const file = join(data, 'settings.json');
	writeFileSync(file, content);
	const { code, stderr } = await runToEnd(['start', '--port', '0', '--data', data]);
	expect(code).toBe(1);
	expect(stderr).toMatch(/settings\.json cannot be used \(.+\)\. Mend it, or remove it/);
	expect(readFileSync(file, 'utf8')).toBe(content);
});

test('a delivery file that is none is left alone, and the message says what to do', async () => {
	const data = newDataFolder();
	const file = join(data, 'deliveries.sqlite');
	writeFileSync(file, 'something else '.repeat(1000));
	const { code, stderr } = await runToEnd(['start', '--port', '0', '--data', data]);
	expect(code).toBe(1);
	expect(stderr).toMatch(/is damaged or is no delivery file.*Nothing was changed/);
	expect(readFileSync(file, 'utf8')).toBe('something else '.repeat(1000));
});

test('the limits of the options hold: only so many are kept, and the rest is counted as dropped', async () => {
	const { capture, api } = await start({ args: ['--keep-count', '3'] });
	for (let index = 0; index < 5; index++) await fetch(capture, { method: 'POST', body: '{}' });
	const stream = readEvents(await api('/api/stream?after=0'));
	const events: { event: string; data: string }[] = [];
	for await (const event of stream) {
		events.push(event);
		if (event.event === 'store') break;
	}
	expect(events.map(({ event }) => event)).toEqual(['delivery', 'delivery', 'delivery', 'store']);
	expect(JSON.parse(events[3]!.data) as StoreStatus).toMatchObject({ oldest: 3, newest: 5, count: 3, dropped: 2 });
});
