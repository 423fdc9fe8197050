import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { check } from '../chatwoot/check/check';
import type { ContractChoice } from '../chatwoot/check/report';
import { importSecret, verifySignature } from '../chatwoot/signature';
import type { Answer, ApiError, KeepLimits, ReceiverSettings } from '../deliveries/api';
import { coverageOf } from '../deliveries/coverage';
import type { Delivery, DeliveryId, Header } from '../deliveries/delivery';
import { headerValue } from '../deliveries/delivery';
import { checkOptions } from '../deliveries/judge-delivery';
import { BodyBudget, readBody, webBody, type BodySource } from './body';
import { LiveFeed } from './live-feed';
import { StoreError, type ConversationChoice, type DeliveryStore, type ListRange, type SignatureState } from './store';
import { openRecording } from './recording-stream';
import { openStream } from './stream';
import { openWholeStream } from './whole-stream';

/**
 * A request as it was before `Headers` and `URL` tidied it up, and its body whatever the method.
 * The Node entry passes it beside the Request; without one the Request itself is taken.
 */
export interface RawRequest {
	method: string;
	target: string;
	headers: Header[];
	body: BodySource;
}

export interface ReceiverOptions {
	store: DeliveryStore;
	/** Names of the capture addresses. */
	endpoints: readonly string[];
	keep: KeepLimits;
	/** Chatwoot's webhook secret, for checking signatures; without one they are not checked. No answer ever holds it. */
	secret?: string;
	/** Of one body, in bytes. */
	bodyLimitBytes: number;
	/** How long a sender may take for one body. */
	bodyTimeMilliseconds?: number;
	/** Of all bodies on their way together. */
	bodyBudgetBytes?: number;
	heartbeatMilliseconds?: number;
	/** What the streams read; one of its own unless the caller wants to look into it. */
	feed?: LiveFeed;
	/** Unix milliseconds. */
	now?: () => number;
	/** Told of errors that are ours; the caller decides where they are written. */
	onerror?: (error: unknown) => void;
}

/** The receiver: a web-standard application over a delivery store. */
export interface Receiver {
	fetch(request: Request, raw?: RawRequest): Response | Promise<Response>;
	/** Ends the open streams; captures under way go on. */
	close(): void;
}

type Bindings = { Bindings: { raw?: RawRequest } };

const defaultBodyTime = 30_000;
const defaultBodyBudget = 256 * 1024 * 1024;
const defaultHeartbeat = 15_000;
const defaultPageSize = 100;
const maximumPageSize = 1000;

/**
 * Makes the receiver. It listens to the store from here on; `close` stops that.
 *
 * Capturing is open to the world, everything else is meant for the person at this machine: the
 * caller puts access control in front of it (`node/access.ts`; the demo needs none).
 */
