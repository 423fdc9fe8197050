import type { ReleaseRange } from '../../../chatwoot/check/report';

/** A mark on the scale. */
export interface ReleaseTick {
	label: string;
	/** From 0 (start of the scale) to 1. */
	at: number;
	/** Whether the range ends here. */
	isEnd: boolean;
}

/** A range of releases, drawn: a part of the time line that holds it. */
export interface ReleaseScale {
	ticks: ReleaseTick[];
	/** Where the range begins and ends, from 0 to 1. */
	from: number;
	to: number;
}

/**
 * The last minor release of each major one before the newest.
 *
 * Source: the tags of chatwoot/chatwoot.
 */
const lastMinors = [0, 22, 18, 16];
const oldest = '1.8.0';
const newest = '4.15.0';
const aroundMinors = 3;
const mostTicks = 8;
/** Labels nearer to each other than this would touch. */
const labelDistance = 0.075;

/**
 * Draws a range whose bounds are releases such as `4.14.1`, as the contracts name them (1.8 to 4.x, the older first). An
 * open end runs off the scale.
 */
export function releaseScale({ from, to }: ReleaseRange): ReleaseScale {
	const first = minorsBefore(from ?? oldest);
	const last = to === null ? Math.max(first, minorsBefore(newest)) : minorsBefore(to);
	const around = Math.max(aroundMinors, (last - first) * 0.3);
	const start = Math.max(minorsBefore(oldest), from === null ? first : Math.floor(first - around));
	const end = Math.max(last, Math.min(minorsBefore(newest), Math.ceil(last + around)), start + 1);
	const place = (minors: number) => (minors - start) / (end - start);
	const ends = [from, to]
		.filter((release, index, both) => release !== null && both.indexOf(release) === index)
		.map((release) => ({ label: shortRelease(release!), at: place(minorsBefore(release!)), isEnd: true }));
	const stride = Math.max(1, Math.ceil((end - start) / mostTicks));
	const ticks: ReleaseTick[] = [];
	for (let minors = Math.ceil(start); minors <= end; minors += stride) {
		const at = place(minors);
		if (ends.every((bound) => Math.abs(bound.at - at) >= labelDistance)) {
			ticks.push({ label: minorName(minors), at, isEnd: false });
		}
	}
	return {
		ticks: [...ticks, ...ends].sort((left, right) => left.at - right.at),
		from: from === null ? 0 : place(first),
		to: to === null ? 1 : place(last),
	};
}

/** How many minor releases came before this one since 1.0, a patch counting as a tenth. */
function minorsBefore(release: string): number {
	const [major = 1, minor = 0, patch = 0] = release.split('.').map(Number);
	const before = lastMinors.slice(1, major).reduce((sum, last) => sum + last + 1, 0);
	return before + minor + Math.min(patch, 9) / 10;
}

function minorName(minors: number): string {
	let left = minors;
	let major = 1;
	while (major < lastMinors.length && left > lastMinors[major]!) left -= lastMinors[major++]! + 1;
	return `${major}.${left}`;
}

function shortRelease(release: string): string {
	return release.replace(/\.0$/, '');
}
