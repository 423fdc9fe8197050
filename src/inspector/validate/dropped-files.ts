import { byteSize } from '../../deliveries/byte-size';
import { utf16Order } from '../../json/utf8';

/** What is opened at once, in bytes; a longer text is no payload, and the editor would be slow. */
const mostBytes = 4 * 1024 * 1024;

export type ReadFiles = { ok: true; text: string } | { ok: false; reason: string };

/** The files of a drop; none when something else was dropped. */
export function droppedFiles(event: DragEvent): File[] {
	return [...(event.dataTransfer?.files ?? [])];
}

/**
 * The text of one file, or of several one after another, each beginning a line. UTF-16, as some
 * editors and shells save it, is read as such; what is no text becomes U+FFFD. More than 4 MiB together, or a file that can't be read, gives the reason.
 */
export async function readFiles(files: readonly File[]): Promise<ReadFiles> {
	const size = files.reduce((sum, file) => sum + file.size, 0);
	if (size > mostBytes) {
		return { ok: false, reason: `${byteSize(size)} are too much to check here; at most ${byteSize(mostBytes)}.` };
	}
	try {
		const texts = await Promise.all(files.map(textOf));
		return { ok: true, text: texts.map((text) => (files.length > 1 ? text.trim() : text)).join('\n') };
	} catch {
		return { ok: false, reason: 'The file could not be read. Has it been moved, or is it a folder?' };
	}
}

async function textOf(file: File): Promise<string> {
	const bytes = new Uint8Array(await file.arrayBuffer());
	const order = utf16Order(bytes);
	return new TextDecoder(order === null ? 'utf-8' : `utf-16${order}`).decode(bytes);
}
