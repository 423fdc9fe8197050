/** One short message that goes by itself, with at most one thing to do about it. */
export interface ToastMessage {
	id: number;
	text: string;
	/** Seconds until it goes. */
	seconds: number;
	action?: { label: string; run: () => void };
}

/**
 * The messages that are shown now, oldest first. The region that shows them counts the seconds down, and
 * waits while the pointer or the focus is on a message.
 */
export class Toasts {
	messages = $state.raw<readonly ToastMessage[]>([]);
	#newestId = 0;

	/** Shows a message, for 6 seconds unless told, and answers its id. More than three push out the oldest. */
	show(text: string, { seconds = 6, action }: { seconds?: number; action?: ToastMessage['action'] } = {}): number {
		this.#newestId += 1;
		const message: ToastMessage = { id: this.#newestId, text, seconds, ...(action && { action }) };
		this.messages = [...this.messages, message].slice(-3);
		return message.id;
	}

	/** Takes a message away. One that has gone already is no mistake. */
	dismiss(id: number): void {
		this.messages = this.messages.filter((message) => message.id !== id);
	}
}
