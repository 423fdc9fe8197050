import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, samples } from '../../test/deliveries';
import { scanJson, type JsonDocument } from '../json/scan';
import { comparableRecords, type RecordText } from './comparable-records';
import { placesOf, recordsIn, type RecordInBody } from './records';

const read = (value: unknown): JsonDocument => {
	const scan = scanJson(value instanceof Uint8Array ? value : bytes(JSON.stringify(value)));
	if (!scan.ok) throw new Error(scan.error.message);
	return scan.document;
};
const parsed = (text: Uint8Array) => JSON.parse(new TextDecoder().decode(text)) as Record<string, unknown>;
const at = (document: JsonDocument, kind: RecordInBody['kind'], form: RecordInBody['form']): RecordText => ({
	document,
	record: recordsIn(document).find((record) => record.kind === kind && record.form === form)!,
});

const documents = samples().map(({ name, body }) => ({ name, document: read(body) }));
const sample = (name: string) => documents.find((one) => one.name === name)!.document;

/** Samples that show one record in two forms. */
const shownTwice = documents.flatMap(({ name, document }) =>
	recordsIn(document)
		.filter(({ form }) => form === 'top-level' || form === 'webhook')
		.flatMap((record) => {
			const other = placesOf(recordsIn(document), record).find(({ form }) => form !== record.form);
			return other ? [{ name, document, record, other, at: `${record.pointer || '/'} and ${other.pointer}` }] : [];
		}),
);

/** The one sample whose two contacts are not the same: only the widget's own has the place it was opened from. */
const isOdd = ({ name, record }: (typeof shownTwice)[number]) =>
	name === 'webwidget_triggered--existing-conversation' && record.kind === 'contact';

const alike = shownTwice.filter((one) => !isOdd(one));

test('two contacts of one body that differ are seen to differ, where they do', () => {
	const [{ document, record, other }] = shownTwice.filter(isOdd) as [(typeof shownTwice)[number]];
	const compared = comparableRecords({ document, record }, { document, record: other });
	const [left, right] = [parsed(compared.left), parsed(compared.right)];
	expect(Object.keys(left).filter((name) => JSON.stringify(left[name]) !== JSON.stringify(right[name]))).toEqual([
		'additional_attributes',
	]);
	expect(compared.isEqual).toBe(false);
});

test.each(alike)('$name: the same $record.kind at $at compares equal', ({ document, record, other }) => {
	const compared = comparableRecords({ document, record }, { document, record: other });
	expect(parsed(compared.left)).toEqual(parsed(compared.right));
	expect(compared.isEqual).toBe(true);
	expect(Object.keys(parsed(compared.left))).toContain('id');
});

test('the exceptions are said: a text that was laid out for its channel, and a survey’s link', () => {
	const notes = shownTwice
		.filter(({ record }) => record.kind === 'message')
		.map(({ name, document, record, other }) => ({
			name,
			notes: comparableRecords({ document, record }, { document, record: other }).notes,
		}))
		.filter((one) => one.notes.length > 0);
	expect(notes).toEqual([
		{
			name: 'message_created--html-rendered-content-4-10',
			notes: ['`content` is not compared: the words are the same, 4.9.0 to 4.12.0 lay them out at top level only.'],
		},
		{
			name: 'message_created--template-csat-survey-link',
			notes: ['`content` is not compared: a survey has its link at top level only.'],
		},
	]);
});

test('what only one form of a message has is named and not shown as removed', () => {
	const document = sample('message_created--agent-outgoing');
	const { left, onlyInOneForm, notItsOwn } = comparableRecords(
		at(document, 'message', 'nested'),
		at(document, 'message', 'top-level'),
	);
	expect(onlyInOneForm).toEqual(
		expect.arrayContaining(['account', 'account_id', 'inbox', 'sender.available_name', 'sender.email', 'status']),
	);
	expect(notItsOwn.sort()).toEqual(['conversation', 'event']);
	expect(Object.keys(parsed(left)).sort()).toEqual([
		'additional_attributes',
		'content',
		'content_attributes',
		'content_type',
		'created_at',
		'id',
		'message_type',
		'private',
		'sender',
		'source_id',
	]);
});

