import { NameTable } from '../../json/name-table';
import type { JsonDocument } from '../../json/scan';
import type { Contract, EventShape, Member, ObjectShape, Value } from '../contract/contract';
import { eventNamed, memberIndex, shapeNamed } from '../contract/lookup';
import type { Release } from '../contract/releases';
import { wire } from '../contract/wire/wire';
import { everyKind, faultlessKinds } from './fault';
import type { Said } from './place';

/*
 * What both contracts say of the bodies of one event, laid out place by place as bodies are met, and kept: to judge a
 * body nothing has to be looked up, and no pointer written, that is the same in the next one. Only what the contracts
 * list takes room here, never what a body brings. Places inside the items of a list have pointers that begin at the
 * item, so that all items share them.
 */

/** What is known of the object or list around a value. */
export interface Around {
	/** Callers may have put the value there: a fault is a warning, and nothing dates the release. */
	isFree: boolean;
	/** Releases send members that the contract does not list. */
	isOpen: boolean;
	isWireKnown: boolean;
	/** Whether the guide describes the object, so that what it does not list is undocumented. */
	isGuideKnown: boolean;
}

const plans = new WeakMap<EventShape, Map<Contract, ObjectPlan>>();

/** The whole body of an event of the wire; `guide`: the object tables, or the printed sample. */
export function planOf(event: EventShape, guide: Contract): ObjectPlan {
	let known = plans.get(event);
	if (!known) plans.set(event, (known = new Map<Contract, ObjectPlan>()));
	let plan = known.get(guide);
	if (!plan) {
		const guideEvent = eventNamed(guide, event.event);
		const guideShape = guideEvent && shapeNamed(guide, guideEvent.object);
		const context = { minimum: new Set(event.minimum), items: [] };
		plan = new ObjectPlan(shapeNamed(wire, event.object), guideShape, false, '', context);
		known.set(guide, plan);
	}
	return plan;
}

/** Where a place belongs. */
interface Context {
	/** Pointers of members without which a body is useless. */
	minimum: ReadonlySet<string>;
	/** The objects that are items of the lists around it. */
	items: readonly ObjectPlan[];
}

/** One object, as the shapes that it has in both contracts describe it together. */
export class ObjectPlan {
	readonly wireShape: ObjectShape | null;
	readonly guideShape: ObjectShape | null;
	/** As it was before the shapes had their say. */
	readonly isFree: boolean;
	/** From the base on. */
	readonly pointer: string;
	readonly around: Around;
	/** Members that neither contract lists are no finding. */
	readonly isUnknownFine: boolean;
	/** The members that releases send, in their order; then those that only the guide lists. */
	readonly spots: readonly Spot[];
	/** The members that the guide lists, in its order. */
	readonly guideSpots: readonly Spot[];
	/** One bit for each member of the wire whose absence may be worth a word. */
	readonly missed: number;
	/** One bit for each member that the guide lists. */
	readonly listed: number;
	readonly #names: NameTable;

	constructor(
		wireShape: ObjectShape | null,
		guideShape: ObjectShape | null,
		isFree: boolean,
		pointer: string,
		context: Context,
	) {
		const wireMembers = wireShape?.members ?? [];
		const guideMembers = guideShape?.members ?? [];
		this.wireShape = wireShape;
		this.guideShape = guideShape;
		this.isFree = isFree;
		this.pointer = pointer;
		this.around = {
			isFree: isFree || wireShape?.isFree === true,
			isOpen: wireShape?.isOpen === true,
			isWireKnown: wireShape !== null,
			isGuideKnown: guideMembers.length > 0,
		};
		this.isUnknownFine = this.around.isOpen || (wireShape === null && guideShape?.isOpen === true);
		const wireIndex = wireShape ? memberIndex(wireShape) : none;
		const guideIndex = guideShape ? memberIndex(guideShape) : none;
		const onlyGuide = guideMembers.filter(({ name }) => !wireIndex.has(name));
		this.spots = [...wireMembers, ...onlyGuide].map(({ name }, at) => {
			const wireMember = wireMembers[at] ?? null;
			const guideAt = guideIndex.get(name);
			const guideValue = guideAt === undefined ? null : guideMembers[guideAt]!.value;
			// Names of both contracts need no escaping.
			const said = { pointer: `${pointer}/${name}`, wireMember, wireValue: wireMember?.value ?? null, guideValue };
			const wireBit = wireMember ? 1 << at : 0;
			const guideBit = guideAt === undefined ? 0 : 1 << guideAt;
			return new Spot(said, this.around, context, { name, at, wireBit, guideBit });
		});
		this.guideSpots = guideMembers.map(({ name }) => this.spots.find((spot) => spot.name === name)!);
		this.missed = bitsOf(this.spots.filter(isMissed).map(({ wireBit }) => wireBit));
		this.listed = bitsOf(this.spots.map(({ guideBit }) => guideBit));
		this.#names = new NameTable(this.spots.map(({ name }) => name));
	}

	/** The place of a member; null when neither contract lists it. */
	spotOf(document: JsonDocument, node: number): Spot | null {
		const at = this.#names.indexOf(document, node);
		return at === -1 ? null : this.spots[at]!;
	}
}

