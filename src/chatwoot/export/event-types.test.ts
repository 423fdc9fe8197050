import ts from 'typescript';
import { expect, test } from 'vitest';
import { samples } from '../../../test/deliveries';
import { check } from '../check/check';
import { wire } from '../contract/wire/wire';
import { eventTypes } from './event-types';

const types = eventTypes(wire);
const options: ts.CompilerOptions = { strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022 };

/** What the compiler says of a program that imports the types as a receiver's author does. */
function complaints(program: string): string[] {
	const files = new Map([
		['/receiver/events.d.ts', types],
		['/receiver/main.ts', program],
	]);
	const host = ts.createCompilerHost(options);
	const readFile = host.readFile.bind(host);
	host.readFile = (name) => files.get(name) ?? readFile(name);
	host.directoryExists = (name) => name === '/receiver' || ts.sys.directoryExists(name);
	host.fileExists = (name) => files.has(name) || ts.sys.fileExists(name);
	host.getSourceFile = (name, target) => {
		const text = host.readFile(name);
		return text === undefined ? undefined : ts.createSourceFile(name, text, target);
	};
	const built = ts.createProgram(['/receiver/main.ts'], options, host);
	return ts
		.getPreEmitDiagnostics(built)
		.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, 600));
}

test('a receiver knows the payload by its event', () => {
	const program = `
		import type { WebhookEvent } from './events';
		export function handle(payload: WebhookEvent): string | number | null {
			switch (payload.event) {
				case 'message_created': return payload.conversation.id;
				case 'conversation_updated': return payload.changed_attributes?.length ?? 0;
				case 'contact_updated': return payload.phone_number ?? null;
				case 'conversation_typing_on': return payload.is_private ? 'note' : 'reply';
				case 'automation_event.message_created': return payload.status;
				default: return payload.event;
			}
		}`;
	expect(complaints(program)).toEqual([]);
});

test('a receiver knows an attachment by its file type, and a sender by its type', () => {
	const program = `
		import type { MessageCreated } from './events';
		export function read({ attachments = [], sender }: MessageCreated): (string | number | null)[] {
			const read: (string | number | null)[] = [sender?.type === 'user' ? sender.email : null];
			for (const attachment of attachments) {
				if (attachment?.file_type === 'location') read.push(attachment.coordinates_lat);
				else if (attachment?.file_type === 'contact') read.push(attachment.fallback_title);
				else if (attachment?.file_type === 'image') read.push(attachment.data_url);
			}
			return read;
		}`;
	expect(complaints(program)).toEqual([]);
});

test('what no release sends is an error already when the receiver is written', () => {
	const said = complaints(`
		import type { WebhookEvent } from './events';
		export function handle(payload: WebhookEvent): unknown {
			if (payload.event === 'message_deleted') return 1;
			if (payload.event === 'message_created') return payload.conversation.account_id;
			if (payload.event === 'contact_created') return payload.message_type;
		}`);
	expect(said).toHaveLength(3);
	expect(said[0]).toMatch(/message_deleted/);
	expect(said[1]).toMatch(/account_id/);
	expect(said[2]).toMatch(/message_type/);
});

test('every sample that a release sends has the type of its event', () => {
	const sent = samples().filter(({ body }) => {
		const report = check(body);
		return report.form === 'wire' && report.counts.error + report.counts.warning === 0;
	});
	expect(sent.length).toBeGreaterThan(80);
	// The guide's own Captain, whom no release sends.
	const typed = sent.filter(({ name }) => name !== 'conversation_typing_on--captain-assistant');
	const lines = typed.map(({ name, body }, index) => {
		return `// ${name}\nconst sample${index}: WebhookEvent = ${new TextDecoder().decode(body)};`;
	});
	const program = ["import type { WebhookEvent } from './events';", ...lines, 'export {};'].join('\n');
	expect(complaints(program)).toEqual([]);
});
