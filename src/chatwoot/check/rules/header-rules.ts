import { automationTrigger } from '../../events';
import type { RuleContext } from './rule-context';

/** Of clocks that are not set by the same source. */
const clockToleranceMilliseconds = 600_000;

/** Rules 42, 43 and 44. Of rule 42 only what no replay breaks: an old timestamp is nothing wrong. */
export function judgeHeaders(rules: RuleContext): void {
	const names = new Map(rules.subject.headers.map(([name, value]) => [name.toLowerCase(), value]));
	const signature = names.get('x-chatwoot-signature');
	const timestamp = names.get('x-chatwoot-timestamp');
	const delivery = names.get('x-chatwoot-delivery');
	if ((signature === undefined) !== (timestamp === undefined)) {
		const [there, gone] = signature === undefined ? ['Timestamp', 'Signature'] : ['Signature', 'Timestamp'];
		const said = `X-Chatwoot-${there} comes only together with X-Chatwoot-${gone}.`;
		rules.report('error', '', 0, `both headers or neither`, said);
	} else if (signature !== undefined && delivery === undefined) {
		const said = 'A signed request carries X-Chatwoot-Delivery too.';
		rules.report('error', '', 0, 'the header X-Chatwoot-Delivery', said);
	}
	const { event } = rules.subject;
	const isUnsigned = automationTrigger(event) !== null || event === 'macro.executed' || event.startsWith('account_');
	if (isUnsigned && (signature !== undefined || timestamp !== undefined || delivery !== undefined)) {
		const said = 'Automation rules, macros and the installation send no X-Chatwoot header.';
		rules.report('error', '', 0, 'no X-Chatwoot header', said);
	}
	const sentAt = timestamp !== undefined && /^\d{1,11}$/.test(timestamp) ? Number(timestamp) : null;
	if (sentAt === null) return;
	const { receivedAt } = rules.subject;
	if (receivedAt !== null && sentAt * 1000 > receivedAt + clockToleranceMilliseconds) {
		const said = 'X-Chatwoot-Timestamp lies after the arrival: one of the two clocks is wrong.';
		rules.report('warning', '', 0, 'a time before the arrival', said);
	}
}