const none: ReadonlyMap<string, number> = new Map();

function bitsOf(bits: readonly number[]): number {
	return bits.reduce((all, bit) => all | bit, 0);
}

function isMissed({ wireMember, guideValue, isOwed }: Spot): boolean {
	return wireMember !== null && (wireMember.isAlways || isOwed || guideValue !== null);
}

/** A member's name and where it stands among the members of its object. */
interface Seat {
	name: string;
	/** In `spots`. */
	at: number;
	/** The bit of the member in the wire's object, and in the guide's; 0 where it is not listed. */
	wireBit: number;
	guideBit: number;
}

/** Items have no name. */
const noSeat: Seat = { name: '', at: 0, wireBit: 0, guideBit: 0 };

/** One place: a member, or the items of a list. */
export class Spot implements Said {
	readonly name: string;
	readonly at: number;
	readonly wireBit: number;
	readonly guideBit: number;
	readonly pointer: string;
	readonly wireMember: Member | null;
	readonly wireValue: Value | null;
	readonly guideValue: Value | null;
	readonly around: Around;
	/** The kinds of values in which the wire, and the guide, find no fault: see `faultlessKinds`. */
	readonly wireKinds: number;
	readonly guideKinds: number;
	/** Since when releases send the member, where that dates a body. */
	readonly since: Release | null;
	/** Later releases no longer send it. */
	readonly isFormer: boolean;
	/** Some of its values came with a release, and date a body. */
	readonly hasDatedValues: boolean;
	/** Without it a body is useless. */
	readonly isOwed: boolean;
	readonly #context: Context;
	readonly #objects: ObjectPlan[] = [];
	#withoutWire: Spot | null = null;
	#withoutGuide: Spot | null = null;
	#items: Spot | null = null;

	constructor(said: Said, around: Around, context: Context, { name, at, wireBit, guideBit }: Seat) {
		const { pointer, wireMember, wireValue, guideValue } = said;
		const isDating = !around.isFree;
		this.name = name;
		this.at = at;
		this.wireBit = wireBit;
		this.guideBit = guideBit;
		this.pointer = pointer;
		this.wireMember = wireMember;
		this.wireValue = wireValue;
		this.guideValue = guideValue;
		this.around = around;
		this.wireKinds = wireValue ? faultlessKinds(wireValue) : everyKind;
		this.guideKinds = guideValue ? faultlessKinds(guideValue) : everyKind;
		this.since = (isDating && wireMember?.since) || null;
		this.isFormer = isDating && wireMember?.until !== undefined;
		this.hasDatedValues = isDating && wireValue?.values?.some(({ since }) => since !== undefined) === true;
		this.isOwed = context.minimum.has(pointer);
		this.#context = context;
	}

	/** The object that stands here, when it has these shapes. */
	object(wireShape: ObjectShape | null, guideShape: ObjectShape | null): ObjectPlan {
		for (const plan of this.#objects) {
			if (plan.wireShape === wireShape && plan.guideShape === guideShape) return plan;
		}
		const plan = this.#newObject(wireShape, guideShape);
		this.#objects.push(plan);
		return plan;
	}

	#newObject(wireShape: ObjectShape | null, guideShape: ObjectShape | null): ObjectPlan {
		const { isFree } = this.around;
		const { items } = this.#context;
		if (this.pointer !== '') return new ObjectPlan(wireShape, guideShape, isFree, this.pointer, this.#context);
		// Messages of the guide have conversations, and these have messages: one plan serves at any depth.
		const known = items.find(
			(plan) => plan.wireShape === wireShape && plan.guideShape === guideShape && plan.isFree === isFree,
		);
		if (known) return known;
		const around = [...items];
		const plan = new ObjectPlan(wireShape, guideShape, isFree, '', { minimum: noPointers, items: around });
		around.push(plan);
		return plan;
	}

	/** The items of the list that stands here, all of them alike. */
	get items(): Spot {
		return (this.#items ??= this.#newItems());
	}

	#newItems(): Spot {
		const { wireMember } = this;
		const wireValue = this.wireValue?.items ?? null;
		const guideValue = this.guideValue?.items ?? null;
		const around = {
			isFree: this.around.isFree,
			isOpen: false,
			isWireKnown: wireValue !== null,
			isGuideKnown: guideValue !== null,
		};
		const context = { minimum: noPointers, items: this.#context.items };
		return new Spot({ pointer: '', wireMember, wireValue, guideValue }, around, context, noSeat);
	}

	/** The same place where what the wire says of the value does not apply. */
	get withoutWire(): Spot {
		return (this.#withoutWire ??= this.#saying({ wireValue: null }));
	}

	/** The same place where what the guide says does not apply. */
	get withoutGuide(): Spot {
		return (this.#withoutGuide ??= this.#saying({ guideValue: null }));
	}

	#saying(other: Partial<Said>): Spot {
		const { pointer, wireMember, wireValue, guideValue } = this;
		return new Spot({ pointer, wireMember, wireValue, guideValue, ...other }, this.around, this.#context, this);
	}
}

const noPointers: ReadonlySet<string> = new Set();
