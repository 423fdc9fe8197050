import { comparableRecords, type ComparableRecords } from '../../../changes/comparable-records';
import { placesOf, recordFor, recordsIn, type RecordInBody, type RecordKind } from '../../../changes/records';
import { eventFamily } from '../../../chatwoot/events';
import type { Summary } from '../../../deliveries/api';
import type { DeliveryId } from '../../../deliveries/delivery';
import type { DeliveryLog } from '../../../deliveries/log';
import type { JsonDocument } from '../../../json/scan';
import { formatClock } from '../../../ui/format';
import { ApiProblem, type ApiClient } from '../../api-client';
import { findPrevious } from '../../previous-delivery';
import { PayloadReader } from '../payload/payload-reader';
import { knownWords, leadWords, noneWords, repeatWords, statusWords, type Part } from './earlier-words';
import { findLastKnown } from './last-known';
import { statusBefore } from './status-before';

/** What a delivery can be held against: the last known state of a record, or the delivery with the same id. */
export type EarlierChoice = RecordKind | 'delivery-header';

/** One side of a comparison. */
interface Side {
	label: string;
	bytes: Uint8Array;
}

/** What there is to show. */
export type EarlierView =
	| { kind: 'looking'; read: number }
	/** `not-known`: no earlier delivery holds it, of those that are here. `problem`: the receiver did not answer. */
	| { kind: 'nothing'; reason: 'not-known' | 'no-record' | 'problem'; words: string }
	| {
			kind: 'found';
			id: DeliveryId;
			lead: Part[];
			sentences: Part[][];
			/** What is not compared of the record; null where whole bodies are. */
			record: { kind: RecordKind; notItsOwn: readonly string[]; onlyInOneForm: readonly string[] } | null;
			notes: readonly string[];
			/** Null when nothing differs. */
			sides: { left: Side; right: Side } | null;
	  };

const noJson = 'This body is not JSON: no message, conversation or contact can be read from it.';
const nothingToLookFor =
	'so there is no earlier state to look for. Any two deliveries can be compared: press d on one row and on the other.';

/** Looks for an earlier delivery to hold one against, as long as its detail is shown. */
export class EarlierDelivery {
	readonly #inspector: { readonly log: DeliveryLog; readonly api: ApiClient };
	readonly #delivery: Summary;
	readonly #body: Uint8Array;
	#document: Promise<JsonDocument | null> | null = null;
	#choices = $state.raw<readonly EarlierChoice[]>([]);
	#choice = $state<EarlierChoice | null>(null);
	#view = $state.raw<EarlierView>({ kind: 'looking', read: 0 });
	#looking = new AbortController();

	constructor(inspector: { readonly log: DeliveryLog; readonly api: ApiClient }, delivery: Summary, body: Uint8Array) {
		this.#inspector = inspector;
		this.#delivery = delivery;
		this.#body = body;
	}

	/** Those that exist, what the event is about first. */
	get choices(): readonly EarlierChoice[] {
		return this.#choices;
	}

	get choice(): EarlierChoice | null {
		return this.#choice;
	}

	get view(): EarlierView {
		return this.#view;
	}

