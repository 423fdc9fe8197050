import type { ContractChoice, Finding, FindingCode } from '../../chatwoot/check/report';
import { placeWords } from '../../chatwoot/check/words';

/** A title longer than this is no title: the message is shown under a general one. */
const longestTitle = 80;

const titles: Record<FindingCode, string> = {
	type: 'Not the type that Chatwoot sends',
	enum: 'Not a value that Chatwoot sends',
	format: 'Not written as Chatwoot writes it',
	missing: 'A member is missing',
	'only-in-guide': 'Only the guide has it like this',
	'differs-from-guide': 'Guide and wire disagree',
	undocumented: 'The guide does not list this member',
	'unknown-member': 'No contract knows this member',
	invariant: 'Values that contradict each other',
	'not-json': 'Not JSON',
	'not-utf8': 'Not text in UTF-8',
	empty: 'The body is empty',
	truncated: 'The body is cut off',
	'too-deep': 'Nested too deep',
	'duplicate-key': 'A name that stands twice in one object',
	'not-an-object': 'The payload is no object',
	'unknown-event': 'No event of Chatwoot',
	'guide-sample': 'Written like the guide’s printed sample',
};

/** What differs when the guide alone is asked. */
const guideTitles: Partial<Record<FindingCode, string>> = {
	type: 'Not the type that the guide lists',
	enum: 'Not a value that the guide lists',
	format: 'Not written as the guide says',
	'unknown-event': 'Not an event of the guide',
};

/**
 * What is wrong, or worth knowing, in a few words without a full stop: `Not a time that Chatwoot sends`. Faults of the
 * text itself and broken rules carry their own: the first clause of the message, when it is short.
 */
export function findingTitle(finding: Finding, contract: ContractChoice = 'both'): string {
	const { code, pointer, count } = finding;
	if (saysItself.has(code)) return titleFromMessage(ownWords(finding)) ?? titles[code];
	if (code === 'missing' && pointer !== '') return `${lastStep(pointer)} is missing`;
	if (code === 'unknown-member' && count !== undefined && count > 1) return 'No contract knows these members';
	if (code === 'format' && isTime(finding)) {
		return contract === 'guide' ? 'Not a time as the guide says' : 'Not a time that Chatwoot sends';
	}
	return (contract === 'guide' ? guideTitles[code] : undefined) ?? titles[code];
}

/**
 * What the message adds to the title and to what was found, what the guide says and what the wire carries, which stand
 * beside it; empty when that was all.
 */
export function findingDetail(finding: Finding): string {
	const { code, message, found } = finding;
	if (saysItself.has(code)) {
		const own = ownWords(finding);
		return restOf(own, titleFromMessage(own) ?? '');
	}
	if (code === 'type' || code === 'enum' || code === 'format') {
		const told = `, but is ${found}`;
		const at = message.indexOf(told);
		return at === -1 ? message : restOf(message, message.slice(0, at + told.length));
	}
	if (code === 'missing') return message.includes(finding.expected) ? '' : message;
	if (code === 'unknown-member' && finding.count === undefined) return /Did you mean .*$/.exec(message)?.[0] ?? '';
	return message;
}

const saysItself = new Set<FindingCode>(['not-json', 'invariant']);

/** What a message adds to the place, to what was expected and to what was found. */
function ownWords({ message, pointer, expected, found }: Finding): string {
	const told = `${placeWords(pointer)} should be ${expected}, but is ${found}. `;
	return message.startsWith(told) ? message.slice(told.length) : message;
}

function restOf(message: string, told: string): string {
	const rest = message.slice(told.length).replace(/^[.;:]?\s*/, '');
	return rest === '' ? '' : rest[0]!.toUpperCase() + rest.slice(1);
}

function titleFromMessage(message: string): string | null {
	// A full stop inside a path or a number ends nothing.
	const title = /^(?:[^.;:]|[.:](?=\S))+/.exec(message)?.[0].trim() ?? '';
	return title === '' || title.length > longestTitle || title.includes('`') ? null : title;
}

function isTime({ pointer, wire, guide }: Finding): boolean {
	if (/(_at|_since|_until|timestamp)$/.test(pointer)) return true;
	return /ISO 8601|unix/i.test(`${wire ?? ''} ${guide ?? ''}`);
}

/**
 * A remark for the edge of a row: what the contract says where it differs, such as `guide: integer`, or the title. At
 * most some 60 characters.
 */
export function shortNote(finding: Finding, contract: ContractChoice = 'both'): string {
	const { code, severity, found, guide, message } = finding;
	if (severity === 'info' && found === 'nothing') return `guide: has ${cut(lastStep(finding.pointer))}`;
	if (code === 'undocumented') return 'not in the guide';
	if (code === 'only-in-guide') return 'only in the guide';
	if (code === 'differs-from-guide' && guide !== null) return `guide: ${cut(guide)}`;
	if (code === 'unknown-member') {
		const meant = /Did you mean [`"]?([^`"?]{1,40})[`"]?\?/.exec(message)?.[1];
		return meant === undefined ? 'unknown' : `unknown; did you mean ${meant}?`;
	}
	const title = findingTitle(finding, contract);
	return code === 'missing' ? title : title[0]!.toLowerCase() + title.slice(1);
}

/** The last step of a JSON pointer as a person writes it; `payload` for the root. */
export function lastStep(pointer: string): string {
	if (pointer === '') return 'payload';
	return pointer
		.slice(pointer.lastIndexOf('/') + 1)
		.replaceAll('~1', '/')
		.replaceAll('~0', '~');
}

/** Text between back-ticks stands for itself and is shown as such; the back-ticks go. A lone one stays. */
export function messageParts(message: string): { text: string; isCode: boolean }[] {
	return message
		.split(/`([^`]+)`/)
		.map((text, index) => ({ text, isCode: index % 2 === 1 }))
		.filter(({ text }) => text !== '');
}

function cut(text: string): string {
	return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}
