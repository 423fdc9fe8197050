import { readChangedAttributes } from '../../../chatwoot/changed-attributes';
import type { ComparableRecords, RecordText } from '../../../changes/comparable-records';
import { contactAgreement } from '../../../changes/contact-agreement';
import type { RecordInBody } from '../../../changes/records';
import type { Summary } from '../../../deliveries/api';
import type { DeliveryId } from '../../../deliveries/delivery';
import { member, stringValue, valueText } from '../../../json/document';
import { JsonKind } from '../../../json/scan';
import { formatCount, formatDuration } from '../../../ui/format';
import { mostReads, type LastKnown } from './last-known';

/** A piece of a sentence: words of ours, what came over the wire, a delivery to go to, or a conversation's status. */
export type Part = string | { wire: string } | { delivery: DeliveryId } | { status: string };

type Known = Extract<LastKnown, { kind: 'found' }>;

const titles = { message: 'Message', conversation: 'Conversation', contact: 'Contact' } as const;

/** `Message 90311 as it was in #118 message_created, nested in conversation.messages, 4 s earlier` */
export function leadWords(known: Known, delivery: Summary): Part[] {
	const { record } = known.before;
	const { event } = known.delivery;
	return [
		`${titles[record.kind]} ${record.id} as it was in `,
		{ delivery: known.delivery.id },
		...(event === null ? [] : [' ', { wire: event }]),
		...placeWords(record),
		`, ${distance(known.delivery, delivery)}`,
	];
}

/** Where in the body a record stands; nothing for the one at top level. */
function placeWords({ pointer, form }: RecordInBody): Part[] {
	if (pointer === '') return [];
	const path = pointer
		.slice(1)
		.replace(/\/\d+(?=\/|$)/g, '')
		.replaceAll('/', '.');
	return [form === 'nested' ? ', nested in ' : ', in ', { wire: path }];
}

function distance(earlier: Summary, later: Summary): string {
	const milliseconds = later.receivedAt - earlier.receivedAt;
	if (milliseconds < 0) return `received before this one, ${formatDuration(-milliseconds)} later by the clock`;
	return `${formatDuration(milliseconds)} earlier`;
}

/** Why there is nothing to compare a record with. */
export function noneWords(
	{ kind, id }: RecordInBody,
	{ read, hasUnread }: Extract<LastKnown, { kind: 'none' }>,
): string {
	const name = `${titles[kind].toLowerCase()} ${id}`;
	if (hasUnread) {
		const looked = `The ${formatCount(read)} deliveries before this one that could hold ${name} were read, and none does.`;
		return `${looked} Older ones are not looked through.`;
	}
	if (read === 0) return `No earlier delivery holds ${name}.`;
	const word = read === 1 ? 'One earlier delivery' : `${formatCount(read)} earlier deliveries`;
	return `No earlier delivery holds ${name}. ${word} could have, and ${read === 1 ? 'was' : 'were'} read.`;
}

/** What a person has to know of a comparison before looking at its lines. */
export function knownWords(known: Known, delivery: Summary, compared: ComparableRecords): Part[][] {
	return [
		...messageStatusWords(known),
		...(delivery.event === 'contact_updated' ? agreementWords(known) : []),
		...(compared.isEqual === true ? [equalWords(known, delivery)] : []),
		...overtakenWords(known),
		...(known.hasUnread ? [[`Deliveries in between may show a later state: only ${mostReads} were read.`]] : []),
	];
}

/** A message's status, which it has only where it is nested. */
function messageStatusWords({ before, now, delivery }: Known): Part[][] {
	if (before.record.kind !== 'message') return [];
	const was = textOf(before, 'status');
	const is = textOf(now, 'status');
	if (was === null || is === null || was === is) return [];
	return [['Its status was ', { wire: was }, ' in ', { delivery: delivery.id }, ' and is ', { wire: is }, ' here.']];
}

function equalWords({ before, now }: Known, { event }: Summary): Part[] {
	const { kind, form } = now.record;
	if (kind === 'message' && event === 'message_updated') {
		if (form === 'nested' && before.record.form === 'nested') {
			return [
				'Nothing differs, the status included. Bodies are built when they are sent: the one before may have shown this change already.',
			];
		}
		return [
			'Nothing differs. A status was probably written on a message that is not the newest: at top level a message carries no status, and only the newest one stands inside the conversation.',
		];
	}
	if (kind === 'contact' && event === 'contact_updated') {
		const names = readChangedAttributes(now.document, 100).changes.map(({ attribute }) => attribute);
		const noise = names.length > 0 && names.every((name) => name === 'updated_at' || name === 'last_activity_at');
		if (noise)
			return [
				'Nothing differs. Only times moved that no body shows: Chatwoot sends this after every incoming message of a contact.',
			];
		return ['Nothing differs in what a body shows of a contact.'];
	}
	return ['Nothing differs.'];
}

