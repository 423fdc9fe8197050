import { expect, test } from 'vitest';
import type { Finding, Severity } from '../../chatwoot/check/report';
import { firstFindings, groupFindings, isTabular, placeOf, placesOf, tabularOnly } from './finding-groups';

function finding(pointer: string, severity: Severity, facts: Partial<Finding> = {}): Finding {
	const words = { message: '', expected: '', found: '', guide: null, wire: null, releases: null };
	return { pointer, severity, code: 'undocumented', line: 1, column: 2, ...words, ...facts };
}

test('findings stand by severity, the worst first, and by the object that they are in', () => {
	const groups = groupFindings([
		finding('/conversation/labels', 'info'),
		finding('/id', 'error'),
		finding('/conversation/meta/sender', 'info'),
		finding('/conversation/channel', 'info'),
		finding('', 'error'),
	]);
	expect(groups.map(({ severity, count }) => [severity, count])).toEqual([
		['error', 2],
		['info', 3],
	]);
	const pointers = groups.map(({ objects }) => objects.map((object) => [object.pointer, object.findings.length]));
	expect(pointers).toEqual([
		[['', 2]],
		[
			['/conversation', 2],
			['/conversation/meta', 1],
		],
	]);
});

test('of many only the first are shown, whole objects and a part of one', () => {
	const many = Array.from({ length: 10 }, (_, index) => finding(`/items/${index % 2}/a${index}`, 'warning'));
	const [group] = groupFindings(many);
	expect(firstFindings(group!, 7).map(({ findings }) => findings.length)).toEqual([5, 2]);
	expect(firstFindings(group!, 5).map(({ findings }) => findings.length)).toEqual([5]);
	expect(firstFindings(group!, 99).map(({ findings }) => findings.length)).toEqual([5, 5]);
});

test('a row of a table is enough for a member where guide and wire differ, and for nothing else', () => {
	expect(isTabular(finding('/labels', 'info'))).toBe(true);
	expect(isTabular(finding('/labels', 'info', { count: 4 }))).toBe(false);
	expect(isTabular(finding('', 'info', { code: 'guide-sample' }))).toBe(false);
	const [group] = groupFindings([finding('/a', 'info'), finding('/b/c', 'info', { code: 'guide-sample' })]);
	expect(tabularOnly(group!.objects).map(({ pointer }) => pointer)).toEqual(['']);
});

test('members that no contract knows are found by their names', () => {
	const unknown = finding('/conversation', 'warning', { code: 'unknown-member', found: '"asignee_id" and "a/b"' });
	expect(placesOf(unknown)).toEqual(['/conversation/asignee_id', '/conversation/a~1b']);
	expect(placesOf(finding('/id', 'error'))).toEqual(['/id']);
});

test('a finding without a text has no place', () => {
	expect(placeOf(finding('/id', 'error'))).toBe('1:2');
	expect(placeOf(finding('/id', 'error', { line: null, column: null }))).toBe('–');
});
