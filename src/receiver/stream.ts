import type { DeliveryId } from '../deliveries/delivery';
import { deliveryMessage, storeMessage, type LiveFeed } from './live-feed';
import type { DeliveryStore } from './store';

const pageSize = 500;
const messagesAtOnce = 500;

/**
 * The live stream: first what the store has after the cursor, page by page and only as fast as the
 * reader takes it, then the feed. Nothing is missed, since the position in the feed is taken before
 * the store is asked; nothing is repeated, since deliveries up to the cursor are passed over.
 *
 * Ends when the feed is closed, or when the reader fell so far behind that the feed no longer holds
 * its place: it then comes back with its cursor.
 *
 * @param cursor the last delivery that the reader has; null for new ones only
 * @param heartbeatMilliseconds how often a comment is sent when nothing else is
 */
export function openStream(
	store: DeliveryStore,
	feed: LiveFeed,
	cursor: DeliveryId | null,
	heartbeatMilliseconds: number,
): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let position = feed.end;
	let last = cursor ?? store.status().newest ?? 0;
	let isCaughtUp = cursor === null;
	let isCancelled = false;
	let stopWaiting: (() => void) | undefined;
	let greeting: string | null = ': open\nretry: 1000\n\n';

	/** The next text to send; null ends the stream. */
	async function next(): Promise<string | null> {
		if (greeting !== null) {
			const text = greeting;
			greeting = null;
			return text;
		}
		if (!isCaughtUp) return catchUp();
		for (;;) {
			if (feed.isClosed || isCancelled) return null;
			const messages = feed.read(position, messagesAtOnce);
			if (messages === null) return null;
			position += messages.length;
			let text = '';
			for (const message of messages) {
				if (message.id !== null) {
					if (message.id <= last) continue;
					last = message.id;
				}
				text += message.text;
			}
			if (text !== '') return text;
			if (messages.length === 0 && (await somethingHappens()) === 'silence') return ': still here\n\n';
		}
	}

	async function catchUp(): Promise<string> {
		position = feed.end;
		const { deliveries } = await store.list({ after: last, limit: pageSize });
		const text = deliveries.map(deliveryMessage).join('');
		last = deliveries.at(-1)?.id ?? last;
		if (deliveries.length === pageSize) return text;
		isCaughtUp = true;
		return text + storeMessage(store.status());
	}

	function somethingHappens(): Promise<'message' | 'silence'> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => {
				stop();
				resolve('silence');
			}, heartbeatMilliseconds);
			const stop = feed.wait(() => {
				clearTimeout(timer);
				resolve('message');
			});
			stopWaiting = () => {
				clearTimeout(timer);
				stop();
				resolve('message');
			};
		});
	}

	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const text = await next();
				if (text === null) {
					if (!isCancelled) controller.close();
					return;
				}
				if (!isCancelled) controller.enqueue(encoder.encode(text));
			},
			cancel() {
				isCancelled = true;
				stopWaiting?.();
			},
		},
		// Nothing is written before it is asked for: whoever reads at a pace gets all that has come meanwhile, in one piece.
		{ highWaterMark: 0 },
	);
}
