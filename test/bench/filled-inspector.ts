import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newDataFolder, startInspector, type RunningInspector } from '../running-inspector';

/** Starts the built inspector over a new folder that already holds so many varied deliveries; it goes with `stop`. */
export async function startFilledInspector(count: number): Promise<RunningInspector> {
	const data = newDataFolder();
	const remove = () => rmSync(data, { recursive: true, force: true });
	if (count > 0) process.stderr.write(`storing ${count} deliveries\n`);
	const filler = fork(fileURLToPath(new URL('fill-store.mjs', import.meta.url)), [data, String(count)]);
	const [code] = (await once(filler, 'close')) as [number | null];
	if (code !== 0) {
		remove();
		throw new Error(`The store could not be filled: its process ended with ${code}.`);
	}
	const inspector = await startInspector({ data });
	const { stop } = inspector;
	return Object.assign(inspector, {
		async stop(signal?: NodeJS.Signals) {
			const code = await stop(signal);
			remove();
			return code;
		},
	});
}
