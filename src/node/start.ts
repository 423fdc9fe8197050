import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createReceiver, type Receiver } from '../receiver/receiver';
import { StoreError } from '../receiver/store';
import { isLoopback } from './access';
import { DiskStore } from './disk-store';
import { readStartOptions, startHelp, UsageError, type StartOptions } from './options';
import { InspectorServer, type ServerOptions } from './server';
import { loadSettings } from './settings';
import { StaticFiles } from './static-files';

/** The address cannot be listened on; the message says why and what to do. */
class ListenError extends Error {
	override name = 'ListenError';
}

/** A receiver over the store on disk, and what it takes to reach it. */
export interface OpenReceiver {
	store: DiskStore;
	receiver: Receiver;
	endpoint: string;
	server: Omit<ServerOptions, 'page'>;
}

/** Opens the data folder and makes the receiver over it. Throws a StoreError when the folder can't be used. */
export async function openReceiver(options: StartOptions): Promise<OpenReceiver> {
	const keep = { count: options.keepCount, bytes: options.keepBytes, ageMilliseconds: options.keepAgeMilliseconds };
	const store = await DiskStore.open({
		directory: options.data,
		threadFile: new URL('./disk-store-thread.js', import.meta.url),
		keep,
	});
	try {
		const settings = loadSettings(options.data, options.secret);
		const endpoint = options.endpoint ?? settings.endpoint;
		const receiver = createReceiver({
			store,
			endpoints: [endpoint],
			keep,
			secret: settings.secret,
			bodyLimitBytes: options.bodyLimitBytes,
			onerror: (error) => console.error(error),
		});
		const isOwnName = !isLoopback(options.host) && options.host !== '0.0.0.0' && options.host !== '::';
		const allowedHosts = isOwnName ? [...options.allowHosts, options.host.toLowerCase()] : options.allowHosts;
		return { store, receiver, endpoint, server: { receiver, token: options.token ?? settings.token, allowedHosts } };
	} catch (error) {
		await store.close();
		throw error;
	}
}

/** What a person needs to begin: where the page is, where deliveries go, and a line to try. */
export function greeting(origin: string, token: string, endpoint: string): string {
	const capture = `${origin}/hooks/${endpoint}`;
	return [
		`Inspector  ${origin}/?token=${encodeURIComponent(token)}`,
		`Capture    ${capture}`,
		`Try it     curl -H 'Content-Type: application/json' -d '{"event":"message_created","id":1}' ${capture}`,
	].join('\n');
}

/** The command `start`. Resolves to the exit code when it could not start; else it runs until a signal. */
export async function start(args: readonly string[]): Promise<number | undefined> {
	if (args.includes('--help') || args.includes('-h')) {
		console.log(startHelp());
		return 0;
	}
	try {
		const options = readStartOptions(args, process.env);
		const opened = await openReceiver(options);
		const files = new StaticFiles(fileURLToPath(new URL('../dist', import.meta.url)));
		const server = await listen(opened, files, options);
		const origin = `http://${printedHost(options.host)}:${server.port}`;
		console.log(greeting(origin, opened.server.token, opened.endpoint));
		if (options.open) openBrowser(`${origin}/?token=${encodeURIComponent(opened.server.token)}`);
		stopOnSignal(server, opened.store);
		return undefined;
	} catch (error) {
		if (error instanceof UsageError) {
			console.error(`${error.message}\n\n${startHelp()}`);
			return 2;
		}
		if (error instanceof StoreError || error instanceof ListenError) {
			console.error(error.message);
			return 1;
		}
		throw error;
	}
}

async function listen(
	opened: OpenReceiver,
	files: StaticFiles,
	{ host, port }: StartOptions,
): Promise<InspectorServer> {
	const page = (request: Request, path: string) => files.answer(request, path);
	try {
		return await InspectorServer.listen({ ...opened.server, page }, { host, port });
	} catch (error) {
		await opened.store.close();
		throw new ListenError(listenProblem(error as NodeJS.ErrnoException, host, port), { cause: error });
	}
}

function listenProblem({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
	if (code === 'EADDRINUSE')
		return `Port ${port} is taken by another program. Choose another with --port, or a free one with --port 0.`;
	if (code === 'EACCES') return `Port ${port} needs more rights than this user has. Choose one above 1023 with --port.`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
		return `${host} is no address of this machine. Choose another with --host.`;
	return `The server cannot listen on ${host}, port ${port} (${message}).`;
}

/** An address that can be opened on this machine, for one that means all of its addresses. */
function printedHost(host: string): string {
	if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
	return host.includes(':') ? `[${host}]` : host;
}

function stopOnSignal(server: InspectorServer, store: DiskStore): void {
	let isStopping = false;
	const stop = (): void => {
		// Somebody who asks twice does not want to wait.
		if (isStopping) process.exit(1);
		isStopping = true;
		server
			.stop()
			.then(() => store.close())
			.then(() => process.exit(0))
			.catch((error: unknown) => {
				console.error(error instanceof StoreError ? error.message : error);
				process.exit(1);
			});
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
}

function openBrowser(url: string): void {
	const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
	spawn(command, [url], { stdio: 'ignore', detached: true })
		.on('error', () => console.error('No browser could be opened; open the address above yourself.'))
		.unref();
}
