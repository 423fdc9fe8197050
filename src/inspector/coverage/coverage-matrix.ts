import type { Coverage, EventCoverage, MemberCoverage } from '../../deliveries/api';

/** How a member of an event stands between guide, wire and what was captured. */
export type MemberState = 'agreed' | 'differs' | 'undocumented' | 'only-guide' | 'unseen' | 'unknown';

/** One member of one event. */
export interface Cell {
	event: string;
	member: MemberCoverage;
	state: MemberState;
}

/** The same member of the same object in all events that have it. */
export interface MemberLine {
	/** Unique in the matrix. */
	key: string;
	/** Within its object, such as `messages[].sender.name`. */
	path: string;
	/** Beside the columns; null where the event has no such member. */
	cells: (Cell | null)[];
}

/** Members of one object. */
export interface MatrixGroup {
	name: string;
	lines: MemberLine[];
}

export interface Matrix {
	columns: { event: string; deliveries: number }[];
	groups: MatrixGroup[];
	totals: MatrixTotals;
}

/** Members, counted once however many events have them. */
export interface MatrixTotals {
	/** Those that releases send. */
	wire: number;
	/** Of these, those that came. */
	wireSeen: number;
	onlyGuide: number;
	unknown: number;
	/** Of all events, and of none. */
	deliveries: number;
	/** Of no event that releases send. */
	otherDeliveries: number;
	/** See `CountedEvent.others`. */
	unnamed: number;
}

/** Objects that stand in several events, so that their members share a line wherever they stand. */
const groupOfRoot: Readonly<Record<string, string>> = {
	message: 'Message',
	conversation: 'Conversation',
	contact: 'Contact',
	inbox: 'Inbox',
	account: 'Account',
};
const groupNames = ['Message', 'Conversation', 'Contact', 'Inbox', 'Account', 'Event'];
/** What an event adds to the object that it is about. */
const eventMembers = new Set(['event', 'changed_attributes']);
const conversationPlaces = ['/conversation/', '/current_conversation/'];

/** Lays out coverage as lines of members and columns of events. Only lines with a cell are there. */
export function buildMatrix(coverage: Coverage): Matrix {
	const shown = coverage.events;
	const groups = new Map(groupNames.map((name) => [name, new Map<string, MemberLine>()]));
	for (const [column, event] of shown.entries()) {
		const root = event.members.find(({ pointer }) => pointer === '/event')?.object ?? '';
		for (const member of event.members) {
			const { group, path } = placeOf(member.pointer, root);
			const lines = groups.get(group)!;
			let line = lines.get(path);
			if (!line) {
				line = { key: `${group} ${path}`, path, cells: Array.from({ length: shown.length }, () => null) };
				lines.set(path, line);
			}
			line.cells[column] = { event: event.event, member, state: stateOf(member) };
		}
	}
	const built = [...groups].flatMap(([name, lines]) =>
		lines.size > 0 ? { name, lines: ordered([...lines.values()]) } : [],
	);
	return {
		columns: shown.map(({ event, deliveries }) => ({ event, deliveries })),
		groups: built,
		totals: totalsOf(built, coverage),
	};
}

/** What a member's marks and words follow from. */
export function stateOf({ guide, wire, doAgree, count }: MemberCoverage): MemberState {
	if (guide === null && wire === null) return 'unknown';
	if (wire === null) return 'only-guide';
	if (count === 0) return 'unseen';
	if (guide === null) return 'undocumented';
	return doAgree ? 'agreed' : 'differs';
}

/** A state as it is read out, and stands in the legend. */
export function stateWords(state: MemberState, count: number): string {
	switch (state) {
		case 'agreed':
			return 'guide and wire, seen';
		case 'differs':
			return 'seen, but the guide says otherwise';
		case 'undocumented':
			return 'seen, not in the guide';
		case 'only-guide':
			return count > 0 ? 'only in the guide, yet seen' : 'only in the guide, never sent';
		case 'unseen':
			return 'on the wire, not seen yet';
		case 'unknown':
			return 'unknown to guide and wire';
	}
}

/** A JSON pointer with `*` as people write it: `messages[].sender.name`. */
export function pathWords(pointer: string): string {
	return pointer
		.slice(1)
		.split('/')
		.map((token, index) => {
			if (token === '*') return '[]';
			const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
			return index === 0 ? name : `.${name}`;
		})
		.join('');
}

function placeOf(pointer: string, root: string): { group: string; path: string } {
	for (const place of conversationPlaces) {
		if (pointer.startsWith(place)) return { group: 'Conversation', path: pathWords(pointer.slice(place.length - 1)) };
	}
	const [name = ''] = pointer.slice(1).split('/', 1);
	const group = eventMembers.has(name) ? 'Event' : (groupOfRoot[root] ?? 'Event');
	return { group, path: pathWords(pointer) };
}

/** What nobody knows comes last, where it is not looked over. */
function ordered(lines: MemberLine[]): MemberLine[] {
	const isUnknown = ({ cells }: MemberLine) => cells.every((cell) => cell === null || cell.state === 'unknown');
	return [...lines.filter((line) => !isUnknown(line)), ...lines.filter(isUnknown)];
}

function totalsOf(groups: readonly MatrixGroup[], { events, otherDeliveries }: Coverage): MatrixTotals {
	const totals = { wire: 0, wireSeen: 0, onlyGuide: 0, unknown: 0 };
	for (const { lines } of groups) {
		for (const { cells } of lines) {
			const filled = cells.filter((cell) => cell !== null);
			const wire = filled.filter(({ member }) => member.wire !== null);
			if (wire.length > 0) totals.wire++;
			if (wire.some(({ member }) => member.count > 0)) totals.wireSeen++;
			if (wire.length > 0) continue;
			if (filled.some(({ state }) => state === 'only-guide')) totals.onlyGuide++;
			else totals.unknown++;
		}
	}
	const sum = (of: (event: EventCoverage) => number) => events.reduce((total, event) => total + of(event), 0);
	return {
		...totals,
		deliveries: sum(({ deliveries }) => deliveries) + otherDeliveries,
		otherDeliveries,
		unnamed: sum(({ others }) => others),
	};
}
