import { bytes, samples } from '../deliveries';

/**
 * A conversation with as many messages as fit into so many bytes, each with its sender, its attributes and a text
 * of its own, as compact JSON.
 */
export function largePayload(size: number): Uint8Array<ArrayBuffer> {
	const read = (name: string) => {
		const sample = samples().find((one) => one.name === name)!;
		return JSON.parse(new TextDecoder().decode(sample.body)) as Record<string, unknown>;
	};
	const conversation = read('conversation_created--webwidget');
	const message = { ...read('message_created--webwidget-incoming'), conversation: undefined, event: undefined };
	const messages: string[] = [];
	const around = JSON.stringify({ ...conversation, messages: [] }).length;
	for (let left = size - around, id = 90_000; ; id++) {
		const text = JSON.stringify({
			...message,
			id,
			content: `Message ${id}: is there any news about my refund? Thank you!`,
		});
		left -= text.length + 1;
		if (left < 0) break;
		messages.push(text);
	}
	const [start = '', end = ''] = JSON.stringify({ ...conversation, messages: ['here'] }).split('"here"');
	return bytes(start + messages.join(',') + end);
}
