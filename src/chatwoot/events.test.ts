import { expect, test } from 'vitest';
import { samples } from '../../test/deliveries';
import { automationTrigger, eventFamily, subscribableEvents } from './events';

test('every sample is of an event that is known', () => {
	for (const { name } of samples()) expect(eventFamily(name.replace(/--.*/, '')), name).not.toBeNull();
});

test('a person can choose twelve events, in the order of Chatwoot', () => {
	expect(subscribableEvents).toHaveLength(12);
	expect(subscribableEvents[0]).toBe('conversation_status_changed');
	expect(subscribableEvents).not.toContain('conversation_opened');
});

test('automation events are known by both spellings, whatever triggered them', () => {
	expect(eventFamily('automation_event.message_created')).toBe('automation');
	expect(eventFamily('automation_event: conversation_updated')).toBe('automation');
	expect(automationTrigger('automation_event.message_created')).toBe('message_created');
	expect(automationTrigger('automation_event: conversation_updated')).toBe('conversation_updated');
	expect(automationTrigger('automation_event')).toBeNull();
});

test('macros and accounts belong to the same family as automation rules', () => {
	expect(eventFamily('macro.executed')).toBe('automation');
	expect(eventFamily('account_created')).toBe('automation');
});

test('a name that no release sends has no family, and neither has none', () => {
	for (const name of ['message_deleted', 'conversation_read', 'toString', '__proto__', '', null]) {
		expect(eventFamily(name)).toBeNull();
	}
});
