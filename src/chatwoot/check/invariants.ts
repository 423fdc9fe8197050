import {
	canonicalText,
	children,
	integerValue,
	item,
	keyText,
	member,
	stringValue,
	valueText,
} from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import { compareReleases, type Release } from '../contract/releases';
import { automationTrigger } from '../events';
import { recogniseActor } from './recognise';
import type { Severity } from './report';
import { nothingSaid, placeAt, type Place } from './place';

/** What the rules look at. */
export interface RuleSubject {
	document: JsonDocument;
	event: string;
	headers: readonly (readonly [name: string, value: string])[];
	/** In Unix milliseconds; null when it is not known. */
	receivedAt: number | null;
	/** The oldest release that could have sent it: some rules hold since a release only. */
	oldest: Release;
	/** Values that a contract finds fault with: no rule is judged by them. */
	faulty: ReadonlySet<number>;
}

/**
 * The rules between members that every genuine delivery keeps: ids that must agree, the nested message, times, header
 * pairs. An error where the rule holds always, a warning where exceptions are known. Where several places must show
 * one value, the one that stands alone is reported, and it once.
 *
 * Source: ground truth 8; the numbers beside the rules are its rows.
 */
export function brokenRules(subject: RuleSubject): Place[] {
	const rules = new Rules(subject);
	rules.judge();
	return rules.places;
}

/** One of the places that must show the same value. */
interface Operand {
	pointer: string;
	node: number;
	/** A witness only helps to tell which of the others is wrong. */
	strength: 'always' | 'usually' | 'witness';
}

/** Of clocks that are not set by the same source. */
const clockToleranceMilliseconds = 600_000;

class Rules {
	readonly places: Place[] = [];
	private readonly subject: RuleSubject;
	private readonly document: JsonDocument;
	private readonly faulty: Set<number>;
	/** The conversation's node and pointer; -1 without one. */
	private readonly conversation: number;
	private readonly conversationPath: string;
	/** The nested message; -1 without one. */
	private readonly message: number;
	private readonly messagePath: string;
	private readonly isMessageEvent: boolean;

	constructor(subject: RuleSubject) {
		this.subject = subject;
		this.document = subject.document;
		this.faulty = new Set(subject.faulty);
		this.isMessageEvent = subject.event === 'message_created' || subject.event === 'message_updated';
		const path = conversationPath(subject.event);
		this.conversation = path === null ? -1 : path === '' ? 0 : this.objectAt(path.slice(1));
		this.conversationPath = path ?? '';
		this.message = item(this.document, this.child(this.conversation, 'messages'), 0);
		this.messagePath = `${this.conversationPath}/messages/0`;
	}

	judge(): void {
		if (this.conversation !== -1) {
			this.unreadCount();
			this.agreements();
			this.times();
			this.snoozed();
			this.assigneeType();
			this.channel();
		}
		if (this.message !== -1) this.nestedMessage();
		if (this.isMessageEvent) this.messageEvent();
		this.contactPictures();
		this.typing();
		this.changes();
		this.eventNames();
		this.headers();
	}

	/** Rule 26, first: the other count is not compared with an impossible one. */
	private unreadCount(): void {
		const node = this.sound(this.child(this.conversation, 'unread_count'));
		const count = node === -1 ? null : integerValue(this.document, node);
		if (count === null || count <= 10 || compareReleases(this.subject.oldest, '3.0.0') < 0) return;
		this.faulty.add(node);
		this.report('error', `${this.conversationPath}/unread_count`, node, '0 to 10', 'Since 3.0.0 the count ends at 10.');
	}

