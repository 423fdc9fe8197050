import { readdirSync, readFileSync } from 'node:fs';
import type { Delivery } from '../src/deliveries/delivery';

/** A delivery with a small body, and whatever a test cares about. */
export function delivery(facts: Partial<Delivery> = {}): Delivery {
	return {
		endpoint: 'main',
		receivedAt: 1_781_000_000_000,
		method: 'POST',
		target: '/hooks/main',
		headers: [['Content-Type', 'application/json']],
		body: bytes('{"event":"message_created","id":1}'),
		truncation: null,
		...facts,
	};
}

/** Text as UTF-8, in a buffer of its own. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(text);
}

/** One file of `test/payloads`. */
export interface Sample {
	/** File name without `.json`. */
	name: string;
	provenance: string;
	chatwoot: string;
	headers: Record<string, string>;
	/** Compact, as Chatwoot would send it, but for what JavaScript's numbers lose. */
	body: Uint8Array<ArrayBuffer>;
}

/** All files of `test/payloads`, by name. */
export function samples(): Sample[] {
	const folder = new URL('./payloads/', import.meta.url);
	return readdirSync(folder)
		.sort()
		.map((file) => {
			const content = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Sample, 'name' | 'body'> & {
				body: unknown;
			};
			return { ...content, name: file.replace(/\.json$/, ''), body: bytes(JSON.stringify(content.body)) };
		});
}
