/**
 * The pixels that the widest of some elements would need for what is in them, padding included. The text is
 * measured itself, because an element that may shrink is only as wide as it was given. 0 without elements.
 */
export function widestContent(elements: Iterable<Element>): number {
	let widest = 0;
	const range = document.createRange();
	for (const element of elements) {
		range.selectNodeContents(element);
		const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(element);
		const padding = parseFloat(paddingInlineStart) + parseFloat(paddingInlineEnd);
		widest = Math.max(widest, Math.ceil(range.getBoundingClientRect().width + padding) + 1);
	}
	return widest;
}
