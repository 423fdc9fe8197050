/** Runs the built command line, after building it where that is needed. */
import { ensureBuilt } from './ensure-built.mjs';

try {
	ensureBuilt();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
// A variable, because the built file is not there yet when types are checked.
const commandLine = '../../dist-node/chatwoot-webhook.js';
await import(commandLine);
