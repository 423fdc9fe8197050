import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../chatwoot/check/check';
import type { Contract } from '../chatwoot/contract/contract';
import { guide } from '../chatwoot/contract/guide';
import { wire } from '../chatwoot/contract/wire/wire';
import { eventTypes } from '../chatwoot/export/event-types';
import { jsonSchema } from '../chatwoot/export/json-schema';
import { eventTypesPath, schemaPath } from '../chatwoot/export/schema-files';
import type { JsonValue } from '../json/value';

type Body = { [name: string]: JsonValue };

const mostExamples = 2;

/** Every file by its path beside the page. The examples are the repository's sample payloads. */
export function contractFileTexts(root: string): Map<string, string> {
	const samples = readSamples(join(root, 'test/payloads'));
	const types = eventTypes(wire);
	// The second is for receivers that are CommonJS: TypeScript lets them name no module of the other kind.
	const files = new Map([
		[eventTypesPath, types],
		[eventTypesPath.replace(/ts$/, 'cts'), types],
	]);
	for (const contract of [guide, wire]) {
		for (const { event } of contract.events) {
			const schema = jsonSchema(contract, event, examplesOf(contract, event, samples));
			files.set(schemaPath(contract.name, event), `${JSON.stringify(schema, null, '\t')}\n`);
		}
	}
	return files;
}

function readSamples(folder: string): Body[] {
	return readdirSync(folder)
		.sort()
		.map((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { body: Body }).body);
}

/** Samples without a fault; for an event without a sample, those of one with the same body, under its name. */
function examplesOf(contract: Contract, event: string, samples: readonly Body[]): JsonValue[] {
	const own = samples.filter((body) => body.event === event && isExemplary(contract, body));
	if (own.length > 0) return own.slice(0, mostExamples);
	const objectOf = (name: JsonValue | undefined) => contract.events.find((one) => one.event === name)?.object;
	const isLike = (body: Body) => objectOf(body.event) !== undefined && objectOf(body.event) === objectOf(event);
	const like = samples.find((body) => isLike(body) && isExemplary(contract, { ...body, event }));
	return like ? [{ ...like, event }] : [];
}

function isExemplary(contract: Contract, body: JsonValue): boolean {
	const report = check(JSON.stringify(body), { contract: contract.name === 'guide' ? 'guide' : 'both' });
	return report.form === contract.name && report.counts.error === 0 && report.counts.warning === 0;
}