	/** Rules 1 to 10, 16, 20, 21, 28, 33, 34. */
	private agreements(): void {
		const { conversation, conversationPath: path, message, messagePath } = this;
		const inbox = this.child(conversation, 'contact_inbox');
		const meta = this.child(conversation, 'meta');
		const sender = member(this.document, 0, 'sender');
		const isWidget = this.subject.event === 'webwidget_triggered';

		const accounts: Operand[] = [
			this.at('always', '', 0, 'account', 'id'),
			this.at('always', path, conversation, 'account', 'id'),
			this.at('always', messagePath, message, 'account_id'),
			this.at('always', '', 0, 'sender', 'account', 'id'),
			...this.attachmentOperands('account_id'),
		];
		// At the top level of a conversation the first two are one place.
		this.agree(conversation === 0 ? accounts.slice(1) : accounts, 'the account');
		this.agree(
			[
				this.at('always', path, conversation, 'inbox_id'),
				this.at('always', '', 0, 'inbox', 'id'),
				this.at('always', messagePath, message, 'inbox_id'),
				this.at('usually', path, conversation, 'contact_inbox', 'inbox_id'),
			],
			'the inbox',
		);
		this.agree(
			[this.at('always', path, conversation, 'id'), this.at('always', messagePath, message, 'conversation_id')],
			'the conversation’s display id',
		);
		const contacts: Operand[] = [
			this.at(isWidget ? 'always' : 'usually', path, conversation, 'contact_inbox', 'contact_id'),
			this.at('usually', path, conversation, 'meta', 'sender', 'id'),
		];
		if (isWidget) contacts.unshift(this.at('always', '', 0, 'contact', 'id'));
		const isIncoming = stringValue(this.document, member(this.document, 0, 'message_type')) === 'incoming';
		if (isIncoming && this.isContact(sender)) contacts.push(this.at('usually', '', 0, 'sender', 'id'));
		const user = member(this.document, 0, 'user');
		if (this.isContact(user)) contacts.push(this.at('usually', '', 0, 'user', 'id'));
		this.agree(contacts, 'the contact');
		const sources: Operand[] = [
			this.at(isWidget ? 'always' : 'usually', path, conversation, 'contact_inbox', 'source_id'),
			this.at('usually', messagePath, message, 'conversation', 'contact_inbox', 'source_id'),
		];
		if (isWidget) sources.unshift(this.at('always', '', 0, 'source_id'));
		this.agree(sources, 'the contact’s id in the channel');
		this.agree(
			[
				this.at('usually', path, conversation, 'unread_count'),
				this.at('usually', messagePath, message, 'conversation', 'unread_count'),
			],
			'the unread count',
		);
		if (inbox !== -1 && meta !== -1) {
			this.agree(
				[
					this.at('usually', path, conversation, 'contact_inbox', 'hmac_verified'),
					this.at('usually', path, conversation, 'meta', 'hmac_verified'),
				],
				'whether the contact’s identity was verified',
			);
		}
		this.nestedAssignee(meta);
		for (const operand of this.attachmentOperands('message_id')) {
			this.agree([this.at('always', '', 0, 'id'), operand], 'the message');
		}
	}

	/** Rule 9. A bot as assignee is not in `assignee_id`. */
	private nestedAssignee(meta: number): void {
		const nested = this.sound(find2(this.document, this.message, 'conversation', 'assignee_id'));
		const assignee = this.child(meta, 'assignee');
		if (nested === -1 || assignee === -1 || this.faulty.has(assignee)) return;
		const isBot = stringValue(this.document, this.child(meta, 'assignee_type')) === 'AgentBot';
		const idNode = this.sound(this.child(assignee, 'id'));
		if (idNode === -1 && this.document.kind[assignee] !== JsonKind.null) return;
		// A type that contradicts the assignee is reported there.
		if (idNode !== -1 && (recogniseActor(this.document, assignee).actor === 'agent_bot') !== isBot) return;
		const expected = isBot || idNode === -1 ? 'null' : valueText(this.document, idNode);
		if (valueText(this.document, nested) === expected) return;
		const pointer = `${this.messagePath}/conversation/assignee_id`;
		this.report('warning', pointer, nested, expected, 'It usually is the assignee of the conversation.');
	}

