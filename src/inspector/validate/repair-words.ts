import { formatCount } from '../../ui/format';
import type { PlacedDeparture } from './check-messages';

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
/** More different acts than that are only counted. */
const mostActs = 4;

/** What each kind's repair does: of one, and of several. */
const acts: Record<PlacedDeparture['kind'], [one: string, several: string]> = {
	comment: ['remove a comment', 'remove # comments'],
	ellipsis: ['remove dots', 'remove dots in # places'],
	'missing-comma': ['add a comma', 'add # commas'],
	'extra-comma': ['remove a comma', 'remove # commas'],
	'missing-colon': ['write a colon', 'write # colons'],
	'missing-value': ['write null for a missing value', 'write null for # missing values'],
	'missing-bracket': ['add brackets', 'add brackets in # places'],
	'extra-bracket': ['remove a bracket', 'remove # brackets'],
	'missing-quote': ['add a quote', 'add # quotes'],
	quotes: ['write other quotes', 'write other quotes in # places'],
	'unquoted-name': ['put a name in quotes', 'put # names in quotes'],
	'unquoted-text': ['put a text in quotes', 'put # texts in quotes'],
	word: ['write a word as JSON does', 'write # words as JSON does'],
	number: ['write a number as JSON does', 'write # numbers as JSON does'],
	escape: ['mend an escape', 'mend # escapes'],
	'control-character': ['escape a control character', 'escape # control characters'],
	blank: ['replace a blank', 'replace # blanks'],
	'surrounding-text': ['remove the text around it', 'remove the text around it'],
};

/** `Four small repairs make this valid JSON` */
export function repairHeading(count: number): string {
	if (count === 1) return 'One small repair makes this valid JSON';
	return `${numbers[count] ?? formatCount(count)} small repairs make this valid JSON`;
}

/** What the repairs do, as one sentence: `Remove 2 comments, add a comma in line 8, remove a comma in line 35.` */
export function repairSentence(departures: readonly PlacedDeparture[]): string {
	const byKind = new Map<PlacedDeparture['kind'], PlacedDeparture[]>();
	for (const departure of departures) {
		byKind.set(departure.kind, [...(byKind.get(departure.kind) ?? []), departure]);
	}
	const clauses = [...byKind].map(([kind, all]) => {
		const [one, several] = acts[kind];
		return all.length === 1 ? `${one} in line ${all[0]!.line}` : several.replace('#', formatCount(all.length));
	});
	const shown = clauses.slice(0, mostActs);
	if (clauses.length > mostActs) shown.push(`and ${clauses.length - mostActs} other kinds of repair`);
	const sentence = shown.join(', ');
	return sentence === '' ? '' : `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
}
