import { readChangedAttributes, type AttributeChange, type ChangedAttributes } from '../chatwoot/changed-attributes';
import { isCreation, isTimesOnly, ridesAlong } from '../deliveries/change-text';
import { isNull, payloadShape } from '../deliveries/payload-parts';
import type { JsonDocument } from '../json/scan';
import { attributeFacts, attributeFamily } from './attribute-kinds';
import { changeContent, type ChangeContent, type ValueContext } from './attribute-values';
import { KnownNames } from './known-names';
import { noChangesText } from './no-changes-text';

/** All that a body says of what changed, in the order in which it is read. */
export class ChangeList {
	readonly document: JsonDocument;
	readonly read: ChangedAttributes;
	/** In the order sent, what rides along last. */
	readonly changes: readonly AttributeChange[];
	/** How many there are, as the row of the timeline counts them. */
	readonly counted: number;
	/** How many came along with the others. */
	readonly riding: number;
	/** Whether the list is the whole creation of a conversation (ground truth 5.4). */
	readonly isCreation: boolean;
	/** What is to be known before reading the list: that it is noise, or that there is none. */
	readonly words: string | null;
	readonly #context: ValueContext;
	readonly #contents = new Map<AttributeChange, ChangeContent>();

	/** Reads any body; one that is no object lists nothing. `event` as the body names it. */
	constructor(document: JsonDocument, event: string | null) {
		this.document = document;
		this.read = readChangedAttributes(document);
		const { changes, form } = this.read;
		const family = attributeFamily(payloadShape(document, event));
		const counted = changes.filter(({ attribute }) => !ridesAlong(attribute));
		this.changes = [...counted, ...changes.filter(({ attribute }) => ridesAlong(attribute))];
		this.counted = counted.length;
		this.riding = changes.length - counted.length;
		this.isCreation = family === 'conversation' && isCreation(changes.map((change) => birthOf(document, change)));
		this.words = changes.length === 0 ? noChangesText(form, event) : noiseText(event, changes);
		this.#context = { document, family, names: KnownNames.read(document, event), changes };
	}

	/** `6 changes, 2 ride along`; empty without any. */
	get countWords(): string {
		const counted = plural(this.counted, 'change');
		if (this.riding === 0) return this.counted === 0 ? '' : counted;
		return `${counted}, ${this.riding} ${this.riding === 1 ? 'rides' : 'ride'} along`;
	}

	/** What stands for the whole list of a creation, until it is opened. */
	get creationWords(): string {
		return `The whole creation: ${plural(this.counted, 'attribute')}, from nothing`;
	}

	/** How a change is shown; worked out when it is first asked for. */
	contentOf(change: AttributeChange): ChangeContent {
		const known = this.#contents.get(change);
		if (known) return known;
		const content = changeContent(this.#context, change);
		this.#contents.set(change, content);
		return content;
	}

	/** Whether an attribute's value is one of the conversation's four. */
	isStatus(change: AttributeChange): boolean {
		return attributeFacts(this.#context.family, change.attribute).kind === 'status';
	}
}

/** As much of a change as tells whether it is a birth. */
function birthOf(document: JsonDocument, { attribute, previous, current }: AttributeChange) {
	return {
		attribute,
		previous: isNull(document, previous) ? 'null' : null,
		current: isNull(document, current) ? 'null' : '',
	};
}

const timesOnly = 'Only times changed: nothing that people did.';

/** What an update is that nobody made; null for any other. Source: ground truth 5.3. */
function noiseText(event: string | null, changes: readonly AttributeChange[]): string | null {
	const names = new Set(changes.map(({ attribute }) => attribute));
	names.delete('updated_at');
	const isOnly = (name: string) => names.size === 1 && names.has(name);
	if (isTimesOnly(changes)) {
		if (event === 'contact_updated' && isOnly('last_activity_at')) {
			return `${timesOnly} Chatwoot sends this after every incoming message of a contact.`;
		}
		if (event === 'conversation_updated' && isOnly('waiting_since')) {
			return `${timesOnly} The waiting clock starts and stops with messages.`;
		}
		return timesOnly;
	}
	if (event !== 'conversation_updated' || !isOnly('additional_attributes')) return null;
	return 'Nothing that people did: Chatwoot noticed the language, or the state of a call.';
}

function plural(count: number, word: string): string {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}
