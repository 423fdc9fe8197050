/**
 * The shapes that the receiver sends and the page reads. Both ends import them from here,
 * so that they cannot drift apart.
 */
import type { FindingCounts, Verdict } from '../chatwoot/check/report';
import type { DeliveryId, Header, Truncation } from './delivery';

export type { FindingCounts, Verdict };

/** What a body is, before anyone asks what it says. */
export type BodyKind = 'json' | 'not-json' | 'not-utf8' | 'empty';

/** One entry of `changed_attributes`, short enough for a row. */
export interface SummaryChange {
	attribute: string;
	/** The value as compact JSON text with sorted members; beyond 64 characters a hash: `#` and 14 hex digits. Null when the member is absent. */
	previous: string | null;
	current: string | null;
	/**
	 * What the body of a `conversation_updated` shows for it, as text like the others; only where that is another value
	 * than `current`. Labels are in one order, null for `custom_attributes` is `{}`.
	 */
	shown?: string;
}

/** What can change after a delivery has arrived. */
export interface SummaryState {
	/** What the sender got; null until it was answered, and for good when it hung up first. */
	answer: { status: number; milliseconds: number } | null;
	isPinned: boolean;
	note: string | null;
	signature: null | 'valid' | 'invalid' | 'absent';
}

/** What a row needs to know of a delivery, derived from the delivery alone. */
export interface SummaryFacts {
	/** Of the rules that derived it; a summary of an older version is derived again. */
	version: number;
	endpoint: string;
	/** Unix milliseconds. */
	receivedAt: number;
	method: string;
	/** The target without its query, as sent. */
	path: string;
	/** The body's `event`, whatever it names; null when there is none. */
	event: string | null;
	kind: BodyKind;
	isTruncated: boolean;
	/** Of the body, in bytes. */
	size: number;
	accountId: number | null;
	inboxId: number | null;
	/** Chatwoot's display id: unique within an account only. */
	conversationId: number | null;
	contactId: number | null;
	messageId: number | null;
	/** Whom or what it is about, such as `#1401 Maria Lopez`; empty when nothing names it. */
	subject: string;
	/** One line for rows without changes: a message's text, what a visitor opened, why a body is cut off. */
	excerpt: string;
	status: string | null;
	messageType: string | null;
	isPrivate: boolean | null;
	changed: SummaryChange[];
	/** `X-Chatwoot-Delivery`. */
	deliveryHeaderId: string | null;
	/** Tells equal bodies of `conversation_updated` without `deliveryHeaderId`, 14 hex digits; null for all others. */
	bodyHash: string | null;
	/** Whether it carries `X-Chatwoot-Signature`; says nothing about its validity. */
	isSigned: boolean;
	/** By both contracts. Null in a summary that was derived before there were any. */
	verdict: Verdict | null;
	counts: FindingCounts | null;
	/** By the guide alone. */
	guideCounts: FindingCounts | null;
}

/** The small record that a row needs. */
export interface Summary extends SummaryFacts {
	id: DeliveryId;
	state: SummaryState;
}

/** What the sender got back from us. */
export interface Answer {
	status: number;
	headers: Header[];
	body: string;
	/** From the first byte read until the answer was handed to the socket. */
	milliseconds: number;
}

/** `GET /api/deliveries/ID` */
export interface DeliveryDetail extends Summary {
	target: string;
	headers: Header[];
	bodySize: number;
	truncation: Truncation | null;
	answer: Answer | null;
}

/** `GET /api/deliveries` */
export interface DeliveryPage {
	/** Ascending by id. */
	deliveries: Summary[];
	/** Of the whole store; null when it is empty. */
	oldest: DeliveryId | null;
	newest: DeliveryId | null;
}

/**
 * `GET /api/deliveries?bodies=1`, one to a line (`application/x-ndjson`), ascending by id: all that the list's cursor and
 * `conversation` leave, since there is no limit unless one is given. The body is the text of its bytes where they are
 * UTF-8, which is half as long to write and to read as Base64; the other bodies are Base64. It has one of the two.
 */
export type WholeDelivery = Summary & { headers: Header[] } & (
		{ body: string; bodyBase64?: undefined } | { bodyBase64: string; body?: undefined }
	);

/** `event: store` of the stream: what the store holds now. */
export interface StoreStatus {
	oldest: DeliveryId | null;
	newest: DeliveryId | null;
	count: number;
	/** Of all deliveries held: bodies, headers and summaries. */
	bytes: number;
	/** How many deliveries the limits have pushed out since the store was made. */
	dropped: number;
	/** Why nothing can be stored at the moment, in a sentence; absent when all is well. */
	problem?: string;
}

/** `DELETE /api/deliveries?through=ID` */
export interface ClearResult {
	cleared: number;
	/** Until when `POST /api/deliveries/restore` brings them back, in Unix milliseconds. */
	undoUntil: number;
}

/** `POST /api/deliveries/restore` */
export interface RestoreResult {
	restored: number;
}

/**
 * What a store has counted of members since it was made. Neither clearing nor the limits take anything back, and what
 * was captured before counting began is not in it.
 */
export interface CountedMembers {
	/** Only events that releases send. */
	events: CountedEvent[];
	/** Deliveries whose body names no such event, or is no JSON. */
	otherDeliveries: number;
}

/** What was counted of one event's deliveries. */
export interface CountedEvent {
	event: string;
	deliveries: number;
	members: CountedMember[];
	/** How many times there was a member beyond the names that are kept: strangers choose them. */
	others: number;
}

/** How many deliveries of an event had a member. */
export interface CountedMember {
	/** A JSON pointer in which `*` stands for every item of an array. */
	pointer: string;
	count: number;
	/** The newest delivery that had it; it may be gone. */
	example: DeliveryId;
}

/**
 * `GET /api/coverage`: what was counted, beside what the contracts list. With `?members=counted` it is `CountedMembers`
 * alone, which is a tenth of it.
 */
export interface Coverage {
	/** All events that releases send, also those that never came. */
	events: EventCoverage[];
	otherDeliveries: number;
}

export interface EventCoverage {
	event: string;
	deliveries: number;
	/** In the contract's order, the unknown ones last. */
	members: MemberCoverage[];
	others: number;
}

export interface MemberCoverage {
	/** A JSON pointer in which `*` stands for every item of an array. */
	pointer: string;
	/** What the object that holds it is called: `conversation`, `contact`; empty where that is not known. */
	object: string;
	/** The guide's word; null when it does not list the member. */
	guide: string | null;
	/** The wire's word; null when no release sends the member. */
	wire: string | null;
	/** Whether both say the same JSON types. */
	doAgree: boolean;
	/** Such as `4.8.0 or later`; null for all releases. */
	releases: string | null;
	/** 0 when it was never there. */
	count: number;
	example: DeliveryId | null;
}

/** `GET /api/settings`: what the page tells a person about this receiver. */
export interface ReceiverSettings {
	/** Names of the capture addresses, `/hooks/NAME`. */
	endpoints: string[];
	bodyLimitBytes: number;
	keep: KeepLimits;
}

/** When the oldest unpinned deliveries go. */
export interface KeepLimits {
	count: number;
	bytes: number;
	/** Null keeps them however old they are. */
	ageMilliseconds: number | null;
}

/** Every answer of the API that is not a success. */
export interface ApiError {
	error: { code: string; message: string };
}
