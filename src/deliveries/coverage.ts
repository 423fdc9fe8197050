import { contractMembers, type ContractMember } from '../chatwoot/check/coverage';
import { wire } from '../chatwoot/contract/wire/wire';
import type { CountedEvent, CountedMembers, Coverage, EventCoverage, MemberCoverage } from './api';

/**
 * Puts what was counted beside what the contracts list; what was never there counts 0.
 * @param isComplete without it events that never came are left out
 */
export function coverageOf({ events, otherDeliveries }: CountedMembers, isComplete = true): Coverage {
	const counted = new Map(events.map((event) => [event.event, event]));
	const named = wire.events.map(({ event }) => event).filter((event) => isComplete || counted.has(event));
	return { events: named.map((event) => eventCoverage(event, counted.get(event))), otherDeliveries };
}

/** How many events releases send that never came. */
export function countUnseenEvents({ events }: CountedMembers): number {
	return wire.events.length - events.length;
}

function eventCoverage(event: string, counted: CountedEvent | undefined): EventCoverage {
	const rest = new Map(counted?.members.map((member) => [member.pointer, member]));
	const objects = new Map<string, string>();
	const members = listedMembers(event).map(({ pointer, object, guide, wire, doAgree, releases }): MemberCoverage => {
		objects.set(parentOf(pointer), object);
		const { count = 0, example = null } = rest.get(pointer) ?? {};
		rest.delete(pointer);
		return { pointer, object, guide, wire, doAgree, releases, count, example };
	});
	const unknown = [...rest.values()].map(({ pointer, count, example }): MemberCoverage => {
		const object = objects.get(parentOf(pointer)) ?? '';
		return { pointer, object, guide: null, wire: null, doAgree: false, releases: null, count, example };
	});
	return {
		event,
		deliveries: counted?.deliveries ?? 0,
		members: [...members, ...unknown],
		others: counted?.others ?? 0,
	};
}

function parentOf(pointer: string): string {
	return pointer.slice(0, pointer.lastIndexOf('/'));
}

const listed = new Map<string, readonly ContractMember[]>();

/** What the contracts list for an event, made once: they do not change while the program runs. */
export function listedMembers(event: string): readonly ContractMember[] {
	let members = listed.get(event);
	if (!members) listed.set(event, (members = contractMembers(event)));
	return members;
}
