/** How much a finding matters. `info` is drift: guide and wire disagree, and the delivery is fine. */
export type Severity = 'error' | 'warning' | 'info';

/** What is wrong, or worth knowing; the closed list that programs may rely on. */
export type FindingCode =
	| 'type'
	| 'enum'
	| 'format'
	| 'missing'
	| 'only-in-guide'
	| 'differs-from-guide'
	| 'undocumented'
	| 'unknown-member'
	| 'invariant'
	| 'not-json'
	| 'not-utf8'
	| 'empty'
	| 'truncated'
	| 'too-deep'
	| 'duplicate-key'
	| 'not-an-object'
	| 'unknown-event'
	| 'guide-sample';

/** One place where a payload and a contract disagree. */
export interface Finding {
	/** RFC 6901, relative to the body. A missing member is named by the place where it would stand. */
	pointer: string;
	code: FindingCode;
	severity: Severity;
	/** A sentence: what was expected and what was found. */
	message: string;
	expected: string;
	/** The value as JSON text, cut; `nothing` where a member is missing; secrets are only described. */
	found: string;
	/** What the guide says of this place; null when it does not list it. */
	guide: string | null;
	/** What releases send here; null when they never send it. */
	wire: string | null;
	/** The releases in which the wire's word holds, such as `4.8.0 or later`; null when it holds for all. */
	releases: string | null;
	/** From 1, in the text given; of a missing member the object that lacks it. Null when there is no text. */
	line: number | null;
	/** From 1, in UTF-16 units. */
	column: number | null;
	/** How many places it stands for, when more than one. */
	count?: number;
}

/** Findings, counted by severity. */
export interface FindingCounts {
	error: number;
	warning: number;
	info: number;
}

/** The worst severity of a payload's findings. */
export type Verdict = 'ok' | Severity;

/**
 * How the whole body is written: as releases send it, as the guide's object tables say, as the guide's printed sample
 * (ids as text, `display_id`), or so that none of them can be recognised.
 */
export type BodyForm = 'wire' | 'guide' | 'guide-sample' | 'unknown';

/** One member that narrows the range of releases. */
export interface ReleaseEvidence {
	/** RFC 6901; also of a member that is absent. */
	pointer: string;
	from: string | null;
	to: string | null;
}

/** Which releases could have sent a payload. Both ends inclusive; null is open. */
export interface ReleaseRange {
	from: string | null;
	to: string | null;
	evidence: ReleaseEvidence[];
}

/** Everything that is known about one payload. */
export interface Report {
	/** The payload's event; null when it names none. */
	event: string | null;
	form: BodyForm;
	verdict: Verdict;
	counts: FindingCounts;
	releases: ReleaseRange;
	/** In the order of the text. */
	findings: Finding[];
}

/** Who judges: the guide and the wire, or the guide alone. */
export type ContractChoice = 'both' | 'guide';
