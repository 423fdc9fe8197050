import { keyText, member, nestingLevels, stringValue } from '../../json/document';
import { pointerOf } from '../../json/pointer';
import { originalOffset, repairJson, type JsonDeparture } from '../../json/repair';
import { JsonKind, scanJson, type JsonDocument } from '../../json/scan';
import { invalidUtf8At, positionOf, utf16Order } from '../../json/utf8';
import { eventNamed } from '../contract/lookup';
import { guide, guideSample } from '../contract/guide';
import { wire } from '../contract/wire/wire';
import { nothingSaid, placeAt, pointerOfPlace, type Place } from './place';
import { compare, type Comparison, type Subject } from './walk';
import { writeFindings } from './findings';
import { bodyForm } from './form';
import { guessEvent } from './guess-event';
import { brokenRules } from './rules/broken-rules';
import type {
	BodyForm,
	ContractChoice,
	Finding,
	FindingCode,
	FindingCounts,
	ReleaseRange,
	Report,
	Severity,
	Verdict,
} from './report';
import { closestName, foundWords, shortName } from './words';

export interface CheckOptions {
	/** Who judges; both by default. */
	contract?: ContractChoice;
	/** The request's headers, for the rules that link them to the body and to each other. */
	headers?: readonly (readonly [name: string, value: string])[];
	/** When the request arrived, in Unix milliseconds. */
	receivedAt?: number;
	/** Whether the body was cut off before its end. */
	isTruncated?: boolean;
	/** What the payload is taken for when it names no event; else that is told from its members. */
	event?: string;
	/** No more findings are put into words, the worst first; the counts are of all. All of them by default. */
	mostFindings?: number;
}

/** How deeply a body may be nested to be judged. */
export const deepest = 1000;

/**
 * Checks one payload against the documented shapes and against what releases send. Takes any bytes and never throws:
 * what can't be judged is itself a finding. Text that is nearly JSON is judged as it would be mended, with one finding
 * for each departure. Lines and columns are those of the text given.
 */
export function check(body: Uint8Array | string, options: CheckOptions = {}): Report {
	const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
	if (bytes.length === 0) {
		return wholeBody(bytes, 'empty', 'error', 0, 'The body is empty; Chatwoot sends a JSON object.', 'nothing');
	}
	if (utf16Order(bytes) !== null) {
		return wholeBody(bytes, 'not-utf8', 'error', 0, 'The body is UTF-16 text; Chatwoot sends JSON in UTF-8.', 'UTF-16');
	}
	const invalidAt = invalidUtf8At(bytes);
	if (invalidAt !== -1) {
		const message = 'The body is not UTF-8 text; Chatwoot sends JSON in UTF-8.';
		return wholeBody(bytes, 'not-utf8', 'error', invalidAt, message, 'bytes that are no UTF-8');
	}
	const scan = scanJson(bytes);
	if (scan.ok) return checkDocument(scan.document, options);
	if (options.isTruncated) {
		const message = 'The body was cut off, so it can’t be checked.';
		return wholeBody(bytes, 'truncated', 'warning', bytes.length, message, `the first ${bytes.length} bytes`);
	}
	const repair = repairJson(bytes);
	const mended = repair && scanJson(repair.bytes);
	if (repair && mended?.ok && mended.document.kind[0] === JsonKind.object) {
		return checkMended(mended.document, bytes, repair.departures, options);
	}
	return wholeBody(
		bytes,
		'not-json',
		'error',
		scan.error.offset,
		`This is no JSON. ${scan.error.message}`,
		'other text',
	);
}

/** The same for a text that is parsed already. */
export function checkDocument(document: JsonDocument, options: CheckOptions = {}): Report {
	const pieces = checkInPieces(document, options);
	const findings: Finding[] = [];
	for (;;) {
		const { done, value } = pieces.next();
		if (done) return { ...value, findings };
		findings.push(...value);
	}
}

/**
 * The same for whoever has other things to do in between: some hundred findings at a time, in their order, then the
 * rest of the report. To put what was found into words takes longer than to find it.
 */
