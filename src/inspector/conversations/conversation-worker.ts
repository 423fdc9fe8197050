import { ConversationReader, type ValueChange } from '../../changes/conversation-state';
import type { ApiError, WholeDelivery } from '../../deliveries/api';
import type { DeliveryId } from '../../deliveries/delivery';
import { wholeBody } from '../../deliveries/whole-delivery';
import { scanJson } from '../../json/scan';
import { PortFetch } from '../port-fetch';
import type { ConversationAnswer, ConversationRequest, ReadConversation } from './conversation-messages';
import { readLines } from './read-lines';

/** Changes that the page takes at once without a frame being late. */
const mostAtOnce = 400;

/** The worker of one conversation: fetches its deliveries, reads their bodies, and keeps none of them. */
const reader = new ConversationReader();
let conversation: ReadConversation | null = null;
let receiver: Pick<PortFetch, 'fetch'> = { fetch: (url, init) => fetch(url, init) };
let last: DeliveryId = 0;
let count = 0;
let isReading = false;
let hasMore = false;
let looked: AbortController | null = null;

addEventListener('message', ({ data }: MessageEvent<ConversationRequest>) => {
	if (data.task === 'look') return void look(data.id);
	if (data.task === 'open') {
		conversation = data.conversation;
		if (conversation.port !== null) receiver = new PortFetch(conversation.port);
		return;
	}
	hasMore = true;
	if (!isReading) void read();
});

async function read(): Promise<void> {
	isReading = true;
	try {
		while (hasMore) {
			hasMore = false;
			await readAll();
			post({ task: 'complete' });
		}
	} catch (error) {
		post({ task: 'failure', failure: error instanceof Error ? error.message : String(error) });
	} finally {
		isReading = false;
	}
}

async function readAll(): Promise<void> {
	const { endpoint, conversationId, accountId, isAlone } = conversation!;
	const query = new URLSearchParams({
		conversation: String(conversationId),
		endpoint,
		bodies: '1',
		after: String(last),
	});
	if (accountId !== null) query.set('account', String(accountId));
	const response = await ask(`api/deliveries?${query.toString()}`);
	let changes: ValueChange[] = [];
	const hand = () => {
		if (last > 0) post({ task: 'changes', changes, through: last, count });
		changes = [];
	};
	for await (const line of readLines(response.body!)) {
		const whole = JSON.parse(line) as WholeDelivery;
		last = whole.id;
		if (!isAlone && whole.accountId !== accountId) continue;
		count++;
		changes.push(...changesOf(reader, whole.id, whole.event, wholeBody(whole)));
		if (changes.length >= mostAtOnce || count % 100 === 0) hand();
	}
	hand();
}

/** The newest look alone is answered: a cursor that is dragged leaves the others behind. */
async function look(id: DeliveryId): Promise<void> {
	looked?.abort();
	looked = new AbortController();
	const { signal } = looked;
	try {
		const response = await ask(`api/deliveries/${id}/body`, signal);
		const changes = changesOf(new ConversationReader(), id, null, new Uint8Array(await response.arrayBuffer()));
		if (!signal.aborted) post({ task: 'look', id, changes });
	} catch {
		// It may be gone; what is read of the others tells.
	}
}

function changesOf(from: ConversationReader, id: DeliveryId, event: string | null, body: Uint8Array): ValueChange[] {
	const scan = scanJson(body);
	return scan.ok ? from.read(id, event, scan.document) : [];
}

async function ask(path: string, signal?: AbortSignal): Promise<Response> {
	const init: RequestInit = { credentials: 'same-origin', ...(signal && { signal }) };
	const response = await receiver.fetch(new URL(path, conversation!.base), init).catch(() => {
		throw new Error('The receiver does not answer.');
	});
	if (response.headers.get('x-inspector') === null) throw new Error('There is no receiver behind this page.');
	if (response.ok) return response;
	const { error } = (await response.json().catch(() => ({}))) as Partial<ApiError>;
	throw new Error(error?.message ?? `The receiver answered with ${response.status}.`);
}

function post(message: ConversationAnswer): void {
	postMessage(message);
}
