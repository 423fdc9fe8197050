import { hasName, keyText, member, stringValue } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import type { Actor, Contract, Member, ObjectShape, Value } from '../contract/contract';
import { memberIndex } from '../contract/lookup';
import type { Release } from '../contract/releases';
import { wire } from '../contract/wire/wire';
import { allowedValue, faultOf, isDigitText, type Fault } from './fault';
import { judgeChanges } from './judge-changes';
import { nothingSaid, placeAt, type Place, type Said } from './place';
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
	/** The shapes of the whole body; null where a contract does not know the event. */
	wireShape: ObjectShape | null;
	guideShape: ObjectShape | null;
	/** The guide's object tables, or its printed sample. */
	guide: Contract;
	/** Pointers of members without which a body is useless. */
	minimum: ReadonlySet<string>;
	/** In which releases the event is sent. */
	since: Release | null;
	until: Release | null;
	/** Members that a later one of the same name replaces. */
	shadowed: ReadonlySet<number>;
	/** Whether anybody asks what the guide alone says. */
	isGuideAsked: boolean;
}

/** Compares a body with both contracts, place by place, in one pass. */
export function compare(subject: Subject): Comparison {
	const walk = new Walk(subject);
	if (subject.since !== null) walk.clues.sawSince(subject.since, '/event');
	if (subject.until !== null) walk.clues.sawUntil(subject.until, '/event', null);
	walk.visitObject(0, '', subject.wireShape, subject.guideShape, false, false);
	return walk.finish();
}

/** What is known of the object or list around a value. */
interface Around {
	/** Callers may have put the value there: a fault is a warning, and nothing dates the release. */
	isFree: boolean;
	/** Releases send members that the contract does not list. */
	isOpen: boolean;
	isWireKnown: boolean;
	/** Whether the guide describes the object, so that what it does not list is undocumented. */
	isGuideKnown: boolean;
}

