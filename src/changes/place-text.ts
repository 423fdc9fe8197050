import { canonicalText, find, member, valueText } from '../json/document';
import { JsonKind, type JsonDocument } from '../json/scan';
import { isNull, isObject, lineAt } from '../deliveries/payload-parts';
import type { BodyPlace } from './attribute-kinds';
import { idText } from './known-names';
import { timeAt } from './time-words';

/**
 * A value of `changed_attributes` as the JSON text that a place of the body would have for it; null when the body has
 * no way to write it. The place must be there: a relay that writes times as ISO text everywhere keeps doing so.
 * @param name of the person, team or other record that an id stands for, where it is known
 * @param type of the person, where records of this place have one
 */
export function textInPlace(
	document: JsonDocument,
	{ path, form }: BodyPlace,
	node: number,
	name: string | null,
	type: string | null,
): string | null {
	switch (form) {
		case 'same':
			return valueText(document, node);
		case 'seconds':
		case 'decimal': {
			const isIso = document.kind[find(document, ...path)] === JsonKind.string;
			return isIso ? isoText(document, node) : unixText(document, node, form);
		}
		case 'record':
		case 'assignee':
			return recordText(document, node, name, type);
	}
}

/**
 * Whether a place repeats what the main place of its attribute shows: the same id, or the same JSON. Of the assignee
 * only an agent is repeated; beside an agent bot there is null (ground truth 8, rule 9). False where either is absent.
 */
export function repeatsMain(document: JsonDocument, place: BodyPlace, main: BodyPlace): boolean {
	const repeated = find(document, ...place.path);
	const shown = find(document, ...main.path);
	if (repeated === -1 || shown === -1) return false;
	if (main.form === 'assignee' && assigneeKind(document) !== 'agent') return isNull(document, repeated);
	const value = isObject(document, shown) ? member(document, shown, 'id') : shown;
	return value !== -1 && canonicalText(document, repeated) === canonicalText(document, value);
}

/** What the body's assignee is; null without one. */
export function assigneeKind(document: JsonDocument): 'agent' | 'bot' | null {
	const meta = find(document, 'meta');
	const assignee = member(document, meta, 'assignee');
	if (!isObject(document, assignee)) return null;
	const type =
		lineAt(document, member(document, assignee, 'type'), 20) ??
		lineAt(document, member(document, meta, 'assignee_type'), 20);
	return type === 'agent_bot' || type === 'AgentBot' ? 'bot' : 'agent';
}

function isoText(document: JsonDocument, node: number): string | null {
	return isNull(document, node) || timeAt(document, node) !== null ? valueText(document, node) : null;
}

/** Chatwoot writes `time.to_i` or `time.to_f`; no time is 0. */
function unixText(document: JsonDocument, node: number, form: 'seconds' | 'decimal'): string | null {
	if (isNull(document, node)) return form === 'decimal' ? '0.0' : '0';
	const time = timeAt(document, node);
	if (time === null) return null;
	const isNumber = document.kind[node] === JsonKind.number;
	const seconds = Math.floor(time / 1000);
	if (form === 'seconds') return String(seconds);
	const source = isNumber
		? valueText(document, node)
		: (/[T ]\d\d:\d\d:\d\d(\.\d+)/.exec(valueText(document, node))?.[1] ?? '');
	const decimals = /\.(\d{1,6})/.exec(source)?.[1]?.replace(/0+$/, '') ?? '';
	// Before 1970 the decimals count backwards.
	return time < 0 ? String(time / 1000) : `${seconds}.${decimals === '' ? '0' : decimals}`;
}

function recordText(document: JsonDocument, node: number, name: string | null, type: string | null): string | null {
	if (isNull(document, node)) return 'null';
	if (idText(document, node) === null) return null;
	const members = [`"id":${valueText(document, node)}`];
	if (name !== null) members.push(`"name":${JSON.stringify(name)}`);
	if (type !== null) members.push(`"type":${JSON.stringify(type)}`);
	return `{${members.join(',')}}`;
}
