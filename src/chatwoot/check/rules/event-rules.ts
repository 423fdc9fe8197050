import { member, stringValue } from '../../../json/document';
import { JsonKind } from '../../../json/scan';
import type { RuleContext } from './rule-context';

/** Rule 31. */
export function judgePictures(rules: RuleContext): void {
	const places: [string, number][] = ['sender', 'user', 'contact'].map((name) => [
		`/${name}`,
		member(rules.document, 0, name),
	]);
	if (rules.subject.event.startsWith('contact_')) places.push(['', 0]);
	for (const [pointer, node] of places) {
		const avatar = rules.sound(rules.child(node, 'avatar'));
		const thumbnail = rules.sound(rules.child(node, 'thumbnail'));
		if (avatar === -1 || thumbnail === -1 || rules.isSame(avatar, thumbnail)) continue;
		const said = 'Chatwoot writes one picture into both members.';
		rules.report('error', `${pointer}/thumbnail`, thumbnail, 'the same as avatar', said);
	}
}

/** Rule 32. */
export function judgeTyping(rules: RuleContext): void {
	const isPrivate = rules.sound(member(rules.document, 0, 'is_private'));
	if (isPrivate === -1 || rules.document.kind[isPrivate] !== JsonKind.true) return;
	if (!rules.isContact(member(rules.document, 0, 'user'))) return;
	rules.report('warning', '/is_private', isPrivate, 'false', 'A contact can’t type a private note.');
}

const statusOfEvent = new Map([
	['conversation_opened', 'open'],
	['conversation_resolved', 'resolved'],
]);

/**
 * Rule 39. Since 2.5.0 only bots get these events, with bodies made at once. Before, a job made them, from what the
 * database held when it ran: until 1.22.0 often the status from before, which was not committed yet (#3364).
 */
export function judgeEventName(rules: RuleContext): void {
	const expected = rules.isSince('2.5.0') ? statusOfEvent.get(rules.subject.event) : undefined;
	const node = rules.sound(member(rules.document, 0, 'status'));
	const status = stringValue(rules.document, node);
	if (expected === undefined || status === null || status === expected) return;
	rules.report('warning', '/status', node, expected, `The event usually comes with the status ${expected}.`);
}
