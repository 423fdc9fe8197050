import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exportedEvents, schemaPath } from '../chatwoot/export/schema-files';
import { contractFileTexts } from './contract-file-texts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the build writes every schema and the types, as they are made from the contracts', () => {
	for (const [path, text] of contractFileTexts(root)) {
		expect(readFileSync(`${root}/dist/${path}`, 'utf8'), path).toBe(text);
	}
});

test('every written schema accepts its own examples, and nearly all events have one', () => {
	const texts = contractFileTexts(root);
	const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
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

test('other programs reach schemas and types by the name of the package', () => {
	const { resolve } = createRequire(import.meta.url);
	expect(resolve('chatwoot-webhook-inspector/schemas/wire/message_created.json')).toBe(
		`${root}dist/schemas/wire/message_created.json`,
	);
	const { exports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
		exports: Record<string, { types?: string }>;
	};
	expect(exports['./events']?.types).toBe('./dist/events.d.ts');
});
