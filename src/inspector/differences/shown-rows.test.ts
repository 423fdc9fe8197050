import { expect, test } from 'vitest';
import type { ComparedRow, ComparedSide, ComparisonSummary } from './open-comparison';
import { ShownRows } from './shown-rows.svelte';

const side = (number: number): ComparedSide => ({ number, level: 0, text: `${number}`, pointer: `/${number}` });

/** `count` lines, of which each hundredth differs; a fold of 50 lines stands at the beginning. */
class FakeComparison {
	readonly asked: [first: number, end: number][] = [];
	isFolded = true;
	isClosed = false;
	failure: string | null = null;
	readonly ready: Promise<ComparisonSummary>;
	readonly #count: number;

	constructor(count: number) {
		this.#count = count;
		this.ready = Promise.resolve(this.#summary());
	}

	async rows(first: number, end: number): Promise<ComparedRow[]> {
		this.asked.push([first, end]);
		if (this.failure !== null) throw new Error(this.failure);
		await Promise.resolve();
		return Array.from({ length: end - first }, (_, index) => this.#row(first + index));
	}

	unfold(): Promise<ComparisonSummary> {
		this.isFolded = false;
		return Promise.resolve(this.#summary());
	}

	unfoldAll(): Promise<ComparisonSummary> {
		return this.unfold();
	}

	foldAll(): Promise<ComparisonSummary> {
		this.isFolded = true;
		return Promise.resolve(this.#summary());
	}

	changeNear(row: number, by: 1 | -1): Promise<number | null> {
		for (let at = Math.min(row + by, this.#rowCount - 1); at >= 0 && at < this.#rowCount; at += by) {
			const found = this.#row(at);
			if (found.kind === 'changed') return Promise.resolve(at);
		}
		return Promise.resolve(null);
	}

	patch(): Promise<string> {
		return Promise.resolve('[]');
	}

	words(): Promise<string> {
		return Promise.resolve('');
	}

	close(): void {
		this.isClosed = true;
	}

	get #rowCount(): number {
		return this.isFolded ? this.#count - 49 : this.#count;
	}

	#row(row: number): ComparedRow {
		if (this.isFolded && row === 0) return { kind: 'fold', lines: 50, ignored: 0, pointer: '' };
		const line = this.isFolded ? row + 50 : row + 1;
		const isChanged = line % 100 === 0;
		const change = isChanged ? line / 100 - 1 : null;
		return {
			kind: isChanged ? 'changed' : 'equal',
			left: side(line),
			right: side(line),
			change,
		};
	}

	#summary(): ComparisonSummary {
		const changes = Math.floor(this.#count / 100);
		return {
			method: 'paths',
			reason: null,
			rows: this.#rowCount,
			changes,
			added: 0,
			removed: 0,
			changed: changes,
			moved: 0,
			ignored: 0,
			ignoredBy: [],
			isEqual: changes === 0,
		};
	}
}

async function shownOf(count: number, layout: 'side-by-side' | 'inline' = 'side-by-side') {
	const comparison = new FakeComparison(count);
	const shown = new ShownRows(comparison);
	await shown.begin(layout);
	return { comparison, shown };
}

/** Lets everything that was asked for arrive. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
const lineAt = (shown: ShownRows, index: number) => {
	const row = shown.row(index);
	return row === null || row.kind === 'fold' ? (row?.kind ?? null) : row.left?.number;
};

test('of a long comparison only the rows on screen are fetched, each once', async () => {
	const { comparison, shown } = await shownOf(100_000);
	expect(comparison.asked).toEqual([[0, 200]]);
	shown.show('side-by-side', 50_000, 50_040);
	shown.show('side-by-side', 50_000, 50_041);
	expect(shown.row(50_000)).toBeNull();
	await settled();
	expect(comparison.asked).toEqual([
		[0, 200],
		[50_000, 50_200],
	]);
	expect(lineAt(shown, 50_000)).toBe(50_050);
});

test('stepping goes from change to change, and says when there is none further on', async () => {
	const { shown } = await shownOf(250);
	expect(await shown.step(1, 'side-by-side', 0)).toBe(50);
	expect(shown.currentChange).toBe(0);
	expect(await shown.step(1, 'side-by-side', 0)).toBe(150);
	expect(shown.currentChange).toBe(1);
	expect(await shown.step(1, 'side-by-side', 0)).toBeNull();
	expect(await shown.step(-1, 'side-by-side', 0)).toBe(50);
	expect(shown.currentChange).toBe(0);
});

test('unfolding shows the lines in place, and the current change stays the current one', async () => {
	const { shown } = await shownOf(250);
	shown.show('side-by-side', 0, 40);
	await shown.step(1, 'side-by-side', 0);
	await shown.unfold(0);
	expect(shown.count('side-by-side')).toBe(250);
	expect([lineAt(shown, 0), lineAt(shown, 49)]).toEqual([1, 50]);
	expect(shown.currentChange).toBe(0);
	expect(await shown.step(1, 'side-by-side', 0)).toBe(199);
	await shown.foldAll(true);
	expect(lineAt(shown, 0)).toBe('fold');
	expect(await shown.step(1, 'side-by-side', 0)).toBe(50);
});

test('inline a changed line is two, wherever it is, and stepping finds its first', async () => {
	const { shown } = await shownOf(5_000, 'inline');
	expect(shown.count('inline')).toBe(5_000 - 49 + 50);
	expect(await shown.step(1, 'inline', 0)).toBe(50);
	expect([shown.inlineLine(50), shown.inlineLine(51)]).toEqual([
		{ row: 50, side: 'left' },
		{ row: 50, side: 'right' },
	]);
	expect(await shown.step(1, 'inline', 0)).toBe(151);
	await shown.unfold(0);
	expect(shown.count('inline')).toBe(5_050);
});

test('a change that is asked for before its line is known is found when it is', async () => {
	const { shown } = await shownOf(20_000);
	void shown.layOutInline();
	expect(await shown.step(-1, 'inline', 19_960)).toBe(20_000 - 50 + 199);
});

test('two that cannot be compared say why', async () => {
	const comparison = new FakeComparison(10);
	comparison.failure = 'The left body is empty.';
	const shown = new ShownRows(comparison);
	await shown.begin('side-by-side');
	expect(shown.problem).toBe('The left body is empty.');
	expect(shown.summary).toBeNull();
});

test('what arrives after closing changes nothing', async () => {
	const { comparison, shown } = await shownOf(1_000);
	shown.show('side-by-side', 400, 440);
	shown.close();
	await settled();
	expect(shown.row(400)).toBeNull();
	expect(comparison.isClosed).toBe(true);
});
