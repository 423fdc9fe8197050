/** Whoever has one of these can act in somebody's name, or has what was signed with the secret. */
const secretNames = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-chatwoot-signature']);

/** Whether a header's value is masked until asked for. */
export function isSecretHeader(name: string): boolean {
	return secretNames.has(name.toLowerCase());
}
