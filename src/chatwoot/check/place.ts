import type { Member, Value } from '../contract/contract';
import type { Fault } from './fault';
import type { FindingCode, Severity } from './report';

/**
 * A finding before it is put into words: most of them are only counted. Every place has all its fields from the start,
 * since thousands are made a second.
 */
export interface Place {
	code: FindingCode;
	severity: Severity;
	/** Where what is said of it begins: see `pointerOfPlace`. */
	base: string;
	said: Said;
	/** Where it is shown: the value, or the object that lacks it. */
	node: number;
	fault: Fault | null;
	/** It is about something that is not there; `node` is the object that lacks it. */
	isAbsent: boolean;
	/** Releases do not send it so, but the guide says so: that is why people write it. */
	isAsGuideSays: boolean;
	/** The guide's sample contradicts the guide's object tables here. */
	isOfSample: boolean;
	/** What several names stand for in one finding. */
	names: readonly string[] | null;
	/** How many places it stands for, when more than one. */
	count: number | null;
	/** The sentence, where it is not made from the values. */
	message: string | null;
	/** Why it should be so: a sentence that follows what was expected and found. */
	reason: string | null;
	expected: string | null;
	found: string | null;
}

/** What the contracts say of a place. */
export interface Said {
	/** RFC 6901, from the base of the place on. */
	readonly pointer: string;
	readonly wireMember: Member | null;
	readonly wireValue: Value | null;
	readonly guideValue: Value | null;
}

/** Where neither contract says anything; the base is the whole pointer. */
export const nothingSaid: Said = { pointer: '', wireMember: null, wireValue: null, guideValue: null };

/** A place with nothing but the essentials; the rest is set by whoever knows it. */
export function placeAt(code: FindingCode, severity: Severity, base: string, node: number, said: Said): Place {
	return {
		code,
		severity,
		base,
		said,
		node,
		fault: null,
		isAbsent: false,
		isAsGuideSays: false,
		isOfSample: false,
		names: null,
		count: null,
		message: null,
		reason: null,
		expected: null,
		found: null,
	};
}

/** RFC 6901, relative to the body. Put together only where somebody reads it. */
export function pointerOfPlace({ base, said }: Place): string {
	return base + said.pointer;
}
