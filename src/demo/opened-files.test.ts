import { expect, test } from 'vitest';
import { delivery, samples } from '../../test/deliveries';
import { writeRecordingLine } from '../deliveries/recording';
import { readOpenedFiles } from './opened-files';

const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);

test('a recording is known by what its lines hold, whatever its name', async () => {
	const line = writeRecordingLine(delivery());
	const recording = file('lines.txt', line);
	expect(await readOpenedFiles([recording])).toEqual({ kind: 'recording', file: recording, others: 0 });
	const damaged = file('half.ndjson', '{"broken\n', line);
	expect(await readOpenedFiles([damaged])).toMatchObject({ kind: 'recording' });
});

test('of several files the recording is opened, and it is said how many are not', async () => {
	const recording = file('one.ndjson', writeRecordingLine(delivery()));
	expect(await readOpenedFiles([file('a.json', '{}'), recording])).toEqual({
		kind: 'recording',
		file: recording,
		others: 1,
	});
});

test('every sample is a payload, and its text is handed over as it is', async () => {
	for (const { name, body } of samples()) {
		const text = new TextDecoder().decode(body);
		expect(await readOpenedFiles([file(`${name}.json`, text)])).toEqual({
			kind: 'payload',
			name: `${name}.json`,
			text,
		});
	}
});

test('a payload that an editor has saved as UTF-16 is read as it was meant', async () => {
	const saved = Buffer.from('\ufeff{"event":"é"}', 'utf16le');
	expect(await readOpenedFiles([file('a.json', saved)])).toMatchObject({ kind: 'payload', text: '{"event":"é"}' });
});

test('several payloads are one text', async () => {
	const opened = await readOpenedFiles([file('a.json', '{"event":1}\n'), file('b.json', '{"event":2}\n')]);
	expect(opened).toEqual({ kind: 'payload', name: '2 files', text: '{"event":1}\n{"event":2}' });
});

test('what is too much to check, and what is empty, is refused with a reason', async () => {
	const big = file('big.json', new Uint8Array(5 * 1024 * 1024).fill(32));
	expect(await readOpenedFiles([big])).toMatchObject({
		kind: 'refused',
		reason: expect.stringMatching(/too much/) as string,
	});
	expect(await readOpenedFiles([file('empty.json')])).toEqual({ kind: 'refused', reason: 'The file is empty.' });
});
