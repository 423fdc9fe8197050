import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Header } from '../../deliveries/delivery';
import { compareHeaders } from './header-comparison';

const brief = (left: Header[], right: Header[]) =>
	compareHeaders(left, right).map(({ kind, name, left: one, right: other }) => [kind, name, one, other]);

test('headers are compared by name, whatever its case, and another spelling is told', () => {
	const rows = compareHeaders([['Content-Type', 'a']], [['content-type', 'a']]);
	expect(rows).toMatchObject([{ kind: 'equal', name: 'Content-Type', otherName: 'content-type' }]);
});

test('of a header that comes twice the first is compared with the first, the second with the second', () => {
	const left: Header[] = [
		['Via', 'one'],
		['Via', 'two'],
	];
	const right: Header[] = [
		['via', 'one'],
		['Via', '2'],
		['Via', 'three'],
	];
	expect(brief(left, right)).toEqual([
		['equal', 'Via', 'one', 'one'],
		['changed', 'Via', 'two', '2'],
		['added', 'Via', null, 'three'],
	]);
});

test('what only one side has stands where it stands there', () => {
	const left: Header[] = [
		['Host', 'x'],
		['Accept', '*/*'],
		['Content-Length', '4'],
	];
	const right: Header[] = [
		['X-First', '1'],
		['Host', 'x'],
		['X-Chatwoot-Delivery', 'd'],
		['Content-Length', '4'],
	];
	expect(brief(left, right).map(([kind, name]) => `${kind} ${name}`)).toEqual([
		'added X-First',
		'equal Host',
		'added X-Chatwoot-Delivery',
		'removed Accept',
		'equal Content-Length',
	]);
});

test('one header in another place is one that moved', () => {
	const left = ['a', 'b', 'c', 'd', 'e'].map((name): Header => [name, '']);
	const right = ['b', 'c', 'd', 'e', 'a'].map((name): Header => [name, '']);
	expect(compareHeaders(left, right).filter(({ isMoved }) => isMoved)).toMatchObject([
		{ name: 'a', leftPlace: 1, rightPlace: 5 },
	]);
});

const headers = fc.array(fc.tuple(fc.constantFrom('A', 'a', 'b', 'C'), fc.constantFrom('1', '2')), { maxLength: 12 });

test('nothing is lost, invented or moved without reason', () => {
	fc.assert(
		fc.property(headers, headers, (left, right) => {
			const rows = compareHeaders(left, right);
			const places = (side: 'leftPlace' | 'rightPlace') =>
				rows.flatMap((row) => row[side] ?? []).sort((one, other) => one - other);
			expect(places('leftPlace')).toEqual(left.map((_, index) => index + 1));
			expect(places('rightPlace')).toEqual(right.map((_, index) => index + 1));
			for (const row of rows) {
				if (row.leftPlace !== null) expect(row.left).toBe(left[row.leftPlace - 1]![1]);
				if (row.rightPlace !== null) expect(row.right).toBe(right[row.rightPlace - 1]![1]);
			}
			const kept = rows.filter(({ rightPlace, leftPlace, isMoved }) => rightPlace && leftPlace && !isMoved);
			expect(kept.map(({ rightPlace }) => rightPlace)).toEqual(
				kept.map(({ rightPlace }) => rightPlace).sort((one, other) => one! - other!),
			);
		}),
	);
	fc.assert(
		fc.property(headers, (same) => {
			expect(compareHeaders(same, same).every(({ kind, isMoved }) => kind === 'equal' && !isMoved)).toBe(true);
		}),
	);
});
