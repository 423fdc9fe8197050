import { onTestFinished } from 'vitest';
import { InspectorServer, type ServerOptions } from '../src/node/server';
import { MemoryStore } from '../src/receiver/memory-store';
import { createReceiver, type ReceiverOptions } from '../src/receiver/receiver';
import type { DeliveryStore } from '../src/receiver/store';
import { RawConnection, exchange, type RawAnswer } from './raw-http';

/** A server in this process, on a real port. */
export interface LocalServer {
	server: InspectorServer;
	store: DeliveryStore;
	port: number;
	origin: string;
	/** `Authorization: Bearer …` with its line end, for a raw request. */
	authorization: string;
	/** A connection that is closed with the test. */
	connect: () => RawConnection;
	/** Sends a request line and headers; adds the Host, unless one is there, and asks for the connection's end. */
	ask: (head: string, body?: string) => Promise<RawAnswer>;
}

export const localToken = 'token-of-the-test';
const keep = { count: 1000, bytes: 1e9, ageMilliseconds: null };

/** Serves until the test ends: the endpoint `main`, a store in memory unless another is given, and no page. */
export async function serve(
	receiverOptions: Partial<ReceiverOptions> = {},
	serverOptions: Partial<ServerOptions> = {},
): Promise<LocalServer> {
	const store = receiverOptions.store ?? new MemoryStore({ keep });
	const receiver = createReceiver({ store, endpoints: ['main'], keep, bodyLimitBytes: 100_000, ...receiverOptions });
	const options: ServerOptions = {
		receiver,
		token: localToken,
		allowedHosts: [],
		page: () => new Response('no page here\n', { status: 404 }),
		...serverOptions,
	};
	const server = await InspectorServer.listen(options, { host: '127.0.0.1', port: 0 });
	onTestFinished(async () => {
		await server.stop();
		await store.close();
	});
	const { port } = server;
	return {
		server,
		store,
		port,
		origin: `http://127.0.0.1:${port}`,
		authorization: `Authorization: Bearer ${localToken}\r\n`,
		connect() {
			const connection = new RawConnection(port);
			onTestFinished(() => connection.close());
			return connection;
		},
		ask(head, body = '') {
			const host = /^host:/im.test(head) ? '' : `Host: 127.0.0.1:${port}\r\n`;
			const lines = head.trimEnd().replace(/\r?\n/g, '\r\n');
			return exchange(port, Buffer.from(`${lines}\r\n${host}Connection: close\r\n\r\n${body}`, 'latin1'));
		},
	};
}
