import { integerValue, stringValue } from '../../../json/document';
import { JsonKind } from '../../../json/scan';
import { compareReleases } from '../../contract/releases';
import type { RuleContext } from './rule-context';

/** Rule 26, first: the other count is not compared with an impossible one. */
export function judgeUnreadCount(rules: RuleContext): void {
	const node = rules.sound(rules.child(rules.conversation, 'unread_count'));
	const count = node === -1 ? null : integerValue(rules.document, node);
	if (count === null || count <= 10 || compareReleases(rules.subject.oldest, '3.0.0') < 0) return;
	rules.faulty.add(node);
	rules.report('error', `${rules.conversationPath}/unread_count`, node, '0 to 10', 'Since 3.0.0 the count ends at 10.');
}

/** Rules 22 and 23. */
export function judgeTimes(rules: RuleContext): void {
	const { conversation, conversationPath: path } = rules;
	const nested = rules.child(rules.message, 'conversation');
	rules.agree(
		[
			rules.at('always', path, conversation, 'timestamp'),
			rules.at('always', path, conversation, 'last_activity_at'),
			rules.at('witness', `${rules.messagePath}/conversation`, nested, 'last_activity_at'),
		],
		'the last activity',
	);
	const created = rules.numberAt(conversation, 'created_at');
	if (created === null) return;
	for (const name of ['timestamp', 'updated_at']) {
		const later = rules.numberAt(conversation, name);
		if (later === null || created <= later + 1) continue;
		const node = rules.child(conversation, 'created_at');
		rules.report(
			'warning',
			`${path}/created_at`,
			node,
			`at most ${later}, as ${name}`,
			'A conversation usually is not created after its last activity.',
		);
		return;
	}
}

/** Rules 24 and 25. */
export function judgeStatus(rules: RuleContext): void {
	const { conversation, conversationPath: path } = rules;
	const statusNode = rules.sound(rules.child(conversation, 'status'));
	const status = stringValue(rules.document, statusNode);
	if (status === null) return;
	const until = rules.sound(rules.child(conversation, 'snoozed_until'));
	if (until !== -1 && rules.document.kind[until] === JsonKind.string && status !== 'snoozed') {
		rules.report('error', `${path}/status`, statusNode, 'snoozed', 'snoozed_until is set, so the status is snoozed.');
	}
	const waiting = rules.numberAt(conversation, 'waiting_since');
	if (status === 'resolved' && waiting !== null && waiting !== 0 && rules.isSince('4.4.0')) {
		rules.report(
			'warning',
			`${path}/waiting_since`,
			rules.child(conversation, 'waiting_since'),
			'0',
			'Resolving a conversation usually stops its waiting clock.',
		);
	}
}

/** Rule 27. A type without an assignee is a row that points to a deleted user. */
export function judgeAssigneeType(rules: RuleContext): void {
	const meta = rules.child(rules.conversation, 'meta');
	const typeNode = rules.sound(rules.child(meta, 'assignee_type'));
	const assignee = rules.sound(rules.child(meta, 'assignee'));
	if (typeNode === -1 || assignee === -1 || rules.document.kind[assignee] !== JsonKind.object) return;
	const actorType = stringValue(rules.document, rules.sound(rules.child(assignee, 'type')));
	const expected = actorType === 'user' ? 'User' : actorType === 'agent_bot' ? 'AgentBot' : null;
	const stated = stringValue(rules.document, typeNode);
	if (expected === null || stated === expected) return;
	rules.report(
		'warning',
		`${rules.conversationPath}/meta/assignee_type`,
		typeNode,
		expected,
		`The assignee is ${expected === 'User' ? 'a user' : 'an agent bot'}.`,
	);
}

/** Rules 30 and 35. */
export function judgeChannel(rules: RuleContext): void {
	const node = rules.sound(rules.child(rules.conversation, 'channel'));
	const channel = stringValue(rules.document, node);
	if (channel === null) return;
	const pointer = `${rules.conversationPath}/channel`;
	if (rules.subject.event === 'webwidget_triggered' && channel !== 'Channel::WebWidget') {
		rules.report('warning', pointer, node, 'Channel::WebWidget', 'Only web widgets trigger this event.');
		return;
	}
	// Callers of an API inbox write what they like.
	if (channel === 'Channel::Api') return;
	const attributes = rules.child(rules.conversation, 'additional_attributes');
	const writer = writers.find(({ members }) => members.every((name) => rules.child(attributes, name) !== -1));
	if (writer && channel !== writer.channel) {
		rules.report('warning', pointer, node, writer.channel, `The additional attributes are those of ${writer.title}.`);
	}
}

/**
 * Members that the code of one channel writes together into `additional_attributes`. One alone proves nothing: the REST
 * API lets callers write it into any conversation.
 *
 * Source: app/controllers/api/v1/widget/base_controller.rb, app/mailboxes/imap/imap_mailbox.rb,
 * app/services/telegram/incoming_message_service.rb, app/services/tiktok/messaging_helpers.rb.
 */
const writers: readonly { channel: string; title: string; members: readonly string[] }[] = [
	{ channel: 'Channel::WebWidget', title: 'a web widget', members: ['browser', 'referer', 'initiated_at'] },
	{ channel: 'Channel::Email', title: 'an e-mail', members: ['source', 'mail_subject', 'in_reply_to', 'initiated_at'] },
	{ channel: 'Channel::Telegram', title: 'a Telegram chat', members: ['chat_id', 'business_connection_id'] },
	{ channel: 'Channel::Tiktok', title: 'a TikTok chat', members: ['conversation_id', 'tiktok_capabilities'] },
];
