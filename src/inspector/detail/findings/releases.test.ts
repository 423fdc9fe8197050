import fc from 'fast-check';
import { expect, test } from 'vitest';
import { releaseScale } from './release-scale';
import { pathText, releaseHeading, strongestEvidence } from './release-text';

const assigneeType = { pointer: '/meta/assignee_type', from: '4.8.0', to: null };
const noAccount = { pointer: '/conversation/account', from: null, to: '4.14.1' };
const labels = { pointer: '/labels', from: '2.11.0', to: null };

test('a range is said with both ends, with one, or honestly with none', () => {
	expect(releaseHeading({ from: '4.8.0', to: '4.14.1', evidence: [] })).toBe('Chatwoot 4.8.0 to 4.14.1');
	expect(releaseHeading({ from: '4.8.0', to: '4.8.0', evidence: [] })).toBe('Chatwoot 4.8.0');
	expect(releaseHeading({ from: '4.8.0', to: null, evidence: [] })).toBe('Chatwoot 4.8.0 or later');
	expect(releaseHeading({ from: null, to: '4.14.1', evidence: [] })).toBe('Chatwoot up to 4.14.1');
	expect(releaseHeading({ from: null, to: null, evidence: [] })).toBe('Any release');
});

test('the members that the range rests on are named, and no others', () => {
	const evidence = [labels, assigneeType, noAccount];
	expect(strongestEvidence({ from: '4.8.0', to: '4.14.1', evidence })).toEqual([assigneeType, noAccount]);
	expect(strongestEvidence({ from: null, to: null, evidence: [] })).toEqual([]);
	const only = { pointer: '/x', from: '4.8.0', to: '4.8.0' };
	expect(strongestEvidence({ from: '4.8.0', to: '4.8.0', evidence: [only] })).toEqual([only]);
});

test('a pointer is read as a path', () => {
	expect(pathText('/conversation/messages/0/a~1b')).toBe('conversation.messages.0.a/b');
	expect(pathText('')).toBe('payload');
});

test('the scale shows both ends, in order, and no label on another', () => {
	const releases = ['1.8.0', '1.22.1', '2.0.0', '2.13.1', '3.0.0', '3.16.0', '4.8.0', '4.14.2', '4.17.0'];
	const release = fc.constantFrom(...releases);
	const bound = fc.option(release);
	fc.assert(
		fc.property(bound, bound, (one, other) => {
			const [from, to] =
				one !== null && other !== null && releases.indexOf(one) > releases.indexOf(other) ? [other, one] : [one, other];
			const scale = releaseScale({ from, to, evidence: [] });
			expect(scale.from).toBeLessThanOrEqual(scale.to);
			for (const { at } of scale.ticks) expect(at >= 0 && at <= 1).toBe(true);
			for (const [index, tick] of scale.ticks.entries()) {
				const next = scale.ticks[index + 1];
				if (next && !(tick.isEnd && next.isEnd)) expect(next.at - tick.at).toBeGreaterThan(0.07);
			}
			const named = scale.ticks.filter(({ isEnd }) => isEnd).map(({ label }) => label);
			const ends = [...new Set([from, to])].filter((end) => end !== null).map((end) => end.replace(/\.0$/, ''));
			expect(named).toEqual(ends);
		}),
	);
});

test('the releases between two majors follow each other', () => {
	const { ticks } = releaseScale({ from: '1.21.0', to: '2.0.0', evidence: [] });
	expect(ticks.map(({ label }) => label)).toEqual(['1.18', '1.19', '1.20', '1.21', '1.22', '2.0', '2.1', '2.2', '2.3']);
});