/** How what `contact_updated` lists fits to what was known. */
function agreementWords({ before, now, delivery }: Known): Part[][] {
	if (now.record.kind !== 'contact') return [];
	const { changes } = readChangedAttributes(now.document, 1000);
	const { fitting, early, contradicting, unlisted } = contactAgreement(changes, now, before);
	const at: Part = { delivery: delivery.id };
	const missing = ' An update in between is missing here, or contacts were merged.';
	return [
		fitting.length === 0
			? []
			: [{ wire: 'changed_attributes' }, ' agrees: ', at, ' shows the previous value of ', ...list(fitting), '.'],
		early.length === 0
			? []
			: [at, ' shows the new value of ', ...list(early), ' already: bodies are built when they are sent.'],
		contradicting.length === 0
			? []
			: [
					{ wire: 'changed_attributes' },
					' starts from another value of ',
					...list(contradicting),
					' than ',
					at,
					' shows.',
					missing,
				],
		unlisted.length === 0
			? []
			: [
					...list(unlisted),
					' changed since ',
					at,
					' too, and ',
					{ wire: 'changed_attributes' },
					' does not list it.',
					missing,
				],
	].filter((sentence) => sentence.length > 0);
}

/** Deliveries overtake each other (ground truth 1.7); `updated_at` tells. */
function overtakenWords({ before, now, delivery }: Known): Part[][] {
	const was = momentOf(before);
	const is = momentOf(now);
	if (was === null || is === null || was <= is) return [];
	return [
		[
			{ delivery: delivery.id },
			' arrived before this one, but shows a later state: they overtook each other on the way.',
		],
	];
}

/** `updated_at` in seconds: a decimal in a conversation, an ISO text in a nested message. */
function momentOf({ document, record }: RecordText): number | null {
	const node = member(document, record.node, 'updated_at');
	const text = stringValue(document, node);
	const seconds =
		text !== null
			? Date.parse(text) / 1000
			: document.kind[node] === JsonKind.number
				? Number(valueText(document, node))
				: NaN;
	return Number.isFinite(seconds) ? seconds : null;
}

/** What earlier deliveries showed of a conversation's status. */
export interface StatusBefore {
	/** The earliest delivery in a row that shows the present status; null when this one is the first. */
	since: DeliveryId | null;
	/** The last one before with another status; null when there is none. */
	before: { delivery: DeliveryId; status: string } | null;
}

const statusEvents = new Set(['conversation_status_changed', 'conversation_opened', 'conversation_resolved']);

/** Which status a conversation had and has: always for events of the status, else where it differs. */
export function statusWords({ event, status }: Summary, { since, before }: StatusBefore): Part[] {
	if (status === null || (!statusEvents.has(event ?? '') && (since !== null || before === null))) return [];
	const now: Part = { status };
	const was: Part[] = before ? [{ status: before.status }, ' in ', { delivery: before.delivery }, ', '] : [];
	if (since === null) {
		return before ? [...was, now, ' here.'] : [now, ' here. No earlier delivery shows the status before.'];
	}
	const twin = ' A status change sends two events, and bodies are built when they are sent.';
	const first = before ? '' : ' No earlier delivery shows another status.';
	return [...was, now, ' since ', { delivery: since }, '.', first, twin];
}

/** What is said of a delivery that came with the same `X-Chatwoot-Delivery` before. */
export function repeatWords(earlier: Summary, later: Summary, isEqual: boolean): { lead: Part[]; sentences: Part[][] } {
	return {
		lead: [
			{ delivery: earlier.id },
			' carries the same ',
			{ wire: 'X-Chatwoot-Delivery' },
			`, ${distance(earlier, later)}`,
		],
		sentences: [
			isEqual
				? ['The bodies are the same, byte for byte: this one is a repeat of it.']
				: ['The bodies differ. A retry repeats every byte, so something between Chatwoot and here changed or cut one.'],
		],
	};
}

/** Names with commas and an `and`. */
function list(names: readonly string[]): Part[] {
	return names.flatMap((name, index): Part[] => {
		const separator = index === 0 ? '' : index === names.length - 1 ? ' and ' : ', ';
		return separator === '' ? [{ wire: name }] : [separator, { wire: name }];
	});
}

function textOf({ document, record }: RecordText, name: string): string | null {
	return stringValue(document, member(document, record.node, name));
}
