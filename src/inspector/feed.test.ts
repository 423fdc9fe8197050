import { expect, onTestFinished, test, vi } from 'vitest';
import { delivery } from '../../test/deliveries';
import type { Summary } from '../deliveries/api';
import { MemoryStore } from '../receiver/memory-store';
import { createReceiver } from '../receiver/receiver';
import { StoreError } from '../receiver/store';
import { ApiClient, type StreamMessage } from './api-client';
import { Feed, type FeedListener, type Interruption, type Link, type Surroundings } from './feed';

const keep = { count: 10_000, bytes: 1e9, ageMilliseconds: null };

/** A list that only remembers what the feed brought. */
class Recorder implements FeedListener {
	ids: number[] = [];
	/** How many deliveries came at once, each time that some came. */
	bursts: number[] = [];
	links: Link[] = [];
	interruptions: Interruption[] = [];
	updates: Summary[] = [];
	isComplete = false;
	olderProblem: string | null = null;

	reset(): void {
		this.ids = [];
	}

	receive(messages: readonly StreamMessage[]): void {
		const count = messages.filter(({ type }) => type === 'delivery').length;
		if (count > 0) this.bursts.push(count);
		for (const message of messages) {
			if (message.type === 'delivery') this.ids.push(message.summary.id);
			if (message.type === 'update') this.updates.push(message.summary);
		}
	}

	receiveOlder(summaries: readonly Summary[], isComplete: boolean): void {
		this.ids.unshift(...summaries.map(({ id }) => id));
		this.isComplete = isComplete;
	}

	olderFailed(message: string): void {
		this.olderProblem = message;
	}

	setLink(link: Link): void {
		if (link.kind !== this.links.at(-1)?.kind) this.links.push(link);
	}

	interrupted(interruption: Interruption): void {
		this.interruptions.push(interruption);
	}

	shown(): { after: number; limit: number } | null {
		return { after: 0, limit: 5 };
	}

	get link(): string | undefined {
		return this.links.at(-1)?.kind;
	}
}

/** A tab and a network that a test can change. */
class World {
	store = new MemoryStore({ keep });
	receiver = this.#newReceiver();
	isNetworkUp = true;
	isHidden = false;
	slotsLeft = 1;
	/** When the next frame begins. */
	frame = Promise.resolve();
	/** Answers of the stream are kept back until the end, as a buffering proxy does. */
	holdsBack = false;
	requests: string[] = [];
	readonly recorder = new Recorder();
	#onChange: () => void = () => undefined;

	readonly #surroundings: Surroundings = {
		isHidden: () => this.isHidden,
		onChange: (callback) => {
			this.#onChange = callback;
			return () => undefined;
		},
		slots: {
			take: () => {
				if (this.slotsLeft === 0) return Promise.resolve(null);
				this.slotsLeft--;
				return Promise.resolve(() => void this.slotsLeft++);
			},
		},
		frame: () => this.frame,
		now: Date.now,
	};
	readonly feed = new Feed(
		new ApiClient('http://inspector.test/', (url, init) => this.#fetch(url, init)),
		this.recorder,
		this.#surroundings,
	);

	async append(count: number): Promise<void> {
		for (let i = 0; i < count; i++) await this.store.append(delivery());
	}

	hide(isHidden: boolean): void {
		this.isHidden = isHidden;
		this.#onChange();
	}

	/** As a restart does: open streams end, and nobody answers until `comesBack`. */
	goesDown(): void {
		this.isNetworkUp = false;
		this.receiver.close();
	}

	comesBack(): void {
		this.receiver = this.#newReceiver();
		this.isNetworkUp = true;
		this.#onChange();
	}

	#newReceiver() {
		return createReceiver({ store: this.store, endpoints: ['main'], keep, bodyLimitBytes: 1e6 });
	}

	async #fetch(url: URL, init?: RequestInit): Promise<Response> {
		this.requests.push(url.pathname + url.search);
		if (!this.isNetworkUp) throw new TypeError('Failed to fetch');
		if (this.holdsBack && url.pathname === '/api/stream') {
			return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
		}
		return this.receiver.fetch(new Request(url, init));
	}
}

async function withWorld(work: (world: World) => Promise<void>): Promise<void> {
	const world = new World();
	let stop = () => {};
	world.feed.start = (
		(start) => () =>
			(stop = start.call(world.feed))
	)(world.feed.start);
	try {
		await work(world);
	} finally {
		stop();
		world.receiver.close();
	}
}

