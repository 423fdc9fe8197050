import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { eventOf } from '../../test/facts';
import { bodyOf, headerOf, runSecret, simulatedRequests } from '../../test/simulated-requests';
import { check } from '../chatwoot/check/check';
import { compareReleases } from '../chatwoot/contract/releases';
import { verifySignature } from '../chatwoot/signature';
import type { PlantedFault } from './fault';
import { SimulatedAccount, type SimulationOptions } from './simulated-account';
import type { SimulatedRequest } from './signed-request';
import { tourConversation } from './tour';

/** What a run is in one line, so that two runs can be compared. */
async function fingerprint(options: Partial<SimulationOptions>, count = 600): Promise<string> {
	const hash = createHash('sha256');
	for (const { sentAt, headers, body, fault } of await simulatedRequests(count, options)) {
		hash.update(JSON.stringify([sentAt, headers, fault])).update(body);
	}
	return hash.digest('hex');
}

function troubles({ body, headers, sentAt }: SimulatedRequest): string[] {
	const { findings } = check(body, { headers, receivedAt: sentAt });
	return findings
		.filter(({ severity }) => severity !== 'info')
		.map(({ severity, code, pointer, message }) => `${severity} ${code} ${pointer} ${message}`);
}

async function signatureState(request: SimulatedRequest): Promise<string> {
	const signature = headerOf(request, 'X-Chatwoot-Signature');
	const timestamp = headerOf(request, 'X-Chatwoot-Timestamp');
	return (await verifySignature({ secret: runSecret, body: request.body, signature, timestamp })).state;
}

test('the same options give the same bytes; another seed, start, rate, secret or scenario gives others', async () => {
	const first = await fingerprint({});
	expect(await fingerprint({})).toBe(first);
	const others: Partial<SimulationOptions>[] = [
		{ seed: 2 },
		{ seed: -1 },
		{ seed: 1.5 },
		{ start: 0 },
		{ rate: 3 },
		{ secret: 'another' },
		{ scenario: 'chaos' },
	];
	const prints = await Promise.all(others.map((options) => fingerprint(options)));
	expect(new Set([first, ...prints]).size).toBe(others.length + 1);
	expect(await fingerprint({ scenario: 'chaos' })).toBe(prints.at(-1));
});

test('it makes no difference how fast, or how many at once, the requests are asked for', async () => {
	const account = new SimulatedAccount({ seed: 1, scenario: 'calm', secret: runSecret });
	const together = await Promise.all(Array.from({ length: 300 }, () => account.next()));
	expect(together).toEqual(await simulatedRequests(300));
});

test.for([
	['calm', 11],
	['calm', 12],
	['rush-hour', 13],
	['rush-hour', 14],
] as const)(
	'2,500 deliveries of %s, seed %i, pass the check without error and warning, and verify',
	async ([scenario, seed]) => {
		const found: string[] = [];
		for (const request of await simulatedRequests(2500, { scenario, seed })) {
			const event = eventOf(bodyOf(request));
			found.push(...troubles(request).map((trouble) => `${event}: ${trouble}`));
			const isUnsigned = event.startsWith('automation_event.') || event === 'macro.executed';
			const state = await signatureState(request);
			if (state !== (isUnsigned ? 'absent' : 'valid')) found.push(`${event}: signature ${state}`);
			expect(request.fault).toBe(null);
		}
		expect(found).toEqual([]);
	},
);

test('chaos passes the check too, but for the faults that it planted, and each kind of those is there', async () => {
	const requests = await simulatedRequests(2500, { scenario: 'chaos', seed: 3 });
	const kinds = new Set<string>();
	for (const request of requests) {
		const kind = request.fault?.kind;
		if (kind !== undefined) kinds.add(kind);
		if (kind === 'truncated' || kind === 'unknown-event') continue;
		expect(troubles(request), `${kind}`).toEqual([]);
		expect(await signatureState(request)).not.toBe(kind === 'wrong-signature' ? 'valid' : 'invalid');
	}
	expect([...kinds].sort()).toEqual([
		'duplicate',
		'lost',
		'older-release',
		'reordered',
		'truncated',
		'unknown-event',
		'wrong-signature',
	]);
});

test('every planted fault that can be seen in one delivery is there, and found', async () => {
	const requests = await simulatedRequests(2500, { scenario: 'chaos', seed: 4 });
	for (const [index, request] of requests.entries()) {
		const { fault, body, headers, sentAt } = request;
		if (fault === null) continue;
		const report = check(body, { headers, receivedAt: sentAt });
		if (fault.kind === 'wrong-signature') expect(await signatureState(request)).toBe('invalid');
		if (fault.kind === 'unknown-event') {
			expect(report.findings).toMatchObject([{ pointer: '/event', code: 'unknown-event', severity: 'error' }]);
		}
		if (fault.kind === 'truncated') {
			expect(Number(headerOf(request, 'Content-Length'))).toBe(body.length + fault.missingBytes);
			expect(report.findings.some(({ severity }) => severity === 'error')).toBe(true);
			expect(body.length).toBeGreaterThan(0);
		}
		if (fault.kind === 'older-release') {
			expect(headers.some(([name]) => name.startsWith('X-Chatwoot'))).toBe(false);
			expect(compareReleases(report.releases.to!, '4.14.2')).toBeLessThan(0);
		}
		if (fault.kind === 'duplicate') {
			const id = headerOf(request, 'X-Chatwoot-Delivery');
			const first = requests.slice(0, index).find((earlier) => headerOf(earlier, 'X-Chatwoot-Delivery') === id)!;
			expect(first.body).toEqual(body);
			expect(first.fault).toBe(null);
		}
	}
});

