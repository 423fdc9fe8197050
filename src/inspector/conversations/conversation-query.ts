import type { DeliveryId } from '../../deliveries/delivery';

/** What the address says of this panel. */
export interface ConversationQuery {
	conversationId: number;
	/** Null: whatever account. */
	accountId: number | null;
	endpoint: string | null;
	/** The delivery at the cursor; null for the newest. */
	at: DeliveryId | null;
}

/** Reads `id=1401&account=7&endpoint=main&at=133`; null when it names no conversation. */
export function readConversationQuery(query: string): ConversationQuery | null {
	const parameters = new URLSearchParams(query);
	const conversationId = readNumber(parameters.get('id'));
	if (conversationId === null) return null;
	return {
		conversationId,
		accountId: readNumber(parameters.get('account')),
		endpoint: parameters.get('endpoint'),
		at: readNumber(parameters.get('at')),
	};
}

/** The query of a view; empty for none. */
export function writeConversationQuery(view: ConversationQuery | null): string {
	if (!view) return '';
	const { conversationId, accountId, endpoint, at } = view;
	const parameters = new URLSearchParams({ id: String(conversationId) });
	if (accountId !== null) parameters.set('account', String(accountId));
	if (endpoint !== null) parameters.set('endpoint', endpoint);
	if (at !== null) parameters.set('at', String(at));
	return parameters.toString();
}

function readNumber(text: string | null): number | null {
	const value = text !== null && /^\d{1,16}$/.test(text) ? Number(text) : NaN;
	return Number.isSafeInteger(value) ? value : null;
}