/** From here on the time of this test only passes when it is told to. */
function holdTime(): void {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
	onTestFinished(() => void vi.useRealTimers());
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('everything that the store holds arrives, the newest page first, and then what is new', () =>
	withWorld(async (world) => {
		await world.append(1700);
		world.feed.start();
		await expect.poll(() => world.recorder.isComplete).toBe(true);
		expect(world.recorder.ids).toEqual(upTo(1700));
		await expect.poll(() => world.recorder.link).toBe('live');
		await world.append(3);
		await expect.poll(() => world.recorder.ids.length).toBe(1703);
		expect(world.recorder.ids).toEqual(upTo(1703));
	}));

test('where the store cannot read the older ones any more it is told, and new ones arrive all the same', () =>
	withWorld(async (world) => {
		await world.append(600);
		const listText = world.store.listText.bind(world.store);
		world.store.listText = (range) =>
			range.before === undefined ? listText(range) : Promise.reject(new StoreError('The file is damaged.'));
		world.feed.start();
		await expect.poll(() => world.recorder.olderProblem).toBe('The file is damaged.');
		await expect.poll(() => world.recorder.link).toBe('live');
		await world.append(1);
		await expect.poll(() => world.recorder.ids.at(-1)).toBe(601);
		expect(world.recorder.isComplete).toBe(false);
	}));

test('a receiver that goes away and comes back leaves no gap and no repeat, and the interruption is told', () =>
	withWorld(async (world) => {
		await world.append(2);
		world.feed.start();
		await expect.poll(() => world.recorder.link).toBe('live');
		world.goesDown();
		await expect.poll(() => world.recorder.link).toBe('down');
		await world.append(4);
		world.comesBack();
		await expect.poll(() => world.recorder.interruptions.length).toBe(1);
		expect(world.recorder.ids).toEqual(upTo(6));
		expect(world.recorder.interruptions[0]).toMatchObject({ afterId: 2, filledIn: 4 });
		expect(world.recorder.link).toBe('live');
		// States may have changed unheard: those on screen were asked for again.
		expect(world.recorder.updates.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
	}));

test('what arrives between two frames is taken in together, when the next one begins', () =>
	withWorld(async (world) => {
		world.feed.start();
		await expect.poll(() => world.recorder.link).toBe('live');
		let draw: () => void = () => undefined;
		world.frame = new Promise((resolve) => (draw = resolve));
		for (let i = 0; i < 3; i++) {
			await world.append(1);
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		expect(world.recorder.ids).toEqual([]);
		draw();
		await expect.poll(() => world.recorder.ids).toEqual(upTo(3));
		expect(world.recorder.bursts).toEqual([3]);
	}));

test('what arrived before a stream broke off is in the list, drawn or not', () =>
	withWorld(async (world) => {
		world.feed.start();
		await expect.poll(() => world.recorder.link).toBe('live');
		world.frame = new Promise(() => undefined);
		await world.append(2);
		await new Promise((resolve) => setTimeout(resolve, 5));
		world.goesDown();
		await expect.poll(() => world.recorder.link).toBe('down');
		expect(world.recorder.ids).toEqual(upTo(2));
	}));

test('a hidden tab lets go of its stream and takes up where it was', () =>
	withWorld(async (world) => {
		await world.append(1);
		world.feed.start();
		await expect.poll(() => world.recorder.link).toBe('live');
		world.hide(true);
		await expect.poll(() => world.recorder.link).toBe('resting');
		expect(world.slotsLeft).toBe(1);
		await world.append(2);
		world.hide(false);
		await expect.poll(() => world.recorder.ids).toEqual([1, 2, 3]);
		expect(world.recorder.link).toBe('live');
		expect(world.recorder.interruptions).toEqual([]);
	}));

test('a tab without a place for a stream asks the list, and says so', () => {
	holdTime();
	return withWorld(async (world) => {
		world.slotsLeft = 0;
		await world.append(2);
		world.feed.start();
		await expect.poll(() => world.recorder.link).toBe('asking');
		expect(world.recorder.links.at(-1)).toEqual({ kind: 'asking', why: 'many-tabs' });
		await world.append(1);
		await vi.advanceTimersByTimeAsync(2_000);
		await expect.poll(() => world.recorder.ids).toEqual([1, 2, 3]);
		expect(world.requests.some((path) => path.startsWith('/api/stream'))).toBe(false);
	});
});

test('a stream that is held back on the way is replaced by asking', () => {
	holdTime();
	return withWorld(async (world) => {
		world.holdsBack = true;
		await world.append(1);
		world.feed.start();
		await expect.poll(() => world.requests.some((path) => path.startsWith('/api/stream'))).toBe(true);
		await vi.advanceTimersByTimeAsync(4_000);
		await expect.poll(() => world.recorder.links.at(-1)).toEqual({ kind: 'asking', why: 'held-back' });
		await world.append(1);
		await vi.advanceTimersByTimeAsync(2_000);
		await expect.poll(() => world.recorder.ids).toEqual([1, 2]);
	});
});

test('without a receiver the feed says so and stops asking', () =>
	withWorld(async (world) => {
		world.receiver = { fetch: () => new Response('<!doctype html>'), close: () => undefined };
		world.feed.start();
		await expect.poll(() => world.recorder.link).toBe('shut');
		const asked = world.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(world.requests.length).toBe(asked);
	}));

test('reading anew brings the whole list again', () =>
	withWorld(async (world) => {
		await world.append(3);
		world.feed.start();
		await expect.poll(() => world.recorder.link).toBe('live');
		await world.store.clear(2);
		world.feed.reload();
		await expect.poll(() => world.recorder.ids).toEqual([3]);
		await world.append(1);
		await expect.poll(() => world.recorder.ids).toEqual([3, 4]);
	}));
