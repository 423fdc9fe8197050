import type { JsonValue } from '../src/json/value';
import { compareReleases, eventOf, firstReleaseOf, isObject, placesOf, wordsOf, type Place } from './facts';

/** A body's root. */
export type Body = { [name: string]: JsonValue };

/** One thing that can be broken. It is made from the JSON alone; whether it is wrong is for `judge` to say. */
export interface Mutation {
	path: (string | number)[];
	/** `remove`, `rename`, `empty`, or what is put in the value's place. */
	kind: string;
	/** The body with this one thing changed. */
	apply: () => Body;
	/** What stands there afterwards; undefined when nothing does. */
	value: JsonValue | undefined;
}

/** What a mutation must give: findings there and nowhere else, or nothing to be judged, and why. */
export type Judgement = { skip: string } | { required: string; isAllowed: (pointer: string) => boolean };

/** RFC 6901. */
export function pointerTo(path: readonly (string | number)[]): string {
	return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * Every way to break one thing in a body: each member and item removed, misspelled, emptied, and replaced by each
 * other JSON type; words, times, ids and booleans by what looks much like them. In the order of the text.
 */
export function* mutations(body: Body): Generator<Mutation, void, undefined> {
	for (const { path, value } of everyValue(body)) {
		yield mutation(body, path, 'remove', undefined);
		const name = path.at(-1)!;
		if (typeof name === 'string') yield rename(body, path, name);
		for (const [kind, replacement] of replacements(name, value)) yield mutation(body, path, kind, replacement);
	}
}

function* everyValue(
	value: JsonValue,
	path: (string | number)[] = [],
): Generator<{ path: (string | number)[]; value: JsonValue }, void, undefined> {
	if (path.length > 0) yield { path, value };
	if (typeof value !== 'object' || value === null) return;
	const isArray = Array.isArray(value);
	for (const [name, child] of Object.entries(value)) yield* everyValue(child, [...path, isArray ? Number(name) : name]);
}

function mutation(body: Body, path: (string | number)[], kind: string, value: JsonValue | undefined): Mutation {
	return { path, kind, value, apply: () => withValue(body, path, value) };
}

function rename(body: Body, path: (string | number)[], name: string): Mutation {
	const misspelled = name.length > 3 ? name.slice(0, -1) : `${name}${name.at(-1)}`;
	return {
		path,
		kind: 'rename',
		value: undefined,
		apply: () => {
			const holder = valueAt(body, path.slice(0, -1)) as Body;
			const members = Object.entries(holder).map(([key, value]) => [key === name ? misspelled : key, value] as const);
			return withValue(body, path.slice(0, -1), Object.fromEntries(members));
		},
	};
}

/**
 * A body with another value at a path; without the member or item when the value is undefined. The body itself is not
 * changed; what lies beside the path is shared by both.
 */
export function withValue(body: Body, path: readonly (string | number)[], value: JsonValue | undefined): Body {
	return (path.length === 0 ? value : replaced(body, path, value)) as Body;
}

function replaced(
	holder: JsonValue,
	[name, ...rest]: readonly (string | number)[],
	value: JsonValue | undefined,
): JsonValue {
	const child = (holder as Body)[name!];
	const next = rest.length === 0 ? value : replaced(child!, rest, value);
	if (Array.isArray(holder)) {
		return next === undefined ? holder.toSpliced(name as number, 1) : holder.with(name as number, next);
	}
	// A member keeps its place among the others; a new one comes last.
	const copy = { ...(holder as Body), [name!]: next! };
	if (next === undefined) delete copy[name!];
	return copy;
}

/** What stands at a path. Throws when nothing does. */
export function valueAt(body: JsonValue, path: readonly (string | number)[]): JsonValue {
	let value = body;
	for (const step of path) {
		const child = (value as Body)[step];
		if (child === undefined) throw new Error(`Nothing stands at ${pointerTo(path)}`);
		value = child;
	}
	return value;
}

const isoTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function* replacements(name: string | number, value: JsonValue): Generator<[string, JsonValue], void, undefined> {
	const type = typeOf(value);
	const types: [string, JsonValue][] = [
		['null', null],
		['true', true],
		['number', 1],
		['text', 'some text'],
		['object', {}],
		['array', []],
		['wrapped in an array', [value]],
	];
	for (const [kind, replacement] of types) if (typeOf(replacement) !== type) yield [kind, replacement];
	if (type === 'object' && Object.keys(value as Body).length > 0) yield ['empty', {}];
	if (type === 'array') yield ['array as object', { ...(value as JsonValue[]) }];
	if (typeof value === 'boolean') yield* wrongBooleans(value);
	if (typeof value === 'string') yield* wrongTexts(value);
	if (typeof value === 'number') yield* wrongNumbers(String(name), value);
}

function* wrongBooleans(value: boolean): Generator<[string, JsonValue], void, undefined> {
	yield ['boolean as text', String(value)];
	yield ['0 for false', 0];
}

function* wrongTexts(value: string): Generator<[string, JsonValue], void, undefined> {
	if (isoTime.test(value)) {
		yield ['month 13', value.replace(/-\d\d-/, '-13-')];
		yield ['slashes', '01/07/2026'];
		yield ['words', 'yesterday'];
		yield ['milliseconds', Date.parse(value)];
		yield ['negative', -Date.parse(value) / 1000];
	} else if (/^[A-Za-z][\w.:]*$/.test(value)) {
		yield ['another word', 'something_else'];
		if (value.toUpperCase() !== value) yield ['upper case', value.toUpperCase()];
		const nearMiss = `${value.slice(0, -2)}${value.at(-1)}${value.at(-2) ?? 'x'}`;
		yield ['near miss', nearMiss === value ? value.slice(0, -1) : nearMiss];
		yield ['padded', `${value} `];
	}
}

function* wrongNumbers(name: string, value: number): Generator<[string, JsonValue], void, undefined> {
	yield ['negative', value === 0 ? -1 : -Math.abs(value)];
	yield ['number as text', String(value)];
	if (Number.isInteger(value)) yield ['fraction', value + 0.5];
	if (/^id$|_id$/.test(name)) yield ['0', 0];
	if (name === 'message_type') yield ['another word', 9];
	if (/_at$|_since$|^timestamp$/.test(name)) {
		yield ['milliseconds', (value || 1_781_000_000) * 1000];
		yield ['slashes', '01/07/2026'];
		yield ['words', 'yesterday'];
		yield ['month 13', '2026-13-09T10:00:00.204Z'];
	}
}

function typeOf(value: JsonValue): string {
	return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** The reasons for which a mutation leaves a body that a genuine sender may send, or that cannot be told from one. */
export const skips = {
	open: 'inside an object that callers fill freely (4.15, 4.16, 5.2, the channel row)',
	optional: 'a member that may be absent',
	item: 'an item of a list removed',
	older: 'leaves what an older release sends',
	null: 'null where it may be null',
	brackets: '{} of an open object as [] (7.1)',
	text: 'other text where any text is right',
	kind: 'another value of the right type and form',
	column: 'an attribute of `changed_attributes` that is any column (5.2)',
	unixChange: 'unix seconds in `changed_attributes` (7.1)',
	browser: 'a member that comes unchecked from the browser (4.18)',
	noList: '[] or nothing for the null of `changed_attributes` (5.1)',
} as const;

/** Says of every mutation of one body what the facts expect. */
export function judgeOf(body: Body): (mutation: Mutation) => Judgement {
	const places = placesOf(body);
	const byPointer = new Map(places.map((place) => [pointerTo(place.path), place]));
	return (mutation) => judge(mutation, byPointer.get(pointerTo(mutation.path))!, body, places);
}

function judge(mutation: Mutation, place: Place, body: Body, places: Place[]): Judgement {
	const reason = reasonToSkip(mutation, place, body, places);
	if (reason !== null) return { skip: reason };
	const pointer = pointerTo(mutation.path);
	const holder = pointerTo(mutation.path.slice(0, -1));
	switch (mutation.kind) {
		case 'rename':
			// Without its event nothing else can be said of a body.
			if (pointer === '/event') return { required: pointer, isAllowed: (found) => found === '' };
			return { required: holder, isAllowed: (found) => found === pointer };
		case 'empty':
			return { required: pointer, isAllowed: (found) => found.startsWith(`${pointer}/`) };
		case 'remove':
			// What is gone from an item of `changed_attributes` is its only member, and that has no name of its own.
			return {
				required: place.name.startsWith('Change.') && mutation.path.length === 3 ? holder : pointer,
				isAllowed: never,
			};
		default:
			// [null] for null, where only null is right: the item is as wrong as the list.
			return { required: pointer, isAllowed: (found) => place.value === null && found === `${pointer}/0` };
	}
}

/** The same for the guide's own form under the guide alone: whatever it lists has to be there, in its type. */
export function guideJudgeOf(body: Body): (mutation: Mutation) => Judgement {
	const byPointer = new Map(placesOf(body, 'guide').map((place) => [pointerTo(place.path), place]));
	return (mutation) => {
		const pointer = pointerTo(mutation.path);
		const place = byPointer.get(pointer)!;
		const reason = guideReasonToSkip(mutation, place);
		if (reason !== null) return { skip: reason };
		const isBelow = (found: string) => mutation.kind === 'empty' && found.startsWith(`${pointer}/`);
		const isOnlyMember = place.name.startsWith('Change.') && mutation.path.length === 3 && mutation.kind === 'remove';
		return { required: isOnlyMember ? pointerTo(mutation.path.slice(0, -1)) : pointer, isAllowed: isBelow };
	};
}

function guideReasonToSkip({ kind, path, value }: Mutation, place: Place): string | null {
	const { fact } = place;
	if (!fact) return null;
	const isChange = path[0] === 'changed_attributes';
	if (fact.kind === 'free' && !(isChange && path.length === 4 && value === undefined)) return skips.open;
	if (kind === 'remove') return typeof path.at(-1) === 'number' ? skips.item : null;
	if (kind === 'rename') return isChange && path.length === 3 ? skips.column : null;
	if (kind === 'empty') return fact.kind === 'open' ? skips.open : null;
	if (kind === 'array' && fact.kind === 'open') return skips.brackets;
	if (value === null) return fact.isNullable ? skips.null : null;
	// The guide sets no limits to its integers and unix timestamps.
	if (fact.kind === 'integer' && Number.isInteger(value)) return skips.kind;
	return isRight(value!, place) ? (fact.kind === 'text' ? skips.text : skips.kind) : null;
}

function never(): boolean {
	return false;
}

function reasonToSkip(mutation: Mutation, place: Place, body: Body, places: Place[]): string | null {
	const { fact } = place;
	const { kind, value, path } = mutation;
	if (!fact) return null;
	if (fact.kind === 'free') return skips.open;
	if (path[0] === 'changed_attributes') {
		const reason = reasonInChanges(mutation, place, body);
		if (reason !== undefined) return reason;
	}
	if (kind === 'remove' && typeof path.at(-1) === 'number') return skips.item;
	if (kind === 'remove') return fact.isOptional ? skips.optional : isNewest(place, body, places) ? skips.older : null;
	if (kind === 'rename') return /^(EventInfo|InitiatedAt)\./.test(place.name) && fact.isOptional ? skips.browser : null;
	if (kind === 'empty')
		return fact.kind === 'open' ? skips.open : holdsOnlyOptional(place, places) ? skips.optional : null;
	if (kind === 'array' && fact.kind === 'open') return skips.brackets;
	if (value === null) return fact.isNullable ? skips.null : null;
	return isRight(value!, place) ? (fact.kind === 'text' ? skips.text : skips.kind) : null;
}

function holdsOnlyOptional({ path }: Place, places: Place[]): boolean {
	const pointer = pointerTo(path);
	const members = places.filter((place) => pointerTo(place.path.slice(0, -1)) === pointer);
	return members.every(({ fact }) => fact?.isOptional);
}

/** Undefined: as for any other member. */
function reasonInChanges({ kind, path, value }: Mutation, place: Place, body: Body): string | null | undefined {
	if (path.length === 1) {
		if (kind === 'remove' || kind === 'rename') return skips.noList;
		if (kind === 'array' && !eventOf(body).startsWith('contact')) return skips.noList;
		// 38: always null.
		if (body.event === 'conversation_status_changed' && value !== undefined) return null;
		return undefined;
	}
	if (path.length === 3 && kind === 'rename') return skips.column;
	if (path.length < 4) return undefined;
	if (path.length === 4 && (kind === 'remove' || kind === 'rename')) return null;
	if (value === null && path[3] === 'previous_value') return skips.null;
	if (place.fact!.kind === 'iso' && kind === 'number') return skips.unixChange;
	return undefined;
}

/** Whether a value is of the type and form that a place has. */
function isRight(value: JsonValue, { fact, name, value: before }: Place): boolean {
	if (fact === null) return false;
	switch (fact.kind) {
		case 'text':
			return typeof value === 'string';
		case 'word': {
			const allowed = wordsOf(fact);
			return allowed !== null && typeof value === typeof (before ?? 'text') && allowed.includes(`${value as string}`);
		}
		case 'boolean':
			return typeof value === 'boolean';
		case 'id':
			return typeof value === 'number' && Number.isInteger(value) && value > 0;
		case 'integer':
			return typeof value === 'number' && Number.isInteger(value) && (value >= 0 || !/unread|day_of/.test(name));
		case 'number':
			return typeof value === 'number';
		case 'unix':
			return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e11;
		case 'seconds':
			return typeof value === 'number' && value >= 0 && value < 1e11;
		case 'iso':
			return typeof value === 'string' && isoTime.test(value) && !value.includes('-13-');
		case 'list':
			return Array.isArray(value);
		default:
			return isObject(value);
	}
}

/** Whether without this member the body would be one of an older release. */
function isNewest(place: Place, body: Body, places: Place[]): boolean {
	const since = place.fact!.since;
	if (since === null) return false;
	const pointer = pointerTo(place.path);
	const others = places.filter(({ path }) => !`${pointerTo(path)}/`.startsWith(`${pointer}/`));
	const known = [firstReleaseOf(eventOf(body)), ...others.map(({ fact }) => fact?.since ?? null)];
	return known.every((release) => release === null || compareReleases(release, since) < 0);
}

/** A body of 4.14.2 or later, and its headers, as an older release sends them. */
export interface OlderDelivery {
	body: Body;
	headers: Record<string, string>;
}

/** What a body says that had no word before a release (ground truth 2, 4.10, 4.11.2, 4.14, 4.16). */
const newInRelease: [since: string, pattern: RegExp][] = [
	['4.14.1', /"reauthorization_required"/],
	['4.14.0', /"voice_call"/],
	['4.9.0', /"(ig_post|ig_story|embed|Channel::Tiktok)"/],
	['4.8.0', /"assignee_agent_bot_id"|"assignee":\{[^{}]*"agent_bot"/],
	['4.2.0', /"captain_assistant"/],
	['4.1.0', /"Channel::Instagram"/],
	['3.4.0', /"sticker"/],
	['2.18.0', /"message_type":"template"/],
	['2.14.0', /"file_type":"contact"/],
	['2.2.0', /"Channel::Sms"/],
	['1.21.0', /"Channel::Whatsapp"/],
	['1.20.0', /"Channel::(Telegram|Line)"/],
	['1.18.2', /"status":"snoozed"/],
	['1.18.0', /"input_csat"/],
];

/**
 * What an older release sends in place of a delivery of 4.14.2 or later: members that came later are gone at every
 * place, and those that went since are back. Null when that release sends nothing of the kind.
 *
 * Source: ground truth 1.2, 4 and 9.
 */
export function asSentBy(release: string, body: Body, headers: Record<string, string> = {}): OlderDelivery | null {
	const isBefore = (other: string) => compareReleases(release, other) < 0;
	let event = eventOf(body);
	if (isBefore('2.5.0') && event.startsWith('automation_event')) {
		if (isBefore('2.3.2')) return null;
		event = event.replace('.', ': ');
	} else if (isBefore(firstReleaseOf(event) ?? '1.2.0') || (event.startsWith('inbox_') && isBefore('4.14.1'))) {
		return null;
	}
	if (event.startsWith('conversation_typing_') && isBefore('4.12.0') && (body.user as Body).type === 'agent_bot')
		return null;
	const text = JSON.stringify(body);
	if (newInRelease.some(([since, pattern]) => isBefore(since) && pattern.test(text))) return null;

	const older = structuredClone(body);
	older.event = event;
	const places = placesOf(body);
	for (const place of places.reverse()) ageMember(older, place, isBefore);
	if (Array.isArray(older.changed_attributes) && older.changed_attributes.length === 0) return null;
	if (isBefore('2.4.0')) delete older.changed_attributes;
	return { body: older, headers: olderHeaders(headers, event, isBefore) };
}

type IsBefore = (release: string) => boolean;

/** Works from the end of the text, so that what is removed shifts nothing that is still to come. */
function ageMember(older: Body, { path, value, name, fact }: Place, isBefore: IsBefore): void {
	if (path[0] === 'changed_attributes') {
		// An attribute that was not listed yet goes with all that it holds.
		if (path.length === 4 && fact?.since && isBefore(fact.since)) {
			(older.changed_attributes as JsonValue[])[path[1] as number] = null;
		} else if (path.length === 1 && Array.isArray(older.changed_attributes)) {
			older.changed_attributes = older.changed_attributes.filter((item) => item !== null);
		}
		return;
	}
	const holder = valueAt(older, path.slice(0, -1));
	const key = path.at(-1)!;
	if (fact?.since && isBefore(fact.since)) {
		delete (holder as Body)[key];
		return;
	}
	if (name === 'Conversation.status' && value === 'pending' && isBefore('1.18.2')) (holder as Body)[key] = 'bot';
	if (name === 'Conversation.timestamp' && isBefore('1.9.0')) (holder as Body)[key] = (value as number) - 3600;
	if (name === 'PushContact.type' && isBefore('2.4.0')) (holder as Body).pubsub_token = 'sampleToken000000009001';
	if (name === 'Contact.name' && isBefore('2.14.0')) (holder as Body).type = 'contact';
	const isRendered = !isBefore('4.9.0') && isBefore('4.12.1');
	if (name === 'Message.content' && typeof value === 'string' && isRendered)
		(holder as Body)[key] = `<p>${value}</p>\n`;
}

function olderHeaders(headers: Record<string, string>, event: string, isBefore: IsBefore): Record<string, string> {
	const older = { ...headers };
	if (isBefore('4.14.0')) older['user-agent'] = 'rest-client/2.1.0 (linux-musl x86_64) ruby/3.3.3p89';
	if (isBefore('4.12.0') || event === 'conversation_opened' || event === 'conversation_resolved') {
		for (const name of Object.keys(older)) if (name.startsWith('x-chatwoot-')) delete older[name];
	}
	return older;
}
