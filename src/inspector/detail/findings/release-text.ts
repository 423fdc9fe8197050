import type { ReleaseEvidence, ReleaseRange } from '../../../chatwoot/check/report';

/** Which releases could have sent a body: `Chatwoot 4.8.0 to 4.14.1`; without a bound `Any release`. */
export function releaseHeading({ from, to }: ReleaseRange): string {
	if (from === null && to === null) return 'Any release';
	return `Chatwoot ${rangeText({ from, to })}`;
}

/** A range in words, both ends inclusive: `4.8.0 to 4.14.1`, `4.8.0 or later`, `up to 4.14.1`, `any release`. */
export function rangeText({ from, to }: { from: string | null; to: string | null }): string {
	if (from !== null && to !== null) return from === to ? from : `${from} to ${to}`;
	if (from !== null) return `${from} or later`;
	return to === null ? 'any release' : `up to ${to}`;
}

/** What narrows a range the most, at either end: the members that the shown range rests on, at most one an end. */
export function strongestEvidence({ from, to, evidence }: ReleaseRange): ReleaseEvidence[] {
	const oldest = from === null ? undefined : evidence.find((entry) => entry.from === from);
	const newest = to === null ? undefined : evidence.find((entry) => entry.to === to);
	return [...new Set([oldest, newest])].filter((entry) => entry !== undefined);
}

/** A JSON pointer as a person reads a path: `conversation.meta.assignee_type`. */
export function pathText(pointer: string): string {
	if (pointer === '') return 'payload';
	return pointer
		.slice(1)
		.split('/')
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
		.join('.');
}
