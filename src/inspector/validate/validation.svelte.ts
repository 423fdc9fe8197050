import type { ContractChoice, Finding } from '../../chatwoot/check/report';
import { findingDetail, findingTitle } from '../findings/finding-title';
import { CheckClient } from './check-client';
import type { CheckedPart, CheckedText, PlacedFinding, TextChange } from './check-messages';
import type { Editor, EditorMark } from './editor';

/** In a text of so many UTF-16 units the check waits for a pause in typing. */
const largeText = 200_000;
const pauseMilliseconds = 60;

/** The pasted text, what is known of it, and which part of it is looked at. */
export class Validation {
	checked = $state.raw<CheckedText | null>(null);
	failure = $state<string | null>(null);
	/** Of the text in the editor, in UTF-16 units. */
	length = $state(0);
	lineCount = $state(1);
	/** The finding that the caret is in. */
	active = $state.raw<Finding | null>(null);
	showsDifference = $state(false);
	showsDrift = $state(false);
	/** What a person says that a payload is which names no event. */
	chosenEvent = $state<string | null>(null);

	readonly part: CheckedPart | null = $derived(this.checked?.parts[this.checked.part] ?? null);
	readonly findings: readonly Finding[] = $derived(this.checked?.findings.map(({ finding }) => finding) ?? []);
	readonly isEmpty: boolean = $derived(this.length === 0);

	#editor: Editor | null = null;
	#version = 0;
	#part = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #contract: () => ContractChoice;
	readonly #client: CheckClient;

