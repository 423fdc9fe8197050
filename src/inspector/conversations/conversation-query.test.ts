import { expect, test } from 'vitest';
import { readConversationQuery, writeConversationQuery } from './conversation-query';

test('an address comes back as it was, and what it says wrongly is left out', () => {
	const view = { conversationId: 1401, accountId: 7, endpoint: 'a&b', at: 133 };
	expect(readConversationQuery(writeConversationQuery(view))).toEqual(view);
	expect(readConversationQuery('id=1401')).toEqual({ conversationId: 1401, accountId: null, endpoint: null, at: null });
	expect(readConversationQuery('id=1401&account=x&at=-1')).toMatchObject({ accountId: null, at: null });
	for (const query of ['', 'id=', 'id=x', 'id=99999999999999999999', 'account=7']) {
		expect(readConversationQuery(query), query).toBeNull();
	}
	expect(writeConversationQuery(null)).toBe('');
});
