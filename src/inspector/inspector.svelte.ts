import { createContext } from 'svelte';
import type { ChainRemark } from '../changes/chain-remarks';
import { isSameConversation } from '../changes/same-conversation';
import type { ReceiverSettings, StoreStatus, Summary } from '../deliveries/api';
import type { DeliveryId } from '../deliveries/delivery';
import { DeliveryLog } from '../deliveries/log';
import { firstView, type DetailTab, type Panel, type View } from './address';
import { ApiProblem, type ApiClient, type StreamMessage } from './api-client';
import { ChainFollower } from './chain-follower';
import type { FeedListener, Interruption, Link } from './feed';
import { PayloadReader } from './detail/payload/payload-reader';
import { startPayloadWorker } from './detail/payload/start-payload-worker';
import { KeptWorkers } from './kept-workers';
import { OpenDelivery } from './open-delivery.svelte';
import { placeRemarks, TimelineRows } from './timeline/timeline-rows';

const mostInterruptions = 50;
/** A list that keeps differing from the store is not read more often than this. */
const reloadAtMostEvery = 2_000;

/** A text from elsewhere that is to be checked. */
export interface OfferedText {
	name: string;
	text: string;
}

/** What the page knows and what the person has chosen: the log, the link, the selection, the view. */
export class Inspector implements FeedListener {
	readonly api: ApiClient;
	readonly opened: OpenDelivery<PayloadReader>;
	/** Not reactive itself: whoever reads it reads `revision` too, as `rows` does. */
	readonly log = new DeliveryLog();

	readonly #workers = new KeptWorkers(startPayloadWorker);
	/** Grows with each change of the log. */
	#revision = $state(0);
	/** Grows with each remark of the chain that comes or goes. */
	#chainRevision = $state(0);
	readonly #chain = new ChainFollower(this.log, () => this.#chainRevision++);
	#link = $state.raw<Link>({ kind: 'connecting' });
	#status = $state.raw<StoreStatus | null>(null);
	#settings = $state.raw<ReceiverSettings | null>(null);
	#interruptions = $state.raw<readonly Interruption[]>([]);
	#hasOlder = $state(true);
	#olderProblem = $state<string | null>(null);
	#pausedAt = $state<DeliveryId | null>(null);
	#hasCleared = $state(false);
	#selected = $state.raw<ReadonlySet<DeliveryId>>(new Set());
	#activeId = $state<DeliveryId | null>(null);
	#openedPanels = $state.raw<ReadonlySet<Panel>>(new Set([firstView.panel]));
	#panel = $state<Panel>(firstView.panel);
	#selectedFrom: DeliveryId | null = null;
	/** The newest delivery that was ever heard of, cleared or not. */
	#newestHeardOf = 0;
	#reloadedAt = 0;
	#shown: { after: DeliveryId; limit: number } | null = null;

	/** What the open panel keeps in the address; the deliveries keep nothing here. */
	panelQuery = $state(firstView.query);
	tab = $state<DetailTab>(firstView.tab);
	/** The delivery that is marked for comparison with the next one. */
	marked = $state<DeliveryId | null>(null);
	/** A delivery that is to be put on screen as soon as it is in the list. */
	sought = $state<DeliveryId | null>(null);
	/** A text that Validate takes when it is shown, and what it is called. */
	offered = $state.raw<OfferedText | null>(null);
	/** Whether the timeline sticks to its newest row. */
	follow = $state(true);
	/** Reads the whole list anew; set by whoever runs the feed. */
	reload: () => void = () => undefined;

