import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markWords, type TextPart } from './word-marks';

/** The marked pieces in square brackets. */
const drawn = (parts: TextPart[]) => parts.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('');
const marks = (left: string, right: string) => {
	const marked = markWords(left, right);
	return [drawn(marked.left), drawn(marked.right)];
};

test.each([
	['"name": "Ana Petrov"', '"name": "Joel Petrov"', '"name": "[Ana] Petrov"', '"name": "[Joel] Petrov"'],
	['"plan": null', '"plan": "gold",', '"plan": [null]', '"plan": ["gold"],'],
	['"n": 1.0,', '"n": 1,', '"n": 1[.0],', '"n": 1,'],
	['"text": "It left"', '"text": "It has left"', '"text": "It left"', '"text": "It [has ]left"'],
])('of %s and %s only the words are marked that differ', (left, right, leftMarks, rightMarks) => {
	expect(marks(left, right)).toEqual([leftMarks, rightMarks]);
});

test('a comma that comes with the next member is no difference, unless it is the only one', () => {
	expect(marks('"a": 1', '"a": 2,')).toEqual(['"a": [1]', '"a": [2],']);
	expect(marks('"a": 1', '"a": 1,')).toEqual(['"a": 1', '"a": 1[,]']);
});

test('an escape, a picture and a number of seconds are marked whole', () => {
	expect(marks(String.raw`"a\nb"`, String.raw`"a\tb"`)).toEqual([String.raw`"a[\n]b"`, String.raw`"a[\t]b"`]);
	expect(marks(String.raw`"\u202e"`, String.raw`"\u202f"`)).toEqual([String.raw`"[\u202e]"`, String.raw`"[\u202f]"`]);
	expect(marks('"👩‍👧 ok"', '"👩‍👦 ok"')).toEqual(['"[👩‍👧] ok"', '"[👩‍👦] ok"']);
	expect(marks('1780999614', '1780999615')).toEqual(['[1780999614]', '[1780999615]']);
});

test('two words beside each other have one mark, over the blank between them', () => {
	expect(marks('"say good night now"', '"say bad day now"')).toEqual(['"say [good night] now"', '"say [bad day] now"']);
});

test('texts that have nothing but blanks and signs in common are marked whole', () => {
	expect(marks('"ab, cd ef. gh"', '"ij kl, mn op"')).toEqual(['"[ab, cd ef. gh]"', '"[ij kl, mn op]"']);
});

test('two long texts without a common word are marked without a search that never ends', () => {
	const words = (from: number) => Array.from({ length: 9_000 }, (_, index) => `w${from + index}`).join(' ');
	const { left, right } = markWords(words(0), words(100_000));
	expect(left).toHaveLength(1);
	expect(right).toHaveLength(1);
});

test('the pieces are the text again, and unmarked text is the same on both sides', () => {
	const text = fc.array(fc.constantFrom('a', 'b', ' ', '\\n', '\\', '"', ',', '👍🏽', 'ü', '1'), { maxLength: 30 });
	fc.assert(
		fc.property(text, text, (one, other) => {
			const left = one.join('');
			const right = other.join('');
			const marked = markWords(left, right);
			const joined = (parts: TextPart[]) => parts.map(({ text }) => text).join('');
			expect(joined(marked.left)).toBe(left);
			expect(joined(marked.right)).toBe(right);
			if (left === right) expect([...marked.left, ...marked.right].some(({ isMarked }) => isMarked)).toBe(false);
			else
				expect([...marked.left, ...marked.right].some(({ isMarked }) => isMarked)).toBe(
					left.replace(/,$/, '') !== right.replace(/,$/, '') || left !== right,
				);
		}),
	);
});
