/** `npm run pictures`: builds what is needed, then takes the README's pictures of the real product. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { ensureBuilt } from '../../src/node/ensure-built.mjs';

ensureBuilt();
/** @type {{ module: { takePictures(): Promise<void> } }} */
const { module } = await runnerImport(fileURLToPath(new URL('take-pictures.ts', import.meta.url)), {
	logLevel: 'warn',
});
await module.takePictures();
