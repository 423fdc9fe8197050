import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CheckedText, CheckRequest } from './check-messages';
import { checkText } from './check-text';

const files = new URL('./examples/', import.meta.url);

function example(name: string): string {
	return readFileSync(new URL(`${name}.txt`, files), 'utf8');
}

function checked(text: string, request: Partial<CheckRequest> = {}): CheckedText {
	return checkText({ task: 'check', version: 1, text, contract: 'both', event: null, part: 0, ...request }, () => 0);
}

/** What of the text each error and warning is about. */
function marked(text: string, { findings }: CheckedText): string[] {
	return findings
		.filter(({ finding }) => finding.severity !== 'info')
		.map(({ finding, from, to }) => `${finding.code} ${finding.line}:${finding.column} ${text.slice(from, to)}`);
}

test('no text has no part and nothing found', () => {
	expect(checked(' \n')).toMatchObject({ parts: [], part: -1, findings: [], repair: null });
});

test("the guide's sample is marked in four places, with what would mend them", () => {
	const text = example('guide-sample');
	const result = checked(text);
	expect(marked(text, result)).toEqual([
		'not-json 2:31 // The name of the event',
		'not-json 8:27 ',
		'not-json 8:28 // Depends on the content type',
		'not-json 35:23 ,',
	]);
	expect(result.form).toBe('guide-sample');
	expect(result.repair?.map(({ insert }) => insert)).toEqual(['', ',', '', '']);
	let mended = text;
	for (const { from, to, insert } of [...result.repair!].reverse()) {
		mended = mended.slice(0, from) + insert + mended.slice(to);
	}
	expect(JSON.parse(mended)).toMatchObject({ event: 'message_created' });
	expect(checked(mended).repair).toBeNull();
});

test('the sample here is the one that the other tests read', () => {
	expect(example('guide-sample')).toBe(
		readFileSync(new URL('../../../test/guide-sample.txt', import.meta.url), 'utf8'),
	);
});

test.each(['message-created', 'conversation-updated', 'contact-updated', 'typing', 'request', 'several'])(
	'the example %s is a genuine one: nothing in it needs attention',
	(name) => {
		const text = example(name);
		const { parts } = checked(text);
		expect(parts.map(({ counts }) => counts.error + counts.warning)).toEqual(parts.map(() => 0));
		expect(parts).toHaveLength(name === 'several' ? 3 : 1);
	},
);

test('the example with faults has each of them marked', () => {
	const text = example('faults');
	expect(marked(text, checked(text)).map((mark) => mark.replace(/ .* /, ' '))).toEqual([
		'format "07/01/2026"',
		'enum "outgoin"',
		'type "false"',
		'unknown-member "assignee"',
	]);
});

test('every example is listed by the panel and the other way round', () => {
	const source = readFileSync(new URL('./examples.ts', import.meta.url), 'utf8');
	const listed = [...source.matchAll(/example\('([\w-]+)'/g)].map(([, name]) => `${name}.txt`);
	expect(readdirSync(files).sort()).toEqual(listed.sort());
});

test('a finding is marked where it stands in a curl command', () => {
	const payload = JSON.stringify({ ...(JSON.parse(example('message-created')) as object), private: 'no' });
	for (const command of [
		`curl http://a.example \\\n -d '${payload.replaceAll("'", "'\\''")}'`,
		`curl http://a.example \\\n -d "${payload.replace(/["\\$`]/g, '\\$&')}"`,
	]) {
		const result = checked(command);
		expect(result.parts).toMatchObject([{ kind: 'curl', event: 'message_created' }]);
		const [mark] = marked(command, result);
		expect(mark).toMatch(/^type 2:\d+ \\?"?no\\?"$/);
	}
});

test('of several payloads the findings of the one that is asked for are listed, and the others are marked', () => {
	const line = (value: object) => JSON.stringify({ ...(JSON.parse(example('typing')) as object), ...value });
	const text = [line({}), line({ is_private: 1 }), line({ is_private: 2 })].join('\n');
	const result = checked(text, { part: 1 });
	expect(result.parts.map(({ verdict, line: number }) => [verdict, number])).toEqual([
		['info', 1],
		['error', 2],
		['error', 3],
	]);
	expect(marked(text, result)).toEqual([expect.stringMatching(/^type 2:\d+ 1$/)]);
	expect(result.otherMarks.map(({ from, to }) => text.slice(from, to))).toEqual(['2']);
	expect(checked(text, { part: 99 }).part).toBe(2);
});

test('a payload that names no event is taken for what its members tell, or for what a person says', () => {
	const { event, ...rest } = JSON.parse(example('message-created')) as { event: string };
	expect(event).toBe('message_created');
	const text = JSON.stringify(rest);
	expect(checked(text)).toMatchObject({ eventSource: 'shape', parts: [{ event: 'message_created' }] });
	expect(checked(text, { event: 'message_updated' })).toMatchObject({
		eventSource: 'chosen',
		parts: [{ event: 'message_updated' }],
	});
	expect(checked('{"hello":1}')).toMatchObject({ eventSource: 'unknown', parts: [{ event: null }] });
	expect(checked(example('typing'))).toMatchObject({ eventSource: 'payload' });
});

test('the guide alone judges otherwise', () => {
	const text = example('message-created');
	expect(checked(text, { contract: 'guide' }).parts[0]!.counts.error).toBeGreaterThan(0);
});

test('no more than a thousand findings are listed, the worst first, and all are counted', () => {
	const payload = JSON.parse(example('message-created')) as { conversation: Record<string, unknown> };
	payload.conversation.messages = Array.from({ length: 1500 }, () => ({ id: 'x' }));
	const result = checked(JSON.stringify(payload));
	expect(result.findings.length).toBeLessThanOrEqual(1000);
	const { error, warning, info } = result.parts[0]!.counts;
	expect(error + warning + info).toBeGreaterThanOrEqual(result.findings.length);
	const order = result.findings.map(({ finding }) => ['error', 'warning', 'info'].indexOf(finding.severity));
	expect(order).toEqual([...order].sort());
});

test('a text that is no JSON at all gives one finding at its fault', () => {
	const text = 'hello';
	const result = checked(text);
	expect(result).toMatchObject({ repair: null, parts: [{ verdict: 'error' }] });
	expect(marked(text, result)).toEqual(['not-json 1:1 hello']);
});

test('every sample of the test folder is read as a file with its headers, and its findings lie inside of it', () => {
	const payloads = new URL('../../../test/payloads/', import.meta.url);
	for (const name of readdirSync(payloads)) {
		const text = readFileSync(new URL(name, payloads), 'utf8');
		const result = checked(text);
		expect(result.parts).toMatchObject([{ kind: 'file' }]);
		const body = text.indexOf('"body"');
		for (const { from, to } of result.findings) {
			expect(from).toBeGreaterThan(body);
			expect(to).toBeLessThanOrEqual(text.length);
		}
	}
});
