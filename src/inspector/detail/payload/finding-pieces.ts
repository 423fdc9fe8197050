import type { Finding } from '../../../chatwoot/check/report';
import type { FindingPlaces } from './finding-marks';

/** The page takes so many out of a message, and marks them, in a few milliseconds. */
const findingsAPiece = 500;

/** Some of a report's findings, with their places; the indexes in these count within the piece. */
export interface FindingPiece {
	findings: Finding[];
	places: FindingPlaces;
}

/** Findings in pieces, in their order: all of a large body's in one message would hold the page up for seconds. */
export function* findingPieces(findings: readonly Finding[], places: FindingPlaces): Generator<FindingPiece> {
	let at = 0;
	for (let first = 0; first < findings.length; first += findingsAPiece) {
		const from = at;
		while (at < places.length && places[at]! < first + findingsAPiece) at += 2;
		yield {
			findings: findings.slice(first, first + findingsAPiece),
			places: places.slice(from, at).map((value, index) => (index % 2 === 0 ? value - first : value)),
		};
	}
}
