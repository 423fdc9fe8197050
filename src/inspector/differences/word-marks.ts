import { diffArrays } from 'diff';

/** A piece of a line: the same on both sides, or not. */
export interface TextPart {
	text: string;
	isMarked: boolean;
}

/** More differing words than this, and the whole middle is marked: nobody would read the pieces. */
const mostEdits = 400;
/** Of one line, in milliseconds; many lines are drawn in a frame. */
const longestSearch = 5;
/** Longer middles are not searched for words, in UTF-16 units. */
const longestMiddle = 20_000;

/**
 * A word, a run of blanks, an escape as JSON writes it, a picture with all that joins it, or one other character: what
 * is never marked in part.
 */
const token =
	/\\u[\da-fA-F]{4}|\\.|[\p{L}\p{M}\p{N}_]+|\s+|(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3)+|./gsu;

/**
 * Marks the words in which two lines of JSON differ. The comma behind a value belongs to the list around it: it is
 * marked only when nothing else differs.
 */
export function markWords(left: string, right: string): { left: TextPart[]; right: TextPart[] } {
	const [leftText, leftComma] = splitComma(left);
	const [rightText, rightComma] = splitComma(right);
	if (leftText === rightText && left !== right) return markTokens(left, right);
	const marked = markTokens(leftText, rightText);
	return { left: joined([...marked.left, plain(leftComma)]), right: joined([...marked.right, plain(rightComma)]) };
}

function markTokens(left: string, right: string): { left: TextPart[]; right: TextPart[] } {
	const one = left.match(token) ?? [];
	const other = right.match(token) ?? [];
	let before = 0;
	while (before < one.length && before < other.length && one[before] === other[before]) before++;
	let after = 0;
	const most = Math.min(one.length, other.length) - before;
	while (after < most && one[one.length - 1 - after] === other[other.length - 1 - after]) after++;
	const start = plain(one.slice(0, before).join(''));
	const end = plain(one.slice(one.length - after).join(''));
	const middle = markMiddle(one.slice(before, one.length - after), other.slice(before, other.length - after));
	return { left: joined([start, ...middle.left, end]), right: joined([start, ...middle.right, end]) };
}

function markMiddle(one: string[], other: string[]): { left: TextPart[]; right: TextPart[] } {
	const whole = { left: [marked(one.join(''))], right: [marked(other.join(''))] };
	if (one.length === 0 || other.length === 0 || one.length + other.length > longestMiddle) return whole;
	const pieces = diffArrays(one, other, { maxEditLength: mostEdits, timeout: longestSearch });
	// A few blanks and signs in common say nothing about two texts.
	if (!pieces?.some(({ added, removed, value }) => !added && !removed && /[\p{L}\p{N}]/u.test(value.join('')))) {
		return whole;
	}
	const left: TextPart[] = [];
	const right: TextPart[] = [];
	for (const { added, removed, value } of pieces) {
		const text = value.join('');
		if (!added) left.push({ text, isMarked: removed });
		if (!removed) right.push({ text, isMarked: added });
	}
	return { left: closed(left), right: closed(right) };
}

/** Marks reach over the blanks between two marked words. */
function closed(parts: TextPart[]): TextPart[] {
	return parts.map((part, index) => {
		const isBetween = parts[index - 1]?.isMarked === true && parts[index + 1]?.isMarked === true;
		return isBetween && part.text.trim() === '' ? marked(part.text) : part;
	});
}

function joined(parts: readonly TextPart[]): TextPart[] {
	const result: TextPart[] = [];
	for (const { text, isMarked } of parts) {
		const last = result.at(-1);
		if (text === '') continue;
		if (last?.isMarked === isMarked) last.text += text;
		else result.push({ text, isMarked });
	}
	return result;
}

function splitComma(line: string): [text: string, comma: string] {
	return line.endsWith(',') ? [line.slice(0, -1), ','] : [line, ''];
}

function plain(text: string): TextPart {
	return { text, isMarked: false };
}

function marked(text: string): TextPart {
	return { text, isMarked: true };
}
