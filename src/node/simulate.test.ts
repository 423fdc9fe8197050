import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { simulatedRequests } from '../../test/simulated-requests';
import { verifySignature } from '../chatwoot/signature';
import type { Delivery } from '../deliveries/delivery';
import { readRecording } from '../deliveries/recording';
import { defaultSecret } from './simulate-options';

const program = fileURLToPath(new URL('../../dist-node/chatwoot-webhook.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'simulate', ...args], {
		encoding: 'utf8',
		env: { PATH: process.env.PATH },
		maxBuffer: 64 * 1024 * 1024,
		timeout: 60_000,
	});
	return { code: status, stdout, stderr };
}

/** Runs while this process answers; resolves when the program has ended. */
async function runBeside(args: readonly string[], watch?: (stop: () => void) => void) {
	const child = spawn(process.execPath, [program, 'simulate', ...args], { env: { PATH: process.env.PATH } });
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	watch?.(() => child.kill('SIGINT'));
	const [code] = (await once(child, 'exit')) as [number | null];
	return { code, stderr };
}

interface Arrival {
	request: IncomingMessage;
	body: Buffer;
	isWhole: boolean;
}

/** A receiver that keeps what arrives and answers with one status. */
async function receiver(status: number, onarrival?: (count: number) => void) {
	const arrivals: Arrival[] = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('error', () => undefined);
		request.on('close', () => {
			arrivals.push({ request, body: Buffer.concat(chunks), isWhole: request.complete });
			onarrival?.(arrivals.length);
		});
		request.on('end', () => response.writeHead(status).end('{}'));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/main?from=test`;
	return { url, arrivals, close: () => server.close() };
}

async function deliveriesIn(text: string): Promise<Delivery[]> {
	const chunk = new TextEncoder().encode(text);
	const deliveries: Delivery[] = [];
	// eslint-disable-next-line @typescript-eslint/require-await
	async function* chunks() {
		yield chunk;
	}
	for await (const line of readRecording(chunks())) {
		if (!('delivery' in line)) throw new Error(line.problem);
		deliveries.push(line.delivery);
	}
	return deliveries;
}

test('a recording holds the requests of the run, received when they were sent', async () => {
	const path = join(folder, 'calm.ndjson');
	const { code, stdout, stderr } = run(['--out', path, '--seed', '5', '--count', '300']);
	expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
	expect(stderr).toBe(`Wrote 300 deliveries of calm, seed 5, to ${path}.\n`);
	const expected = await simulatedRequests(300, { seed: 5, secret: defaultSecret });
	const deliveries = await deliveriesIn(readFileSync(path, 'utf8'));
	expect(deliveries).toEqual(
		expected.map(({ sentAt, headers, body }) => ({
			endpoint: 'main',
			receivedAt: sentAt,
			method: 'POST',
			target: '/hooks/main',
			headers,
			body,
			truncation: null,
		})),
	);
});

test('standard output has the recording and nothing else; seed, secret, start and rate are taken', async () => {
	const args = ['--out', '-', '--count', '40', '--scenario', 'rush-hour', '--seed', '-7', '--rate', '12.5'];
	const { code, stdout, stderr } = run([...args, '--secret', 'other', '--start', '2027-01-31T08:00:00+01:00']);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	const facts = { scenario: 'rush-hour', seed: -7, rate: 12.5, secret: 'other' } as const;
	const expected = await simulatedRequests(40, { ...facts, start: Date.UTC(2027, 0, 31, 7) });
	const deliveries = await deliveriesIn(stdout);
	expect(deliveries.map(({ headers }) => headers)).toEqual(expected.map(({ headers }) => headers));
});

test('the tour is written whole, and what chaos cuts is marked as cut', async () => {
	const written = (args: readonly string[]) => {
		const { code, stdout, stderr } = run(['--out', '-', '--scenario', ...args]);
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		return deliveriesIn(stdout);
	};
	const tour = await written(['tour']);
	expect(tour).toHaveLength((await simulatedRequests(1000, { scenario: 'tour' })).length);
	const chaos = await written(['chaos', '--count', '300']);
	const cut = chaos.filter(({ truncation }) => truncation !== null);
	expect(cut.length).toBeGreaterThan(0);
	for (const { body, truncation } of cut) expect(truncation!.announced).toBeGreaterThan(body.length);
});

test('requests are posted in their order, signed with the secret, with fresh timestamps', async () => {
	const { url, arrivals, close } = await receiver(200);
	const begun = Math.floor(Date.now() / 1000);
	const args = ['--to', url, '--scenario', 'rush-hour', '--count', '60', '--rate', '400', '--seed', '1'];
	const { code, stderr } = await runBeside(args);
	close();
	expect(code).toBe(0);
	expect(stderr).toContain('Sent 60 deliveries: 60 answered 200.');
	const expected = await simulatedRequests(60, { scenario: 'rush-hour', rate: 400 });
	const idsOf = (names: readonly (string | null | undefined)[]) => names.map((id) => id ?? null);
	expect(idsOf(arrivals.map(({ request }) => request.headers['x-chatwoot-delivery'] as string | undefined))).toEqual(
		expected.map(({ headers }) => headers.find(([name]) => name === 'X-Chatwoot-Delivery')?.[1] ?? null),
	);
	for (const { request, body } of arrivals) {
		const { headers, method } = request;
		expect({ method, url: request.url, agent: headers['user-agent'], host: headers.host }).toEqual({
			method: 'POST',
			url: '/hooks/main?from=test',
			agent: 'Ruby',
			host: new URL(url).host,
		});
		const timestamp = (headers['x-chatwoot-timestamp'] as string | undefined) ?? null;
		const signature = (headers['x-chatwoot-signature'] as string | undefined) ?? null;
		const { state } = await verifySignature({ secret: defaultSecret, body, timestamp, signature });
		expect(state).toBe(headers['x-chatwoot-delivery'] === undefined ? 'absent' : 'valid');
		if (timestamp !== null) expect(Number(timestamp)).toBeGreaterThanOrEqual(begun);
	}
});

test('answers and planted faults are counted, and a cut request breaks off in the middle', async () => {
	const { url, arrivals, close } = await receiver(500);
	const args = ['--to', url, '--scenario', 'chaos', '--count', '250', '--rate', '2000', '--seed', '1'];
	const { code, stderr } = await runBeside(args);
	close();
	expect(code).toBe(0);
	const requests = await simulatedRequests(250, { scenario: 'chaos', rate: 2000 });
	const cut = requests.filter(({ fault }) => fault?.kind === 'truncated').length;
	expect(cut).toBeGreaterThan(0);
	expect(stderr).toContain(`${250 - cut} answered 500, ${cut} cut off on purpose.`);
	expect(stderr).toMatch(new RegExp(`Planted: .*\\b${cut} truncated\\b`));
	expect(arrivals.filter(({ isWhole }) => !isWhole)).toHaveLength(cut);
});

test('an interrupt ends the run with its summary', async () => {
	let stop = () => undefined as void;
	const { url, close } = await receiver(200, (count) => count === 5 && stop());
	const { code, stderr } = await runBeside(['--to', url, '--rate', '100'], (kill) => (stop = kill));
	close();
	expect(code).toBe(0);
	expect(stderr).toMatch(/Sent \d+ deliveries: \d+ answered 200\.\n$/);
});

test('an address where nobody listens is told in a sentence', async () => {
	const { url, close } = await receiver(200);
	close();
	const { code, stderr } = await runBeside(['--to', url]);
	expect(code).toBe(1);
	expect(stderr).toContain(`${new URL(url).host} refuses connections. Is the receiver running?`);
	expect(stderr).not.toContain('    at ');
});

test('help names every option with its default', () => {
	const { code, stdout } = run(['--help']);
	expect(code).toBe(0);
	for (const text of ['--to', '--out', '--seed', '--rate', '--count', '--scenario', '--secret', '--start']) {
		expect(stdout).toContain(`  ${text} `);
	}
	expect(stdout).toContain(defaultSecret);
});

test.for([
	[[], 'Name one of --to URL and --out FILE.'],
	[['--to', 'http://127.0.0.1:1/', '--out', '-'], 'Name one of --to URL and --out FILE, not both.'],
	[['--to', '127.0.0.1:4400'], '--to takes an address'],
	[['--out', ''], '--out takes a file’s name'],
	[['--out', '-', '--scenario', 'storm'], '--scenario takes calm, rush-hour, chaos, tour, not "storm".'],
	[['--out', '-', '--seed', '1.5'], '--seed takes a whole number, not "1.5".'],
	[['--out', '-', '--count', '0'], '--count takes a whole number from 1 on, not "0".'],
	[['--out', '-', '--rate', 'fast'], '--rate takes a number above 0 and up to 10000, not "fast".'],
	[['--out', '-', '--start', '2026-13-01'], '--start takes a time such as 2026-06-09T10:00:00Z, or now'],
	[['--out', '-', '--concurrency', '9'], '--concurrency takes a whole number from 1 to 8, not "9".'],
	[['--out', '-', '--sceed', '1'], "Unknown option '--sceed'."],
	[['--out', join(folder, 'no', 'such')], 'there is no such folder'],
	[['--out', folder], 'it is a folder'],
] as const)('%j is refused with a sentence', ([args, sentence]) => {
	const { code, stdout, stderr } = run(args);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toContain(sentence);
	expect(stderr).not.toContain('    at ');
});
