import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, samples } from '../../test/deliveries';
import { find, valueText } from '../json/document';
import { resolvePointer } from '../json/pointer';
import { scanJson, type JsonDocument } from '../json/scan';
import { placesOf } from '../inspector/findings/finding-groups';
import { readChangedAttributes } from './changed-attributes';
import { check } from './check/check';

const updated = new TextDecoder().decode(
	samples().find(({ name }) => name === 'conversation_updated--status-resolved')!.body,
);
const listed = JSON.stringify((JSON.parse(updated) as { changed_attributes: unknown }).changed_attributes);

/** A genuine body with another `changed_attributes`; null takes the member out. */
function bodyWith(changes: string | null): string {
	return changes === null
		? updated.replace(`,"changed_attributes":${listed}`, '')
		: updated.replace(listed, () => changes);
}

function scan(text: string): JsonDocument {
	const result = scanJson(bytes(text));
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

/** What is read, as texts. */
function read(changes: string | null) {
	const document = scan(bodyWith(changes));
	const { form, changes: found, leftovers } = readChangedAttributes(document);
	const textOf = (node: number) => (node === -1 ? 'absent' : valueText(document, node));
	return {
		form,
		changes: found.map(({ attribute, previous, current }) => `${attribute}: ${textOf(previous)} → ${textOf(current)}`),
		leftovers: leftovers.map(({ pointer, node }) => `${pointer}: ${textOf(node)}`),
	};
}

const pair = (previous: string, current: string) => `{"previous_value":${previous},"current_value":${current}}`;
const open = pair('"open"', '"resolved"');

test('the list of releases is read in the order sent, whichever value comes first', () => {
	expect(read(`[{"status":${open}},{"team_id":{"current_value":4,"previous_value":null}}]`)).toEqual({
		form: 'list',
		changes: ['status: "open" → "resolved"', 'team_id: null → 4'],
		leftovers: [],
	});
});

test('null, an empty list and nothing at all are told apart', () => {
	expect(read('null').form).toBe('null');
	expect(read('[]').form).toBe('empty');
	expect(read(null).form).toBe('absent');
	expect(readChangedAttributes(scan('[1]')).form).toBe('absent');
});

test('an exact value stays exact, and an attribute of any name has its pointer', () => {
	const document = scan(bodyWith(`[{"a/b~":${pair('12345678901234567890123', '1.0')}}]`));
	const [change] = readChangedAttributes(document).changes;
	expect(change).toMatchObject({ attribute: 'a/b~', pointer: '/changed_attributes/0/a~1b~0' });
	expect(resolvePointer(document, `${change!.pointer}/previous_value`)).toBe(change!.previous);
	expect(valueText(document, change!.previous)).toBe('12345678901234567890123');
	expect(valueText(document, change!.current)).toBe('1.0');
});

/** What a relay may make of the list, where it stands, and what is read of it. */
const oddities: [what: string, changes: string, pointer: string, read: ReturnType<typeof read>][] = [
	['an empty list', '[]', '', { form: 'empty', changes: [], leftovers: [] }],
	[
		'a map',
		`{"status":${open},"team_id":${pair('null', '4')}}`,
		'',
		{ form: 'map', changes: ['status: "open" → "resolved"', 'team_id: null → 4'], leftovers: [] },
	],
	['an empty map', '{}', '', { form: 'map', changes: [], leftovers: ['/changed_attributes: {}'] }],
	['a text', '"status"', '', { form: 'other', changes: [], leftovers: ['/changed_attributes: "status"'] }],
	['a number', '7', '', { form: 'other', changes: [], leftovers: ['/changed_attributes: 7'] }],
	[
		'an item with two attributes',
		`[{"status":${open},"team_id":${pair('null', '4')}}]`,
		'/0',
		{ form: 'list', changes: ['status: "open" → "resolved"', 'team_id: null → 4'], leftovers: [] },
	],
	['an item without any', '[{}]', '/0', { form: 'list', changes: [], leftovers: ['/changed_attributes/0: {}'] }],
	[
		'an item that is no object',
		`["status",{"status":${open}}]`,
		'/0',
		{ form: 'list', changes: ['status: "open" → "resolved"'], leftovers: ['/changed_attributes/0: "status"'] },
	],
	[
		'an attribute whose value is no pair',
		'[{"status":"resolved"}]',
		'/0/status',
		{
			form: 'list',
			changes: ['status: absent → absent'],
			leftovers: ['/changed_attributes/0/status: "resolved"'],
		},
	],
	[
		'a pair without the previous value',
		'[{"status":{"current_value":"resolved"}}]',
		'/0/status/previous_value',
		{ form: 'list', changes: ['status: absent → "resolved"'], leftovers: [] },
	],
	[
		'a pair without the current value',
		'[{"status":{"previous_value":"open"}}]',
		'/0/status/current_value',
		{ form: 'list', changes: ['status: "open" → absent'], leftovers: [] },
	],
	[
		'a pair with more members',
		'[{"status":{"previous_value":"open","current_value":"resolved","by":31}}]',
		'/0/status/by',
		{ form: 'list', changes: ['status: "open" → "resolved"'], leftovers: ['/changed_attributes/0/status/by: 31'] },
	],
	[
		'a pair with one value twice',
		'[{"status":{"previous_value":"open","previous_value":"pending","current_value":"resolved"}}]',
		'/0/status/previous_value',
		{
			form: 'list',
			changes: ['status: "pending" → "resolved"'],
			leftovers: ['/changed_attributes/0/status/previous_value: "open"'],
		},
	],
	[
		'an attribute that is listed twice',
		`[{"status":${open}},{"status":${pair('"resolved"', '"resolved"')}}]`,
		'/1',
		{ form: 'list', changes: ['status: "open" → "resolved"', 'status: "resolved" → "resolved"'], leftovers: [] },
	],
	[
		'a whole list that stands twice',
		`[],"changed_attributes":[{"status":${open}}]`,
		'',
		{ form: 'list', changes: ['status: "open" → "resolved"'], leftovers: ['/changed_attributes: []'] },
	],
];

for (const [what, changes, pointer, expected] of oddities) {
	test(`${what} is read as far as it goes, and check has a finding there`, () => {
		expect(read(changes)).toEqual(expected);
		const at = `/changed_attributes${pointer}`;
		const places = check(bytes(bodyWith(changes)))
			.findings.filter(({ severity }) => severity !== 'info')
			.flatMap(placesOf);
		expect(places.filter((place) => place === at || place.startsWith(`${at}/`))).not.toEqual([]);
	});
}

test('whatever stands there, each value is in a change or a leftover, and nothing is thrown', () => {
	fc.assert(
		fc.property(fc.json(), (changes) => {
			const document = scan(`{"changed_attributes":${changes}}`);
			const { changes: found, leftovers, form } = readChangedAttributes(document);
			const taken = new Set<number>();
			for (const { pointer, previous, current } of found) {
				taken.add(previous).add(current);
				const pair = resolvePointer(document, pointer);
				if (document.childCount[pair] === 0) taken.add(pair);
			}
			for (const { node } of leftovers) taken.add(node);
			const list = find(document, 'changed_attributes');
			for (let node = list; node < document.nodeCount; node++) {
				if (document.childCount[node]! > 0 && document.kind[node]! <= 1) continue;
				let at = node;
				while (at > list && !taken.has(at)) at = document.parent[at]!;
				expect(taken.has(at) || form === 'null' || form === 'empty').toBe(true);
			}
		}),
	);
});

test('a body that claims a million changes costs a list of ten thousand, and the rest is counted', () => {
	const many = readChangedAttributes(scan(`{"changed_attributes":[${'{"a":1},'.repeat(30_000)}7]}`));
	expect(many.changes).toHaveLength(10_000);
	expect(many.leftovers).toHaveLength(10_000);
	expect(many.more).toBe(20_000 + 1);
	expect(readChangedAttributes(scan('{"changed_attributes":[{"a":1},{"b":1}]}'), 1)).toMatchObject({
		changes: [{ attribute: 'a' }],
		more: 1,
	});
});
