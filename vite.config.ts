import { svelte } from '@sveltejs/vite-plugin-svelte';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { policyForMeta } from './src/node/content-security-policy.ts';
import { contractFiles } from './src/node/contract-files.ts';
import { developmentReceiver } from './src/node/development-plugin.ts';

const firstLoadLimit = 120_000;

/**
 * The files of the slowest project first, and of each project together: a worker goes on with the next file only when
 * that is of its own project. Within a project the usual order, which starts long ones early.
 */
class ProjectByProject extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const order = this.ctx.projects.map(({ name }) => name);
		const sorted = await super.sort(files);
		return order.flatMap((name) => sorted.filter(({ project }) => project.name === name));
	}
}

export default defineConfig({
	// Works from any sub-path.
	base: './',
	plugins: [
		svelte({ configFile: false, compilerOptions: { runes: true } }),
		pagePolicy(),
		firstDrawing(),
		developmentReceiver(),
		contractFiles(),
		aheadList(),
		firstLoad(),
	],
	build: {
		target: 'es2023',
		modulePreload: { polyfill: false },
		// A remark on the time that compiling takes is no warning to act on.
		rolldownOptions: { checks: { pluginTimings: false } },
	},
	// A worker is one file, so that a copy of it in memory needs nothing else.
	worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false } } },
	environments: {
		client: {
			build: {
				outDir: 'dist',
				// What the page begins with is one file: five more, all small, took a slow machine a tenth of a second.
				rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
			},
		},
		node: {
			consumer: 'server',
			build: {
				outDir: 'dist-node',
				emptyOutDir: true,
				copyPublicDir: false,
				target: 'node20',
				minify: false,
				rolldownOptions: {
					input: {
						'chatwoot-webhook': 'src/node/chatwoot-webhook.ts',
						start: 'src/node/start.ts',
						server: 'src/node/server.ts',
						'disk-store': 'src/node/disk-store.ts',
						'disk-store-thread': 'src/node/disk-store-thread.ts',
					},
					// One flat folder, so that a file finds its neighbour by its name.
					output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
				},
			},
		},
	},
	builder: {
		async buildApp(builder) {
			await builder.build(builder.environments.client!);
			await builder.build(builder.environments.node!);
		},
	},
	test: {
		globalSetup: 'test/global-setup.ts',
		// Two at once also on a machine with two cores: a test of the page mostly waits.
		maxWorkers: 2,
		// Far more than any takes: a busy machine must not fail what works.
		testTimeout: 120_000,
		hookTimeout: 120_000,
		expect: { poll: { timeout: 30_000 } },
		sequence: { sequencer: ProjectByProject },
		// What the files of a project import need not be loaded again for each of them: they share nothing else.
		isolate: false,
		projects: [
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['test/browser/**/*.test.ts'],
					globalSetup: 'test/browser/global-setup.ts',
					environment: 'node',
				},
			},
			{
				extends: true,
				test: {
					name: 'node',
					include: ['src/node/**/*.test.ts'],
					environment: 'node',
					// A server takes the process for its own: its adapter replaces the global `Request` and `Response`.
					isolate: true,
				},
			},
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['src/**/*.test.ts', 'test/*.test.ts'],
					exclude: ['src/node/**'],
					environment: 'node',
				},
			},
		],
	},
});

/** The policy for the static build, which has no server of ours to send it as a header. */
function pagePolicy(): Plugin {
	return {
		name: 'page-policy',
		apply: 'build',
		transformIndexHtml: () => [
			{
				tag: 'meta',
				attrs: { 'http-equiv': 'Content-Security-Policy', content: policyForMeta },
				injectTo: 'head-prepend',
			},
		],
	};
}

/**
 * The page is drawn when its script has run, and not empty before: that costs a slow machine some 60 ms. It is drawn all
 * the same when the script can't be had. Vite keeps no such attribute of a script that it bundles.
 */
function firstDrawing(): Plugin {
	return {
		name: 'first-drawing',
		apply: 'build',
		transformIndexHtml: {
			order: 'post',
			handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
		},
	};
}

/** Lists the parts of the page that are loaded when they are needed, for a page that fetches them ahead. */
function aheadList(): Plugin {
	return {
		name: 'ahead-list',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
		generateBundle: {
			// After the workers and the styles have become files.
			order: 'post',
			handler(_options, bundle) {
				const files = Object.values(bundle).filter(({ fileName }) => fileName.startsWith('assets/'));
				const names = (type: 'chunk' | 'asset', ending: string) =>
					files.filter((file) => file.type === type && file.fileName.endsWith(ending)).map(({ fileName }) => fileName);
				const list = { modules: names('chunk', '.js'), styles: names('asset', '.css'), workers: names('asset', '.js') };
				this.emitFile({ type: 'asset', fileName: 'ahead.json', source: JSON.stringify(list) });
			},
		},
	};
}

/** Prints what the page's first load transfers, and fails the build when it is too much. */
function firstLoad(): Plugin {
	return {
		name: 'first-load',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
		writeBundle(_options, bundle) {
			const loaded = new Set<string>();
			const load = (name: string) => {
				const chunk = bundle[name];
				if (chunk?.type !== 'chunk' || loaded.has(name)) return;
				loaded.add(name);
				chunk.imports.forEach(load);
			};
			for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.isEntry) load(chunk.fileName);
			const code = [...loaded].map((name) => bundle[name]).filter((chunk) => chunk?.type === 'chunk');
			const bytes = code.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
			const figures = `${(bytes / 1000).toFixed(1)} kB of JavaScript (gzip), of ${firstLoadLimit / 1000} kB`;
			if (bytes > firstLoadLimit) this.error(`The first load transfers ${figures} allowed.`);
			this.info(`The first load transfers ${figures} allowed.`);
		},
	};
}
