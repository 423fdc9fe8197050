import { canonicalText, children, keyText } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';

/** How two objects differ. A member whose value is an object on both sides is looked into, anything else is one value. */
export interface MemberCounts {
	added: number;
	removed: number;
	changed: number;
}

/** Counts by name, at any depth; of a repeated name the last one counts. Both nodes must be objects. */
export function countMembers(document: JsonDocument, previous: number, current: number): MemberCounts {
	const counts: MemberCounts = { added: 0, removed: 0, changed: 0 };
	const pending: [number, number][] = [[previous, current]];
	for (let pair = pending.pop(); pair; pair = pending.pop()) {
		const before = membersOf(document, pair[0]);
		const now = membersOf(document, pair[1]);
		for (const [name, node] of now) {
			const other = before.get(name);
			if (other === undefined) counts.added++;
			else if (isObject(document, other) && isObject(document, node)) pending.push([other, node]);
			else if (canonicalText(document, other) !== canonicalText(document, node)) counts.changed++;
		}
		for (const name of before.keys()) if (!now.has(name)) counts.removed++;
	}
	return counts;
}

/** `1 member added, 2 changed`; null when nothing differs. */
export function memberCountsText({ added, removed, changed }: MemberCounts): string | null {
	const parts = [
		{ count: added, word: 'added' },
		{ count: removed, word: 'removed' },
		{ count: changed, word: 'changed' },
	].filter(({ count }) => count > 0);
	const [first, ...rest] = parts;
	if (!first) return null;
	const lead = `${first.count} member${first.count === 1 ? '' : 's'} ${first.word}`;
	return [lead, ...rest.map(({ count, word }) => `${count} ${word}`)].join(', ');
}

function membersOf(document: JsonDocument, node: number): Map<string, number> {
	const members = new Map<string, number>();
	for (const child of children(document, node)) members.set(keyText(document, child)!, child);
	return members;
}

function isObject(document: JsonDocument, node: number): boolean {
	return document.kind[node] === JsonKind.object;
}
