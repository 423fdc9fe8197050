import { expect, test } from 'vitest';
import type { PlacedDeparture } from './check-messages';
import { repairHeading, repairSentence } from './repair-words';

const departure = (kind: PlacedDeparture['kind'], line: number): PlacedDeparture => ({
	kind,
	line,
	from: 0,
	to: 0,
	insert: '',
	message: '',
});

test('what the repairs do is said in one sentence, by kind', () => {
	const departures = [
		departure('comment', 2),
		departure('missing-comma', 8),
		departure('comment', 8),
		departure('extra-comma', 35),
	];
	expect(repairHeading(departures.length)).toBe('Four small repairs make this valid JSON');
	expect(repairSentence(departures)).toBe('Remove 2 comments, add a comma in line 8, remove a comma in line 35.');
});

test('many kinds are counted after the fourth', () => {
	const kinds = ['comment', 'quotes', 'word', 'number', 'escape', 'blank'] as const;
	expect(repairSentence(kinds.map((kind) => departure(kind, 1)))).toMatch(/, and 2 other kinds of repair\.$/);
	expect(repairHeading(1)).toBe('One small repair makes this valid JSON');
	expect(repairHeading(1234)).toBe('1,234 small repairs make this valid JSON');
});
