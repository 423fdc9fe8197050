import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPair, jsonText, scanText } from '../../test/json-texts';
import { canonicalText } from './document';
import { findDifferences } from './difference';

/** Differences as `kind left → right`. */
function told(left: string, right: string): string[] {
	return findDifferences(scanText(left), scanText(right)).map(
		({ kind, left, right }) => `${kind} ${left?.pointer ?? ''} → ${right?.pointer ?? ''}`,
	);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('a document does not differ from itself, however it is written', () => {
	fc.assert(
		fc.property(jsonText, (text) => {
			expect(told(text, text)).toEqual([]);
		}),
	);
	expect(told('{"a":"\\u00e9","b":[1, 2]}', ' {"b":[1,2],\n"a":"é"}')).toEqual([]);
});

test('documents without a difference are equal, and equal ones without repeated names have none', () => {
	fc.assert(
		fc.property(jsonPair, ([left, right]) => {
			const [one, other] = [scanText(left), scanText(right)];
			const isEqual = canonicalText(one, 0) === canonicalText(other, 0);
			const differences = findDifferences(one, other);
			if (differences.length === 0) expect(isEqual).toBe(true);
			else if (one.duplicates.length + other.duplicates.length === 0) expect(isEqual).toBe(false);
		}),
		{ numRuns: 1000 },
	);
});

test('leaves and whole subtrees are told with the pointers of their own sides', () => {
	expect(
		told(
			'{"id":1,"meta":{"assignee":null,"team":{"id":1}},"labels":["a"]}',
			'{"meta":{"assignee":{"id":5},"team":{"id":2}},"labels":["a","b"],"x/y":{}}',
		),
	).toEqual([
		'removed /id → ',
		'changed /meta/assignee → /meta/assignee',
		'changed /meta/team/id → /meta/team/id',
		'added  → /labels/1',
		'added  → /x~1y',
	]);
	expect(told('{}', '[]')).toEqual(['changed  → ']);
});

test('numbers differ when their text does', () => {
	expect(told('[1]', '[1.0]')).toEqual(['changed /0 → /0']);
	expect(told('[100]', '[1e2]')).toEqual(['changed /0 → /0']);
	expect(told('[12345678901234567890123]', '[12345678901234567890124]')).toEqual(['changed /0 → /0']);
});

test('items are matched by their id, wherever they stand, and what changed in them is told too', () => {
	expect(told('[{"id":1,"x":1},{"id":2},{"id":3}]', '[{"id":2},{"id":3},{"id":1,"x":2}]')).toEqual([
		'moved /0 → /2',
		'changed /0/x → /2/x',
	]);
	// The number 1 and the text 1 are two ids; one that stands twice is none.
	expect(told('[{"id":1}]', '[{"id":"1"}]')).toEqual(['removed /0 → ', 'added  → /0']);
	expect(told('[{"id":1,"x":1},{"id":1,"x":2}]', '[{"id":1,"x":1},{"id":1,"x":3}]')).toEqual(['changed /1/x → /1/x']);
});

test('one insertion at the front of a thousand items is one difference', () => {
	const records = upTo(1000).map((id) => ({ id, x: 'same' }));
	const plain = upTo(1000).map((n) => ({ n }));
	expect(told(JSON.stringify(records), JSON.stringify([{ id: -1 }, ...records]))).toEqual(['added  → /0']);
	expect(told(JSON.stringify(plain), JSON.stringify([{ n: -1 }, ...plain]))).toEqual(['added  → /0']);
	expect(told(JSON.stringify(upTo(1000)), JSON.stringify([-1, ...upTo(1000)]))).toEqual(['added  → /0']);
});

test('two thousand items in another order are moved, none of them lost', () => {
	const shuffled = upTo(2000).map((index) => ({ id: (index * 7919) % 2000 }));
	const differences = told(JSON.stringify(shuffled), JSON.stringify(upTo(2000).map((id) => ({ id }))));
	expect(differences.every((text) => text.startsWith('moved'))).toBe(true);
	expect(differences.length).toBeGreaterThan(1900);
	expect(told(JSON.stringify(upTo(2000)), JSON.stringify([...upTo(2000).slice(1), 0]))).toEqual(['moved /0 → /1999']);
});

test('entries of one name each are matched by that name, not by their place', () => {
	expect(told('[{"status":1},{"updated_at":1}]', '[{"updated_at":2}]')).toEqual([
		'removed /0 → ',
		'changed /1/updated_at → /0/updated_at',
	]);
});

test('of a name that stands twice the last values are compared, and the one before is not lost', () => {
	expect(told('{"a":1,"a":2}', '{"a":2}')).toEqual(['removed /a → ']);
	expect(told('{"a":1,"a":2}', '{"a":1,"\\u0061":3}')).toEqual(['changed /a → /a']);
});

test('names that other programs trip over are names like any other', () => {
	expect(told('{"__proto__":{"a":1},"":1}', '{"__proto__":{"a":2},"":2}')).toEqual([
		'changed /__proto__/a → /__proto__/a',
		'changed / → /',
	]);
});

test('ten thousand levels and a hundred thousand items overflow nothing', () => {
	const deep = (inner: string) => '['.repeat(10_000) + inner + ']'.repeat(10_000);
	expect(told(deep('1'), deep('2'))).toEqual([`changed ${'/0'.repeat(10_000)} → ${'/0'.repeat(10_000)}`]);
	const numbers = upTo(100_000);
	expect(told(JSON.stringify(numbers), JSON.stringify([...numbers].reverse()))).toHaveLength(99_999);
});
