import { getRequestListener } from '@hono/node-server';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { failure, type Receiver } from '../receiver/receiver';
import { Access } from './access';
import { securityHeaders } from './content-security-policy';
import { rawRequest } from './incoming';

export interface ServerOptions {
	receiver: Receiver;
	token: string;
	/** Host names that may show the inspector besides loopback. */
	allowedHosts: readonly string[];
	/** What answers for everything that is neither capture nor API. */
	page(request: Request, path: string): Response;
}

export interface ListenOptions {
	host: string;
	/** 0 takes a free one. */
	port: number;
}

/** By the code of Node's error; anything else is 400. */
const unreadableStatus: Record<string, string> = {
	ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
	HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/**
 * The receiver behind one port: captures are open, the API and the page are guarded.
 * Routing and access use the normalised path, so that `/hooks/../api` is the API; the delivery keeps
 * the target as it was sent.
 */
export class InspectorServer {
	readonly #options: ServerOptions;
	readonly #server: Server;
	readonly #unanswered = new Set<ServerResponse>();
	#access: Access | undefined;
	#isStopping = false;

	private constructor(options: ServerOptions) {
		this.#options = options;
		this.#server = createServer({
			maxHeaderSize: 64 * 1024,
			headersTimeout: 20_000,
			keepAliveTimeout: 60_000,
			// A capture without a Host is odd, and everything else refuses it by itself.
			requireHostHeader: false,
		});
		this.#server.maxHeadersCount = 0;
		const handler = this.handler();
		// An `Expect` that Node does not know is no reason to refuse a delivery.
		this.#server.on('request', handler).on('checkExpectation', handler);
		this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => this.#refuseUnreadable(error, socket));
	}

	/** Resolves when it accepts connections. */
	static async listen(options: ServerOptions, { host, port }: ListenOptions): Promise<InspectorServer> {
		const inspector = new InspectorServer(options);
		await new Promise<void>((resolve, reject) => {
			inspector.#server.once('error', reject).listen(port, host, resolve);
		});
		inspector.#allow(inspector.port);
		return inspector;
	}

	/** For a server that somebody else runs, such as the development server. */
	static within(options: ServerOptions, port: number): InspectorServer {
		const inspector = new InspectorServer(options);
		inspector.#allow(port);
		return inspector;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	handler(): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
		const targets = new WeakMap<IncomingMessage, string>();
		const listener = getRequestListener(
			(request, { incoming }) => {
				const message = incoming as IncomingMessage;
				return this.#answer(request, message, targets.get(message)!);
			},
			{ hostname: 'localhost', overrideGlobalObjects: true },
		);
		return (incoming, outgoing) => {
			const target = incoming.url ?? '/';
			targets.set(incoming, target);
			// The URL parser takes a backslash for a slash, and the adapter therefore refuses it.
			if (target.includes('\\')) incoming.url = target.replaceAll('\\', '%5C');
			for (const name in securityHeaders) outgoing.setHeader(name, securityHeaders[name]!);
			this.#watch(outgoing);
			void listener(incoming, outgoing);
		};
	}

	/**
	 * Stops accepting, answers what was accepted and resolves when the last connection has ended;
	 * those that are still sending when the time is over are cut off.
	 */
	async stop(drainMilliseconds = 5_000): Promise<void> {
		if (this.#isStopping) return;
		this.#isStopping = true;
		this.#options.receiver.close();
		const closed = new Promise((resolve) => this.#server.close(resolve));
		for (const outgoing of this.#unanswered) if (!outgoing.headersSent) outgoing.setHeader('Connection', 'close');
		this.#server.closeIdleConnections();
		const cut = setTimeout(() => this.#server.closeAllConnections(), drainMilliseconds);
		const sweep = setInterval(() => this.#server.closeIdleConnections(), 50);
		await closed;
		clearTimeout(cut);
		clearInterval(sweep);
	}

	#allow(port: number): void {
		const { token, allowedHosts } = this.#options;
		this.#access = new Access({ token, allowedHosts, port });
	}

	#answer(request: Request, incoming: IncomingMessage, target: string): Response | Promise<Response> {
		const path = pathOf(request.url);
		if (path.startsWith('/hooks/')) return this.#options.receiver.fetch(request, rawRequest(incoming, target));
		// A page must not take a receiver for alive that only finishes what it has begun.
		if (this.#isStopping) return failure(503, 'stopping', 'The receiver is stopping.');
		const access = this.#access!;
		const refused = access.refuseHost(request);
		if (refused) return refused;
		if (path === '/healthz') return this.#options.receiver.fetch(request);
		if (path === '/api' || path.startsWith('/api/')) {
			return access.refuseToken(request) ?? this.#options.receiver.fetch(request);
		}
		return access.login(new URL(request.url)) ?? this.#options.page(request, path);
	}

	/** What is no HTTP, or takes too long to become a request: nobody here ever saw it. */
	#refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Duplex): void {
		const before = [...this.#unanswered].filter((outgoing) => outgoing.req.socket === socket);
		if (!socket.writable || before.some((outgoing) => outgoing.headersSent)) return void socket.destroy();
		const last = before.at(-1);
		if (last && before.every(({ req }) => req.complete)) {
			// What came whole before is accepted, and its sender must not read that it was refused.
			last.setHeader('Connection', 'close');
			return;
		}
		const status = unreadableStatus[code ?? ''] ?? '400 Bad Request';
		const headers = Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
		socket.end(`HTTP/1.1 ${status}\r\n${headers.join('')}Content-Length: 0\r\nConnection: close\r\n\r\n`, () =>
			socket.destroy(),
		);
	}

	#watch(outgoing: ServerResponse): void {
		if (this.#isStopping) outgoing.setHeader('Connection', 'close');
		this.#unanswered.add(outgoing);
		outgoing.once('close', () => this.#unanswered.delete(outgoing));
	}
}

/** The path of an absolute URL that the URL parser has already normalised, without parsing it again for each delivery. */
function pathOf(url: string): string {
	const start = url.indexOf('/', url.indexOf('://') + 3);
	const end = url.indexOf('?', start);
	return url.slice(start, end === -1 ? undefined : end);
}
