import { maskDots } from '../detail/payload/row-text';
import { PayloadReader } from '../detail/payload/payload-reader';
import { OpenComparison } from './open-comparison';

/** What can be copied: operations of RFC 6902, or sentences for an issue report. */
export type CopyForm = 'patch' | 'words';

/** Two bodies, and what is not to be said about them. */
export interface CopiedPair {
	left: Uint8Array;
	right: Uint8Array;
	ignored: readonly string[];
	showsSecrets: boolean;
}

const encoder = new TextEncoder();

/**
 * The text that is copied of a comparison. What is masked on screen stays masked in it, and `maskedCount` says how many
 * values that are: they are masked before the bodies are compared, so that no part of one is left over.
 */
export async function copiedText(
	form: CopyForm,
	pair: CopiedPair,
	comparison: Pick<OpenComparison, CopyForm>,
): Promise<{ text: string; maskedCount: number }> {
	const masked = pair.showsSecrets ? null : await maskPair(pair);
	if (!masked || masked.count === 0) return { text: await comparison[form](), maskedCount: 0 };
	const opened = OpenComparison.open(masked.left, masked.right, { ignored: pair.ignored });
	try {
		await opened.ready;
		return { text: await opened[form](), maskedCount: masked.count };
	} finally {
		opened.close();
	}
}

async function maskPair({ left, right }: CopiedPair): Promise<{ left: Uint8Array; right: Uint8Array; count: number }> {
	const spans = [await secretSpans(left), await secretSpans(right)] as const;
	return maskSpans({ bytes: left, spans: spans[0] }, { bytes: right, spans: spans[1] });
}

interface MaskedSide {
	bytes: Uint8Array;
	/** From..to of each string with its quotes, ascending. */
	spans: readonly (readonly [from: number, to: number])[];
}

/** Both bodies with dots in place of the strings named; two different strings get different dots, so that they still differ. */
export function maskSpans(left: MaskedSide, right: MaskedSide): { left: Uint8Array; right: Uint8Array; count: number } {
	const masks = new Map<string, Uint8Array>();
	const maskOf = (value: Uint8Array): Uint8Array => {
		const key = new TextDecoder().decode(value);
		const known = masks.get(key);
		if (known) return known;
		const mask = encoder.encode(JSON.stringify(masks.size === 0 ? maskDots : `${maskDots} ${masks.size + 1}`));
		masks.set(key, mask);
		return mask;
	};
	const [one, other] = [maskSide(left, maskOf), maskSide(right, maskOf)];
	return { left: one, right: other, count: masks.size };
}

function maskSide({ bytes, spans }: MaskedSide, maskOf: (value: Uint8Array) => Uint8Array): Uint8Array {
	const pieces: Uint8Array[] = [];
	let at = 0;
	for (const [from, to] of spans) {
		pieces.push(bytes.subarray(at, from), maskOf(bytes.subarray(from, to)));
		at = to;
	}
	pieces.push(bytes.subarray(at));
	const result = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
	let offset = 0;
	for (const piece of pieces) {
		result.set(piece, offset);
		offset += piece.length;
	}
	return result;
}

async function secretSpans(bytes: Uint8Array): Promise<[number, number][]> {
	const reader = new PayloadReader(bytes);
	try {
		const reading = await reader.read();
		const document = reading?.document;
		if (!reading || !document) return [];
		return [...reading.secrets].map((node) => [document.start[node]!, document.end[node]!]);
	} finally {
		reader.close();
	}
}