test.each([
	['content', 'Something else', 'content'],
	['private', true, 'private'],
	['content_attributes', { deleted: true }, 'content_attributes'],
	['created_at', '2026-06-09T10:00:01.000Z', 'created_at'],
	['message_type', 'outgoing', 'message_type'],
	['sender', null, 'sender'],
	['attachments', [{ id: 1 }], 'attachments'],
])('a change of %s is seen, also between two forms', (name, value, shown) => {
	const body = JSON.parse(
		new TextDecoder().decode(samples().find((one) => one.name === 'message_created--webwidget-incoming')!.body),
	) as Record<string, unknown>;
	const changed = read({ ...body, [name]: value });
	const nested = at(read(body), 'message', 'nested');
	const compared = comparableRecords(nested, at(changed, 'message', 'top-level'));
	expect(compared.isEqual).toBe(false);
	expect(parsed(compared.left)[shown]).not.toEqual(parsed(compared.right)[shown]);
	expect(compared.onlyInOneForm).not.toContain(shown);
});

test('a status at top level, which a later release may add, is compared as soon as both sides have it', () => {
	const body = { event: 'message_updated', id: 1, message_type: 'incoming', status: 'read' };
	const nested = {
		event: 'conversation_updated',
		id: 4,
		meta: {},
		messages: [{ id: 1, message_type: 0, status: 'sent' }],
	};
	const compared = comparableRecords(at(read(nested), 'message', 'nested'), at(read(body), 'message', 'top-level'));
	expect(parsed(compared.left)).toEqual({ id: 1, message_type: 'incoming', status: 'sent' });
	expect(compared.isEqual).toBe(false);
});

test('in one form the members stay byte for byte, without the event and without other records', () => {
	const body = bytes(
		'{ "id":1 , "ratio": 1.0, "id2":12345678901234567890123, "name":"\\u0041", "event":"contact_updated"}',
	);
	const record = at(read(body), 'contact', 'webhook');
	const { left, right, notItsOwn } = comparableRecords(record, record);
	expect(new TextDecoder().decode(left)).toBe('{"id":1,"ratio":1.0,"id2":12345678901234567890123,"name":"\\u0041"}');
	expect(left).toEqual(right);
	expect(notItsOwn).toEqual(['event']);
});

test('a contact inside a conversation is the very bytes of the body', () => {
	const document = sample('conversation_updated--status-resolved');
	const contact = at(document, 'contact', 'push');
	const { left, notItsOwn, onlyInOneForm } = comparableRecords(contact, contact);
	expect(left).toEqual(document.bytes.subarray(document.start[contact.record.node], document.end[contact.record.node]));
	expect([...notItsOwn, ...onlyInOneForm]).toEqual([]);
});

test('whatever two messages hold, both texts are JSON, share their names, and nothing else is lost unnamed', () => {
	const name = fc.oneof(
		fc.constantFrom(
			'content',
			'sender',
			'attachments',
			'status',
			'created_at',
			'message_type',
			'event',
			'conversation',
		),
		fc.string({ maxLength: 3 }),
	);
	const value = fc.oneof(
		fc.jsonValue({ maxDepth: 2 }),
		fc.constantFrom<unknown>(0, 'incoming', '2026-06-09T10:00:00Z'),
	);
	const message = fc.dictionary(name, value, { maxKeys: 7 });
	fc.assert(
		fc.property(message, message, (top, nested) => {
			const one = read({ ...top, event: 'message_created', id: 5 });
			const other = read({ event: 'conversation_updated', id: 4, messages: [{ ...nested, id: 5 }] });
			const left = at(one, 'message', 'top-level');
			const right = at(other, 'message', 'nested');
			const compared = comparableRecords(left, right);
			const kept = new Set([...Object.keys(parsed(compared.left)), ...Object.keys(parsed(compared.right))]);
			const named = new Set([...compared.onlyInOneForm, ...compared.notItsOwn, ...kept]);
			for (const [own, held] of Object.entries({ ...top, ...nested })) {
				const isNobody = own === 'sender' && held === null;
				const isSaid = compared.notes.some((note) => note.startsWith(`\`${own}\``));
				if (!isNobody && !isSaid) expect(named).toContain(own);
			}
		}),
	);
});
