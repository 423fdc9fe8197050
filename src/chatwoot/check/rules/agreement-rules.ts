import { children, member, stringValue, valueText } from '../../../json/document';
import { JsonKind, type JsonDocument } from '../../../json/scan';
import { recogniseActor } from '../recognise';
import type { Operand, RuleContext } from './rule-context';

/** Rules 1 to 10, 16, 20, 21, 28, 33, 34. */
export function judgeAgreements(rules: RuleContext): void {
	const { conversation, conversationPath: path, message, messagePath } = rules;
	const inbox = rules.child(conversation, 'contact_inbox');
	const inboxPath = `${path}/contact_inbox`;
	const meta = rules.child(conversation, 'meta');
	const nested = rules.child(message, 'conversation');
	const nestedPath = `${messagePath}/conversation`;
	const account = rules.child(0, 'account');
	const sender = rules.child(0, 'sender');
	const isWidget = rules.subject.event === 'webwidget_triggered';

	const accounts: Operand[] = [
		rules.at('always', `${path}/account`, conversation === 0 ? account : rules.child(conversation, 'account'), 'id'),
		rules.at('always', messagePath, message, 'account_id'),
		rules.at('always', '/sender/account', rules.child(sender, 'account'), 'id'),
		...attachmentOperands(rules, 'account_id'),
	];
	// At the top level of a conversation both are one place.
	if (conversation !== 0) accounts.unshift(rules.at('always', '/account', account, 'id'));
	rules.agree(accounts, 'the account');
	rules.agree(
		[
			rules.at('always', path, conversation, 'inbox_id'),
			rules.at('always', '/inbox', rules.child(0, 'inbox'), 'id'),
			rules.at('always', messagePath, message, 'inbox_id'),
			rules.at('usually', inboxPath, inbox, 'inbox_id'),
		],
		'the inbox',
	);
	rules.agree(
		[rules.at('always', path, conversation, 'id'), rules.at('always', messagePath, message, 'conversation_id')],
		'the conversation’s display id',
	);
	const contacts: Operand[] = [
		rules.at(isWidget ? 'always' : 'usually', inboxPath, inbox, 'contact_id'),
		rules.at('usually', `${path}/meta/sender`, rules.child(meta, 'sender'), 'id'),
	];
	if (isWidget) contacts.unshift(rules.at('always', '/contact', rules.child(0, 'contact'), 'id'));
	const isIncoming = stringValue(rules.document, member(rules.document, 0, 'message_type')) === 'incoming';
	if (isIncoming && rules.isContact(sender)) contacts.push(rules.at('usually', '/sender', sender, 'id'));
	const user = member(rules.document, 0, 'user');
	if (rules.isContact(user)) contacts.push(rules.at('usually', '/user', user, 'id'));
	rules.agree(contacts, 'the contact');
	const sources: Operand[] = [
		rules.at(isWidget ? 'always' : 'usually', inboxPath, inbox, 'source_id'),
		rules.at('usually', `${nestedPath}/contact_inbox`, rules.child(nested, 'contact_inbox'), 'source_id'),
	];
	if (isWidget) sources.unshift(rules.at('always', '', 0, 'source_id'));
	rules.agree(sources, 'the contact’s id in the channel');
	rules.agree(
		[rules.at('usually', path, conversation, 'unread_count'), rules.at('usually', nestedPath, nested, 'unread_count')],
		'the unread count',
	);
	if (inbox !== -1 && meta !== -1) {
		rules.agree(
			[
				rules.at('usually', inboxPath, inbox, 'hmac_verified'),
				rules.at('usually', `${path}/meta`, meta, 'hmac_verified'),
			],
			'whether the contact’s identity was verified',
		);
	}
	nestedAssignee(rules, meta);
	for (const operand of attachmentOperands(rules, 'message_id')) {
		rules.agree([rules.at('always', '', 0, 'id'), operand], 'the message');
	}
}

/** Rule 9. A bot as assignee is not in `assignee_id`; a user who was deleted may be there alone. */
function nestedAssignee(rules: RuleContext, meta: number): void {
	const nested = rules.sound(find2(rules.document, rules.message, 'conversation', 'assignee_id'));
	const assignee = rules.child(meta, 'assignee');
	if (nested === -1 || assignee === -1 || rules.faulty.has(assignee)) return;
	const type = stringValue(rules.document, rules.child(meta, 'assignee_type'));
	const isBot = type === 'AgentBot';
	const idNode = rules.sound(rules.child(assignee, 'id'));
	if (idNode === -1 && (rules.document.kind[assignee] !== JsonKind.null || type === 'User')) return;
	// A type that contradicts the assignee is reported there.
	if (idNode !== -1 && (recogniseActor(rules.document, assignee).actor === 'agent_bot') !== isBot) return;
	const expected = isBot || idNode === -1 ? 'null' : valueText(rules.document, idNode);
	if (valueText(rules.document, nested) === expected) return;
	const pointer = `${rules.messagePath}/conversation/assignee_id`;
	rules.report('warning', pointer, nested, expected, 'It usually is the assignee of the conversation.');
}

function attachmentOperands(rules: RuleContext, name: string): Operand[] {
	if (!rules.isMessageEvent) return [];
	const list = member(rules.document, 0, 'attachments');
	if (list === -1 || rules.document.kind[list] !== JsonKind.array) return [];
	return [...children(rules.document, list)].map((node, index) => ({
		base: `/attachments/${index}`,
		name,
		node: rules.child(node, name),
		strength: 'always' as const,
	}));
}

function find2(document: JsonDocument, node: number, first: string, second: string): number {
	return node === -1 ? -1 : member(document, member(document, node, first), second);
}
