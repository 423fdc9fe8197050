/** Longer than any message of Chatwoot's; more is not looked into. */
const longestContent = 150_000;

/**
 * Whether two texts of one message say the same, one of them laid out for its channel: HTML, or the channel's own
 * marks, where the other is the stored Markdown. Letters, figures and everything else but markup must agree.
 *
 * Source: ground truth 4.1.1, releases 4.9.0 to 4.12.0.
 */
export function hasSameWords(one: string, other: string): boolean {
	if (one.length > longestContent || other.length > longestContent) return false;
	const words = wordsOf(one);
	return words !== '' && words === wordsOf(other);
}

/** Whether two texts of one survey differ by its link alone, or by the sentence that carries it up to 4.2.x. */
export function isSurveyText(one: string, other: string): boolean {
	return surveyLink.test(one) !== surveyLink.test(other);
}

const surveyLink = /\/survey\/responses\/[\w-]+/;

/** Whatever markup may be there on either side goes. No expression here looks at a character more than a few times. */
function wordsOf(text: string): string {
	return text
		.replace(/<[^<>]*>/g, '')
		.replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1')
		.replace(/&(?:#\d{1,7}|[a-z]{2,6});/g, character)
		.replace(/[\s*_~`#>\\]|^[-+]\s/gmu, '');
}

const named: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&nbsp;': ' ' };

function character(reference: string): string {
	const code = Number(/^&#(\d+);$/.exec(reference)?.[1] ?? NaN);
	return code <= 0x10ffff ? String.fromCodePoint(code) : (named[reference] ?? reference);
}