const anything: ObjectShape = { name: '', title: 'object', isOpen: true, isFree: true, source: '', members: [] };
const wrongKind: Fault = { code: 'type', severity: 'error' };

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
	visitObject(
		node: number,
		pointer: string,
		wireShape: ObjectShape | null,
		guideShape: ObjectShape | null,
		isFree: boolean,
		isContradictory: boolean,
	): void {
		const { document } = this;
		const { shadowed } = this.subject;
		const wireMembers = wireShape?.members ?? [];
		const guideMembers = guideShape?.members ?? [];
		// One bit for each member of the shape.
		let wireSeen = 0;
		let guideSeen = 0;
		const around: Around = {
			isFree: isFree || wireShape?.isFree === true,
			isOpen: wireShape?.isOpen === true,
			isWireKnown: wireShape !== null,
			isGuideKnown: guideMembers.length > 0,
		};
		const isUnknownFine = around.isOpen || (wireShape === null && guideShape?.isOpen === true);
		const unknown: number[] = [];
		let expected = 0;
		const end = document.next[node]!;
		for (let child = node + 1; child < end; child = document.next[child]!) {
			if (shadowed.has(child)) continue;
			// Releases send members in the contract's order, so that most names need only be compared.
			let wireAt: number | undefined = expected;
			let name: string;
			if (expected < wireMembers.length && hasName(document, child, wireMembers[expected]!.name)) {
				name = wireMembers[expected]!.name;
			} else {
				name = keyText(document, child)!;
				wireAt = wireShape ? memberIndex(wireShape).get(name) : undefined;
			}
			const guideAt = guideShape ? memberIndex(guideShape).get(name) : undefined;
			if (wireAt !== undefined) {
				wireSeen |= 1 << wireAt;
				expected = wireAt + 1;
			}
			if (guideAt !== undefined) guideSeen |= 1 << guideAt;
			if (isContradictory && name === 'type') continue;
			if (wireAt === undefined && guideAt === undefined) {
				if (!isUnknownFine) unknown.push(child);
				continue;
			}
			const wireMember = wireAt === undefined ? null : wireMembers[wireAt]!;
			const guideMember = guideAt === undefined ? null : guideMembers[guideAt]!;
			// Names of both contracts need no escaping.
			this.visitMember(child, `${pointer}/${name}`, wireMember, guideMember, around);
		}
		if (isContradictory) return;
		if (unknown.length > 0) this.unknownMembers(node, pointer, wireShape, guideShape, unknown);
		this.absentMembers(node, pointer, wireShape, wireSeen, guideShape, guideSeen);
	}

	private visitMember(
		node: number,
		pointer: string,
		wireMember: Member | null,
		guideMember: Member | null,
		around: Around,
	): void {
		if (wireMember && !around.isFree) {
			if (wireMember.since !== undefined) this.clues.sawSince(wireMember.since, pointer);
			if (wireMember.until !== undefined) {
				this.visitFormerMember(node, pointer, wireMember, guideMember, around);
				return;
			}
		}
		const guideValue = guideMember?.value ?? null;
		this.visitValue(node, pointer, { wireMember, wireValue: wireMember?.value ?? null, guideValue }, around);
	}

	/** A member that later releases no longer send. */
	private visitFormerMember(
		node: number,
		pointer: string,
		wireMember: Member,
		guideMember: Member | null,
		around: Around,
	): void {
		const guideValue = guideMember?.value ?? null;
		const said = { wireMember, wireValue: wireMember.value, guideValue };
		const wireFault = this.wireFault(node, wireMember.value);
		this.judgeByGuide(pointer, node, said, guideValue && faultOf(this.document, node, guideValue), around);
		if (wireFault) {
			this.fault(pointer, node, said, wireFault, wireFault.severity);
			return;
		}
		const drift = placeAt(guideValue ? 'only-in-guide' : 'undocumented', 'info', pointer, node, said);
		this.clues.sawUntil(wireMember.until!, pointer, guideValue ? drift : null);
		if (!guideValue && around.isGuideKnown) this.both.push(drift);
	}

	private visitValue(node: number, pointer: string, given: Said, around: Around): void {
		const { document, form } = this;
		const { guideValue } = given;
		let said = given;
		let wireFault = said.wireValue && this.wireFault(node, said.wireValue);
		let guideFault = guideValue && faultOf(document, node, guideValue);
		let choice: Choice | null = null;
		let guideShape: ObjectShape | null = null;
		if (document.kind[node] === JsonKind.object) {
			if (said.wireValue && !wireFault) {
				choice = chooseShape(document, node, said.wireValue, wire);
				if (choice.shape === null && choice.found) wireFault = wrongKind;
			}
			if (guideValue && !guideFault) {
				const guideChoice = chooseShape(document, node, guideValue, this.subject.guide);
				guideShape = guideChoice.shape;
				const isOther = choice?.shape && guideShape && !corresponds(choice.shape, guideShape, form);
				if (isOther && form === 'guide') {
					// Written by the guide's table: what releases have here is another object altogether.
					choice = null;
					said = { ...said, wireValue: null };
				} else if (isOther || (guideChoice.shape === null && guideChoice.found)) {
					guideFault = wrongKind;
					guideShape = null;
				} else if (wireFault === wrongKind && guideShape?.actor) {
					// Named by the guide, and sent by no release here: judged as what it is elsewhere.
					wireFault = null;
					said = { ...said, wireValue: null };
					choice = choiceOfActor(guideShape.actor);
				}
			}
		}
		this.judgeByGuide(pointer, node, said, guideFault, around);
		this.merge(pointer, node, said, wireFault, guideFault, around);

		if (!wireFault && !around.isFree && said.wireValue) {
			const since = said.wireValue.values ? allowedValue(document, node, said.wireValue)?.since : undefined;
			if (since !== undefined) this.clues.sawSince(since, pointer);
			if (choice?.shape && choice.since !== undefined) this.clues.sawSince(choice.since, pointer);
		}
		if (document.kind[node] === JsonKind.object) {
			this.descend(node, pointer, choice, guideShape, around.isFree);
		} else if (document.kind[node] === JsonKind.array) {
			const wireValue = wireFault && wireFault.until === undefined ? null : said.wireValue;
			this.visitList(node, pointer, { ...said, wireValue, guideValue: guideFault ? null : guideValue }, around.isFree);
		}
	}

	private wireFault(node: number, value: Value): Fault | null {
		const fault = faultOf(this.document, node, value);
		if (fault === null || this.form !== 'guide-sample') return fault;
		// All ids of the guide's sample are text: said once for the whole body.
		return value.format === 'id' && isDigitText(this.document, node) ? null : fault;
	}

	private judgeByGuide(pointer: string, node: number, said: Said, fault: Fault | null, around: Around): void {
		if (!this.subject.isGuideAsked) return;
		if (fault) {
			const place = placeAt(fault.code, 'error', pointer, node, said);
			place.fault = fault;
			this.guideOnly.push(place);
		} else if (!said.guideValue && around.isGuideKnown) {
			this.guideOnly.push(placeAt('undocumented', 'info', pointer, node, said));
		}
	}

	/** The table of design.md: what guide and wire say of one place becomes at most one finding. */
	private merge(
		pointer: string,
		node: number,
		said: Said,
		wireFault: Fault | null,
		guideFault: Fault | null,
		around: Around,
	): void {
		const { form } = this;
		const isListed = said.guideValue !== null;
		if (wireFault) {
			const doesGuideAgree = isListed && !guideFault;
			if (wireFault.until === undefined && doesGuideAgree && form === 'guide') this.guideName(pointer, node);
			else if (wireFault.until === undefined && doesGuideAgree && form === 'guide-sample') {
				this.drift('only-in-guide', pointer, node, said);
			} else {
				const severity = around.isFree ? 'warning' : wireFault.severity;
				this.fault(pointer, node, said, wireFault, severity, doesGuideAgree);
			}
		} else if (said.wireValue) {
			if (guideFault) this.drift('differs-from-guide', pointer, node, said);
			else if (!isListed && around.isGuideKnown) this.drift('undocumented', pointer, node, said);
		} else if (around.isOpen) {
			if (guideFault) this.drift('differs-from-guide', pointer, node, said);
		} else if (guideFault && form === 'guide') {
			this.fault(pointer, node, said, guideFault, 'error');
		} else if (isListed && around.isWireKnown) {
			if (form === 'guide') this.guideName(pointer, node);
			else this.drift('only-in-guide', pointer, node, said);
		}
	}

	private drift(code: FindingCode, pointer: string, node: number, said: Said): void {
		this.both.push(placeAt(code, 'info', pointer, node, said));
	}

	private fault(
		pointer: string,
		node: number,
		said: Said,
		fault: Fault,
		severity: Severity,
		isAsGuideSays = false,
	): void {
		const place = placeAt(fault.code, severity, pointer, node, said);
		place.fault = fault;
		place.isAsGuideSays = isAsGuideSays;
		// It was right in former releases: whether this is one of them, the whole body tells.
		if (fault.until === undefined) this.both.push(place);
		else this.clues.sawUntil(fault.until, pointer, place);
	}

	private descend(
		node: number,
		pointer: string,
		choice: Choice | null,
		guideShape: ObjectShape | null,
		isFree: boolean,
	): void {
		let wireShape = choice?.shape ?? null;
		const channels = this.form === 'guide-sample' ? undefined : wireShape?.channels;
		if (channels && !this.isInChannel(node, channels)) wireShape = anything;
		const stated = choice?.shape ? choice.contradicts : undefined;
		if (stated) this.contradiction(node, pointer, wireShape!, guideShape, stated);
		if (wireShape || guideShape) {
			this.visitObject(node, pointer, wireShape, guideShape, isFree, stated !== undefined);
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
		const said = { wireMember, wireValue: wireMember?.value ?? null, guideValue: guideMember?.value ?? null };
		const place = placeAt('enum', 'error', `${pointer}/type`, typeNode, said);
		place.message = `${placeWords(pointer)} says it is ${article(stated)}, but has the members of ${article(wireShape.title)}.`;
		this.both.push(place);
	}

	private visitList(node: number, pointer: string, said: Said, isFree: boolean): void {
		const { document } = this;
		const { wireMember, wireValue, guideValue } = said;
		if (guideValue?.changes && this.subject.isGuideAsked) {
			for (const place of judgeChanges(document, node, pointer, guideValue.changes, null)) {
				if (place.severity === 'error') this.guideOnly.push({ ...place, wireValue: null, guideValue: place.wireValue });
			}
		}
		if (wireValue?.changes) {
			this.both.push(...judgeChanges(document, node, pointer, wireValue.changes, wireMember));
			return;
		}
		if (!wireValue?.items && !guideValue?.items) return;
		const items = { wireMember, wireValue: wireValue?.items ?? null, guideValue: guideValue?.items ?? null };
		const around = {
			isFree,
			isOpen: false,
			isWireKnown: items.wireValue !== null,
			isGuideKnown: items.guideValue !== null,
		};
		let index = 0;
		for (let child = node + 1; child < document.next[node]!; child = document.next[child]!) {
			this.visitValue(child, `${pointer}/${index}`, items, around);
			index++;
		}
		if (wireValue?.atMost !== undefined && index > wireValue.atMost)
			this.tooMany(pointer, node, said, wireValue.atMost);
	}

	private tooMany(pointer: string, node: number, said: Said, atMost: number): void {
		const most = `at most ${atMost === 1 ? 'one item' : `${atMost} items`}`;
		const place = placeAt('invariant', atMost === 1 ? 'error' : 'warning', pointer, node, said);
		place.expected = `an array of ${most}`;
		place.reason = `Releases send ${most} here.`;
		this.both.push(place);
	}

	private guideName(pointer: string, node: number): void {
		const slash = pointer.lastIndexOf('/');
		const object = pointer.slice(0, slash);
		const known = this.guideNames.get(object);
		const name = pointer.slice(slash + 1);
		if (known) known.names.push(name);
		else this.guideNames.set(object, { node: this.document.parent[node]!, names: [name] });
	}

	private unknownMembers(
		node: number,
		pointer: string,
		wireShape: ObjectShape | null,
		guideShape: ObjectShape | null,
		unknown: readonly number[],
	): void {
		const names = unknown.slice(0, mostNames).map((child) => keyText(this.document, child)!);
		const place = placeAt('unknown-member', 'warning', pointer, unknown[0]!, nothingSaid);
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

	private absentMembers(
		node: number,
		pointer: string,
		wireShape: ObjectShape | null,
		wireSeen: number,
		guideShape: ObjectShape | null,
		guideSeen: number,
	): void {
		const wireMembers = wireShape?.members ?? [];
		for (let at = 0; at < wireMembers.length; at++) {
			if ((wireSeen & (1 << at)) === 0) this.absentFromWire(node, pointer, wireMembers[at]!, guideShape);
		}
		const guideMembers = guideShape?.members ?? [];
		for (let at = 0; at < guideMembers.length; at++) {
			if ((guideSeen & (1 << at)) !== 0) continue;
			const { name, value } = guideMembers[at]!;
			const isNeverSent = this.form === 'wire' && wireShape !== null && !memberIndex(wireShape).has(name);
			if (!isNeverSent && !this.subject.isGuideAsked) continue;
			const place = placeAt('missing', 'error', `${pointer}/${name}`, node, { ...nothingSaid, guideValue: value });
			place.isAbsent = true;
			if (this.subject.isGuideAsked) this.guideOnly.push(place);
			if (isNeverSent) this.both.push({ ...place, code: 'differs-from-guide', severity: 'info' });
		}
	}

	private absentFromWire(node: number, pointer: string, wireMember: Member, guideShape: ObjectShape | null): void {
		const { name } = wireMember;
		const at = `${pointer}/${name}`;
		const isOwed = this.subject.minimum.has(at) && !this.isNamedOtherwise(node, name);
		const guideAt = guideShape ? memberIndex(guideShape).get(name) : undefined;
		if (!isOwed && (this.form !== 'wire' || (!wireMember.isAlways && guideAt === undefined))) return;
		const guideValue = guideAt === undefined ? null : guideShape!.members[guideAt]!.value;
		const place = placeAt('missing', 'error', at, node, { wireMember, wireValue: wireMember.value, guideValue });
		place.isAbsent = true;
		if (isOwed) {
			this.both.push(place);
		} else if (wireMember.isAlways) {
			this.clues.sawGap(place);
		} else {
			place.code = 'differs-from-guide';
			place.severity = 'info';
			this.both.push(place);
		}
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
