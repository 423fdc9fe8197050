import { expect, test } from 'vitest';
import { find } from '../../../json/document';
import { scanJson, type JsonDocument } from '../../../json/scan';
import { markedParts, rowName, rowText, timeOf } from './row-text';

function scan(value: unknown): JsonDocument {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const result = scanJson(new TextEncoder().encode(text));
	if (!result.ok) throw new Error(result.error.message);
	return result.document;
}

test('containers say how much they hold, and small closed ones what', () => {
	const document = scan({
		account: { id: 7, name: 'Northwind Outfitters' },
		none: {},
		empty: [],
		labels: ['a', 'b'],
		nested: [{ a: 1 }],
		many: { a: 1, b: 2, c: 3, d: 4, e: 5 },
	});
	const closed = (name: string) => rowText(document, find(document, name), false, false).text;
	expect(['account', 'none', 'empty', 'labels', 'nested', 'many'].map(closed)).toEqual([
		'{ id: 7, name: "Northwind Outfitters" }',
		'{ }',
		'[ ]',
		'[ "a", "b" ]',
		'[ 1 item ]',
		'{ 5 members }',
	]);
	expect(rowText(document, 0, true, false).text).toBe('{ 6 members }');
});

test('a preview keeps secrets masked', () => {
	const document = scan({ contact_inbox: { id: 1, pubsub_token: 'abcdef' } });
	expect(rowText(document, 1, false, false).text).toBe('{ id: 1, pubsub_token: •••••••••••• }');
	expect(rowName(document, 3, false, true)).toBe('pubsub_token: masked');
});

test('numbers are shown as sent, strings with what is invisible escaped, long ones cut', () => {
	const document = scan(`["a\\nb\\u202e", 12345678901234567890123, 1.0, "${'x'.repeat(300)}"]`);
	expect([1, 2, 3].map((node) => rowText(document, node, false, false).text)).toEqual([
		'"a\\nb\\u202e"',
		'12345678901234567890123',
		'1.0',
	]);
	expect(rowText(document, 4, false, false)).toEqual({ text: `"${'x'.repeat(200)}…"`, look: 'string', isCut: true });
});

test('only numbers that can be times, in members that are called so, are times', () => {
	const document = scan(
		'{"created_at":1780999622,"updated_at":1780999200.25,"waiting_since":0,"timestamp":1780999622,"id":1780999622,"last_at":17809996220,"x_at":"1780999622","agent_last_seen_at":1e9}',
	);
	expect(Array.from({ length: 8 }, (_, index) => timeOf(document, index + 1))).toEqual([
		1780999622000,
		1780999200250,
		null,
		1780999622000,
		null,
		null,
		null,
		null,
	]);
});

test('a text is cut where the query stands, case ignored', () => {
	expect(markedParts('"Channel::Api"', 'channel')).toEqual([
		{ text: '"', isMatch: false },
		{ text: 'Channel', isMatch: true },
		{ text: '::Api"', isMatch: false },
	]);
	expect(markedParts('abc', 'x')).toEqual([{ text: 'abc', isMatch: false }]);
	expect(markedParts('', 'x')).toEqual([{ text: '', isMatch: false }]);
});
