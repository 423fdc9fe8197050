import type { Truncation } from '../../../deliveries/delivery';
import { byteSize } from '../../../deliveries/byte-size';
import { formatCount } from '../../../ui/format';
import type { PayloadReading } from './payload-reading';

/** Something odd about a body, in a sentence. */
export interface PayloadNote {
	severity: 'error' | 'warning' | 'info';
	text: string;
	/** The byte that it is about. */
	offset?: number;
}

/**
 * What a person should know before reading a body: that it is cut off and why, compressed, empty, no text, no JSON,
 * nested too deep, begins with a byte order mark. `size` is in bytes.
 */
export function notesOf(
	reading: PayloadReading,
	size: number,
	truncation: Truncation | null,
	contentEncoding: string | null,
): PayloadNote[] {
	const notes: PayloadNote[] = [];
	if (truncation) notes.push({ severity: 'warning', text: truncationText(truncation, size) });
	if (contentEncoding !== null && !/^\s*(identity)?\s*$/i.test(contentEncoding)) {
		const text = `The sender compressed this body (Content-Encoding: ${contentEncoding}). These are the bytes as they arrived.`;
		notes.push({ severity: 'info', text });
	}
	if (reading.kind === 'empty')
		notes.push({ severity: 'error', text: 'The body is empty: the request carried no bytes.' });
	if (reading.kind === 'not-utf8') {
		notes.push({
			severity: 'error',
			text: 'This is not UTF-8 text, so it can’t be JSON. As text, what can’t be read is �.',
		});
	}
	if (reading.error) {
		const { line, column, message, offset } = reading.error;
		notes.push({
			severity: 'error',
			text: `Not JSON, line ${formatCount(line)}, column ${formatCount(column)}: ${message}`,
			offset,
		});
	}
	if (reading.isTooDeep) {
		notes.push({ severity: 'warning', text: 'Nested more than 1,000 levels deep; shown as text.' });
	}
	if (reading.hasByteOrderMark) {
		notes.push({
			severity: 'info',
			text: 'The body begins with a byte order mark (EF BB BF), which many JSON parsers refuse.',
		});
	}
	if (reading.document !== null && reading.document.duplicates.length > 0) {
		const count = reading.document.duplicates.length;
		const text = `${count === 1 ? 'A member name stands' : `${formatCount(count)} member names stand`} twice in the same object. The last one counts.`;
		notes.push({ severity: 'warning', text });
	}
	return notes;
}

function truncationText({ reason, announced }: Truncation, size: number): string {
	const of = announced === null ? byteSize(size) : `${byteSize(size)} of ${byteSize(announced)}`;
	if (reason === 'limit') return `Cut off: the body is longer than the receiver takes. ${of} were kept.`;
	if (reason === 'stopped') return `Cut off: the sender went away after ${of}.`;
	return `Cut off: the sender was too slow. ${of} had arrived.`;
}
