import { scanJson } from '../../json/scan';
import { maskDots } from '../detail/payload/row-text';
import { isSecret } from '../detail/payload/secrets';
import { markWords, type TextPart } from './word-marks';

/** A piece of a line as it is drawn. What is skipped stands for text that nobody reads in a line. */
export interface LinePart {
	text: string;
	look: 'plain' | 'marked' | 'skipped';
}

/** Shorter lines are shown whole, in UTF-16 units. */
const shortLine = 300;
/** Of a longer one, what differs and a little around it, so that both can be seen at once. */
const plainEnds = { start: 24, end: 24 };
const firstEnds = { start: 28, end: 20 };
const markedEnds = { start: 200, end: 100 };
/** What stands alone in its line. */
const aloneEnds = { start: 800, end: 200 };
/** A line has so many pieces at most. */
const mostParts = 200;

const encoder = new TextEncoder();

/** The pieces of a line that stands alone. */
export function lineParts(text: string, showsSecrets: boolean): LinePart[] {
	return drawn([{ text: shownText(text, showsSecrets), isMarked: false }]);
}

/** The pieces of two lines that take each other's place, with the words marked in which they differ. */
export function pairParts(left: string, right: string, showsSecrets: boolean): { left: LinePart[]; right: LinePart[] } {
	const shown = [shownText(left, showsSecrets), shownText(right, showsSecrets)] as const;
	// Two masked values look the same and are not.
	if (shown[0].includes(maskDots) && withoutComma(shown[0]) === withoutComma(shown[1])) {
		return { left: markedDots(shown[0]), right: markedDots(shown[1]) };
	}
	const marked = markWords(...shown);
	return { left: drawn(marked.left), right: drawn(marked.right) };
}

/** How many characters stand before the first marked one; 0 when nothing is marked. */
export function firstMark(parts: readonly LinePart[]): number {
	let before = 0;
	for (const { text, look } of parts) {
		if (look === 'marked') return before;
		before += text.length;
	}
	return 0;
}

/** A line as it is shown: secrets masked, and what is invisible or turns the text around written as escapes. */
function shownText(text: string, showsSecrets: boolean): string {
	return escaped(showsSecrets ? text : masked(text));
}

function escaped(text: string): string {
	return text.replace(
		/(?!\t)[\p{Cc}\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** A member with a string; the text may end within it, as that of a body that was cut off. */
const stringMember = /("(?:[^"\\]|\\.)*"\s*:\s*)"(?:[^"\\]|\\.)*("|$)/gs;

function masked(line: string): string {
	return line.replace(stringMember, (member: string, name: string, quote: string) => {
		const scanned = scanJson(encoder.encode(`{${member}${quote === '' ? '"' : ''}}`));
		return scanned.ok && isSecret(scanned.document, 1) ? `${name}${maskDots}` : member;
	});
}

function markedDots(text: string): LinePart[] {
	const at = text.indexOf(maskDots);
	const end = at + maskDots.length;
	return drawn([
		{ text: text.slice(0, at), isMarked: false },
		{ text: text.slice(at, end), isMarked: true },
		{ text: text.slice(end), isMarked: false },
	]);
}

function withoutComma(text: string): string {
	return text.replace(/,$/, '');
}

function drawn(parts: readonly TextPart[]): LinePart[] {
	const length = parts.reduce((sum, { text }) => sum + text.length, 0);
	const result = parts.slice(0, mostParts).flatMap(({ text, isMarked }, index): LinePart[] => {
		const look = isMarked ? 'marked' : 'plain';
		if (length <= shortLine) return [{ text, look }];
		const { start, end } = endsOf(isMarked, index, parts.length);
		const skipped = text.length - start - end;
		// A gap would be as long as what it saves.
		if (skipped < 40) return [{ text, look }];
		return [
			{ text: wellFormed(text.slice(0, start)), look },
			{ text: ` … ${skipped.toLocaleString('en')} characters … `, look: 'skipped' },
			{ text: wellFormed(text.slice(-end)), look },
		];
	});
	if (parts.length > mostParts) result.push({ text: ' …', look: 'skipped' });
	return result.filter(({ text }) => text !== '');
}

function endsOf(isMarked: boolean, index: number, partCount: number): { start: number; end: number } {
	if (partCount === 1) return aloneEnds;
	if (isMarked) return markedEnds;
	return index === 0 ? firstEnds : plainEnds;
}

/** Half of a pair at either end is left out. */
function wellFormed(text: string): string {
	return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
