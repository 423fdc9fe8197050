import type { CDPSession, Page } from 'playwright-core';
import { quantile } from './table';

/** What a page's main thread did while it was watched. Milliseconds. */
export interface MainThread {
	/** Time that it was busy in each frame's sixtieth of a second, ascending. */
	frames: number[];
	longestTask: number;
}

interface TraceEvent {
	name: string;
	ph: string;
	pid: number;
	tid: number;
	/** Microseconds. */
	ts: number;
	dur?: number;
	/** Of the thread's own time: what other work on the machine takes is not in it. */
	tdur?: number;
	args: { name?: string };
}

const frameMicroseconds = 1e6 / 60;

/** Traces the page's main thread for a while. Time that the thread was not given by the machine is not counted. */
export async function watchMainThread(page: Page, milliseconds: number): Promise<MainThread> {
	const session = await page.context().newCDPSession(page);
	const events: TraceEvent[] = [];
	session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
	await session.send('Tracing.start', { transferMode: 'ReportEvents', categories: 'toplevel,devtools.timeline' });
	await page.waitForTimeout(milliseconds);
	await endTracing(session);
	await session.detach();
	return mainThreadOf(events, milliseconds);
}

async function endTracing(session: CDPSession): Promise<void> {
	const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
	await session.send('Tracing.end');
	await complete;
}

function mainThreadOf(events: readonly TraceEvent[], milliseconds: number): MainThread {
	const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
	const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(thread);
	const busy = (one: string) => events.filter((event) => thread(event) === one).length;
	// Of several pages the one that is watched does the most.
	const main = mains.reduce((best, one) => (busy(one) > busy(best) ? one : best), mains[0] ?? '');
	const tasks = events.filter((event) => thread(event) === main && event.ph === 'X' && event.name.endsWith('RunTask'));
	const begin = Math.min(...tasks.map(({ ts }) => ts));
	const frames = new Array<number>(Math.floor((milliseconds * 1000) / frameMicroseconds)).fill(0);
	let longestTask = 0;
	for (const { ts, tdur = 0 } of tasks) {
		const frame = Math.floor((ts - begin) / frameMicroseconds);
		if (frame < frames.length) frames[frame]! += tdur / 1000;
		longestTask = Math.max(longestTask, tdur / 1000);
	}
	return { frames: frames.sort((a, b) => a - b), longestTask };
}

/** A share of the frames was busy for no longer than this. */
export function busyAt({ frames }: MainThread, share: number): number {
	return quantile(frames, share);
}