test('the tour is the same for every seed: one conversation, one gap, one finding, one bad signature', async () => {
	const requests = await simulatedRequests(1000, { scenario: 'tour', seed: 5 });
	expect(requests).toEqual(await simulatedRequests(1000, { scenario: 'tour', seed: 6 }));
	expect(requests.length).toBeGreaterThanOrEqual(38);
	expect(requests.length).toBeLessThanOrEqual(48);
	const faults = requests.flatMap(({ fault }) => fault ?? []);
	expect(faults).toEqual<PlantedFault[]>([
		{ kind: 'lost', conversation: tourConversation, attributes: ['priority'] },
		{ kind: 'malformed', pointer: '/message_type' },
		{ kind: 'wrong-signature' },
	]);
	const events = requests.map((request) => bodyOf(request).event);
	expect(events.slice(0, 5)).toEqual([
		'contact_created',
		'webwidget_triggered',
		'conversation_updated',
		'conversation_created',
		'message_created',
	]);
	expect(bodyOf(requests[1]!).event_info).toMatchObject({ widget_language: 'en' });
	expect(events.slice(-2)).toEqual(['message_created', 'message_updated']);
	for (const request of requests) {
		const { fault } = request;
		expect(await signatureState(request)).toBe(fault?.kind === 'wrong-signature' ? 'invalid' : 'valid');
		const places = check(request.body).findings.filter(({ severity }) => severity !== 'info');
		expect(places.map(({ pointer }) => pointer)).toEqual(fault?.kind === 'malformed' ? [fault.pointer] : []);
	}
});

test('the headers are those of release 4.14.2, in its order, and say what is true of the request', async () => {
	for (const request of await simulatedRequests(400, { scenario: 'rush-hour' })) {
		const names = request.headers.map(([name]) => name);
		const known = ['Host', 'User-Agent', 'Accept', 'Accept-Encoding', 'Content-Type', 'Content-Length'];
		const ours = ['X-Chatwoot-Delivery', 'X-Chatwoot-Timestamp', 'X-Chatwoot-Signature'];
		const isUnsigned = /^(automation_event\.|macro\.)/.test(eventOf(bodyOf(request)));
		expect(names).toEqual(isUnsigned ? known : [...known, ...ours]);
		expect(headerOf(request, 'User-Agent')).toBe('Ruby');
		expect(headerOf(request, 'Content-Length')).toBe(String(request.body.length));
		if (!isUnsigned) {
			expect(headerOf(request, 'X-Chatwoot-Timestamp')).toBe(String(Math.floor(request.sentAt / 1000)));
		}
	}
});

test('without a secret nothing is signed, and the deliveries keep their ids', async () => {
	const [request] = await simulatedRequests(1, { secret: '' });
	expect(headerOf(request!, 'X-Chatwoot-Delivery')).not.toBe(null);
	expect(headerOf(request!, 'X-Chatwoot-Timestamp')).toBe(null);
	expect(headerOf(request!, 'X-Chatwoot-Signature')).toBe(null);
});

test('the clock starts where it is told and moves at the rate, and never back', async () => {
	const start = Date.UTC(2027, 0, 31);
	for (const rate of [0.5, 20, 400]) {
		const requests = await simulatedRequests(1500, { scenario: 'rush-hour', start, rate });
		const times = requests.map(({ sentAt }) => sentAt);
		expect(times[0]! - start).toBeLessThan(60_000);
		expect(times.every((time, index) => time >= (times[index - 1] ?? start))).toBe(true);
		const seconds = (times.at(-1)! - times[0]!) / 1000;
		expect(times.length / seconds).toBeGreaterThan(rate * 0.8);
		expect(times.length / seconds).toBeLessThan(rate * 1.2);
	}
});

test('a rate that is no positive number is a mistake of the caller', () => {
	for (const rate of [0, -1, NaN, Infinity]) {
		expect(() => new SimulatedAccount({ seed: 1, scenario: 'calm', secret: 's', rate })).toThrow('rate');
	}
});

test('what is over is forgotten: after 50,000 deliveries no more is held than after 5,000', async () => {
	const account = new SimulatedAccount({ seed: 1, scenario: 'rush-hour', secret: '' });
	let most = { conversations: 0, contacts: 0 };
	for (let count = 0; count < 50_000; count++) {
		await account.next();
		const { conversations, contacts } = account.sizes;
		most = {
			conversations: Math.max(most.conversations, conversations),
			contacts: Math.max(most.contacts, contacts),
		};
	}
	expect(most).toEqual({ conversations: 150, contacts: 150 });
});
