import { MappedTextBuilder, type MappedText } from './mapped-text';

/** What one curl command would send, as far as it is written in the command. */
export interface CurlCommand {
	headers: [name: string, value: string][];
	/** The pieces of all data options, joined with `&` as curl does; null when none is written in the command. */
	data: MappedText | null;
	/** Where the command stands, from..to in UTF-16 units. */
	from: number;
	to: number;
}

/** Options of one letter that take a value, apart from `d` and `H`. */
const lettersWithValue = new Set([...'AbcCDeEFhKmoPQrtTuUwxXyYz']);
/** Long options that take none; of the others without `=` the next word is the value. */
const longWithoutValue =
	/^--(compressed|insecure|silent|show-error|location|include|verbose|fail|fail-with-body|http[\d.]+|get|head|globoff|no-.*|path-as-is|ipv[46]|ssl.*|tlsv.*|parallel|progress-bar|remote-.*|netrc|digest|basic|ntlm|anyauth|location-trusted|post30[123]|tcp-.*|raw|fail-early)$/;

/** Whether a text looks like curl commands. */
export function isCurl(text: string): boolean {
	return /^\s*(?:[$>]\s+)?curl(?:\.exe)?\s/.test(text);
}

/**
 * Reads curl commands, one after another, with the quoting of a POSIX shell ('…', "…", $'…', backslash) or of Windows'
 * cmd (^ and \"). Data that a command takes from a file (`@…`) is not there, and so left out. Never throws; unclosed
 * quotes reach to the end.
 */
export function readCurl(text: string, most: number): CurlCommand[] {
	const commands: CurlCommand[] = [];
	const isWindows = /\^\r?\n|\^"/.test(text);
	let at = 0;
	while (at < text.length && commands.length < most) {
		const { words, end } = isWindows ? windowsWords(text, at) : shellWords(text, at);
		if (words.length > 0) commands.push(commandOf(words));
		at = end;
	}
	return commands.filter(({ data, headers }) => data !== null || headers.length > 0);
}

interface Word extends MappedText {
	from: number;
	to: number;
}

function commandOf(words: readonly Word[]): CurlCommand {
	const headers: [string, string][] = [];
	const data = new MappedTextBuilder();
	for (let index = 0; index < words.length; index++) {
		const option = optionAt(words, index);
		if (option === null) continue;
		index = option.lastIndex;
		if (option.name === 'H' || option.name === '--header') {
			const [, name, value] = /^([^:;\s]+):\s*(.*)$/s.exec(option.value.text) ?? [];
			if (name !== undefined && value !== undefined) headers.push([name, value]);
		} else if (isData(option.name) && !(option.value.text.startsWith('@') && option.name !== '--data-raw')) {
			if (!data.isEmpty) data.add('&', option.value.from);
			data.append(option.value);
		}
	}
	return { headers, data: data.isEmpty ? null : data.build(), from: words[0]!.from, to: words.at(-1)!.to };
}

function isData(name: string): boolean {
	return name === 'd' || name === '--json' || /^--data(-raw|-binary|-ascii)?$/.test(name);
}

/** The option with a value that begins at a word; null when none does. Letters may be joined: `-sXPOST`. */
function optionAt(words: readonly Word[], index: number): { name: string; value: Word; lastIndex: number } | null {
	const word = words[index]!;
	if (!word.text.startsWith('-') || word.text === '-' || word.text === '--') return null;
	const next = words[index + 1];
	const following = (name: string) => (next === undefined ? null : { name, value: next, lastIndex: index + 1 });
	if (word.text.startsWith('--')) {
		const equals = word.text.indexOf('=');
		if (equals > 0) return { name: word.text.slice(0, equals), value: tail(word, equals + 1), lastIndex: index };
		return longWithoutValue.test(word.text) ? null : following(word.text);
	}
	for (let letter = 1; letter < word.text.length; letter++) {
		const name = word.text[letter]!;
		if (name !== 'd' && name !== 'H' && !lettersWithValue.has(name)) continue;
		const isLast = letter === word.text.length - 1;
		return isLast ? following(name) : { name, value: tail(word, letter + 1), lastIndex: index };
	}
	return null;
}

function tail(word: Word, start: number): Word {
	const builder = new MappedTextBuilder();
	for (const { at, from, length } of word.pieces) {
		const skipped = Math.max(0, start - at);
		if (skipped < length) builder.add(word.text.slice(at + skipped, at + length), from + skipped);
	}
	return { ...builder.build(), from: word.from, to: word.to };
}

