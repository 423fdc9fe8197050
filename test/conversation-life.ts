import { samples } from './deliveries';

/** One delivery of a conversation's life. */
export interface LifeDelivery {
	/** When it was sent, in Unix milliseconds. */
	at: number;
	/** Of the body. */
	event: string;
	body: Record<string, unknown>;
	headers: Record<string, string>;
}

export interface LifePerson {
	id: number;
	name: string;
}

/** What of a conversation changes in its life. */
interface LifeState {
	status: 'open' | 'pending' | 'snoozed' | 'resolved';
	assignee: LifePerson | null;
	team: LifePerson | null;
	labels: string[];
	priority: string | null;
	snoozedUntil: string | null;
	customAttributes: Record<string, unknown>;
	firstReplyAt: string | null;
	waitingSince: number;
	unreadCount: number;
}

export const ana: LifePerson = { id: 31, name: 'Ana Petrov' };
export const joel: LifePerson = { id: 32, name: 'Joel Okafor' };
export const returns: LifePerson = { id: 4, name: 'returns' };

const firstMessage = 90_311;

/**
 * A conversation that lives, and what its account webhook gets of it: bodies of release 4.14.2, made from the samples,
 * whose ids, times and changed values fit each other from the first to the last. A test lets it happen and posts, or
 * leaves out, what `deliveries` holds.
 */
