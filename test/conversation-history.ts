import fc from 'fast-check';
import type { ChainEntry } from '../src/changes/chain-entry';
import type { SummaryChange } from '../src/deliveries/api';

/** An attribute's values by name, as a summary writes them. */
type State = Record<string, string>;

/** One change of a conversation that Chatwoot saves, told or not. */
interface Step {
	/** What is set, by attribute; none is a save of times alone. */
	values: Readonly<Record<string, string>>;
	/** Nothing tells of it: a deleted team, a renamed label. */
	isSilent: boolean;
	/** How many receivers get it: webhook, API inbox, bot; labels are sent twice. */
	copies: number;
	/** How many steps later the body is read. */
	readLater: number;
	/** Deliveries of other kinds before it. */
	noise: number;
}

/** One save of the model, with what was sent of it. */
export interface Save {
	changes: SummaryChange[];
	entries: ChainEntry[];
}

/** What a model of Chatwoot sent of one conversation, all of it, in the order in which it was saved. */
export interface History {
	saves: Save[];
	/** Everything, others' deliveries included. Ids ascend. */
	entries: ChainEntry[];
}

const choices: Readonly<Record<string, readonly string[]>> = {
	status: ['"open"', '"resolved"', '"pending"', '"snoozed"'],
	priority: ['null', '"low"', '"high"'],
	snoozed_until: ['null', '"2026-06-09T16:00:00.000Z"'],
	custom_attributes: ['{}', 'null', '{"plan":"gold"}', '#00112233445566'],
	team_id: ['null', '1', '2'],
	assignee_id: ['null', '31', '32'],
	label_list: ['[]', '["a"]', '["b"]', '["a","b"]', '["a","b","c"]'],
	waiting_since: ['null', '"2026-06-09T10:00:00.000Z"'],
	additional_attributes: ['{}', '{"browser":"x"}'],
};

/** What is changed without a word (ground truth 5.5). */
const silent: Readonly<Record<string, readonly string[]>> = {
	team_id: ['null'],
	assignee_id: ['null'],
	waiting_since: choices.waiting_since!,
	additional_attributes: choices.additional_attributes!,
	label_list: ['rename', 'delete'],
};

const start: State = {
	status: '"open"',
	priority: 'null',
	snoozed_until: 'null',
	custom_attributes: '{}',
	team_id: 'null',
	assignee_id: 'null',
	label_list: '[]',
	waiting_since: 'null',
	additional_attributes: '{}',
};