export function* checkInPieces(
	document: JsonDocument,
	options: CheckOptions = {},
): Generator<Finding[], Omit<Report, 'findings'>, undefined> {
	const judged = judge(document, options, options.contract ?? 'both');
	yield* findingsOf(judged, options, (offset) => offset, document.bytes);
	return reportHead(judged, countOf(placesOf(judged, options)));
}

/** Findings of a parsed body, counted: what a row shows, without a word written. */
export interface Counted {
	verdict: Verdict;
	counts: FindingCounts;
	/** By the guide alone. */
	guideCounts: FindingCounts;
}

/** Counts what `checkDocument` would find, by both contracts and by the guide alone, in one pass. */
export function countFindings(document: JsonDocument, options: CheckOptions = {}): Counted {
	const judged = judge(document, options, 'each');
	const counts = countOf(judged.both);
	return { verdict: verdictOf(counts), counts, guideCounts: countOf(judged.guideOnly) };
}

/** How many findings of each severity there are. */
export function countOf(findings: readonly { severity: Severity }[]): FindingCounts {
	const counts: FindingCounts = { error: 0, warning: 0, info: 0 };
	for (const { severity } of findings) counts[severity]++;
	return counts;
}

/** The worst severity that occurs. */
export function verdictOf(counts: FindingCounts): Verdict {
	if (counts.error > 0) return 'error';
	if (counts.warning > 0) return 'warning';
	return counts.info > 0 ? 'info' : 'ok';
}

function checkMended(
	document: JsonDocument,
	bytes: Uint8Array,
	departures: readonly JsonDeparture[],
	options: CheckOptions,
): Report {
	const judged = judge(document, options, options.contract ?? 'both');
	const textual = departures.map(({ message, line, column, inserted }): Finding => ({
		pointer: '',
		code: 'not-json',
		severity: 'error',
		message,
		expected: inserted === '' ? 'nothing here' : inserted,
		found: 'text that is no JSON',
		guide: null,
		wire: null,
		releases: null,
		line,
		column,
	}));
	const judgedFindings = findingsOf(judged, options, (offset) => originalOffset(departures, offset), bytes);
	const findings = [...textual, ...[...judgedFindings].flat()].sort(
		(left, right) => left.line! - right.line! || left.column! - right.column!,
	);
	const counts = countOf(placesOf(judged, options));
	return { ...reportHead(judged, { ...counts, error: counts.error + textual.length }), findings };
}

function placesOf(judged: Judged, { contract }: CheckOptions): readonly Place[] {
	return contract === 'guide' ? judged.guideOnly : judged.both;
}

function findingsOf(
	judged: Judged,
	options: CheckOptions,
	toOriginal: (offset: number) => number,
	text: Uint8Array,
): Generator<Finding[], void, undefined> {
	const isGuideOnly = options.contract === 'guide';
	return writeFindings(judged.document, placesOf(judged, options), {
		guide: judged.form === 'guide-sample' && !isGuideOnly ? guideSample : guide,
		isGuideOnly,
		originalOffset: toOriginal,
		text,
		most: options.mostFindings ?? Infinity,
	});
}

/** A report but for its findings. */
function reportHead(
	{ event, form, releases }: Pick<Report, 'event' | 'form' | 'releases'>,
	counts: FindingCounts,
): Omit<Report, 'findings'> {
	return { event, form, verdict: verdictOf(counts), counts, releases };
}

const noReleases: ReleaseRange = { from: null, to: null, evidence: [] };

function wholeBody(
	bytes: Uint8Array,
	code: FindingCode,
	severity: Severity,
	offset: number,
	message: string,
	found: string,
): Report {
	const position = bytes.length === 0 ? { line: null, column: null } : positionOf(bytes, offset);
	const expected = code === 'truncated' ? 'the whole body' : 'a JSON object';
	const finding = { pointer: '', code, severity, message, expected, found, guide: null, wire: null, releases: null };
	const findings = [{ ...finding, ...position }];
	return { ...reportHead({ event: null, form: 'unknown', releases: noReleases }, countOf(findings)), findings };
}