export function createReceiver(options: ReceiverOptions): Receiver {
	const { store, endpoints, now = Date.now } = options;
	const limits = {
		limitBytes: options.bodyLimitBytes,
		timeMilliseconds: options.bodyTimeMilliseconds ?? defaultBodyTime,
		budget: new BodyBudget(options.bodyBudgetBytes ?? defaultBodyBudget),
	};
	const feed = options.feed ?? new LiveFeed(store);
	const checkSignature = options.secret ? signatureCheck(options.secret) : null;
	const app = new Hono<Bindings>();

	app.all('/hooks/:endpoint/*', async (context) => {
		const endpoint = context.req.param('endpoint');
		if (!endpoints.includes(endpoint)) return failure(404, 'unknown-endpoint', 'No capture address has this name.');
		const raw = context.env.raw ?? rawRequest(context.req.raw);
		return capture(endpoint, raw);
	});

	app.use('/api/*', async (context, next) => {
		await next();
		context.res.headers.set('X-Inspector', '1');
		context.res.headers.set('Cache-Control', 'no-store');
	});

	app.get('/api/deliveries', async (context) => {
		const query = context.req.query();
		const range = readRange(query);
		if (!readFlag(query.bodies, 'bodies')) {
			return new Response(await store.listText(range), { headers: { 'Content-Type': 'application/json' } });
		}
		const lines = await openWholeStream(store, { ...range, limit: query.limit === undefined ? Infinity : range.limit });
		return new Response(lines, {
			headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
		});
	});

	app.delete('/api/deliveries', async (context) => {
		const through = readId(context.req.query('through'), 'through');
		if (through === null) throw badRequest('`through` is missing: the id up to which deliveries are cleared.');
		return context.json(await store.clear(through));
	});

	app.post('/api/deliveries/restore', async (context) => context.json({ restored: await store.restore() }));

	app.get('/api/deliveries/:id', async (context) => {
		const detail = await store.get(pathId(context.req.param('id')));
		return detail ? context.json(detail) : unknownDelivery();
	});

	app.patch('/api/deliveries/:id', async (context) => {
		const isPinned = readPinned(await context.req.json().catch(() => null));
		const summary = await store.setPinned(pathId(context.req.param('id')), isPinned);
		return summary ? context.json(summary) : unknownDelivery();
	});

	app.get('/api/deliveries/:id/body', async (context) => {
		const id = pathId(context.req.param('id'));
		const body = await store.body(id);
		if (!body) return unknownDelivery();
		return new Response(body as Uint8Array<ArrayBuffer>, {
			headers: {
				'Content-Type': 'application/octet-stream',
				'Content-Disposition': `attachment; filename="delivery-${id}"`,
				'X-Content-Type-Options': 'nosniff',
			},
		});
	});

	app.get('/api/deliveries/:id/findings', async (context) => {
		const id = pathId(context.req.param('id'));
		const contract = readContract(context.req.query('contract'));
		const [detail, body] = await Promise.all([store.get(id), store.body(id)]);
		if (!detail || !body) return unknownDelivery();
		return context.json(check(body, { ...checkOptions(detail), contract }));
	});

	app.get('/api/coverage', async (context) => {
		const onlyCounted = readOnlyCounted(context.req.query('members'));
		const counted = await store.countedMembers();
		return context.json(onlyCounted ? counted : coverageOf(counted));
	});

	app.get('/api/recording', (context) => {
		const after = readId(context.req.query('after'), 'after') ?? 0;
		const before = readId(context.req.query('before'), 'before') ?? (store.status().newest ?? 0) + 1;
		return new Response(openRecording(store, after, before), {
			headers: {
				'Content-Type': 'application/x-ndjson; charset=utf-8',
				'Content-Disposition': 'attachment; filename="recording.ndjson"',
				'X-Content-Type-Options': 'nosniff',
			},
		});
	});

	app.get('/api/stream', (context) => {
		const cursor = readId(context.req.header('last-event-id') ?? context.req.query('after'), 'after');
		const heartbeat = options.heartbeatMilliseconds ?? defaultHeartbeat;
		return new Response(openStream(store, feed, cursor, heartbeat), {
			headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' },
		});
	});

	app.get('/api/settings', (context) => {
		const settings: ReceiverSettings = {
			endpoints: [...endpoints],
			bodyLimitBytes: options.bodyLimitBytes,
			keep: options.keep,
		};
		return context.json(settings);
	});

	app.get('/healthz', () => {
		const { problem } = store.status();
		return problem === undefined ? Response.json({ status: 'ok' }) : failure(503, 'store-failed', problem);
	});

	app.notFound(() => failure(404, 'not-found', 'There is nothing at this address.'));

	app.onError((error) => {
		if (error instanceof HTTPException) return error.getResponse();
		if (error instanceof StoreError) return failure(503, 'store-failed', error.message);
		options.onerror?.(error);
		return failure(500, 'internal', 'The receiver failed at this request. Its log says more.');
	});

	async function capture(endpoint: string, raw: RawRequest): Promise<Response> {
		const receivedAt = now();
		const outcome = await readBody(raw.body, limits);
		if (!outcome.kept) {
			return failure(503, 'busy', 'Too many large bodies are on their way at once. Send this one again.');
		}
		const { bytes: body, truncation: reason } = outcome;
		const size = body.length;
		const { method, target, headers } = raw;
		const truncation = reason === null ? null : { reason, announced: announcedLength(headers) };
		const delivery: Delivery = { endpoint, receivedAt, method, target, headers, body, truncation };
		try {
			// Before it is stored, since the store takes the body away.
			const signature = checkSignature && (await checkSignature(delivery).catch(notChecked));
			const id = await store.append(delivery, signature);
			const { response, answer } = answerFor(reason, options.bodyLimitBytes);
			// A sender that hung up gets nothing, so nothing is recorded as its answer.
			if (reason !== 'stopped') store.recordAnswer(id, { ...answer, milliseconds: now() - receivedAt });
			return response;
		} finally {
			limits.budget.give(size);
		}
	}

	/** A check that fails must not cost the delivery. */
	function notChecked(error: unknown): null {
		options.onerror?.(error);
		return null;
	}

	return {
		fetch: (request, raw) => app.fetch(request, { raw }),
		close: () => feed.close(),
	};
}

/** An answer that is no success, in the shape that the whole API uses. */
export function failure(status: number, code: string, message: string): Response {
	const body: ApiError = { error: { code, message } };
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'Content-Type': 'application/json', 'X-Inspector': '1', 'Cache-Control': 'no-store' },
	});
}

