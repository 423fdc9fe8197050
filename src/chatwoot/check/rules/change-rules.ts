import { children, keyText, member, stringValue } from '../../../json/document';
import { JsonKind } from '../../../json/scan';
import type { RuleContext } from './rule-context';

/** Rules 36, 37, 38 and 40. */
export function judgeChangedAttributes(rules: RuleContext): void {
	const list = rules.sound(member(rules.document, 0, 'changed_attributes'));
	if (list === -1 || rules.document.kind[list] !== JsonKind.array) return;
	if (rules.subject.event === 'conversation_status_changed') {
		const said = 'Chatwoot asks for the changes too late here, so it sends null.';
		rules.report('warning', '/changed_attributes', list, 'null', said);
		return;
	}
	if (rules.subject.event !== 'conversation_updated' || rules.document.childCount[list] === 0) return;
	const current = currentValues(rules, list);
	for (const [attribute, name] of [
		['status', 'status'],
		['priority', 'priority'],
		['label_list', 'labels'],
	] as const) {
		const change = current.get(attribute);
		const body = rules.sound(member(rules.document, 0, name));
		if (!change || body === -1 || rules.faulty.has(change.node) || rules.isSame(change.node, body)) continue;
		if (attribute === 'label_list' && haveSameLabels(rules, change.node, body)) continue;
		const said = `The body usually shows the same value in ${name}.`;
		rules.report('warning', change.pointer, change.node, `the same as ${name}`, said);
	}
	cachedLabels(rules, current);
	if (!mentions(rules, list, 'updated_at')) {
		const said = 'Every save moves updated_at, so the list usually has it.';
		rules.report('warning', '/changed_attributes', list, 'a list that has updated_at', said);
	}
}

/** Whether the list names an attribute, or is malformed so that nothing can be said of it. */
function mentions(rules: RuleContext, list: number, attribute: string): boolean {
	for (const entry of children(rules.document, list)) {
		if (rules.document.kind[entry] !== JsonKind.object || rules.document.childCount[entry] === 0) return true;
		if (member(rules.document, entry, attribute) !== -1) return true;
	}
	return false;
}

function currentValues(rules: RuleContext, list: number): Map<string, { node: number; pointer: string }> {
	const current = new Map<string, { node: number; pointer: string }>();
	let index = 0;
	for (const entry of children(rules.document, list)) {
		if (rules.document.kind[entry] === JsonKind.object) {
			for (const change of children(rules.document, entry)) {
				const attribute = keyText(rules.document, change)!;
				const node = rules.sound(rules.child(change, 'current_value'));
				const pointer = `/changed_attributes/${index}/${attribute}/current_value`;
				if (node !== -1) current.set(attribute, { node, pointer });
			}
		}
		index++;
	}
	return current;
}

/** The change has them in the order in which they were set, the body in the order of the database. */
function haveSameLabels(rules: RuleContext, left: number, right: number): boolean {
	return areSame(labelsOf(rules, left), labelsOf(rules, right));
}

function areSame(left: readonly unknown[], right: readonly unknown[]): boolean {
	const known = new Set(right);
	return left.length === right.length && left.every((label) => known.has(label));
}

function labelsOf(rules: RuleContext, list: number): (string | null)[] {
	if (rules.document.kind[list] !== JsonKind.array) return [null];
	return [...children(rules.document, list)].map((node) => stringValue(rules.document, node));
}

function cachedLabels(rules: RuleContext, current: Map<string, { node: number; pointer: string }>): void {
	const cached = current.get('cached_label_list');
	const labels = current.get('label_list');
	if (!cached || !labels || rules.document.kind[labels.node] !== JsonKind.array) return;
	if (!rules.isSoundInside(cached.node) || !rules.isSoundInside(labels.node)) return;
	const text = stringValue(rules.document, cached.node) ?? '';
	const split = text === '' ? [] : text.split(',').map((label) => label.trim());
	const titles = labelsOf(rules, labels.node);
	if (areSame(split, titles)) return;
	const said = 'It usually is label_list, joined with commas.';
	rules.report('warning', cached.pointer, cached.node, 'the labels of label_list', said);
}
