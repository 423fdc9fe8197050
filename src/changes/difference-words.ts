import { PairKind } from '../json/alignment';
import { valueText } from '../json/document';
import { jsonPathOf } from '../json/pointer';
import { JsonKind, type JsonDocument } from '../json/scan';
import { decodeUtf8 } from '../json/utf8';
import type { Comparison } from './comparison';

/** A value is shown with so many characters at most. */
const longestValue = 80;
/** A path may be longer, but names are strangers’ text. */
const longestPath = 200;
/** A report with more lines than this is read by nobody. */
const mostLines = 500;

/**
 * The differences that count, in plain words as a Markdown list for an issue report: paths and values as code, long
 * values shortened, at most 500 of them. The last line says how many more there are, and how many are ignored.
 */
export function differenceWords(comparison: Comparison): string {
	const { alignment, changeCount, counts } = comparison;
	const lines: string[] = [changeCount === 0 ? 'No difference.' : `${countOf(changeCount)}, before → after:`, ''];
	let told = 0;
	for (let pair = 0; pair < alignment.pairCount && told < mostLines; pair++) {
		if (comparison.change[pair] === -1) continue;
		lines.push(`- ${wordsOf(comparison, pair)}`);
		told++;
	}
	if (told < changeCount) lines.push(`- … and ${(changeCount - told).toLocaleString('en')} more`);
	if (counts.ignored > 0) {
		if (told > 0) lines.push('');
		lines.push(
			`${countOf(counts.ignored)} of members that are ignored ${counts.ignored === 1 ? 'is' : 'are'} left out.`,
		);
	}
	return `${lines.join('\n').trimEnd()}\n`;
}

function countOf(count: number): string {
	return count === 1 ? '1 difference' : `${count.toLocaleString('en')} differences`;
}

function wordsOf({ alignment }: Comparison, pair: number): string {
	const { left, right, kind } = alignment;
	const leftNode = alignment.leftNode[pair]!;
	const rightNode = alignment.rightNode[pair]!;
	if (kind[pair] === PairKind.added) return `${place(right, rightNode)} added: ${value(right, rightNode)}`;
	if (kind[pair] === PairKind.removed) return `${place(left, leftNode)} removed: ${value(left, leftNode)}`;
	if (kind[pair] === PairKind.changed) {
		return `${place(left, leftNode)}: ${value(left, leftNode)} → ${value(right, rightNode)}`;
	}
	return `${place(left, leftNode)} moved to ${place(right, rightNode)}`;
}

/** `meta.assignee.name`, `messages[0]`. */
function place(document: JsonDocument, node: number): string {
	if (node === 0) return 'the whole value';
	return code(shortened(jsonPathOf(document, node).replace(/^\$\.?/, ''), longestPath));
}

function value(document: JsonDocument, node: number): string {
	return code(compactText(document, node, longestValue));
}

/** Text as Markdown code, whatever backticks it has: the fence is longer than any run of them. */
function code(text: string): string {
	let longest = 0;
	for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
	const fence = '`'.repeat(longest + 1);
	const blank = longest > 0 || /^ .*[^ ].* $/.test(text) ? ' ' : '';
	return fence + blank + text + blank + fence;
}

/**
 * JSON text without blanks, at most so many characters of it: what is cut ends with `…`. Costs no more than what it
 * shows, but for one long scalar.
 */
function compactText(document: JsonDocument, node: number, longest: number): string {
	const { kind, next, parent, keyStart, keyEnd } = document;
	let text = '';
	let container = -1;
	const close = (upTo: number) => {
		while (container !== -1 && next[container]! <= upTo) {
			text += kind[container] === JsonKind.object ? '}' : ']';
			container = container === node ? -1 : parent[container]!;
		}
	};
	for (let at = node; at < next[node]! && text.length <= longest; at++) {
		close(at);
		if (at !== node) {
			if (parent[at] !== at - 1) text += ',';
			if (keyEnd[at] !== 0) text += `${decodeUtf8(document.bytes, keyStart[at]!, keyEnd[at]!)}:`;
		}
		if (kind[at]! > JsonKind.array) text += valueText(document, at);
		else if (next[at] === at + 1) text += kind[at] === JsonKind.object ? '{}' : '[]';
		else {
			text += kind[at] === JsonKind.object ? '{' : '[';
			container = at;
		}
	}
	if (text.length <= longest) close(next[node]!);
	return shortened(text, longest);
}

function shortened(text: string, longest: number): string {
	return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}
