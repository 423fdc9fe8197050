import { check } from '../chatwoot/check/check';
import type { ContractChoice, Finding, Report } from '../chatwoot/check/report';
import { sourceOffset, type MappedText } from '../deliveries/mapped-text';
import { isOnePerLine, readPastedText, type PastedPart } from '../deliveries/pasted-text';
import { isUtf8, positionOf, type TextPosition } from '../json/utf8';

/** What is known of one payload of a file; lines and columns are those of the file. */
export interface CheckedPayload {
	report: Report;
	/** The line at which the payload's record begins, where the file has one in each line; else null. */
	line: number | null;
}

/**
 * Checks a file: a payload, an object with `headers` and `body`, a line of a recording, or one of these in each line.
 * Anything else is one payload, whatever it is: an array, too, since Chatwoot sends an object. Payloads come one by
 * one, so that a long recording needs no memory for its reports.
 */
export function* checkFile(bytes: Uint8Array, contract: ContractChoice): Generator<CheckedPayload, void, undefined> {
	const text = isUtf8(bytes) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : null;
	const records = text === null ? null : recordLines(text);
	if (records) {
		for (const { line, column, content } of records) {
			yield { report: checkRecord(content, { line, column }, contract), line };
		}
	} else {
		const isObject = text !== null && /^\ufeff?\s*\{/.test(text);
		const report = isObject ? checkRecord(text, { line: 1, column: 1 }, contract, bytes) : check(bytes, { contract });
		yield { report, line: null };
	}
}

/** A record that begins at a place of its file. */
function checkRecord(text: string, start: TextPosition, contract: ContractChoice, bytes?: Uint8Array): Report {
	const { parts } = readPastedText(text);
	const [part] = parts;
	// Only what carries a body is taken apart: any other guess could hide what is wrong with the text.
	if (parts.length !== 1 || (part!.kind !== 'file' && part!.kind !== 'recording')) {
		return moved(check(bytes ?? text, { contract }), (position) => within(start, position));
	}
	const { body, headers, receivedAt } = part!;
	const report = check(body.text, { contract, headers, ...(receivedAt === null ? {} : { receivedAt }) });
	return moved(report, placeInFile(text, start, part!));
}

function moved(report: Report, place: (position: TextPosition) => TextPosition): Report {
	const findings = report.findings.map((finding): Finding => {
		const { line, column } = finding;
		return line === null || column === null ? finding : { ...finding, ...place({ line, column }) };
	});
	return { ...report, findings };
}

/** A place of a text that itself begins at a place. */
function within(start: TextPosition, { line, column }: TextPosition): TextPosition {
	return { line: start.line + line - 1, column: line === 1 ? start.column + column - 1 : column };
}

function placeInFile(
	text: string,
	start: TextPosition,
	{ body }: PastedPart,
): (position: TextPosition) => TextPosition {
	const from = body.pieces[0]?.from ?? 0;
	const before = new TextEncoder().encode(text.slice(0, from));
	const bodyStart = within(start, positionOf(before, before.length));
	const isSlice = body.pieces.length === 1 && body.pieces[0]!.length === body.text.length;
	if (isSlice) return (position) => within(bodyStart, position);
	// A JSON string stands in one line, whatever lines its text has.
	const offsetOf = offsets(body);
	return (position) => ({
		line: bodyStart.line,
		column: bodyStart.column + sourceOffset(body, offsetOf(position)) - from,
	});
}

/** Turns lines and columns of a text into UTF-16 units. */
function offsets({ text }: MappedText): (position: TextPosition) => number {
	const lineStarts = [text.startsWith('\ufeff') ? 1 : 0];
	for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) lineStarts.push(index + end.length);
	return ({ line, column }) => lineStarts[line - 1]! + column - 1;
}

interface RecordLine extends TextPosition {
	content: string;
}

/** The lines of a text that has a record in each; null for any other text. */
function recordLines(text: string): Iterable<RecordLine> | null {
	return isOnePerLine(contentsOf(text)) ? linesOf(text) : null;
}

function* contentsOf(text: string): Generator<string, void, undefined> {
	for (const { content } of linesOf(text)) yield content;
}

function* linesOf(text: string): Generator<RecordLine, void, undefined> {
	let line = 0;
	let at = text.startsWith('\ufeff') ? 1 : 0;
	const lineEnd = /\r\n|\n|\r|$/g;
	while (at <= text.length) {
		line++;
		lineEnd.lastIndex = at;
		const { index, 0: end } = lineEnd.exec(text)!;
		const whole = text.slice(at, index);
		const content = whole.trim();
		if (content !== '') yield { line, column: whole.indexOf(content) + 1, content };
		if (end === '') return;
		at = index + end.length;
	}
}
