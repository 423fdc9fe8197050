import type { SimulatedRequest } from '../simulator/signed-request';

/** How fast the virtual clock may go, as a multiple of the real one. */
export const speeds = [0.5, 1, 2, 5, 20] as const;

/** Where the simulated time is, as far as a person can see it. */
export interface PlayerState {
	/** The virtual clock, in Unix milliseconds; null before it has begun. */
	clock: number | null;
	isPlaying: boolean;
	speed: number;
	/** How many deliveries have been sent. */
	sent: number;
	/** Whether the script has come to its end. */
	isOver: boolean;
}

export interface PlayerParts {
	/** The next request; null when there is none any more. */
	next: () => Promise<SimulatedRequest | null>;
	/** Takes it to the receiver; resolves when it is stored. */
	deliver: (request: SimulatedRequest) => Promise<void>;
	/** Called at each change a person can see, and not for the passing of time. */
	onchange: () => void;
	/** Real time in milliseconds. */
	now?: () => number;
}

/** Deliveries are sent for so long in one task; whoever asks the receiver is answered in between. In milliseconds. */
const taskMilliseconds = 8;
/** A clock that is further behind than this is set to what is sent, instead of hurrying after it. In milliseconds. */
const mostLag = 200;

/** Sends simulated requests when the virtual clock has come to them: it can be paused, sped up and stepped. */
export class Player {
	readonly #parts: PlayerParts;
	readonly #now: () => number;
	#upcoming: SimulatedRequest | null = null;
	/** The virtual and the real time at the same moment. */
	#anchor: { clock: number; at: number } | null = null;
	#isPlaying: boolean;
	#isSuspended = false;
	#speed: number;
	#sent = 0;
	/** How many are sent when all steps are done that were asked for. */
	#steppedTo = 0;
	#isOver = false;
	#isClosed = false;
	/** While this holds, requests are sent without waiting for the clock. */
	#hurry: ((sent: number) => boolean) | null = null;
	#wake: () => void = () => undefined;

	constructor(parts: PlayerParts, { isPlaying, speed }: { isPlaying: boolean; speed: number }) {
		this.#parts = parts;
		this.#now = parts.now ?? (() => performance.now());
		this.#isPlaying = isPlaying;
		this.#speed = speed;
	}

	get state(): PlayerState {
		const { clock } = this;
		return { clock, isPlaying: this.#isPlaying, speed: this.#speed, sent: this.#sent, isOver: this.#isOver };
	}

	/** The virtual clock; never beyond the next request, and standing still while nothing is played. */
	get clock(): number | null {
		if (this.#anchor === null) return null;
		const { clock, at } = this.#anchor;
		const passed = this.#isRunning ? (this.#now() - at) * this.#speed : 0;
		return Math.min(clock + passed, this.#upcoming?.sentAt ?? Infinity);
	}

	play(isPlaying: boolean): void {
		this.#change(() => (this.#isPlaying = isPlaying));
	}

	setSpeed(speed: number): void {
		this.#change(() => (this.#speed = speed));
	}

	/** Stands still while nobody looks, without being paused. */
	suspend(isSuspended: boolean): void {
		this.#change(() => (this.#isSuspended = isSuspended));
	}

	/** Sends the next request at once, whether paused or not. */
	step(): void {
		this.#steppedTo = Math.max(this.#sent, this.#steppedTo) + 1;
		this.hurry((sent) => sent < this.#steppedTo);
	}

	/** Sends without waiting as long as this says so; asked after each request. */
	hurry(isDue: (sent: number) => boolean): void {
		this.#hurry = isDue;
		this.#wake();
	}

	/** Sends, until it is closed or there is nothing left. Rejects when a request can't be made or delivered. */
	async run(): Promise<void> {
		let taskBegan = this.#now();
		while (!this.#isClosed) {
			this.#upcoming ??= await this.#parts.next();
			if (this.#upcoming === null) break;
			this.#anchor ??= { clock: this.#upcoming.sentAt, at: this.#now() };
			const wait = this.#waitFor(this.#upcoming);
			if (wait > 0) {
				await this.#pause(wait);
				taskBegan = this.#now();
				continue;
			}
			await this.#send(this.#upcoming);
			if (this.#now() - taskBegan > taskMilliseconds) {
				await this.#pause(0);
				taskBegan = this.#now();
			}
		}
		this.#change(() => (this.#isOver = !this.#isClosed));
	}

	close(): void {
		this.#isClosed = true;
		this.#wake();
	}

	get #isRunning(): boolean {
		return this.#isPlaying && !this.#isSuspended && !this.#isOver;
	}

	/** Real milliseconds until the request is due; Infinity while the clock stands still. */
	#waitFor({ sentAt }: SimulatedRequest): number {
		if (this.#hurry?.(this.#sent)) return 0;
		this.#hurry = null;
		if (!this.#isRunning) return Infinity;
		const { clock, at } = this.#anchor!;
		return (sentAt - clock) / this.#speed - (this.#now() - at);
	}

	async #send(request: SimulatedRequest): Promise<void> {
		const lag = -this.#waitFor(request);
		if (this.#hurry || lag > mostLag) this.#anchor = { clock: request.sentAt, at: this.#now() };
		await this.#parts.deliver(request);
		this.#upcoming = null;
		this.#sent++;
		this.#parts.onchange();
	}

	/** Changes how time passes from this moment on. */
	#change(change: () => void): void {
		const { clock } = this;
		if (clock !== null) this.#anchor = { clock, at: this.#now() };
		change();
		this.#wake();
		this.#parts.onchange();
	}

	/** Waits, but not beyond the next change. */
	#pause(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
