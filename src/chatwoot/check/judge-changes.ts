import { children, keyText, member } from '../../json/document';
import { JsonKind, type JsonDocument } from '../../json/scan';
import type { ChangedAttributes, Member, Value } from '../contract/contract';
import { faultOf, type Fault } from './fault';
import { escapedToken } from '../../json/pointer';
import { nothingSaid, placeAt, type Place, type Said } from './place';
import { closestName, shortName } from './words';

const pair: Value = { types: ['object'], words: 'object with previous_value and current_value' };
const neverCleared: Fault = { code: 'type', severity: 'error', why: 'it is never cleared' };
const entryValue: Value = { types: ['object'], words: 'object with one attribute' };

/**
 * Judges a `changed_attributes` list: items of exactly one attribute, each with exactly the two members
 * `previous_value` and `current_value` in either order, no attribute twice, and values of the attribute's own type.
 *
 * Source: app/listeners/base_listener.rb (extract_changed_attributes), since 2.4.0.
 */
export function judgeChanges(
	document: JsonDocument,
	node: number,
	pointer: string,
	contract: ChangedAttributes,
	wireMember: Member | null,
): Place[] {
	const said: Said = { ...nothingSaid, wireMember, wireValue: wireMember?.value ?? null };
	const places: Place[] = [];
	if (document.childCount[node] === 0) {
		const place = placeAt('format', 'warning', pointer, node, said);
		place.message = 'Releases never send an empty list: without a change it is null. A relay may have written it.';
		places.push(place);
	}
	const inside: Said = { ...said, wireMember: wireMember && withoutNote(wireMember) };
	const seen = new Set<string>();
	let index = -1;
	for (const entry of children(document, node)) {
		index++;
		const at = `${pointer}/${index}`;
		const ofEntry = { ...inside, wireValue: entryValue };
		if (document.kind[entry] !== JsonKind.object) {
			places.push(placeAt('type', 'error', at, entry, ofEntry));
			continue;
		}
		const size = document.childCount[entry]!;
		if (size !== 1) {
			const place = placeAt('format', 'error', at, entry, ofEntry);
			place.expected = 'exactly one attribute';
			const has = size === 0 ? 'has none' : `has ${size}`;
			place.message = `Each item of changed_attributes names exactly one attribute; this one ${has}.`;
			places.push(place);
		}
		for (const change of children(document, entry)) {
			const attribute = keyText(document, change)!;
			if (seen.has(attribute)) {
				const place = placeAt('invariant', 'warning', at, entry, ofEntry);
				place.expected = 'an attribute that is not listed yet';
				place.reason = `"${shortName(attribute)}" is listed before; releases list an attribute once.`;
				places.push(place);
			}
			seen.add(attribute);
			judgeChange(document, change, at, attribute, contract, inside, places);
		}
	}
	return places;
}

const noteless = new WeakMap<Member, Member>();

/** What is to be known of the list as a whole is no word on one of its entries. Kept, since much is known by member. */
function withoutNote(member: Member): Member {
	if (member.note === undefined) return member;
	let own = noteless.get(member);
	if (!own) {
		own = { ...member };
		delete own.note;
		noteless.set(member, own);
	}
	return own;
}

const previousAndCurrent = ['previous_value', 'current_value'];

function judgeChange(
	document: JsonDocument,
	change: number,
	entryPointer: string,
	attribute: string,
	contract: ChangedAttributes,
	said: Said,
	places: Place[],
): void {
	const known = Object.hasOwn(contract.attributes, attribute) ? contract.attributes[attribute]! : null;
	// Any column that was saved rides along, those of forks too: only a slip of the pen is worth a word.
	const names = Object.keys(contract.attributes);
	if (!known && !contract.isOpen && closestName(attribute, names) !== null) {
		places.push(unknownNames(entryPointer, change, [attribute], 1, names));
	}
	const pointer = `${entryPointer}/${escapedToken(attribute)}`;
	if (document.kind[change] !== JsonKind.object) {
		places.push(placeAt('type', 'error', pointer, change, { ...said, wireValue: pair }));
		return;
	}
	for (const name of previousAndCurrent) {
		const value = member(document, change, name);
		const ofValue = { ...said, wireValue: known ?? anyValue };
		if (value === -1) {
			const place = placeAt('missing', 'error', `${pointer}/${name}`, change, ofValue);
			place.isAbsent = true;
			places.push(place);
			continue;
		}
		judgeValue(
			document,
			value,
			`${pointer}/${name}`,
			known,
			isNeverCleared(name, attribute, contract),
			ofValue,
			places,
		);
	}
	const extra = [...children(document, change)].filter(
		(child) => !previousAndCurrent.includes(keyText(document, child)!),
	);
	if (extra.length > 0) {
		const names = extra.slice(0, 20).map((child) => keyText(document, child)!);
		places.push(unknownNames(pointer, extra[0]!, names, extra.length, previousAndCurrent));
	}
}

function isNeverCleared(name: string, attribute: string, contract: ChangedAttributes): boolean {
	return name === 'current_value' && contract.neverCleared.includes(attribute);
}

function judgeValue(
	document: JsonDocument,
	node: number,
	pointer: string,
	known: Value | null,
	isNeverNull: boolean,
	said: Said,
	places: Place[],
): void {
	const isCleared = isNeverNull && document.kind[node] === JsonKind.null;
	const fault = isCleared ? neverCleared : known && faultOf(document, node, known);
	if (fault && fault.until === undefined) {
		const place = placeAt(fault.code, fault.severity, pointer, node, said);
		place.fault = fault;
		places.push(place);
	} else if (known?.items && document.kind[node] === JsonKind.array) {
		let index = 0;
		for (const item of children(document, node)) {
			judgeValue(
				document,
				item,
				`${pointer}/${index}`,
				known.items,
				false,
				{ ...said, wireValue: known.items },
				places,
			);
			index++;
		}
	}
}

function unknownNames(
	pointer: string,
	node: number,
	names: readonly string[],
	count: number,
	known: readonly string[],
): Place {
	const place = placeAt('unknown-member', 'warning', pointer, node, nothingSaid);
	place.names = names;
	place.count = count > 1 ? count : null;
	place.expected = closestName(names[0]!, known);
	return place;
}

const anyValue: Value = { types: ['object', 'array', 'string', 'number', 'boolean', 'null'], words: 'any JSON' };
