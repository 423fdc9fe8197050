import { startWorker } from '../start-worker';
import workerAddress from './comparison-worker?worker&url';

/** Starts the worker of one comparison after another. */
export function startComparisonWorker(): Worker {
	return startWorker(workerAddress);
}
