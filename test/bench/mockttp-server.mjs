/**
 * A capture server of others: mockttp answers any request and keeps what it saw in memory, so a kill loses all.
 *
 * Called with the folder that it is installed in; tells its parent the port.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @typedef {{ port: number, start(): Promise<void>, forAnyRequest(): { thenReply(status: number, body: string, headers: Record<string, string>): Promise<unknown> } }} Server */

const installed = createRequire(join(process.argv[2] ?? '', 'package.json'));
/** @type {{ getLocal(options: { recordTraffic: boolean }): Server }} */
const { getLocal } = installed('mockttp');

const server = getLocal({ recordTraffic: true });
await server.start();
await server.forAnyRequest().thenReply(200, '{}', { 'Content-Type': 'application/json', 'Content-Length': '2' });
process.send?.({ port: server.port });
