import { ConversationHistory } from '../../changes/conversation-history';
import type { ValueChange } from '../../changes/conversation-state';
import type { DeliveryId } from '../../deliveries/delivery';
import type { ConversationAnswer, ConversationRequest, ReadConversation } from './conversation-messages';

/**
 * What the bodies of one conversation say, read in a worker from the oldest on, as soon as it is told to begin. Before
 * and meanwhile one delivery can be looked at out of turn. Whoever makes it closes it.
 */
export class ConversationReading {
	/** Not reactive itself: whoever reads it reads `revision` too. */
	readonly history = new ConversationHistory();
	readonly #worker: Worker;
	#revision = $state(0);
	#count = $state(0);
	#isComplete = $state(false);
	#problem = $state<string | null>(null);
	#looked = $state.raw<{ id: DeliveryId; changes: readonly ValueChange[] } | null>(null);
	#through: DeliveryId = 0;
	#hasBegun = false;

	constructor(worker: Worker, conversation: ReadConversation) {
		this.#worker = worker;
		worker.onmessage = ({ data }: MessageEvent<ConversationAnswer>) => this.#receive(data);
		worker.onerror = () => (this.#problem = 'The worker that reads the bodies has failed.');
		const request: ConversationRequest = { task: 'open', conversation };
		worker.postMessage(request, conversation.port === null ? [] : [conversation.port]);
	}

	/** Begins to read, once. */
	begin(): void {
		if (!this.#hasBegun) this.#ask({ task: 'read' });
		this.#hasBegun = true;
	}

	/** Grows with each change of the history. */
	get revision(): number {
		return this.#revision;
	}

	/** How many deliveries have been read. */
	get count(): number {
		return this.#count;
	}

	/** Whether all that was there has been read; it stays so while later ones are fetched. */
	get isComplete(): boolean {
		return this.#isComplete;
	}

	/** Why the bodies could not be read, in a sentence. */
	get problem(): string | null {
		return this.#problem;
	}

	/** The newest delivery that has been read. */
	get through(): DeliveryId {
		void this.#revision;
		return this.#through;
	}

	/** What the delivery that was looked at last shows; null before. */
	get looked(): { id: DeliveryId; changes: readonly ValueChange[] } | null {
		return this.#looked;
	}

	/** Reads what has arrived since. */
	more(): void {
		this.#problem = null;
		this.#ask({ task: 'read' });
	}

	/** Reads one delivery out of turn. */
	look(id: DeliveryId): void {
		if (id !== this.#looked?.id) this.#ask({ task: 'look', id });
	}

	close(): void {
		this.#worker.terminate();
	}

	#ask(request: ConversationRequest): void {
		this.#worker.postMessage(request);
	}

	#receive(answer: ConversationAnswer): void {
		if (answer.task === 'changes') {
			this.history.add(answer.changes);
			this.#through = answer.through;
			this.#count = answer.count;
			this.#revision++;
		} else if (answer.task === 'complete') this.#isComplete = true;
		else if (answer.task === 'look') this.#looked = { id: answer.id, changes: answer.changes };
		else this.#problem = answer.failure;
	}
}
