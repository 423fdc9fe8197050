import type { WorkerAnswer, WorkerRequest } from './check-messages';
import { checkText } from './check-text';
import { formatChanges } from './format-text';
import { keepText } from './kept-text';

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
	try {
		if (data.task === 'format') post({ task: 'formatted', changes: formatChanges(data.text) });
		else {
			post({ task: 'checked', checked: checkText(data, () => performance.now()) });
			keep(data.text);
		}
	} catch (error) {
		// Memory may not suffice for a large text: the page says so, and waits for the next one.
		post({ task: 'failure', failure: error instanceof Error ? error.message : String(error) });
	}
});

function post(answer: WorkerAnswer): void {
	postMessage(answer);
}

/** One write at a time; of the texts that come meanwhile only the newest is written. */
let isKeeping = false;
let next: string | null = null;

/** Keeps the text for a reload: here, because handing a megabyte to the storage would hold up the page. */
function keep(text: string): void {
	next = text;
	if (!isKeeping) void keepNext();
}

async function keepNext(): Promise<void> {
	isKeeping = true;
	while (next !== null) {
		const text = next;
		next = null;
		await keepText(text);
	}
	isKeeping = false;
}
