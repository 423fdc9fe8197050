/** One event whose schema the build writes. */
export interface ExportedEvent {
	event: string;
	/** Whether the guide documents it, so that there are two schemas. */
	isDocumented: boolean;
}

const documented = [
	'message_created',
	'message_updated',
	'conversation_created',
	'conversation_updated',
	'conversation_status_changed',
	'conversation_typing_on',
	'conversation_typing_off',
	'webwidget_triggered',
];

const others = [
	'conversation_opened',
	'conversation_resolved',
	'contact_created',
	'contact_updated',
	'inbox_created',
	'inbox_updated',
	'macro.executed',
	'account_created',
	'account_destroyed',
	'automation_event.conversation_created',
	'automation_event.conversation_updated',
	'automation_event.message_created',
	'automation_event.conversation_opened',
	'automation_event.conversation_resolved',
	'automation_event: conversation_created',
	'automation_event: conversation_updated',
	'automation_event: message_created',
];

/**
 * Every event of the contracts. Listed here once more, so that a page that only links the files does not carry the
 * contracts; a test holds both together.
 */
export const exportedEvents: readonly ExportedEvent[] = [
	...documented.map((event) => ({ event, isDocumented: true })),
	...others.map((event) => ({ event, isDocumented: false })),
];

/**
 * The file of an event's schema: its name, in which everything but letters, digits, `.`, `_` and `-` is left out or,
 * between two such, becomes one `_`: `automation_event.message_created.json`, and for the spelling of 2.3.2 to 2.4.3
 * `automation_event_message_created.json`.
 */
export function schemaFileName(event: string): string {
	return `${event.replace(/[^\w.-]+/g, '_')}.json`;
}

/** Where the schema stands, relative to the page. */
export function schemaPath(contract: 'guide' | 'wire', event: string): string {
	return `schemas/${contract}/${schemaFileName(event)}`;
}

/** Where the TypeScript types of all events stand, relative to the page. */
export const eventTypesPath = 'events.d.ts';
