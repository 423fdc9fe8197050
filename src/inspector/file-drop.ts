/**
 * Takes the files that are dropped anywhere on the page, unless something on it has taken them itself. While files hang
 * over the page, its root carries `data-dropping`.
 */
export function takeDroppedFiles(onfiles: (files: readonly File[]) => void): void {
	const root = document.documentElement;
	const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
	const leave = () => root.removeAttribute('data-dropping');

	addEventListener('dragover', (event) => {
		if (!hasFiles(event)) return;
		root.setAttribute('data-dropping', '');
		if (event.defaultPrevented) return;
		// Otherwise the browser would go to the file.
		event.preventDefault();
		event.dataTransfer!.dropEffect = 'copy';
	});
	addEventListener('dragleave', (event) => {
		if (event.relatedTarget === null) leave();
	});
	// Whoever takes the files may let nobody else know.
	addEventListener('drop', leave, { capture: true });
	addEventListener('drop', (event) => {
		if (event.defaultPrevented || !hasFiles(event)) return;
		event.preventDefault();
		onfiles([...event.dataTransfer!.files]);
	});
}
