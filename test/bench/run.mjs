/** `npm run bench [-- NAME…]`: builds what is needed, then runs the benchmarks, which are TypeScript. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { ensureBuilt } from '../../src/node/ensure-built.mjs';

ensureBuilt();
// The runner is closed afterwards, so the benchmarks may import nothing later on.
/** @type {{ module: { main(names: readonly string[]): Promise<number> } }} */
const { module } = await runnerImport(fileURLToPath(new URL('main.ts', import.meta.url)), { logLevel: 'warn' });
process.exitCode = await module.main(process.argv.slice(2));
