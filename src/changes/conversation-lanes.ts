import { eventFamily } from '../chatwoot/events';
import type { Summary } from '../deliveries/api';
import type { DeliveryId } from '../deliveries/delivery';

/** What a lane needs of a delivery. */
export type LaneEntry = Pick<
	Summary,
	'id' | 'receivedAt' | 'event' | 'status' | 'messageType' | 'isPrivate' | 'changed' | 'subject' | 'verdict'
>;

/** Lanes in which one value follows another. */
export const bandNames = ['status', 'assignee', 'team', 'labels', 'priority'] as const;
export type BandName = (typeof bandNames)[number];

/** Lanes in which each delivery is a moment. */
export const tickNames = ['contact', 'agent', 'note', 'template', 'typing', 'update', 'widget', 'automation'] as const;
export type TickName = (typeof tickNames)[number];

/** One value from one moment to the next, in Unix milliseconds. */
export interface Band {
	start: number;
	end: number;
	/** JSON text; a long one is a hash as in the summary. Null: not known. */
	value: string | null;
	/** The delivery that first told of it; null for what was before, and for what is not known. */
	by: DeliveryId | null;
}

/** Somebody types, from one moment to another. */
export interface TypingSpan {
	start: number;
	end: number;
	isPrivate: boolean;
}

/** A place where a delivery is missing: what the deliveries on both sides say does not fit. */
export interface MissingDelivery {
	/** The last that fits; null when none does. */
	since: DeliveryId | null;
	at: DeliveryId;
	/** Those of `changed_attributes` that do not fit. */
	attributes: readonly string[];
}

/** From one value to the next: `index` is the place of its delivery among the entries. */
export interface BandPoint {
	index: number;
	value: string;
}

/** What the summaries of one conversation say, drawn over time. */
export interface ConversationLanes {
	/** When each entry arrived, in Unix milliseconds; never falling, also where a clock was set back. */
	times: Float64Array;
	bands: Record<BandName, Band[]>;
	/** Places of entries. */
	ticks: Record<TickName, number[]>;
	typing: TypingSpan[];
	/** Stretches in which a delivery is missing. */
	gaps: { start: number; end: number }[];
}

/**
 * How long somebody types at most when no end comes, in milliseconds: Chatwoot's own pages stop saying so after 30
 * seconds, because an end may get lost there too.
 */
export const longestTyping = 30_000;

/** The lanes of a conversation. `entries` are its deliveries, ascending. */
export function conversationLanes(
	entries: readonly LaneEntry[],
	missing: readonly MissingDelivery[],
): ConversationLanes {
	const times = arrivalTimes(entries);
	const points = pointsOf(entries);
	const ticks = Object.fromEntries(tickNames.map((name): [TickName, number[]] => [name, []]));
	for (const [index, entry] of entries.entries()) ticks[tickOf(entry)]!.push(index);
	return {
		times,
		ticks: ticks as Record<TickName, number[]>,
		bands: Object.fromEntries(
			bandNames.map((name) => [name, bandsOf(name, points[name], entries, times, missing)]),
		) as Record<BandName, Band[]>,
		typing: typingSpans(entries, times),
		gaps: missing.map((gap) => stretchOf(gap, entries, times)),
	};
}

/**
 * One lane of values. Where a delivery is missing that was about it, nothing is known.
 * @param points ascending; what is before the first is not known
 */
export function bandsOf(
	name: BandName,
	points: readonly BandPoint[],
	entries: readonly Pick<LaneEntry, 'id'>[],
	times: Float64Array,
	missing: readonly MissingDelivery[],
): Band[] {
	if (entries.length === 0) return [];
	const end = times.at(-1)!;
	const bands: Band[] = [];
	const first = points[0];
	if (first === undefined || first.index > 0) {
		bands.push({ start: times[0]!, end: first ? times[first.index]! : end, value: null, by: null });
	}
	for (const [place, { index, value }] of points.entries()) {
		const next = points[place + 1];
		if (next?.index === index) continue;
		const by = index === -1 ? null : entries[index]!.id;
		bands.push({ start: times[Math.max(0, index)]!, end: next ? times[Math.max(0, next.index)]! : end, value, by });
	}
	const own = missing.filter(({ attributes }) => attributes.some((attribute) => bandOf(attribute) === name));
	return own.reduce((known, gap) => without(known, stretchOf(gap, entries, times)), bands);
}

/** The lane that an attribute of `changed_attributes` belongs to; null for most. */
export function bandOf(attribute: string): BandName | null {
	if (attribute === 'assignee_id' || attribute === 'assignee_agent_bot_id') return 'assignee';
	if (attribute === 'team_id') return 'team';
	if (attribute === 'label_list') return 'labels';
	return attribute === 'status' || attribute === 'priority' ? attribute : null;
}

