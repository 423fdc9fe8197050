import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InlineLayout } from './inline-layout';
import type { ComparedRow, ComparedSide } from './open-comparison';

const side = (number: number): ComparedSide => ({ number, level: 0, text: '', pointer: '' });

type Kind = Exclude<ComparedRow['kind'], 'fold'>;

function row(kind: Kind | 'fold', change: number | null = null): ComparedRow {
	if (kind === 'fold') return { kind, lines: 12, ignored: 0, pointer: '' };
	return { kind, left: kind === 'added' ? null : side(1), right: kind === 'removed' ? null : side(1), change };
}

function linesOf(rows: ComparedRow[], pieces = [rows.length]): string[] {
	const layout = new InlineLayout();
	let from = 0;
	for (const [index, size] of pieces.entries()) {
		layout.add(rows.slice(from, from + size), index === pieces.length - 1);
		from += size;
	}
	return Array.from({ length: layout.count }, (_, line) => {
		const { row, side } = layout.lineAt(line);
		return `${row} ${side}`;
	});
}

test('a changed line is two: what was removed above what was added', () => {
	expect(linesOf([row('equal'), row('changed', 0), row('equal')])).toEqual(['0 both', '1 left', '1 right', '2 both']);
});

test('of one change all removed lines stand above all added ones; the next change begins anew', () => {
	expect(linesOf([row('changed', 0), row('changed', 0), row('added', 0), row('changed', 1)])).toEqual([
		'0 left',
		'1 left',
		'0 right',
		'1 right',
		'2 right',
		'3 left',
		'3 right',
	]);
});

test('folded, moved and equal rows are one line each; each ignored difference is two', () => {
	expect(linesOf([row('fold'), row('moved', 0), row('ignored'), row('ignored')])).toEqual([
		'0 both',
		'1 both',
		'2 left',
		'2 right',
		'3 left',
		'3 right',
	]);
});

const anyRow = fc
	.tuple(
		fc.constantFrom<Kind | 'fold'>('fold', 'equal', 'changed', 'added', 'removed', 'moved', 'ignored'),
		fc.integer({ min: 0, max: 2 }),
	)
	.map(([kind, change]) => row(kind, kind === 'equal' || kind === 'ignored' ? null : change));

test('however the rows arrive, the lines are the same, and every row is found again', () => {
	fc.assert(
		fc.property(fc.array(anyRow, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 30 }), (rows, cut) => {
			const first = Math.min(cut, rows.length);
			expect(linesOf(rows, [first, rows.length - first])).toEqual(linesOf(rows));
			const layout = new InlineLayout();
			layout.add(rows, true);
			for (let index = 0; index < rows.length; index++) expect(layout.lineAt(layout.lineOf(index)!).row).toBe(index);
			const texts = rows.reduce((sum, one) => {
				const isOne = one.kind === 'fold' || one.kind === 'equal' || one.kind === 'moved';
				return sum + (isOne ? 1 : one.kind === 'added' || one.kind === 'removed' ? 1 : 2);
			}, 0);
			expect(layout.count).toBe(texts);
		}),
	);
});
