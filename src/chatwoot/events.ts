/** What an event is about: one lane, one icon and one colour each. */
export type EventFamily = 'message' | 'conversation' | 'typing' | 'contact' | 'widget' | 'inbox' | 'automation';

/** One name that Chatwoot puts into `event`. */
export interface ChatwootEvent {
	name: string;
	family: EventFamily;
	/** Whether a person can choose it for an account webhook. */
	isSubscribable: boolean;
}

/**
 * Every event that some release sends, apart from the automation rules' own names; see `eventFamily`.
 * The ones that an account webhook can subscribe to come first, in the order of Chatwoot's own list.
 *
 * Source: ground truth 2 (senders, names allowed in 4.14.2) and 3 (catalogue).
 */
export const chatwootEvents: readonly ChatwootEvent[] = [
	{ name: 'conversation_status_changed', family: 'conversation', isSubscribable: true },
	{ name: 'conversation_updated', family: 'conversation', isSubscribable: true },
	{ name: 'conversation_created', family: 'conversation', isSubscribable: true },
	{ name: 'contact_created', family: 'contact', isSubscribable: true },
	{ name: 'contact_updated', family: 'contact', isSubscribable: true },
	{ name: 'message_created', family: 'message', isSubscribable: true },
	{ name: 'message_updated', family: 'message', isSubscribable: true },
	{ name: 'webwidget_triggered', family: 'widget', isSubscribable: true },
	// Sent only where the installation sets ENABLE_INBOX_EVENTS.
	{ name: 'inbox_created', family: 'inbox', isSubscribable: true },
	{ name: 'inbox_updated', family: 'inbox', isSubscribable: true },
	{ name: 'conversation_typing_on', family: 'typing', isSubscribable: true },
	{ name: 'conversation_typing_off', family: 'typing', isSubscribable: true },
	// Agent bots only; account webhooks and API inboxes got them in 1.4.0 to 2.4.x.
	{ name: 'conversation_opened', family: 'conversation', isSubscribable: false },
	{ name: 'conversation_resolved', family: 'conversation', isSubscribable: false },
	{ name: 'macro.executed', family: 'automation', isSubscribable: false },
	// The installation's own webhook; account_destroyed in 1.8.0 to 1.11.1 only.
	{ name: 'account_created', family: 'automation', isSubscribable: false },
	{ name: 'account_destroyed', family: 'automation', isSubscribable: false },
];

/** The names that a person can choose for an account webhook, in Chatwoot's order. */
export const subscribableEvents: readonly string[] = chatwootEvents
	.filter((event) => event.isSubscribable)
	.map((event) => event.name);

const families = new Map(chatwootEvents.map((event) => [event.name, event.family]));

/**
 * The family of an event's name, or null for none, and for a name that no release sends (ground truth 3).
 * Whatever follows `automation_event.` is a rule's trigger, and so known.
 */
export function eventFamily(name: string | null): EventFamily | null {
	if (name === null) return null;
	if (automationTrigger(name) !== null) return 'automation';
	return families.get(name) ?? null;
}

/**
 * What made an automation rule run: `message_created` of `automation_event.message_created`.
 * Releases 2.3.2 to 2.4.x spell it `automation_event: message_created`. Null for any other event.
 */
export function automationTrigger(name: string): string | null {
	return /^automation_event(?:\.|: )(.+)$/s.exec(name)?.[1] ?? null;
}
