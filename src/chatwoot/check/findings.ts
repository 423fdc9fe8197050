import type { JsonDocument } from '../../json/scan';
import { positionsOf, type TextPosition } from '../../json/utf8';
import type { Contract } from '../contract/contract';
import { releaseWords } from '../contract/releases';
import { wire } from '../contract/wire/wire';
import type { Finding } from './report';
import { pointerOfPlace, type Place, type Said } from './place';
import {
	closestName,
	everyValueWords,
	foundWords,
	listed,
	placeWords,
	shortName,
	valueWords,
	withArticle,
} from './words';

/** How places become findings. */
export interface Writing {
	guide: Contract;
	isGuideOnly: boolean;
	/** Where an offset of the document lies in the text. */
	originalOffset: (offset: number) => number;
	text: Uint8Array;
	/** No more are written, the worst first. */
	most: number;
}

/** So many are put into words in a few milliseconds. */
const findingsAPiece = 500;

/** Puts places into words and gives each its line and column, in the order of the text, some at a time. */
export function* writeFindings(
	document: JsonDocument,
	places: readonly Place[],
	{ guide, isGuideOnly, originalOffset, text, most }: Writing,
): Generator<Finding[], void, undefined> {
	const placed: PlacedAt[] = [];
	for (const place of worstOf(places, most)) placed.push({ place, offset: originalOffset(offsetOf(document, place)) });
	const ordered = inTextOrder(placed);
	const positions = positionsOf(
		text,
		ordered.map(({ offset }) => offset),
	);
	for (let first = 0; first < ordered.length; first += findingsAPiece) {
		const piece = ordered.slice(first, first + findingsAPiece);
		yield piece.map(({ place }, index) => written(document, place, guide, isGuideOnly, positions[first + index]!));
	}
}

/** Of those that are equally bad, the ones that come first in the text. */
function worstOf(places: readonly Place[], most: number): readonly Place[] {
	if (places.length <= most) return places;
	return places.toSorted((left, right) => rank(left) - rank(right) || left.node - right.node).slice(0, most);
}

interface PlacedAt {
	place: Place;
	offset: number;
}

/** The worst first where several are at one place, else as they came; most come in this order. */
function inTextOrder(placed: readonly PlacedAt[]): PlacedAt[] {
	const inOrder: PlacedAt[] = [];
	const late: PlacedAt[] = [];
	for (const each of placed) {
		const isInOrder = inOrder.length === 0 || compareInText(inOrder[inOrder.length - 1]!, each) <= 0;
		(isInOrder ? inOrder : late).push(each);
	}
	late.sort(compareInText);
	const ordered: PlacedAt[] = [];
	let next = 0;
	for (const each of inOrder) {
		while (next < late.length && compareInText(late[next]!, each) < 0) ordered.push(late[next++]!);
		ordered.push(each);
	}
	return [...ordered, ...late.slice(next)];
}

function compareInText(left: PlacedAt, right: PlacedAt): number {
	return left.offset - right.offset || rank(left.place) - rank(right.place);
}

function rank({ severity }: Place): number {
	return severity === 'error' ? 0 : severity === 'warning' ? 1 : 2;
}

/** A member is shown at its value; a name that is itself the matter, at the name; a gap, at the object that has it. */
function offsetOf(document: JsonDocument, place: Place): number {
	const isName = place.code === 'unknown-member' || place.code === 'duplicate-key';
	return isName ? document.keyStart[place.node]! : document.start[place.node]!;
}

function written(
	document: JsonDocument,
	place: Place,
	guide: Contract,
	isGuideOnly: boolean,
	{ line, column }: TextPosition,
): Finding {
	const found = place.found ?? (place.isAbsent ? 'nothing' : foundIn(document, place));
	const isDrift = place.severity === 'info' && place.names === null && place.message === null;
	const words =
		isDrift && !place.isOfSample && !isGuideOnly
			? driftWords(place, guide)
			: placeInWords(place, found, guide, isGuideOnly);
	const finding: Finding = {
		pointer: words.pointer,
		code: place.code,
		severity: place.severity,
		message: words.message,
		expected: words.expected,
		found,
		guide: words.guide,
		wire: words.wire,
		releases: words.releases,
		line,
		column,
	};
	if (place.count !== null) finding.count = place.count;
	return finding;
}

/** What a finding says apart from what was found, and where. */
interface PlaceInWords {
	pointer: string;
	message: string;
	expected: string;
	guide: string | null;
	wire: string | null;
	releases: string | null;
}

