/** What is not JSON at a place; the closed list. */
export type DepartureKind =
	| 'comment'
	| 'ellipsis'
	| 'missing-comma'
	| 'extra-comma'
	| 'missing-colon'
	| 'missing-value'
	| 'missing-bracket'
	| 'extra-bracket'
	| 'missing-quote'
	| 'quotes'
	| 'unquoted-name'
	| 'unquoted-text'
	| 'word'
	| 'number'
	| 'escape'
	| 'control-character'
	| 'blank'
	| 'surrounding-text';

/** One edit, in UTF-16 units of the text. */
export interface JsonEdit {
	at: number;
	length: number;
	inserted: string;
	kind: DepartureKind;
	message: string;
}

/** A token that was read: where it ends, and what has to be changed in it. */
export interface LooseToken {
	end: number;
	edits: JsonEdit[];
}

const doubles = '"“”„‟';
const singles = "'‘’‚‛´";
const quotes = `${doubles}${singles}\``;
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const looseNumber = /^[+-]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)([eE][+-]?\d+)?n?$/;
const hexNumber = /^[+-]?0[xX][\da-fA-F]{1,32}$/;
const word = /[\p{L}\p{N}_$+.-]+/uy;

/** Words of other languages, lower case, and what JSON writes. */
const words = new Map([
	['true', 'true'],
	['false', 'false'],
	['null', 'null'],
	['none', 'null'],
	['nil', 'null'],
	['undefined', 'null'],
	['nan', 'null'],
	['infinity', 'null'],
	['-infinity', 'null'],
]);

/** Whether a quote of any kind stands at the place. */
export function isQuote(text: string, at: number): boolean {
	return at < text.length && quotes.includes(text[at]!);
}

