import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { exportedEvents, schemaPath } from '../chatwoot/export/schema-files';
import { contractFileTexts } from './contract-file-texts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const texts = contractFileTexts(root);

test('the build writes every schema and the types, as they are made from the contracts', () => {
	for (const [path, text] of texts) {
		expect(readFileSync(`${root}/dist/${path}`, 'utf8'), path).toBe(text);
	}
});

test('every written schema accepts its own examples, and every event has one', () => {
	// To tidy the code that it makes takes half of its time.
	const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, code: { optimize: false } });
	const bare: string[] = [];
	for (const { event, isDocumented } of exportedEvents) {
		for (const contract of isDocumented ? (['wire', 'guide'] as const) : (['wire'] as const)) {
			const schema = JSON.parse(texts.get(schemaPath(contract, event))!) as { examples?: unknown[] };
			const validate = ajv.compile(schema);
			if (!schema.examples) bare.push(`${contract} ${event}`);
			for (const example of schema.examples ?? []) expect(validate(example), `${contract} ${event}`).toBe(true);
		}
	}
	expect(bare).toEqual([]);
});

test('other programs reach the schemas by the name of the package', () => {
	const { resolve } = createRequire(import.meta.url);
	expect(resolve('chatwoot-webhook-inspector/schemas/wire/message_created.json')).toBe(
		`${root}dist/schemas/wire/message_created.json`,
	);
});

test.each([
	['a bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler, 'ts'],
	['Node, as a module', ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16, 'mts'],
	['Node, as CommonJS', ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16, 'cts'],
])('a receiver for %s imports the types by the name of the package', (_, module, moduleResolution, extension) => {
	// Inside the package its name leads to itself.
	const file = `${root}receiver.${extension}`;
	const text =
		"import type { WebhookEvent } from 'chatwoot-webhook-inspector/events';\nexport type Name = WebhookEvent['event'];";
	// Of TypeScript's own declarations only the language's, unchecked: they are not ours, and the browser's are many.
	const lib = ['lib.es2023.d.ts'];
	const settings = { strict: true, noEmit: true, types: [], lib, skipDefaultLibCheck: true };
	const options: ts.CompilerOptions = { ...settings, module, moduleResolution };
	const host = ts.createCompilerHost(options);
	const { fileExists, readFile, getSourceFile } = host;
	host.fileExists = (name) => name === file || fileExists(name);
	host.readFile = (name) => (name === file ? text : readFile(name));
	host.getSourceFile = (name, target, ...rest) =>
		name === file ? ts.createSourceFile(name, text, target) : getSourceFile(name, target, ...rest);
	const problems = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host));
	expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});
