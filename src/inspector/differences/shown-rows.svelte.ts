import type { DifferenceLayout } from '../preferences.svelte';
import { InlineLayout } from './inline-layout';
import type { ComparedRow, ComparisonSummary, OpenComparison } from './open-comparison';

/** Rows are asked for by so many. */
const chunkSize = 200;
/** So many chunks are kept; the rest is asked for again when it comes into view. */
const mostChunks = 60;
/** The inline view needs to know of every row where it stands; it asks for so many at a time. */
const layoutChunk = 1_000;

type Comparison = Pick<
	OpenComparison,
	'ready' | 'rows' | 'unfold' | 'unfoldAll' | 'foldAll' | 'changeNear' | 'patch' | 'words' | 'close'
>;

/** The rows of one comparison as a view shows them: fetched in windows, folded and unfolded, with a current change. */
export class ShownRows {
	readonly comparison: Comparison;
	#summary = $state.raw<ComparisonSummary | null>(null);
	#problem = $state<string | null>(null);
	#currentRow = $state<number | null>(null);
	#currentChange = $state<number | null>(null);
	#isUnfolded = $state(false);
	/** Grows with each chunk that has come. */
	#revision = $state(0);
	#inline = $state.raw<InlineLayout | null>(null);
	#inlineCount = $state(0);
	#chunks = new Map<number, readonly ComparedRow[]>();
	#asked = new Set<number>();
	#viewport: readonly number[] = [];
	/** One past the last line on screen. */
	#shownEnd = 0;
	#wantsInline = false;
	/** Told when more of the inline view is known. */
	#waiting: (() => void)[] = [];
	/** Answers that belong to rows before the last folding are thrown away. */
	#generation = 0;
	#isClosed = false;

	constructor(comparison: Comparison) {
		this.comparison = comparison;
	}

	/** Null until the comparison is there. */
	get summary(): ComparisonSummary | null {
		return this.#summary;
	}

	/** Why the two cannot be compared, in a sentence. */
	get problem(): string | null {
		return this.#problem;
	}

	/** The number of the change that a person has stepped to, from 0. */
	get currentChange(): number | null {
		return this.#currentChange;
	}

	/** Whether all unchanged lines were asked for. */
	get isUnfolded(): boolean {
		return this.#isUnfolded;
	}

	/** How many lines a layout has, as far as it is known. */
	count(layout: DifferenceLayout): number {
		return layout === 'inline' ? this.#inlineCount : (this.#summary?.rows ?? 0);
	}

	/** Waits until the first rows are there, so that they are drawn at once. Never rejects. */
	async begin(layout: DifferenceLayout): Promise<void> {
		try {
			const summary = await this.comparison.ready;
			const rows = summary.rows === 0 ? [] : await this.comparison.rows(0, Math.min(summary.rows, chunkSize));
			this.#chunks.set(0, rows);
			this.#summary = summary;
		} catch (error) {
			this.#fail(error);
		}
		if (layout === 'inline') await this.layOutInline();
	}

	/** A row, or null while it is on its way. */
	row(index: number): ComparedRow | null {
		void this.#revision;
		return this.#chunks.get(Math.floor(index / chunkSize))?.[index % chunkSize] ?? null;
	}

	/** What a line of the inline view shows. */
	inlineLine(line: number): ReturnType<InlineLayout['lineAt']> {
		return this.#inline!.lineAt(line);
	}

	/** Told by the view: the lines on screen, first and one past the last. */
	show(layout: DifferenceLayout, first: number, end: number): void {
		this.#shownEnd = end;
		const rows = new Set<number>();
		for (let line = first; line < Math.min(end, this.count(layout)); line++) {
			rows.add(Math.floor((layout === 'inline' ? this.inlineLine(line).row : line) / chunkSize));
		}
		this.#viewport = [...rows];
		for (const chunk of rows) void this.#fetch(chunk);
	}

