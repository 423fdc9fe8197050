import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, delivery, samples } from '../../test/deliveries';
import { summarize } from '../deliveries/summary';
import { find, stringValue } from '../json/document';
import { resolvePointer } from '../json/pointer';
import { scanJson, type JsonDocument } from '../json/scan';
import { placesOf, recordFor, recordsIn } from './records';

const read = (text: string | Uint8Array<ArrayBuffer>): JsonDocument => {
	const scan = scanJson(typeof text === 'string' ? bytes(text) : text);
	if (!scan.ok) throw new Error(scan.error.message);
	return scan.document;
};
const eventOf = (document: JsonDocument) => stringValue(document, find(document, 'event'));
const sample = (name: string) => read(samples().find((one) => one.name === name)!.body);
const lines = (document: JsonDocument) =>
	recordsIn(document).map(({ kind, id, pointer, form }) => `${kind} ${id} ${pointer || '(top)'} ${form}`);

test('a message event shows its message, the conversation and the newest message in it, and the contact three times', () => {
	expect(lines(sample('message_created--webwidget-incoming'))).toEqual([
		'message 90311 (top) top-level',
		'contact 518 /sender webhook',
		'conversation 1401 /conversation whole',
		'contact 518 /conversation/meta/sender push',
		'message 90311 /conversation/messages/0 nested',
		'contact 518 /conversation/messages/0/sender push',
	]);
});

test.each([
	['conversation_updated--status-resolved', 'conversation 1401 (top) whole'],
	['conversation_typing_on--contact-widget', 'contact 518 /user webhook'],
	['contact_updated--profile-edited', 'contact 955 (top) webhook'],
	['webwidget_triggered--existing-conversation', 'contact 518 /contact webhook'],
	['webwidget_triggered--existing-conversation', 'conversation 1401 /current_conversation whole'],
	['macro.executed--webwidget', 'conversation 1401 (top) whole'],
	['message_created--documented-sample', 'message 1 (top) top-level'],
])('in %s there is %s', (name, line) => {
	expect(lines(sample(name))).toContain(line);
});

test('an agent is no contact, and a private note is not the message inside its conversation', () => {
	expect(lines(sample('conversation_typing_on--agent')).filter((line) => line.includes('/user'))).toEqual([]);
	const note = sample('message_created--private-note');
	const own = recordFor('message_created', note)!;
	expect(placesOf(recordsIn(note), own)).toHaveLength(1);
});

test.each(samples())('$name: every record is an object with its id, and the row’s ids are among them', ({ body }) => {
	const document = read(body);
	const records = recordsIn(document);
	for (const { pointer, node } of records) expect(resolvePointer(document, pointer)).toBe(node);
	const ids = (kind: string) => records.filter((record) => record.kind === kind).map(({ id }) => id);
	const summary = summarize(delivery({ body }));
	if (summary.messageId !== null) expect(ids('message')).toContain(summary.messageId);
	if (summary.conversationId !== null) expect(ids('conversation')).toContain(summary.conversationId);
	if (summary.contactId !== null) expect(ids('contact')).toContain(summary.contactId);
});

test.each(samples())('$name is about the record that its name says', ({ name, body }) => {
	const document = read(body);
	const record = recordFor(eventOf(document), document);
	const [family] = name.split(/[_.]/);
	const expected: Record<string, string | undefined> = {
		message: 'message',
		contact: 'contact',
		conversation: 'conversation',
		automation: 'conversation',
		macro: 'conversation',
		webwidget: 'contact',
	};
	expect(record?.kind).toBe(expected[family!]);
	if (record) expect(recordsIn(document)).toContainEqual(record);
});

test('whatever a body holds, looking for records throws nothing', () => {
	const names = fc.constantFrom('event', 'id', 'sender', 'conversation', 'messages', 'meta', 'contact', 'message_type');
	const { body } = fc.letrec((tie) => ({
		body: fc.oneof(
			{ maxDepth: 5 },
			fc.constantFrom<unknown>(null, 1, 'message_created', 'contact_updated', 'webwidget_triggered', true, 1e300),
			fc.array(tie('body'), { maxLength: 3 }),
			fc.dictionary(names, tie('body'), { maxKeys: 6 }),
		),
	}));
	fc.assert(
		fc.property(body, (value) => {
			const document = read(JSON.stringify(value));
			for (const { node, pointer } of recordsIn(document)) expect(resolvePointer(document, pointer)).toBe(node);
			recordFor(eventOf(document), document);
		}),
	);
});

test('an id that JavaScript cannot hold exactly names no record, rather than another one', () => {
	expect(recordsIn(read('{"event":"message_created","id":12345678901234567890123}'))).toEqual([]);
});
