/** A text to begin with. */
export interface Example {
	title: string;
	/** What there is to see in it. */
	note: string;
	/** Loaded when it is chosen. */
	load: () => Promise<string>;
}

const texts = import.meta.glob<string>('./examples/*.txt', { query: '?raw', import: 'default' });

function example(file: string, title: string, note: string): Example {
	return { title, note, load: texts[`./examples/${file}.txt`]! };
}

/** The guide's sample first: it is what most people paste, and what no release sends. */
export const examples: readonly Example[] = [
	example('guide-sample', 'The guide’s printed sample', 'not JSON yet, and no release sends it'),
	example('message-created', 'message_created', 'a visitor writes in the web widget'),
	example('conversation-updated', 'conversation_updated', 'an agent is assigned, with changed_attributes'),
	example('contact-updated', 'contact_updated', 'a profile is edited'),
	example('typing', 'conversation_typing_on', 'an agent begins to type'),
	example('faults', 'A payload with faults', 'wrong value, wrong type, wrong time, unknown member'),
	example('request', 'A raw HTTP request', 'signed, with all its headers'),
	example('several', 'Several payloads', 'one a line'),
];

/** The sample that shows what the guide's printed one looks like on the wire. */
export const genuineMessage = examples[1]!;
