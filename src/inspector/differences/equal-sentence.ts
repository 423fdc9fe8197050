import { formatCount } from '../../ui/format';
import type { ComparisonSummary } from './open-comparison';

/** What is said of two bodies without a difference that counts. */
export function equalSentence({ ignored, method }: ComparisonSummary, left: Uint8Array, right: Uint8Array): string {
	if (ignored === 1) return 'No difference but one that is ignored.';
	if (ignored > 1) return `No difference but ${formatCount(ignored)} that are ignored.`;
	if (isSameBytes(left, right)) return 'No difference: the two are equal byte for byte.';
	if (method === 'text') return 'No difference in the lines; the bytes between them differ.';
	return 'No difference in what they say. As bytes they differ: in blanks, in escapes, or in the order of members.';
}

function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
	return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
