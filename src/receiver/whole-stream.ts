import { writeWholeDelivery } from '../deliveries/whole-delivery';
import type { DeliveryStore, ListRange } from './store';

const pageSize = 200;

/**
 * All deliveries of a range with their bodies, a line of JSON each (`WholeDelivery`), ascending: page by page, and only
 * as fast as the reader takes them. What arrives meanwhile is among them when there is no end.
 *
 * @param limit without one all of them; with one and no `after`, the last so many
 */
export async function openWholeStream(
	store: DeliveryStore,
	{ after, before, limit = Infinity, conversation }: Omit<ListRange, 'limit'> & { limit?: number },
): Promise<ReadableStream<Uint8Array>> {
	const only = conversation === undefined ? {} : { conversation };
	let last = after ?? 0;
	let left = limit;
	if (after === undefined && limit !== Infinity) {
		const { deliveries } = await store.list({ ...(before !== undefined && { before }), limit, ...only });
		last = (deliveries[0]?.id ?? before ?? 1) - 1;
	}
	const encoder = new TextEncoder();
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const page = await store.listWhole({ after: last, limit: Math.min(pageSize, left), ...only });
				const wanted = page.filter(({ summary }) => before === undefined || summary.id < before);
				left -= wanted.length;
				last = wanted.at(-1)?.summary.id ?? last;
				const text = wanted.map(({ summary, delivery }) => `${writeWholeDelivery(summary, delivery)}\n`).join('');
				if (text !== '') controller.enqueue(encoder.encode(text));
				if (wanted.length < page.length || page.length === 0 || left === 0) controller.close();
			},
		},
		{ highWaterMark: 1 },
	);
}
