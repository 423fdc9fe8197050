import { keyText, member, stringValue } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import type { Contract, Mask, Member, ObjectShape, Value } from '../contract/contract';
import { guide } from '../contract/guide';
import { eventNamed, memberNamed, shapeNamed } from '../contract/lookup';
import { releaseWords } from '../contract/releases';
import { wire } from '../contract/wire/wire';
import { guessEvent } from './guess-event';
import { chooseShape } from './recognise';
import { valueWords } from './words';

/** What both contracts say of one place of a payload. */
export interface MemberNote {
	/** Null where the guide does not list it, or says nothing of the object around it. */
	guide: string | null;
	/** Null where no release sends it. */
	wire: string | null;
	/** Such as `4.8.0 or later`; null for all releases. */
	releases: string | null;
	mask: Mask | null;
	/** When it is there, or what is easily confused; a sentence. */
	note: string | null;
	/** Where the wire's word comes from: files, pull requests and issues of chatwoot/chatwoot. */
	source: string | null;
}

/** The shapes that both contracts give to a place. */
interface Step {
	wireMember: Member | null;
	wireValue: Value | null;
	guideValue: Value | null;
	wireShape: ObjectShape | null;
	guideShape: ObjectShape | null;
	source: string | null;
}

/**
 * What guide and wire say of the value at a node. Null for the whole body, where neither knows the place, inside
 * objects that callers fill as they like, and in a body whose event is not known.
 */
export function explain(document: JsonDocument, node: number): MemberNote | null {
	const path: number[] = [];
	for (let at = node; at > 0; at = document.parent[at]!) path.push(at);
	let step = rootStep(document);
	if (!step || path.length === 0) return null;
	for (const child of path.reverse()) {
		step = stepInto(document, step, child);
		if (!step.wireValue && !step.guideValue) return null;
	}
	const { wireMember, wireValue, guideValue } = step;
	return {
		guide: guideValue && valueWords(guideValue, guide),
		wire: wireValue && valueWords(wireValue, wire),
		releases: releaseWords(wireMember?.since, wireMember?.until),
		mask: wireMember?.mask ?? null,
		note: wireMember?.note ?? null,
		source: wireValue && (wireMember?.source ?? step.source),
	};
}

function rootStep(document: JsonDocument): Step | null {
	const event = stringValue(document, member(document, 0, 'event')) ?? guessEvent(document);
	const wireEvent = eventNamed(wire, event);
	if (!wireEvent || document.kind[0] !== JsonKind.object) return null;
	const guideEvent = eventNamed(guide, event);
	return {
		wireMember: null,
		wireValue: null,
		guideValue: null,
		wireShape: shapeNamed(wire, wireEvent.object),
		guideShape: guideEvent && shapeNamed(guide, guideEvent.object),
		source: null,
	};
}

function stepInto(document: JsonDocument, from: Step, node: number): Step {
	const name = keyText(document, node);
	if (name === null) {
		const wireValue = from.wireValue?.items ?? null;
		const guideValue = from.guideValue?.items ?? null;
		return withShapes(document, node, { ...from, wireValue, guideValue });
	}
	const wireMember = from.wireShape && memberNamed(from.wireShape, name);
	const guideMember = from.guideShape && memberNamed(from.guideShape, name);
	return withShapes(document, node, {
		wireMember,
		wireValue: wireMember?.value ?? null,
		guideValue: guideMember?.value ?? null,
		source: from.wireShape?.source ?? null,
	});
}

function withShapes(
	document: JsonDocument,
	node: number,
	step: Pick<Step, 'wireMember' | 'wireValue' | 'guideValue' | 'source'>,
): Step {
	const wireShape = shapeAt(document, node, step.wireValue, wire);
	const guideShape = shapeAt(document, node, step.guideValue, guide);
	const isOther = wireShape && guideShape && wireShape.documentedAs !== guideShape.name;
	return { ...step, wireShape, guideShape: isOther ? null : guideShape };
}

function shapeAt(document: JsonDocument, node: number, value: Value | null, contract: Contract): ObjectShape | null {
	return value && chooseShape(document, node, value, contract).shape;
}
