/** Runs the built command line, after building it where that is needed. */
import { ensureBuilt } from './ensure-built.mjs';

try {
	ensureBuilt();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
// npm starts scripts in the project's folder; files are named from where the person is.
const namesFiles = ['validate', 'chain', 'simulate'].includes(process.argv[2] ?? '');
if (namesFiles && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
// A variable, because the built file is not there yet when types are checked.
const commandLine = '../../dist-node/chatwoot-webhook.js';
await import(commandLine);
