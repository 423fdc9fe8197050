import { automationTrigger } from '../../events';
import type { RuleContext } from './rule-context';

/** Of clocks that are not set by the same source. */
const clockToleranceMilliseconds = 600_000;

/** Chatwoot's own hosts differ by less, and so do a test double's dates that were meant to fit. */
const daySeconds = 86_400;

/** Rules 42, 43 and 44. */
export function judgeHeaders(rules: RuleContext): void {
	const names = new Map<string, string>();
	for (const [name, value] of rules.subject.headers) {
		const lower = name.toLowerCase();
		if (lower.startsWith('x-chatwoot-')) names.set(lower, value);
	}
	const signature = names.get('x-chatwoot-signature');
	const timestamp = names.get('x-chatwoot-timestamp');
	const delivery = names.get('x-chatwoot-delivery');
	if ((signature === undefined) !== (timestamp === undefined)) {
		const [there, gone] = signature === undefined ? ['Timestamp', 'Signature'] : ['Signature', 'Timestamp'];
		const said = `X-Chatwoot-${there} comes only together with X-Chatwoot-${gone}, which is missing.`;
		rules.reportHeaders('error', 'both headers or neither', `X-Chatwoot-${there} alone`, said);
	} else if (signature !== undefined && delivery === undefined) {
		const said = 'A signed request carries X-Chatwoot-Delivery too, which is missing.';
		rules.reportHeaders('error', 'the header X-Chatwoot-Delivery', 'no such header', said);
	}
	const { event } = rules.subject;
	const isUnsigned = automationTrigger(event) !== null || event === 'macro.executed' || event.startsWith('account_');
	if (isUnsigned && (signature !== undefined || timestamp !== undefined || delivery !== undefined)) {
		const said = `Automation rules, macros and the installation send no X-Chatwoot header, but ${event} came with one.`;
		rules.reportHeaders('error', 'no X-Chatwoot header', 'at least one', said);
	}
	if (timestamp !== undefined && /^\d{1,11}$/.test(timestamp)) judgeTimestamp(rules, Number(timestamp));
}

/**
 * Rule 42, but for what relays and replays do rightly: that a timestamp is old says only that the request was held or
 * sent again. Chatwoot takes it when it sends, so it can't be later than the arrival nor earlier than the body.
 */
function judgeTimestamp(rules: RuleContext, sentAt: number): void {
	const { receivedAt } = rules.subject;
	if (receivedAt !== null && sentAt * 1000 > receivedAt + clockToleranceMilliseconds) {
		const said = 'X-Chatwoot-Timestamp lies after the arrival: one of the two clocks is wrong.';
		rules.reportHeaders('warning', 'a time before the arrival', timeText(sentAt), said);
	}
	const updatedAt = rules.numberAt(rules.conversation, 'updated_at');
	if (updatedAt !== null && sentAt < updatedAt - daySeconds) {
		const said =
			'X-Chatwoot-Timestamp lies more than a day before the conversation’s updated_at: ' +
			'they are not of one request, or a clock is wrong.';
		rules.reportHeaders('warning', `at least ${timeText(updatedAt)}, as updated_at`, timeText(sentAt), said);
	}
}

/** ISO 8601, in whole seconds. Every number that comes here has at most 11 digits, which `Date` can hold. */
function timeText(unixSeconds: number): string {
	return `${new Date(Math.floor(unixSeconds) * 1000).toISOString().slice(0, -5)}Z`;
}