	/** Rules 22 and 23. */
	private times(): void {
		const { conversation, conversationPath: path } = this;
		this.agree(
			[
				this.at('always', path, conversation, 'timestamp'),
				this.at('always', path, conversation, 'last_activity_at'),
				this.at('witness', this.messagePath, this.message, 'conversation', 'last_activity_at'),
			],
			'the last activity',
		);
		const created = this.numberAt(conversation, 'created_at');
		if (created === null) return;
		for (const name of ['timestamp', 'updated_at']) {
			const later = this.numberAt(conversation, name);
			if (later === null || created <= later + 1) continue;
			const node = this.child(conversation, 'created_at');
			this.report(
				'warning',
				`${path}/created_at`,
				node,
				`not after ${name}`,
				'A conversation usually is not created after its last activity.',
			);
			return;
		}
	}

	/** Rules 24 and 25. */
	private snoozed(): void {
		const { conversation, conversationPath: path } = this;
		const statusNode = this.sound(this.child(conversation, 'status'));
		const status = stringValue(this.document, statusNode);
		if (status === null) return;
		const until = this.sound(this.child(conversation, 'snoozed_until'));
		if (until !== -1 && this.document.kind[until] === JsonKind.string && status !== 'snoozed') {
			this.report('error', `${path}/status`, statusNode, 'snoozed', 'snoozed_until is set, so the status is snoozed.');
		}
		const waiting = this.numberAt(conversation, 'waiting_since');
		if (status === 'resolved' && waiting !== null && waiting !== 0 && this.isSince('4.4.0')) {
			this.report(
				'warning',
				`${path}/waiting_since`,
				this.child(conversation, 'waiting_since'),
				'0',
				'Resolving a conversation usually stops its waiting clock.',
			);
		}
	}

	/** Rule 27. A type without an assignee is a row that points to a deleted user. */
	private assigneeType(): void {
		const meta = this.child(this.conversation, 'meta');
		const typeNode = this.sound(this.child(meta, 'assignee_type'));
		const assignee = this.sound(this.child(meta, 'assignee'));
		if (typeNode === -1 || assignee === -1 || this.document.kind[assignee] !== JsonKind.object) return;
		const actorType = stringValue(this.document, this.sound(this.child(assignee, 'type')));
		const expected = actorType === 'user' ? 'User' : actorType === 'agent_bot' ? 'AgentBot' : null;
		const stated = stringValue(this.document, typeNode);
		if (expected === null || stated === expected) return;
		this.report(
			'warning',
			`${this.conversationPath}/meta/assignee_type`,
			typeNode,
			expected,
			`The assignee is ${expected === 'User' ? 'a user' : 'an agent bot'}.`,
		);
	}

	/** Rules 30 and 35. */
	private channel(): void {
		const node = this.sound(this.child(this.conversation, 'channel'));
		const channel = stringValue(this.document, node);
		if (channel === null) return;
		const pointer = `${this.conversationPath}/channel`;
		if (this.subject.event === 'webwidget_triggered' && channel !== 'Channel::WebWidget') {
			this.report('warning', pointer, node, 'Channel::WebWidget', 'Only web widgets trigger this event.');
			return;
		}
		const attributes = this.child(this.conversation, 'additional_attributes');
		const isMail = stringValue(this.document, this.child(attributes, 'source')) === 'email';
		if (isMail && channel !== 'Channel::Email' && channel !== 'Channel::Api') {
			const said = 'The additional attributes are those of an e-mail.';
			this.report('warning', pointer, node, 'Channel::Email', said);
		}
	}

