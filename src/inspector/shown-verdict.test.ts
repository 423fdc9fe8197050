import { expect, test } from 'vitest';
import { shownVerdict, verdictText } from './shown-verdict';

const summary = {
	verdict: 'warning' as const,
	counts: { error: 0, warning: 2, info: 14 },
	guideCounts: { error: 9, warning: 0, info: 1 },
};

test('the guide alone may say something else than guide and wire', () => {
	expect(shownVerdict(summary, 'both')).toEqual({ verdict: 'warning', counts: summary.counts });
	expect(shownVerdict(summary, 'guide')).toEqual({ verdict: 'error', counts: summary.guideCounts });
});

test('a delivery that nobody has judged has no verdict', () => {
	const unjudged = { verdict: null, counts: null, guideCounts: null };
	expect(shownVerdict(unjudged, 'both')).toBeNull();
	expect(shownVerdict(unjudged, 'guide')).toBeNull();
});

test('a verdict is said in words, and drift alone is good', () => {
	expect(verdictText({ verdict: 'ok', counts: { error: 0, warning: 0, info: 0 } })).toBe('good');
	expect(verdictText({ verdict: 'info', counts: { error: 0, warning: 0, info: 14 } })).toBe('good, 14 drift');
	expect(verdictText({ verdict: 'error', counts: { error: 1, warning: 2, info: 1204 } })).toBe(
		'1 error, 2 warnings, 1,204 drift',
	);
});
