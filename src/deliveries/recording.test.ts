import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, delivery, samples } from '../../test/deliveries';
import { decodeBase64, encodeBase64 } from './base64';
import type { Delivery } from './delivery';
import { readRecording, writeRecordingLine, type RecordingLine } from './recording';

/** The text in chunks of these many bytes, again and again. */
async function* chunked(text: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
	await Promise.resolve();
	for (let from = 0, turn = 0; from < text.length; turn++) {
		const size = sizes[turn % sizes.length]!;
		yield text.subarray(from, from + size);
		from += size;
	}
}

async function read(text: string | Uint8Array, sizes: readonly number[] = [1_000_000], longest?: number) {
	const lines: RecordingLine[] = [];
	const whole = typeof text === 'string' ? bytes(text) : text;
	for await (const line of readRecording(chunked(whole, sizes), longest)) lines.push(line);
	return lines;
}

const deliveries: fc.Arbitrary<Delivery> = fc.record({
	endpoint: fc.string({ unit: 'binary' }),
	receivedAt: fc.maxSafeNat(),
	method: fc.string(),
	target: fc.string({ unit: 'binary' }),
	headers: fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' })), { maxLength: 4 }),
	body: fc.uint8Array({ maxLength: 200 }),
	truncation: fc.option(
		fc.record({
			reason: fc.constantFrom('limit' as const, 'stopped' as const, 'slow' as const),
			announced: fc.option(fc.nat(), { nil: null }),
		}),
		{ nil: null },
	),
});

test('what is recorded is read again, byte for byte, however the file is cut into chunks', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(deliveries, { maxLength: 5 }),
			fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
			async (recorded, sizes) => {
				const lines = await read(recorded.map(writeRecordingLine).join(''), sizes);
				expect(lines).toEqual(recorded.map((delivery, line) => ({ line, delivery })));
			},
		),
	);
});

test('every sample survives a recording', async () => {
	const recorded = samples().map(({ headers, body }) => delivery({ headers: Object.entries(headers), body }));
	const lines = await read(recorded.map(writeRecordingLine).join(''), [4096]);
	expect(lines).toEqual(recorded.map((delivery, line) => ({ line, delivery })));
});

test('a line has the members that other programs rely on, and no more', () => {
	const line = writeRecordingLine(delivery({ body: bytes('{"ä":1}') }));
	expect(line.endsWith('}\n')).toBe(true);
	expect(JSON.parse(line)).toEqual({
		endpoint: 'main',
		receivedAt: 1_781_000_000_000,
		method: 'POST',
		target: '/hooks/main',
		headers: [['Content-Type', 'application/json']],
		bodyBase64: 'eyLDpCI6MX0=',
	});
});

test('empty lines, line ends of Windows and a last line without an end are no fault', async () => {
	const one = writeRecordingLine(delivery()).trimEnd();
	const lines = await read(`\ufeff${one}\r\n\r\n\n${one}`);
	expect(lines.map(({ line }) => line)).toEqual([0, 3]);
	expect(lines.every((line) => 'delivery' in line)).toBe(true);
	expect(await read('')).toEqual([]);
});

const good = JSON.parse(writeRecordingLine(delivery())) as Record<string, unknown>;

test.each([
	['no JSON', '{"endpoint":"ma', /^Line 2 is no JSON: .* export again\.$/],
	['no object', '[1]', /^Line 2 is no object/],
	['a payload', '{"event":"message_created"}', /^Line 2 lacks `endpoint`.*payload\?$/],
	['no time', JSON.stringify({ ...good, receivedAt: 'now' }), /^Line 2 lacks `receivedAt`/],
	['no headers', JSON.stringify({ ...good, headers: { a: 'b' } }), /^Line 2 lacks `headers`/],
	['headers that are no pairs', JSON.stringify({ ...good, headers: [['a']] }), /^Line 2 lacks `headers`/],
	['no Base64', JSON.stringify({ ...good, bodyBase64: '§' }), /^Line 2 lacks `bodyBase64`/],
])('a line with %s is named with its number, and the others are read', async (_fault, line, problem) => {
	const one = writeRecordingLine(delivery());
	const [first, second, third] = await read(`${one}${line}\n${one}`, [7]);
	expect(first).toHaveProperty('delivery');
	expect(second).toEqual({ line: 1, problem: expect.stringMatching(problem) as string });
	expect(third).toHaveProperty('delivery');
});

test('bytes that are no text, and a line beyond all measure, are faults of their line alone', async () => {
	const one = writeRecordingLine(delivery());
	const binary = new Uint8Array([...bytes(one), 0xff, 0xfe, 0x0a, ...bytes(one)]);
	expect((await read(binary)).map((line) => ('problem' in line ? line.problem : 'read'))).toEqual([
		'read',
		'Line 2 is no UTF-8 text. Export the recording again.',
		'read',
	]);
	const long = `${one}${'x'.repeat(1000)}\n${one}`;
	const lines = await read(long, [64], one.length);
	expect(lines.map((line) => ('problem' in line ? line.problem : 'read'))).toEqual([
		'read',
		expect.stringMatching(/^Line 2 is longer than /),
		'read',
	]);
});

test('Base64 is that of everybody else', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 60_000, size: 'max' }), (given) => {
			const text = encodeBase64(given);
			expect(text).toBe(Buffer.from(given).toString('base64'));
			expect(decodeBase64(text)).toEqual(given);
		}),
		{ numRuns: 20 },
	);
});
