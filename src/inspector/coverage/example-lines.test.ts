import { expect, test } from 'vitest';
import { samples } from '../../../test/deliveries';
import { presentMembers } from '../../chatwoot/check/coverage';
import { readBody } from '../../deliveries/body-reading';
import { exampleLines, exampleNode } from './example-lines';

const parsed = (value: unknown) => readBody(new TextEncoder().encode(JSON.stringify(value))).document!;

function shown(value: unknown, pointer: string): string[] {
	const document = parsed(value);
	const { lines } = exampleLines(document, exampleNode(document, pointer));
	return lines.map(({ name, level, text }) => `${'  '.repeat(level)}${name === null ? '' : `${name}: `}${text}`);
}

test('every member that was counted is found again in its delivery', () => {
	for (const { body } of samples()) {
		const { document } = readBody(body);
		for (const pointer of presentMembers(document!)?.pointers ?? []) {
			expect(exampleNode(document!, pointer), pointer).toBeGreaterThan(0);
		}
	}
	const long = parsed({ event: 'contact_created', ['x'.repeat(300)]: 1, 'a/b~c': 2 });
	for (const pointer of presentMembers(long)!.pointers) expect(exampleNode(long, pointer)).toBeGreaterThan(0);
});

test('of an array the first item that has the member is the example', () => {
	const value = { messages: [{ id: 1 }, { id: 2, sender: { name: 'Pat' } }] };
	expect(shown(value, '/messages/*/sender')).toEqual(['{ 1 member }', '  name: "Pat"']);
	expect(exampleNode(parsed(value), '/messages/*/nothing')).toBe(-1);
	expect(exampleNode(parsed(value), '/messages/id')).toBe(-1);
	expect(exampleNode(parsed({ messages: {} }), '/messages/*/id')).toBe(-1);
});

test('values are shown as JSON, long ones are cut, and secrets never shown', () => {
	const value = {
		event: 'conversation_created',
		contact_inbox: { id: 7, pubsub_token: 'secret-value', hmac_verified: false, source_id: 'x'.repeat(200) },
		additional_attributes: { bot_token: 'secret-value', nothing: null, list: [], one: [1.5], empty: {} },
	};
	const lines = [...shown(value, '/contact_inbox'), ...shown(value, '/additional_attributes')];
	expect(lines).toEqual([
		'{ 4 members }',
		'  id: 7',
		'  pubsub_token: ••••••••',
		'  hmac_verified: false',
		`  source_id: "${'x'.repeat(80)}…"`,
		'{ 5 members }',
		'  bot_token: ••••••••',
		'  nothing: null',
		'  list: []',
		'  one: [ 1 item ]',
		'    1.5',
		'  empty: {}',
	]);
	expect(shown(value, '/contact_inbox/pubsub_token')).toEqual(['••••••••']);
});

test('a large value is cut after 40 lines and says so', () => {
	const document = parsed({ list: Array.from({ length: 100 }, (_, index) => index) });
	const { lines, isCut } = exampleLines(document, exampleNode(document, '/list'));
	expect([lines.length, isCut]).toEqual([40, true]);
});