/** A piece of the text for a message: one line, at most 60 characters. */
export function shown(piece: string): string {
	const line = piece.replace(/\s+/g, ' ').trim();
	return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/**
 * A name, a number or a word without quotes; null when there is none. As a name it gets quotes, whatever it is; as a
 * value it may be JSON already.
 */
export function looseWord(text: string, at: number, isName: boolean): LooseToken | null {
	word.lastIndex = at;
	const found = word.exec(text)?.[0];
	if (found === undefined || found.includes('..')) return null;
	const end = at + found.length;
	const quoted = (kind: DepartureKind, message: string): LooseToken => ({
		end,
		edits: [{ at, length: found.length, inserted: JSON.stringify(found), kind, message }],
	});
	if (isName) return quoted('unquoted-name', `A name without quotes. Write \`"${shown(found)}"\`.`);

	const written = words.get(found.toLowerCase());
	if (written === found || jsonNumber.test(found)) return { end, edits: [] };
	const inserted = written ?? plainNumber(found);
	if (inserted === null) return quoted('unquoted-text', `Text without quotes. Write \`"${shown(found)}"\`.`);
	const kind = written === undefined ? 'number' : 'word';
	const message =
		kind === 'word'
			? `A word that JSON does not know. Write \`${inserted}\` for \`${found}\`.`
			: `A number that JSON writes otherwise. Write \`${shown(inserted)}\` for \`${shown(found)}\`.`;
	return { end, edits: [{ at, length: found.length, inserted, kind, message }] };
}

/** A number of another language as JSON writes it; null when it is none. */
function plainNumber(found: string): string | null {
	if (hexNumber.test(found)) {
		const digits = BigInt(found.replace(/^[+-]/, '')).toString();
		return found.startsWith('-') ? `-${digits}` : digits;
	}
	if (!looseNumber.test(found)) return null;
	const written = found
		.replace(/[_n]/g, '')
		.replace(/^\+/, '')
		.replace(/^(-?)0+(?=\d)/, '$1')
		.replace(/^(-?)\./, '$10.')
		.replace(/\.(?!\d)/, '');
	return jsonNumber.test(written) ? written : null;
}

/**
 * A string in quotes of any kind. Inside JSON's own quotes every fault is an edit of its own; other quotes are one edit
 * for the whole string. A string that the text's end cuts off is closed there.
 */
export function looseString(text: string, at: number, isName: boolean): LooseToken {
	const opening = text[at]!;
	const closing = closingQuotes(opening);
	const edits: JsonEdit[] = [];
	const edit = (from: number, length: number, inserted: string, kind: DepartureKind, message: string): void => {
		edits.push({ at: from, length, inserted, kind, message });
	};
	let next = at + 1;
	let end = -1;
	/** The next quote after a line's end, looked up once for all the lines before it. */
	let quoteAhead = -1;

	while (next < text.length) {
		const letter = text[next]!;
		if (letter === '\\') {
			next += readEscape(text, next, edit);
		} else if (closing.includes(letter)) {
			if (isName || closesHere(text, next, closing)) {
				end = next;
				break;
			}
			edit(next, 1, letter === '"' ? '\\"' : letter, 'quotes', 'A quote inside a string. Write `\\"`.');
			next++;
		} else if (letter === '"') {
			edit(next, 1, '\\"', 'quotes', '');
			next++;
		} else if (letter === '\n' || letter === '\r') {
			if (quoteAhead < next) quoteAhead = quoteAfter(text, next, closing);
			if (opening !== '`' && !endsValue(text, quoteAhead)) {
				end = lineContentEnd(text, at + 1, next);
				edit(end, 0, '"', 'missing-quote', 'The closing quote is missing. The string ends with its line.');
				break;
			}
			const length = letter === '\r' && text[next + 1] === '\n' ? 2 : 1;
			const inserted = JSON.stringify(text.slice(next, next + length)).slice(1, -1);
			edit(next, length, inserted, 'control-character', `A line break in a string. Write \`${inserted}\`.`);
			next += length;
		} else if (letter < ' ') {
			const inserted = JSON.stringify(letter).slice(1, -1);
			edit(next, 1, inserted, 'control-character', `A control character in a string. Write \`${inserted}\`.`);
			next++;
		} else {
			next++;
		}
	}

	const isOpen = end === -1;
	if (isOpen) {
		const last = edits.at(-1);
		end = Math.max(at + 1, trimmedEnd(text), last === undefined ? 0 : last.at + last.length);
		edit(end, 0, '"', 'missing-quote', 'The text ends inside a string. Its closing quote is missing.');
	}
	const isClosedByQuote = !isOpen && edits.at(-1)?.kind !== 'missing-quote';
	const kept = edits.filter((each) => each.at < end || each.kind === 'missing-quote');
	if (opening === '"') return { end: isClosedByQuote ? end + 1 : end, edits: kept };

	const tokenEnd = isClosedByQuote ? end + 1 : end;
	const content = rewritten(
		text,
		at + 1,
		end,
		kept.filter((each) => each.kind !== 'missing-quote'),
	);
	const message = `${isName ? 'A name' : 'A string'} in other quotes than JSON's. Write \`${shown(`"${content}"`)}\`.`;
	return {
		end: tokenEnd,
		edits: [{ at, length: tokenEnd - at, inserted: `"${content}"`, kind: 'quotes', message }],
	};
}

function closingQuotes(opening: string): string {
	if (opening === '"' || opening === "'" || opening === '`') return opening;
	return doubles.includes(opening) ? doubles.slice(1) : singles;
}

/** Reads what a backslash begins, and gives its length; an escape that JSON lacks becomes an edit. */
function readEscape(
	text: string,
	at: number,
	edit: (from: number, length: number, inserted: string, kind: DepartureKind, message: string) => void,
): number {
	const letter = text[at + 1];
	if (letter !== undefined && '"\\/bfnrt'.includes(letter)) return 2;
	if (letter === 'u' && /^[\da-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) return 6;
	if (letter === undefined) {
		edit(at, 1, '', 'escape', 'A backslash without a letter. Remove it.');
		return 1;
	}
	if (letter === 'x' && /^[\da-fA-F]{2}$/.test(text.slice(at + 2, at + 4))) {
		edit(at, 2, '\\u00', 'escape', 'An escape that JSON does not know. Write `\\u00` for `\\x`.');
		return 4;
	}
	if (letter === '\n' || letter === '\r') {
		const length = letter === '\r' && text[at + 2] === '\n' ? 3 : 2;
		edit(at, length, '', 'escape', 'A string that goes on in the next line. Remove the backslash.');
		return length;
	}
	if (isQuote(text, at + 1)) {
		edit(at, 1, '', 'escape', `An escape that JSON does not know. Remove the backslash before \`${letter}\`.`);
		return 2;
	}
	edit(at, 0, '\\', 'escape', 'An escape that JSON does not know. A backslash itself is written twice.');
	return 1;
}

/** Whether a quote ends its string: what follows is structure, or nothing on this line could close it otherwise. */
function closesHere(text: string, at: number, closing: string): boolean {
	let next = at + 1;
	while (text[next] === ' ' || text[next] === '\t') next++;
	const after = text[next];
	if (after === undefined || ',}]:;)/#=\n\r'.includes(after) || isQuote(text, next)) return true;
	for (let later = next; later < text.length && text[later] !== '\n'; later++) {
		if (closing.includes(text[later]!)) return false;
	}
	return true;
}

/** The next quote that ends a string at or after a place; the text's length when there is none. */
function quoteAfter(text: string, from: number, closing: string): number {
	for (let at = from; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (closing.includes(text[at]!)) return at;
	}
	return text.length;
}

/** Whether the quote there has the end of a value behind it: then the lines before it belong to the string. */
function endsValue(text: string, quote: number): boolean {
	if (quote >= text.length) return false;
	let at = quote + 1;
	while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
	return at >= text.length || ',}]'.includes(text[at]!);
}

/** Where the content of an unclosed string ends on its line: before blanks and one comma. */
function lineContentEnd(text: string, from: number, lineEnd: number): number {
	let end = lineEnd;
	const skipBlanks = (): void => {
		while (end > from && ' \t'.includes(text[end - 1]!)) end--;
	};
	skipBlanks();
	if (end > from && text[end - 1] === ',') {
		end--;
		skipBlanks();
	}
	return end;
}

/** Where the text ends without the blanks after it. */
export function trimmedEnd(text: string): number {
	let end = text.length;
	while (end > 0 && ' \t\r\n'.includes(text[end - 1]!)) end--;
	return end;
}

function rewritten(text: string, from: number, to: number, edits: readonly JsonEdit[]): string {
	let result = '';
	let at = from;
	for (const edit of edits) {
		result += text.slice(at, edit.at) + edit.inserted;
		at = edit.at + edit.length;
	}
	return result + text.slice(at, to);
}
