import type {
	BodyForm,
	ContractChoice,
	Finding,
	FindingCounts,
	ReleaseRange,
	Severity,
	Verdict,
} from '../../chatwoot/check/report';
import type { PastedKind } from '../../deliveries/pasted-text';
import type { JsonDeparture } from '../../json/repair';

/** What the page asks its worker: judge a text. */
export interface CheckRequest {
	task: 'check';
	/** Grows with each request. An answer to an older one is out of date. */
	version: number;
	text: string;
	contract: ContractChoice;
	/** What a person says that a payload is which names no event; null when nothing was said. */
	event: string | null;
	/** Which part's findings are wanted, from 0. */
	part: number;
}

/** What the page asks its worker: lay a text out. */
export interface FormatRequest {
	task: 'format';
	text: string;
}

export type WorkerRequest = CheckRequest | FormatRequest;

/** A change that makes a text JSON, or lays it out; places in UTF-16 units of the text. */
export interface TextChange {
	from: number;
	to: number;
	insert: string;
}

/** One fault of the text itself, where it stands in the pasted text. */
export interface PlacedDeparture extends TextChange {
	kind: JsonDeparture['kind'];
	message: string;
	line: number;
}

/** One payload in the pasted text. */
export interface CheckedPart {
	kind: PastedKind;
	/** From..to in the pasted text, in UTF-16 units. */
	from: number;
	to: number;
	/** From 1, of its first line. */
	line: number;
	/** The event that it names, or that it was taken for. */
	event: string | null;
	verdict: Verdict;
	counts: FindingCounts;
}

/** Where the event of a payload comes from. */
export type EventSource = 'payload' | 'shape' | 'chosen' | 'unknown';

/** A finding, and the characters that it is about. */
export interface PlacedFinding {
	/** Line and column are those of the pasted text. */
	finding: Finding;
	from: number;
	to: number;
}

/** A place to mark that belongs to another part than the one that is shown. */
export interface OtherMark {
	from: number;
	to: number;
	severity: Severity;
	title: string;
}

/** What is known of a text. */
export interface CheckedText {
	version: number;
	/** The text that was judged has so many UTF-16 units. */
	length: number;
	milliseconds: number;
	parts: CheckedPart[];
	/** There were more parts than are read. */
	isCut: boolean;
	/** The part that the rest is about; -1 when there is none. */
	part: number;
	form: BodyForm;
	releases: ReleaseRange | null;
	eventSource: EventSource;
	/** The first ones in the order of severity; `counts` of the part counts all. */
	findings: PlacedFinding[];
	otherMarks: OtherMark[];
	/** What would make the part JSON; null when it is JSON, or can't be mended. */
	repair: PlacedDeparture[] | null;
	/** Whether the part's text stands in the pasted text letter for letter, so that it can be changed there. */
	isVerbatim: boolean;
}

/** What the worker answers. */
export type WorkerAnswer =
	| { task: 'checked'; checked: CheckedText }
	| { task: 'formatted'; changes: TextChange[] }
	| { task: 'failure'; failure: string };
