/** What can be simulated; each has the name that the address and the command line take. */
export type ScenarioName = 'calm' | 'rush-hour' | 'chaos' | 'tour';

export interface Scenario {
	/** What it is like, in a line. */
	description: string;
	/** Deliveries a second, unless told otherwise. */
	rate: number;
	/** How many conversations go on at once. */
	together: number;
	/** How many contacts are remembered, besides those who are in a conversation. */
	contacts: number;
	/** Whether faults are planted. */
	isChaotic: boolean;
}

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
	calm: {
		description: 'a quiet day: something every one or two seconds, every feature within some minutes',
		rate: 0.7,
		together: 8,
		contacts: 60,
		isChaotic: false,
	},
	'rush-hour': {
		description: '50 deliveries a second from many conversations at once',
		rate: 50,
		together: 150,
		contacts: 150,
		isChaotic: false,
	},
	chaos: {
		description: 'a quiet day on a bad line: lost, doubled, swapped, cut and wrongly signed deliveries',
		rate: 1,
		together: 8,
		contacts: 60,
		isChaotic: true,
	},
	tour: {
		description: 'one conversation from the first visit to the survey, always the same',
		rate: 1,
		together: 1,
		contacts: 1,
		isChaotic: false,
	},
};

/** The names, in the order in which they are offered. */
export const scenarioNames = Object.keys(scenarios) as ScenarioName[];
