import { expect, test } from 'vitest';
import type { Finding } from '../../chatwoot/check/report';
import { findingDetail, findingTitle, messageParts, shortNote } from './finding-title';

function finding(facts: Partial<Finding>): Finding {
	return {
		pointer: '/created_at',
		code: 'format',
		severity: 'error',
		message: '',
		expected: 'text',
		found: '1',
		guide: null,
		wire: null,
		releases: null,
		line: 1,
		column: 1,
		...facts,
	};
}

test('a title says in a few words what is wrong, and who says so', () => {
	expect(findingTitle(finding({ code: 'format' }))).toBe('Not a time that Chatwoot sends');
	expect(findingTitle(finding({ code: 'format' }), 'guide')).toBe('Not a time as the guide says');
	expect(findingTitle(finding({ code: 'format', pointer: '/id' }))).toBe('Not written as Chatwoot writes it');
	expect(findingTitle(finding({ code: 'missing', pointer: '/conversation/id' }))).toBe('id is missing');
	expect(findingTitle(finding({ code: 'unknown-member' }))).toBe('No contract knows this member');
	expect(findingTitle(finding({ code: 'unknown-member', count: 3 }))).toBe('No contract knows these members');
});

test('a fault of the text and a broken rule are their own title, and what follows is the detail', () => {
	const comment = finding({ code: 'not-json', message: 'JSON has no comments; remove `// The name of the event`.' });
	expect(findingTitle(comment)).toBe('JSON has no comments');
	expect(findingDetail(comment)).toBe('Remove `// The name of the event`.');
	const rule = finding({ code: 'invariant', message: 'inbox.id is conversation.inbox_id. Here 4.14 differs.' });
	expect(findingTitle(rule)).toBe('inbox.id is conversation.inbox_id');
	expect(findingDetail(rule)).toBe('Here 4.14 differs.');
	const place = { pointer: '/inbox/id', expected: '7', found: '8' };
	const whole = 'inbox.id should be 7, but is 8. It always shows the inbox; conversation.inbox_id is 7.';
	const agreement = finding({ code: 'invariant', message: whole, ...place });
	expect(findingTitle(agreement)).toBe('It always shows the inbox');
	expect(findingDetail(agreement)).toBe('Conversation.inbox_id is 7.');
	const long = finding({ code: 'not-json', message: `Text ${'on and '.repeat(20)}on` });
	expect(findingTitle(long)).toBe('Not JSON');
	expect(findingDetail(long)).toBe(long.message);
});

test('the detail leaves out what stands beside it', () => {
	const type = { code: 'type', found: '"7"', expected: 'integer' } as const;
	expect(findingDetail(finding({ ...type, message: 'id should be integer, but is "7".' }))).toBe('');
	expect(findingDetail(finding({ ...type, message: 'id should be integer, but is "7"; ids count from 1.' }))).toBe(
		'Ids count from 1.',
	);
	expect(findingDetail(finding({ ...type, message: 'Says it is a user.' }))).toBe('Says it is a user.');
	const missing = finding({ code: 'missing', expected: 'integer', message: 'id is missing; on the wire: integer.' });
	expect(findingDetail(missing)).toBe('');
	const unknown = finding({ code: 'unknown-member', message: 'Neither has "asignee". Did you mean "assignee"?' });
	expect(findingDetail(unknown)).toBe('Did you mean "assignee"?');
});

test('the note beside a row is shorter still', () => {
	const drift = { severity: 'info', guide: 'integer' } as const;
	expect(shortNote(finding({ ...drift, code: 'differs-from-guide' }))).toBe('guide: integer');
	expect(shortNote(finding({ ...drift, code: 'undocumented' }))).toBe('not in the guide');
	expect(shortNote(finding({ ...drift, code: 'only-in-guide', pointer: '/account_id', found: 'nothing' }))).toBe(
		'guide: has account_id',
	);
	expect(shortNote(finding({ ...drift, code: 'differs-from-guide', guide: 'x'.repeat(90) })).length).toBeLessThan(60);
	const unknown = finding({ code: 'unknown-member', message: 'No. Did you mean "assignee_id"?' });
	expect(shortNote(unknown)).toBe('unknown; did you mean assignee_id?');
	expect(shortNote(finding({ code: 'enum' }))).toBe('not a value that Chatwoot sends');
});

test('text between back-ticks is told apart, and a lone one stays', () => {
	expect(messageParts('Remove `// x`.')).toEqual([
		{ text: 'Remove ', isCode: false },
		{ text: '// x', isCode: true },
		{ text: '.', isCode: false },
	]);
	expect(messageParts('one ` only')).toEqual([{ text: 'one ` only', isCode: false }]);
});
