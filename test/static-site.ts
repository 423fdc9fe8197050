import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built page on a server that knows nothing of it. */
export interface StaticSite {
	origin: string;
	/** The address of the page, below some path. */
	page: string;
	stop: () => Promise<void>;
}

const types: Record<string, string> = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
};

/**
 * Serves a folder, the built page unless another is given, below a path, as simple servers do: files with their time,
 * the index for the folder, 404 for the rest. Nothing may be kept without asking again.
 */
export async function serveStatic(
	folder = fileURLToPath(new URL('../dist', import.meta.url)),
	below = '/some/where/',
): Promise<StaticSite> {
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url!, 'http://localhost');
		const name = pathname.slice(below.length) || 'index.html';
		try {
			if (!pathname.startsWith(below) || name.includes('..')) throw new Error('Outside.');
			const file = join(folder, name);
			const bytes = readFileSync(file);
			response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
			response.setHeader('Last-Modified', statSync(file).mtime.toUTCString());
			response.setHeader('Cache-Control', 'no-cache');
			response.end(request.method === 'HEAD' ? undefined : bytes);
		} catch {
			response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Nothing here.\n');
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		origin,
		page: origin + below,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
