import { canonicalText, integerValue, item, member, stringValue, valueText } from '../../../json/document';
import { JsonKind, type JsonDocument } from '../../../json/scan';
import { compareReleases, type Release } from '../../contract/releases';
import { automationTrigger } from '../../events';
import { recogniseActor } from '../recognise';
import type { Severity } from '../report';

import { nothingSaid, placeAt, type Place } from '../place';

/** What the rules look at. */
export interface RuleSubject {
	document: JsonDocument;
	event: string;
	headers: readonly (readonly [name: string, value: string])[];
	/** In Unix milliseconds; null when it is not known. */
	receivedAt: number | null;
	/** The oldest release that could have sent it: some rules hold since a release only. */
	oldest: Release;
	/** Values that a contract finds fault with: no rule is judged by them. */
	faulty: ReadonlySet<number>;
}

/** One of the places that must show the same value. */
export interface Operand {
	/** The pointer of the object that has it. */
	base: string;
	name: string;
	node: number;
	/** A witness only helps to tell which of the others is wrong. */
	strength: 'always' | 'usually' | 'witness';
}

/** What every rule needs: the body, where its conversation and nested message stand, and how to report. */
export class RuleContext {
	readonly places: Place[] = [];
	readonly subject: RuleSubject;
	readonly document: JsonDocument;
	readonly faulty: Set<number>;
	/** The conversation's node and pointer; -1 without one. */
	readonly conversation: number;
	readonly conversationPath: string;
	/** The nested message; -1 without one. */
	readonly message: number;
	readonly messagePath: string;
	readonly isMessageEvent: boolean;

	constructor(subject: RuleSubject) {
		this.subject = subject;
		this.document = subject.document;
		this.faulty = new Set(subject.faulty);
		this.isMessageEvent = subject.event === 'message_created' || subject.event === 'message_updated';
		const path = conversationPath(subject.event);
		this.conversation = path === null ? -1 : path === '' ? 0 : this.objectAt(path.slice(1));
		this.conversationPath = path ?? '';
		this.message = item(this.document, this.child(this.conversation, 'messages'), 0);
		this.messagePath = `${this.conversationPath}/messages/0`;
	}

	child(node: number, name: string): number {
		return node === -1 ? -1 : member(this.document, node, name);
	}

	objectAt(name: string): number {
		const node = member(this.document, 0, name);
		return node !== -1 && this.document.kind[node] === JsonKind.object ? node : -1;
	}

	/** The node, or -1 when it is not there or a contract finds fault with it. */
	sound(node: number): number {
		return node === -1 || this.faulty.has(node) ? -1 : node;
	}

	isSoundInside(node: number): boolean {
		for (const faulty of this.faulty) if (faulty >= node && faulty < this.document.next[node]!) return false;
		return true;
	}

	/** Also when one of them has a fault inside: that is reported there. */
	isSame(top: number, nested: number): boolean {
		if (!this.isSoundInside(top) || !this.isSoundInside(nested)) return true;
		return (
			hasSameText(this.document, top, nested) ||
			canonicalText(this.document, top) === canonicalText(this.document, nested)
		);
	}

	numberAt(node: number, name: string): number | null {
		const child = this.sound(this.child(node, name));
		if (child === -1 || this.document.kind[child] !== JsonKind.number) return null;
		return integerValue(this.document, child) ?? Number(valueText(this.document, child));
	}

	isContact(node: number): boolean {
		if (node === -1 || this.document.kind[node] !== JsonKind.object) return false;
		return recogniseActor(this.document, node).actor === 'contact';
	}

	isSince(release: Release): boolean {
		return compareReleases(this.subject.oldest, release) >= 0;
	}

	/** `base`: the pointer of the object at `node`, which may be -1. */
	at(strength: Operand['strength'], base: string, node: number, name: string): Operand {
		return { base, name, node: this.child(node, name), strength };
	}

	/** Of places that must show one value, reports those that show another than most do. */
	agree(operands: readonly Operand[], what: string): void {
		const there = operands.filter(({ node }) => this.sound(node) !== -1 && this.document.kind[node] !== JsonKind.null);
		if (there.every(({ node }) => hasSameText(this.document, node, there[0]!.node))) return;
		const shown = there.map((operand) => ({ operand, value: scalarText(this.document, operand.node) }));
		if (shown.every(({ value }) => value === shown[0]!.value)) return;
		const votes = new Map<string, number>();
		for (const { operand, value } of shown) {
			votes.set(value, (votes.get(value) ?? 0) + (operand.strength === 'always' ? 2 : 1));
		}
		const most = Math.max(...votes.values());
		const { operand: anchor, value: right } = shown.find(({ value }) => votes.get(value) === most)!;
		for (const { operand, value } of shown) {
			if (value === right || operand.strength === 'witness') continue;
			const isStrict = operand.strength === 'always' && this.isStrictAgainst(shown, right);
			const place = `${placeName(pointerTo(anchor))} is ${right}`;
			this.report(
				isStrict ? 'error' : 'warning',
				pointerTo(operand),
				operand.node,
				right,
				`It ${isStrict ? 'always' : 'usually'} shows ${what}; ${place}.`,
			);
			this.faulty.add(operand.node);
		}
	}

	/** Whether one of the places that show the right value must do so without exception. */
	private isStrictAgainst(shown: readonly { operand: Operand; value: string }[], right: string): boolean {
		return shown.some(({ operand, value }) => value === right && operand.strength === 'always');
	}

	/** `found` where a word says more than the value: what a person or machine is. */
	report(
		severity: Severity,
		pointer: string,
		node: number,
		expected: string,
		reason: string,
		found: string | null = null,
	): void {
		const place = placeAt('invariant', severity, pointer, node, nothingSaid);
		place.expected = expected;
		place.found = found;
		place.reason = reason;
		this.places.push(place);
	}

	/** About the headers of the request, which are no place in the body. */
	reportHeaders(severity: Severity, expected: string, found: string, message: string): void {
		const place = placeAt('invariant', severity, '', 0, nothingSaid);
		place.expected = expected;
		place.found = found;
		place.message = message;
		this.places.push(place);
	}
}

/** What a scalar says, however its text is escaped. */
function scalarText(document: JsonDocument, node: number): string {
	const text = stringValue(document, node);
	return text === null ? valueText(document, node) : `"${text}"`;
}

/** Whether two values are written with the very same bytes, which nearly all equal ones are. */
function hasSameText({ bytes, start, end }: JsonDocument, left: number, right: number): boolean {
	const from = start[left]!;
	const other = start[right]!;
	const length = end[left]! - from;
	if (end[right]! - other !== length) return false;
	for (let at = 0; at < length; at++) if (bytes[from + at] !== bytes[other + at]) return false;
	return true;
}

function pointerTo({ base, name }: Operand): string {
	return `${base}/${name}`;
}

function placeName(pointer: string): string {
	return pointer.slice(1).replaceAll('/', '.');
}

/** Where the event has its conversation: the pointer of the object, `` for the body itself, null for none. */
function conversationPath(event: string): string | null {
	if (event.startsWith('message_') || event.startsWith('conversation_typing_')) return '/conversation';
	if (event === 'webwidget_triggered') return '/current_conversation';
	if (event.startsWith('conversation_') || event === 'macro.executed' || automationTrigger(event) !== null) return '';
	return null;
}
