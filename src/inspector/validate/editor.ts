import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { search, searchKeymap } from '@codemirror/search';
import {
	Compartment,
	EditorState,
	Prec,
	Text,
	type Extension,
	type Transaction,
	type TransactionSpec,
} from '@codemirror/state';
import {
	EditorView,
	highlightSpecialChars,
	hoverTooltip,
	keymap,
	lineNumbers,
	placeholder,
	type Tooltip,
	type ViewUpdate,
} from '@codemirror/view';
import type { TextChange } from './check-messages';
import { jsonColours } from './editor-colours';
import {
	markField,
	markGutter,
	marksAt,
	setMarks,
	severityIcon,
	type EditorMark,
	type EditorMarks,
} from './editor-marks';
import { editorTheme } from './editor-theme';

export type { EditorMark, EditorMarks } from './editor-marks';

/** A tooltip tells no more of them. */
const mostInNote = 5;

/** With a longer line nothing is wrapped: to lay it out takes longer than a keystroke may. In UTF-16 units. */
const longestWrapped = 10_000;
const wrapping = new Compartment();
const forShortLines: Extension = [EditorView.lineWrapping, highlightSpecialChars()];
const forLongLines: Extension = [];

/** What the editor tells. */
export interface EditorListener {
	/** The text has changed, by a person or through `change` and `setText`; `isReplaced` when nothing of it is left. */
	changed: (isReplaced: boolean) => void;
	/** The caret stands at this place, in UTF-16 units. */
	moved: (place: number) => void;
	/** F8 or Shift+F8. */
	stepped: (by: 1 | -1) => void;
}

/** The editor of the pasted text. Lines end with LF, however they ended in what was pasted. */
export interface Editor {
	text: () => string;
	readonly length: number;
	readonly lineCount: number;
	readonly caret: number;
	/** Replaces all text, in one step that can be undone. */
	setText: (text: string) => void;
	/** Makes changes in one step that can be undone; places are those before the first one. */
	change: (changes: readonly TextChange[]) => void;
	mark: (marks: EditorMarks) => void;
	/** Selects a place, scrolls to it and takes the focus; a place without length comes to the top. */
	reveal: (from: number, to: number) => void;
	focus: () => void;
	destroy: () => void;
}

/**
 * Mounts an editor in a shadow tree below `host`: there its styles are constructed sheets, which the page's policy
 * allows, while a `<style>` element would be refused.
 */
export function mountEditor(host: HTMLElement, text: string, listener: EditorListener): Editor {
	const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
	const startText = Text.of(text.split(/\r\n?|\n/));
	const view = new EditorView({
		root,
		parent: root,
		state: EditorState.create({
			doc: startText,
			extensions: [
				markGutter,
				lineNumbers(),
				history(),
				search({ top: true }),
				wrapping.of(wrapsIn(startText)),
				EditorState.transactionExtender.of(rewrap),
				EditorView.contentAttributes.of({
					'aria-label': 'Payload to check',
					// Editable text has the focus anyway; programs that check pages look for this.
					tabindex: '0',
					spellcheck: 'false',
					autocorrect: 'off',
					autocapitalize: 'off',
				}),
				placeholder('Paste a payload, several, a raw HTTP request or a curl command'),
				jsonColours,
				markField,
				hoverTooltip(noteAt, { hoverTime: 200 }),
				Prec.high(keymap.of(stepKeys(listener))),
				keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
				EditorView.updateListener.of((update) => tell(update, listener)),
				editorTheme,
			],
		}),
	});

	return {
		text: () => view.state.doc.toString(),
		get length() {
			return view.state.doc.length;
		},
		get lineCount() {
			return view.state.doc.lines;
		},
		get caret() {
			return view.state.selection.main.head;
		},
		setText(insert) {
			view.dispatch({
				changes: { from: 0, to: view.state.doc.length, insert },
				selection: { anchor: 0 },
				scrollIntoView: true,
			});
		},
		change(changes) {
			view.dispatch({ changes: changes.map(({ from, to, insert }) => ({ from, to, insert })), userEvent: 'input' });
		},
		mark: (marks) => view.dispatch({ effects: setMarks.of(marks) }),
		reveal(from, to) {
			const end = view.state.doc.length;
			const anchor = Math.min(from, end);
			const head = Math.min(Math.max(to, anchor), end);
			view.dispatch({
				// The caret stays at the beginning, where the finding is said to be.
				selection: { anchor: head, head: anchor },
				effects: EditorView.scrollIntoView(anchor, to > from ? { y: 'center' } : { y: 'start', yMargin: 6 }),
			});
			view.focus();
		},
		focus: () => view.focus(),
		destroy: () => view.destroy(),
	};
}

function wrapsIn(doc: Text): Extension {
	for (const line of doc.iterLines()) if (line.length > longestWrapped) return forLongLines;
	return forShortLines;
}

/** Wrapping follows the longest line there is. While all are short, only those that change can become too long. */
function rewrap(transaction: Transaction): Pick<TransactionSpec, 'effects'> | null {
	if (!transaction.docChanged) return null;
	const known = wrapping.get(transaction.startState);
	if (known === forShortLines && !hasLongChange(transaction)) return null;
	const wraps = wrapsIn(transaction.newDoc);
	return wraps === known ? null : { effects: wrapping.reconfigure(wraps) };
}

function hasLongChange({ changes, newDoc }: Transaction): boolean {
	let isLong = false;
	changes.iterChangedRanges((_from, _to, from, to) => {
		for (let at = from; at <= to && !isLong;) {
			const line = newDoc.lineAt(at);
			isLong = line.length > longestWrapped;
			at = line.to + 1;
		}
	});
	return isLong;
}

function stepKeys(listener: EditorListener) {
	const step = (by: 1 | -1) => () => {
		listener.stepped(by);
		return true;
	};
	return [{ key: 'F8', run: step(1), shift: step(-1), preventDefault: true }];
}

/** Whether nothing is left of the text from before. */
function isReplacement({ changes, startState }: ViewUpdate): boolean {
	let isWhole = false;
	changes.iterChangedRanges((from, to) => {
		if (from === 0 && to === startState.doc.length) isWhole = true;
	});
	return isWhole;
}

function tell(update: ViewUpdate, listener: EditorListener): void {
	if (update.docChanged) {
		listener.changed(isReplacement(update));
	}
	if (update.docChanged || update.selectionSet) listener.moved(update.state.selection.main.head);
}

function noteAt(view: EditorView, place: number): Tooltip | null {
	const marks = marksAt(view.state, place);
	if (marks.length === 0) return null;
	const from = Math.min(...marks.map((mark) => mark.from));
	return { pos: from, above: true, create: () => ({ dom: noteElement(marks) }) };
}

function noteElement(marks: readonly EditorMark[]): HTMLElement {
	const element = document.createElement('div');
	for (const { severity, note } of marks.slice(0, mostInNote)) {
		const { title, detail } = note();
		const part = document.createElement('div');
		part.className = 'cm-note';
		const heading = document.createElement('b');
		heading.textContent = title;
		part.append(severityIcon(severity), heading);
		if (detail !== '') {
			const words = document.createElement('span');
			words.textContent = detail.replaceAll('`', '');
			part.append(words);
		}
		element.append(part);
	}
	return element;
}
