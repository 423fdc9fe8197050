import { eventFamily } from '../chatwoot/events';
import type { Summary, SummaryChange } from './api';
import { oneLine } from './one-line';

/** What a row says of `changed_attributes`: the change that matters most, and how many there are besides. */
export interface ChangeParts {
	lead: LeadingChange;
	/** Further attributes; what rides along with every change (`updated_at`, the label cache) is not counted. */
	more: number;
}

export type LeadingChange =
	/** `status open → resolved`. Previous is null where it is not known; then it is not shown. */
	| { form: 'value'; attribute: string; previous: string | null; current: string }
	/** `labels + delivery − waiting`. */
	| { form: 'set'; attribute: string; added: string[]; removed: string[] }
	/** `custom_attributes changed`: values that are too long for a row. */
	| { form: 'changed'; attribute: string }
	/** Not one attribute's change: `created, 11 attributes`, `last_activity_at only`. */
	| { form: 'words'; words: string };

type Changes = Pick<Summary, 'changed' | 'receivedAt'>;

/**
 * How a row shows what changed; null when nothing is listed as changed. Clock times are those of this machine's zone,
 * with the date when it is not the day of arrival.
 */
export function changeParts(summary: Changes): ChangeParts | null {
	const { changed } = summary;
	if (changed.length === 0) return null;
	const counted = changed.filter(({ attribute }) => !ridesAlong(attribute));
	if (isCreation(changed)) {
		return { lead: { form: 'words', words: `created, ${plural(counted.length, 'attribute')}` }, more: 0 };
	}
	const only = onlyNoise(changed);
	if (only !== null) return { lead: { form: 'words', words: `${only} only` }, more: 0 };
	const [lead] = counted.toSorted((left, right) => rank(left.attribute) - rank(right.attribute));
	return lead === undefined ? null : { lead: leadingChange(lead, summary.receivedAt), more: counted.length - 1 };
}

/**
 * Whether a row says nothing that people look for: somebody typing, or a change of times alone, which follows every
 * message (ground truth 5.3). Such rows are muted, not hidden.
 */
export function isNoise(summary: Pick<Summary, 'event' | 'changed'>): boolean {
	if (eventFamily(summary.event) === 'typing') return true;
	return isTimesOnly(summary.changed);
}

/** Whether there are changes, and all of them are of times that messages and visits move. */
export function isTimesOnly(changed: readonly Pick<SummaryChange, 'attribute'>[]): boolean {
	return changed.length > 0 && changed.every(({ attribute }) => noisyTimes.has(attribute));
}

/**
 * Whether an attribute comes along with changes of others and is not counted: `updated_at` is in every
 * `conversation_updated`, `cached_label_list` beside `label_list` (ground truth 5.2).
 */
export function ridesAlong(attribute: string): boolean {
	return attribute === 'updated_at' || attribute === 'cached_label_list';
}

/** A change as plain text, such as `status open → resolved +1`: for copying and for screen readers. */
export function changeText(parts: ChangeParts): string {
	const more = parts.more > 0 ? ` +${parts.more}` : '';
	return leadText(parts.lead) + more;
}

function leadText(lead: LeadingChange): string {
	switch (lead.form) {
		case 'words':
			return lead.words;
		case 'changed':
			return `${lead.attribute} changed`;
		case 'set':
			return [
				lead.attribute,
				...lead.added.map((name) => `+ ${name}`),
				...lead.removed.map((name) => `− ${name}`),
			].join(' ');
		case 'value':
			return `${lead.attribute} ${lead.previous === null ? '' : `${lead.previous} `}→ ${lead.current}`;
	}
}

/** Times that messages and visits move. */
const noisyTimes: ReadonlySet<string> = new Set([
	'updated_at',
	'last_activity_at',
	'waiting_since',
	'agent_last_seen_at',
	'contact_last_seen_at',
	'assignee_last_seen_at',
]);

/** What people look for, first. An attribute that is not here comes before the ones after `''`, in the order sent. */
const order = [
	'status',
	'assignee_id',
	'assignee_agent_bot_id',
	'team_id',
	'priority',
	'label_list',
	'snoozed_until',
	'blocked',
	'name',
	'email',
	'phone_number',
	'identifier',
	'custom_attributes',
	'reauthorization_required',
	'',
	'first_reply_created_at',
	'additional_attributes',
	'waiting_since',
	'location',
	'country_code',
	'last_activity_at',
	'agent_last_seen_at',
	'contact_last_seen_at',
	'assignee_last_seen_at',
];

