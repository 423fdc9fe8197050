import fc from 'fast-check';
import { scanJson, type JsonDocument } from '../src/json/scan';
import { bytes } from './deliveries';

/** Names that repeat often, and those that trip programs up. */
const name = fc.constantFrom('"a"', '"b"', '"c"', '"id"', '""', '"__proto__"', '"~1/"', '"\\u0061"', '"10"', '"é"');

/** Values of which many are nearly the same. */
const scalar = fc.constantFrom(
	...['1', '1.0', '1e2', '100', '-0', '12345678901234567890123', '12345678901234567890124'],
	...['"a"', '"\\u0061"', '"1"', '""', '"\\ud800"', '"😀"', '"{"', 'null', 'true', 'false', '[]', '{}', '[ ]'],
);

/** JSON texts: few names and values, so that two of them share much; names twice in an object among them. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
	value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, scalar, tie('object'), tie('array')),
	object: fc
		.array(fc.tuple(name, tie('value')), { maxLength: 5 })
		.map((members) => `{${members.map(([key, value]) => `${key}: ${value}`).join(', ')}}`),
	array: fc.array(tie('value'), { maxLength: 7 }).map((items) => `[${items.join(',')}]`),
})).value;

/** An array of records with ids, some of them out of order, doubled or missing. */
const records = fc
	.array(fc.tuple(fc.integer({ min: 0, max: 9 }), scalar), { maxLength: 10 })
	.map((items) => `[${items.map(([id, value]) => `{"id":${id},"x":${value}}`).join(',')}]`);

/** Two texts that share much. */
export const jsonPair: fc.Arbitrary<[string, string]> = fc.oneof(
	fc.tuple(jsonText, jsonText),
	fc.tuple(records, records),
	fc.tuple(fc.array(scalar, { maxLength: 12 }), fc.array(scalar, { maxLength: 12 })).map(arrayTexts),
	fc
		.array(fc.tuple(name, jsonText), { maxLength: 6 })
		.chain((members) =>
			fc.tuple(
				fc.constant(members),
				fc.shuffledSubarray(members),
				fc.array(fc.tuple(name, jsonText), { maxLength: 2 }),
			),
		)
		.map(([left, kept, added]): [string, string] => [objectText(left), objectText([...kept, ...added])]),
	fc
		.array(jsonText, { maxLength: 8 })
		.chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items), fc.array(jsonText, { maxLength: 2 })))
		.map(([left, kept, added]): [string, string] => arrayTexts([left, [...kept, ...added]])),
);

function arrayTexts([left, right]: [string[], string[]]): [string, string] {
	return [`[${left.join(',')}]`, `[${right.join(',')}]`];
}

function objectText(members: readonly [string, string][]): string {
	return `{${members.map(([key, value]) => `${key}:${value}`).join(',')}}`;
}

/** Reads text that a test knows to be JSON. */
export function scanText(text: string): JsonDocument {
	const result = scanJson(bytes(text));
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}
