import { keyText } from '../../../json/document';
import { JsonKind, type JsonDocument } from '../../../json/scan';

/**
 * Members whose value opens something: the contact's stream, a channel, a mailbox.
 *
 * Source: ground truth, `contact_inbox` and the `channel` row that inbox events carry.
 */
const secretNames = new Set([
	'access_token',
	'api_key',
	'api_key_secret',
	'auth_token',
	'bot_token',
	'hmac_token',
	'imap_password',
	'line_channel_secret',
	'line_channel_token',
	'page_access_token',
	'pubsub_token',
	'refresh_token',
	'secret',
	'smtp_password',
	'user_access_token',
	'webhook_verify_token',
	'website_token',
]);

const longestName = Math.max(...[...secretNames].map((name) => name.length));
const shortestName = Math.min(...[...secretNames].map((name) => name.length));

/** Whether a node is the text of a member that is masked until asked for. An empty text hides nothing. */
export function isSecret(document: JsonDocument, node: number): boolean {
	if (document.kind[node] !== JsonKind.string || document.end[node]! - document.start[node]! === 2) return false;
	const nameLength = document.keyEnd[node]! - document.keyStart[node]! - 2;
	// Most members are told by their length, so that a million of them take a few milliseconds. Escapes make it longer.
	if (nameLength < shortestName || nameLength > longestName * 6) return false;
	return isSecretName(keyText(document, node)!);
}

/** Whether a member of this name is masked until asked for. */
export function isSecretName(name: string): boolean {
	return secretNames.has(name);
}

/** All nodes that are masked, ascending. */
export function findSecrets(document: JsonDocument): Uint32Array<ArrayBuffer> {
	const found: number[] = [];
	for (let node = 0; node < document.nodeCount; node++) if (isSecret(document, node)) found.push(node);
	return Uint32Array.from(found);
}
