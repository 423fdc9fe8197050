import type { DeliveryId } from '../deliveries/delivery';
import { writeRecordingLine } from '../deliveries/recording';
import type { DeliveryStore } from './store';

const pageSize = 200;
/** Small deliveries go together: a chunk for each would cost more than its bytes. */
const chunkCharacters = 65_536;

/**
 * The deliveries after one id and before another, as a recording. Read from the store as fast as the reader takes it,
 * a page of summaries and a body at a time. What arrives meanwhile is not in it, and what goes meanwhile is left out.
 */
export function openRecording(store: DeliveryStore, after: DeliveryId, before: DeliveryId): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	const lines = recordingLines(store, after, before);
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				let text = '';
				while (text.length < chunkCharacters) {
					const { done, value } = await lines.next();
					if (done) break;
					text += value;
				}
				if (text === '') controller.close();
				else controller.enqueue(encoder.encode(text));
			},
			async cancel() {
				await lines.return();
			},
		},
		{ highWaterMark: 1 },
	);
}

async function* recordingLines(
	store: DeliveryStore,
	after: DeliveryId,
	before: DeliveryId,
): AsyncGenerator<string, void, undefined> {
	for (let cursor = after; ;) {
		const { deliveries } = await store.list({ after: cursor, limit: pageSize });
		for (const { id } of deliveries) {
			if (id >= before) return;
			const [detail, body] = await Promise.all([store.get(id), store.body(id)]);
			if (detail && body) yield writeRecordingLine({ ...detail, body });
		}
		if (deliveries.length < pageSize) return;
		cursor = deliveries.at(-1)!.id;
	}
}
