import { RangeSet, RangeSetBuilder, StateEffect, StateField, type EditorState, type Text } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter, WidgetType, type DecorationSet } from '@codemirror/view';
import type { Severity } from '../../chatwoot/check/report';
import { icons, type IconName } from '../../ui/icons';
import type { TextChange } from './check-messages';

/** A place of the text that something is to be said about. */
export interface EditorMark {
	from: number;
	to: number;
	severity: Severity;
	/** What is said about it, made only when somebody points there: marks are set at every key. */
	note: () => EditorNote;
}

/** The words of a mark; the detail may be empty. */
export interface EditorNote {
	title: string;
	detail: string;
}

/** What the editor marks in its text. */
export interface EditorMarks {
	marks: readonly EditorMark[];
	/** What the repairs would change. */
	repairs: readonly TextChange[];
	/** Whether what they remove is struck out as well. */
	showsDifference: boolean;
}

interface MarkState {
	marks: readonly EditorMark[];
	decorations: DecorationSet;
	gutter: RangeSet<GutterMarker>;
}

export const setMarks = StateEffect.define<EditorMarks>();

const ranks: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
const words: Record<Severity, { icon: IconName; word: string }> = {
	error: { icon: 'error', word: 'Error' },
	warning: { icon: 'warning', word: 'Warning' },
	info: { icon: 'drift', word: 'Drift' },
};

/** Marks as they were set last, moved along with what is typed until the next ones come. */
export const markField = StateField.define<MarkState>({
	create: () => ({ marks: [], decorations: Decoration.none, gutter: RangeSet.of<GutterMarker>([]) }),
	update(state, transaction) {
		for (const effect of transaction.effects) {
			if (effect.is(setMarks)) return markState(transaction.state.doc, effect.value);
		}
		if (!transaction.docChanged) return state;
		const { changes } = transaction;
		return {
			marks: state.marks.map((mark) => ({
				...mark,
				from: changes.mapPos(mark.from, 1),
				to: Math.max(changes.mapPos(mark.from, 1), changes.mapPos(mark.to, -1)),
			})),
			decorations: state.decorations.map(changes),
			gutter: state.gutter.map(changes),
		};
	},
	provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});

/** The gutter with the worst mark of each line. */
export const markGutter = gutter({
	class: 'cm-findings',
	markers: (view) => view.state.field(markField).gutter,
	initialSpacer: () => new SeverityMarker('error'),
});

/** The marks at a place, the worst first. */
export function marksAt(state: EditorState, place: number): EditorMark[] {
	return state
		.field(markField)
		.marks.filter(({ from, to }) => from <= place && place <= to)
		.sort((one, other) => ranks[one.severity] - ranks[other.severity]);
}

function markState(doc: Text, { marks, repairs, showsDifference }: EditorMarks): MarkState {
	const inside = marks.filter(({ from, to }) => from <= to && to <= doc.length);
	const lines = worstOfLines(doc, inside);
	// Drift is everywhere in a good delivery: the gutter and the pointer tell of it, the text stays calm.
	const ranges = inside
		.filter(({ from, to, severity }) => to > from && severity !== 'info')
		.map(({ from, to, severity }) => (severity === 'error' ? errorUnderline : warningUnderline).range(from, to));
	const starts = [...lines]
		.filter(([start, severity]) => severity === 'error' && doc.lineAt(start).length <= longestShadedLine)
		.map(([start]) => errorLine.range(start));
	const changes = repairs.filter(({ to }) => to <= doc.length);
	const inserted = changes
		.filter(({ insert }) => insert !== '')
		.map(({ to, insert }) => Decoration.widget({ widget: new InsertedText(insert), side: 1 }).range(to));
	const removed = showsDifference
		? changes.filter(({ from, to }) => to > from).map(({ from, to }) => removedText.range(from, to))
		: [];
	const builder = new RangeSetBuilder<GutterMarker>();
	for (const [start, severity] of [...lines].sort(([one], [other]) => one - other)) {
		builder.add(start, start, new SeverityMarker(severity));
	}
	return {
		marks: inside,
		decorations: Decoration.set([...ranges, ...starts, ...inserted, ...removed], true),
		gutter: builder.finish(),
	};
}

/** The worst severity of each line that has a mark, by where the line begins. */
function worstOfLines(doc: Text, marks: readonly EditorMark[]): Map<number, Severity> {
	const lines = new Map<number, Severity>();
	for (const { from, severity } of marks) {
		const start = doc.lineAt(from).from;
		const known = lines.get(start);
		if (known === undefined || ranks[severity] < ranks[known]) lines.set(start, severity);
	}
	return lines;
}

const errorLine = Decoration.line({ class: 'cm-error-line' });
const removedText = Decoration.mark({ class: 'cm-removed' });
const errorUnderline = Decoration.mark({ class: 'cm-underline cm-underline-error' });
const warningUnderline = Decoration.mark({ class: 'cm-underline cm-underline-warning' });

/** Shading a payload that is a single line would shade all of it. In UTF-16 units. */
const longestShadedLine = 400;

class SeverityMarker extends GutterMarker {
	readonly severity: Severity;

	constructor(severity: Severity) {
		super();
		this.severity = severity;
		this.elementClass = `cm-mark-${severity}`;
	}

	override eq(other: GutterMarker): boolean {
		return other instanceof SeverityMarker && other.severity === this.severity;
	}

	override toDOM(): Node {
		return severityIcon(this.severity);
	}
}

/** What a repair would insert, shown in place and not part of the text. */
class InsertedText extends WidgetType {
	readonly #text: string;

	constructor(text: string) {
		super();
		this.#text = text;
	}

	override eq(other: InsertedText): boolean {
		return other.#text === this.#text;
	}

	override toDOM(): HTMLElement {
		const element = document.createElement('span');
		element.className = 'cm-inserted';
		element.textContent = this.#text.length > 80 ? `${this.#text.slice(0, 79)}…` : this.#text;
		element.setAttribute('aria-hidden', 'true');
		return element;
	}
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** The icon of a severity, as the component Icon draws it. */
export function severityIcon(severity: Severity): SVGElement {
	const svg = document.createElementNS(svgNamespace, 'svg');
	const attributes = { viewBox: '0 0 16 16', width: '14', height: '14', fill: 'none', stroke: 'currentColor' };
	const strokes = { 'stroke-width': '1.5', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
	for (const [name, value] of Object.entries({ ...attributes, ...strokes })) svg.setAttribute(name, value);
	svg.setAttribute('class', `cm-icon cm-icon-${severity}`);
	svg.setAttribute('role', 'img');
	svg.setAttribute('aria-label', words[severity].word);
	const path = document.createElementNS(svgNamespace, 'path');
	path.setAttribute('d', icons[words[severity].icon]);
	svg.append(path);
	return svg;
}
