import { checkDocument } from '../../src/chatwoot/check/check';
import { scanJson } from '../../src/json/scan';

/** Bodies as they arrived, and how many deliveries to check in all. */
export interface CheckOrder {
	bodies: readonly Uint8Array[];
	count: number;
}

/** What the worker answers when all are checked. */
export interface CheckDone {
	milliseconds: number;
	findings: number;
}

addEventListener('message', ({ data }: MessageEvent<CheckOrder>) => {
	const startedAt = performance.now();
	let findings = 0;
	for (let index = 0; index < data.count; index++) {
		const scan = scanJson(data.bodies[index % data.bodies.length]!);
		if (scan.ok) findings += checkDocument(scan.document).findings.length;
	}
	postMessage({ milliseconds: performance.now() - startedAt, findings } satisfies CheckDone);
});
