import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import { expect, test } from 'vitest';
import { samples } from '../../../test/deliveries';
import { mutations, type Body } from '../../../test/mutations';
import type { JsonValue } from '../../json/value';
import { check } from '../check/check';
import type { ContractChoice, Report } from '../check/report';
import type { Contract } from '../contract/contract';
import { guide } from '../contract/guide';
import { wire } from '../contract/wire/wire';
import { jsonSchema } from './json-schema';
import { exportedEvents, schemaFileName } from './schema-files';

// A validator that knows nothing of ours is the judge.
// To tidy the code that it makes takes half of its time.
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, code: { optimize: false } });
const compiled = new Map<string, ValidateFunction>();

function doesAccept(contract: Contract, event: string, value: JsonValue): boolean {
	const key = `${contract.name} ${event}`;
	let validate = compiled.get(key);
	if (!validate) compiled.set(key, (validate = ajv.compile(jsonSchema(contract, event))));
	return validate(value);
}

/** What a schema can see: not rules between members, nor names that stand twice. */
function refusals({ findings }: Report) {
	const codes = new Set(['type', 'enum', 'format', 'missing', 'unknown-event']);
	return findings.filter(({ code, severity }) => severity === 'error' && codes.has(code));
}

function judge(value: JsonValue, contract: ContractChoice, event: string): Report {
	return check(JSON.stringify(value), { contract, event });
}

function isFine(value: JsonValue, contract: ContractChoice, event: string): boolean {
	return refusals(judge(value, contract, event)).length === 0;
}

const all = samples().map(({ name, body }) => {
	const value = JSON.parse(new TextDecoder().decode(body)) as Body;
	return { name, value, event: value.event as string, form: check(body).form };
});
const sent = all.filter(({ form }) => form === 'wire');
const documented = all.filter(({ event }) => guide.events.some((known) => known.event === event));

test('every event of both contracts has its schema, each in its own file', () => {
	expect(exportedEvents.map(({ event }) => event).sort()).toEqual(wire.events.map(({ event }) => event).sort());
	const inGuide = exportedEvents.filter(({ isDocumented }) => isDocumented).map(({ event }) => event);
	expect(inGuide.sort()).toEqual(guide.events.map(({ event }) => event).sort());
	const files = exportedEvents.map(({ event }) => schemaFileName(event));
	expect(new Set(files).size).toBe(files.length);
	expect(files.filter((file) => !/^[\w.-]+\.json$/.test(file))).toEqual([]);
});

test.each([wire, guide])('every schema of the $name contract is one by the rules of 2020-12', (contract) => {
	for (const { event } of contract.events) {
		const schema = jsonSchema(contract, event);
		expect(ajv.validateSchema(schema), `${event}: ${ajv.errorsText()}`).toBe(true);
		expect(schema).toMatchObject({
			$schema: 'https://json-schema.org/draft/2020-12/schema',
			title: expect.stringMatching(/./) as string,
			description: expect.stringMatching(/./) as string,
		});
	}
});

test('the schema of what releases send takes every sample as check does', () => {
	for (const { name, value, event } of sent) {
		expect(doesAccept(wire, event, value), `${name}: ${ajv.errorsText(compiled.get(`wire ${event}`)?.errors)}`).toBe(
			isFine(value, 'both', event),
		);
	}
	expect(sent.length).toBeGreaterThan(80);
});

test('the schema of the guide takes every sample of a documented event as check does', () => {
	const accepted = documented.filter(({ name, value, event }) => {
		const isAccepted = doesAccept(guide, event, value);
		expect(isAccepted, name).toBe(isFine(value, 'guide', event));
		return isAccepted;
	});
	expect(accepted.map(({ name }) => name)).toEqual(
		documented.filter(({ name }) => name.endsWith('--documented-object')).map(({ name }) => name),
	);
});

/** A schema knows no releases: what former ones sent it has to take. */
function isOfFormerRelease(report: Report): boolean {
	const formerly = /\/(content_type|additional_attributes|status)$/;
	return refusals(report).every(({ pointer }) => formerly.test(pointer));
}

test('broken in one place, a payload is refused by the schema as by check', () => {
	let agreed = 0;
	let formerOnly = 0;
	for (const { name, value, event } of sent) {
		// Each of them takes two judges: one of fifteen is thousands.
		for (const mutation of [...mutations(value)].filter((_, index) => index % 15 === 0)) {
			const changed = mutation.apply();
			const report = judge(changed, 'both', event);
			if (report.form !== 'wire') continue;
			const isAccepted = doesAccept(wire, event, changed);
			if (isAccepted === (refusals(report).length === 0)) {
				agreed++;
				continue;
			}
			const place = `${name}: ${mutation.kind} at /${mutation.path.join('/')}`;
			expect(isAccepted && isOfFormerRelease(report), place).toBe(true);
			formerOnly++;
		}
	}
	expect(agreed).toBeGreaterThan(5000);
	expect(formerOnly).toBeLessThan(agreed / 100);
});
