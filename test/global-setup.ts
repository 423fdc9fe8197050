import { ensureBuilt } from '../src/node/ensure-built.mjs';

/** The tests of the store and of the page run on what people run: the built files. */
export default function setup(): void {
	ensureBuilt();
}
