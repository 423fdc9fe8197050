import { check, checkDocument, type CheckOptions } from '../../chatwoot/check/check';
import { guessEvent } from '../../chatwoot/check/guess-event';
import type { Finding, Report, Severity } from '../../chatwoot/check/report';
import { sourceOffset, type MappedText } from '../../deliveries/mapped-text';
import { readPastedText, type PastedPart } from '../../deliveries/pasted-text';
import { member, stringValue } from '../../json/document';
import { repairJson, type JsonDeparture } from '../../json/repair';
import { scanJson, type JsonDocument } from '../../json/scan';
import { findingTitle } from '../findings/finding-title';
import type {
	CheckedPart,
	CheckedText,
	CheckRequest,
	EventSource,
	OtherMark,
	PlacedDeparture,
	PlacedFinding,
} from './check-messages';
import { LineStarts } from './line-starts';
import { tokenEnd } from './token-end';

/** More are counted, but neither listed nor marked: nobody reads them, and the page has to stay quick. */
const mostFindings = 1000;
const mostOtherMarks = 500;

const encoder = new TextEncoder();
const ranks: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Finds the payloads in a text and judges each of them. `now` gives milliseconds. */
export function checkText(request: CheckRequest, now: () => number): CheckedText {
	const started = now();
	const { text } = request;
	const { parts, isCut } = readPastedText(text);
	const lines = new LineStarts(text);
	const shown = Math.min(request.part, parts.length - 1);
	const result: CheckedText = {
		version: request.version,
		length: text.length,
		milliseconds: 0,
		parts: [],
		isCut,
		part: shown,
		form: 'unknown',
		releases: null,
		eventSource: 'unknown',
		findings: [],
		otherMarks: [],
		repair: null,
		isVerbatim: false,
	};
	for (const [index, part] of parts.entries()) {
		const most = index === shown ? mostFindings : mostOtherMarks;
		const { report, departures, event, source } = judge(part, request, most);
		result.parts.push(summaryOf(part, report, event, lines));
		if (index === shown) {
			result.form = report.form;
			result.releases = report.releases;
			result.eventSource = source;
			result.isVerbatim = part.body.pieces.length === 1 && part.body.pieces[0]!.length === part.body.text.length;
			if (departures.length > 0) result.repair = placedDepartures(part, departures, lines);
			result.findings = placedFindings(part, report.findings, result.repair ?? [], lines);
		} else if (result.otherMarks.length < mostOtherMarks) {
			addOtherMarks(result.otherMarks, part, report.findings);
		}
	}
	result.milliseconds = now() - started;
	return result;
}

interface Judged {
	report: Report;
	departures: readonly JsonDeparture[];
	event: string | null;
	source: EventSource;
}

function judge(part: PastedPart, { contract, event: chosen }: CheckRequest, most: number): Judged {
	const bytes = encoder.encode(part.body.text);
	const scanned = scanJson(bytes);
	// Only a text with faults is read twice.
	const repair = scanned.ok ? null : repairJson(bytes);
	const document = scanned.ok ? scanned.document : repair && documentOf(repair.bytes);
	const { event, source } = eventOf(document, chosen);
	const options: CheckOptions = {
		contract,
		headers: part.headers,
		mostFindings: most,
		...(part.receivedAt !== null && { receivedAt: part.receivedAt }),
		...(event !== null && { event }),
	};
	const report = scanned.ok ? checkDocument(scanned.document, options) : check(bytes, options);
	return { report, departures: repair?.departures ?? [], event, source };
}

function documentOf(bytes: Uint8Array): JsonDocument | null {
	const scanned = scanJson(bytes);
	return scanned.ok ? scanned.document : null;
}

/** The event that the payload names; else what a person has said, else what its members tell. */
function eventOf(document: JsonDocument | null, chosen: string | null): { event: string | null; source: EventSource } {
	const named = document === null ? null : stringValue(document, member(document, 0, 'event'));
	if (named !== null) return { event: named, source: 'payload' };
	if (chosen !== null) return { event: chosen, source: 'chosen' };
	const event = document === null ? null : guessEvent(document);
	return { event, source: event === null ? 'unknown' : 'shape' };
}

function summaryOf(part: PastedPart, report: Report, event: string | null, lines: LineStarts): CheckedPart {
	return {
		kind: part.kind,
		from: part.from,
		to: part.to,
		line: lines.positionOf(part.from).line,
		event: report.event ?? event,
		verdict: report.verdict,
		counts: report.counts,
	};
}

function placedFindings(
	part: PastedPart,
	findings: readonly Finding[],
	departures: readonly PlacedDeparture[],
	lines: LineStarts,
): PlacedFinding[] {
	const worst = [...findings].sort((one, other) => ranks[one.severity] - ranks[other.severity]).slice(0, mostFindings);
	const own = new LineStarts(part.body.text);
	const faults = new Map(departures.map((departure) => [departure.from, departure]));
	return worst.map((finding) => {
		const { from, to } = placeOf(part.body, finding, own);
		const { line, column } = lines.positionOf(from);
		const fault = finding.code === 'not-json' ? faults.get(from) : undefined;
		return { finding: { ...finding, line, column }, from, to: fault ? Math.max(fault.to, from) : to };
	});
}

/** The characters that a finding is about: a name, a scalar, or the bracket that opens a container. */
function placeOf(body: MappedText, finding: Finding, lines: LineStarts): { from: number; to: number } {
	const at = finding.line === null || finding.column === null ? 0 : lines.offsetOf(finding.line, finding.column);
	const end = tokenEnd(body.text, at);
	const from = sourceOffset(body, at);
	return { from, to: Math.max(from, end === at ? from : sourceOffset(body, end - 1) + 1) };
}

function placedDepartures(
	part: PastedPart,
	departures: readonly JsonDeparture[],
	lines: LineStarts,
): PlacedDeparture[] {
	const own = new LineStarts(part.body.text);
	return departures.map(({ line, column, length, inserted, kind, message }) => {
		const at = own.offsetOf(line, column);
		const end = at + unitsIn(part.body.text, at, length);
		const from = sourceOffset(part.body, at);
		const to = length === 0 ? from : sourceOffset(part.body, end - 1) + 1;
		return { from, to, insert: inserted, kind, message, line: lines.positionOf(from).line };
	});
}

/** How many UTF-16 units so many bytes of UTF-8 are, from a place on. */
function unitsIn(text: string, at: number, byteLength: number): number {
	let bytes = 0;
	let end = at;
	while (bytes < byteLength && end < text.length) {
		const code = text.charCodeAt(end);
		bytes += code < 0x80 ? 1 : code < 0x800 || (code & 0xf800) === 0xd800 ? 2 : 3;
		end++;
	}
	return end - at;
}

function addOtherMarks(marks: OtherMark[], part: PastedPart, findings: readonly Finding[]): void {
	const own = new LineStarts(part.body.text);
	for (const finding of findings) {
		if (finding.severity === 'info') continue;
		if (marks.length >= mostOtherMarks) return;
		marks.push({ ...placeOf(part.body, finding, own), severity: finding.severity, title: findingTitle(finding) });
	}
}
