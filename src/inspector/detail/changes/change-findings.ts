import type { ChangedAttributes, ChangesLeftover } from '../../../chatwoot/changed-attributes';
import type { Finding } from '../../../chatwoot/check/report';
import { placesOf } from '../../findings/finding-groups';

/** What the contracts and the list's own form say, each at the row that it is about. */
export interface RowNotes {
	/** Of the list as a whole. */
	top: Finding[];
	/** By the pointer of the change, or of a leftover that stands alone. */
	findings: ReadonlyMap<string, readonly Finding[]>;
	/** Members of a pair beside its two values, by the pointer of the change. */
	extras: ReadonlyMap<string, readonly ChangesLeftover[]>;
	/** Leftovers that belong to no change. */
	alone: ChangesLeftover[];
}

const root = '/changed_attributes';

/** Puts findings that need attention, and what is left over of the list, at their rows. */
export function notesByRow({ changes, leftovers }: ChangedAttributes, all: readonly Finding[]): RowNotes {
	const rows = new Map<string, string>();
	for (const { pointer } of changes) {
		rows.set(pointer, pointer);
		// An item with several attributes is spoken of at the first of them.
		const item = parentOf(pointer);
		if (item !== root && !rows.has(item)) rows.set(item, pointer);
	}
	const extras = new Map<string, ChangesLeftover[]>();
	const alone: ChangesLeftover[] = [];
	for (const leftover of leftovers) {
		const owner = rows.get(leftover.pointer) ?? rows.get(parentOf(leftover.pointer));
		if (owner === undefined || leftover.pointer === root) alone.push(leftover);
		else addTo(extras, owner, leftover);
	}
	for (const { pointer } of alone) if (pointer !== root) rows.set(pointer, pointer);

	const top: Finding[] = [];
	const findings = new Map<string, Finding[]>();
	for (const finding of all) {
		if (finding.severity === 'info') continue;
		for (const place of new Set(placesOf(finding).map((pointer) => rowOf(rows, pointer)))) {
			if (place === root) top.push(finding);
			else if (place !== null) addTo(findings, place, finding);
		}
	}
	return { top, findings, extras, alone };
}

/** The row that a place belongs to; the root for the list itself, null for what is not in the list. */
function rowOf(rows: ReadonlyMap<string, string>, place: string): string | null {
	if (place !== root && !place.startsWith(`${root}/`)) return null;
	for (let pointer = place; pointer.length > root.length; pointer = parentOf(pointer)) {
		const row = rows.get(pointer);
		if (row !== undefined) return row;
	}
	return root;
}

function parentOf(pointer: string): string {
	return pointer.slice(0, pointer.lastIndexOf('/'));
}

function addTo<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
