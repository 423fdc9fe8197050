import type { Browser, Contact, ContactInbox, Inbox } from './model';
import type { Random } from './random';
import { storedJson, type WireObject } from './rails-json';
import { languages, type Language } from './texts/languages';
import { visitorAdjectives, visitorNouns } from './texts/shop-talk';
import type { VirtualClock } from './virtual-clock';
import { browserTime, type Moment } from './virtual-time';

const browsers: readonly Browser[] = [
	browser('Firefox', '139.0', 'Unknown', 'Generic Linux', '0'),
	browser('Chrome', '137.0.0.0', 'Unknown', 'Windows', '10.0'),
	browser('Safari', '18.4', 'iPhone', 'iOS', '18.4.1'),
	browser('Microsoft Edge', '137.0.0.0', 'Unknown', 'Windows', '10.0'),
	browser('Chrome', '136.0.0.0', 'Pixel 9', 'Android', '15'),
];

function browser(name: string, version: string, device: string, platform: string, platformVersion: string): Browser {
	return {
		browser_name: name,
		browser_version: version,
		device_name: device,
		platform_name: platform,
		platform_version: platformVersion,
	};
}

/** The account's contacts: makes people up and remembers some, so that they come back; the oldest are forgotten. */
export class Population {
	readonly #random: Random;
	readonly #clock: VirtualClock;
	readonly #most: number;
	#nextContact: number;
	#nextContactInbox: number;
	#made = 0;
	#phones = 0;
	/** Who may come back, by inbox; nobody who is in a conversation. */
	#known: ContactInbox[] = [];

	/**
	 * @param most how many are remembered
	 * @param before how many contacts the account has already
	 */
	constructor(random: Random, clock: VirtualClock, most: number, before: number) {
		this.#random = random;
		this.#clock = clock;
		this.#most = most;
		this.#nextContact = before;
		this.#nextContactInbox = before * 8;
	}

	/** How many are remembered. */
	get size(): number {
		return this.#known.length;
	}

	/** Somebody new, with what the channel knows of people. */
	newcomer(inbox: Inbox): ContactInbox {
		const random = this.#random;
		const language = random.chance(0.4) ? languages[0]! : random.pick(languages);
		this.#made++;
		this.#nextContact += random.between(1, 3);
		const now = this.#clock.now;
		const facts = this.#channelFacts(inbox, language);
		const contact: Contact = {
			kind: 'contact',
			id: this.#nextContact,
			name: '',
			email: null,
			phoneNumber: null,
			identifier: null,
			avatar: '',
			customAttributes: {},
			isBlocked: false,
			lastActivityAt: null,
			updatedAt: now,
			contactType: facts.email != null || facts.phoneNumber != null ? 'lead' : 'visitor',
			location: null,
			countryCode: null,
			language,
			zone: language.zone,
			browser: random.pick(browsers),
			...facts,
			additionalAttributes: storedJson(facts.additionalAttributes ?? {}),
		};
		return this.contactInbox(contact, inbox, facts.sourceId, now);
	}

	/** Links a person to an inbox. */
	contactInbox(contact: Contact, inbox: Inbox, sourceId: string, createdAt: Moment): ContactInbox {
		this.#nextContactInbox += this.#random.between(1, 2);
		return {
			id: this.#nextContactInbox,
			contact,
			inbox,
			sourceId,
			createdAt,
			updatedAt: createdAt,
			pubsubToken: this.#random.token(),
		};
	}

	/** Somebody who has written to this inbox before; null when nobody is remembered. */
	returning(inbox: Inbox): ContactInbox | null {
		const candidates = this.#known.filter((known) => known.inbox === inbox);
		if (candidates.length === 0) return null;
		const chosen = this.#random.pick(candidates);
		this.#known = this.#known.filter((known) => known !== chosen);
		return chosen;
	}

