import { expect, test } from 'vitest';
import { samples } from '../../test/deliveries';
import type { SummaryChange } from './api';
import { changeParts, changeText, clockText, isNoise } from './change-text';
import { summarize } from './summary';

const arrival = Date.parse('2026-06-09T10:39:06.000Z');

function change(attribute: string, previous: unknown, current: unknown): SummaryChange {
	return { attribute, previous: JSON.stringify(previous), current: JSON.stringify(current) };
}

function text(...changed: SummaryChange[]): string | null {
	const parts = changeParts({ changed, receivedAt: arrival });
	return parts && changeText(parts);
}

const touched = change('updated_at', '2026-06-09T10:38:20.110Z', '2026-06-09T10:39:05.912Z');
const clock = (iso: string): string => clockText(Date.parse(iso), arrival);

test('every sample with changes reads well in a row', () => {
	const rows = samples().flatMap(({ name, headers, body }) => {
		const summary = summarize({
			endpoint: 'main',
			receivedAt: arrival,
			method: 'POST',
			target: '/hooks/main',
			headers: Object.entries(headers),
			body,
			truncation: null,
		});
		const parts = changeParts(summary);
		return parts === null ? [] : [`${name}: ${changeText(parts)}${isNoise(summary) ? ' (muted)' : ''}`];
	});
	expect(rows).toEqual([
		'contact_updated--blocked: blocked false → true',
		'contact_updated--custom-attributes: custom_attributes {} → {"cart_total":129.5,"tags":["boots","sale"]}',
		'contact_updated--last-activity-only: last_activity_at only (muted)',
		'contact_updated--profile-edited: name Bao Lindqvist → Bao Lindqvist-Ray +4',
		'conversation_updated--agent-bot-assigned: bot none → 5',
		'conversation_updated--assignee-assigned: assignee none → 31',
		'conversation_updated--assignee-removed: assignee 31 → none',
		'conversation_updated--conversation-language: additional_attributes changed',
		'conversation_updated--creation-burst: created, 11 attributes',
		'conversation_updated--custom-attributes-nested: custom_attributes changed',
		'conversation_updated--documented-object: status open → resolved',
		`conversation_updated--first-reply-and-waiting: first_reply_created_at none → ${clock('2026-06-09T10:02:00.550Z')} +1`,
		'conversation_updated--labels-added: labels + vip',
		'conversation_updated--labels-cleared: labels − vip',
		'conversation_updated--priority-urgent: priority none → urgent',
		'conversation_updated--seen-timestamps-with-assignee: assignee none → 31 +2',
		'conversation_updated--snoozed-until: status open → snoozed +1',
		'conversation_updated--status-resolved: status open → resolved',
		'conversation_updated--team-with-auto-assignee: assignee 31 → 32 +1',
		`conversation_updated--waiting-since-touch: waiting_since none → ${clock('2026-06-09T10:39:05.900Z')} (muted)`,
		'inbox_updated--reauthorization-required: reauthorization_required false → true',
		'inbox_updated--whatsapp-settings: greeting_enabled false → true +1',
	]);
});

test('nothing listed is nothing to say', () => {
	expect(text()).toBeNull();
});

test('the time of the change never leads, unless it is alone', () => {
	expect(text(touched, change('company_id', null, 4))).toBe('company_id none → 4');
	expect(text(touched)).toBe('updated_at only');
});

test('labels are compared as sets', () => {
	expect(text(change('label_list', ['a', 'waiting'], ['delivery', 'a']))).toBe('labels + delivery − waiting');
	expect(text(change('label_list', null, ['vip']))).toBe('labels + vip');
	expect(text(change('label_list', ['a', 'b'], ['b', 'a']))).toBe('labels changed');
	expect(text(change('label_list', 'a', ['a']))).toBe('labels a → ["a"]');
});

test('times are clocks, as ISO text and as Unix seconds; another day gets its date', () => {
	const iso = '2026-06-09T10:00:00.155Z';
	expect(text(change('waiting_since', null, iso), touched)).toBe(`waiting_since none → ${clock(iso)}`);
	expect(text(change('waiting_since', Math.floor(Date.parse(iso) / 1000), 0))).toBe(
		`waiting_since ${clock(iso)} → none`,
	);
	expect(text(change('snoozed_until', null, '2026-07-09T10:00:00.000Z'))).toMatch(
		/^snoozed_until none → 2026-07-(09|10) \d\d:\d\d$/,
	);
	expect(text(change('first_reply_created_at', null, 'soon'))).toBe('first_reply_created_at none → soon');
});

test('long and absent values are left out rather than made up', () => {
	expect(text({ attribute: 'name', previous: '#00112233445566', current: '"Bao"' })).toBe('name → Bao');
	expect(text({ attribute: 'name', previous: '"Bao"', current: '#00112233445566' })).toBe('name changed');
	expect(text({ attribute: 'status', previous: null, current: null })).toBe('status changed');
	expect(text(change('name', 'Bao', ''))).toBe('name Bao → empty');
});

test('only typing and changes of times alone are noise', () => {
	expect(isNoise({ event: 'conversation_typing_on', changed: [] })).toBe(true);
	expect(isNoise({ event: 'message_created', changed: [] })).toBe(false);
	expect(isNoise({ event: 'contact_updated', changed: [touched, change('last_activity_at', null, '')] })).toBe(true);
	expect(isNoise({ event: 'contact_updated', changed: [touched, change('name', '', 'Bao')] })).toBe(false);
});
