import { formatClock, formatCount, formatDuration } from '../ui/format';
import type { Interruption, Link } from './feed';

/** The state of the link in a word or two, for the toolbar. */
export function linkWord(link: Link): string {
	switch (link.kind) {
		case 'connecting':
			return 'Connecting';
		case 'live':
			return 'Live';
		case 'asking':
			return 'Asking every 2 s';
		case 'resting':
			return 'Resting';
		case 'down':
			return 'Link down';
		case 'shut':
			return 'Not connected';
	}
}

/** The same in a sentence, with what follows from it. `newest` is the newest delivery that is known. */
export function linkSentence(link: Link, newest: number | null): string {
	switch (link.kind) {
		case 'connecting':
			return 'Connecting';
		case 'live':
			return newest === null ? 'Live, nothing received yet' : `Live, newest ${newest}`;
		case 'asking':
			return link.why === 'many-tabs'
				? 'Asking every 2 s; other tabs use the live connections'
				: 'Asking every 2 s; the stream is held back on the way';
		case 'resting':
			return 'Resting while this tab is hidden';
		case 'down':
			return `Link down since ${formatClock(link.since).slice(0, 8)}, trying again`;
		case 'shut':
			return link.message;
	}
}

/** What is said where the link was down and has filled the gap. */
export function interruptionSentence({ from, to, filledIn }: Interruption): string {
	const deliveries = filledIn === 1 ? '1 delivery' : `${formatCount(filledIn)} deliveries`;
	return `Back after ${formatDuration(to - from)}, ${deliveries} filled in`;
}
