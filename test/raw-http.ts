import { connect, type Socket } from 'node:net';

/** A connection to a server of this machine that sends exactly the bytes it is told to. */
export class RawConnection {
	readonly socket: Socket;
	#received = Buffer.alloc(0);
	#isClosed = false;

	constructor(port: number) {
		this.socket = connect(port, '127.0.0.1');
		this.socket.on('data', (chunk: Buffer) => (this.#received = Buffer.concat([this.#received, chunk])));
		this.socket.on('close', () => (this.#isClosed = true));
		this.socket.on('error', () => undefined);
	}

	send(data: string | Uint8Array): this {
		this.socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
		return this;
	}

	get text(): string {
		return this.#received.toString('utf8');
	}

	get isClosed(): boolean {
		return this.#isClosed;
	}

	/** Resolves with what has arrived as soon as it matches; rejects when the connection ends before, or after thirty seconds. */
	async until(pattern: RegExp): Promise<string> {
		const deadline = Date.now() + 30_000;
		while (!pattern.test(this.text)) {
			if (this.#isClosed) throw new Error(`The connection was closed after: ${this.text}`);
			if (Date.now() > deadline) throw new Error(`Nothing matched ${pattern} in: ${this.text}`);
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		return this.text;
	}

	close(): void {
		this.socket.destroy();
	}
}

/** An answer as it came over the wire. */
export interface RawAnswer {
	status: number;
	/** By lower-case name; of a repeated one the last. */
	headers: Map<string, string>;
	body: string;
}

/**
 * Sends one request and resolves with the answer when the server has closed the connection, which the
 * request should therefore ask for. Rejects when that takes longer than five seconds.
 */
export async function exchange(port: number, request: string | Uint8Array): Promise<RawAnswer> {
	const connection = new RawConnection(port).send(request);
	const deadline = Date.now() + 30_000;
	while (!connection.isClosed) {
		if (Date.now() > deadline) throw new Error(`The connection stayed open after: ${connection.text}`);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	return readAnswer(connection.text);
}

function readAnswer(text: string): RawAnswer {
	const end = text.indexOf('\r\n\r\n');
	const [first = '', ...lines] = text.slice(0, end).split('\r\n');
	const headers = new Map(
		lines.map((line) => {
			const colon = line.indexOf(':');
			return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
		}),
	);
	return { status: Number(first.split(' ')[1]), headers, body: text.slice(end + 4) };
}

/** The event stream of an answer, one event at a time. */
export async function* readEvents(
	response: Response,
): AsyncGenerator<{ event: string; id: string | null; data: string }> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of response.body! as unknown as AsyncIterable<Uint8Array>) {
		text += decoder.decode(chunk, { stream: true });
		for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
			const lines = text.slice(0, end).split('\n');
			text = text.slice(end + 2);
			const field = (name: string) =>
				lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
			const event = field('event');
			if (event !== null) yield { event, id: field('id'), data: field('data') ?? '' };
		}
	}
}
