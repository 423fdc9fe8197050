import { expect, test } from 'vitest';
import type { TextChange } from './check-messages';
import { formatChanges } from './format-text';

function formatted(text: string): string {
	return formatChanges(text).reduceRight(
		(result: string, { from, to, insert }: TextChange) => result.slice(0, from) + insert + result.slice(to),
		text,
	);
}

test('JSON is laid out with its numbers as they are', () => {
	expect(formatted(' {"a":[1.0,{}],"b":12345678901234567890} ')).toBe(
		'{\n  "a": [\n    1.0,\n    {}\n  ],\n  "b": 12345678901234567890\n}',
	);
});

test('each payload of several is laid out where it stands, and a request keeps its headers', () => {
	expect(formatted('{"a":1}\n{"b":2}')).toBe('{\n  "a": 1\n}\n{\n  "b": 2\n}');
	expect(formatted('POST / HTTP/1.1\nA: b\n\n{"a":1}')).toBe('POST / HTTP/1.1\nA: b\n\n{\n  "a": 1\n}');
	expect(formatted(`curl a -d '{"a":1}'`)).toBe(`curl a -d '{\n  "a": 1\n}'`);
});

test('what is no JSON, or laid out already, or quoted otherwise, stays', () => {
	for (const text of ['', 'hello', '{"a":1,}', '{\n  "a": 1\n}', `curl a -d "{\\"a\\":1}"`]) {
		expect(formatChanges(text)).toEqual([]);
	}
});
