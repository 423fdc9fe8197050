/** How much the previous value of an attribute tells of deliveries before. */
export type Trust = 'always' | 'unless-emptied' | 'grown-labels' | 'never';

/**
 * By attribute of a conversation; all others are `never`: silent saves move them.
 *
 * Source: ground truth 5.5.
 */
const trusts: Readonly<Record<string, Trust>> = {
	status: 'always',
	priority: 'always',
	snoozed_until: 'always',
	first_reply_created_at: 'always',
	custom_attributes: 'always',
	team_id: 'unless-emptied',
	assignee_id: 'unless-emptied',
	assignee_agent_bot_id: 'unless-emptied',
	label_list: 'grown-labels',
};

/** Which of an attribute's values are moved without an event, if any. */
export function trustOf(attribute: string): Trust {
	return Object.hasOwn(trusts, attribute) ? trusts[attribute]! : 'never';
}

/**
 * Whether an attribute that an update left at `known` can't be found at `found` later unless another update came
 * between: renamed and deleted labels, and deleted teams, agents and bots change conversations silently. Values are JSON
 * text as a summary has them; a hash tells only whether two are equal.
 */
export function isBroken(attribute: string, known: string, found: string): boolean {
	switch (trustOf(attribute)) {
		case 'always':
			return sameObject(attribute, known) !== sameObject(attribute, found);
		case 'unless-emptied':
			return known !== found && found !== 'null';
		case 'grown-labels':
			return hasMore(found, known);
		case 'never':
			return false;
	}
}

function sameObject(attribute: string, value: string): string {
	return attribute === 'custom_attributes' && value === 'null' ? '{}' : value;
}

/** A rename keeps the number of labels and a deletion lowers it; only an update can raise it. */
function hasMore(labels: string, than: string): boolean {
	const more = labelsOf(labels);
	const fewer = labelsOf(than);
	return more !== null && fewer !== null && more.size > fewer.size;
}

/** The labels of a list; null counts as none, and a hash or anything else gives null. */
export function labelsOf(json: string): Set<string> | null {
	if (json === 'null') return new Set();
	if (!json.startsWith('[')) return null;
	const list: unknown = JSON.parse(json);
	return Array.isArray(list) && list.every((label) => typeof label === 'string') ? new Set(list) : null;
}
