import type { ComparisonAnswer, ComparisonPiece, ComparisonRequest, ComparisonResults } from './comparison-messages';
import { ComparisonWork } from './comparison-work';

/** The worker of one comparison. */
const bodies = { left: new Uint8Array(0), right: new Uint8Array(0) };
let work: ComparisonWork | null = null;

addEventListener('message', ({ data }: MessageEvent<ComparisonPiece | ComparisonRequest>) => {
	if (data.task === 'piece') return takePiece(data);
	try {
		post({ id: data.id, result: answer(data) });
	} catch (error) {
		// Memory may not suffice for two large bodies: the page says so.
		post({ id: data.id, failure: error instanceof Error ? error.message : String(error) });
	}
});

function takePiece({ side, size, offset, bytes }: ComparisonPiece): void {
	if (offset === 0) bodies[side] = new Uint8Array(size);
	bodies[side].set(bytes, offset);
}

function answer(request: ComparisonRequest): ComparisonResults[keyof ComparisonResults] {
	if (request.task === 'open') {
		work = new ComparisonWork(bodies.left, bodies.right, request.ignored);
		return work.summary;
	}
	if (!work) throw new Error('The two could not be compared.');
	switch (request.task) {
		case 'rows':
			return work.rows(request.first, request.end);
		case 'unfold':
			return work.unfold(request.row);
		case 'changeNear':
			return work.changeNear(request.row, request.step);
		default:
			return work[request.task]();
	}
}

function post(message: ComparisonAnswer): void {
	postMessage(message);
}