function placeInWords(place: Place, found: string, guide: Contract, isGuideOnly: boolean): PlaceInWords {
	const { wireMember, wireValue, guideValue } = place.said;
	const guideWords = guideValue && valueWords(guideValue, guide);
	const wireWords = wireValue && (place.code === 'enum' ? everyValueWords : valueWords)(wireValue, wire);
	const pointer = pointerOfPlace(place);
	const expected = place.expected ?? (isGuideOnly ? guideWords : (wireWords ?? guideWords)) ?? 'no such member';
	return {
		pointer,
		message: place.message ?? sentence(place, pointer, found, guideWords, wireWords, expected, isGuideOnly),
		expected,
		guide: guideWords,
		wire: wireWords,
		releases: isGuideOnly || !wireMember ? null : releaseWords(wireMember.since, wireMember.until),
	};
}

/** What was said last of drift at a place that contracts know. */
interface SaidBefore {
	place: Place;
	words: PlaceInWords;
}

const drift = new WeakMap<Said, SaidBefore>();

/** Drift is the same few hundred sentences again and again, whatever was found, so they are kept. */
function driftWords(place: Place, guide: Contract): PlaceInWords {
	const before = drift.get(place.said);
	if (before && saysTheSame(before.place, place)) return before.words;
	const words = placeInWords(place, '', guide, false);
	drift.set(place.said, { place, words });
	return words;
}

function saysTheSame(before: Place, place: Place): boolean {
	return before.code === place.code && before.isAbsent === place.isAbsent && before.base === place.base;
}

function foundIn(document: JsonDocument, place: Place): string {
	if (place.names) return nameList(place);
	return foundWords(document, place.node, place.said.wireMember);
}

const namesShown = 5;

function nameList(place: Place): string {
	const names = place.names!.slice(0, namesShown).map((name) => `"${shortName(name)}"`);
	const rest = (place.count ?? place.names!.length) - names.length;
	return rest > 0 ? `${names.join(', ')} and ${rest} more` : listed(names, 'and');
}

function sentence(
	place: Place,
	pointer: string,
	found: string,
	guide: string | null,
	sent: string | null,
	expected: string,
	isGuideOnly: boolean,
): string {
	const where = placeWords(pointer);
	switch (place.code) {
		case 'type':
		case 'enum':
		case 'format': {
			const why = place.fault?.why ? `; ${place.fault.why}` : '';
			const hint = place.code === 'enum' ? closestValue(place, found) : '';
			const right = (isGuideOnly ? null : place.said.wireValue) ?? place.said.guideValue;
			const wanted = right?.values ? expected : withArticle(expected);
			return `${where} should be ${wanted}, but is ${found}${why}.${hint}${isGuideOnly ? '' : confusion(place, guide)}`;
		}
		case 'missing':
			if (isGuideOnly) return `${where} is missing; the guide lists it as ${expected}.`;
			return `${where} is missing; on the wire: ${expected}.`;
		case 'only-in-guide':
			if (place.names) return `Written as only the guide has it: ${found}.`;
			if (sent !== null) return `${where} is written as the guide says, ${guide!}; on the wire: ${sent}.`;
			return `Only the guide has ${where} (${guide!}); no release sends it.`;
		case 'differs-from-guide':
			if (place.isOfSample) {
				const sample = place.isAbsent ? 'its sample leaves it out' : `its sample prints ${found}`;
				return `${where}: the guide’s object table says ${guide!}; ${sample}.`;
			}
			if (!place.isAbsent) return `${where}: the guide says ${guide!}; on the wire: ${sent ?? 'any JSON'}.`;
			return `The guide lists ${where} as ${guide!}; ${sent === null ? 'no release sends it' : 'releases leave it out here'}.`;
		case 'undocumented':
			if (place.names) return `The guide does not list ${found}.`;
			return `The guide does not list ${where}; on the wire: ${sent ?? 'any JSON'}.`;
		case 'unknown-member': {
			const hint = place.expected === null ? '' : ` Did you mean "${place.expected}"?`;
			return `Neither guide nor releases have ${found} in ${where}.${hint}`;
		}
		default:
			return `${where} should be ${expected}, but is ${found}.${place.reason === null ? '' : ` ${place.reason}`}`;
	}
}

/** The allowed text that a misspelled one is close to. */
function closestValue({ said: { wireValue, guideValue } }: Place, found: string): string {
	const allowed = (wireValue ?? guideValue)?.values?.map(({ value }) => String(value)) ?? [];
	const close = found.startsWith('"') ? closestName(found.slice(1, -1), allowed) : null;
	return close === null ? '' : ` Did you mean "${close}"?`;
}

/** Where the guide has another type, or another place does: that is why people write it. */
function confusion(place: Place, guide: string | null): string {
	const guideSays =
		guide !== null && place.isAsGuideSays && place.code === 'type'
			? ` The guide says ${guide}, which no release sends here.`
			: '';
	const note = place.said.wireMember?.note;
	return note === undefined ? guideSays : `${guideSays} ${note}`;
}
