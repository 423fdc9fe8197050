import { startWorker } from '../../start-worker';
import workerAddress from './payload-worker?worker&url';

/** Starts the worker of one large body after another. */
export function startPayloadWorker(): Worker {
	return startWorker(workerAddress);
}
