import { join } from 'node:path';
import { runnerImport, type Plugin } from 'vite';
import type * as ContractFileTexts from './contract-file-texts';

/**
 * Writes both contracts beside the page, for other programs: a JSON Schema for each event, and the TypeScript types of
 * all events. The development server offers the same files.
 */
export function contractFiles(): Plugin {
	let root = '';
	return {
		name: 'contract-files',
		applyToEnvironment: (environment) => environment.name === 'client',
		configResolved(config) {
			root = config.root;
		},
		async generateBundle() {
			for (const [fileName, source] of await readTexts(root)) this.emitFile({ type: 'asset', fileName, source });
		},
		configureServer({ middlewares }) {
			middlewares.use((incoming, outgoing, next) => {
				const path = new URL(incoming.url ?? '', 'http://localhost').pathname.slice(1);
				if (!/^(schemas\/|events\.d\.ts$)/.test(path)) return next();
				readTexts(root).then((texts) => {
					const text = texts.get(path);
					if (text === undefined) next();
					else outgoing.end(text);
				}, next);
			});
		},
	};
}

/** Loaded when it is needed: what the configuration itself imports would have to name its files in another way. */
async function readTexts(root: string): Promise<Map<string, string>> {
	const file = join(root, 'src/node/contract-file-texts.ts');
	const { module } = await runnerImport<typeof ContractFileTexts>(file, { root, configFile: false, logLevel: 'warn' });
	return module.contractFileTexts(root);
}