	/** Looks for what was chosen, or for what the event is about; also again, after more deliveries have come. */
	async look(choice: EarlierChoice | null = this.#choice): Promise<void> {
		this.#looking.abort();
		const looking = new AbortController();
		this.#looking = looking;
		const { signal } = looking;
		try {
			const document = await (this.#document ??= readJson(this.#body));
			if (signal.aborted) return;
			const choices = await this.#existing(document, signal);
			if (!choices) return;
			this.#choices = choices;
			this.#choice = choice !== null && choices.includes(choice) ? choice : (choices[0] ?? null);
			const view = await this.#find(document, this.#choice, signal);
			if (view && !signal.aborted) this.#view = view;
		} catch (error) {
			if (signal.aborted) return;
			// A worker that failed may have more luck the next time.
			this.#document = null;
			const message = error instanceof Error ? error.message : String(error);
			this.#view = nothing('problem', error instanceof ApiProblem ? message : `The body could not be read: ${message}`);
		}
	}

	/** Reads no further. */
	stop(): void {
		this.#looking.abort();
	}

	/** Null when it was stopped. */
	async #existing(document: JsonDocument | null, signal: AbortSignal): Promise<EarlierChoice[] | null> {
		const { log } = this.#inspector;
		const about = document && recordFor(this.#delivery.event, document)?.kind;
		const choices: EarlierChoice[] = about ? [about] : [];
		for (const by of ['conversation', 'contact', 'delivery-header'] as const) {
			if (choices.includes(by)) continue;
			const isShown = by === 'delivery-header' || (document !== null && this.#recordOf(document, by) !== null);
			if (isShown && (await findPrevious(log, this.#delivery, by, signal)) !== null) choices.push(by);
		}
		return signal.aborted ? null : choices;
	}

	/** The record of a kind that the delivery's row names. */
	#recordOf(document: JsonDocument, kind: RecordKind): RecordInBody | null {
		const about = recordFor(this.#delivery.event, document);
		if (about?.kind === kind) return about;
		const { conversationId, contactId } = this.#delivery;
		const id = kind === 'conversation' ? conversationId : kind === 'contact' ? contactId : null;
		return id === null ? null : (placesOf(recordsIn(document), { kind, id })[0] ?? null);
	}

	async #find(
		document: JsonDocument | null,
		choice: EarlierChoice | null,
		signal: AbortSignal,
	): Promise<EarlierView | null> {
		if (choice === 'delivery-header') return this.#findRepeat(signal);
		const record = document && choice && this.#recordOf(document, choice);
		if (!record) return nothing('no-record', document ? noRecordWords(this.#delivery.event) : noJson);
		const known = await findLastKnown({
			log: this.#inspector.log,
			delivery: this.#delivery,
			document,
			record,
			read: (id) => this.#readEarlier(id, signal),
			onprogress: (read) => {
				if (!signal.aborted && this.#view.kind !== 'found') this.#view = { kind: 'looking', read };
			},
			signal,
		});
		if (!known) return null;
		if (known.kind === 'none') return nothing('not-known', noneWords(record, known));
		const compared = comparableRecords(known.before, known.now);
		return {
			kind: 'found',
			id: known.delivery.id,
			lead: leadWords(known, this.#delivery),
			sentences: [...(await this.#statusSentence(record, signal)), ...knownWords(known, this.#delivery, compared)],
			record: { kind: record.kind, notItsOwn: compared.notItsOwn, onlyInOneForm: compared.onlyInOneForm },
			notes: compared.notes,
			sides: this.#sides(known.delivery, compared),
		};
	}

	async #statusSentence(record: RecordInBody, signal: AbortSignal): Promise<Part[][]> {
		if (record.kind !== 'conversation') return [];
		const before = await statusBefore(this.#inspector.log, this.#delivery, signal);
		const words = statusWords(this.#delivery, before);
		return words.length === 0 ? [] : [words];
	}

	/** The whole bodies: a retry repeats every byte. */
	async #findRepeat(signal: AbortSignal): Promise<EarlierView | null> {
		const { log, api } = this.#inspector;
		const id = await findPrevious(log, this.#delivery, 'delivery-header', signal);
		const earlier = id === null ? undefined : log.get(id);
		const body = earlier && (await api.body(earlier.id, signal));
		if (!earlier || !body) return nothing('not-known', 'The earlier delivery with the same id is not here any more.');
		const isEqual = isSameBytes(body, this.#body);
		return {
			kind: 'found',
			id: earlier.id,
			...repeatWords(earlier, this.#delivery, isEqual),
			record: null,
			notes: [],
			sides: isEqual ? null : this.#sides(earlier, { left: body, right: this.#body, isEqual: null }),
		};
	}

	#sides(
		earlier: Summary,
		{ left, right, isEqual }: Pick<ComparableRecords, 'left' | 'right' | 'isEqual'>,
	): { left: Side; right: Side } | null {
		if (isEqual) return null;
		return { left: { label: labelOf(earlier), bytes: left }, right: { label: labelOf(this.#delivery), bytes: right } };
	}

	async #readEarlier(id: DeliveryId, signal: AbortSignal): Promise<JsonDocument | null> {
		const body = await this.#inspector.api.body(id, signal);
		return body && readJson(body);
	}
}

/** Why there is nothing to look for: an event about something else, or one that does not say about which. */
function noRecordWords(event: string | null): string {
	const family = eventFamily(event);
	const isAboutOne = family === 'message' || family === 'conversation' || family === 'contact';
	return isAboutOne
		? `This payload does not say which ${family} it is about, ${nothingToLookFor}`
		: `This event is about no message, conversation or contact, ${nothingToLookFor}`;
}

function nothing(reason: Extract<EarlierView, { kind: 'nothing' }>['reason'], words: string): EarlierView {
	return { kind: 'nothing', reason, words };
}

function labelOf({ id, receivedAt }: Summary): string {
	return `#${id} ${formatClock(receivedAt)}`;
}

/** A large body is read by a worker. */
async function readJson(body: Uint8Array): Promise<JsonDocument | null> {
	const reader = new PayloadReader(body);
	try {
		return (await reader.read())?.document ?? null;
	} finally {
		reader.close();
	}
}

function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
	let at = 0;
	while (at < one.length && one[at] === other[at]) at++;
	return one.length === other.length && at === one.length;
}