/** What is found of a delivery's signature. Of a body that is cut off, a signature cannot be told: null. */
function signatureCheck(secret: string): (delivery: Delivery) => Promise<SignatureState> {
	let key: Promise<CryptoKey> | undefined;
	return async ({ headers, body, truncation }) => {
		const signature = headerValue(headers, 'x-chatwoot-signature');
		const timestamp = headerValue(headers, 'x-chatwoot-timestamp');
		if (signature === null && timestamp === null) return 'absent';
		if (truncation !== null) return null;
		key ??= importSecret(secret);
		return (await verifySignature({ secret: await key, body, signature, timestamp })).state;
	};
}

function answerFor(
	reason: string | null,
	limitBytes: number,
): { response: Response; answer: Omit<Answer, 'milliseconds'> } {
	const { status, body } = answerText(reason, limitBytes);
	// A plain object is what the Node adapter takes without a detour over `Headers`.
	const headers = { 'Content-Type': 'application/json' };
	return {
		response: new Response(body, { status, headers }),
		answer: { status, headers: Object.entries(headers), body },
	};
}

function answerText(reason: string | null, limitBytes: number): { status: number; body: string } {
	const error = (code: string, message: string) => JSON.stringify({ error: { code, message } } satisfies ApiError);
	if (reason === 'limit') {
		return {
			status: 413,
			body: error('too-large', `The body is longer than ${limitBytes} bytes; what came before was kept.`),
		};
	}
	if (reason === 'slow') {
		return { status: 408, body: error('too-slow', 'The body took too long; what had arrived was kept.') };
	}
	return { status: 200, body: '{}' };
}

function rawRequest(request: Request): RawRequest {
	const { pathname, search } = new URL(request.url);
	return { method: request.method, target: pathname + search, headers: [...request.headers], body: webBody(request) };
}

function announcedLength(headers: Header[]): number | null {
	const value = headerValue(headers, 'content-length');
	return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

function readRange(query: Record<string, string>): ListRange {
	const after = readId(query.after, 'after') ?? undefined;
	const before = readId(query.before, 'before') ?? undefined;
	if (after !== undefined && before !== undefined) throw badRequest('Ask for `after` or for `before`, not for both.');
	const limit = readId(query.limit, 'limit') ?? defaultPageSize;
	if (limit === 0) throw badRequest('`limit` must be at least 1.');
	const conversation = readConversation(query);
	return { after, before, limit: Math.min(limit, maximumPageSize), ...(conversation && { conversation }) };
}

/** `conversation=1401&account=7&endpoint=main`; null when no conversation is named. */
function readConversation({ conversation, account, endpoint }: Record<string, string>): ConversationChoice | null {
	const conversationId = readId(conversation, 'conversation');
	const accountId = readId(account, 'account');
	if (conversationId !== null) return { conversationId, accountId, endpoint: endpoint ?? null };
	if (accountId === null && endpoint === undefined) return null;
	throw badRequest('`account` and `endpoint` only narrow a `conversation` down, which is missing.');
}

function readFlag(text: string | undefined, name: string): boolean {
	if (text === undefined || text === '0' || text === '1') return text === '1';
	throw badRequest(`\`${name}\` must be 0 or 1.`);
}

/** Reads a number from a query or header; null when it is absent. */
function readId(text: string | undefined, name: string): DeliveryId | null {
	if (text === undefined) return null;
	const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
	if (!Number.isSafeInteger(value)) throw badRequest(`\`${name}\` must be a whole number, 0 or more.`);
	return value;
}

function pathId(text: string): DeliveryId {
	const id = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
	if (!Number.isSafeInteger(id)) throw new HTTPException(404, { res: unknownDelivery() });
	return id;
}

function readContract(text: string | undefined): ContractChoice {
	if (text === undefined || text === 'both' || text === 'guide') return text ?? 'both';
	throw badRequest('`contract` must be `both` or `guide`.');
}

function readOnlyCounted(text: string | undefined): boolean {
	if (text === undefined || text === 'all' || text === 'counted') return text === 'counted';
	throw badRequest('`members` must be `all` or `counted`.');
}

function readPinned(body: unknown): boolean {
	if (typeof body === 'object' && body !== null && 'isPinned' in body && typeof body.isPinned === 'boolean') {
		return body.isPinned;
	}
	throw badRequest('The body must be JSON with `isPinned`, true or false.');
}

function badRequest(message: string): HTTPException {
	return new HTTPException(400, { res: failure(400, 'bad-request', message) });
}

function unknownDelivery(): Response {
	return failure(
		404,
		'unknown-delivery',
		'There is no delivery with this id. It may have been cleared, or dropped by the limits.',
	);
}
