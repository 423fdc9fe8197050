import { expect, test } from 'vitest';
import { bytes, samples } from '../../test/deliveries';
import { scanJson } from '../json/scan';
import { readSummaryChanges } from './summary-changes';

function shownOf(attribute: string, current: unknown, body: object): string | undefined {
	const changed_attributes = [{ [attribute]: { previous_value: null, current_value: current } }];
	const scan = scanJson(bytes(JSON.stringify({ event: 'conversation_updated', id: 1, ...body, changed_attributes })));
	return scan.ok ? readSummaryChanges(scan.document)[0]?.shown : expect.unreachable();
}

test('what the body shows is kept only where it differs from what the diff says', () => {
	expect(shownOf('status', 'open', { status: 'open' })).toBeUndefined();
	expect(shownOf('status', 'open', { status: 'resolved' })).toBe('"resolved"');
	expect(shownOf('priority', 'low', { priority: null })).toBe('null');
	expect(shownOf('priority', 'low', {})).toBeUndefined();
});

test('values are compared as they are meant: labels as sets, an empty object as none', () => {
	expect(shownOf('label_list', ['a', 'b'], { labels: ['b', 'a'] })).toBeUndefined();
	expect(shownOf('label_list', ['b'], { labels: ['c', 'b'] })).toBe('["b","c"]');
	expect(shownOf('custom_attributes', null, { custom_attributes: {} })).toBeUndefined();
	expect(shownOf('custom_attributes', { a: 1, b: 2 }, { custom_attributes: { b: 2, a: 1 } })).toBeUndefined();
	expect(shownOf('custom_attributes', {}, { custom_attributes: { a: '1' } })).toBe('{"a":"1"}');
	expect(shownOf('custom_attributes', {}, { custom_attributes: { a: 'x'.repeat(80) } })).toMatch(/^#[\da-f]{14}$/);
});

test('ids are looked for where the body has them; an agent and a bot are not mistaken for each other', () => {
	expect(shownOf('team_id', 5, { meta: { team: { id: 5 } } })).toBeUndefined();
	expect(shownOf('team_id', 5, { meta: { team: null } })).toBe('null');
	expect(shownOf('team_id', 5, { meta: {} })).toBeUndefined();
	const bot = { meta: { assignee: { id: 9 }, assignee_type: 'AgentBot' } };
	expect(shownOf('assignee_id', 3, bot)).toBeUndefined();
	expect(shownOf('assignee_agent_bot_id', 3, bot)).toBe('9');
	expect(shownOf('assignee_id', 3, { meta: { assignee: { id: 4 } } })).toBe('4');
});

test('times that the body writes in another form are not compared', () => {
	expect(shownOf('waiting_since', '2026-06-09T10:00:00.000Z', { waiting_since: 0 })).toBeUndefined();
	expect(shownOf('updated_at', '2026-06-09T10:00:00.000Z', { updated_at: 1.5 })).toBeUndefined();
});

test('no genuine sample shows anything else than its diff says', () => {
	const differing = samples().flatMap(({ name, body }) => {
		const scan = scanJson(body);
		return scan.ok && readSummaryChanges(scan.document).some(({ shown }) => shown !== undefined) ? [name] : [];
	});
	expect(differing).toEqual([]);
});
