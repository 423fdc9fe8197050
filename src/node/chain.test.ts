import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { bytes, delivery, samples } from '../../test/deliveries';
import { writeRecordingLine } from '../deliveries/recording';

const program = fileURLToPath(new URL('../../dist-node/chatwoot-webhook.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'chain-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = '') {
	const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'chain', ...args], {
		input,
		encoding: 'utf8',
		env: { PATH: process.env.PATH },
		timeout: 60_000,
	});
	return { code: status, stdout, stderr };
}

function file(name: string, lines: readonly string[]): string {
	const path = join(folder, name);
	writeFileSync(path, lines.join(''));
	return path;
}

/** A line with an update of conversation 1401 that was saved so many seconds after ten. */
function update(seconds: number, previous: string, current: string, deliveryId: string | null = `d${seconds}`): string {
	const at = JSON.stringify(new Date(Date.UTC(2026, 5, 9, 10, 0, seconds)).toISOString());
	const changes = `[{"status":{"previous_value":"${previous}","current_value":"${current}"}},{"updated_at":{"previous_value":null,"current_value":${at}}}]`;
	const body = `{"event":"conversation_updated","id":1401,"status":"${current}","account":{"id":7},"changed_attributes":${changes}}`;
	const headers: [string, string][] = deliveryId === null ? [] : [['X-Chatwoot-Delivery', deliveryId]];
	return writeRecordingLine(delivery({ body: bytes(body), headers }));
}

const complete = [update(1, 'open', 'pending'), update(2, 'pending', 'snoozed'), update(3, 'snoozed', 'open')];
const gap = [complete[0]!, complete[2]!];

test('a complete recording passes, and standard output has one line that says so', () => {
	const { code, stdout, stderr } = run([file('complete.ndjson', complete)]);
	expect({ code, stdout, stderr }).toEqual({
		code: 0,
		stdout: '3 deliveries, 1 conversation: 0 gaps, 0 duplicates\n',
		stderr: '',
	});
});

test('a missing delivery is named with the lines around it as editors count them, and fails the run', () => {
	const path = file('gap.ndjson', gap);
	const { code, stdout } = run([path]);
	expect(code).toBe(1);
	expect(stdout.split('\n')).toEqual([
		`${path}:2  gap  A delivery is missing here. #1401 was \`pending\` in line 1, but line 2 starts from \`snoozed\``,
		'2 deliveries, 1 conversation: 1 gap, 0 duplicates',
		'',
	]);
});

test('programs get an array of remarks whose lines count from 0, empty ones included', () => {
	const { code, stdout } = run(['--format', 'json', '-'], [gap[0], '\n', gap[1], gap[1]].join(''));
	expect(code).toBe(1);
	expect(JSON.parse(stdout)).toEqual([
		{
			kind: 'gap',
			at: 2,
			since: 0,
			attributes: ['status'],
			message: 'A delivery is missing here. #1401 was `pending` in line 1, but line 3 starts from `snoozed`',
		},
		{ kind: 'duplicate', at: 3, since: 2, attributes: [], message: expect.stringContaining('line 3') as string },
	]);
	expect(JSON.parse(run(['--format=json', '-']).stdout)).toEqual([]);
});

test('what came twice, was overtaken or contradicts itself is a remark and no failure', () => {
	const contradicted = update(9, 'open', 'resolved', null).replace(/"bodyBase64":"([^"]+)"/, (_, base64: string) => {
		const body = atob(base64).replace('"status":"resolved"', '"status":"pending"');
		return `"bodyBase64":"${btoa(body)}"`;
	});
	const { code, stdout } = run([
		file('remarks.ndjson', [complete[1]!, complete[0]!, complete[2]!, complete[2]!, contradicted]),
	]);
	expect(code).toBe(0);
	expect(stdout).toMatch(/:2 {2}reordered {2}.*\n.*:4 {2}duplicate {2}.*\n.*:5 {2}contradiction {2}/);
	expect(stdout).toMatch(/: 0 gaps, 1 duplicate, 1 reordered, 1 contradiction\n$/);
});

test('all samples together have no gap but that of other conversations under one number', () => {
	const lines = samples().map(({ name, headers, body }) =>
		writeRecordingLine(delivery({ endpoint: name, headers: Object.entries(headers), body })),
	);
	expect(run([file('samples.ndjson', lines)])).toMatchObject({ code: 0, stderr: '' });
});

test('a line that is no delivery is named, the others are followed, and the call has failed', () => {
	const path = file('broken.ndjson', [gap[0]!, '{"event":"message_created"}\n', gap[1]!]);
	const { code, stdout, stderr } = run([path]);
	expect(code).toBe(2);
	expect(stderr).toMatch(/: Line 2 lacks `endpoint`, `method` or `target`/);
	expect(stdout).toContain('but line 3 starts from `snoozed`');
});

test.each([[[join(folder, 'gone.ndjson')]], [[folder]], [['a', 'b']], [[]], [['--format', 'xml', '-']], [['--what']]])(
	'a call that can’t be carried out (%s) says how to call it',
	(args) => {
		const { code, stdout, stderr } = run(args);
		expect(code).toBe(2);
		expect(stdout).toBe('');
		expect(stderr).toContain('Usage: chatwoot-webhook chain');
		expect(stderr).not.toMatch(/^ +at /m);
	},
);

test('help is printed, and what a payload says can neither begin a line nor command the terminal', () => {
	const { code, stdout } = run(['--help']);
	expect([code, stdout.split('\n')[0]]).toEqual([
		0,
		'Usage: chatwoot-webhook chain [options] RECORDING   (or - for standard input)',
	]);
	const hostile = [update(1, 'open', 'x'), update(2, '\\u001b[31m\\nfake', 'open')];
	const lines = run(['-'], hostile.join('')).stdout.trimEnd().split('\n');
	expect(lines).toHaveLength(2);
	expect(lines.join('')).not.toContain('\u001b');
});
