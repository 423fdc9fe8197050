import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const results = ['dist/index.html', 'dist/events.d.ts', 'dist-node/chatwoot-webhook.js'].map((name) =>
	join(root, name),
);
// The sample payloads are the examples in the schemas.
const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'test/payloads'].map((name) =>
	join(root, name),
);

/**
 * Builds the page and the Node programs when they are missing or older than their sources. The log
 * goes to standard error, since standard output belongs to whoever asked.
 * Plain JavaScript, because Node 20 runs no TypeScript. Throws when the build fails.
 */
export function ensureBuilt() {
	if (!isStale()) return;
	console.error('Building the inspector …');
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const { status } = spawnSync(process.execPath, [vite, 'build', '--app'], {
		cwd: root,
		stdio: ['ignore', 2, 2],
		// Whoever asks may be a test runner, whose mode would be built in.
		env: { ...process.env, NODE_ENV: 'production', VITEST: undefined },
	});
	if (status !== 0) throw new Error('The build failed; its log is above.');
}

function isStale() {
	if (!results.every((file) => existsSync(file))) return true;
	const builtAt = Math.min(...results.map((file) => statSync(file).mtimeMs));
	return Math.max(...sources.map(changedAt)) > builtAt;
}

/**
 * When a file, or anything in a folder, was last changed; a removed file changes its folder.
 * @param {string} path
 * @returns {number}
 */
function changedAt(path) {
	const stats = statSync(path);
	if (!stats.isDirectory()) return stats.mtimeMs;
	const inside = readdirSync(path).filter((name) => !name.endsWith('.test.ts'));
	return Math.max(stats.mtimeMs, ...inside.map((name) => changedAt(join(path, name))));
}
