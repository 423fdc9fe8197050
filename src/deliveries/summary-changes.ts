import { readChangedAttributes } from '../chatwoot/changed-attributes';
import { canonicalText, member } from '../json/document';
import type { JsonDocument } from '../json/scan';
import type { SummaryChange } from './api';
import { oneLine } from './one-line';
import { lineAt } from './payload-parts';
import { shownBeside } from './shown-value';
import { textHash } from './text-hash';

/** A body can claim any number of changes; a row has no use for more. */
export const mostChanges = 64;

/** A longer value is a hash in the summary. */
const longestValue = 64;

/**
 * Reads `changed_attributes` for a row, in the order sent. Null, `[]` and anything that is no container give none; other
 * forms are taken as far as they go: the row shows what was sent, the findings judge it.
 */
export function readSummaryChanges(document: JsonDocument): SummaryChange[] {
	return readChangedAttributes(document, mostChanges).changes.map(({ attribute, previous, current }) => ({
		attribute: oneLine(attribute, longestValue),
		previous: valueForRow(document, previous),
		current: valueForRow(document, current),
		...shownInstead(document, attribute, current),
	}));
}

/** What the body shows where that is another value: it is read later than the diff is made (ground truth 1.7). */
function shownInstead(document: JsonDocument, attribute: string, current: number): { shown?: string } {
	if (lineAt(document, member(document, 0, 'event'), 40) !== 'conversation_updated') return {};
	const both = shownBeside(document, attribute, current);
	return both === null || both.shown === both.current ? {} : { shown: shortened(both.shown) };
}

function valueForRow(document: JsonDocument, node: number): string | null {
	return node === -1 ? null : shortened(canonicalText(document, node));
}

function shortened(text: string): string {
	return text.length <= longestValue ? text : `#${textHash(text)}`;
}
