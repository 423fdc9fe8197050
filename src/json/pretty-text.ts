import { valueText } from './document';
import { JsonKind, type JsonDocument } from './scan';
import { decodeUtf8 } from './utf8';

/** Deeper levels are not indented further: a line of a million blanks helps nobody. */
const deepestIndent = 100;

/**
 * JSON text with a member or item a line and two blanks a level, empty containers in one line. Names, strings and
 * numbers stay as they are written; members keep their order, repeated names included. Works at any depth.
 */
export function prettyText(document: JsonDocument): string {
	const { kind, depth, parent, next, childCount, keyStart, keyEnd, nodeCount } = document;
	const pieces: string[] = [];
	/** Containers whose closing bracket is still to come. */
	const open: number[] = [];

	function closeUpTo(node: number): void {
		while (open.length > 0 && next[open.at(-1)!]! <= node) {
			const container = open.pop()!;
			pieces.push('\n', indent(depth[container]!), kind[container] === JsonKind.object ? '}' : ']');
		}
	}

	for (let node = 0; node < nodeCount; node++) {
		closeUpTo(node);
		if (node > 0) {
			if (parent[node] !== node - 1) pieces.push(',');
			pieces.push('\n', indent(depth[node]!));
			if (keyEnd[node] !== 0) pieces.push(decodeUtf8(document.bytes, keyStart[node]!, keyEnd[node]!), ': ');
		}
		const isObject = kind[node] === JsonKind.object;
		if (!isObject && kind[node] !== JsonKind.array) {
			pieces.push(valueText(document, node));
		} else if (childCount[node] === 0) {
			pieces.push(isObject ? '{}' : '[]');
		} else {
			pieces.push(isObject ? '{' : '[');
			open.push(node);
		}
	}
	closeUpTo(nodeCount);
	return pieces.join('');
}

function indent(level: number): string {
	return '  '.repeat(Math.min(level, deepestIndent));
}
