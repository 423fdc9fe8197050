import { valueText } from './document';
import { JsonKind, type JsonDocument } from './scan';
import { decodeUtf8 } from './utf8';

/** The lines of `prettyText`, without their text: a line is a scalar, an empty container, or a bracket. Counted from 0. */
export interface PrettyLines {
	document: JsonDocument;
	count: number;
	/** Per line the node that it begins or ends. */
	node: Uint32Array;
	/** Per line: 1 for the closing bracket of its node. */
	isClosing: Uint8Array;
	/** Per node the line that it begins on. */
	first: Uint32Array;
	/** Per node the line that it ends on. */
	last: Uint32Array;
}

/** Lays a document out as `prettyText` does, in one pass, at any depth. */
export function prettyLines(document: JsonDocument): PrettyLines {
	const { nodeCount, next, parent } = document;
	let count = nodeCount;
	for (let node = 0; node < nodeCount; node++) if (next[node]! > node + 1) count++;
	const lines: PrettyLines = {
		document,
		count,
		node: new Uint32Array(count),
		isClosing: new Uint8Array(count),
		first: new Uint32Array(nodeCount),
		last: new Uint32Array(nodeCount),
	};
	let line = 0;
	/** The innermost container whose closing bracket is still to come. */
	let container = -1;
	const closeUpTo = (node: number) => {
		while (container !== -1 && next[container]! <= node) {
			lines.node[line] = container;
			lines.isClosing[line] = 1;
			lines.last[container] = line++;
			container = parent[container]!;
		}
	};
	for (let node = 0; node < nodeCount; node++) {
		closeUpTo(node);
		lines.node[line] = node;
		lines.first[node] = lines.last[node] = line++;
		if (next[node]! > node + 1) container = node;
	}
	closeUpTo(nodeCount);
	return lines;
}

/** The text of a line with its comma, without indentation, as it is written in the document. */
export function lineText({ document, node: nodes, isClosing }: PrettyLines, line: number): string {
	const node = nodes[line]!;
	const isObject = document.kind[node] === JsonKind.object;
	const container = document.parent[node]!;
	const comma = container !== -1 && document.position[node]! < document.childCount[container]! - 1 ? ',' : '';
	if (isClosing[line] === 1) return (isObject ? '}' : ']') + comma;
	const keyEnd = document.keyEnd[node]!;
	const name = keyEnd === 0 ? '' : `${decodeUtf8(document.bytes, document.keyStart[node]!, keyEnd)}: `;
	if (!isObject && document.kind[node] !== JsonKind.array) return name + valueText(document, node) + comma;
	if (document.childCount[node]! > 0) return name + (isObject ? '{' : '[');
	return name + (isObject ? '{}' : '[]') + comma;
}
