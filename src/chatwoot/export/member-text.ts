import type { Contract, Mask, Member } from '../contract/contract';
import { releaseWords } from '../contract/releases';
import { valueWords } from '../check/words';

const maskSentences: Readonly<Record<Mask, string>> = {
	personal: 'Personal data.',
	'free-text': 'Free text; treat it as personal.',
	secret: 'Secret.',
	'open-url': 'A URL that opens without a login.',
};

/**
 * What a contract says of a member, as sentences for people who read an exported file: what stands there, in which
 * releases and how often, what is easily confused, and whether it is personal or secret.
 */
export function memberText(member: Member, contract: Contract): string {
	const { value, since, until, isAlways, note, mask } = member;
	const words = valueWords(value, contract);
	const sentences = [`${words.charAt(0).toUpperCase()}${words.slice(1)}.`];
	const releases = releaseWords(since, until);
	if (releases !== null) sentences.push(`Releases: ${releases}.`);
	if (value.nullUntil !== undefined) sentences.push(`Null up to ${value.nullUntil} only.`);
	const newer = (value.values ?? []).filter((allowed) => allowed.since !== undefined || allowed.until !== undefined);
	for (const allowed of newer) sentences.push(`${allowed.value}: ${releaseWords(allowed.since, allowed.until)}.`);
	if (value.otherValues !== undefined) sentences.push(`Other values occur: ${value.otherValues}.`);
	if (!isAlways) sentences.push('Not in every delivery.');
	if (note !== undefined) sentences.push(note);
	if (mask !== undefined) sentences.push(maskSentences[mask]);
	return sentences.join(' ');
}
