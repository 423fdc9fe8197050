import { children, keyText } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';

/** A member whose differences don't count unless a person wants them. */
export interface IgnoredMember {
	pattern: string;
	/** Why it is noise, for a person who decides. */
	reason: string;
}

/**
 * What moves between any two deliveries of one conversation without anybody having changed it: times, counters, who
 * is at their desk, and tokens.
 *
 * Source: ground truth, sections 5.3 (noise) and 5.5 (written past the callbacks).
 */
export const defaultIgnored: readonly IgnoredMember[] = [
	{ pattern: 'updated_at', reason: 'Every message and every look at the conversation moves it.' },
	{ pattern: 'timestamp', reason: 'The time of the last activity.' },
	{ pattern: 'last_activity_at', reason: 'Every message moves it.' },
	{ pattern: 'waiting_since', reason: 'Starts and stops with messages, and is emptied without an event.' },
	{ pattern: 'agent_last_seen_at', reason: 'Moves when an agent opens the conversation.' },
	{ pattern: 'assignee_last_seen_at', reason: 'Moves when the assignee opens the conversation.' },
	{ pattern: 'contact_last_seen_at', reason: 'Moves when the contact reads.' },
	{ pattern: 'unread_count', reason: 'Counts messages that no agent has seen yet.' },
	{ pattern: 'availability_status', reason: 'Says who is online at the moment.' },
	{ pattern: 'pubsub_token', reason: 'A secret for the contact’s live connection.' },
];

/**
 * Compiles patterns into a test of JSON pointers. A pattern is a member name, which counts at any place (`updated_at`),
 * or a JSON pointer in which `*` stands for any one name or index (`/messages/*`). A pointer below a place that is
 * ignored is ignored too. An empty pattern ignores nothing.
 */
export function compileIgnoreList(patterns: readonly string[]): (pointer: string) => boolean {
	const names = new Set(patterns.filter((pattern) => pattern !== '' && !pattern.startsWith('/')));
	const paths = patterns.filter((pattern) => pattern.startsWith('/')).map(tokensOf);
	if (names.size === 0 && paths.length === 0) return () => false;
	return (pointer) => {
		const tokens = tokensOf(pointer);
		return tokens.some((token) => names.has(token)) || paths.some((path) => startsWith(tokens, path));
	};
}

/**
 * Which nodes of a document the same patterns ignore, 1 per node: without a pointer per node, because a large document
 * has very many.
 */
export function ignoredNodes(document: JsonDocument, patterns: readonly string[]): Uint8Array {
	const isIgnored = new Uint8Array(document.nodeCount);
	for (const pattern of patterns) {
		if (pattern.startsWith('/')) for (const node of nodesAt(document, tokensOf(pattern))) isIgnored[node] = 1;
	}
	const names = new Set(patterns.filter((pattern) => pattern !== '' && !pattern.startsWith('/')));
	const longest = Math.max(0, ...[...names].map((name) => name.length)) * longestLetter;
	const { parent, keyStart, keyEnd, kind, nodeCount } = document;
	for (let node = 1; node < nodeCount; node++) {
		const container = parent[node]!;
		if (isIgnored[container] === 1) isIgnored[node] = 1;
		else if (kind[container] === JsonKind.array) {
			if (names.has(String(document.position[node]))) isIgnored[node] = 1;
		} else if (keyEnd[node]! - keyStart[node]! - 2 <= longest && names.has(keyText(document, node)!)) {
			isIgnored[node] = 1;
		}
	}
	return isIgnored;
}

/** Bytes that one letter of a name takes at most: written as an escape. */
const longestLetter = 6;

/** The nodes that a pointer with stars leads to. */
function nodesAt(document: JsonDocument, path: readonly string[]): number[] {
	let nodes = [0];
	for (const token of path) {
		const steps: number[] = [];
		for (const node of nodes) {
			for (const child of children(document, node)) {
				if (token === '*' || token === (keyText(document, child) ?? String(document.position[child])))
					steps.push(child);
			}
		}
		nodes = steps;
	}
	return nodes;
}

function tokensOf(pointer: string): string[] {
	return pointer
		.split('/')
		.slice(1)
		.map((token) => (token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token));
}

function startsWith(tokens: readonly string[], path: readonly string[]): boolean {
	return path.length <= tokens.length && path.every((token, index) => token === '*' || token === tokens[index]);
}
