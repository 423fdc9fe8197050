import { hasName, keyText, member, stringValue } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import type { Actor, Contract, EventShape, ObjectShape } from '../contract/contract';
import type { Release } from '../contract/releases';
import { wire } from '../contract/wire/wire';
import { allowedValue, faultOf, isDigitText, type Fault } from './fault';
import { judgeChanges } from './judge-changes';
import { nothingSaid, placeAt, type Place } from './place';
import { planOf, type ObjectPlan, type Spot } from './plan';
import { chooseShape, type Choice } from './recognise';
import { ReleaseClues, type DatedBody } from './release-range';
import type { BodyForm, FindingCode, Severity } from './report';
import { article, closestName, placeWords } from './words';

/** What the comparison of one body with both contracts gives. */
export interface Comparison extends DatedBody {
	/** Judged by guide and wire together. */
	both: Place[];
	/** Judged by the guide alone. */
	guideOnly: Place[];
}

/** What is asked of a body. */
export interface Subject {
	document: JsonDocument;
	form: BodyForm;
	/** What releases send; the guide may not know the event. */
	event: EventShape;
	/** The guide's object tables, or its printed sample. */
	guide: Contract;
	/** In which releases the event is sent, where the body names it. */
	since: Release | null;
	until: Release | null;
	/** Members that a later one of the same name replaces. */
	shadowed: ReadonlySet<number>;
	/** Whether anybody asks what the guide alone says. */
	isGuideAsked: boolean;
}

/** Compares a body with both contracts, place by place, in one pass. */
export function compare(subject: Subject): Comparison {
	const { since, until } = subject;
	const walk = new Walk(subject);
	if (since !== null) walk.clues.sawSince(since, '/event');
	if (until !== null) walk.clues.sawUntil(until, '/event', null);
	walk.visitObject(0, '', planOf(subject.event, subject.guide), false);
	return walk.finish();
}

const anything: ObjectShape = { name: '', title: 'object', isOpen: true, isFree: true, source: '', members: [] };
const wrongKind: Fault = { code: 'type', severity: 'error' };

/** Every method takes a node, the base of its pointer, and the rest of the pointer with what is said of the place. */
class Walk {
	readonly both: Place[] = [];
	readonly guideOnly: Place[] = [];
	readonly clues = new ReleaseClues();
	/** What only the guide has, by object: in the guide's own form that is said once per object. */
	private readonly guideNames = new Map<string, { node: number; names: string[] }>();
	private readonly subject: Subject;
	private readonly document: JsonDocument;
	private readonly form: BodyForm;

	constructor(subject: Subject) {
		this.subject = subject;
		this.document = subject.document;
		this.form = subject.form;
	}

	/** `isContradictory`: it says to be something else than it is, so that what it lacks says nothing. */
	visitObject(node: number, base: string, plan: ObjectPlan, isContradictory: boolean): void {
		const { document } = this;
		const { next } = document;
		const { shadowed } = this.subject;
		const { spots } = plan;
		const hasShadowed = shadowed.size > 0;
		// One bit for each member of a shape.
		let wireSeen = 0;
		let guideSeen = 0;
		let unknown: number[] | null = null;
		let expected = 0;
		const end = next[node]!;
		for (let child = node + 1; child < end; child = next[child]!) {
			if (hasShadowed && shadowed.has(child)) continue;
			// Releases send members in the contract's order, so that most names need only be compared.
			let spot: Spot | null = expected < spots.length ? spots[expected]! : null;
			if (spot === null || !hasName(document, child, spot.name)) spot = plan.spotOf(document, child);
			if (spot === null) {
				if (!plan.isUnknownFine) (unknown ??= []).push(child);
				continue;
			}
			expected = spot.at + 1;
			wireSeen |= spot.wireBit;
			guideSeen |= spot.guideBit;
			if (isContradictory && spot.name === 'type') continue;
			this.visitMember(child, base, spot);
		}
		if (isContradictory) return;
		if (unknown !== null) this.unknownMembers(node, base, plan, unknown);
		this.absentMembers(node, base, plan, wireSeen, guideSeen);
	}

	private visitMember(node: number, base: string, spot: Spot): void {
		if (spot.since !== null) this.clues.sawSince(spot.since, base + spot.pointer);
		if (spot.isFormer) this.visitFormerMember(node, base, spot);
		else this.visitValue(node, base, spot);
	}

	/** A member that later releases no longer send. */
	private visitFormerMember(node: number, base: string, spot: Spot): void {
		const { around, guideValue } = spot;
		const wireFault = this.wireFault(node, spot);
		this.judgeByGuide(node, base, spot, this.guideFault(node, spot));
		if (wireFault) {
			this.fault(node, base, spot, wireFault, wireFault.severity);
			return;
		}
		const drift = placeAt(guideValue ? 'only-in-guide' : 'undocumented', 'info', base, node, spot);
		this.clues.sawUntil(spot.wireMember!.until!, base + spot.pointer, guideValue ? drift : null);
		if (!guideValue && around.isGuideKnown) this.both.push(drift);
	}

