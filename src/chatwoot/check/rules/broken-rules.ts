import type { Place } from '../place';
import { judgeAgreements } from './agreement-rules';
import { judgeChangedAttributes } from './change-rules';
import { judgeAssigneeType, judgeChannel, judgeStatus, judgeTimes, judgeUnreadCount } from './conversation-rules';
import { judgeEventName, judgePictures, judgeTyping } from './event-rules';
import { judgeHeaders } from './header-rules';
import { judgeNestedMessage, judgeSender } from './message-rules';
import { RuleContext, type RuleSubject } from './rule-context';

/**
 * The rules between members that every genuine delivery keeps: ids that must agree, the nested message, times, header
 * pairs. An error where the rule holds always, a warning where exceptions are known. Where several places must show
 * one value, the one that stands alone is reported, and it once. The rules' numbers are the rows of the list of
 * invariants that was read from Chatwoot's source and tried on captures.
 */
export function brokenRules(subject: RuleSubject): Place[] {
	const rules = new RuleContext(subject);
	if (rules.conversation !== -1) {
		// First: the other count is not compared with an impossible one.
		judgeUnreadCount(rules);
		judgeAgreements(rules);
		judgeTimes(rules);
		judgeStatus(rules);
		judgeAssigneeType(rules);
		judgeChannel(rules);
	}
	if (rules.message !== -1) judgeNestedMessage(rules);
	if (rules.isMessageEvent) judgeSender(rules);
	judgePictures(rules);
	judgeTyping(rules);
	judgeChangedAttributes(rules);
	judgeEventName(rules);
	judgeHeaders(rules);
	return rules.places;
}
