/** What the store and its thread say to each other. */
import type { Answer, KeepLimits, StoreStatus, Summary } from '../deliveries/api';
import type { Delivery, DeliveryId } from '../deliveries/delivery';
import type { ListRange, SignatureState, WholeRange } from '../receiver/store';

/** Handed to the thread when it starts. */
export interface ThreadOptions {
	file: string;
	keep: KeepLimits;
	maximumPages: number;
}

/** What is asked for by name, and what comes back. */
export interface Operations {
	list: { argument: ListRange };
	listText: { argument: ListRange };
	listWhole: { argument: WholeRange };
	get: { argument: DeliveryId };
	body: { argument: DeliveryId };
	clear: { argument: DeliveryId };
	restore: { argument: null };
	setPinned: { argument: { id: DeliveryId; isPinned: boolean } };
	countedMembers: { argument: null };
	close: { argument: null };
}

export type Operation = {
	[Name in keyof Operations]: { name: Name; argument: Operations[Name]['argument'] };
}[keyof Operations];

/** `now` is the caller's clock, Unix milliseconds: the thread follows it, so that a test can set it. */
export type Request =
	| { kind: 'append'; call: number; now: number; delivery: Delivery; signature: SignatureState }
	| { kind: 'answer'; now: number; id: DeliveryId; answer: Answer }
	| { kind: 'operation'; call: number; now: number; operation: Operation };

export type Report =
	| { kind: 'opened'; status: StoreStatus }
	| { kind: 'unusable'; message: string }
	| { kind: 'appended'; calls: number[]; summaries: Summary[]; status: StoreStatus }
	/** `status` when the operation changed it. */
	| { kind: 'done'; call: number; value: unknown; status?: StoreStatus }
	| { kind: 'failed'; calls: number[]; message: string }
	| { kind: 'updated'; summaries: Summary[] }
	| { kind: 'status'; status: StoreStatus };