	private visitValue(node: number, base: string, spot: Spot): void {
		const kind = this.document.kind[node];
		const wireFault = this.wireFault(node, spot);
		const guideFault = this.guideFault(node, spot);
		if (kind === JsonKind.object) {
			this.visitHolder(node, base, spot, wireFault, guideFault);
			return;
		}
		this.judge(node, base, spot, wireFault, guideFault);
		if (!wireFault && spot.hasDatedValues) {
			const since = allowedValue(this.document, node, spot.wireValue!)?.since;
			if (since !== undefined) this.clues.sawSince(since, base + spot.pointer);
		}
		if (kind !== JsonKind.array) return;
		const bySent = wireFault && wireFault.until === undefined ? spot.withoutWire : spot;
		this.visitList(node, base, guideFault ? bySent.withoutGuide : bySent);
	}

	/** An object: what is said of it as a whole, then of its members. */
	private visitHolder(node: number, base: string, given: Spot, asSent: Fault | null, asListed: Fault | null): void {
		const { document, form } = this;
		const { guideValue } = given;
		let spot = given;
		let wireFault = asSent;
		let guideFault = asListed;
		let choice: Choice | null = null;
		let guideShape: ObjectShape | null = null;
		if (spot.wireValue && !wireFault) {
			choice = chooseShape(document, node, spot.wireValue, wire);
			if (choice.shape === null && choice.found) wireFault = wrongKind;
		}
		if (guideValue && !guideFault) {
			const guideChoice = chooseShape(document, node, guideValue, this.subject.guide);
			guideShape = guideChoice.shape;
			const isOther = choice?.shape && guideShape && !corresponds(choice.shape, guideShape, form);
			if (isOther && form === 'guide') {
				// Written by the guide's table: what releases have here is another object altogether.
				choice = null;
				spot = given.withoutWire;
			} else if (isOther || (guideChoice.shape === null && guideChoice.found)) {
				guideFault = wrongKind;
				guideShape = null;
			} else if (wireFault === wrongKind && guideShape?.actor) {
				// Named by the guide, and sent by no release here: judged as what it is elsewhere.
				wireFault = null;
				spot = given.withoutWire;
				choice = choiceOfActor(guideShape.actor);
			}
		}
		this.judge(node, base, spot, wireFault, guideFault);
		if (!wireFault && spot.wireValue && choice?.shape && choice.since !== undefined && !spot.around.isFree) {
			this.clues.sawSince(choice.since, base + spot.pointer);
		}
		this.descend(node, base, spot, choice, guideShape);
	}

	private judge(node: number, base: string, spot: Spot, wireFault: Fault | null, guideFault: Fault | null): void {
		this.judgeByGuide(node, base, spot, guideFault);
		this.merge(node, base, spot, wireFault, guideFault);
	}

	private wireFault(node: number, { wireKinds, wireValue }: Spot): Fault | null {
		if ((wireKinds & (1 << this.document.kind[node]!)) !== 0) return null;
		const fault = faultOf(this.document, node, wireValue!);
		if (fault === null || this.form !== 'guide-sample') return fault;
		// All ids of the guide's sample are text: said once for the whole body.
		return wireValue!.format === 'id' && isDigitText(this.document, node) ? null : fault;
	}

	private guideFault(node: number, { guideKinds, guideValue }: Spot): Fault | null {
		if ((guideKinds & (1 << this.document.kind[node]!)) !== 0) return null;
		return faultOf(this.document, node, guideValue!);
	}

	private judgeByGuide(node: number, base: string, spot: Spot, fault: Fault | null): void {
		if (!this.subject.isGuideAsked) return;
		if (fault) {
			const place = placeAt(fault.code, 'error', base, node, spot);
			place.fault = fault;
			this.guideOnly.push(place);
		} else if (!spot.guideValue && spot.around.isGuideKnown) {
			this.guideOnly.push(placeAt('undocumented', 'info', base, node, spot));
		}
	}

