import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';

/**
 * Tokens of one line of JSON, or of what is nearly JSON: strings do not go over lines, so each line can be read alone.
 * Groups: a string, the colon that makes it a name, a comment, a number, true or false, null, punctuation.
 */
const token =
	/("(?:[^"\\]|\\.)*"?)(\s*:)?|((?:^|\s)#.*|\/\/.*|\/\*.*?(?:\*\/|$))|((?<![\w.-])-?\d[\d.]*(?:[eE][+-]?\d+)?(?![\w-]))|\b(true|false)\b|\b(null)\b|([{}[\],:]+)/g;

const string = Decoration.mark({ class: 'cm-string' });
const comment = Decoration.mark({ class: 'cm-comment' });
const number = Decoration.mark({ class: 'cm-number' });
const literal = Decoration.mark({ class: 'cm-literal' });
const faint = Decoration.mark({ class: 'cm-faint' });

/** Between two members, or two items: there a string begins, not ends. */
const boundary = /["\d}\]el],\s*(?=")/;

/** Of a longer line only what is seen is read, so that a megabyte in one line costs no more than a screen of it. */
const longLine = 20_000;
const lead = 500;

/** Colours what is in view. */
export const jsonColours = ViewPlugin.fromClass(
	class {
		decorations: DecorationSet;

		constructor(view: EditorView) {
			this.decorations = coloured(view);
		}

		update(update: ViewUpdate): void {
			if (update.docChanged || update.viewportChanged) this.decorations = coloured(update.view);
		}
	},
	{ decorations: (plugin) => plugin.decorations },
);

function coloured(view: EditorView): DecorationSet {
	const builder = new RangeSetBuilder<Decoration>();
	let done = 0;
	for (const { from, to } of view.visibleRanges) {
		for (let at = Math.max(from, done); at <= to;) {
			const line = view.state.doc.lineAt(at);
			const isLong = line.length > longLine;
			const end = isLong ? Math.min(line.to, to + lead) : line.to;
			const start =
				isLong && at - lead > line.from ? safeStart(view.state.doc.sliceString(at - lead, end), at - lead) : line.from;
			addTokens(builder, view.state.doc.sliceString(start, end), start, done);
			done = end;
			at = isLong && end < line.to ? to + 1 : line.to + 1;
		}
	}
	return builder.finish();
}

/** Where reading may begin in the middle of a long line. */
function safeStart(text: string, offset: number): number {
	const found = boundary.exec(text);
	return found ? offset + found.index + found[0].length : offset;
}

function addTokens(builder: RangeSetBuilder<Decoration>, text: string, offset: number, done: number): void {
	for (const found of text.matchAll(token)) {
		const [whole, quoted, colon, note, digits, boolean] = found;
		const from = offset + found.index;
		if (from < done) continue;
		if (quoted !== undefined) {
			if (colon === undefined) builder.add(from, from + quoted.length, string);
			else builder.add(from + quoted.length, from + whole.length, faint);
			continue;
		}
		const colour =
			note !== undefined ? comment : digits !== undefined ? number : boolean !== undefined ? literal : faint;
		builder.add(from, from + whole.length, colour);
	}
}
