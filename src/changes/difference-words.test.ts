import { expect, test } from 'vitest';
import { scanText } from '../../test/json-texts';
import { compareDocuments } from './comparison';
import { differenceWords } from './difference-words';

function words(left: string, right: string, ignored: readonly string[] = []): string {
	return differenceWords(compareDocuments(scanText(left), scanText(right), ignored));
}

test('each difference is a line that a person can read in an issue', () => {
	const left = '{"meta":{"assignee":{"name":"Ana"}},"labels":["vip"],"messages":[{"id":1},{"id":2}],"updated_at":1}';
	const right =
		'{"meta":{"assignee":{"name":"Joel"}},"labels":[],"messages":[{"id":2},{"id":1}],"x y":{"a":[1,null]},"updated_at":2}';
	expect(words(left, right, ['updated_at'])).toBe(`4 differences, before → after:

- \`meta.assignee.name\`: \`"Ana"\` → \`"Joel"\`
- \`labels\`: \`["vip"]\` → \`[]\`
- \`messages[1]\` moved to \`messages[0]\`
- \`['x y']\` added: \`{"a":[1,null]}\`

1 difference of members that are ignored is left out.
`);
});

test('no difference is said, with what is ignored', () => {
	expect(words('1', '1')).toBe('No difference.\n');
	expect(words('{"a":1}', '{"a":2}', ['a'])).toBe(
		'No difference.\n\n1 difference of members that are ignored is left out.\n',
	);
	expect(words('1', '2')).toBe('1 difference, before → after:\n\n- the whole value: `1` → `2`\n');
});

test('backticks in values do not end the code that they stand in', () => {
	expect(words('["`"]', '["a``b"]')).toContain('`` "`" `` → ``` "a``b" ```');
});

test('long values are cut, and never in the middle of a character', () => {
	const long = JSON.stringify(['a'.repeat(76), '😀'.repeat(10_000)]);
	const text = words('{"a":1}', `{"a":${long},"b":${JSON.stringify(`${'a'.repeat(78)}😀`)}}`);
	expect(text).toContain(`\`["${'a'.repeat(76)}",…\``);
	expect(text).toContain(`\`"${'a'.repeat(78)}…\``);
	expect(text.isWellFormed()).toBe(true);
});

test('a report of thousands of differences ends with how many more there are', () => {
	const many = (value: number) =>
		JSON.stringify(Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`m${at}`, value])));
	const lines = words(many(1), many(2)).trimEnd().split('\n');
	expect(lines).toHaveLength(503);
	expect(lines.at(-1)).toBe('- … and 1,500 more');
});
