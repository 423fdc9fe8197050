import { expect, test } from 'vitest';
import { shortWords, valueWords } from './value-words';

const noon = new Date(2026, 5, 9, 12).getTime();

test('values are said as people say them, and kept as they were sent', () => {
	expect(valueWords('status', '"snoozed"', noon)).toEqual({ form: 'status', word: 'snoozed' });
	expect(valueWords('priority', 'null', noon)).toEqual({ form: 'none', words: 'none' });
	expect(valueWords('waiting_since', '0', noon)).toEqual({ form: 'none', words: 'none' });
	expect(valueWords('agent_last_seen_at', '0', noon)).toEqual({ form: 'none', words: 'never' });
	expect(valueWords('unread_count', '0', noon)).toMatchObject({ form: 'words', words: '0' });
	expect(valueWords('can_reply', 'true', noon)).toMatchObject({ words: 'yes' });
	expect(valueWords('waiting_since', String(noon / 1000 - 74), noon)).toEqual({
		form: 'words',
		words: '11:58:46',
		aside: '74 s ago',
		sent: String(noon / 1000 - 74),
	});
	const later = new Date(noon + 7_200_000).toISOString();
	expect(valueWords('snoozed_until', JSON.stringify(later), noon)).toMatchObject({
		words: '14:00:00',
		aside: 'in 2 h',
	});
});

test('labels are one by one, whoever is named keeps every digit of the id', () => {
	expect(valueWords('labels', '["delivery","vip"]', noon)).toEqual({
		form: 'chips',
		names: ['delivery', 'vip'],
		more: 0,
	});
	expect(valueWords('labels', '[]', noon)).toEqual({ form: 'none', words: 'none' });
	const long = '{"id":12345678901234567890123,"name":"Ana","type":"user"}';
	expect(valueWords('meta.assignee', long, noon)).toEqual({
		form: 'record',
		name: 'Ana',
		id: '#12345678901234567890123',
	});
	expect(shortWords('meta.assignee', '32', noon)).toBe('#32');
	expect(shortWords('meta.team', '{"id":4,"name":null,"type":null}', noon)).toBe('#4');
});

test('what has another shape than Chatwoot sends is the JSON that it is', () => {
	expect(valueWords('labels', '[1]', noon)).toMatchObject({ form: 'json', text: '[1]' });
	expect(valueWords('labels', '{}', noon)).toMatchObject({ form: 'json', text: '{}' });
	expect(valueWords('status', '{"a":1}', noon)).toMatchObject({ form: 'json', kind: 'other' });
	expect(valueWords('meta.assignee', '[]', noon)).toMatchObject({ form: 'json' });
	expect(valueWords('snoozed_until', '"tomorrow"', noon)).toMatchObject({ form: 'words', words: 'tomorrow' });
	expect(valueWords('custom_attributes.plan', '"gold"', noon)).toEqual({
		form: 'json',
		kind: 'string',
		text: '"gold"',
	});
	expect(valueWords('custom_attributes.status', 'null', noon)).toMatchObject({ form: 'json', kind: 'other' });
});