/** What is found of one parsed body, before it is put into words. */
interface Judged {
	document: JsonDocument;
	event: string | null;
	form: BodyForm;
	releases: ReleaseRange;
	both: Place[];
	guideOnly: Place[];
}

function judge(document: JsonDocument, options: CheckOptions, asks: ContractChoice | 'each'): Judged {
	const event = stringValue(document, member(document, 0, 'event'));
	const unreadable = unreadablePlace(document, event);
	if (unreadable) {
		const places = [unreadable];
		return { document, event, form: 'unknown', releases: noReleases, both: places, guideOnly: places };
	}
	const repeated = repeatedNames(document);
	const assumed = event ?? options.event ?? guessEvent(document);
	const wireEvent = eventNamed(wire, assumed);
	if (!wireEvent) {
		const both = [...repeated.places, eventPlace(document)];
		return { document, event, form: 'unknown', releases: noReleases, both, guideOnly: both };
	}
	const isDocumented = eventNamed(guide, assumed) !== null;
	const form = bodyForm(document, isDocumented);
	const subject: Subject = {
		document,
		form,
		event: wireEvent,
		guide,
		// What it is taken for proves nothing.
		since: (event !== null && wireEvent.since) || null,
		until: (event !== null && wireEvent.until) || null,
		shadowed: repeated.shadowed,
		// The sample is also held against the object tables.
		isGuideAsked: asks !== 'both' || form === 'guide-sample',
	};
	const compared = compare(subject);
	// The printed sample has only one event; other bodies with its ids are compared with the object tables.
	const isPrinted = form === 'guide-sample' && eventNamed(guideSample, assumed) !== null;
	const { both } = isPrinted ? compare({ ...subject, guide: guideSample }) : compared;
	if (form === 'wire') both.push(...rulesBroken(document, assumed!, compared, options));
	const guideOnly = [...repeated.places, ...compared.guideOnly];
	both.push(...repeated.places);
	if (event === null) for (const places of [both, guideOnly]) sayWhatItIsTakenFor(places, document, assumed!);
	if (!isDocumented) {
		const undocumented = undocumentedEvent(document, assumed!);
		both.push(undocumented);
		guideOnly.push(undocumented);
	}
	if (form === 'guide-sample') {
		both.push(...sampleDepartures(both, compared.guideOnly));
		both.push(samplePlace());
		guideOnly.push(samplePlace());
	}
	return { document, event, form, releases: compared.releases, both, guideOnly };
}

/** Where the sample contradicts the object tables of its own guide, apart from what is reported there already. */
function sampleDepartures(both: readonly Place[], guideOnly: readonly Place[]): Place[] {
	const reported = new Set(both.map(pointerOfPlace));
	return guideOnly
		.filter((place) => place.severity === 'error' && !reported.has(pointerOfPlace(place)))
		.map((place) => ({ ...place, code: 'differs-from-guide', severity: 'info', isOfSample: true }));
}

function rulesBroken(document: JsonDocument, event: string, compared: Comparison, options: CheckOptions): Place[] {
	const faulty = new Set<number>();
	for (const { code, node } of compared.both) {
		if (code === 'type' || code === 'enum' || code === 'format') faulty.add(node);
	}
	const { headers = [], receivedAt = null } = options;
	return brokenRules({ document, event, headers, receivedAt, oldest: compared.oldest, faulty });
}

function wordedPlace(
	code: FindingCode,
	severity: Severity,
	pointer: string,
	node: number,
	words: { expected: string; message: string; found?: string },
): Place {
	const place = placeAt(code, severity, pointer, node, nothingSaid);
	place.expected = words.expected;
	place.message = words.message;
	place.found = words.found ?? null;
	return place;
}