	/** Lets somebody who is in no conversation any more come back later. */
	remember(contactInbox: ContactInbox): void {
		if (contactInbox.contact.isBlocked) return;
		this.#known.push(contactInbox);
		if (this.#known.length > this.#most) this.#known.shift();
	}

	#channelFacts(inbox: Inbox, language: Language): Partial<Contact> & { sourceId: string } {
		const random = this.#random;
		const name = this.#name(language);
		if (inbox.kind === 'widget') {
			const name = `${random.pick(visitorAdjectives)}-${random.pick(visitorNouns)}-${random.between(100, 999)}`;
			return { name, sourceId: random.uuid() };
		}
		if (inbox.kind === 'whatsapp') {
			const phoneNumber = this.#phoneNumber();
			return { name, phoneNumber, sourceId: phoneNumber.slice(1) };
		}
		if (inbox.kind === 'email') {
			const email = this.emailOf({ name, id: this.#nextContact });
			const sourceId = `email:${this.messageId()}`;
			return { name, email, sourceId: email, additionalAttributes: { source_id: sourceId } };
		}
		if (inbox.kind === 'telegram') {
			const id = 5_550_100_000 + this.#made;
			const username = `customer_${this.#made}_example`;
			return {
				name,
				sourceId: String(id),
				additionalAttributes: {
					username,
					language_code: language.code,
					social_telegram_user_id: id,
					social_telegram_user_name: username,
				},
			};
		}
		return {
			name,
			email: this.emailOf({ name, id: this.#nextContact }),
			phoneNumber: this.#phoneNumber(),
			identifier: `crm-${String(this.#made).padStart(5, '0')}`,
			customAttributes: storedJson({
				plan: random.pick(['gold', 'silver', 'free']),
				seats: random.between(1, 40),
				vip: random.chance(0.3),
			}),
			sourceId: random.uuid(),
		};
	}

	#name(language: Language): string {
		const { firstNames, lastNames } = language;
		const name = fullName(language, this.#random.pick(firstNames), this.#random.pick(lastNames));
		return this.#random.chance(0.06) ? `${name} 🌙` : name;
	}

	/** Where the look-up of the address finds a visitor. */
	whereabouts({ language }: Contact): WireObject {
		const { city, country, countryCode } = this.#random.pick(language.places);
		const address = `${this.#random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${this.#random.between(1, 254)}`;
		return { city, country, country_code: countryCode, created_at_ip: address };
	}

	/** From the ranges that the authorities keep for films and books: none of them rings. */
	#phoneNumber(): string {
		const number = this.#phones++;
		const areas = ['202', '303', '412', '503', '617', '702', '816', '919'];
		const rank = Math.floor(number / 3);
		if (number % 3 === 0) return `+1${areas[Math.floor(rank / 100) % areas.length]}55501${digits(rank % 100, 2)}`;
		if (number % 3 === 1) return `+447700900${digits(rank % 1000, 3)}`;
		return `+3363998${digits(rank % 10_000, 4)}`;
	}

	/** An address that nobody has, made of the name where that is written in Latin letters. */
	emailOf({ name, id }: Pick<Contact, 'name' | 'id'>): string {
		const latin = name
			.toLowerCase()
			.normalize('NFD')
			.replace(/[^a-z -]/g, '');
		const words = latin.split(/[ -]/).filter((word) => word.length > 1);
		return `${words.join('.') || 'customer'}.${id}@${id % 4 === 0 ? 'example.org' : 'example.com'}`;
	}

	/** What somebody is called after a profile is filled in: a visitor by a real name, anybody else by another surname. */
	otherName({ name, language }: Contact): string {
		const known = name.split(' ');
		const first = known.find((word) => language.firstNames.includes(word)) ?? this.#random.pick(language.firstNames);
		const surnames = language.lastNames.filter((surname) => !name.includes(surname));
		return fullName(language, first, this.#random.pick(surnames));
	}

	/** The id of a mail. */
	messageId(): string {
		return `CA${this.#random.text(16, 'abcdefghijklmnopqrstuvwxyz0123456789')}@mail.example.com`;
	}

	/** What the clock on the contact's machine shows, as its browser writes it. */
	localTime({ zone }: Contact): string {
		return browserTime(this.#clock.now, zone);
	}
}

function fullName({ code }: Language, first: string, last: string): string {
	return code === 'ja' ? `${last} ${first}` : `${first} ${last}`;
}

function digits(number: number, length: number): string {
	return String(number).padStart(length, '0');
}
