import { integerValue, member, stringValue } from '../../../json/document';
import { JsonKind } from '../../../json/scan';
import { actorTitles, recogniseActor } from '../recognise';
import { article } from '../words';
import type { RuleContext } from './rule-context';

/** Rules 11, 13, 14 and 15. */
export function judgeNestedMessage(rules: RuleContext): void {
	const isPrivate = rules.sound(rules.child(rules.message, 'private'));
	if (isPrivate !== -1 && rules.document.kind[isPrivate] === JsonKind.true) {
		const said = 'The nested message never is a private note.';
		rules.report('error', `${rules.messagePath}/private`, isPrivate, 'false', said);
	}
	if (!rules.isMessageEvent) return;
	const id = rules.numberAt(0, 'id');
	const nestedId = rules.numberAt(rules.message, 'id');
	if (id === null || nestedId === null) return;
	const topPrivate = rules.sound(member(rules.document, 0, 'private'));
	if (topPrivate === -1) return;
	const isNote = rules.document.kind[topPrivate] === JsonKind.true;
	const nestedNode = rules.child(rules.message, 'id');
	if (isNote && id === nestedId) {
		const said = 'A private note never is the nested message.';
		if (isSameText(rules)) rules.report('error', '/private', topPrivate, 'false', said);
		else rules.report('error', `${rules.messagePath}/id`, nestedNode, `another id than ${id}`, said);
	} else if (!isNote && nestedId < id && isOrdinary(rules) && !isNestedDatedLater(rules)) {
		const said = 'The nested message usually is this one or a newer one.';
		rules.report('warning', `${rules.messagePath}/id`, nestedNode, `${id} or more`, said);
	}
	if (id === nestedId && !isNote) sameMessage(rules);
}

function isSameText(rules: RuleContext): boolean {
	const top = stringValue(rules.document, member(rules.document, 0, 'content'));
	return top !== null && top === stringValue(rules.document, rules.child(rules.message, 'content'));
}

/** The newest message is chosen by its date, which whoever writes a message late may have set. */
function isNestedDatedLater(rules: RuleContext): boolean {
	const nested = rules.numberAt(rules.message, 'created_at');
	return nested !== null && nested > createdSeconds(rules);
}

/** When the message says it was made, in whole Unix seconds; NaN when it does not. */
function createdSeconds(rules: RuleContext): number {
	const text = stringValue(rules.document, rules.sound(member(rules.document, 0, 'created_at')));
	return text === null ? NaN : Math.floor(Date.parse(text) / 1000);
}

function isOrdinary(rules: RuleContext): boolean {
	const type = stringValue(rules.document, member(rules.document, 0, 'message_type'));
	return type === 'incoming' || type === 'outgoing' || type === 'template';
}

/** Rule 14: one message, shown twice. */
function sameMessage(rules: RuleContext): void {
	for (const name of ['content_type', 'content_attributes', 'source_id', 'private', 'additional_attributes']) {
		const top = rules.sound(member(rules.document, 0, name));
		const nested = rules.sound(rules.child(rules.message, name));
		if (top === -1 || nested === -1 || rules.isSame(top, nested)) continue;
		rules.report(
			'warning',
			`${rules.messagePath}/${name}`,
			nested,
			`the same as ${name} at the top level`,
			'It is the same message, shown twice.',
		);
	}
	sameType(rules);
	sameTime(rules);
	sameContent(rules);
}

/** Rule 15. Before 4.13.0 the top level was rendered for the channel; a survey's link is added there only. */
function sameContent(rules: RuleContext): void {
	const top = rules.sound(member(rules.document, 0, 'content'));
	const nested = rules.sound(rules.child(rules.message, 'content'));
	if (top === -1 || nested === -1 || !rules.isSince('4.13.0') || rules.isSame(top, nested)) return;
	if (stringValue(rules.document, member(rules.document, 0, 'content_type')) === 'input_csat') return;
	const expected = 'the same as content at the top level';
	rules.report('warning', `${rules.messagePath}/content`, nested, expected, 'It is the same message, shown twice.');
}

function sameType(rules: RuleContext): void {
	const name = stringValue(rules.document, rules.sound(member(rules.document, 0, 'message_type')));
	const node = rules.sound(rules.child(rules.message, 'message_type'));
	if (name === null || node === -1) return;
	const expected = ['incoming', 'outgoing', 'activity', 'template'].indexOf(name);
	if (expected === -1 || integerValue(rules.document, node) === expected) return;
	const pointer = `${rules.messagePath}/message_type`;
	rules.report('warning', pointer, node, `${expected} (${name})`, 'It is the same message, shown twice.');
}

function sameTime(rules: RuleContext): void {
	const node = rules.sound(rules.child(rules.message, 'created_at'));
	const seconds = createdSeconds(rules);
	if (node === -1 || Number.isNaN(seconds) || integerValue(rules.document, node) === seconds) return;
	const pointer = `${rules.messagePath}/created_at`;
	rules.report('warning', pointer, node, String(seconds), 'It is the same message, shown twice.');
}

/** Rules 17, 18 and 19. */
export function judgeSender(rules: RuleContext): void {
	const sender = rules.sound(member(rules.document, 0, 'sender'));
	const type = stringValue(rules.document, rules.sound(member(rules.document, 0, 'message_type')));
	if (sender === -1 || type === null || rules.document.kind[sender] !== JsonKind.object) return;
	const { actor } = recogniseActor(rules.document, sender);
	const found = actor && article(actorTitles[actor]);
	const channel = stringValue(rules.document, rules.child(rules.conversation, 'channel'));
	if (type === 'template') {
		rules.report('warning', '/sender', sender, 'null', 'Messages made from a template usually have no sender.', found);
	} else if (type === 'incoming' && actor !== null && actor !== 'contact' && channel !== 'Channel::Api') {
		rules.report('warning', '/sender', sender, 'a contact', 'Incoming messages usually come from a contact.', found);
	} else if (type === 'outgoing' && actor === 'contact') {
		const said = 'Outgoing messages usually come from a user, a bot or nobody.';
		rules.report('warning', '/sender', sender, 'a user, a bot or null', said, found);
	}
}