	/** Finds out where every line of the inline view stands; what is known is there to be drawn meanwhile. */
	async layOutInline(): Promise<void> {
		if (this.#wantsInline || !this.#summary) return;
		this.#wantsInline = true;
		const layout = new InlineLayout();
		await this.#fill(layout, this.#summary.rows, (count) => {
			this.#inline = layout;
			this.#inlineCount = count;
		});
	}

	/** Goes to the next (1) or previous (-1) change. Resolves to its first line; null when there is none. */
	async step(by: 1 | -1, layout: DifferenceLayout, firstShown: number): Promise<number | null> {
		const from = this.#currentRow ?? this.#rowOf(layout, firstShown) - by;
		const row = await this.#ask(() => this.comparison.changeNear(from, by));
		if (row === null || row === undefined) return null;
		await this.#fetch(Math.floor(row / chunkSize));
		const found = this.row(row);
		this.#currentRow = row;
		this.#currentChange = found && found.kind !== 'fold' ? found.change : null;
		return layout === 'inline' ? this.#lineOf(row) : row;
	}

	/** Shows the unchanged lines that a row stands for. */
	async unfold(row: number): Promise<void> {
		const before = this.#summary?.rows ?? 0;
		await this.#refold(() => this.comparison.unfold(row));
		if (this.#currentRow !== null && this.#currentRow > row) this.#currentRow += (this.#summary?.rows ?? 0) - before;
	}

	/** Shows all unchanged lines, or hides those far from a change again. */
	async foldAll(isFolded: boolean): Promise<void> {
		this.#isUnfolded = !isFolded;
		// Its row is another one then: the next step begins with what is on screen.
		this.#currentRow = null;
		await this.#refold(() => (isFolded ? this.comparison.foldAll() : this.comparison.unfoldAll()));
	}

	close(): void {
		this.#isClosed = true;
		this.#progressed();
		this.comparison.close();
	}

	/** Changes which rows there are. What is on screen stays until its new rows are there. */
	async #refold(change: () => Promise<ComparisonSummary>): Promise<void> {
		const generation = ++this.#generation;
		const wanted = [...this.#viewport];
		const outcome = await this.#ask(async () => {
			const summary = await change();
			const chunks = new Map<number, readonly ComparedRow[]>();
			for (const chunk of wanted) {
				const first = chunk * chunkSize;
				if (first >= summary.rows) continue;
				chunks.set(chunk, await this.comparison.rows(first, Math.min(summary.rows, first + chunkSize)));
			}
			return { summary, chunks };
		});
		if (!outcome || generation !== this.#generation) return;
		const { summary, chunks } = outcome;
		const layout = this.#wantsInline ? new InlineLayout() : null;
		let hasSwapped = false;
		const swap = (): void => {
			this.#summary = summary;
			if (!hasSwapped) {
				this.#chunks = chunks;
				this.#asked = new Set();
			}
			hasSwapped = true;
			this.#inline = layout;
			this.#revision++;
		};
		if (layout) {
			const shownEnd = this.#shownEnd;
			await this.#fill(layout, summary.rows, (count, isWhole) => {
				// A list that is shorter for a moment would be scrolled to its end.
				if (count < shownEnd && !isWhole) return;
				swap();
				this.#inlineCount = count;
			});
		} else swap();
	}

	async #fill(
		layout: InlineLayout,
		rowCount: number,
		progressed: (count: number, isWhole: boolean) => void,
	): Promise<void> {
		const generation = this.#generation;
		if (rowCount === 0) progressed(0, true);
		for (let first = 0; first < rowCount; first += layoutChunk) {
			const end = Math.min(rowCount, first + layoutChunk);
			const rows = await this.#ask(() => this.comparison.rows(first, end));
			if (!rows || generation !== this.#generation) return;
			layout.add(rows, end === rowCount);
			progressed(layout.count, end === rowCount);
			this.#progressed();
		}
	}

	#progressed(): void {
		for (const resolve of this.#waiting.splice(0)) resolve();
	}

	async #fetch(chunk: number): Promise<void> {
		if (this.#chunks.has(chunk) || this.#asked.has(chunk)) return;
		const asked = this.#asked;
		asked.add(chunk);
		const rowCount = this.#summary?.rows ?? 0;
		const first = chunk * chunkSize;
		const rows = await this.#ask(() => this.comparison.rows(first, Math.min(rowCount, first + chunkSize)));
		asked.delete(chunk);
		if (!rows || asked !== this.#asked) return;
		this.#chunks.set(chunk, rows);
		for (const [oldest] of this.#chunks) {
			if (this.#chunks.size <= mostChunks) break;
			if (!this.#viewport.includes(oldest) && oldest !== chunk) this.#chunks.delete(oldest);
		}
		this.#revision++;
	}

	#rowOf(layout: DifferenceLayout, line: number): number {
		if (layout === 'side-by-side' || this.#inlineCount === 0) return line;
		return this.inlineLine(Math.min(line, this.#inlineCount - 1)).row;
	}

	/** The inline line of a row, once it is known. */
	async #lineOf(row: number): Promise<number | null> {
		const generation = this.#generation;
		while (!this.#isClosed && generation === this.#generation) {
			const line = this.#inline?.lineOf(row) ?? null;
			if (line !== null) return line;
			await new Promise<void>((resolve) => this.#waiting.push(resolve));
		}
		return null;
	}

	/** Null when the view was closed meanwhile, or it failed; then the problem says why. */
	async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer | null> {
		try {
			const answer = await question();
			return this.#isClosed ? null : answer;
		} catch (error) {
			this.#fail(error);
			return null;
		}
	}

	#fail(error: unknown): void {
		if (!this.#isClosed) this.#problem = error instanceof Error ? error.message : String(error);
	}
}
