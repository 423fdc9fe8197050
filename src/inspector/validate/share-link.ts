/** A longer link is cut by chat programs, mail and proxies' logs. In characters, with the page's address. */
export const longestLink = 16 * 1024;

/** What a link may unfold to; a small link can hold megabytes of blanks. In bytes. */
const longestText = 4 * 1024 * 1024;

/**
 * A text for the address's fragment: compressed (raw deflate) and in URL-safe Base64. The fragment is not sent to any
 * server.
 */
export async function packText(text: string): Promise<string> {
	const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The text again; null when the link was cut or changed, or unfolds to more than 4 MiB. */
export async function unpackText(packed: string): Promise<string | null> {
	try {
		const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
		const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
		const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
		const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
		let text = '';
		let size = 0;
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return text + decoder.decode();
			size += value.length;
			if (size > longestText) {
				await reader.cancel();
				return null;
			}
			text += decoder.decode(value, { stream: true });
		}
	} catch {
		return null;
	}
}

/** What a link's query carries, as it stands there; null when it carries no text. */
export function packedTextOf(query: string): string | null {
	return new URLSearchParams(query).get('text');
}

/** Names of members and headers whose value opens something or signs something. */
const secretName = String.raw`[\w-]*(?:token|secret|password|api_?key|signature|authorization|cookie)[\w-]*`;
/** A member in JSON, also where its quotes are escaped once more, as inside a shell's double quotes. */
const secretMember = new RegExp(
	String.raw`((\\?["'])${secretName}\2\s*(?::|=>)\s*(\\?["']))((?:(?!\3)(?:\\.|[^\\\r\n]))+)(?=\3)`,
	'gi',
);
/** A header of a raw request or of a curl command. */
const secretHeader = new RegExp(String.raw`((?:^|["'])${secretName}:[ \t]*)([^"'\r\n]+)`, 'gim');
const masked = '••••••';

/**
 * The text with the values of secrets (`pubsub_token`, other tokens, passwords, signatures) replaced by dots, and how
 * many there were. Works on any text, so that also one with faults keeps nothing. Null, numbers and empty texts stay.
 */
export function maskSecrets(text: string): { text: string; count: number } {
	let count = 0;
	const mask = (_whole: string, before: string): string => {
		count++;
		return `${before}${masked}`;
	};
	const members = text.replace(secretMember, mask);
	return { text: members.replace(secretHeader, mask), count };
}
