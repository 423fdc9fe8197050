/** One member of one event, as the address names it. */
export interface MemberPlace {
	event: string;
	/** A JSON pointer in which `*` stands for every item of an array. */
	pointer: string;
}

/** Reads what the address says after the question mark, such as `event=message_created&member=%2Fid`; null when it names no member. */
export function readMemberQuery(query: string): MemberPlace | null {
	const parameters = new URLSearchParams(query);
	const event = parameters.get('event');
	const pointer = parameters.get('member');
	return event && pointer?.startsWith('/') ? { event, pointer } : null;
}

/** The other way round; empty for none. */
export function writeMemberQuery(place: MemberPlace | null): string {
	return place ? new URLSearchParams({ event: place.event, member: place.pointer }).toString() : '';
}
