import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { createBuilder, type Connect, type Plugin } from 'vite';
import { readStartOptions } from './options.ts';
import type * as ServerModule from './server';
import type * as StartModule from './start';

/**
 * A working receiver inside the development server: the page reloads while it is written, and real
 * deliveries arrive. The receiver is the built one (Node 20 runs no TypeScript), built when the
 * server starts, and again with the server when one of its files changes.
 */
export function developmentReceiver(): Plugin {
	return {
		name: 'development-receiver',
		apply: (_config, { command, mode }) => command === 'serve' && mode !== 'test',
		config: () => {
			const { host, port } = readStartOptions([], process.env);
			return { server: { host, port, strictPort: true } };
		},
		async configureServer(development) {
			const { root, server } = development.config;
			const builder = await createBuilder({ root, logLevel: 'warn' });
			await builder.build(builder.environments.node!);
			const { openReceiver, greeting, InspectorServer } = await loadBuilt(root);
			const opened = await openReceiver(readStartOptions([], process.env));
			const port = server.port;
			const page = () => new Response(null, { status: 404 });
			const handle = InspectorServer.within({ ...opened.server, page }, port).handler();

			const receive: Connect.NextHandleFunction = (incoming, outgoing, next) => {
				if (/^\/(hooks|api|healthz)\b|^\/\?(.*&)?token=/.test(incoming.url ?? '')) handle(incoming, outgoing);
				else next();
			};
			// Before the server's own: they refuse a tunnel's host, answer preflights and allow other origins.
			development.middlewares.stack.unshift({ route: '', handle: receive });
			development.watcher.on('change', (file) => {
				if (/[\\/]src[\\/](json|chatwoot|deliveries|changes|receiver|node)[\\/]/.test(file)) void development.restart();
			});
			development.httpServer?.once('listening', () => {
				const host = server.host === true ? '0.0.0.0' : server.host || '127.0.0.1';
				development.config.logger.info(greeting(`http://${host}:${port}`, opened.server.token, opened.endpoint));
			});
			const close = development.close.bind(development);
			development.close = async () => {
				opened.receiver.close();
				await opened.store.close();
				await close();
			};
		},
	};
}

/** The build of this moment: its address changes each time, since a module is never loaded twice. */
async function loadBuilt(root: string): Promise<typeof StartModule & typeof ServerModule> {
	const load = (name: string) => import(`${pathToFileURL(join(root, 'dist-node', name)).href}?at=${Date.now()}`);
	const [start, server] = (await Promise.all([load('start.js'), load('server.js')])) as [
		typeof StartModule,
		typeof ServerModule,
	];
	return { ...start, ...server };
}