export class ConversationLife {
	readonly id: number;
	readonly deliveries: LifeDelivery[] = [];
	readonly #conversation: Record<string, unknown>;
	readonly #message: Record<string, unknown>;
	readonly #contact: Record<string, unknown>;
	readonly #nested: Record<string, unknown>;
	readonly #state: LifeState = {
		status: 'open',
		assignee: null,
		team: null,
		labels: [],
		priority: null,
		snoozedUntil: null,
		customAttributes: {},
		firstReplyAt: null,
		waitingSince: 0,
		unreadCount: 0,
	};
	#now: number;
	#savedAt: number;
	#createdAt: number;
	#messages: unknown[] = [];
	#lastMessage = firstMessage - 1;

	/**
	 * @param id Chatwoot's display id
	 * @param start Unix milliseconds
	 */
	constructor(id = 1401, start = Date.UTC(2026, 5, 9, 10)) {
		this.id = id;
		this.#now = this.#savedAt = this.#createdAt = start;
		this.#conversation = bodyOf('conversation_created--webwidget');
		// It is the last member, and not one of the conversation.
		delete this.#conversation.event;
		this.#message = bodyOf('message_created--webwidget-incoming');
		this.#contact = this.#message.sender as Record<string, unknown>;
		const [nested] = bodyOf('conversation_updated--status-resolved').messages as Record<string, unknown>[];
		this.#nested = nested!;
	}

	/** Milliseconds pass. */
	wait(milliseconds: number): this {
		this.#now += milliseconds;
		return this;
	}

	/** The contact writes for the first time. */
	begin(text: string): this {
		this.#writeMessage(text, 'incoming');
		this.#send('conversation_created', {});
		this.#sendMessage(text, 'incoming');
		return this;
	}

	/** A message comes in, goes out, or is a note that only agents see. */
	message(text: string, type: 'incoming' | 'outgoing' | 'template' = 'incoming', by: LifePerson = ana): this {
		this.#writeMessage(text, type, by);
		this.#sendMessage(text, type, by);
		return this;
	}

	note(text: string, by: LifePerson = ana): this {
		this.#lastMessage++;
		this.#sendMessage(text, 'outgoing', by, true);
		return this;
	}

	/** The first reply stops the clock; Chatwoot says so with an update. */
	reply(text: string, by: LifePerson = ana): this {
		this.message(text, 'outgoing', by);
		const previous = this.#state.waitingSince;
		const isFirst = this.#state.firstReplyAt === null;
		this.#state.waitingSince = 0;
		if (isFirst) this.#state.firstReplyAt = iso(this.#now);
		this.#update({
			...(isFirst && { first_reply_created_at: [null, this.#state.firstReplyAt] }),
			waiting_since: [previous === 0 ? null : iso(previous * 1000), null],
		});
		return this;
	}

	typing(milliseconds: number, by: LifePerson = ana, isPrivate = false): this {
		this.#sendTyping('on', by, isPrivate);
		this.wait(milliseconds);
		this.#sendTyping('off', by, isPrivate);
		return this;
	}

	assign(to: LifePerson | null, team: LifePerson | null = this.#state.team): this {
		const { assignee, team: before } = this.#state;
		Object.assign(this.#state, { assignee: to, team });
		return this.#update({
			...(assignee?.id !== to?.id && { assignee_id: [assignee?.id ?? null, to?.id ?? null] }),
			...(before?.id !== team?.id && { team_id: [before?.id ?? null, team?.id ?? null] }),
		});
	}

	label(...labels: string[]): this {
		const before = this.#state.labels;
		this.#state.labels = labels;
		return this.#update({ cached_label_list: [before.join(', '), labels.join(', ')], label_list: [before, labels] });
	}

	prioritize(priority: string | null): this {
		const before = this.#state.priority;
		this.#state.priority = priority;
		return this.#update({ priority: [before, priority] });
	}

	customize(attributes: Record<string, unknown>): this {
		const before = this.#state.customAttributes;
		this.#state.customAttributes = attributes;
		return this.#update({ custom_attributes: [before, attributes] });
	}

	/** A status change is two events: the update lists it, the other has null. */
	become(status: LifeState['status'], until: string | null = null): this {
		const { status: before, snoozedUntil } = this.#state;
		Object.assign(this.#state, { status, snoozedUntil: until });
		if (status === 'resolved') this.#state.waitingSince = 0;
		this.#update({
			status: [before, status],
			...(snoozedUntil !== until && { snoozed_until: [snoozedUntil, until] }),
		});
		this.#send('conversation_status_changed', { changed_attributes: null });
		return this;
	}

	/** A macro, which sends the conversation as it is. */
	runMacro(): this {
		this.#send('macro.executed', {}, false);
		return this;
	}

	/** The visitor opens the widget. */
	openWidget(): this {
		const widget = bodyOf('webwidget_triggered--existing-conversation');
		this.#push('webwidget_triggered', { ...widget, current_conversation: this.#conversationNow() });
		return this;
	}

	#update(changes: Record<string, [previous: unknown, current: unknown]>): this {
		const before = this.#savedAt;
		this.#savedAt = this.#now;
		const listed = { ...changes, updated_at: [iso(before), iso(this.#savedAt)] as [unknown, unknown] };
		this.#send('conversation_updated', {
			changed_attributes: Object.entries(listed).map(([name, [previous, current]]) => ({
				[name]: { previous_value: previous, current_value: current },
			})),
		});
		return this;
	}

	#writeMessage(text: string, type: string, by: LifePerson = ana): void {
		this.#lastMessage++;
		this.#savedAt = this.#now;
		const isIncoming = type === 'incoming';
		if (isIncoming) {
			this.#state.unreadCount = Math.min(10, this.#state.unreadCount + 1);
			this.#state.waitingSince ||= seconds(this.#now);
		} else this.#state.unreadCount = 0;
		const { sender, ...members } = this.#nested;
		this.#messages = [
			{
				...members,
				id: this.#lastMessage,
				content: text,
				processed_message_content: text,
				conversation_id: this.id,
				message_type: { incoming: 0, outgoing: 1, template: 3 }[type],
				created_at: seconds(this.#now),
				updated_at: iso(this.#now),
				sender_type: isIncoming ? 'Contact' : type === 'outgoing' ? 'User' : null,
				sender_id: isIncoming ? this.#contact.id : type === 'outgoing' ? by.id : null,
				...(isIncoming ? { sender } : type === 'outgoing' ? { sender: longUser(by) } : {}),
			},
		];
	}

	#sendMessage(text: string, type: string, by: LifePerson = ana, isPrivate = false): void {
		this.#push('message_created', {
			...this.#message,
			content: text,
			conversation: this.#conversationNow(),
			created_at: iso(this.#now),
			id: this.#lastMessage,
			message_type: type,
			private: isPrivate,
			sender: type === 'incoming' ? this.#contact : type === 'template' ? null : shortUser(by),
		});
	}

	#sendTyping(state: 'on' | 'off', by: LifePerson, isPrivate: boolean): void {
		const event = `conversation_typing_${state}`;
		this.#push(event, { event, user: shortUser(by), conversation: this.#conversationNow(), is_private: isPrivate });
	}

	#send(event: string, more: Record<string, unknown>, hasDeliveryId = true): void {
		this.#push(event, { ...this.#conversationNow(), event, ...more }, hasDeliveryId);
	}

	#push(event: string, body: Record<string, unknown>, hasDeliveryId = true): void {
		const place = String(this.deliveries.length).padStart(12, '0');
		const id = `00000000-0000-4000-8000-${place}`.replace(/^.{8}/, String(this.id).padStart(8, '0'));
		this.deliveries.push({
			at: this.#now,
			event,
			body: { ...body, event },
			headers: { 'content-type': 'application/json', ...(hasDeliveryId && { 'x-chatwoot-delivery': id }) },
		});
	}

	#conversationNow(): Record<string, unknown> {
		const conversation = this.#conversation;
		const state = this.#state;
		const meta = conversation.meta as Record<string, unknown>;
		return {
			...conversation,
			id: this.id,
			messages: this.#messages.map((message) => ({
				...(message as object),
				conversation: {
					...((message as Record<string, unknown>).conversation as object),
					assignee_id: state.assignee?.id ?? null,
					unread_count: state.unreadCount,
					last_activity_at: seconds(this.#now),
				},
			})),
			labels: state.labels,
			meta: {
				...meta,
				assignee: state.assignee && longUser(state.assignee),
				assignee_type: state.assignee && 'User',
				team: state.team,
			},
			status: state.status,
			custom_attributes: state.customAttributes,
			snoozed_until: state.snoozedUntil,
			unread_count: state.unreadCount,
			first_reply_created_at: state.firstReplyAt,
			priority: state.priority,
			waiting_since: state.waitingSince,
			last_activity_at: seconds(this.#now),
			timestamp: seconds(this.#now),
			created_at: seconds(this.#createdAt),
			// JSON would write a whole number without its decimals.
			updated_at: seconds(this.#savedAt) + ((this.#savedAt % 1000) + 0.25) / 1000,
		};
	}
}

/** A life that has everything once: both ways, notes, typing, all values, snoozed, opened again, resolved. */
export function fullLife(id?: number, start?: number): ConversationLife {
	const life = new ConversationLife(id, start);
	life.openWidget().wait(800).begin('Hi, where is my parcel?');
	life.wait(2600).message('We are with you in a minute.', 'template');
	life.wait(31_000).assign(ana, returns);
	life.wait(72_000).typing(14_000).reply('It left the depot this morning & should arrive before six.');
	life.wait(46_000).typing(11_000, ana, true).note('Courier says the van broke down, be kind.');
	life.wait(22_000).label('delivery');
	life.wait(18_000).prioritize('high');
	life.wait(14_000).become('snoozed', '2026-06-10T08:00:00.000Z');
	life.wait(95_000).become('open').wait(120).assign(joel).wait(90).label('delivery', 'vip');
	life.wait(800).customize({ order: { number: 881 }, plan: 'gold' });
	life.wait(70_000).message('OK, thanks! I’ll wait until six.');
	life.wait(88_000).become('resolved').wait(700).message('Please rate this conversation', 'template');
	life.wait(49_000).runMacro();
	return life;
}

function bodyOf(name: string): Record<string, unknown> {
	const sample = samples().find((one) => one.name === name);
	if (!sample) throw new Error(`No sample is called ${name}`);
	return JSON.parse(new TextDecoder().decode(sample.body)) as Record<string, unknown>;
}

function shortUser({ id, name }: LifePerson): Record<string, unknown> {
	return { id, name, email: `${name.toLowerCase().replace(' ', '.')}@example.com`, type: 'user' };
}

function longUser({ id, name }: LifePerson): Record<string, unknown> {
	return {
		id,
		name,
		available_name: name,
		avatar_url: '',
		type: 'user',
		availability_status: null,
		thumbnail: '',
	};
}

function iso(time: number): string {
	return new Date(time).toISOString();
}

function seconds(time: number): number {
	return Math.floor(time / 1000);
}
