import { expect, test } from 'vitest';
import { samples, type Sample } from '../../test/deliveries';
import { eventOf, isObject } from '../../test/facts';
import { bodyOf, simulatedRequests } from '../../test/simulated-requests';
import type { JsonValue } from '../json/value';

const botOnly = 'sent to agent bots only';
const otherChannel = 'a channel that the account does not have';
const switchedOff = 'sent only where the installation sets ENABLE_INBOX_EVENTS';
const sla = 'the SLA feature';
const older = 'the form of an older release';

/** What the account never sends, and why. Forms that only the documentation shows are told by their names. */
const excluded: Readonly<Record<string, string>> = {
	'account_created--installation': 'the installation’s own webhook',
	'conversation_created--sla-enterprise': sla,
	'conversation_opened--agent-bot': botOnly,
	'conversation_resolved--agent-bot': botOnly,
	'conversation_status_changed--pending-api-4-6': older,
	'conversation_typing_off--contact-api-4-6': older,
	'conversation_typing_on--captain-assistant': 'the guide only: no code path sends it',
	'conversation_updated--sla-null-changed-attributes': sla,
	'inbox_created--api-channel': switchedOff,
	'inbox_updated--reauthorization-required': switchedOff,
	'inbox_updated--whatsapp-settings': switchedOff,
	'message_created--activity-relayed': 'relays only: activities are never sent',
	'message_created--api-inbox-delivery-id-only-4-12': older,
	'message_created--facebook-incoming': otherChannel,
	'message_created--html-rendered-content-4-10': older,
	'message_created--instagram-story-reply': otherChannel,
	'message_created--line-sticker': otherChannel,
	'message_created--twilio-sms': otherChannel,
	'message_created--voice-call': 'the voice feature',
	'message_created--webwidget-incoming-4-6': older,
};

function isDocumentedForm({ name }: Sample): boolean {
	return name.includes('--documented-');
}

interface Shape {
	event: string;
	/** Every pointer, `*` for the index of an item. */
	pointers: ReadonlySet<string>;
	/** The member names of every object that has a fixed order. */
	orders: ReadonlyMap<string, readonly string[]>;
}

/** Written by callers or read from `jsonb` columns: the names in them have an order of their own. */
const open = /\/(additional_attributes|custom_attributes|content_attributes|changed_attributes)(\/|$)/;

function shapeOf(body: { [name: string]: JsonValue }): Shape {
	const pointers = new Set<string>();
	const orders = new Map<string, string[]>();
	const visit = (value: JsonValue, pointer: string) => {
		if (Array.isArray(value)) {
			for (const item of value) {
				pointers.add(`${pointer}/*`);
				visit(item, `${pointer}/*`);
			}
		} else if (isObject(value)) {
			if (!open.test(pointer)) orders.set(pointer, Object.keys(value));
			for (const [name, child] of Object.entries(value)) {
				pointers.add(`${pointer}/${name}`);
				visit(child, `${pointer}/${name}`);
			}
		}
	};
	visit(body, '');
	return { event: eventOf(body), pointers, orders };
}

/** The nested message is whatever message is the newest: it is compared on its own. */
function isNested(pointer: string): boolean {
	return pointer.includes('/messages/*/');
}

test('every excluded sample is there, so that the list says what is true', () => {
	const names = new Set(samples().map(({ name }) => name));
	expect(Object.keys(excluded).filter((name) => !names.has(name))).toEqual([]);
});

test.for([31, 32])(
	'5,000 deliveries of seed %i have every family of the newest release, member for member',
	async (seed) => {
		const shapes = (await simulatedRequests(5000, { seed })).map((request) => shapeOf(bodyOf(request)));
		const missing = samples()
			.filter((sample) => !isDocumentedForm(sample) && !(sample.name in excluded))
			.filter(({ body }) => {
				const sample = shapeOf(JSON.parse(new TextDecoder().decode(body)) as { [name: string]: JsonValue });
				const family = shapes.filter(({ event }) => event === sample.event);
				const pointers = [...sample.pointers];
				const has = (wanted: readonly string[]) =>
					family.some((shape) => wanted.every((one) => shape.pointers.has(one)));
				return !has(pointers.filter((one) => !isNested(one))) || !has(pointers.filter(isNested));
			});
		expect(missing.map(({ name }) => name)).toEqual([]);
	},
);

test('members stand in the order that the samples have', async () => {
	const shapes = (await simulatedRequests(3000, { seed: 33 })).map((request) => shapeOf(bodyOf(request)));
	const wrong = new Set<string>();
	let compared = 0;
	for (const sample of samples().filter((one) => !isDocumentedForm(one) && !(one.name in excluded))) {
		const { event, orders } = shapeOf(
			JSON.parse(new TextDecoder().decode(sample.body)) as { [name: string]: JsonValue },
		);
		for (const shape of shapes.filter((one) => one.event === event)) {
			for (const [pointer, names] of orders) {
				const ours = shape.orders.get(pointer);
				// Else it is something of another kind: a user where the sample has a contact.
				if (!ours || !names.every((name) => ours.includes(name))) continue;
				compared++;
				if (ours.filter((name) => names.includes(name)).join() !== names.join()) wrong.add(`${sample.name} ${pointer}`);
			}
		}
	}
	expect([...wrong]).toEqual([]);
	expect(compared).toBeGreaterThan(10_000);
});