/** The lane of a delivery. */
export function tickOf({ event, messageType, isPrivate }: LaneEntry): TickName {
	const family = eventFamily(event);
	if (family === 'typing' || family === 'automation') return family;
	if (family === 'widget' || family === 'contact') return 'widget';
	if (event !== 'message_created') return 'update';
	if (isPrivate) return 'note';
	if (messageType === 'template') return 'template';
	return messageType === 'incoming' ? 'contact' : 'agent';
}

function arrivalTimes(entries: readonly LaneEntry[]): Float64Array {
	const times = new Float64Array(entries.length);
	let latest = -Infinity;
	for (const [index, { receivedAt }] of entries.entries()) times[index] = latest = Math.max(latest, receivedAt);
	return times;
}

function stretchOf(
	{ since, at }: MissingDelivery,
	entries: readonly Pick<LaneEntry, 'id'>[],
	times: Float64Array,
): { start: number; end: number } {
	const start = since === null ? 0 : placeOf(entries, since);
	return { start: times[start] ?? 0, end: times[placeOf(entries, at)] ?? times.at(-1) ?? 0 };
}

/** Where the first entry with this id or a later one is. */
export function placeOf(entries: readonly Pick<LaneEntry, 'id'>[], id: DeliveryId): number {
	let from = 0;
	let to = entries.length;
	while (from < to) {
		const middle = (from + to) >>> 1;
		if (entries[middle]!.id < id) from = middle + 1;
		else to = middle;
	}
	return from;
}

/** Bands in which a stretch is not known. */
function without(bands: readonly Band[], { start, end }: { start: number; end: number }): Band[] {
	const kept: Band[] = [];
	for (const band of bands) {
		if (band.end <= start || band.start >= end) {
			kept.push({ ...band });
			continue;
		}
		if (band.start < start) kept.push({ ...band, end: start });
		const last = kept.at(-1);
		if (last?.value === null && last.end === band.start) last.end = Math.min(end, band.end);
		else kept.push({ start: Math.max(start, band.start), end: Math.min(end, band.end), value: null, by: null });
		if (band.end > end) kept.push({ ...band, start: end });
	}
	return kept;
}

/** What the summaries say of the values: what was listed as changed, and of the status what every body shows. */
function pointsOf(entries: readonly LaneEntry[]): Record<BandName, BandPoint[]> {
	const points = Object.fromEntries(bandNames.map((name) => [name, []])) as unknown as Record<BandName, BandPoint[]>;
	const add = (name: BandName, index: number, value: string) => {
		if (points[name].at(-1)?.value !== value) points[name].push({ index, value });
	};
	let newestSave = '';
	for (const [index, { changed, status, event }] of entries.entries()) {
		const saved = changed.find(({ attribute }) => attribute === 'updated_at')?.current ?? newestSave;
		// One that was overtaken tells of what was before.
		if (saved < newestSave) continue;
		newestSave = saved;
		const isConversation = eventFamily(event) === 'conversation';
		for (const { attribute, previous, current } of isConversation ? changed : []) {
			const name = bandOf(attribute);
			if (name === null || current === null) continue;
			// An agent and a bot share one lane: who takes over is told, whoever lets go.
			const isOther = changed.some((one) => one.attribute !== attribute && bandOf(one.attribute) === name);
			if (isOther && current === 'null') continue;
			if (points[name].length === 0 && previous !== null && index > 0)
				points[name].push({ index: -1, value: previous });
			add(name, index, current);
		}
		if (status !== null) add('status', index, JSON.stringify(status));
	}
	return points;
}

/** From on to off. A message by the same person ends it too, and so does time. */
function typingSpans(entries: readonly LaneEntry[], times: Float64Array): TypingSpan[] {
	const spans: TypingSpan[] = [];
	const open = new Map<string, TypingSpan>();
	for (const [index, { event, subject, isPrivate }] of entries.entries()) {
		const time = times[index]!;
		const running = open.get(subject);
		if (running && (event === 'conversation_typing_off' || event === 'message_created')) {
			running.end = Math.min(running.end, time);
			open.delete(subject);
		}
		if (event !== 'conversation_typing_on') continue;
		// Said again before it is over, it goes on.
		if (running && time <= running.end) {
			running.end = time + longestTyping;
			continue;
		}
		const span = { start: time, end: time + longestTyping, isPrivate: isPrivate ?? false };
		open.set(subject, span);
		spans.push(span);
	}
	const last = times.at(-1) ?? 0;
	for (const span of spans) span.end = Math.min(span.end, Math.max(last, span.start));
	return spans;
}
