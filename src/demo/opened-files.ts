import { readFiles } from '../inspector/validate/dropped-files';

/** What files are that a person opens. `reason` is a sentence for that person. */
export type OpenedFiles =
	| { kind: 'recording'; file: File; others: number }
	| { kind: 'payload'; name: string; text: string }
	| { kind: 'refused'; reason: string };

/** The member that only a line of a recording has comes after its headers. In bytes. */
const lookedAt = 256 * 1024;

/**
 * Tells a recording (NDJSON, one delivery a line, of any size) from payloads by the beginning of the file. Payloads are
 * read whole, up to 4 MiB together.
 */
export async function readOpenedFiles(files: readonly File[]): Promise<OpenedFiles> {
	for (const file of files) {
		const isRecorded = await isRecording(file).catch(() => false);
		if (isRecorded) return { kind: 'recording', file, others: files.length - 1 };
	}
	const read = await readFiles(files);
	if (!read.ok) return { kind: 'refused', reason: read.reason };
	if (read.text.trim() === '') return { kind: 'refused', reason: 'The file is empty.' };
	const name = files.length === 1 ? files[0]!.name : `${files.length} files`;
	return { kind: 'payload', name, text: read.text };
}

async function isRecording(file: File): Promise<boolean> {
	const beginning = await file.slice(0, lookedAt).text();
	return beginning.includes('"bodyBase64"');
}
