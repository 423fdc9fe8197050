import { explain } from '../../chatwoot/check/explain';
import { children, keyText, stringPreview } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';

/** One line of an example: a value in the tree below the member. */
export interface ExampleLine {
	/** Null for the member itself and for items of an array. */
	name: string | null;
	/** 0 for the member itself. */
	level: number;
	/** As JSON, cut; a container as what it holds. */
	text: string;
	tone: 'text' | 'number' | 'literal' | 'null' | 'container' | 'masked';
}

const longestText = 80;
const longestName = 100;
const mostLines = 40;
const deepestLevel = 3;

/** Names whose value opens something, also in objects that the contracts leave open. */
const secretName = /(^|_)(token|secret|password|api_key|key_secret)(_|$)/;

/**
 * The first place of a payload that a pointer with `*` for array items names; -1 when there is none. Of repeated names
 * the last one counts.
 */
export function exampleNode(document: JsonDocument, pointer: string): number {
	let nodes = [0];
	for (const token of pointer.slice(1).split('/')) {
		const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
		nodes = nodes.flatMap((node) => stepsInto(document, node, token === '*' ? null : name));
		if (nodes.length === 0) return -1;
	}
	return nodes[0]!;
}

/** A value as lines, the outermost first: at most 40, down to three levels below it. Secrets are masked. */
export function exampleLines(document: JsonDocument, node: number): { lines: ExampleLine[]; isCut: boolean } {
	const lines: ExampleLine[] = [];
	let isCut = false;
	for (let at = node; at < document.next[node]!; at++) {
		const level = document.depth[at]! - document.depth[node]!;
		if (level > deepestLevel) continue;
		if (lines.length === mostLines) {
			isCut = true;
			break;
		}
		lines.push(lineOf(document, at, level));
	}
	return { lines, isCut };
}

function stepsInto(document: JsonDocument, node: number, name: string | null): number[] {
	const isRight = document.kind[node] === (name === null ? JsonKind.array : JsonKind.object);
	if (!isRight) return [];
	const all = [...children(document, node)];
	if (name === null) return all;
	// The counter cuts a long name after 100 characters.
	const found = all.filter((child) => keyText(document, child)!.slice(0, longestName) === name);
	return found.slice(-1);
}

function lineOf(document: JsonDocument, node: number, level: number): ExampleLine {
	const name = keyText(document, node);
	const shown = level === 0 ? null : name && name.slice(0, longestName);
	const kind = document.kind[node];
	const count = document.childCount[node]!;
	if (kind === JsonKind.object) {
		const text = count === 0 ? '{}' : count === 1 ? '{ 1 member }' : `{ ${count} members }`;
		return { name: shown, level, text, tone: 'container' };
	}
	if (kind === JsonKind.array) {
		const text = count === 0 ? '[]' : count === 1 ? '[ 1 item ]' : `[ ${count} items ]`;
		return { name: shown, level, text, tone: 'container' };
	}
	const { text, isCut } = stringPreview(document, node, longestText);
	if (kind !== JsonKind.string) {
		const tone = kind === JsonKind.number ? 'number' : kind === JsonKind.null ? 'null' : 'literal';
		return { name: shown, level, text: isCut ? `${text}…` : text, tone };
	}
	if (text !== '' && isSecret(document, node, name)) return { name: shown, level, text: '••••••••', tone: 'masked' };
	return {
		name: shown,
		level,
		text: isCut ? `${JSON.stringify(text).slice(0, -1)}…"` : JSON.stringify(text),
		tone: 'text',
	};
}

function isSecret(document: JsonDocument, node: number, name: string | null): boolean {
	return (name !== null && secretName.test(name)) || explain(document, node)?.mask === 'secret';
}
