import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What each folder of `src` may import, besides itself. The type checks keep the environments apart. */
const allowed: Record<string, { folders: string[]; packages: RegExp }> = {
	json: { folders: [], packages: /^$/ },
	chatwoot: { folders: ['json'], packages: /^$/ },
	deliveries: { folders: ['json', 'chatwoot'], packages: /^$/ },
	changes: { folders: ['json', 'chatwoot', 'deliveries'], packages: /^$/ },
	simulator: { folders: ['json', 'chatwoot'], packages: /^$/ },
	receiver: { folders: ['json', 'chatwoot', 'deliveries', 'changes'], packages: /^hono(\/|$)/ },
	node: {
		folders: ['json', 'chatwoot', 'deliveries', 'changes', 'simulator', 'receiver'],
		packages: /^(node:|libsql$|@hono\/node-server$|vite$)/,
	},
	demo: {
		folders: ['json', 'chatwoot', 'deliveries', 'changes', 'simulator', 'receiver', 'ui', 'inspector'],
		packages: /^(msw|svelte)(\/|$)/,
	},
	ui: { folders: [], packages: /^svelte(\/|$)/ },
	inspector: {
		folders: ['json', 'chatwoot', 'deliveries', 'changes', 'ui'],
		packages: /^(svelte(\/|$)|eventsource-parser$|@codemirror\/|diff$|json-diff-kit\/differ$)/,
	},
};

const root = fileURLToPath(new URL('../src', import.meta.url));
const importPattern =
	/(?:^|\n)\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const files = readdirSync(root, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
	.map((entry) => join(entry.parentPath, entry.name));

function importsOf(file: string): string[] {
	return [...readFileSync(file, 'utf8').matchAll(importPattern)].map((match) => (match[1] ?? match[2])!);
}

test('every folder of src has a place in the table', () => {
	const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	expect(folders.map(({ name }) => name).filter((name) => !(name in allowed))).toEqual([]);
});

test('imports go one way: from the core outwards, and only to what a folder may know', () => {
	const wrong: string[] = [];
	for (const file of files) {
		const [folder] = relative(root, file).split('/');
		const rule = folder === undefined ? undefined : allowed[folder];
		if (!rule || folder === undefined) continue;
		for (const target of importsOf(file)) {
			const isOurs = target.startsWith('.');
			const [reached] = relative(root, resolve(dirname(file), target)).split('/');
			const isAllowed = isOurs ? reached === folder || rule.folders.includes(reached!) : rule.packages.test(target);
			if (!isAllowed) wrong.push(`${relative(root, file)} imports ${target}`);
		}
	}
	expect(wrong).toEqual([]);
	expect(files.length).toBeGreaterThan(30);
});

test('panels of the inspector do not import each other', () => {
	const panels = ['timeline', 'detail', 'conversations', 'validate', 'compare', 'coverage'];
	const wrong = files.flatMap((file) => {
		const [, own] = relative(root, file).split('/');
		if (own === undefined || !panels.includes(own)) return [];
		return importsOf(file).filter((target) =>
			panels.some((panel) => panel !== own && resolve(dirname(file), target).includes(`/inspector/${panel}/`)),
		);
	});
	expect(wrong).toEqual([]);
});
