import { expect, test } from 'vitest';
import { bytes } from '../../../../test/deliveries';
import { ChangeList } from '../../../changes/change-list';
import { scanJson } from '../../../json/scan';
import { lookFor, looksFor, noLooks, withLook } from './changes-look';

function list(changes: unknown): ChangeList {
	const result = scanJson(bytes(JSON.stringify({ event: 'conversation_updated', changed_attributes: changes })));
	if (!result.ok) throw new Error(result.error.message);
	return new ChangeList(result.document, 'conversation_updated');
}

const changed = list([{ status: { previous_value: 'open', current_value: 'resolved' } }]);
const nothing = list(null);
const odd = list(['status']);

test('what was sent is shown first, and another delivery where nothing was sent', () => {
	expect(lookFor(changed, noLooks)).toBe('sent');
	expect(lookFor(odd, noLooks)).toBe('sent');
	expect(lookFor(nothing, noLooks)).toBe('another');
});

test('a look that was chosen stays from delivery to delivery, where the body allows it', () => {
	const before = withLook(noLooks, changed, 'before');
	expect(lookFor(changed, before)).toBe('before');
	expect(lookFor(odd, before)).toBe('sent');
	expect(lookFor(changed, withLook(before, changed, 'another'))).toBe('another');
});

test('what was chosen where something is listed says nothing of deliveries that list nothing', () => {
	const sent = withLook(noLooks, changed, 'sent');
	expect(lookFor(nothing, sent)).toBe('another');
	expect(lookFor(nothing, withLook(sent, nothing, 'sent'))).toBe('sent');
	expect(lookFor(changed, withLook(noLooks, nothing, 'another'))).toBe('sent');
});

test('without a change there is nothing to put back', () => {
	expect(looksFor(changed).map(({ label }) => label)).toEqual(['As sent', 'Body before and now', 'Another delivery']);
	expect(looksFor(nothing).map(({ label }) => label)).toEqual(['As sent', 'Another delivery']);
});