function rank(attribute: string): number {
	const place = order.indexOf(attribute);
	return place === -1 ? order.indexOf('') : place;
}

/** Ground truth 5.4: the whole creation as a difference; a row's number or birth can't change otherwise. */
export function isCreation(changed: readonly SummaryChange[]): boolean {
	return changed.some(
		({ attribute, previous, current }) =>
			(attribute === 'id' || attribute === 'created_at') && previous === 'null' && current !== 'null',
	);
}

/** The one attribute of a change that is nothing but times without a telling value. */
function onlyNoise(changed: readonly SummaryChange[]): string | null {
	const names = changed.map(({ attribute }) => attribute);
	const besides = names.filter((name) => name !== 'updated_at');
	if (besides.length === 0) return 'updated_at';
	if (besides.length > 1 || besides[0] === 'waiting_since') return null;
	return noisyTimes.has(besides[0]!) ? besides[0]! : besides[0] === 'cached_label_list' ? besides[0] : null;
}

/** Ids only: a summary does not know the names behind them. */
const shortNames: Record<string, string> = {
	assignee_id: 'assignee',
	assignee_agent_bot_id: 'bot',
	team_id: 'team',
	label_list: 'labels',
};

/** An attribute in the words of a row: `assignee` for `assignee_id`; most keep their name. */
export function attributeName(attribute: string): string {
	return Object.hasOwn(shortNames, attribute) ? (shortNames[attribute] ?? attribute) : attribute;
}

function leadingChange(change: SummaryChange, receivedAt: number): LeadingChange {
	const attribute = attributeName(change.attribute);
	const previousLabels = textsOf(change.previous);
	const currentLabels = textsOf(change.current);
	if (change.attribute === 'label_list' && previousLabels !== null && currentLabels !== null) {
		const added = currentLabels.filter((label) => !previousLabels.includes(label));
		const removed = previousLabels.filter((label) => !currentLabels.includes(label));
		return added.length + removed.length === 0
			? { form: 'changed', attribute }
			: { form: 'set', attribute, added, removed };
	}
	const current = valueText(change.attribute, change.current, receivedAt);
	if (current === null) return { form: 'changed', attribute };
	return { form: 'value', attribute, previous: valueText(change.attribute, change.previous, receivedAt), current };
}

/** The texts of a list; null counts as an empty one, anything else gives null. */
function textsOf(json: string | null): string[] | null {
	if (json === 'null') return [];
	if (!json?.startsWith('[')) return null;
	const list: unknown = JSON.parse(json);
	if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) return null;
	return list.map((item) => oneLine(item, 64));
}

/** A value for people; null when the summary has only its hash, or nothing. */
function valueText(attribute: string, json: string | null, receivedAt: number): string | null {
	if (json === null || json.startsWith('#')) return null;
	if (json === 'null') return 'none';
	const time = isTimeName(attribute) ? timeOf(json) : null;
	if (time !== null) return time === 0 ? 'none' : clockText(time, receivedAt);
	if (!json.startsWith('"')) return oneLine(json, 64);
	const text = oneLine(JSON.parse(json) as string, 64);
	return text === '' ? 'empty' : text;
}

function isTimeName(attribute: string): boolean {
	return /_(at|since|until)$/.test(attribute);
}

/** Unix milliseconds of an ISO text or of Unix seconds; 0 for 0, which stands for "not set"; null for anything else. */
function timeOf(json: string): number | null {
	if (/^\d{1,10}(\.\d+)?$/.test(json)) return Number(json) * 1000;
	if (!/^"\d{4}-\d\d-\d\dT[^"]*"$/.test(json)) return null;
	const time = Date.parse(json.slice(1, -1));
	return Number.isNaN(time) ? null : time;
}

/** `12:00:00` on the day of `near` (Unix milliseconds), else `2026-06-10 12:00`; in this machine's zone. */
export function clockText(time: number, near: number): string {
	const at = new Date(time);
	const day = dayText(at);
	const clock = `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
	return day === dayText(new Date(near)) ? `${clock}:${twoDigits(at.getSeconds())}` : `${day} ${clock}`;
}

/** `2026-06-10` in this machine's zone. */
export function dayText(at: Date): string {
	return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}

function plural(count: number, word: string): string {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}