function valuesOf(source: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Record<string, string>> {
	return fc
		.uniqueArray(fc.constantFrom(...Object.keys(source)), { minLength: 1, maxLength: 3, size: 'max' })
		.chain((names) =>
			fc
				.tuple(...names.map((name) => fc.constantFrom(...source[name]!)))
				.map((values) => Object.fromEntries(names.map((name, index) => [name, values[index]!]))),
		);
}

const rest = { readLater: fc.nat(2), noise: fc.nat(1) };
const told: fc.Arbitrary<Step> = fc.record({
	values: valuesOf(choices),
	isSilent: fc.constant(false),
	copies: fc.constantFrom(1, 1, 1, 2, 3),
	...rest,
});
const untold: fc.Arbitrary<Step> = fc.record({
	values: valuesOf(silent),
	isSilent: fc.constant(true),
	copies: fc.constant(0),
	...rest,
});

export interface Conversation {
	conversationId: number;
	accountId: number | null;
	endpoint: string;
	/** Whether it begins with the burst of its creation. */
	isBornHere: boolean;
	/** Its id in the database. */
	databaseId: number;
	steps: Step[];
}

/** A conversation's life as Chatwoot would tell it. */
export const conversations: fc.Arbitrary<Conversation> = fc.record({
	conversationId: fc.constantFrom(1401, 1402),
	accountId: fc.constantFrom(7, null),
	endpoint: fc.constantFrom('main', 'other'),
	isBornHere: fc.boolean(),
	databaseId: fc.nat(1_000_000),
	steps: fc.array(fc.oneof({ weight: 4, arbitrary: told }, { weight: 1, arbitrary: untold }), {
		minLength: 4,
		maxLength: 14,
		size: 'max',
	}),
});

/** Plays the model: applies the steps to a state and sends what Chatwoot would. */
export function play(conversation: Conversation): History {
	const { steps } = conversation;
	const states = [start];
	for (const step of steps) states.push(after(states.at(-1)!, step));
	const history: History = { saves: [], entries: [] };
	let id = 0;
	if (conversation.isBornHere) send(birth(conversation), 2, 0);
	for (const [index, step] of steps.entries()) {
		for (let count = 0; count < step.noise; count++) {
			history.entries.push(entryOf(conversation, ++id, 'message_created', []));
		}
		if (step.isSilent) continue;
		const { changes, isTold } = difference(states[index]!, states[index + 1]!, index);
		if (isTold) send(changes, step.copies, Math.min(states.length - 1, index + 1 + step.readLater));
	}
	return history;

	function send(changes: SummaryChange[], copies: number, readAt: number): void {
		const save: Save = { changes, entries: [] };
		const changed = changes.map((change) => ({ ...change, ...shownIn(states[readAt]!, change) }));
		for (let copy = 0; copy < copies; copy++) {
			save.entries.push(entryOf(conversation, ++id, 'conversation_updated', changed));
		}
		history.saves.push(save);
		history.entries.push(...save.entries);
	}
}

function entryOf(
	{ conversationId, accountId, endpoint }: Conversation,
	id: number,
	event: string,
	changed: SummaryChange[],
): ChainEntry {
	return {
		id,
		endpoint,
		event,
		accountId,
		conversationId,
		changed,
		deliveryHeaderId: `${conversationId}-${accountId}-${id}`,
		bodyHash: null,
	};
}

function after(state: State, { values, isSilent }: Step): State {
	const next = { ...state, ...values };
	if (!isSilent || values.label_list === undefined) return next;
	const [first, ...others] = JSON.parse(state.label_list!) as string[];
	const left = values.label_list === 'rename' && first !== undefined ? [`${first}x`, ...others] : others;
	return { ...next, label_list: JSON.stringify(left) };
}

/** The diff of one save; told when one of the attributes that Chatwoot tells of is in it. */
function difference(before: State, now: State, index: number): { changes: SummaryChange[]; isTold: boolean } {
	const changes = Object.keys(now)
		.filter((name) => before[name] !== now[name])
		.map((attribute) => ({ attribute, previous: before[attribute]!, current: now[attribute]! }));
	const isTold = changes.some(({ attribute }) => attribute !== 'additional_attributes');
	return {
		changes: [...changes, { attribute: 'updated_at', previous: time(index), current: time(index + 1) }],
		isTold,
	};
}

function birth({ databaseId }: Conversation): SummaryChange[] {
	return [
		{ attribute: 'id', previous: 'null', current: String(databaseId) },
		{ attribute: 'status', previous: '"open"', current: start.status! },
		{ attribute: 'updated_at', previous: 'null', current: time(0) },
	];
}

/** As the receiver's summary keeps it: only where the body shows something else. */
function shownIn(state: State, { attribute, current }: SummaryChange): { shown?: string } {
	const shown = state[attribute];
	if (shown === undefined || attribute === 'waiting_since' || attribute === 'additional_attributes') return {};
	const plain = (text: string | null): string | null =>
		attribute === 'label_list'
			? [...(JSON.parse(text!) as string[])].sort().join()
			: text === 'null' && attribute === 'custom_attributes'
				? '{}'
				: text;
	return plain(shown) === plain(current) ? {} : { shown };
}

function time(index: number): string {
	return JSON.stringify(new Date(Date.UTC(2026, 5, 9, 10) + index * 1500).toISOString());
}

/** Numbers entries anew, in the order in which they stand. */
export function inThisOrder(entries: readonly ChainEntry[]): ChainEntry[] {
	return entries.map((entry, index) => ({ ...entry, id: index + 1 }));
}
