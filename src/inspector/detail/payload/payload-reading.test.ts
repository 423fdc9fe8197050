import { expect, test } from 'vitest';
import { notesOf } from './payload-notes';
import { readPayload } from './payload-reading';
import { PayloadWork } from './payload-work';

const encoder = new TextEncoder();

function read(text: string) {
	return readPayload(encoder.encode(text));
}

function noteTexts(body: Uint8Array, encoding: string | null = null): string[] {
	return notesOf(readPayload(body), body.length, null, encoding).map((note) => note.text);
}

test('a body is empty, no UTF-8, no JSON, or JSON', () => {
	expect(read('').kind).toBe('empty');
	expect(readPayload(Uint8Array.of(0xff, 0x41)).kind).toBe('not-utf8');
	expect(read('{"a":').kind).toBe('not-json');
	expect(read(' null ').kind).toBe('json');
	expect(read('\ufeff[]')).toMatchObject({ kind: 'json', hasByteOrderMark: true });
	expect(read('\ufeff').kind).toBe('not-json');
});

test('more than 1,000 levels are too deep, and a scalar is no level', () => {
	const nested = (levels: number, inside: string) => read('['.repeat(levels) + inside + ']'.repeat(levels)).isTooDeep;
	expect([nested(1000, ''), nested(1000, '1'), nested(1001, ''), nested(100_000, '')]).toEqual([
		false,
		false,
		true,
		true,
	]);
});

test('what is odd is said in words', () => {
	expect(noteTexts(encoder.encode('{"a":1}'))).toEqual([]);
	expect(noteTexts(encoder.encode('{"a":1}'), 'identity')).toEqual([]);
	expect(noteTexts(encoder.encode('{"a":\n}'))).toEqual([
		'Not JSON, line 2, column 1: A value is expected after the colon, found `}`.',
	]);
	expect(noteTexts(encoder.encode('{"a":1,"a":2}'))).toEqual([
		'A member name stands twice in the same object. The last one counts.',
	]);
	expect(noteTexts(Uint8Array.of(0x1f, 0x8b, 0x08), 'gzip')[0]).toMatch(
		/compressed this body \(Content-Encoding: gzip\)/,
	);
	expect(noteTexts(new Uint8Array(0))).toEqual(['The body is empty: the request carried no bytes.']);
});

test('a body that is cut off says why, and how much there is', () => {
	const reading = read('{"a"');
	const texts = (['limit', 'stopped', 'slow'] as const).map(
		(reason) => notesOf(reading, 3100, { reason, announced: 5200 }, null)[0]?.text,
	);
	expect(texts).toEqual([
		'Cut off: the body is longer than the receiver takes. 3.1 kB of 5.2 kB were kept.',
		'Cut off: the sender went away after 3.1 kB of 5.2 kB.',
		'Cut off: the sender was too slow. 3.1 kB of 5.2 kB had arrived.',
	]);
});

test('secrets are found by their names, empty ones and other kinds are none', () => {
	const { document, secrets } = read(
		'{"pubsub_token":"a","x":{"imap_password":"b","secret":""},"hmac_token":null,"\\u0073ecret":"c"}',
	);
	expect([...secrets]).toEqual([1, 3, 6]);
	expect(document?.nodeCount).toBe(7);
});

test('the text of a string is decoded, and tables that were given away are read again for a search', () => {
	const text = '{"a":"x\\ny","b":"plain é"}';
	const work = new PayloadWork(encoder.encode(text));
	const document = work.read(true).document!;
	const decoded = [1, 2].map((node) => work.stringBytes(document.start[node]!, document.end[node]!));
	expect(decoded.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['x\ny', 'plain é']);
	expect([...work.search('tree', 'PLAIN')]).toEqual([2]);
	expect([...work.search('text', 'plain')]).toEqual([text.indexOf('plain')]);
});