	/** Rules 11, 13, 14 and 15. */
	private nestedMessage(): void {
		const isPrivate = this.sound(this.child(this.message, 'private'));
		if (isPrivate !== -1 && this.document.kind[isPrivate] === JsonKind.true) {
			const said = 'The nested message never is a private note.';
			this.report('error', `${this.messagePath}/private`, isPrivate, 'false', said);
		}
		if (!this.isMessageEvent) return;
		const id = this.numberAt(0, 'id');
		const nestedId = this.numberAt(this.message, 'id');
		if (id === null || nestedId === null) return;
		const topPrivate = this.sound(member(this.document, 0, 'private'));
		if (topPrivate === -1) return;
		const isNote = this.document.kind[topPrivate] === JsonKind.true;
		const nestedNode = this.child(this.message, 'id');
		if (isNote && id === nestedId) {
			const said = 'A private note never is the nested message.';
			if (this.isSameText()) this.report('error', '/private', topPrivate, 'false', said);
			else this.report('error', `${this.messagePath}/id`, nestedNode, `another id than ${id}`, said);
		} else if (!isNote && nestedId < id && this.isOrdinary()) {
			const said = 'The nested message usually is this one or a newer one.';
			this.report('warning', `${this.messagePath}/id`, nestedNode, `${id} or more`, said);
		}
		if (id === nestedId && !isNote) this.sameMessage();
	}

	private isSoundInside(node: number): boolean {
		for (const faulty of this.faulty) if (faulty >= node && faulty < this.document.next[node]!) return false;
		return true;
	}

	private isSameText(): boolean {
		const top = stringValue(this.document, member(this.document, 0, 'content'));
		return top !== null && top === stringValue(this.document, this.child(this.message, 'content'));
	}

	private isOrdinary(): boolean {
		const type = stringValue(this.document, member(this.document, 0, 'message_type'));
		return type === 'incoming' || type === 'outgoing' || type === 'template';
	}

	/** Rule 14: one message, shown twice. */
	private sameMessage(): void {
		for (const name of ['content_type', 'content_attributes', 'source_id', 'private', 'additional_attributes']) {
			const top = this.sound(member(this.document, 0, name));
			const nested = this.sound(this.child(this.message, name));
			if (top === -1 || nested === -1 || this.isSame(top, nested)) continue;
			this.report(
				'warning',
				`${this.messagePath}/${name}`,
				nested,
				`the same as ${name} at the top level`,
				'It is the same message, shown twice.',
			);
		}
		this.sameType();
		this.sameTime();
		this.sameContent();
	}

	/** Rule 15. Before 4.13.0 the top level was rendered for the channel; a survey's link is added there only. */
	private sameContent(): void {
		const top = this.sound(member(this.document, 0, 'content'));
		const nested = this.sound(this.child(this.message, 'content'));
		if (top === -1 || nested === -1 || !this.isSince('4.13.0') || this.isSame(top, nested)) return;
		if (stringValue(this.document, member(this.document, 0, 'content_type')) === 'input_csat') return;
		const expected = 'the same as content at the top level';
		this.report('warning', `${this.messagePath}/content`, nested, expected, 'It is the same message, shown twice.');
	}

	/** Also when one of them has a fault inside: that is reported there. */
	private isSame(top: number, nested: number): boolean {
		if (!this.isSoundInside(top) || !this.isSoundInside(nested)) return true;
		return canonicalText(this.document, top) === canonicalText(this.document, nested);
	}

	private sameType(): void {
		const name = stringValue(this.document, this.sound(member(this.document, 0, 'message_type')));
		const node = this.sound(this.child(this.message, 'message_type'));
		if (name === null || node === -1) return;
		const expected = ['incoming', 'outgoing', 'activity', 'template'].indexOf(name);
		if (expected === -1 || integerValue(this.document, node) === expected) return;
		const pointer = `${this.messagePath}/message_type`;
		this.report('warning', pointer, node, `${expected} (${name})`, 'It is the same message, shown twice.');
	}

	private sameTime(): void {
		const text = stringValue(this.document, this.sound(member(this.document, 0, 'created_at')));
		const node = this.sound(this.child(this.message, 'created_at'));
		const seconds = text === null ? NaN : Math.floor(Date.parse(text) / 1000);
		if (node === -1 || Number.isNaN(seconds) || integerValue(this.document, node) === seconds) return;
		const pointer = `${this.messagePath}/created_at`;
		this.report('warning', pointer, node, String(seconds), 'It is the same message, shown twice.');
	}

