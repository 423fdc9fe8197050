import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const contentTypes: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.png': 'image/png',
};

/** A browser asks for `/favicon.ico` beside an answer of the API that is opened in a tab: nothing there names an icon. */
const aliases: Partial<Record<string, string>> = { '/': '/index.html', '/favicon.ico': '/favicon.png' };

interface StaticFile {
	bytes: Buffer<ArrayBuffer>;
	/** Packed when it is first asked for, so that starting waits for none of them; null where packing gains nothing. */
	gzipped: () => Buffer<ArrayBuffer> | null;
	etag: string;
	type: string;
	isForever: boolean;
}

/**
 * The built page. Its few files are read once, so that a request can only ever reach what was built,
 * however odd its path.
 */
export class StaticFiles {
	readonly #files = new Map<string, StaticFile>();

	constructor(directory: string) {
		for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
			if (!entry.isFile()) continue;
			const file = join(entry.parentPath, entry.name);
			const path = `/${relative(directory, file).split(sep).join('/')}`;
			this.#files.set(path, readStaticFile(file, path));
		}
	}

	/** The file at a path; `/` is the page. 404 for anything that was not built. */
	answer(request: Request, path: string): Response {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			return text(405, 'Only GET and HEAD reach the files of the page.');
		}
		const file = this.#files.get(aliases[path] ?? path);
		if (!file) return text(404, 'There is nothing at this address. The inspector is at /.');
		const headers: Record<string, string> = {
			'Content-Type': file.type,
			'Cache-Control': file.isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
			ETag: file.etag,
			Vary: 'Accept-Encoding',
		};
		if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
		const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
		const gzipped = takesGzip ? file.gzipped() : null;
		if (gzipped) headers['Content-Encoding'] = 'gzip';
		return new Response(request.method === 'HEAD' ? null : (gzipped ?? file.bytes), { headers });
	}
}

function readStaticFile(file: string, path: string): StaticFile {
	const bytes = readFileSync(file);
	const type = contentTypes[extname(file)] ?? 'application/octet-stream';
	let packed: Buffer<ArrayBuffer> | undefined;
	return {
		bytes,
		gzipped() {
			packed ??= gzipSync(bytes, { level: 9 });
			return packed.length < bytes.length ? packed : null;
		},
		etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
		type,
		// The build puts a hash of the content into these names.
		isForever: path.startsWith('/assets/'),
	};
}

function text(status: number, message: string): Response {
	return new Response(`${message}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
