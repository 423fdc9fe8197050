import { expect, test } from 'vitest';
import { bytes } from '../../test/deliveries';
import { checkFile } from './checked-file';

/** The errors of every payload of a file, each with the place where the file has it. */
function errors(text: string | Uint8Array) {
	return [...checkFile(typeof text === 'string' ? bytes(text) : text, 'both')].map(({ report, line }) => ({
		line,
		errors: report.findings
			.filter(({ severity }) => severity === 'error')
			.map((finding) => `${finding.line}:${finding.column} ${finding.code} ${finding.pointer}`),
	}));
}

const contact = '{"event": "contact_created", "id": 0}';

test('a payload alone is found where it stands', () => {
	expect(errors(contact)).toEqual([{ line: null, errors: ['1:36 format /id'] }]);
	expect(errors(`\ufeff${contact}`)).toEqual([{ line: null, errors: ['1:36 format /id'] }]);
	expect(errors(`\r\n\r\n  ${contact}\n`)).toEqual([{ line: null, errors: ['3:38 format /id'] }]);
});

test('a body under its headers is found where the file has it, also behind letters of several bytes', () => {
	const file = `{"headers": {"note": "für 😀"},\n "body": {"event": "contact_created",\n"id": 0}}`;
	expect(errors(file)).toEqual([{ line: null, errors: ['3:7 format /id'] }]);
	const oneLine = `{"headers": {"note": "😀"}, "body": ${contact}}`;
	expect(errors(oneLine)).toEqual([{ line: null, errors: [`1:${oneLine.indexOf('0}') + 1} format /id`] }]);
});

test('a body as JSON text is found inside that text, escapes counted', () => {
	const file = `{\n  "headers": [],\n  "body": ${JSON.stringify('{\n"event":"contact_created",\n"id":0}')}\n}`;
	const column = file.split('\n')[2]!.indexOf('0}') + 1;
	expect(errors(file)).toEqual([{ line: null, errors: [`3:${column} format /id`] }]);
});

test('payloads in lines are checked one by one, those with faulty JSON too', () => {
	const good = '{"event": "contact_created", "id": 5}';
	expect(errors(`${good}\n\n  ${contact}\r\n{"event": }\n${good}\n`)).toMatchObject([
		{ line: 1, errors: [] },
		{ line: 3, errors: ['3:38 format /id'] },
		{ line: 4, errors: ['4:10 not-json ', '4:10 type /event'] },
		{ line: 5, errors: [] },
	]);
});

test('a line that is no payload, or was cut off, is told where it stands and hides nothing', () => {
	const good = '{"event": "contact_created", "id": 5}';
	expect(errors(`${good}\nlog rotated\n${contact}\n`)).toMatchObject([
		{ line: 1, errors: [] },
		{ line: 2, errors: ['2:1 not-json '] },
		{ line: 3, errors: ['3:36 format /id'] },
	]);
	expect(errors(`${good}\n{"event": "contact_cre`)).toMatchObject([
		{ line: 1, errors: [] },
		{ line: 2, errors: expect.arrayContaining([expect.stringMatching(/^2:23 not-json/)]) as unknown },
	]);
	expect(errors(`${good}\n}`)).toHaveLength(1);
});

test('more lines than an editor would take are all checked', () => {
	const lines = Array.from(
		{ length: 2500 },
		(_, index) => `{"event": "contact_created", "id": ${index === 2400 ? 0 : 5}}`,
	);
	const found = [...checkFile(bytes(lines.join('\n')), 'both')];
	expect(found).toHaveLength(2500);
	expect(found.filter(({ report }) => report.counts.error > 0).map(({ line }) => line)).toEqual([2401]);
});

test('a recording is checked by the bodies that it holds', () => {
	const record = (body: string) =>
		JSON.stringify({
			endpoint: 'main',
			receivedAt: 1_781_000_000_000,
			method: 'POST',
			target: '/hooks/main',
			headers: [['Content-Type', 'application/json']],
			bodyBase64: btoa(body),
		});
	expect(errors(`${record('{"event": "contact_created", "id": 5}')}\n${record(contact)}\n`)).toMatchObject([
		{ line: 1, errors: [] },
		{ line: 2, errors: [expect.stringMatching(/^2:\d+ format \/id$/)] },
	]);
});

test.each([
	['an array of payloads, since Chatwoot sends an object', `[${contact}]`, 'not-an-object'],
	['two payloads with a comma between them', `${contact},\n${contact},`, 'not-json'],
	['a curl command', `curl -d '${contact}' http://localhost/`, 'not-json'],
	['a raw request', `POST /hooks/main HTTP/1.1\r\nHost: a\r\n\r\n${contact}`, 'not-json'],
	['nothing', '', 'empty'],
	['blanks', ' \n ', 'not-json'],
	['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'not-utf8'],
	['headers without a body', '{"headers": {}, "id": 4}', 'missing'],
])('no guess hides what is wrong with %s', (_, text, code) => {
	const [found, ...others] = errors(text);
	expect(others).toEqual([]);
	expect(found!.errors.join()).toContain(` ${code} `);
});
