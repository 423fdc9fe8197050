import { expect, test } from 'vitest';
import { guide } from '../contract/guide';
import { eventNamed, shapeNamed } from '../contract/lookup';
import { wire } from '../contract/wire/wire';
import { planOf, type ObjectPlan } from './plan';

const message = shapeNamed(guide, 'Message');

/** The messages in the conversation of a body or message, as the guide alone describes them. */
function messagesOf(plan: ObjectPlan): ObjectPlan {
	const conversation = spotOf(plan, 'conversation').object(null, shapeNamed(guide, 'Conversation'));
	return spotOf(conversation, 'messages').items.object(null, message);
}

function spotOf({ spots }: ObjectPlan, name: string) {
	return spots.find((spot) => spot.name === name)!;
}

test('messages within messages of the guide are laid out once, so that no body takes room by its depth', () => {
	const first = messagesOf(planOf(eventNamed(wire, 'message_created')!, guide));
	const second = messagesOf(first);
	expect(second).toBe(first);
	expect(messagesOf(second)).toBe(first);
});

test('what was laid out for one body serves the next', () => {
	const event = eventNamed(wire, 'message_created')!;
	expect(planOf(event, guide)).toBe(planOf(event, guide));
	expect(messagesOf(planOf(event, guide))).toBe(messagesOf(planOf(event, guide)));
});
