/**
 * The language in which both contracts are written: plain data, so that checking, explaining, counting and exporting
 * read the same tables.
 */
import type { Release } from './releases';

export type JsonType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** How a text or a number has to be written. */
export type Format =
	/** A positive integer. */
	| 'id'
	/** An integer of 0 or more. */
	| 'count'
	/** Integer seconds since 1970, below 10^11 (so that milliseconds are told apart); 0 stands for never. */
	| 'unix-seconds'
	/** Seconds since 1970 with decimals. */
	| 'unix-decimal'
	/** ISO 8601 in UTC with exactly three decimals: `2026-06-09T10:00:00.204Z`. */
	| 'iso-milliseconds'
	/** Any ISO 8601 time, or date and time as a database prints them. */
	| 'iso-datetime'
	/** What a browser's `Date.toString()` gives, or ISO 8601. */
	| 'browser-date'
	/** The guide's sample: `2020-03-03 13:05:57 UTC`. */
	| 'sample-datetime'
	/** Only digits, as ids stand in the guide's sample. */
	| 'digits';

/** One of the values that a member may have. */
export interface AllowedValue {
	value: string | number;
	since?: Release;
	until?: Release;
	/** Only forks and relays send it: worth a warning, no error. Says why. */
	foreign?: string;
	/** What a number stands for. */
	means?: string;
}

/** One object shape that may stand at a place. */
export interface Alternative {
	/** A name in the contract's `objects`. */
	object: string;
	/** Since when it may stand here. */
	since?: Release;
}

/** What may stand at a place. */
export interface Value {
	types: readonly JsonType[];
	format?: Format;
	values?: readonly AllowedValue[];
	/** Other values occur too, and are worth a warning: why. */
	otherValues?: string;
	/** For `object`. Several are told apart by what the object is, not by trying each. None: any object. */
	objects?: readonly Alternative[];
	/** An open object, which relays written in PHP pass on as `[]` when it is empty. */
	takesEmptyList?: boolean;
	/** For `array`. None: any items. */
	items?: Value;
	atMost?: number;
	/** Null was sent up to this release only; `types` lists null. */
	nullUntil?: Release;
	/** Null is not sent by any release, but by test doubles: a warning. */
	isNullTolerated?: boolean;
	/** `changed_attributes`: the attributes whose values are known. */
	changes?: ChangedAttributes;
	/** Instead of the words that are made from the rest. */
	words?: string;
}

/** What a `changed_attributes` list may hold. */
export interface ChangedAttributes {
	/** Values of the attributes that are known, by name; previous and current value alike. */
	attributes: Readonly<Record<string, Value>>;
	/** Attributes that may begin as null, at creation, but never become it. */
	neverCleared: readonly string[];
	/** Whether any other attribute may ride along without a word. */
	isOpen: boolean;
}

/** What a person should not see without asking: personal, free text (treat as personal), a secret, or a URL that opens without a login. */
export type Mask = 'personal' | 'free-text' | 'secret' | 'open-url';

/** One member of an object. */
export interface Member {
	name: string;
	value: Value;
	/** Whether every delivery of these releases carries it. */
	isAlways: boolean;
	since?: Release;
	until?: Release;
	mask?: Mask;
	/** When it is there, or what is easily confused; a sentence. */
	note?: string;
	/** A pull request, issue or file of chatwoot/chatwoot that this row rests on, beyond the object's source. */
	source?: string;
}

/** One object shape. */
export interface ObjectShape {
	name: string;
	/** What a person calls it: `contact`, `agent bot`. */
	title: string;
	/** The guide's object that this one corresponds to, so that both are compared member by member. */
	documentedAs?: string;
	/** Unknown members are fine. */
	isOpen?: boolean;
	/** Callers or customers fill it: a wrong member is a warning only, and none of them dates the release. */
	isFree?: boolean;
	/** The channels whose own code fills this object; in others anything may stand in it. */
	channels?: readonly string[];
	/** Who it is, where several kinds of people and machines may stand. */
	actor?: Actor;
	/** The member and its value by which it is told from its alternatives. */
	discriminator?: { member: string; values: readonly string[] };
	/** Of shapes with one discriminator, this one is known by any of these members. */
	marks?: readonly string[];
	members: readonly Member[];
	/** Where the facts come from: files of chatwoot/chatwoot at 4.14.2 unless another release is named. */
	source: string;
}

export type Actor = 'contact' | 'user' | 'agent_bot' | 'captain_assistant';

/** Who sends an event. */
export type Sender = 'account' | 'api-inbox' | 'agent-bot' | 'automation' | 'macro' | 'installation';

/** What one event's body is. */
export interface EventShape {
	event: string;
	/** A name in the contract's `objects`. */
	object: string;
	since?: Release;
	until?: Release;
	senders: readonly Sender[];
	/** JSON pointers of the members without which nothing useful can be shown: missing, they are errors. */
	minimum: readonly string[];
	title: string;
}

/** One source of truth about payloads. */
export interface Contract {
	name: 'guide' | 'wire';
	objects: Readonly<Record<string, ObjectShape>>;
	events: readonly EventShape[];
}
