import { expect, test } from 'vitest';
import { bytes, samples } from '../../../../test/deliveries';
import { readChangedAttributes } from '../../../chatwoot/changed-attributes';
import { check } from '../../../chatwoot/check/check';
import { scanJson } from '../../../json/scan';
import { notesByRow } from './change-findings';

const { body } = samples().find(({ name }) => name === 'conversation_updated--status-resolved')!;

/** What stands where, of a genuine body with another list. */
function notes(changes: unknown) {
	const text = bytes(
		JSON.stringify({ ...(JSON.parse(new TextDecoder().decode(body)) as object), changed_attributes: changes }),
	);
	const result = scanJson(text);
	if (!result.ok) throw new Error(result.error.message);
	const { top, findings, extras, alone } = notesByRow(readChangedAttributes(result.document), check(text).findings);
	return {
		top: top.map(({ code }) => code),
		findings: Object.fromEntries([...findings].map(([pointer, list]) => [pointer, list.map(({ code }) => code)])),
		extras: Object.fromEntries([...extras].map(([pointer, list]) => [pointer, list.map((extra) => extra.pointer)])),
		alone: alone.map(({ pointer }) => pointer),
	};
}

const touched = { updated_at: { previous_value: null, current_value: '2026-06-09T10:39:05.912Z' } };
const resolved = { previous_value: 'open', current_value: 'resolved' };

test('a genuine list has nothing at any row', () => {
	expect(notes([{ status: resolved }, touched])).toEqual({ top: [], findings: {}, extras: {}, alone: [] });
});

test('what is wrong with an item stands at its first attribute, what is wrong with a value at its own', () => {
	const shown = notes([
		{ status: resolved, priority: { previous_value: null, current_value: 'huge' } },
		{ team_id: { previous_value: null, current_value: 4, by: 31 } },
		touched,
	]);
	expect(shown.findings).toEqual({
		'/changed_attributes/0/status': ['format'],
		'/changed_attributes/0/priority': ['enum'],
		'/changed_attributes/1/team_id': ['unknown-member'],
	});
	expect(shown.extras).toEqual({ '/changed_attributes/1/team_id': ['/changed_attributes/1/team_id/by'] });
});

test('a value that is no pair stands at its attribute, an item that is none stands alone with its finding', () => {
	const shown = notes([{ status: 'resolved' }, 'status', {}, touched]);
	expect(shown.extras).toEqual({ '/changed_attributes/0/status': ['/changed_attributes/0/status'] });
	expect(shown.alone).toEqual(['/changed_attributes/1', '/changed_attributes/2']);
	expect(shown.findings).toEqual({
		'/changed_attributes/0/status': ['type'],
		'/changed_attributes/1': ['type'],
		'/changed_attributes/2': ['format'],
	});
});

test('what is wrong with the whole list stands above it', () => {
	expect(notes({ status: resolved }).top).toEqual(['type']);
	expect(notes([{ status: resolved }]).top).toEqual(['invariant']);
	expect(notes('status')).toMatchObject({ top: ['type'], alone: ['/changed_attributes'] });
});
