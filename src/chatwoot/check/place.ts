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
	pointer: string;
	/** Where it is shown: the value, or the object that lacks it. */
	node: number;
	wireMember: Member | null;
	wireValue: Value | null;
	guideValue: Value | null;
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
	wireMember: Member | null;
	wireValue: Value | null;
	guideValue: Value | null;
}

/** Where neither contract says anything. */
export const nothingSaid: Said = { wireMember: null, wireValue: null, guideValue: null };

/** A place with nothing but the essentials; the rest is set by whoever knows it. */
export function placeAt(code: FindingCode, severity: Severity, pointer: string, node: number, said: Said): Place {
	return {
		code,
		severity,
		pointer,
		node,
		wireMember: said.wireMember,
		wireValue: said.wireValue,
		guideValue: said.guideValue,
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