/** The words up to the end of a command: a line's end, `;`, `&` or `|` outside of quotes. */
function shellWords(text: string, start: number): { words: Word[]; end: number } {
	const words: Word[] = [];
	let word = null as MappedTextBuilder | null;
	let from = start;
	let at = start;
	const begin = (): MappedTextBuilder => {
		if (word === null) from = at;
		return (word ??= new MappedTextBuilder());
	};
	const finish = (): void => {
		if (word !== null) words.push({ ...word.build(), from, to: at });
		word = null;
	};
	while (at < text.length) {
		const letter = text[at]!;
		const continued = letter === '\\' ? lineEndLength(text, at + 1) : 0;
		if (continued > 0) {
			at += 1 + continued;
		} else if (letter === ' ' || letter === '\t') {
			finish();
			at++;
		} else if (letter === '\n' || letter === '\r' || letter === ';' || letter === '|' || letter === '&') {
			finish();
			at++;
			if (words.length > 0) return { words, end: at };
		} else if (letter === "'") {
			const close = text.indexOf("'", at + 1);
			const end = close === -1 ? text.length : close;
			begin().add(text.slice(at + 1, end), at + 1);
			at = Math.min(end + 1, text.length);
		} else if (letter === '"') {
			at = readDoubleQuoted(text, at, begin());
		} else if (letter === '$' && text[at + 1] === "'") {
			at = readAnsiQuoted(text, at, begin());
		} else if (letter === '\\') {
			begin().add(text[at + 1] ?? '', at + 1);
			at += 2;
		} else {
			begin().add(letter, at);
			at++;
		}
	}
	at = text.length;
	finish();
	return { words, end: at };
}

function lineEndLength(text: string, at: number): number {
	if (text[at] === '\n') return 1;
	if (text[at] !== '\r') return 0;
	return text[at + 1] === '\n' ? 2 : 1;
}

function readDoubleQuoted(text: string, start: number, word: MappedTextBuilder): number {
	let at = start + 1;
	while (at < text.length && text[at] !== '"') {
		const next = text[at + 1] ?? '';
		if (text[at] === '\\' && next !== '' && '"\\$`'.includes(next)) {
			word.add(next, at + 1);
			at += 2;
		} else if (text[at] === '\\' && lineEndLength(text, at + 1) > 0) {
			at += 1 + lineEndLength(text, at + 1);
		} else {
			word.add(text[at]!, at);
			at++;
		}
	}
	return at + 1;
}

const ansiEscapes: Record<string, string> = {
	n: '\n',
	t: '\t',
	r: '\r',
	b: '\b',
	f: '\f',
	v: '\v',
	a: '\x07',
	e: '\x1b',
};

function readAnsiQuoted(text: string, start: number, word: MappedTextBuilder): number {
	let at = start + 2;
	while (at < text.length && text[at] !== "'") {
		if (text[at] !== '\\') {
			word.add(text[at]!, at);
			at++;
			continue;
		}
		const [whole, digits] = /^\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8}))/
			.exec(text.slice(at, at + 10))
			?.filter((group) => group !== undefined) ?? ['', ''];
		if (whole !== '') {
			const code = parseInt(digits!, 16);
			word.add(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd', at);
			at += whole!.length;
		} else {
			const next = text[at + 1] ?? '';
			word.add(ansiEscapes[next] ?? next, at + 1);
			at += 2;
		}
	}
	return at + 1;
}

/** The words of a command of Windows' cmd: a caret stands before a letter or a line's end, `\"` is a quote. */
function windowsWords(text: string, start: number): { words: Word[]; end: number } {
	const words: Word[] = [];
	let word = null as MappedTextBuilder | null;
	let from = start;
	let at = start;
	let isQuoted = false;
	const begin = (): MappedTextBuilder => {
		if (word === null) from = at;
		return (word ??= new MappedTextBuilder());
	};
	while (at < text.length) {
		// Within quotes without a caret, cmd takes a caret as it is; what browsers copy has one before every quote.
		if (text[at] === '^' && at + 1 < text.length) {
			at++;
			const lineEnd = lineEndLength(text, at);
			if (lineEnd > 0) {
				at += lineEnd;
				// A browser writes a line's end inside data as ^ and two line ends.
				if (isQuoted && lineEndLength(text, at) > 0) {
					begin().add('\n', at);
					at += lineEndLength(text, at);
				}
				continue;
			}
		}
		const letter = text[at]!;
		if (letter === '\\') {
			at = readWindowsBackslashes(text, at, begin());
		} else if (letter === '"') {
			begin();
			isQuoted = !isQuoted;
			at++;
		} else if (!isQuoted && /[\s&|]/.test(letter)) {
			if (word !== null) words.push({ ...word.build(), from, to: at });
			word = null;
			at++;
			if (letter !== ' ' && letter !== '\t' && words.length > 0) return { words, end: at };
		} else {
			begin().add(letter, at);
			at++;
		}
	}
	if (word !== null) words.push({ ...word.build(), from, to: text.length });
	return { words, end: text.length };
}

/**
 * Backslashes count only before a quote: two of them are one, and an odd one makes the quote a letter. Carets may stand
 * between them. Source: the argument rules of Microsoft's C runtime.
 */
function readWindowsBackslashes(text: string, start: number, word: MappedTextBuilder): number {
	const afterCaret = (place: number): number => (text[place] === '^' ? place + 1 : place);
	const places: number[] = [];
	let at = start;
	while (text[afterCaret(at)] === '\\') {
		places.push(afterCaret(at));
		at = afterCaret(at) + 1;
	}
	const quote = afterCaret(at);
	if (text[quote] !== '"') {
		for (const place of places) word.add('\\', place);
		return at;
	}
	for (let index = 1; index < places.length; index += 2) word.add('\\', places[index]!);
	if (places.length % 2 === 0) return at;
	word.add('"', quote);
	return quote + 1;
}
