import type { Agent, AgentBot, CaptainAssistant, ChannelKind, Inbox, Team } from './model';
import { Outbox } from './outbox';
import { Population } from './population';
import type { Random } from './random';
import { awayMessage, greetings } from './texts/shop-talk';
import type { VirtualClock } from './virtual-clock';
import { installationUrl } from './wire-forms';

export const agents: readonly Agent[] = [
	agent(31, 'Ana Petrov', 'Ana', ''),
	agent(32, 'Joel Okafor', 'Joel Okafor', `${installationUrl}/rails/active_storage/representations/redirect/joel.png`),
	agent(35, 'Mirjam Østby', 'Mirjam', ''),
	agent(38, 'Rafael Iturbe', 'Rafa', ''),
];

function agent(id: number, name: string, availableName: string, avatarUrl: string): Agent {
	const email = `${name.toLowerCase().replace('ø', 'o').replace(' ', '.')}@example.com`;
	return { kind: 'user', id, name, availableName, email, avatarUrl };
}

export const parcelBot: AgentBot = { kind: 'agent_bot', id: 5, name: 'Parcel Bot' };

export const assistant: CaptainAssistant = {
	kind: 'captain_assistant',
	id: 3,
	name: 'Captain Scout',
	avatarUrl: `${installationUrl}/assets/images/dashboard/captain/logo.svg`,
	description: 'Answers order questions from the help centre.',
	createdAt: Date.UTC(2026, 1, 11, 8, 15, 30, 412) * 1000,
};

export const teams: readonly Team[] = [
	{ id: 4, name: 'returns', members: [agents[1]!, agents[2]!] },
	{ id: 6, name: 'wholesale', members: [agents[3]!] },
];

const channels: Record<ChannelKind, string> = {
	widget: 'Channel::WebWidget',
	whatsapp: 'Channel::Whatsapp',
	email: 'Channel::Email',
	telegram: 'Channel::Telegram',
	api: 'Channel::Api',
};

export const inboxes = {
	shop: inbox(11, 'Shop widget', 'widget', { greeting: greetings[0]!, collectsEmail: true }),
	night: inbox(23, 'Outlet widget', 'widget', { greeting: awayMessage }),
	returns: inbox(21, 'Returns widget', 'widget', { responder: parcelBot }),
	help: inbox(22, 'Help centre', 'widget', { responder: assistant }),
	mail: inbox(12, 'Support mail', 'email'),
	whatsapp: inbox(13, 'WhatsApp EU', 'whatsapp'),
	telegram: inbox(14, 'Telegram', 'telegram', { greeting: greetings[1]! }),
	bridge: inbox(19, 'Bridge API', 'api'),
};

function inbox(id: number, name: string, kind: ChannelKind, more: Partial<Inbox> = {}): Inbox {
	return { id, name, kind, channel: channels[kind], responder: null, greeting: null, collectsEmail: false, ...more };
}

/** What the whole installation counts, and what every action needs: the clock, chance, the outbox, the contacts. */
export class Workplace {
	readonly random: Random;
	readonly clock: VirtualClock;
	readonly outbox: Outbox;
	readonly population: Population;
	#message: number;
	#conversation: number;
	#display: number;
	#attachment: number;

	/** @param firstDisplayId of the conversations; the other ids are what an account of that size has. */
	constructor(random: Random, clock: VirtualClock, mostContacts: number, firstDisplayId: number) {
		this.random = random;
		this.clock = clock;
		this.outbox = new Outbox(clock, random);
		this.#display = firstDisplayId;
		this.#conversation = firstDisplayId * 40;
		this.#message = firstDisplayId * 64;
		this.#attachment = firstDisplayId * 3;
		this.population = new Population(random, clock, mostContacts, Math.ceil(firstDisplayId / 3));
	}

	/** Other accounts of the installation use the same sequences, so that ids have holes. */
	nextMessageId(): number {
		return (this.#message += this.random.between(1, 3));
	}

	nextConversationId(): number {
		return (this.#conversation += this.random.between(1, 4));
	}

	/** Counts within the account, without holes. */
	nextDisplayId(): number {
		return this.#display++;
	}

	/** The number of some order of the shop. */
	orderNumber(): number {
		return this.random.between(10_000, 99_999);
	}

	nextAttachmentId(): number {
		return this.#attachment++;
	}
}
