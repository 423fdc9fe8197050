import type { CheckOptions, checkInPieces } from '../../../chatwoot/check/check';
import type { MemberNote } from '../../../chatwoot/check/explain';
import type { Report } from '../../../chatwoot/check/report';
import type { JsonDocument } from '../../../json/scan';

/** What checks and explains payloads. */
export interface CheckModule {
	check: (body: Uint8Array | string, options?: CheckOptions) => Report;
	checkInPieces: typeof checkInPieces;
	explain: (document: JsonDocument, node: number) => MemberNote | null;
}

/** Loads the contracts, which are no part of the page's first load. Rejects when they can't be fetched. */
export async function loadCheck(): Promise<CheckModule> {
	const [{ check, checkInPieces }, { explain }] = await Promise.all([
		import('../../../chatwoot/check/check'),
		import('../../../chatwoot/check/explain'),
	]);
	return { check, checkInPieces, explain };
}
