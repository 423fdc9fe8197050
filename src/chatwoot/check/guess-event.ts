import { member } from '../../json/document';
import type { JsonDocument } from '../../json/scan';

/**
 * The event that a payload without a usable `event` is most likely of, by its members; null when they do not tell.
 * Events of one shape can't be told apart: the first of them stands for all.
 */
export function guessEvent(document: JsonDocument): string | null {
	const has = (name: string) => member(document, 0, name) !== -1;
	if (has('message_type') && has('conversation')) return 'message_created';
	if (has('user') && has('conversation')) return 'conversation_typing_on';
	if (has('current_conversation') || has('event_info')) return 'webwidget_triggered';
	if (has('working_hours')) return has('changed_attributes') ? 'inbox_updated' : 'inbox_created';
	if (has('status') && (has('inbox_id') || has('meta') || has('messages'))) {
		return has('changed_attributes') ? 'conversation_updated' : 'conversation_created';
	}
	if (has('phone_number') || has('identifier') || has('avatar')) {
		return has('changed_attributes') ? 'contact_updated' : 'contact_created';
	}
	return null;
}
