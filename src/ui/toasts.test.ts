import { expect, test, vi } from 'vitest';
import { Toasts } from './toasts.svelte';

test('messages are shown oldest first, and a fourth pushes out the oldest', () => {
	const toasts = new Toasts();
	for (const text of ['one', 'two', 'three', 'four']) toasts.show(text);
	expect(toasts.messages.map((message) => message.text)).toEqual(['two', 'three', 'four']);
});

test('a dismissed message goes and the others stay', () => {
	const toasts = new Toasts();
	const first = toasts.show('first');
	toasts.show('second');
	toasts.dismiss(first);
	toasts.dismiss(first);
	expect(toasts.messages.map((message) => message.text)).toEqual(['second']);
});

test('a message carries its seconds and its action', () => {
	const run = vi.fn();
	const toasts = new Toasts();
	toasts.show('Cleared 41 deliveries', { seconds: 10, action: { label: 'Undo', run } });
	toasts.messages[0]?.action?.run();
	expect(toasts.messages[0]?.seconds).toBe(10);
	expect(run).toHaveBeenCalledOnce();
});