	/** The table of design.md: what guide and wire say of one place becomes at most one finding. */
	private merge(node: number, base: string, spot: Spot, wireFault: Fault | null, guideFault: Fault | null): void {
		const { form } = this;
		const { around } = spot;
		const isListed = spot.guideValue !== null;
		if (wireFault) {
			const doesGuideAgree = isListed && !guideFault;
			if (wireFault.until === undefined && doesGuideAgree && form === 'guide') this.guideName(node, base, spot);
			else if (wireFault.until === undefined && doesGuideAgree && form === 'guide-sample') {
				this.drift('only-in-guide', node, base, spot);
			} else {
				const severity = around.isFree ? 'warning' : wireFault.severity;
				this.fault(node, base, spot, wireFault, severity, doesGuideAgree);
			}
		} else if (spot.wireValue) {
			if (guideFault) this.drift('differs-from-guide', node, base, spot);
			else if (!isListed && around.isGuideKnown) this.drift('undocumented', node, base, spot);
		} else if (around.isOpen) {
			if (guideFault) this.drift('differs-from-guide', node, base, spot);
		} else if (guideFault && form === 'guide') {
			this.fault(node, base, spot, guideFault, 'error');
		} else if (isListed && around.isWireKnown) {
			if (form === 'guide') this.guideName(node, base, spot);
			else this.drift('only-in-guide', node, base, spot);
		}
	}

	private drift(code: FindingCode, node: number, base: string, spot: Spot): void {
		this.both.push(placeAt(code, 'info', base, node, spot));
	}

	private fault(node: number, base: string, spot: Spot, fault: Fault, severity: Severity, isAsGuideSays = false): void {
		const place = placeAt(fault.code, severity, base, node, spot);
		place.fault = fault;
		place.isAsGuideSays = isAsGuideSays;
		// It was right in former releases: whether this is one of them, the whole body tells.
		if (fault.until === undefined) this.both.push(place);
		else this.clues.sawUntil(fault.until, base + spot.pointer, place);
	}

	private descend(node: number, base: string, spot: Spot, choice: Choice | null, guideShape: ObjectShape | null): void {
		let wireShape = choice?.shape ?? null;
		const channels = this.form === 'guide-sample' ? undefined : wireShape?.channels;
		if (channels && !this.isInChannel(node, channels)) wireShape = anything;
		const stated = choice?.shape ? choice.contradicts : undefined;
		if (stated) this.contradiction(node, base + spot.pointer, wireShape!, guideShape, stated);
		if (wireShape || guideShape) {
			this.visitObject(node, base, spot.object(wireShape, guideShape), stated !== undefined);
		}
	}

	private isInChannel(node: number, channels: readonly string[]): boolean {
		const { document } = this;
		const channel = stringValue(document, member(document, document.parent[node]!, 'channel'));
		return channel !== null && channels.includes(channel);
	}

	/** `type` says one thing and the members another: one finding, and no list of what the object lacks. */
	private contradiction(
		node: number,
		pointer: string,
		wireShape: ObjectShape,
		guideShape: ObjectShape | null,
		stated: Actor,
	): void {
		const typeNode = member(this.document, node, 'type');
		const wireMember = wireShape.members.find(({ name }) => name === 'type') ?? null;
		const guideMember = guideShape?.members.find(({ name }) => name === 'type') ?? null;
		const wireValue = wireMember?.value ?? null;
		const said = { pointer: '/type', wireMember, wireValue, guideValue: guideMember?.value ?? null };
		const place = placeAt('enum', 'error', pointer, typeNode, said);
		place.message = `${placeWords(pointer)} says it is ${article(stated)}, but has the members of ${article(wireShape.title)}.`;
		this.both.push(place);
	}

	private visitList(node: number, base: string, spot: Spot): void {
		const { document } = this;
		const { wireMember, wireValue, guideValue } = spot;
		const pointer = base + spot.pointer;
		if (guideValue?.changes && this.subject.isGuideAsked) {
			for (const place of judgeChanges(document, node, pointer, guideValue.changes, null)) {
				const said = { ...place.said, wireValue: null, guideValue: place.said.wireValue };
				if (place.severity === 'error') this.guideOnly.push({ ...place, said });
			}
		}
		if (wireValue?.changes) {
			this.both.push(...judgeChanges(document, node, pointer, wireValue.changes, wireMember));
			return;
		}
		if (!wireValue?.items && !guideValue?.items) return;
		const { items } = spot;
		let index = 0;
		for (let child = node + 1; child < document.next[node]!; child = document.next[child]!) {
			this.visitValue(child, `${pointer}/${index}`, items);
			index++;
		}
		if (wireValue?.atMost !== undefined && index > wireValue.atMost) this.tooMany(node, base, spot, wireValue.atMost);
	}

	private tooMany(node: number, base: string, spot: Spot, atMost: number): void {
		const most = `at most ${atMost === 1 ? 'one item' : `${atMost} items`}`;
		const place = placeAt('invariant', atMost === 1 ? 'error' : 'warning', base, node, spot);
		place.expected = `an array of ${most}`;
		place.reason = `Releases send ${most} here.`;
		this.both.push(place);
	}

