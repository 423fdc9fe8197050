import { expect, test } from 'vitest';
import { samples } from '../../../test/deliveries';
import { scanJson } from '../../json/scan';
import { find } from '../../json/document';
import { firstMark, lineParts, pairParts, type LinePart } from './line-text';

const text = (parts: LinePart[]) => parts.map(({ text }) => text).join('');
const dots = '••••••••••••';

test('a secret is masked until it is asked for, and nothing else is', () => {
	const line = '"pubsub_token": "9f3b",';
	expect(text(lineParts(line, false))).toBe(`"pubsub_token": ${dots},`);
	expect(text(lineParts(line, true))).toBe(line);
	expect(text(lineParts('"name": "pubsub_token",', false))).toBe('"name": "pubsub_token",');
	expect(text(lineParts('"pubsub_token": null,', false))).toBe('"pubsub_token": null,');
	expect(text(lineParts(String.raw`"content": "\"pubsub_token\": \"9f3b\""`, false))).toContain('9f3b');
});

test('a secret is masked in a body that is no JSON too, also where it was cut off', () => {
	const line = '{"event":"contact_updated","pubsub_token":"9f3b","id":1,"hmac_token":"ab';
	expect(text(lineParts(line, false))).toBe(
		`{"event":"contact_updated","pubsub_token":${dots},"id":1,"hmac_token":${dots}`,
	);
});

test('no sample shows a token of its contact', () => {
	for (const { name, body } of samples()) {
		const scanned = scanJson(body);
		if (!scanned.ok) continue;
		const node = find(scanned.document, 'conversation', 'contact_inbox', 'pubsub_token');
		if (node === -1) continue;
		const { start, end } = scanned.document;
		const token = new TextDecoder().decode(body.subarray(start[node], end[node]));
		if (token.length < 4) continue;
		expect(text(lineParts(`"pubsub_token": ${token},`, false)), name).not.toContain(token);
	}
});

test('two secrets that differ are marked whole, without a letter of either', () => {
	const { left, right } = pairParts('"hmac_token": "a1",', '"hmac_token": "a2"', false);
	expect(left).toEqual([
		{ text: '"hmac_token": ', look: 'plain' },
		{ text: dots, look: 'marked' },
		{ text: ',', look: 'plain' },
	]);
	expect(text(right)).toBe(`"hmac_token": ${dots}`);
	expect(right[1]).toMatchObject({ look: 'marked' });
});

test('what is invisible, or turns the text around it, is written as an escape', () => {
	expect(text(lineParts('"a\u202eb\u200bc\u0007"', true))).toBe(String.raw`"a\u202eb\u200bc\u0007"`);
});

test('of a long text the beginning, the end and the words that differ are shown', () => {
	const long = 'x'.repeat(100_000);
	const { left, right } = pairParts(`"${long} old ${long}"`, `"${long} new ${long}"`, true);
	expect(left.map(({ look }) => look)).toEqual(['plain', 'skipped', 'plain', 'marked', 'plain', 'skipped', 'plain']);
	expect(left.find(({ look }) => look === 'marked')?.text).toBe('old');
	expect(right.find(({ look }) => look === 'marked')?.text).toBe('new');
	expect(text(left).length).toBeLessThan(200);
	expect(text(left)).toContain('99,954 characters');
});

test('a message of a usual length is shown whole', () => {
	const message = `"content": "${'Where is my parcel? '.repeat(10)}old",`;
	const { left } = pairParts(message, message.replace('old', 'new'), true);
	expect(left.map(({ look }) => look)).toEqual(['plain', 'marked', 'plain']);
	expect(text(left)).toBe(message);
});

test('the first word that differs is found by its place', () => {
	const { left, right } = pairParts('"name": "Ana"', '"name": "Joel"', true);
	expect([firstMark(left), firstMark(right), firstMark(lineParts('"a": 1', true))]).toEqual([9, 9, 0]);
});
