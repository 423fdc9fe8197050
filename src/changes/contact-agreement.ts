import type { AttributeChange } from '../chatwoot/changed-attributes';
import { canonicalText, member } from '../json/document';
import type { JsonDocument } from '../json/scan';
import type { RecordText } from './comparable-records';

/**
 * Attributes whose previous value must be what the last delivery of the contact showed, unless one was missed or
 * contacts were merged. Source: ground truth 5.5; all others move silently, or no body shows them.
 */
const trusted = ['name', 'email', 'phone_number', 'identifier', 'blocked', 'custom_attributes'];

/** How `changed_attributes` fits to what an earlier delivery showed of the contact; names of attributes. */
export interface ContactAgreement {
	/** The earlier delivery showed the previous value. */
	fitting: string[];
	/** It showed the current value already: bodies are built when they are sent, not when something happens. */
	early: string[];
	/** It showed another value. */
	contradicting: string[];
	/** It showed another value than the body does now, and nothing lists the change. */
	unlisted: string[];
}

/** Holds the changes that a `contact_updated` lists against an earlier state of the contact. */
export function contactAgreement(
	changes: readonly AttributeChange[],
	now: RecordText,
	before: RecordText,
): ContactAgreement {
	const agreement: ContactAgreement = { fitting: [], early: [], contradicting: [], unlisted: [] };
	for (const attribute of trusted) {
		const known = memberText(before, attribute);
		if (known === null) continue;
		const change = changes.find((one) => one.attribute === attribute);
		const current = memberText(now, attribute);
		if (!change) {
			if (current !== null && current !== known) agreement.unlisted.push(attribute);
		} else if (textAt(now.document, change.previous) === known) agreement.fitting.push(attribute);
		else if (textAt(now.document, change.current) === known) agreement.early.push(attribute);
		else agreement.contradicting.push(attribute);
	}
	return agreement;
}

function memberText({ document, record }: RecordText, name: string): string | null {
	return textAt(document, member(document, record.node, name));
}

/** Null where there is no value. */
function textAt(document: JsonDocument, node: number): string | null {
	return node === -1 ? null : canonicalText(document, node);
}
