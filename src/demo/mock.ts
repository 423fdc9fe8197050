import { setupWorker } from 'msw/browser';
import { mockScope } from './demo-address';
import { receiverHandlers } from './handlers';
import { mockScript, pause } from './mock-registration';
import type { HostedReceiver } from './worker-host';

/** The mock of this page's receiver. */
export interface Mock {
	/** As the page's own `fetch`, and as sure as if there were no service worker. */
	fetch(url: URL, init?: RequestInit): Promise<Response>;
	/** Answers nothing any more, and takes the service worker away. */
	stop(): Promise<void>;
}

/** The answers of this page's own receiver carry its name: a real one may stand behind the page, and answer as well. */
const marker = 'X-Inspector-Demo';
const goingMilliseconds = 1_000;
/** Pieces of one burst follow each other more closely. */
const togetherMilliseconds = 6;
const attempts = 3;
const betweenAttempts = 60;

/**
 * Has a service worker hand this page's requests to a receiver in the page. Resolves to null where no service worker
 * takes the page: an insecure address, a private window, a page that was loaded past it, no network.
 *
 * @param registering what `registerMock` gave
 * @param current the receiver that answers; asked at each request
 */
export async function startMock(
	base: string,
	registering: Promise<ServiceWorkerRegistration | null>,
	current: () => HostedReceiver,
): Promise<Mock | null> {
	// The library would load a page again and again that its worker does not control.
	const registration = await registering;
	if (registration === null) return null;
	const scope = mockScope(base);
	const name = crypto.randomUUID();
	const receiver = {
		async fetch(request: Request): Promise<Response> {
			const response = await current().fetch(request);
			response.headers.set(marker, name);
			return response;
		},
	};
	const worker = setupWorker(...receiverHandlers(receiver, base));
	const serviceWorker = { url: mockScript(base), options: { scope } };
	await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker });
	// The worker takes itself away when it hears that its last page has gone, but may hear it too late. Other tabs with
	// a demo keep it until they go.
	const unregister = () => registration.unregister();
	addEventListener('pagehide', () => void unregister());
	let isStopped = false;
	return {
		fetch: (url, init) => (isStopped ? current().fetch(url, init) : mockedFetch(url, init, name, current)),
		async stop() {
			isStopped = true;
			worker.stop();
			// On a busy machine that may take seconds, for which nobody needs to wait.
			await Promise.race([unregister(), pause(goingMilliseconds)]);
		},
	};
}

/**
 * The browser stops a service worker when it likes, and one that was stopped has forgotten this page: a request then
 * goes on to whatever server there is. So the service worker is told again, and at worst the receiver is asked directly.
 */
async function mockedFetch(
	url: URL,
	init: RequestInit | undefined,
	name: string,
	current: () => HostedReceiver,
): Promise<Response> {
	// What changes something must not reach the real receiver that may stand behind this page.
	if (init?.method !== undefined && init.method !== 'GET') return current().fetch(url, init);
	for (let attempt = 0; attempt < attempts; attempt++) {
		if (attempt > 0) await pause(betweenAttempts);
		const response = await fetch(url, init).catch(() => null);
		init?.signal?.throwIfAborted();
		if (response?.headers.get(marker) === name) return isStream(response) ? steady(response) : response;
		response?.body?.cancel().catch(() => undefined);
		navigator.serviceWorker.controller?.postMessage('MOCK_ACTIVATE');
	}
	return current().fetch(url, init);
}

function isStream(response: Response): boolean {
	return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/**
 * A stream that breaks off with the service worker has ended, and is opened again; nothing was wrong with the receiver.
 * What the service worker has cut into pieces is put together again, so that the page draws it once.
 */
function steady(response: Response): Response {
	const reader = response.body!.getReader();
	const read = (): Promise<Uint8Array | null> =>
		reader.read().then(
			({ value }) => value ?? null,
			() => null,
		);
	let next = read();
	const body = new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const pieces: Uint8Array[] = [];
				let piece = await next;
				for (const until = performance.now() + togetherMilliseconds; piece !== null;) {
					pieces.push(piece);
					next = read();
					const more = await Promise.race([next, pause(until - performance.now())]);
					if (more === undefined) break;
					piece = more;
				}
				if (pieces.length > 0) controller.enqueue(joined(pieces));
				if (piece === null) controller.close();
			},
			cancel: (reason) => reader.cancel(reason),
		},
		{ highWaterMark: 0 },
	);
	return new Response(body, response);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let offset = 0;
	for (const piece of pieces) {
		whole.set(piece, offset);
		offset += piece.length;
	}
	return whole;
}
