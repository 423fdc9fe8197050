import { writeConversationQuery } from '../inspector/conversations/conversation-query';
import type { Inspector } from '../inspector/inspector.svelte';
import type { SeenFault } from './simulation';

/** One stop of the guide. */
export interface TourStop {
	title: string;
	text: string;
	/** The fault whose delivery is shown; it has arrived before the stop is. */
	shows: SeenFault['kind'] | null;
	/** Brings what the stop is about onto the page. `id` is the delivery that shows the fault. */
	go: (inspector: Inspector, id: number) => void;
	/** What is pointed at, as it stands on the page now; null while it is not there. */
	target: () => Element | null;
}

/** The number of the conversation that the script tells. */
const conversationId = 1401;

export const tourStops: readonly TourStop[] = [
	{
		title: 'Deliveries, live',
		text: 'Each row is one webhook request, byte for byte, the moment it arrives. The marks say what needs attention: a verdict against the guide and against real releases, and the signature.',
		shows: null,
		go(inspector) {
			inspector.showPanel('deliveries');
			inspector.closeDetail();
			inspector.resume();
			inspector.follow = true;
		},
		target: () => named('[role=grid]', 'Deliveries'),
	},
	{
		title: 'A payload with its findings',
		text: 'This note says that its `message_type` is 1, which no release sends there. Read what was found, what the guide says and what the wire carries; press it to see its place in the payload.',
		shows: 'malformed',
		go: (inspector, id) => inspector.showDelivery(id, 'findings'),
		target: () => named('section, [role=region]', 'Delivery'),
	},
	{
		title: 'A delivery that never came',
		text: 'Chatwoot sends an account webhook once, and this one was lost on its way. The chain of values gives it away: what the next delivery starts from is not what the one before has left.',
		shows: 'lost',
		go(inspector, id) {
			inspector.showPanel('deliveries');
			inspector.closeDetail();
			inspector.follow = false;
			inspector.select(id);
			inspector.sought = id;
		},
		target: () =>
			[...document.querySelectorAll('[role=grid] [data-index]')].find((row) =>
				row.textContent.includes('A delivery is missing here'),
			) ?? null,
	},
	{
		title: 'What changed',
		text: 'Each changed attribute with its value before and after, times and lists read for you. What the lost delivery would have said is named here, with what can keep deliveries away.',
		shows: 'lost',
		go: (inspector, id) => inspector.showDelivery(id, 'changes'),
		target: () => named('section, [role=region]', 'Delivery'),
	},
	{
		title: 'A conversation’s life',
		text: 'All deliveries of one conversation as lanes: status, assignee, labels, messages. Move the cursor to see the state at any moment, and the delivery that set each value.',
		shows: 'lost',
		go: (inspector) =>
			inspector.openPanel(
				'conversations',
				writeConversationQuery({ conversationId, accountId: null, endpoint: null, at: null }),
			),
		target: () => document.getElementById('panel-panel'),
	},
	{
		title: 'Check your own',
		text: 'Paste a payload, a curl command or a whole file: it is checked as you type, and nothing of it leaves this page. Faults in the JSON are repaired only when you ask.',
		shows: null,
		go: (inspector) => inspector.showPanel('validate'),
		target: () => document.getElementById('panel-panel'),
	},
];

function named(selector: string, name: string): Element | null {
	return [...document.querySelectorAll(selector)].find((one) => one.getAttribute('aria-label') === name) ?? null;
}
