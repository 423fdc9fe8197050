import { canonicalText, children, keyText, member } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import type { SummaryChange } from './api';
import { oneLine } from './one-line';
import { isObject } from './payload-parts';
import { textHash } from './text-hash';

/** A body can claim any number of changes; a row has no use for more. */
const mostChanges = 64;

/** A longer value is a hash in the summary. */
const longestValue = 64;

/**
 * Reads `changed_attributes` for a row: `[{ status: { previous_value, current_value } }, …]`, in the order sent.
 * Null, `[]` and anything that is no container give none. An entry with several attributes, a map instead of an array
 * and an attribute without values are taken as far as they go: the row shows what was sent, the findings judge it.
 */
export function readSummaryChanges(document: JsonDocument): SummaryChange[] {
	const changes: SummaryChange[] = [];
	const root = member(document, 0, 'changed_attributes');
	if (isObject(document, root)) collect(document, root, changes);
	if (document.kind[root] !== JsonKind.array) return changes;
	for (const entry of children(document, root)) {
		if (changes.length >= mostChanges) break;
		if (isObject(document, entry)) collect(document, entry, changes);
	}
	return changes;
}

function collect(document: JsonDocument, entry: number, changes: SummaryChange[]): void {
	for (const attribute of children(document, entry)) {
		if (changes.length >= mostChanges) return;
		changes.push({
			attribute: oneLine(keyText(document, attribute) ?? '', longestValue),
			previous: valueForRow(document, member(document, attribute, 'previous_value')),
			current: valueForRow(document, member(document, attribute, 'current_value')),
		});
	}
}

function valueForRow(document: JsonDocument, node: number): string | null {
	if (node === -1) return null;
	const text = canonicalText(document, node);
	return text.length <= longestValue ? text : `#${textHash(text)}`;
}