	/** Rules 17, 18 and 19. */
	private messageEvent(): void {
		const sender = this.sound(member(this.document, 0, 'sender'));
		const type = stringValue(this.document, this.sound(member(this.document, 0, 'message_type')));
		if (sender === -1 || type === null || this.document.kind[sender] !== JsonKind.object) return;
		const { actor } = recogniseActor(this.document, sender);
		const channel = stringValue(this.document, this.child(this.conversation, 'channel'));
		if (type === 'template') {
			this.report('warning', '/sender', sender, 'null', 'Messages made from a template usually have no sender.');
		} else if (type === 'incoming' && actor !== null && actor !== 'contact' && channel !== 'Channel::Api') {
			this.report('warning', '/sender', sender, 'a contact', 'Incoming messages usually come from a contact.');
		} else if (type === 'outgoing' && actor === 'contact') {
			const said = 'Outgoing messages usually come from a user, a bot or nobody.';
			this.report('warning', '/sender', sender, 'a user, a bot or null', said);
		}
	}

	/** Rule 31. */
	private contactPictures(): void {
		const places: [string, number][] = ['sender', 'user', 'contact'].map((name) => [
			`/${name}`,
			member(this.document, 0, name),
		]);
		if (this.subject.event.startsWith('contact_')) places.push(['', 0]);
		for (const [pointer, node] of places) {
			const avatar = this.sound(this.child(node, 'avatar'));
			const thumbnail = this.sound(this.child(node, 'thumbnail'));
			if (avatar === -1 || thumbnail === -1 || this.isSame(avatar, thumbnail)) continue;
			const said = 'Chatwoot writes one picture into both members.';
			this.report('error', `${pointer}/thumbnail`, thumbnail, 'the same as avatar', said);
		}
	}

	/** Rule 32. */
	private typing(): void {
		const isPrivate = this.sound(member(this.document, 0, 'is_private'));
		if (isPrivate === -1 || this.document.kind[isPrivate] !== JsonKind.true) return;
		if (!this.isContact(member(this.document, 0, 'user'))) return;
		this.report('warning', '/is_private', isPrivate, 'false', 'A contact can’t type a private note.');
	}

	/** Rules 36, 37, 38 and 40. */
	private changes(): void {
		const list = this.sound(member(this.document, 0, 'changed_attributes'));
		if (list === -1 || this.document.kind[list] !== JsonKind.array) return;
		if (this.subject.event === 'conversation_status_changed') {
			const said = 'Chatwoot asks for the changes too late here, so it sends null.';
			this.report('warning', '/changed_attributes', list, 'null', said);
			return;
		}
		if (this.subject.event !== 'conversation_updated' || this.document.childCount[list] === 0) return;
		const current = this.currentValues(list);
		for (const [attribute, name] of [
			['status', 'status'],
			['priority', 'priority'],
			['label_list', 'labels'],
		] as const) {
			const change = current.get(attribute);
			const body = this.sound(member(this.document, 0, name));
			if (!change || body === -1 || this.faulty.has(change.node) || this.isSame(change.node, body)) continue;
			const said = `The body’s ${name} usually shows the same value.`;
			this.report('warning', change.pointer, change.node, `the same as ${name}`, said);
		}
		this.cachedLabels(current);
		if (!this.mentions(list, 'updated_at')) {
			const said = 'Every save moves updated_at, so the list usually has it.';
			this.report('warning', '/changed_attributes', list, 'an entry for updated_at', said);
		}
	}

	/** Whether the list names an attribute, or is malformed so that nothing can be said of it. */
	private mentions(list: number, attribute: string): boolean {
		for (const entry of children(this.document, list)) {
			if (this.document.kind[entry] !== JsonKind.object || this.document.childCount[entry] === 0) return true;
			if (member(this.document, entry, attribute) !== -1) return true;
		}
		return false;
	}

