import type { ChainRemark, RemarkKind } from '../changes/chain-remarks';
import type { IconName } from '../ui/icons';

/** How a remark that is no gap is marked in a row and headed in the detail. */
export const chainMarks: Readonly<Record<Exclude<RemarkKind, 'gap'>, { icon: IconName; word: string; title: string }>> =
	{
		duplicate: { icon: 'copy', word: 'duplicate', title: 'Received before' },
		reordered: { icon: 'reordered', word: 'out of order', title: 'Out of order' },
		contradiction: { icon: 'drift', word: 'body differs', title: 'The body shows something else' },
	};

/** The remarks that a row marks: a gap has a row of its own. */
export function markedRemarks(remarks: readonly ChainRemark[]): (ChainRemark & { kind: keyof typeof chainMarks })[] {
	return remarks.filter((remark): remark is ChainRemark & { kind: keyof typeof chainMarks } => remark.kind !== 'gap');
}

/** A message without the backticks, for a tooltip and a screen reader. */
export function plainMessage({ message }: ChainRemark): string {
	return message.replaceAll('`', '');
}
