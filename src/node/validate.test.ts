import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../chatwoot/check/report';

const program = fileURLToPath(new URL('../../dist-node/chatwoot-webhook.js', import.meta.url));
const payloads = fileURLToPath(new URL('../../test/payloads', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'validate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = '') {
	const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'validate', ...args], {
		input,
		encoding: 'utf8',
		env: { PATH: process.env.PATH },
		maxBuffer: 64 * 1024 * 1024,
		timeout: 60_000,
	});
	return { code: status, stdout, stderr };
}

function file(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

const genuine = join(payloads, 'message_created--webwidget-incoming.json');
const broken =
	'{\n  "event": "message_created",\n  "id": -1,\n  "message_type": "incoming",\n  "conversation": {"id": 5}\n}\n';

test('a genuine delivery passes, and standard output has one line that says so', () => {
	const { code, stdout, stderr } = run([genuine]);
	expect(code).toBe(0);
	expect(stderr).toBe('');
	expect(stdout).toMatch(/^message_created, as releases send it, Chatwoot 4\.14\.2 or later: 0 errors, 0 warnings/);
	expect(stdout.trimEnd().split('\n')).toHaveLength(1);
});

test('an error is named with file, line, column, code and pointer, and fails the run', () => {
	const path = file('broken.json', broken);
	const { code, stdout } = run([path]);
	expect(code).toBe(1);
	expect(stdout).toContain(`${path}:3:9  error  format  /id  `);
	expect(stdout).toMatch(/1 error,/);
});

test('the place of a finding is that of the file, also where the payload stands under "body"', () => {
	const path = file('recorded.json', `{\n  "headers": {},\n  "body": ${broken.trimEnd()}\n}\n`);
	expect(run([path, '--quiet']).stdout).toMatch(new RegExp(`^${path}:5:9  error  format  /id  [^\n]+\n$`));
});

test('standard input is read for -, and text that is no JSON fails', () => {
	expect(run(['-'], broken).stdout).toContain('-:3:9  error  format  /id');
	const { code, stdout } = run(['-'], 'no JSON at all');
	expect(code).toBe(1);
	expect(stdout).toContain('-:1:1  error  not-json  (root)  ');
	expect(run(['-'], '').stdout).toContain('error  empty');
});

test('programs get an array of reports, one for each file, in the order given', () => {
	const path = file('broken.json', broken);
	const { code, stdout } = run(['--format', 'json', path, genuine]);
	expect(code).toBe(1);
	const reports = JSON.parse(stdout) as ({ file: string } & Report)[];
	expect(reports.map((report) => [report.file, report.event, report.form, report.verdict])).toEqual([
		[path, 'message_created', 'wire', 'error'],
		[genuine, 'message_created', 'wire', 'info'],
	]);
	expect(reports[0]!.findings.find(({ severity }) => severity === 'error')).toMatchObject({
		pointer: '/id',
		code: 'format',
		line: 3,
		column: 9,
	});
});

test('the guide alone finds a genuine delivery faulty, and its own objects right', () => {
	expect(run(['--contract', 'guide', '--quiet', genuine]).code).toBe(1);
	const documented = join(payloads, 'message_created--documented-object.json');
	expect(run(['--contract', 'guide', '--quiet', documented])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('hundreds of files are checked at once', () => {
	const files = readdirSync(payloads).map((name) => join(payloads, name));
	const { code, stdout } = run([...files, ...files, ...files]);
	expect(code).toBe(0);
	expect(stdout).toContain(`${files.length * 3} payloads in `);
	expect(stdout).toMatch(/ 0 errors, /);
});

test('a file that is not there is named, and the others are checked all the same', () => {
	const { code, stdout, stderr } = run([genuine, join(folder, 'gone.json')]);
	expect(code).toBe(2);
	expect(stderr).toContain('gone.json');
	expect(stderr).not.toContain('at ');
	expect(stdout).toContain('message_created, as releases send it');
});

test.each([['--format', 'xml'], ['--contract', 'wire'], ['--what'], []])(
	'a call that can’t be carried out (%s %s) says how to call it',
	(...args: string[]) => {
		const { code, stdout, stderr } = run(args.filter((arg) => arg !== ''));
		expect(code).toBe(2);
		expect(stdout).toBe('');
		expect(stderr).toContain('Usage: chatwoot-webhook validate');
	},
);

test('a reader that goes away early is no crash', () => {
	const files = readdirSync(payloads).map((name) => `'${join(payloads, name)}'`);
	const command = `'${process.execPath}' '${program}' validate --drift ${files.join(' ')} | head -n 1`;
	const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', timeout: 60_000 });
	expect(stdout.trimEnd().split('\n')).toHaveLength(1);
	expect(stderr).toBe('');
});

test('what a payload says can neither begin a line nor command the terminal', () => {
	const path = file(
		'hostile.json',
		JSON.stringify({ ...(JSON.parse(broken) as object), message_type: 'x\u001b[31m\nfake:1:1' }),
	);
	const lines = run([path, '--quiet']).stdout.trimEnd().split('\n');
	expect(lines.every((line) => line.startsWith(`${path}:`))).toBe(true);
	expect(lines.join('')).not.toContain('\u001b');
	expect(readFileSync(path, 'utf8')).toContain('fake');
});
