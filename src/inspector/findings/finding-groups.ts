import type { Finding, FindingCode, Severity } from '../../chatwoot/check/report';

/** Findings of one severity. */
export interface FindingGroup {
	severity: Severity;
	/** By object, objects in the order of their first finding. */
	objects: ObjectFindings[];
	/** How many findings the group has. */
	count: number;
}

/** Findings inside one object of the payload. */
export interface ObjectFindings {
	/** JSON pointer of the object; empty for the payload itself. */
	pointer: string;
	findings: Finding[];
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];
const tabular = new Set<FindingCode>(['only-in-guide', 'differs-from-guide', 'undocumented']);

/** Findings by severity, the worst first, and inside by the object that they are in. Groups without any are left out. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
	return severities
		.map((severity): FindingGroup => {
			const own = findings.filter((finding) => finding.severity === severity);
			return { severity, objects: byObject(own), count: own.length };
		})
		.filter(({ count }) => count > 0);
}

function byObject(findings: readonly Finding[]): ObjectFindings[] {
	const objects = new Map<string, ObjectFindings>();
	for (const finding of findings) {
		const pointer = objectOf(finding.pointer);
		const object = objects.get(pointer) ?? { pointer, findings: [] };
		object.findings.push(finding);
		objects.set(pointer, object);
	}
	return [...objects.values()];
}

/** The pointer of the object that holds a member; the root holds itself. */
export function objectOf(pointer: string): string {
	return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

/** Whether a finding says no more than that guide and wire differ at a member: a row of a table is enough for it. */
export function isTabular({ severity, code, count = 1 }: Finding): boolean {
	return severity === 'info' && tabular.has(code) && count === 1;
}

/** The same objects with such findings only; objects without any are left out. */
export function tabularOnly(objects: readonly ObjectFindings[]): ObjectFindings[] {
	return objects
		.map(({ pointer, findings }) => ({ pointer, findings: findings.filter(isTabular) }))
		.filter(({ findings }) => findings.length > 0);
}

/**
 * Where a finding is shown: its own pointer, or the members that it names, since members that no contract knows are
 * reported once for their object.
 */
export function placesOf({ code, pointer, found }: Finding): string[] {
	if (code !== 'unknown-member') return [pointer];
	const names = Array.from(found.matchAll(/"([^"]+)"/g), ([, name]) => name!);
	const places = names.map((name) => `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
	return places.length === 0 ? [pointer] : places;
}

/** The first so many findings of a group, still by object. */
export function firstFindings(group: FindingGroup, limit: number): ObjectFindings[] {
	const shown: ObjectFindings[] = [];
	let left = limit;
	for (const { pointer, findings } of group.objects) {
		if (left <= 0) break;
		shown.push({ pointer, findings: findings.slice(0, left) });
		left -= findings.length;
	}
	return shown;
}

/** Where a finding stands, `line:column`; a dash when there is no text. */
export function placeOf({ line, column }: Finding): string {
	return line === null || column === null ? '–' : `${line}:${column}`;
}
