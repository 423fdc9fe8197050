import type { Draft } from './messages';
import type { Conversation } from './model';
import { isoTime, minute } from './virtual-time';
import type { Workplace } from './workplace';

/** The id that the channel gives a message; null in widgets and API inboxes, which give none. */
export function channelId({ random, population }: Workplace, { inbox }: Conversation): string | null {
	if (inbox.kind === 'whatsapp') return `wamid.${random.text(36, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}`;
	if (inbox.kind === 'telegram') return String(random.between(1000, 9999));
	return inbox.kind === 'email' ? population.messageId() : null;
}

/** What a text of the contact becomes in the channel: with its id there, and by e-mail as a whole mail. */
export function incomingDraft(place: Workplace, conversation: Conversation, content: string | null): Draft {
	if (conversation.inbox.kind === 'email') return mailDraft(place, conversation, content ?? '');
	const sourceId = channelId(place, conversation);
	return sourceId === null ? { content } : { content, sourceId };
}

/** 4.16: a mail with all that the mailbox reads of it. */
function mailDraft(place: Workplace, conversation: Conversation, content: string): Draft {
	const text = `${content}\n\n-- \n${conversation.contact.name}`;
	const sourceId = place.population.messageId();
	const answered = conversation.newestPublic?.sourceId ?? null;
	const cc = place.random.chance(0.4) ? ['archive@example.com'] : null;
	const subject = conversation.additionalAttributes.mail_subject as string;
	return {
		content: text,
		contentType: 'incoming_email',
		sourceId,
		contentAttributes: {
			email: {
				bcc: null,
				cc,
				content_type: 'multipart/alternative; boundary="0000000000001"',
				date: isoTime(place.clock.now - 6 * minute).replace('Z', '+00:00'),
				from: [conversation.contactInbox.sourceId],
				headers: null,
				html_content: { full: `<div dir="auto"><p>${content}</p></div>`, reply: text, quoted: text },
				in_reply_to: answered,
				message_id: sourceId,
				multipart: true,
				number_of_attachments: 0,
				references: answered === null ? [] : [answered],
				subject: answered === null ? subject : `Re: ${subject}`,
				text_content: { full: `${text}\n`, reply: `${text}\n`, quoted: text },
				to: ['support@example.com'],
				auto_reply: false,
			},
			cc_email: cc,
			bcc_email: null,
		},
	};
}
