import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delivery, samples } from '../../test/deliveries';
import type { Summary, WholeDelivery } from './api';
import { summarize } from './summary';
import { wholeBody, writeWholeDelivery } from './whole-delivery';

function throughLine(body: Uint8Array): { line: string; whole: WholeDelivery } {
	const arrived = delivery({ body: Uint8Array.from(body) });
	const state = { answer: null, isPinned: false, note: null, signature: null };
	const summary: Summary = { ...summarize(arrived), id: 1, state };
	const line = writeWholeDelivery(summary, arrived);
	return { line, whole: JSON.parse(line) as WholeDelivery };
}

test('any bytes come back as they were, in one line', () => {
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }).map(encode)), (body) => {
			const { line, whole } = throughLine(body);
			expect(line).not.toContain('\n');
			expect([...wholeBody(whole)]).toEqual([...body]);
		}),
	);
});

test('a body with a byte order mark and one of many bytes that are no text come back whole', () => {
	const marked = encode('\ufeff{}');
	expect(wholeBody(throughLine(marked).whole)).toEqual(marked);
	const large = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
	const { whole } = throughLine(large);
	expect(whole.body).toBeUndefined();
	expect(wholeBody(whole)).toEqual(large);
});

test('what Chatwoot sends travels as text', () => {
	for (const { name, body } of samples()) {
		const { whole } = throughLine(body);
		expect(whole.bodyBase64, name).toBeUndefined();
		expect(whole.body, name).toBe(new TextDecoder().decode(body));
	}
});

function encode(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}
