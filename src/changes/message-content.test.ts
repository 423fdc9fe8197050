import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasSameWords, isSurveyText } from './message-content';

test.each([
	['<p><strong>Bold</strong> move<br />\nsecond line</p>\n', '**Bold** move\nsecond line'],
	['<p>Fish &amp; chips, 5 &lt; 6, it&#39;s</p>', "Fish & chips, 5 < 6, it's"],
	['<p>See <a href="https://a.example">our page</a></p>\n', 'See [our page](https://a.example)'],
	['*Bold* move', '**Bold** move'],
	['<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n', '- one\n- two'],
])('%j says the same as %j', (rendered, stored) => {
	expect(hasSameWords(rendered, stored)).toBe(true);
});

test.each([
	['<p>Yes</p>', 'No'],
	['<p>5</p>', '6'],
	['', 'text'],
	['<p></p>', ''],
])('%j does not say the same as %j', (rendered, stored) => {
	expect(hasSameWords(rendered, stored)).toBe(false);
});

test('text that was made to take long is looked at once', () => {
	for (const piece of ['<', '[](', '[', '&', '](', '&#1']) {
		expect(hasSameWords(piece.repeat(40_000), `${piece.repeat(40_000)}x`)).toBe(false);
	}
});

test('any text says the same as itself, unless nothing is left of it', () => {
	fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => hasSameWords(`a${text}`, `a${text}`)));
});

test('a survey’s link on one side makes the difference', () => {
	const link = 'https://chat.example.com/survey/responses/6a4d4b0e-0000-4000-8000-000000001440';
	expect(isSurveyText(`Please rate, ${link}`, 'Please rate')).toBe(true);
	expect(isSurveyText('Please rate', 'Please do rate')).toBe(false);
	expect(isSurveyText(link, `${link} again`)).toBe(false);
});