	private currentValues(list: number): Map<string, { node: number; pointer: string }> {
		const current = new Map<string, { node: number; pointer: string }>();
		let index = 0;
		for (const entry of children(this.document, list)) {
			if (this.document.kind[entry] === JsonKind.object) {
				for (const change of children(this.document, entry)) {
					const attribute = keyText(this.document, change)!;
					const node = this.sound(this.child(change, 'current_value'));
					const pointer = `/changed_attributes/${index}/${attribute}/current_value`;
					if (node !== -1) current.set(attribute, { node, pointer });
				}
			}
			index++;
		}
		return current;
	}

	private cachedLabels(current: Map<string, { node: number; pointer: string }>): void {
		const cached = current.get('cached_label_list');
		const labels = current.get('label_list');
		if (!cached || !labels || this.document.kind[labels.node] !== JsonKind.array) return;
		if (!this.isSoundInside(cached.node) || !this.isSoundInside(labels.node)) return;
		const text = stringValue(this.document, cached.node) ?? '';
		const split = text === '' ? [] : text.split(',').map((label) => label.trim());
		const titles = [...children(this.document, labels.node)].map((node) => stringValue(this.document, node));
		if (split.length === titles.length && split.every((label) => titles.includes(label))) return;
		const said = 'It usually is label_list, joined with commas.';
		this.report('warning', cached.pointer, cached.node, 'the labels of label_list', said);
	}

	/** Rule 39. */
	private eventNames(): void {
		const expected = new Map([
			['conversation_opened', 'open'],
			['conversation_resolved', 'resolved'],
		]).get(this.subject.event);
		const node = this.sound(member(this.document, 0, 'status'));
		const status = stringValue(this.document, node);
		if (expected === undefined || status === null || status === expected) return;
		this.report('warning', '/status', node, expected, `The event usually comes with the status ${expected}.`);
	}

	/** Rules 42, 43 and 44. Of rule 42 only what no replay breaks: an old timestamp is nothing wrong. */
	private headers(): void {
		const names = new Map(this.subject.headers.map(([name, value]) => [name.toLowerCase(), value]));
		const signature = names.get('x-chatwoot-signature');
		const timestamp = names.get('x-chatwoot-timestamp');
		const delivery = names.get('x-chatwoot-delivery');
		if ((signature === undefined) !== (timestamp === undefined)) {
			const [there, gone] = signature === undefined ? ['Timestamp', 'Signature'] : ['Signature', 'Timestamp'];
			const said = `X-Chatwoot-${there} comes only together with X-Chatwoot-${gone}.`;
			this.report('error', '', 0, `both headers or neither`, said);
		} else if (signature !== undefined && delivery === undefined) {
			const said = 'A signed request carries X-Chatwoot-Delivery too.';
			this.report('error', '', 0, 'the header X-Chatwoot-Delivery', said);
		}
		const { event } = this.subject;
		const isUnsigned = automationTrigger(event) !== null || event === 'macro.executed' || event.startsWith('account_');
		if (isUnsigned && (signature !== undefined || timestamp !== undefined || delivery !== undefined)) {
			const said = 'Automation rules, macros and the installation send no X-Chatwoot header.';
			this.report('error', '', 0, 'no X-Chatwoot header', said);
		}
		const sentAt = timestamp !== undefined && /^\d{1,11}$/.test(timestamp) ? Number(timestamp) : null;
		if (sentAt === null) return;
		const { receivedAt } = this.subject;
		if (receivedAt !== null && sentAt * 1000 > receivedAt + clockToleranceMilliseconds) {
			const said = 'X-Chatwoot-Timestamp lies after the arrival: one of the two clocks is wrong.';
			this.report('warning', '', 0, 'a time before the arrival', said);
		}
	}

	private attachmentOperands(name: string): Operand[] {
		if (!this.isMessageEvent) return [];
		const list = member(this.document, 0, 'attachments');
		if (list === -1 || this.document.kind[list] !== JsonKind.array) return [];
		return [...children(this.document, list)].map((node, index) => ({
			pointer: `/attachments/${index}/${name}`,
			node: this.child(node, name),
			strength: 'always' as const,
		}));
	}

