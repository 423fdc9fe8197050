import { expect, test } from 'vitest';
import { bytes, delivery } from '../../../../test/deliveries';
import { recordFor } from '../../../changes/records';
import type { Summary } from '../../../deliveries/api';
import { readBody } from '../../../deliveries/body-reading';
import { DeliveryLog } from '../../../deliveries/log';
import { summarize } from '../../../deliveries/summary';
import type { JsonDocument } from '../../../json/scan';
import { findLastKnown, mostReads, type LastKnown } from './last-known';

const contact = { id: 518, name: 'Maria', phone_number: null, type: 'contact' };

function conversation(newest: number | null, facts: object = {}): Record<string, unknown> {
	const messages = newest === null ? [] : [{ id: newest, account_id: 7, message_type: 0, content: `text ${newest}` }];
	return { id: 1401, account: { id: 7 }, can_reply: true, messages, meta: { sender: contact }, ...facts };
}

function message(event: string, id: number, newest: number | null, facts: object = {}): Record<string, unknown> {
	const own = { id, content: `text ${id}`, message_type: 'incoming', private: false, account: { id: 7 } };
	return { ...own, ...facts, conversation: conversation(newest), event };
}

const updated = (newest: number | null, facts: object = {}) => ({
	...conversation(newest, facts),
	event: 'conversation_updated',
	changed_attributes: null,
});

/** Deliveries 1, 2, … and what is asked of the last one. */
class Bodies {
	readonly log = new DeliveryLog();
	readonly readIds: number[] = [];
	readonly #documents: (JsonDocument | null)[];
	readonly #last: Summary;

	constructor(...bodies: unknown[]) {
		const all = bodies.map((body) => bytes(typeof body === 'string' ? body : JSON.stringify(body)));
		const state = { answer: null, isPinned: false, note: null, signature: null };
		const summaries = all.map((body, index) => ({ ...summarize(delivery({ body })), id: index + 1, state }));
		this.log.append(summaries);
		this.#documents = all.map((body) => readBody(body).document);
		this.#last = summaries.at(-1)!;
	}

	async lastKnown(signal = new AbortController().signal): Promise<LastKnown | null> {
		const document = this.#documents.at(-1)!;
		const record = recordFor(this.#last.event, document)!;
		return findLastKnown({
			log: this.log,
			delivery: this.#last,
			document: document,
			record,
			read: (id) => {
				this.readIds.push(id);
				return Promise.resolve(this.#documents[id - 1]!);
			},
			onprogress: () => undefined,
			signal,
		});
	}
}

/** `#3 /conversation/messages/0, here /conversation/messages/0` */
function place(known: LastKnown | null): string {
	if (known?.kind !== 'found') return String(known?.kind);
	const at = (pointer: string) => pointer || '(top)';
	return `#${known.delivery.id} ${at(known.before.record.pointer)}, here ${at(known.now.record.pointer)}`;
}

test('a message is found in the last delivery that is about it, in the form that has its status', async () => {
	const bodies = new Bodies(
		message('message_created', 5, 5),
		updated(6),
		message('message_created', 6, 6),
		message('message_updated', 6, 6),
	);
	expect(place(await bodies.lastKnown())).toBe('#3 /conversation/messages/0, here /conversation/messages/0');
});

test('a message is found where it was nested in its conversation, without a delivery of its own', async () => {
	const bodies = new Bodies(updated(6), updated(7), message('message_updated', 6, 7));
	expect(place(await bodies.lastKnown())).toBe('#1 /messages/0, here (top)');
	expect(bodies.readIds).toEqual([2, 1]);
});

test('two deliveries that are about an older message are compared at top level', async () => {
	const bodies = new Bodies(message('message_created', 5, 9), message('message_updated', 5, 9));
	expect(place(await bodies.lastKnown())).toBe('#1 (top), here (top)');
});

test('a private note is looked for only where it can be', async () => {
	const note = { private: true };
	const bodies = new Bodies(
		message('message_created', 6, 5, note),
		updated(5),
		updated(5),
		message('message_updated', 6, 5, note),
	);
	expect(place(await bodies.lastKnown())).toBe('#1 (top), here (top)');
	expect(bodies.readIds).toEqual([1]);
});

test('a conversation is found in whatever showed it last, also inside a message', async () => {
	const bodies = new Bodies(updated(5), message('message_created', 6, 6), { ...updated(6), changed_attributes: [] });
	expect(place(await bodies.lastKnown())).toBe('#2 /conversation, here (top)');
});

test('a contact is found inside a conversation, in its other form', async () => {
	const bodies = new Bodies(updated(5), { ...contact, type: undefined, identifier: null, event: 'contact_updated' });
	expect(place(await bodies.lastKnown())).toBe('#1 /meta/sender, here (top)');
});

test('bodies that are no JSON, or of another account or conversation, are passed over', async () => {
	const bodies = new Bodies(
		updated(5),
		updated(5, { id: 1402 }),
		updated(5, { account: { id: 8 } }),
		'{"event":"conversation_updated","id":1401',
		updated(5),
	);
	expect(place(await bodies.lastKnown())).toBe('#1 (top), here (top)');
});

test('where nothing earlier shows it, that is said with how many were read', async () => {
	const bodies = new Bodies(updated(5), updated(7), message('message_updated', 6, 7));
	expect(await bodies.lastKnown()).toEqual({ kind: 'none', read: 2, hasUnread: false });
	expect(await new Bodies(message('message_created', 6, 6)).lastKnown()).toEqual({
		kind: 'none',
		read: 0,
		hasUnread: false,
	});
});

test('a busy conversation is not read to its beginning, but a delivery that is about the message is', async () => {
	const later = Array.from({ length: mostReads + 20 }, () => updated(9));
	const bodies = new Bodies(message('message_created', 6, 6), ...later, message('message_updated', 6, 9));
	const known = await bodies.lastKnown();
	expect(known).toMatchObject({ kind: 'found', delivery: { id: 1 }, hasUnread: true });
	expect(bodies.readIds).toHaveLength(mostReads + 1);

	const without = new Bodies(updated(6), ...later, message('message_updated', 6, 9));
	expect(await without.lastKnown()).toEqual({ kind: 'none', read: mostReads, hasUnread: true });

	const few = new Bodies(message('message_created', 6, 6), ...later.slice(20), message('message_updated', 6, 9));
	expect(await few.lastKnown()).toMatchObject({ kind: 'found', delivery: { id: 1 }, hasUnread: false });
});

test('a search that is stopped gives nothing and reads no further', async () => {
	const stop = new AbortController();
	const bodies = new Bodies(updated(5), updated(7), message('message_updated', 6, 7));
	const known = bodies.lastKnown(stop.signal);
	stop.abort();
	expect(await known).toBeNull();
	expect(bodies.readIds).toHaveLength(1);
});
