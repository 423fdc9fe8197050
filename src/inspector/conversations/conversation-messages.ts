import type { ValueChange } from '../../changes/conversation-state';
import type { DeliveryId } from '../../deliveries/delivery';

/** Whose deliveries are read. */
export interface ReadConversation {
	/** `document.baseURI`: a worker's own is that of its script. */
	base: string;
	/** The way to a receiver that the worker's own `fetch` does not reach; null where it does. */
	port: MessagePort | null;
	endpoint: string;
	conversationId: number;
	accountId: number | null;
	/** Whether a delivery that names no account, or another one, is of it too. */
	isAlone: boolean;
}

/** What the page asks of the worker of one conversation. */
export type ConversationRequest =
	/** Once, first. */
	| { task: 'open'; conversation: ReadConversation }
	/** All deliveries that have not been read yet, from the oldest on. */
	| { task: 'read' }
	/** One delivery out of turn; of several the last one counts. */
	| { task: 'look'; id: DeliveryId };

/** What the worker answers. `failure` is a sentence. */
export type ConversationAnswer =
	/** In order of the deliveries: what those up to `through` have changed, and how many have been read. */
	| { task: 'changes'; changes: ValueChange[]; through: DeliveryId; count: number }
	/** Everything that was there has been read. */
	| { task: 'complete' }
	/** What the body of this delivery alone shows. */
	| { task: 'look'; id: DeliveryId; changes: ValueChange[] }
	| { task: 'failure'; failure: string };
