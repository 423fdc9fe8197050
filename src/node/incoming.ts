import type { IncomingMessage } from 'node:http';
import type { BodySource } from '../receiver/body';
import type { RawRequest } from '../receiver/receiver';
import type { Header } from '../deliveries/delivery';

/** What Node read from the socket, before `Headers` and `URL` tidy it up. */
export function rawRequest(incoming: IncomingMessage, target: string): RawRequest {
	const headers: Header[] = [];
	const { rawHeaders } = incoming;
	for (let index = 0; index < rawHeaders.length; index += 2) headers.push([rawHeaders[index]!, rawHeaders[index + 1]!]);
	return { method: incoming.method ?? 'GET', target, headers, body: incomingBody(incoming) };
}

function incomingBody(incoming: IncomingMessage): BodySource {
	return {
		start(sink) {
			const onData = (chunk: Buffer) => sink.chunk(chunk);
			const onEnd = () => sink.end();
			const onClose = () => (incoming.complete ? sink.end() : sink.stopped());
			incoming.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
			if (incoming.destroyed) onClose();
			return () => {
				incoming.off('data', onData).off('end', onEnd).off('close', onClose);
				// The error listener stays: a sender that resets the connection later must not end the process.
			};
		},
	};
}
