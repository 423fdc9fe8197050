import type { ContractChoice } from '../chatwoot/check/report';
import type { FindingCounts, Summary, Verdict } from '../deliveries/api';
import { formatCount } from '../ui/format';

/** A verdict with the findings that led to it. */
export interface ShownVerdict {
	verdict: Verdict;
	counts: FindingCounts;
}

/** What a contract says of a delivery, as its summary has it; null when none has judged it. */
export function shownVerdict(
	{ verdict, counts, guideCounts }: Pick<Summary, 'verdict' | 'counts' | 'guideCounts'>,
	contract: ContractChoice,
): ShownVerdict | null {
	if (contract === 'guide') return guideCounts && { verdict: worstOf(guideCounts), counts: guideCounts };
	return verdict && counts && { verdict, counts };
}

/** The worst severity that was counted. */
export function worstOf({ error, warning, info }: FindingCounts): Verdict {
	if (error > 0) return 'error';
	if (warning > 0) return 'warning';
	return info > 0 ? 'info' : 'ok';
}

/** The counts in words, the worst first: `1 error, 2 warnings, 14 drift`; `good` when there are none. */
export function countsText({ error, warning, info }: FindingCounts): string {
	const parts: string[] = [];
	if (error > 0) parts.push(`${formatCount(error)} ${error === 1 ? 'error' : 'errors'}`);
	if (warning > 0) parts.push(`${formatCount(warning)} ${warning === 1 ? 'warning' : 'warnings'}`);
	if (info > 0) parts.push(`${formatCount(info)} drift`);
	return parts.length === 0 ? 'good' : parts.join(', ');
}

/** A verdict in words, for whoever does not see its icon: drift alone is good. */
export function verdictText({ verdict, counts }: ShownVerdict): string {
	return verdict === 'info' ? `good, ${countsText(counts)}` : countsText(counts);
}

/** A verdict as a sentence: what needs attention, and whether guide and wire differ. */
export function attentionText({ counts }: ShownVerdict): string {
	const { error, warning, info } = counts;
	if (error > 0 || warning > 0) return `${countsText({ error, warning, info: 0 })} to look at under Findings.`;
	if (info === 0) return 'Nothing to report.';
	return `Nothing to report but ${formatCount(info)} ${info === 1 ? 'place' : 'places'} where guide and wire disagree.`;
}