	readonly #remarkRows = $derived.by(() => {
		void this.#chainRevision;
		return placeRemarks(this.#interruptions, this.#chain.gaps);
	});
	readonly rows = $derived.by(() => {
		void this.#revision;
		return new TimelineRows(this.log, this.shownCount, this.#remarkRows);
	});
	/** How many deliveries the timeline shows; fewer than there are while it is paused. */
	readonly shownCount = $derived.by(() => {
		void this.#revision;
		return this.#pausedAt === null ? this.log.size : this.log.indexAfter(this.#pausedAt);
	});
	readonly newWhilePaused = $derived.by(() => {
		void this.#revision;
		return this.log.size - this.shownCount;
	});

	constructor(api: ApiClient) {
		this.api = api;
		const workers = this.#workers;
		this.opened = new OpenDelivery(
			api,
			(body, patience) => PayloadReader.open(body, workers, patience),
			(id) => PayloadReader.prepare(this.log.get(id)?.size ?? 0, workers),
		);
	}

	get revision(): number {
		return this.#revision;
	}

	get link(): Link {
		return this.#link;
	}

	/** What the store holds; null until it was heard of. */
	get status(): StoreStatus | null {
		return this.#status;
	}

	/** The newest delivery that was ever heard of, also when it was cleared since; null before the first one. */
	get newestKnown(): DeliveryId | null {
		void this.#revision;
		return this.#status?.newest ?? (this.#newestHeardOf || null);
	}

	get settings(): ReceiverSettings | null {
		return this.#settings;
	}

	/** Whether older deliveries are still on their way. */
	get hasOlder(): boolean {
		return this.#hasOlder;
	}

	/** Why the older deliveries can't be read, in the store's words. */
	get olderProblem(): string | null {
		return this.#olderProblem;
	}

	get isPaused(): boolean {
		return this.#pausedAt !== null;
	}

	/** The newest delivery that a paused timeline shows; 0 when there was none. */
	get pausedAt(): DeliveryId | null {
		return this.#pausedAt;
	}

	/** Whether the list was cleared from this page since something was shown. */
	get hasCleared(): boolean {
		return this.#hasCleared;
	}

	get selected(): ReadonlySet<DeliveryId> {
		return this.#selected;
	}

	/** What the chain of its conversation says of a delivery: missed, sent twice, overtaken, contradicting itself. */
	remarksOf(id: DeliveryId): readonly ChainRemark[] {
		void this.#chainRevision;
		return this.#chain.remarksOf(id);
	}

	/** Deliveries before which one is missing, ascending. */
	get gaps(): readonly DeliveryId[] {
		void this.#chainRevision;
		return this.#chain.gaps;
	}

	/** The delivery that the keyboard is on. */
	get activeId(): DeliveryId | null {
		return this.#activeId;
	}

	get isDetailOpen(): boolean {
		return this.opened.id !== null;
	}

	get panel(): Panel {
		return this.#panel;
	}

	/** Panels that were open once: they stay as they were left. */
	get openedPanels(): ReadonlySet<Panel> {
		return this.#openedPanels;
	}

	get view(): View {
		return { panel: this.panel, id: this.opened.id, tab: this.tab, query: this.panelQuery };
	}

	/** Shows what an address says. What another panel had open stays as it is. */
	show({ panel, id, tab, query }: View): void {
		this.showPanel(panel);
		this.panelQuery = query;
		if (panel !== 'deliveries') return;
		this.tab = tab;
		// What is open already stays where it was left, as on the way back from another panel.
		if (id === this.opened.id) return;
		this.opened.open(id);
		if (id !== null) this.#seek(id);
	}

	/** Goes to another panel, as it was left. */
	showPanel(panel: Panel): void {
		if (panel === this.#panel) return;
		this.#panel = panel;
		this.panelQuery = firstView.query;
		if (!this.#openedPanels.has(panel)) this.#openedPanels = new Set([...this.#openedPanels, panel]);
	}

	/** Goes to a delivery in the list and opens its detail; one that is gone says so there. */
	showDelivery(id: DeliveryId, tab: DetailTab = this.tab): void {
		this.showPanel('deliveries');
		this.tab = tab;
		this.opened.open(id);
		this.#seek(id);
	}

	/** Compares two deliveries in their own panel, the older one on the left. */
	compare(one: DeliveryId, other: DeliveryId): void {
		this.openPanel('compare', `left=${Math.min(one, other)}&right=${Math.max(one, other)}`);
	}

	/** Goes to another panel and tells it what to show, in the words that its address uses. */
	openPanel(panel: Panel, query: string): void {
		this.showPanel(panel);
		this.panelQuery = query;
	}

	/** Goes to Validate and has it check a text. */
	offer(offered: OfferedText): void {
		this.offered = offered;
		this.showPanel('validate');
	}

	/** Loads what never changes while the page is open. */
	async loadSettings(): Promise<void> {
		try {
			this.#settings = await this.api.settings();
		} catch (error) {
			// The feed asks the same receiver and says what is wrong.
			if (!(error instanceof ApiProblem)) throw error;
		}
	}

	pause(): void {
		this.#pausedAt = this.log.newestId ?? 0;
	}

	resume(): void {
		this.#pausedAt = null;
	}

	/** Selects a delivery: alone, in addition, or all from the last one selected. */
	select(id: DeliveryId, { extend = false, toggle = false } = {}): void {
		if (extend && this.#selectedFrom !== null) {
			this.#selected = this.#between(this.#selectedFrom, id);
			this.#activeId = id;
		} else if (toggle) {
			const selected = new Set(this.#selected);
			if (!selected.delete(id)) selected.add(id);
			this.#selected = selected;
			this.#activeId = id;
			this.#selectedFrom = id;
		} else this.#choose(id);
		// The open detail goes along with the one selected row.
		if (this.isDetailOpen && this.#selected.size === 1) this.opened.open(id);
	}

	selectAll(): void {
		const last = this.shownCount - 1;
		if (last < 0) return;
		this.#selected = this.#between(this.log.idAt(0), this.log.idAt(last));
		this.#activeId ??= this.log.idAt(last);
	}

	unselect(): void {
		this.#selected = new Set();
		this.#activeId = null;
		this.#selectedFrom = null;
	}

	openDetail(id: DeliveryId): void {
		if (!this.#selected.has(id)) this.#choose(id);
		this.opened.open(id);
	}

	closeDetail(): void {
		this.opened.open(null);
	}

	/** Lets go of all that is open, for good. */
	close(): void {
		this.closeDetail();
		this.#workers.close();
	}

	/** The next (1) or previous (-1) delivery of the conversation that the active one belongs to; null when there is none. */
	neighbourInConversation(step: 1 | -1): DeliveryId | null {
		const from = this.#activeId === null ? -1 : this.log.indexOf(this.#activeId);
		if (from === -1) return null;
		const { log } = this;
		const own = log.read(from);
		if (own.conversationId === null) return null;
		for (let index = from + step; index >= 0 && index < this.shownCount; index += step) {
			if (log.value(index, 'conversationId') !== own.conversationId) continue;
			const other = log.read(index);
			if (isSameConversation(own, other)) return other.id;
		}
		return null;
	}

	/** Clears what is shown. Resolves to what a person can undo, null when there was nothing. */
	async clear(): Promise<{ cleared: number; undoUntil: number } | null> {
		const through = this.shownCount === 0 ? null : this.log.idAt(this.shownCount - 1);
		if (through === null) return null;
		const result = await this.api.clear(through);
		this.log.keepOnly((index) => this.log.idAt(index) > through || this.log.value(index, 'isPinned'));
		this.#hasCleared = true;
		this.#interruptions = [];
		this.#chain.forgetAll();
		if (this.opened.id !== null && this.log.indexOf(this.opened.id) === -1) this.closeDetail();
		if (this.#activeId !== null && this.log.indexOf(this.#activeId) === -1) this.unselect();
		this.#revision++;
		return result;
	}

	/** Answers how many deliveries are back: none when it was too late. */
	async undoClear(): Promise<number> {
		const restored = await this.api.restore();
		if (restored === 0) return 0;
		this.#hasCleared = false;
		this.reload();
		return restored;
	}

	async togglePin(id: DeliveryId): Promise<void> {
		const summary = this.log.get(id);
		if (!summary) return;
		this.#update(await this.api.setPinned(id, !summary.state.isPinned));
		this.#revision++;
	}

	/** Told by the timeline: the rows on screen. */
	setShown(first: number, end: number): void {
		const logIndex = Math.max(0, Math.min(first, this.shownCount - 1));
		this.#shown =
			this.shownCount === 0 ? null : { after: this.log.idAt(logIndex) - 1, limit: Math.max(1, end - first) };
	}

	// What the feed brings.

	reset(): void {
		this.log.clear();
		this.#chain.wait();
		this.#hasOlder = true;
		this.#olderProblem = null;
		this.#interruptions = [];
		this.#revision++;
	}

	receive(messages: readonly StreamMessage[]): void {
		const arrived = new Map<DeliveryId, Summary>();
		const append = () => {
			if (arrived.size > 0) this.log.append([...arrived.values()]);
			arrived.clear();
		};
		let status: StoreStatus | null = null;
		for (const message of messages) {
			if (message.type === 'store') {
				status = message.status;
				// Only the last one counts, but nothing from before an empty store may be left.
				if (status.oldest !== null) continue;
				append();
				this.#compare(status);
			} else if (message.type === 'delivery') {
				const { id } = message.summary;
				if (id > (this.log.newestId ?? 0)) arrived.set(id, message.summary);
				this.#newestHeardOf = Math.max(this.#newestHeardOf, id);
			} else if (arrived.has(message.summary.id)) {
				// An answer follows so closely that most of them come along with their delivery.
				arrived.set(message.summary.id, message.summary);
				this.#refreshIfOpen(message.summary.id);
			} else this.#update(message.summary);
		}
		append();
		if (status !== null && status.oldest !== null) this.#compare(status);
		this.#chain.follow();
		this.#revision++;
	}

	receiveOlder(summaries: readonly Summary[], isComplete: boolean): void {
		this.log.prepend(summaries);
		this.#hasOlder = !isComplete;
		this.#olderProblem = null;
		if (isComplete) this.#chain.restart();
		this.#revision++;
	}

	olderFailed(message: string): void {
		this.#olderProblem = message;
	}

	setLink(link: Link): void {
		const isBack = isUp(link) && !isUp(this.#link);
		this.#link = link;
		if (isBack && this.opened.problem !== null) this.opened.retry();
	}

	interrupted(interruption: Interruption): void {
		if (interruption.filledIn === 0 || interruption.afterId === 0) return;
		this.#interruptions = [...this.#interruptions, interruption].slice(-mostInterruptions);
	}

	shown(): { after: DeliveryId; limit: number } | null {
		return this.#shown;
	}

	/** The caller says that the log has changed: once for a burst, since all that is drawn hears of it. */
	#update(summary: Summary): void {
		const index = this.log.indexOf(summary.id);
		// Derived anew by newer rules; all that comes before and after is too, one by one.
		if (index !== -1 && this.log.value(index, 'version') !== summary.version) this.#chain.restartSoon();
		this.log.update(summary);
		this.#refreshIfOpen(summary.id);
	}

	#refreshIfOpen(id: DeliveryId): void {
		if (id === this.opened.id) void this.opened.refresh();
	}

	/** Makes the log hold what the store holds: other tabs clear and undo, limits drop. */
	#compare(status: StoreStatus): void {
		const dropped = status.dropped - (this.#status?.dropped ?? status.dropped);
		this.#status = status;
		const sizeBefore = this.log.size;
		if (status.oldest === null) this.log.clear();
		else this.log.dropBefore(status.oldest);
		if (dropped > 0) this.#dropOldestUnpinned(this.log.size - status.count);
		if (this.log.size < sizeBefore) this.#forgetInChain(status);
		// What the stream is still going to bring is no difference.
		const isUpToDate = !this.#hasOlder && (status.newest ?? 0) <= this.#newestHeardOf;
		const isDue = isUpToDate && status.count !== this.log.size;
		const now = Date.now();
		if (!isDue || now - this.#reloadedAt < reloadAtMostEvery) return;
		this.#reloadedAt = now;
		this.reload();
	}

	#forgetInChain({ oldest }: StoreStatus): void {
		if (oldest === null) this.#chain.forgetAll();
		else this.#chain.forgetGone();
	}

	/** As the store does it: pinned ones stay, wherever they are. */
	#dropOldestUnpinned(count: number): void {
		let excess = this.#hasOlder ? 0 : count;
		if (excess > 0) this.log.keepOnly((index) => excess <= 0 || this.log.value(index, 'isPinned') || excess-- <= 0);
	}

	#seek(id: DeliveryId): void {
		this.#choose(id);
		this.follow = false;
		this.sought = id;
	}

	#choose(id: DeliveryId): void {
		this.#selected = new Set([id]);
		this.#activeId = id;
		this.#selectedFrom = id;
	}

	#between(one: DeliveryId, other: DeliveryId): Set<DeliveryId> {
		const first = this.log.indexAfter(Math.min(one, other) - 1);
		const end = Math.min(this.shownCount, this.log.indexAfter(Math.max(one, other)));
		const selected = new Set<DeliveryId>();
		for (let index = first; index < end; index++) selected.add(this.log.idAt(index));
		return selected;
	}
}

function isUp({ kind }: Link): boolean {
	return kind === 'live' || kind === 'asking';
}

export const [getInspector, setInspector] = createContext<Inspector>();
