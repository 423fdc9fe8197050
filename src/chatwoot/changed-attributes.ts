import { children, hasName, keyText, member } from '../json/document';
import { escapedToken } from '../json/pointer';
import { JsonKind, type JsonDocument } from '../json/scan';

/** One attribute that a body lists as changed. */
export interface AttributeChange {
	/** As sent, whatever it is. */
	attribute: string;
	/** JSON pointer of the object that holds both values. */
	pointer: string;
	/** Node of `previous_value`; -1 when it is absent. */
	previous: number;
	/** Node of `current_value`; -1 when it is absent. */
	current: number;
}

/** How `changed_attributes` is written. Releases send `list` or `null`, or leave it out; the rest is a relay's work. */
export type ChangesForm = 'list' | 'empty' | 'null' | 'absent' | 'map' | 'other';

/** A part of `changed_attributes` that is no change of an attribute, or not all of one. */
export interface ChangesLeftover {
	/** JSON pointer; of a repeated name that of all of them. */
	pointer: string;
	node: number;
}

/** All that `changed_attributes` says. */
export interface ChangedAttributes {
	form: ChangesForm;
	/** In the order sent; an attribute that is listed twice stands here twice. */
	changes: AttributeChange[];
	leftovers: ChangesLeftover[];
	/** How many more of either there are than are listed: a body can claim millions. */
	more: number;
}

/** Of changes, and of leftovers. */
const mostListed = 10_000;

const root = '/changed_attributes';

/**
 * Reads `changed_attributes`: an array of one-member objects, `[{ status: { previous_value, current_value } }, …]`, with
 * the two values in either order. Takes any form as far as it goes: a map instead of the array, items of several
 * attributes. What is no change is a leftover, so that nothing is dropped, and nothing is thrown; `check` judges it.
 * @param atMost lists so many changes and leftovers, and counts the rest
 *
 * Source: app/listeners/base_listener.rb (extract_changed_attributes), since 2.4.0; ground truth 5.1.
 */
export function readChangedAttributes(document: JsonDocument, atMost = mostListed): ChangedAttributes {
	const node = member(document, 0, 'changed_attributes');
	const reader = new ChangesReader(document, atMost);
	// Of a repeated name the last one counts, as everywhere.
	if (document.duplicates.length > 0) reader.leaveOthers(0, 'changed_attributes', node, root);
	const form = formOf(document, node);
	if (form === 'map') reader.readEntry(node, root);
	else if (form === 'list') reader.readList(node);
	else if (form === 'other') reader.leave(root, node);
	return { form, changes: reader.changes, leftovers: reader.leftovers, more: reader.more };
}

function formOf(document: JsonDocument, node: number): ChangesForm {
	if (node === -1) return 'absent';
	switch (document.kind[node]) {
		case JsonKind.array:
			return document.childCount[node] === 0 ? 'empty' : 'list';
		case JsonKind.object:
			return 'map';
		case JsonKind.null:
			return 'null';
		default:
			return 'other';
	}
}

class ChangesReader {
	readonly changes: AttributeChange[] = [];
	readonly leftovers: ChangesLeftover[] = [];
	more = 0;
	readonly #document: JsonDocument;
	readonly #atMost: number;

	constructor(document: JsonDocument, atMost: number) {
		this.#document = document;
		this.#atMost = atMost;
	}

	leave(pointer: string, node: number): void {
		if (this.leftovers.length < this.#atMost) this.leftovers.push({ pointer, node });
		else this.more++;
	}

	/** Leaves the members of this name but the one that counts. */
	leaveOthers(object: number, name: string, counted: number, pointer: string): void {
		if (this.#document.kind[object] !== JsonKind.object) return;
		for (const child of children(this.#document, object)) {
			if (child !== counted && hasName(this.#document, child, name)) this.leave(pointer, child);
		}
	}

	readList(list: number): void {
		let index = 0;
		for (const entry of children(this.#document, list)) {
			this.readEntry(entry, `${root}/${index}`);
			index++;
		}
	}

	/** One item, or the map that stands in for all of them. */
	readEntry(entry: number, pointer: string): void {
		const document = this.#document;
		if (document.kind[entry] !== JsonKind.object || document.childCount[entry] === 0) {
			this.leave(pointer, entry);
			return;
		}
		for (const pair of children(document, entry)) {
			if (this.changes.length < this.#atMost) this.#readPair(pair, pointer);
			else this.more++;
		}
	}

	#readPair(pair: number, entryPointer: string): void {
		const document = this.#document;
		const attribute = keyText(document, pair) ?? '';
		const pointer = `${entryPointer}/${escapedToken(attribute)}`;
		const previous = member(document, pair, 'previous_value');
		const current = member(document, pair, 'current_value');
		this.changes.push({ attribute, pointer, previous, current });
		if (document.kind[pair] !== JsonKind.object) {
			this.leave(pointer, pair);
		} else if (document.childCount[pair] !== 2 || previous === -1 || current === -1) {
			for (const child of children(document, pair)) {
				if (child === previous || child === current) continue;
				this.leave(`${pointer}/${escapedToken(keyText(document, child) ?? '')}`, child);
			}
		}
	}
}
