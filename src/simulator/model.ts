/** The records of the simulated account, as its database keeps them. Objects in them are replaced, never changed. */
import type { Language } from './texts/languages';
import type { WireObject, WireValue } from './rails-json';
import type { Moment, Zone } from './virtual-time';

export interface Agent {
	kind: 'user';
	id: number;
	name: string;
	/** The display name, or the name. */
	availableName: string;
	email: string;
	avatarUrl: string;
}

export interface AgentBot {
	kind: 'agent_bot';
	id: number;
	name: string;
}

export interface CaptainAssistant {
	kind: 'captain_assistant';
	id: number;
	name: string;
	avatarUrl: string;
	description: string;
	createdAt: Moment;
}

export interface Team {
	id: number;
	name: string;
	members: readonly Agent[];
}

export type ChannelKind = 'widget' | 'whatsapp' | 'email' | 'telegram' | 'api';

export interface Inbox {
	id: number;
	name: string;
	kind: ChannelKind;
	/** Chatwoot's name of the channel, such as `Channel::WebWidget`. */
	channel: string;
	/** Who answers first; its conversations start as `pending`. */
	responder: AgentBot | CaptainAssistant | null;
	greeting: string | null;
	collectsEmail: boolean;
}

export interface Browser {
	browser_name: string;
	browser_version: string;
	device_name: string;
	platform_name: string;
	platform_version: string;
}

export interface Contact {
	kind: 'contact';
	id: number;
	name: string;
	email: string | null;
	phoneNumber: string | null;
	identifier: string | null;
	avatar: string;
	additionalAttributes: WireObject;
	customAttributes: WireObject;
	isBlocked: boolean;
	lastActivityAt: Moment | null;
	updatedAt: Moment;
	/** Kept, and on the wire only in diffs. */
	contactType: 'visitor' | 'lead';
	location: string | null;
	countryCode: string | null;
	/** Not Chatwoot's: what the person speaks, and with what. */
	language: Language;
	zone: Zone;
	browser: Browser;
}

export interface ContactInbox {
	id: number;
	contact: Contact;
	inbox: Inbox;
	sourceId: string;
	createdAt: Moment;
	updatedAt: Moment;
	pubsubToken: string;
}

export type Status = 'open' | 'resolved' | 'pending' | 'snoozed';

export interface Conversation {
	databaseId: number;
	displayId: number;
	uuid: string;
	inbox: Inbox;
	contactInbox: ContactInbox;
	contact: Contact;
	status: Status;
	assignee: Agent | null;
	assigneeBot: AgentBot | null;
	team: Team | null;
	labels: readonly string[];
	/** Null until there has been one. */
	cachedLabels: string | null;
	additionalAttributes: WireObject;
	customAttributes: WireObject;
	snoozedUntil: Moment | null;
	firstReplyAt: Moment | null;
	priority: 'low' | 'medium' | 'high' | 'urgent' | null;
	waitingSince: Moment | null;
	agentLastSeenAt: Moment | null;
	assigneeLastSeenAt: Moment | null;
	contactLastSeenAt: Moment | null;
	lastActivityAt: Moment;
	createdAt: Moment;
	updatedAt: Moment;
	lastIncomingAt: Moment | null;
	/** Incoming messages since an agent looked; on the wire 10 at most. */
	unreadCount: number;
	/** The newest one that is neither private nor an activity. */
	newestPublic: Message | null;
	/** The newest ones; older ones are forgotten. */
	messages: Message[];
	/** Not Chatwoot's: the number of the order that it is about. */
	order: number;
}

export type Sender = Contact | Agent | AgentBot | CaptainAssistant;

export interface Message {
	id: number;
	conversation: Conversation;
	type: 'incoming' | 'outgoing' | 'template';
	isPrivate: boolean;
	content: string | null;
	contentType: string;
	contentAttributes: WireObject;
	additionalAttributes: WireObject;
	attachments: readonly WireObject[];
	sourceId: string | null;
	sender: Sender | null;
	status: 'sent' | 'delivered' | 'read' | 'failed';
	createdAt: Moment;
	updatedAt: Moment;
}

/** One entry of `changed_attributes`. */
export interface Change {
	attribute: string;
	previous: WireValue;
	current: WireValue;
}
