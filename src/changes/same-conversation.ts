import type { Summary } from '../deliveries/api';

/**
 * Whether two deliveries are of one conversation. Display ids repeat across accounts and installations, and a body may
 * name no account before 4.14.2; then it may be of the same one (ground truth 4.3).
 */
export function isSameConversation(one: ConversationKey, other: ConversationKey): boolean {
	if (one.conversationId === null || one.conversationId !== other.conversationId) return false;
	const isSameAccount = one.accountId === null || other.accountId === null || one.accountId === other.accountId;
	return one.endpoint === other.endpoint && isSameAccount;
}

type ConversationKey = Pick<Summary, 'endpoint' | 'accountId' | 'conversationId'>;
