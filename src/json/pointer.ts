import { item, keyText, member } from './document';
import { JsonKind, type JsonDocument } from './scan';

/** The JSON Pointer of a node (RFC 6901); the empty text is the root. Of repeated names it says only the name. */
export function pointerOf(document: JsonDocument, node: number): string {
	return stepsTo(document, node)
		.map((step) => `/${escapedToken(String(step))}`)
		.join('');
}

/** A member name as a token of a JSON Pointer. */
export function escapedToken(name: string): string {
	return name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

/**
 * The JSONPath of a node (RFC 9535): names after a dot where they are letters, digits and `_`, else in brackets and
 * single quotes; items by index. `$` is the root.
 */
export function jsonPathOf(document: JsonDocument, node: number): string {
	const steps = stepsTo(document, node).map((step) => {
		if (typeof step === 'number') return `[${step}]`;
		return /^[A-Za-z_][A-Za-z0-9_]*$/.test(step) ? `.${step}` : `['${step.replace(needsEscape, escapeInPath)}']`;
	});
	return `$${steps.join('')}`;
}

// eslint-disable-next-line no-control-regex -- control characters are what has to be escaped
const needsEscape = /['\\\u0000-\u001f]/g;

const shortEscapes: Record<string, string> = {
	'\b': 'b',
	'\f': 'f',
	'\n': 'n',
	'\r': 'r',
	'\t': 't',
	"'": "'",
	'\\': '\\',
};

function escapeInPath(character: string): string {
	const short = shortEscapes[character];
	return `\\${short ?? `u${character.charCodeAt(0).toString(16).padStart(4, '0')}`}`;
}

function stepsTo(document: JsonDocument, node: number): (string | number)[] {
	const steps: (string | number)[] = [];
	for (let at = node; document.parent[at] !== -1; at = document.parent[at]!) {
		steps.push(keyText(document, at) ?? document.position[at]!);
	}
	return steps.reverse();
}

/**
 * The node that a JSON Pointer names, -1 when there is none or the pointer is malformed. Of repeated names the last
 * one counts; `-` (after the last item) names nothing.
 */
export function resolvePointer(document: JsonDocument, pointer: string): number {
	if (pointer === '') return 0;
	if (!pointer.startsWith('/')) return -1;
	let node = 0;
	for (const token of pointer.slice(1).split('/')) {
		if (/~(?![01])/.test(token)) return -1;
		const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
		node = document.kind[node] === JsonKind.array ? itemNamed(document, node, name) : member(document, node, name);
		if (node === -1) return -1;
	}
	return node;
}

function itemNamed(document: JsonDocument, node: number, name: string): number {
	return /^(0|[1-9][0-9]*)$/.test(name) ? item(document, node, Number(name)) : -1;
}
