import type { PortAnswer, PortRequest } from '../inspector/port-fetch';
import type { Receiver } from '../receiver/receiver';

/**
 * How far apart the pieces of a live stream are at least, in milliseconds. What happens in between comes together: where
 * there is more than anybody can read, the page draws it all in one frame instead of some in every frame.
 */
const streamPace = { few: 50, many: 400 };
/** More bytes a second than this are many: some 120 deliveries. */
const manyBytes = 200_000;
/** And more than this are so many that they must not wait: the receiver's pieces would be full, and the stream falls behind. */
const tooManyBytes = 650_000;

type BodyReader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/**
 * Answers what comes through a port with a receiver; the other end is a `PortFetch`. Returns the way to stop.
 *
 * @param base the page's address; the receiver knows nothing of a sub-path
 */
export function servePort(port: MessagePort, receiver: Pick<Receiver, 'fetch'>, base: string): () => void {
	const root = new URL('.', base);
	const open = new Map<number, { reader: BodyReader; isLive: boolean; sentAt: number; nextAt: number }>();
	/** Requests that the receiver has not answered yet, and that somebody still waits for. */
	const awaited = new Set<number>();

	port.onmessage = ({ data }: MessageEvent<PortRequest>) => {
		if (data.task === 'fetch') void answer(data);
		else if (data.task === 'pull') void sendPiece(data.id);
		else cancel(data.id);
	};

	async function answer({ id, method, url, headers, body }: Extract<PortRequest, { task: 'fetch' }>): Promise<void> {
		awaited.add(id);
		try {
			const response = await receiver.fetch(new Request(withoutPath(url, root), { method, headers, body }));
			if (!awaited.delete(id)) return void response.body?.cancel();
			const isLive = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
			if (response.body) open.set(id, { reader: response.body.getReader(), isLive, sentAt: 0, nextAt: 0 });
			const { status } = response;
			post({ task: 'answer', id, status, headers: [...response.headers], hasBody: response.body !== null });
		} catch {
			post({ task: 'failure', id });
		}
	}

	async function sendPiece(id: number): Promise<void> {
		const body = open.get(id);
		if (!body) return;
		try {
			const early = body.nextAt - performance.now();
			if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
			const { done, value } = await body.reader.read();
			if (!open.has(id)) return;
			if (body.isLive && !done) {
				const now = performance.now();
				body.nextAt = now + paceAfter((value.length * 1000) / (now - body.sentAt));
				body.sentAt = now;
			}
			if (done) open.delete(id);
			post(done ? { task: 'end', id } : { task: 'piece', id, bytes: value });
		} catch {
			open.delete(id);
			post({ task: 'failure', id });
		}
	}

	function cancel(id: number): void {
		awaited.delete(id);
		void open
			.get(id)
			?.reader.cancel()
			.catch(() => undefined);
		open.delete(id);
	}

	function post(message: PortAnswer): void {
		port.postMessage(message);
	}

	return () => {
		for (const id of [...open.keys()]) cancel(id);
		port.close();
	};
}

function paceAfter(bytesPerSecond: number): number {
	return bytesPerSecond > manyBytes && bytesPerSecond < tooManyBytes ? streamPace.many : streamPace.few;
}

function withoutPath(url: string, root: URL): string {
	return url.startsWith(root.href) ? `${root.origin}/${url.slice(root.href.length)}` : url;
}
