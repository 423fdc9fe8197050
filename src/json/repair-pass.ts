import { isQuote, looseString, looseWord, shown, trimmedEnd, type DepartureKind, type JsonEdit } from './repair-tokens';

export type { DepartureKind, JsonEdit } from './repair-tokens';

/** More than a Python or Ruby rendering of the largest payload needs. */
const mostEdits = 2000;
/** Text before the value that is longer is an article, not a label or a fence. */
const longestPrefix = 300;
/** As in `[INFO] received: {…}`. */
const bracketedLabel = /^\[[^\]{["]*\]\s*[^\s,\]]/;

/** Where a value may begin; `isInside` when the text begins with a member, as one copied out of an object. */
export interface LikelyStart {
	at: number;
	isInside: boolean;
}

interface OpenBracket {
	closing: '}' | ']';
	/** How it is called in a message: its own member name, or null. */
	name: string | null;
	/** The newest member name inside it. */
	member: string | null;
}

type Expected = 'value' | 'value-or-close' | 'name' | 'name-or-close' | 'colon' | 'comma-or-close';

/** The places to try, best first: the first bracket, the first brace, the beginning when a member stands there. */
export function likelyStarts(text: string): LikelyStart[] {
	const first = skipBlanks(text, text.startsWith('\ufeff') ? 1 : 0, () => undefined);
	if (text[first] === '{') return [{ at: first, isInside: false }];
	if (text[first] === '[' && !bracketedLabel.test(text.slice(first, first + longestPrefix))) {
		return [{ at: first, isInside: false }];
	}
	const starts: LikelyStart[] = [];
	if (/^(["'][\w$.-]+["']|[\w$]+)\s*(:(?!\/\/)|=>)\s*["'\d{[tfnTFN-]/.test(text.slice(first, first + 400))) {
		starts.push({ at: first, isInside: true });
	}
	const brace = text.indexOf('{', first);
	const bracket = text.indexOf('[', first);
	for (const at of [brace, bracket].filter((place) => place >= 0).sort((one, other) => one - other)) {
		if (at - first <= longestPrefix) starts.push({ at, isInside: false });
	}
	return starts;
}

/**
 * One tolerant pass over a text that is nearly JSON, without recursion: the edits that make it JSON, in order; null
 * when it is too far from it. What the edits give has to be scanned strictly before it is believed.
 */
export function looseEdits(text: string, start: LikelyStart): JsonEdit[] | null {
	const edits: JsonEdit[] = [];
	const stack: OpenBracket[] = [];
	const add = (at: number, length: number, inserted: string, kind: DepartureKind, message: string): void => {
		edits.push({ at, length, inserted, kind, message });
	};
	let at = skipBlanks(text, text.startsWith('\ufeff') ? 1 : 0, add);
	// Widened: closures change it, which narrowing does not see.
	let expected = 'value' as Expected;
	/** Where the newest token ends: there a missing comma belongs. */
	let lastEnd = at;
	let commaAt = -1;
	let nameIsQuoted = false;
	let hasSurroundings = false;

	if (at < start.at) {
		const before = text.slice(at, start.at).trimEnd();
		add(at, before.length, '', 'surrounding-text', `Text before the value. Remove \`${shown(before)}\`.`);
		hasSurroundings = true;
		at = start.at;
	} else if (start.isInside) {
		add(at, 0, '{', 'missing-bracket', 'The opening brace is missing. The text begins with a member.');
		stack.push({ closing: '}', name: null, member: null });
		expected = 'name-or-close';
	}

	function close(letter: '}' | ']'): void {
		if (!stack.some(({ closing }) => closing === letter)) {
			add(at, 1, '', 'extra-bracket', `A bracket too many. Nothing that \`${letter}\` could close is open.`);
			at++;
			return;
		}
		let missing = '';
		while (stack.at(-1)!.closing !== letter) missing += stack.pop()!.closing;
		if (missing !== '') {
			add(lastEnd, 0, missing, 'missing-bracket', `A closing bracket is missing. \`${missing}\` belongs here.`);
		}
		stack.pop();
		expected = 'comma-or-close';
		at++;
		lastEnd = at;
	}

	function dropComma(): void {
		const open = stack.at(-1)!;
		const brace = open.closing === '}' ? 'brace' : 'bracket';
		const part = open.closing === '}' ? 'member' : 'item';
		const owner = open.name === null ? '' : ` of \`${shown(open.name)}\``;
		const message = `A comma before the closing ${brace}. The last ${part}${owner} ends with a comma.`;
		add(commaAt, 1, '', 'extra-comma', message);
	}

	function open(letter: '{' | '['): void {
		const name = stack.at(-1)?.member ?? null;
		stack.push({ closing: letter === '{' ? '}' : ']', name, member: null });
		expected = letter === '{' ? 'name-or-close' : 'value-or-close';
		at++;
		lastEnd = at;
	}

	/** Reads a string or a bare word; false when there is none. */
	function readToken(isName: boolean): boolean {
		const token = isQuote(text, at) ? looseString(text, at, isName) : looseWord(text, at, isName);
		if (token === null) return false;
		nameIsQuoted = isQuote(text, at);
		if (isName) stack.at(-1)!.member = text.slice(at, token.end).replace(/^["'`“‘:]|["'`”’]$/g, '');
		// Not spread: a string can have more faults than a call can have arguments.
		for (const edit of token.edits) edits.push(edit);
		expected = isName ? 'colon' : 'comma-or-close';
		at = token.end;
		lastEnd = at;
		return true;
	}

	for (;;) {
		at = skipBlanks(text, at, add);
		if (edits.length > mostEdits) return null;
		const letter = text[at];
		if (stack.length === 0 && expected === 'comma-or-close') {
			const rest = text.slice(at, trimmedEnd(text));
			if (/[{[]/.test(rest)) return null;
			if (rest !== '') add(at, rest.length, '', 'surrounding-text', `Text after the value. Remove \`${shown(rest)}\`.`);
			return sorted(edits);
		}
		if (letter === undefined) {
			if (stack.length === 0) return null;
			if (expected === 'name' || (expected === 'value' && stack.at(-1)!.closing === ']')) dropComma();
			let missing =
				expected === 'colon' ? ':null' : expected === 'value' && stack.at(-1)!.closing === '}' ? 'null' : '';
			while (stack.length > 0) missing += stack.pop()!.closing;
			const message = `The text ends too early. \`${shown(missing)}\` is missing at its end.`;
			add(lastEnd, 0, missing, 'missing-bracket', message);
			return sorted(edits);
		}

		const container = stack.at(-1)?.closing;
		if (expected === 'colon') {
			if (letter === ':') {
				at++;
			} else if (text.startsWith('=>', at) || letter === '=') {
				const length = letter === '=' && text[at + 1] === '>' ? 2 : 1;
				add(
					at,
					length,
					':',
					'missing-colon',
					`Another sign in place of a colon. Write \`:\` for \`${text.slice(at, at + length)}\`.`,
				);
				at += length;
			} else if (nameIsQuoted && (isQuote(text, at) || /[\p{L}\p{N}{[-]/u.test(letter))) {
				add(lastEnd, 0, ':', 'missing-colon', 'A colon is missing after this name. Write `:`.');
			} else {
				return null;
			}
			expected = 'value';
			lastEnd = at;
		} else if (letter === '}' || letter === ']') {
			if (expected === 'name' || (expected === 'value' && container === ']')) dropComma();
			else if (expected === 'value') {
				if (hasSurroundings || container === undefined) return null;
				add(lastEnd, 0, 'null', 'missing-value', 'A value is missing after the colon. `null` stands for it.');
			}
			close(letter);
		} else if (expected === 'comma-or-close') {
			if (letter === ',' || letter === ';') {
				if (letter === ';') add(at, 1, ',', 'missing-comma', 'A comma belongs here. JSON has no semicolons.');
				commaAt = at;
				at++;
				lastEnd = at;
			} else if (isQuote(text, at) || (container === '}' ? /[\p{L}_$:]/u : /[\p{L}\p{N}_{[-]/u).test(letter)) {
				add(lastEnd, 0, ',', 'missing-comma', missingComma(text, at, stack.at(-1)!));
			} else {
				return null;
			}
			expected = container === '}' ? 'name' : 'value';
		} else if (letter === ',') {
			if (expected === 'value' && container === '}') {
				if (hasSurroundings) return null;
				add(lastEnd, 0, 'null', 'missing-value', 'A value is missing after the colon. `null` stands for it.');
				expected = 'comma-or-close';
			} else {
				add(at, 1, '', 'extra-comma', 'A comma too many. Nothing stands before it.');
				at++;
			}
		} else if (expected === 'name' || expected === 'name-or-close') {
			if (letter === ':' && looseWord(text, at + 1, true) !== null) {
				add(at, 1, '', 'unquoted-name', 'A symbol of Ruby as a name. Remove the colon before it.');
				at++;
			}
			if (!readToken(true)) return null;
		} else if (letter === '{' || letter === '[') {
			open(letter);
		} else if (!readToken(false)) {
			return null;
		}
	}
}

function missingComma(text: string, at: number, open: OpenBracket): string {
	if (open.closing === ']') return 'A comma is missing after this item. Another item follows it.';
	const next = /^["'`“‘:]?([\w$.-]{1,60})/.exec(text.slice(at, at + 62))?.[1];
	const detail =
		next === undefined || open.member === null
			? 'Another member follows it.'
			: `\`${shown(open.member)}\` is followed by \`${next}\` without a comma.`;
	return `A comma is missing after this member. ${detail}`;
}

/** Skips what stands between tokens. What JSON does not allow there becomes an edit. */
function skipBlanks(
	text: string,
	from: number,
	add: (at: number, length: number, inserted: string, kind: DepartureKind, message: string) => void,
): number {
	let at = from;
	for (;;) {
		const letter = text[at];
		if (letter === undefined) return at;
		if (letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t') {
			at++;
		} else if (letter === '#' || text.startsWith('//', at) || text.startsWith('/*', at)) {
			const end = commentEnd(text, at);
			const comment = text.slice(at, end).trimEnd();
			add(at, comment.length, '', 'comment', `JSON has no comments. Remove \`${shown(comment)}\`.`);
			at += comment.length;
		} else if (letter === '…' || text.startsWith('...', at)) {
			const length = letter === '…' ? 1 : 3;
			add(at, length, '', 'ellipsis', 'JSON leaves nothing out. Remove the dots.');
			at += length;
		} else if (/\s|[\u200b\u2060\0]/.test(letter)) {
			const code = letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
			const isNeeded = text[at - 1] !== ' ';
			add(at, 1, isNeeded ? ' ' : '', 'blank', `A blank that JSON does not know. U+${code} is no space.`);
			at++;
		} else {
			return at;
		}
	}
}

function commentEnd(text: string, at: number): number {
	if (text.startsWith('/*', at)) {
		const end = text.indexOf('*/', at + 2);
		return end === -1 ? text.length : end + 2;
	}
	let end = at;
	while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
	return end;
}

/** By place; what is inserted comes before what is removed at the same place. */
function sorted(edits: JsonEdit[]): JsonEdit[] {
	return edits.sort((one, other) => one.at - other.at || one.length - other.length);
}