	constructor(contract: () => ContractChoice, startWorker: () => Worker) {
		this.#contract = contract;
		this.#client = new CheckClient(startWorker, {
			checked: (checked) => this.#take(checked),
			formatted: (changes) => this.#format(changes),
			failed: (failure) => (this.failure = failure),
		});
	}

	/** Takes the editor whose text is judged. */
	attach(editor: Editor): void {
		this.#editor = editor;
		this.textChanged(true);
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#client.close();
		this.#editor = null;
	}

	/** The text has changed: what is known of it is out of date, and if all of it has, what was chosen for it too. */
	textChanged(isReplaced: boolean): void {
		if (!this.#editor) return;
		this.length = this.#editor.length;
		this.lineCount = this.#editor.lineCount;
		if (isReplaced) {
			this.chosenEvent = null;
			this.#part = 0;
		}
		clearTimeout(this.#timer);
		if (this.length > largeText) this.#timer = setTimeout(() => this.check(), pauseMilliseconds);
		else this.check();
	}

	/** Judges the text anew. */
	check(): void {
		const version = ++this.#version;
		this.#client.check(() => ({
			task: 'check',
			version,
			text: this.#editor?.text() ?? '',
			contract: this.#contract(),
			event: this.chosenEvent,
			part: this.#part,
		}));
	}

	/** The caret has moved: another finding, or another part, may be the one to look at. */
	caretMoved(place: number): void {
		const { checked } = this;
		if (!checked || this.#editor?.length !== checked.length) return;
		const inside = checked.parts.findIndex(({ from, to }) => from <= place && place <= to);
		if (inside !== -1 && inside !== this.#part) {
			this.#part = inside;
			this.check();
			return;
		}
		this.active = findingAt(checked.findings, place);
	}

	/** Shows a part's findings and its place. */
	showPart(index: number): void {
		const part = this.checked?.parts[index];
		if (!part) return;
		this.#part = index;
		this.check();
		this.#editor?.reveal(part.from, part.from);
	}

	/** Says what a payload is that names no event; null leaves it to its members. */
	chooseEvent(event: string | null): void {
		this.chosenEvent = event;
		this.check();
	}

	/** Shows where a finding is. */
	open(finding: Finding): void {
		const placed = this.checked?.findings.find((one) => one.finding === finding);
		if (!placed) return;
		this.active = finding;
		this.#editor?.reveal(placed.from, placed.to);
	}

	/** Goes to the next or previous finding from the caret, round the end; drift only when it is unfolded, or all there is. */
	step(by: 1 | -1): void {
		const all = this.checked?.findings ?? [];
		const urgent = all.filter(({ finding }) => this.showsDrift || finding.severity !== 'info');
		const stops = (urgent.length > 0 ? urgent : [...all]).sort((one, other) => one.from - other.from);
		if (stops.length === 0 || !this.#editor) return;
		const { caret } = this.#editor;
		const active = stops.findIndex(({ finding }) => finding === this.active);
		const next =
			active !== -1
				? active + by
				: by === 1
					? stops.findIndex(({ from }) => from > caret)
					: stops.findLastIndex(({ from }) => from < caret);
		const target = stops[(next + stops.length) % stops.length]!;
		if (target.finding.severity === 'info') this.showsDrift = true;
		this.open(target.finding);
	}

	/** Makes the repairs in the text, in one step that can be undone. */
	applyRepairs(): void {
		const { checked } = this;
		if (!checked?.repair || this.#editor?.length !== checked.length) return;
		this.#editor.change(withoutTrails(this.#editor.text(), checked.repair));
		this.showsDifference = false;
		this.#editor.focus();
	}

	toggleDifference(): void {
		this.showsDifference = !this.showsDifference;
		this.#mark();
	}

	/** Lays the text out, as far as it is JSON. */
	format(): void {
		this.#client.format({ task: 'format', text: this.#editor?.text() ?? '' });
	}

	/** Puts another text in place of this one; that can be undone. */
	setText(text: string): void {
		this.#editor?.setText(text);
		this.#editor?.focus();
	}

	get text(): string {
		return this.#editor?.text() ?? '';
	}

	#take(checked: CheckedText): void {
		// The newest text wins: an answer to an older one would mark the wrong places.
		if (checked.version !== this.#version) return;
		this.failure = null;
		this.checked = { ...checked, findings: sameWhereEqual(this.checked?.findings ?? [], checked.findings) };
		this.#part = Math.max(0, checked.part);
		if (checked.repair === null) this.showsDifference = false;
		this.#mark();
		this.active = findingAt(this.checked.findings, this.#editor?.caret ?? 0);
	}

	#format(changes: TextChange[]): void {
		if (changes.length > 0) this.#editor?.change(changes);
		this.#editor?.focus();
	}

	#mark(): void {
		const { checked } = this;
		if (!checked) return;
		const contract = this.#contract();
		const own = checked.findings.map(({ finding, from, to }): EditorMark => {
			const { severity } = finding;
			const note = () => ({ title: findingTitle(finding, contract), detail: findingDetail(finding) });
			return { from, to, severity, note };
		});
		const others = checked.otherMarks.map(({ from, to, severity, title }): EditorMark => {
			return { from, to, severity, note: () => ({ title, detail: '' }) };
		});
		this.#editor?.mark({
			marks: [...own, ...others],
			repairs: checked.repair ?? [],
			showsDifference: this.showsDifference,
		});
	}
}

/**
 * The newer findings, with the older object in place of each that says the same: the worker sends new objects every
 * time, and the page draws again what is another object.
 */
function sameWhereEqual(older: readonly PlacedFinding[], newer: readonly PlacedFinding[]): PlacedFinding[] {
	const known = new Map(older.map(({ finding }) => [JSON.stringify(finding), finding]));
	return newer.map((placed) => {
		const key = JSON.stringify(placed.finding);
		const finding = known.get(key) ?? placed.finding;
		// One that stands twice stays two.
		known.delete(key);
		return { ...placed, finding };
	});
}

/** The finding around a place, the narrowest of several. */
function findingAt(findings: readonly PlacedFinding[], place: number): Finding | null {
	let best: PlacedFinding | null = null;
	for (const placed of findings) {
		if (place < placed.from || place > placed.to) continue;
		if (best === null || placed.to - placed.from < best.to - best.from) best = placed;
	}
	return best?.finding ?? null;
}

/** A removed comment takes the blanks before it along where it ends its line. */
function withoutTrails(text: string, changes: readonly TextChange[]): TextChange[] {
	let last = 0;
	return changes.map((change) => {
		const endsLine = change.to === text.length || text[change.to] === '\n';
		let { from } = change;
		if (endsLine && change.insert === '') while (from > last && ' \t'.includes(text[from - 1]!)) from--;
		last = change.to;
		return { ...change, from };
	});
}
