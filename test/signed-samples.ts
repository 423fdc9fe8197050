import { readdirSync, readFileSync } from 'node:fs';
import { children, keyText, member, toValue, valueText } from '../src/json/document';
import { JsonKind, scanJson, type JsonDocument } from '../src/json/scan';
import { bytes } from './deliveries';

/** The secret of every signed file in `test/payloads`. */
export const sampleSecret = 'sampleSecretForFixtures1';

/** A sample as Chatwoot sent it, down to the byte. */
export interface SignedSample {
	/** File name without `.json`. */
	name: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The text that was signed. */
	body: Uint8Array<ArrayBuffer>;
}

/** All signed files of `test/payloads`, by name. */
export function signedSamples(): SignedSample[] {
	const folder = new URL('./payloads/', import.meta.url);
	return readdirSync(folder)
		.sort()
		.map((file) => readSample(file.replace(/\.json$/, ''), readFileSync(new URL(file, folder))))
		.filter(({ headers }) => headers['x-chatwoot-signature'] !== undefined);
}

/** One signed file of `test/payloads`. Throws when there is none of this name. */
export function signedSample(name: string): SignedSample {
	const sample = signedSamples().find((candidate) => candidate.name === name);
	if (!sample) throw new Error(`No signed sample is called ${name}`);
	return sample;
}

function readSample(name: string, file: Uint8Array): SignedSample {
	const scan = scanJson(file);
	if (!scan.ok) throw new Error(`${name}: ${scan.error.message}`);
	const { document } = scan;
	return {
		name,
		headers: toValue(document, member(document, 0, 'headers')) as Record<string, string>,
		body: bytes(railsText(compactText(document, member(document, 0, 'body')))),
	};
}

/** Without blanks, members in their order, numbers as they are written: JSON.parse would lose the `.0` of `5.0`. */
function compactText(document: JsonDocument, node: number): string {
	const parts = [...children(document, node)].map((child) => {
		const name = keyText(document, child);
		return `${name === null ? '' : `${JSON.stringify(name)}:`}${compactText(document, child)}`;
	});
	if (document.kind[node] === JsonKind.object) return `{${parts.join(',')}}`;
	if (document.kind[node] === JsonKind.array) return `[${parts.join(',')}]`;
	return valueText(document, node);
}

/** Rails writes these five as escapes, everything else beyond ASCII as it is. */
function railsText(text: string): string {
	return text.replace(/[<>&\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
