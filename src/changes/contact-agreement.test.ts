import { expect, test } from 'vitest';
import { bytes } from '../../test/deliveries';
import { readChangedAttributes } from '../chatwoot/changed-attributes';
import { scanJson } from '../json/scan';
import type { RecordText } from './comparable-records';
import { contactAgreement } from './contact-agreement';
import { recordsIn } from './records';

function contact(facts: object): RecordText {
	const scan = scanJson(bytes(JSON.stringify({ id: 518, event: 'contact_updated', ...facts })));
	if (!scan.ok) throw new Error(scan.error.message);
	return { document: scan.document, record: recordsIn(scan.document)[0]! };
}

const change = (attribute: string, previous_value: unknown, current_value: unknown) => ({
	[attribute]: { previous_value, current_value },
});

const agreement = (before: object, facts: object, ...changed_attributes: object[]) => {
	const now = contact({ ...facts, changed_attributes });
	return contactAgreement(readChangedAttributes(now.document).changes, now, contact(before));
};

const nothing = { fitting: [], early: [], contradicting: [], unlisted: [] };

test('a previous value that the earlier delivery showed fits', () => {
	const before = { name: 'Maria', email: null, custom_attributes: { b: 1, a: [2] } };
	const now = { name: 'Maria Lopez', email: null, custom_attributes: {} };
	const changes = [change('name', 'Maria', 'Maria Lopez'), change('custom_attributes', { a: [2], b: 1 }, {})];
	expect(agreement(before, now, ...changes)).toEqual({ ...nothing, fitting: ['name', 'custom_attributes'] });
});

test('a body that was built late shows the new value early', () => {
	const now = { name: 'Maria Lopez' };
	expect(agreement(now, now, change('name', 'Maria', 'Maria Lopez'))).toEqual({ ...nothing, early: ['name'] });
});

test('another previous value, or a change that nothing lists, means that an update is missing', () => {
	const before = { name: 'M', email: 'm@example.com' };
	const now = { name: 'Maria Lopez', email: 'maria@example.com' };
	expect(agreement(before, now, change('name', 'Maria', 'Maria Lopez'))).toEqual({
		...nothing,
		contradicting: ['name'],
		unlisted: ['email'],
	});
});

test('what moves silently, what no body shows, and what the earlier delivery did not have is not judged', () => {
	const before = { additional_attributes: { city: 'Utrecht' }, name: 'Maria' };
	const now = { additional_attributes: {}, name: 'Maria', phone_number: '+31612345678' };
	const changes = [
		change('last_activity_at', '2026-06-09T10:00:00.000Z', '2026-06-09T10:00:01.000Z'),
		change('phone_number', null, '+31612345678'),
		change('additional_attributes', { city: 'Delft' }, {}),
	];
	expect(agreement(before, now, ...changes)).toEqual(nothing);
});
