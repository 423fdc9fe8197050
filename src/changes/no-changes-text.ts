import type { ChangesForm } from '../chatwoot/changed-attributes';
import { oneLine } from '../deliveries/one-line';

/** The events that list their changes, in releases since 2.4.0. */
const withChanges = new Set(['conversation_updated', 'contact_updated', 'inbox_updated']);

/**
 * What it means that a body lists no change, in sentences; names of the wire stand between back-ticks.
 *
 * Source: ground truth 5.1 (which event carries what) and 1.7.
 */
export function noChangesText(form: ChangesForm, event: string | null): string {
	const name = event === null ? 'A body without an event' : `\`${oneLine(event, 60).replaceAll('`', '')}\``;
	switch (form) {
		case 'null':
			return nullText(event, name);
		case 'absent':
			return absentText(event, name);
		case 'empty':
			return 'The list is empty. Releases never send an empty list: without a change it is null. A relay may have written it.';
		default:
			return 'Nothing in `changed_attributes` is the change of an attribute.';
	}
}

function nullText(event: string | null, name: string): string {
	if (event === 'conversation_status_changed') {
		return (
			`\`changed_attributes\` is null, as always in ${name}: Chatwoot asks for the changes after the save, when there ` +
			'are none left. The `conversation_updated` of the same save lists them.'
		);
	}
	if (event === 'conversation_updated') {
		return (
			'`changed_attributes` is null: only the state of an SLA changed, which is no attribute of the conversation ' +
			'(enterprise, since 3.8.0).'
		);
	}
	return `\`changed_attributes\` is null: ${name} lists no change here.`;
}

function absentText(event: string | null, name: string): string {
	if (event === 'message_updated') {
		return `${name} never says what changed. The last known state of the message can tell.`;
	}
	if (event === 'conversation_status_changed') {
		return (
			`${name} says that the status is another one, not what it was. The \`conversation_updated\` of the same save ` +
			'lists it. `changed_attributes` itself is missing here: releases since 2.4.0 send null.'
		);
	}
	if (event !== null && withChanges.has(event)) {
		return (
			`${name} lists what changed since 2.4.0; here \`changed_attributes\` is missing. A release before sent it, or a ` +
			'relay left it out.'
		);
	}
	return `${name} lists no changes, in no release.`;
}