	private guideName(node: number, base: string, spot: Spot): void {
		const pointer = base + spot.pointer;
		const slash = pointer.lastIndexOf('/');
		const object = pointer.slice(0, slash);
		const known = this.guideNames.get(object);
		const name = pointer.slice(slash + 1);
		if (known) known.names.push(name);
		else this.guideNames.set(object, { node: this.document.parent[node]!, names: [name] });
	}

	private unknownMembers(node: number, base: string, plan: ObjectPlan, unknown: readonly number[]): void {
		const { wireShape, guideShape } = plan;
		const names = unknown.slice(0, mostNames).map((child) => keyText(this.document, child)!);
		const place = placeAt('unknown-member', 'warning', base + plan.pointer, unknown[0]!, nothingSaid);
		place.names = names;
		place.count = unknown.length > 1 ? unknown.length : null;
		if (guideShape && !guideShape.isOpen) this.guideOnly.push({ ...place, code: 'undocumented', severity: 'info' });
		place.expected = this.closest(node, names, (wireShape ?? guideShape)!);
		this.both.push(place);
	}

	/** A known name that is close, rather one that is not there under its own name. */
	private closest(node: number, names: readonly string[], shape: ObjectShape): string | null {
		const known = shape.members.map(({ name }) => name);
		const free = known.filter((name) => member(this.document, node, name) === -1);
		for (const name of names) {
			const close = closestName(name, free) ?? closestName(name, known);
			if (close !== null) return close;
		}
		// What belongs elsewhere: people often write it one object too high or too low.
		return names.length === 1 ? closestName(names[0]!, everyName) : null;
	}

	private absentMembers(node: number, base: string, plan: ObjectPlan, wireSeen: number, guideSeen: number): void {
		for (let left = plan.missed & ~wireSeen; left !== 0; left &= left - 1) {
			this.absentFromWire(node, base, plan.spots[lowestBit(left)]!);
		}
		for (let left = plan.listed & ~guideSeen; left !== 0; left &= left - 1) {
			this.absentFromGuide(node, base, plan.guideSpots[lowestBit(left)]!);
		}
	}

	private absentFromWire(node: number, base: string, spot: Spot): void {
		const { isAlways } = spot.wireMember!;
		const isOwed = spot.isOwed && !this.isNamedOtherwise(node, spot.name);
		if (!isOwed && (this.form !== 'wire' || (!isAlways && spot.guideValue === null))) return;
		const place = placeAt('missing', 'error', base, node, spot);
		place.isAbsent = true;
		if (isOwed) {
			this.both.push(place);
		} else if (isAlways) {
			this.clues.sawGap(place);
		} else {
			place.code = 'differs-from-guide';
			place.severity = 'info';
			this.both.push(place);
		}
	}

	private absentFromGuide(node: number, base: string, spot: Spot): void {
		const { isGuideAsked } = this.subject;
		const isNeverSent = this.form === 'wire' && spot.wireMember === null && spot.around.isWireKnown;
		if (!isNeverSent && !isGuideAsked) return;
		const place = placeAt('missing', 'error', base, node, spot);
		place.isAbsent = true;
		if (isGuideAsked) this.guideOnly.push(place);
		if (isNeverSent) this.both.push({ ...place, code: 'differs-from-guide', severity: 'info' });
	}

	/** The guide's sample calls the conversation's id `display_id`. */
	private isNamedOtherwise(node: number, name: string): boolean {
		return this.form === 'guide-sample' && name === 'id' && member(this.document, node, 'display_id') !== -1;
	}

	finish(): Comparison {
		for (const [pointer, { node, names }] of this.guideNames) {
			const place = placeAt('only-in-guide', 'info', pointer, node, nothingSaid);
			place.names = names;
			place.count = names.length > 1 ? names.length : null;
			this.both.push(place);
		}
		const dated = this.clues.decide(this.form === 'wire');
		for (const place of dated.places) this.both.push(place);
		return { both: this.both, guideOnly: this.guideOnly, ...dated };
	}
}

/** Which bit is the lowest that is set, from 0. */
function lowestBit(bits: number): number {
	return 31 - Math.clz32(bits & -bits);
}

/** Of unknown names: more are only counted. */
const mostNames = 20;

/** Every member that some object of some release has. */
const everyName: ReadonlySet<string> = new Set(
	Object.values(wire.objects).flatMap(({ members }) => members.map(({ name }) => name)),
);

function choiceOfActor(actor: Actor): Choice {
	const shape = Object.values(wire.objects).find((known) => known.actor === actor);
	return shape ? { shape } : { shape: null, found: actor };
}

function corresponds(wireShape: ObjectShape, guideShape: ObjectShape, form: BodyForm): boolean {
	return form === 'guide-sample' || wireShape.documentedAs === guideShape.name;
}
