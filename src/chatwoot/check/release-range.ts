import { compareReleases, oldestRelease, releaseBefore, type Release } from '../contract/releases';
import { pointerOfPlace, type Place } from './place';
import type { ReleaseEvidence, ReleaseRange } from './report';

/** What a body tells of the release that sent it. */
export interface DatedBody {
	releases: ReleaseRange;
	/** The oldest release that could have sent it, or the oldest that the contract describes. */
	oldest: Release;
	/** Findings that depend on the release. */
	places: Place[];
}

/** Of each end of the range. */
const mostEvidence = 3;

/**
 * Gathers, from what is there and what is not, the range of releases that could have sent a body. What is there dates
 * it for certain. What is absent does so only when nothing is missing that even the oldest release in question sends:
 * otherwise a relay has trimmed the body, and no gap in it proves anything.
 */
export class ReleaseClues {
	private oldest: Release = oldestRelease;
	private oldestAt: string[] = [];
	private readonly former: { until: Release; pointer: string; otherwise: Place | null }[] = [];
	private readonly gaps: Place[] = [];

	/** Something is there that releases send only since this one. */
	sawSince(since: Release, pointer: string): void {
		if (since === this.oldest) {
			if (this.oldestAt.length < mostEvidence) this.oldestAt.push(pointer);
		} else if (compareReleases(since, this.oldest) > 0) {
			this.oldest = since;
			this.oldestAt = [pointer];
		}
	}

	/** Something is there that releases sent only up to this one; and what it is if the sender is a later one. */
	sawUntil(until: Release, pointer: string, otherwise: Place | null): void {
		this.former.push({ until, pointer, otherwise });
	}

	/** A member is absent that every delivery carries, at least since the release that its wire member names. */
	sawGap(place: Place): void {
		this.gaps.push(place);
	}

	/** `isSent`: the body is written as releases send it; others are of no release. */
	decide(isSent: boolean): DatedBody {
		const { oldest } = this;
		const places: Place[] = [];
		const upper: { to: Release; pointer: string }[] = [];
		for (const { until, pointer, otherwise } of this.former) {
			if (compareReleases(until, oldest) >= 0) upper.push({ to: until, pointer });
			else if (otherwise) places.push(otherwise);
		}
		const isTrimmed = this.gaps.some((gap) => this.isOwed(gap));
		for (const gap of this.gaps) {
			if (this.isOwed(gap)) {
				gap.severity = 'warning';
				places.push(gap);
				continue;
			}
			if (!isTrimmed) upper.push({ to: releaseBefore(gap.said.wireMember!.since!), pointer: pointerOfPlace(gap) });
			if (gap.said.guideValue) {
				gap.code = 'differs-from-guide';
				gap.severity = 'info';
				places.push(gap);
			}
		}
		if (!isSent) return { releases: { from: null, to: null, evidence: [] }, oldest: oldestRelease, places };
		return { releases: this.range(upper), oldest, places };
	}

	/** Whether every release that the rest of the body can come from sends the member. */
	private isOwed(gap: Place): boolean {
		const since = gap.said.wireMember!.since;
		return since === undefined || compareReleases(since, this.oldest) <= 0;
	}

	private range(upper: readonly { to: Release; pointer: string }[]): ReleaseRange {
		const from = this.oldest === oldestRelease ? null : this.oldest;
		const evidence: ReleaseEvidence[] = this.oldestAt.map((pointer) => ({ pointer, from, to: null }));
		let to: Release | null = null;
		for (const bound of upper) if (to === null || compareReleases(bound.to, to) < 0) to = bound.to;
		for (const bound of upper.filter((each) => each.to === to).slice(0, mostEvidence)) {
			evidence.push({ pointer: bound.pointer, from: null, to });
		}
		return { from, to, evidence: from === null ? evidence.filter((each) => each.to !== null) : evidence };
	}
}
