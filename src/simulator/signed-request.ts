import { importSecret } from '../chatwoot/signature';
import type { PlantedFault } from './fault';
import type { Letter } from './outbox';
import { railsJson } from './rails-json';

/** One request, as any sender would make it. */
export interface SimulatedRequest {
	/** In Unix milliseconds of the virtual clock; never less than that of the one before. */
	sentAt: number;
	method: 'POST';
	/** In the order in which Chatwoot's library writes them. */
	headers: [name: string, value: string][];
	/** The bytes that leave; shorter than `Content-Length` says only where that is the fault. */
	body: Uint8Array<ArrayBuffer>;
	/** What was made wrong on purpose; null where all is as Chatwoot sends it. */
	fault: PlantedFault | null;
}

const encoder = new TextEncoder();

/** Writes and signs deliveries with one webhook's secret. Source: ground truth 1.1 to 1.4. */
export class Signer {
	readonly #host: string;
	readonly #key: Promise<CryptoKey | null>;
	readonly #wrongKey: Promise<CryptoKey>;

	/** @param secret empty: nothing is signed, and no timestamp is sent. */
	constructor(secret: string, host: string) {
		this.#host = host;
		this.#key = secret === '' ? Promise.resolve(null) : importSecret(secret);
		this.#wrongKey = importSecret(`not ${secret}`);
	}

	async sign({ body, deliveryId, sentAt, fault }: Letter): Promise<SimulatedRequest> {
		const bytes = encoder.encode(railsJson(body));
		const isOld = fault?.kind === 'older-release';
		const headers: [string, string][] = [
			['Host', this.#host],
			['User-Agent', isOld ? 'rest-client/2.1.0 (linux-musl x86_64) ruby/3.4.4p34' : 'Ruby'],
			['Accept', 'application/json'],
			['Accept-Encoding', 'gzip;q=1.0,deflate;q=0.6,identity;q=0.3'],
			['Content-Type', 'application/json'],
			['Content-Length', String(bytes.length)],
		];
		const key = await (fault?.kind === 'wrong-signature' ? this.#wrongKey : this.#key);
		if (deliveryId !== null && !isOld) {
			headers.push(['X-Chatwoot-Delivery', deliveryId]);
			if (key !== null) {
				const timestamp = String(Math.floor(sentAt / 1000));
				headers.push(['X-Chatwoot-Timestamp', timestamp]);
				headers.push(['X-Chatwoot-Signature', await signature(key, timestamp, bytes)]);
			}
		}
		const sent = fault?.kind === 'truncated' ? bytes.slice(0, -fault.missingBytes) : bytes;
		return { sentAt, method: 'POST', headers, body: sent, fault };
	}
}

async function signature(key: CryptoKey, timestamp: string, body: Uint8Array): Promise<string> {
	const prefix = encoder.encode(`${timestamp}.`);
	const signed = new Uint8Array(prefix.length + body.length);
	signed.set(prefix);
	signed.set(body, prefix.length);
	const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed));
	let hex = '';
	for (const byte of digest) hex += byte.toString(16).padStart(2, '0');
	return `sha256=${hex}`;
}