function unreadablePlace(document: JsonDocument, event: string | null): Place | null {
	// Only where it is close is it worth a look at every node.
	const levels = document.maxDepth < deepest ? 0 : nestingLevels(document);
	if (levels > deepest) {
		return wordedPlace('too-deep', 'error', '', 0, {
			expected: `at most ${deepest} levels`,
			found: `${levels} levels`,
			message: `The body is nested ${levels} levels deep; more than ${deepest} are not checked.`,
		});
	}
	if (document.kind[0] !== JsonKind.object) {
		return wordedPlace('not-an-object', 'error', '', 0, {
			expected: 'a JSON object',
			message: 'The body is JSON, but no object; Chatwoot sends one object with a member "event".',
		});
	}
	if (event === null || eventNamed(wire, event)) return null;
	const close = closestName(
		event,
		wire.events.map((known) => known.event),
	);
	const hint = close === null ? '' : ` Did you mean "${close}"?`;
	return wordedPlace('unknown-event', 'error', '/event', member(document, 0, 'event'), {
		expected: close ?? 'an event that releases send',
		message: `No release sends the event "${shortName(event)}" by webhook.${hint}`,
	});
}

const eventName = 'the name of an event';

/** A body without a usable `event`, whose members do not tell either what it is. */
function eventPlace(document: JsonDocument): Place {
	const node = member(document, 0, 'event');
	if (node === -1) {
		const message = 'event is missing, and nothing else tells what this is.';
		const place = wordedPlace('missing', 'error', '/event', 0, { expected: eventName, message });
		place.isAbsent = true;
		return place;
	}
	const message = `${wrongEvent(document, node)}, and nothing else tells what this is.`;
	return wordedPlace('type', 'error', '/event', node, { expected: eventName, message });
}

function wrongEvent(document: JsonDocument, node: number): string {
	return `event should be ${eventName}, but is ${foundWords(document, node, null)}`;
}

/** A body without a usable `event` is judged as another: whoever reads of it must know as which. */
function sayWhatItIsTakenFor(places: readonly Place[], document: JsonDocument, assumed: string): void {
	const node = member(document, 0, 'event');
	for (const place of places) {
		if (pointerOfPlace(place) !== '/event' || (place.code !== 'missing' && place.code !== 'type')) continue;
		place.expected = eventName;
		place.message = `${node === -1 ? 'event is missing' : wrongEvent(document, node)}; the rest is checked as ${assumed}.`;
	}
}

function undocumentedEvent(document: JsonDocument, event: string): Place {
	const wireValue = { types: ['string'], words: event } as const;
	const said = { pointer: '/event', wireMember: null, wireValue, guideValue: null };
	const place = placeAt('undocumented', 'info', '', Math.max(0, member(document, 0, 'event')), said);
	place.expected = 'one of the eight documented events';
	place.message = 'The guide does not list this event; releases send it.';
	return place;
}

function samplePlace(): Place {
	return wordedPlace('guide-sample', 'info', '', 0, {
		expected: 'ids as integers',
		found: 'ids as text',
		message: 'Written like the guide’s printed sample: all ids are text. No release sends this form.',
	});
}

/** Names that stand twice in one object: one warning a name, with both places; the last one counts. */
function repeatedNames(document: JsonDocument): { places: Place[]; shadowed: ReadonlySet<number> } {
	const shadowed = new Set<number>();
	const places: Place[] = [];
	const mostShown = 100;
	for (const node of document.duplicates) {
		const name = keyText(document, node)!;
		const parent = document.parent[node]!;
		let first = parent + 1;
		while (keyText(document, first) !== name) first = document.next[first]!;
		for (let child = first; child < node; child = document.next[child]!) {
			if (keyText(document, child) === name) shadowed.add(child);
		}
		if (places.length === mostShown) break;
		const here = positionOf(document.bytes, document.keyStart[node]!);
		const there = positionOf(document.bytes, document.keyStart[first]!);
		const place = wordedPlace('duplicate-key', 'warning', pointerOf(document, node), node, {
			expected: 'each name once',
			message: `"${shortName(name)}" stands twice in one object, at ${there.line}:${there.column} and ${here.line}:${here.column}; the last one counts.`,
		});
		places.push(place);
	}
	return { places, shadowed };
}
