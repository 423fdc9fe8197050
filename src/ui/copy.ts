/**
 * Puts text on the clipboard. The clipboard interface exists in secure contexts only, and the inspector is
 * often opened as plain http on another machine: there a hidden field and the old command do it.
 *
 * Answers whether it worked; it never throws, so that the caller can offer the text to be copied by hand.
 * The focus returns to where it was.
 */
export async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return copyByCommand(text);
	}
}

function copyByCommand(text: string): boolean {
	const focused = document.activeElement;
	// Inside an open dialog everything else is inert, and an inert field cannot be selected.
	const parent = document.querySelector('dialog[open]') ?? document.body;
	const field = document.createElement('textarea');
	field.value = text;
	field.readOnly = true;
	field.className = 'visually-hidden';
	parent.append(field);
	field.select();
	const copied = document.execCommand('copy');
	field.remove();
	if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
	return copied;
}
