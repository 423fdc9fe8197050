import { JsonKind, type JsonDocument } from '../../../json/scan';
import { copyText } from '../../../ui/copy';
import type { PayloadReader } from './payload-reader';

/** Longer text is handed to the clipboard as bytes, which the browser decodes in the background. */
const longText = 256 * 1024;

/** Copies what a value says: a string's own text, of anything else the source text as sent. Answers whether it worked. */
export async function copyValue(reader: PayloadReader, document: JsonDocument, node: number): Promise<boolean> {
	const start = document.start[node]!;
	const end = document.end[node]!;
	if (document.kind[node] !== JsonKind.string) return copyUtf8(document.bytes.subarray(start, end));
	const bytes = await reader.stringBytes(start, end);
	return bytes !== null && copyUtf8(bytes);
}

/** Copies a whole body: its text, or Base64 when it is no UTF-8. Answers whether it worked. */
export async function copyBody(body: Uint8Array, isText: boolean): Promise<boolean> {
	if (isText) return copyUtf8(body);
	const address = await dataAddress(body);
	return copyText(address.slice(address.indexOf(',') + 1));
}

async function copyUtf8(bytes: Uint8Array): Promise<boolean> {
	if (bytes.length > longText) {
		try {
			const text = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'text/plain' });
			await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
			return true;
		} catch {
			// Not allowed here, or no such interface: the slower way may still work.
		}
	}
	return copyText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
}

/** The browser encodes in the background, unlike `btoa`. */
function dataAddress(body: Uint8Array): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(reader.result as string);
		reader.onerror = () => reject(new Error('The body could not be encoded.', { cause: reader.error }));
		reader.readAsDataURL(new Blob([body as Uint8Array<ArrayBuffer>]));
	});
}
