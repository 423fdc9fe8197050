import type { DeliveryId } from '../../deliveries/delivery';
import type { Inspector } from '../inspector.svelte';
import { ConversationIndex, type KnownConversation } from './conversation-index';

/** How long one task of the index may take; the browser has frames to draw. */
const sliceMilliseconds = 6;
/** While the index is made, the list is made anew no more often than this. */
const listEveryMilliseconds = 250;

/** The conversations of the log, kept up to date while the panel is in sight, a little in each task. */
export class ConversationList {
	readonly #inspector: Inspector;
	readonly #index: ConversationIndex;
	#conversations = $state.raw<readonly KnownConversation[]>([]);
	#isComplete = $state(false);
	#timer: ReturnType<typeof setTimeout> | undefined;
	#listedVersion = -1;
	#listedAt = -Infinity;

	constructor(inspector: Inspector) {
		this.#inspector = inspector;
		this.#index = new ConversationIndex(inspector.log);
	}

	/** Newest first. */
	get conversations(): readonly KnownConversation[] {
		return this.#conversations;
	}

	/** Whether every delivery of the log has been looked at. */
	get isComplete(): boolean {
		return this.#isComplete;
	}

	/** By inbox a delivery whose body names it. */
	get inboxMessages(): ReadonlyMap<string, DeliveryId> {
		return this.#index.inboxMessages;
	}

	/** The deliveries of a conversation, ascending. */
	idsOf(conversation: KnownConversation): DeliveryId[] {
		return this.#index.idsOf(conversation);
	}

	/** The log has changed: works until the list is up to date again. */
	refresh(): void {
		if (this.#timer === undefined) this.#work();
	}

	/** Works no more, until it is asked again. */
	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#work(): void {
		this.#timer = undefined;
		const until = performance.now() + sliceMilliseconds;
		const isDone = this.#index.work(this.#inspector.shownCount, () => performance.now() > until);
		this.#list(isDone);
		if (!isDone) this.#timer = setTimeout(() => this.#work());
	}

	#list(isDone: boolean): void {
		const { version } = this.#index;
		const now = performance.now();
		const isDue = isDone || this.#listedVersion === -1 || now - this.#listedAt > listEveryMilliseconds;
		if (isDue && version !== this.#listedVersion) {
			this.#conversations = this.#index.list();
			this.#listedVersion = version;
			this.#listedAt = now;
		}
		this.#isComplete = isDone;
	}
}
