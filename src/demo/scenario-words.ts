import type { DetailTab } from '../inspector/address';
import type { ScenarioName } from '../simulator/scenarios';
import type { SeenFault } from './simulation';

/** What a person is told of a scenario: its name, and what to look at and where. */
export const scenarioWords: Readonly<Record<ScenarioName, { name: string; hint: string }>> = {
	calm: {
		name: 'A calm day',
		hint: 'Every kind of event within some minutes. Open a conversation_updated, then Changes.',
	},
	'rush-hour': {
		name: 'Rush hour',
		hint: '50 deliveries a second. Scroll up, select, pause with the red button: nothing moves under the pointer.',
	},
	chaos: {
		name: 'Chaos',
		hint: 'Look for the broken line in the list: a delivery was lost there. Press it to see what is missing.',
	},
	tour: {
		name: 'Guided tour',
		hint: 'One conversation from the first visit to the survey, with one of each thing to find.',
	},
};

/** The faults that chaos plants, in the order in which they are offered, and the tab that explains each. */
export const faultWords: readonly { kind: SeenFault['kind']; name: string; tab: DetailTab }[] = [
	{ kind: 'lost', name: 'lost', tab: 'changes' },
	{ kind: 'duplicate', name: 'sent twice', tab: 'changes' },
	{ kind: 'reordered', name: 'swapped', tab: 'changes' },
	{ kind: 'wrong-signature', name: 'bad signature', tab: 'request' },
	{ kind: 'truncated', name: 'cut off', tab: 'payload' },
	{ kind: 'unknown-event', name: 'unknown event', tab: 'findings' },
	{ kind: 'older-release', name: 'older release', tab: 'findings' },
];