	/** Of places that must show one value, reports those that show another than most do. */
	private agree(operands: readonly Operand[], what: string): void {
		const votes = new Map<string, number>();
		const shown: { operand: Operand; value: string }[] = [];
		for (const operand of operands) {
			if (this.sound(operand.node) === -1 || this.document.kind[operand.node] === JsonKind.null) continue;
			const value = scalarText(this.document, operand.node);
			shown.push({ operand, value });
			votes.set(value, (votes.get(value) ?? 0) + (operand.strength === 'always' ? 2 : 1));
		}
		if (votes.size < 2) return;
		const most = Math.max(...votes.values());
		const { operand: anchor, value: right } = shown.find(({ value }) => votes.get(value) === most)!;
		for (const { operand, value } of shown) {
			if (value === right || operand.strength === 'witness') continue;
			const isStrict = operand.strength === 'always' && this.isStrictAgainst(shown, right);
			const place = `${placeName(anchor.pointer)} is ${right}`;
			this.report(
				isStrict ? 'error' : 'warning',
				operand.pointer,
				operand.node,
				right,
				`It ${isStrict ? 'always' : 'usually'} shows ${what}; ${place}.`,
			);
			this.faulty.add(operand.node);
		}
	}

	/** Whether one of the places that show the right value must do so without exception. */
	private isStrictAgainst(shown: readonly { operand: Operand; value: string }[], right: string): boolean {
		return shown.some(({ operand, value }) => value === right && operand.strength === 'always');
	}

	private at(strength: Operand['strength'], base: string, node: number, ...names: string[]): Operand {
		let found = node;
		for (const name of names) found = this.child(found, name);
		return { pointer: `${base}/${names.join('/')}`, node: found, strength };
	}

	private child(node: number, name: string): number {
		return node === -1 ? -1 : member(this.document, node, name);
	}

	private objectAt(name: string): number {
		const node = member(this.document, 0, name);
		return node !== -1 && this.document.kind[node] === JsonKind.object ? node : -1;
	}

	/** The node, or -1 when it is not there or a contract finds fault with it. */
	private sound(node: number): number {
		return node === -1 || this.faulty.has(node) ? -1 : node;
	}

	private numberAt(node: number, name: string): number | null {
		const child = this.sound(this.child(node, name));
		return child !== -1 && this.document.kind[child] === JsonKind.number
			? Number(valueText(this.document, child))
			: null;
	}

	private isContact(node: number): boolean {
		if (node === -1 || this.document.kind[node] !== JsonKind.object) return false;
		return recogniseActor(this.document, node).actor === 'contact';
	}

	private isSince(release: Release): boolean {
		return compareReleases(this.subject.oldest, release) >= 0;
	}

	private report(severity: Severity, pointer: string, node: number, expected: string, message: string): void {
		const place = placeAt('invariant', severity, pointer, node, nothingSaid);
		place.expected = expected;
		place.message = message;
		this.places.push(place);
	}
}

/** What a scalar says, however its text is escaped. */
function scalarText(document: JsonDocument, node: number): string {
	const text = stringValue(document, node);
	return text === null ? valueText(document, node) : JSON.stringify(text);
}

function find2(document: JsonDocument, node: number, first: string, second: string): number {
	return node === -1 ? -1 : member(document, member(document, node, first), second);
}

function placeName(pointer: string): string {
	return pointer.slice(1).replaceAll('/', '.');
}

/** Where the event has its conversation: the pointer of the object, `` for the body itself, null for none. */
function conversationPath(event: string): string | null {
	if (event.startsWith('message_') || event.startsWith('conversation_typing_')) return '/conversation';
	if (event === 'webwidget_triggered') return '/current_conversation';
	if (event.startsWith('conversation_') || event === 'macro.executed' || automationTrigger(event) !== null) return '';
	return null;
}
